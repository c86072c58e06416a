"""Doubts about a date, as warnings in Dutch."""

from datetime import date

from workflow.documents.warning import Warning, WarningCode
from workflow.domain.dates import DateDoubt, ReadDate
from workflow.domain.words import excerpt

_MESSAGES: dict[DateDoubt, tuple[WarningCode, str]] = {
    DateDoubt.PERIODE: (
        WarningCode.DATUM_IS_PERIODE,
        "‘{ruw}’ is een periode ({periode}) en geen dag; de datum is opengelaten.",
    ),
    DateDoubt.BESTAAT_NIET: (
        WarningCode.DATUM_BESTAAT_NIET,
        "‘{ruw}’ is een datum die niet bestaat; de datum is opengelaten.",
    ),
    DateDoubt.JAAR_ONBEKEND: (
        WarningCode.DATUM_ONTBREEKT,
        "‘{ruw}’ heeft geen jaartal en het document geen datum om het jaar van af te leiden.",
    ),
    DateDoubt.JAAR_ONWAARSCHIJNLIJK: (
        WarningCode.TEKST_VERDACHT,
        "‘{ruw}’ is gelezen als {dag}; dat jaar is onwaarschijnlijk.",
    ),
    DateDoubt.WEEKDAG: (
        WarningCode.WEEKDAG_KLOPT_NIET,
        "Bij ‘{ruw}’ past de weekdag niet: {dag} is een {weekdag}.",
    ),
    DateDoubt.GECORRIGEERD: (
        WarningCode.TEKST_VERDACHT,
        "‘{ruw}’ is verkeerd geschreven of gescand en gelezen als {dag}.",
    ),
    DateDoubt.MEER_DATA: (
        WarningCode.NIET_BEGREPEN,
        "In ‘{ruw}’ staat meer dan één datum; de datum is opengelaten.",
    ),
    DateDoubt.EXTRA_TEKST: (
        WarningCode.TEKST_VERDACHT,
        "Bij de datum staat ook tekst: ‘{ruw}’ is gelezen als {dag}.",
    ),
    DateDoubt.NIET_BEGREPEN: (
        WarningCode.NIET_BEGREPEN,
        "‘{ruw}’ is niet te lezen als datum; de datum is opengelaten.",
    ),
}
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def day_warnings(
    read: ReadDate,
    raw: str | None,
    path: str,
    line: int | None,
    *,
    document_date: date | None = None,
    silent: frozenset[DateDoubt] = frozenset(),
) -> list[Warning]:
    """One warning for each doubt about a date; `document_date` finds rows before the paper."""
    shown = excerpt(raw or "", 60)
    warnings = [
        _warning(doubt, read, shown, path, line) for doubt in read.doubts if doubt not in silent
    ]
    if read.year_derived:
        what = read.day.isoformat() if read.day else read.period
        message = f"‘{shown}’ heeft geen jaartal; dat is afgeleid: {what}."
        warnings.append(
            Warning(code=WarningCode.JAAR_AFGELEID, field=path, message=message, line=line)
        )
    if document_date and read.day and read.day < document_date:
        warnings.append(
            Warning(
                code=WarningCode.DATUM_VOOR_DOCUMENT,
                field=path,
                message=f"{read.day.isoformat()} ligt voor de datum van het document "
                f"({document_date.isoformat()}).",
                line=line,
                details={"datum": read.day.isoformat(), "document": document_date.isoformat()},
            )
        )
    return warnings


def _warning(doubt: DateDoubt, read: ReadDate, shown: str, path: str, line: int | None) -> Warning:
    """The warning for one doubt."""
    if doubt is DateDoubt.ONTBREEKT:
        said = f"Er staat ‘{shown}’ en geen datum." if shown else "Er staat geen datum."
        return Warning(code=WarningCode.DATUM_ONTBREEKT, field=path, message=said, line=line)
    code, message = _MESSAGES[doubt]
    day = read.day.isoformat() if read.day else (read.period or "niets")
    weekday = _WEEKDAYS[read.day.weekday()] if read.day else ""
    text = message.format(ruw=shown, periode=read.period, dag=day, weekdag=weekday)
    details: dict[str, object] = {"ruw": shown}
    return Warning(code=code, field=path, message=text, line=line, details=details)
