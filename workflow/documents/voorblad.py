"""One sheet to a Voorblad: its fields, tables and texts, each with its doubts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from workflow.documents.behandelingen import read_behandelingen
from workflow.documents.contacts import read_contacts
from workflow.documents.days import day_warnings
from workflow.documents.items import Item, number_warnings, read_items
from workflow.documents.lexicon import Lexicon, lexicon_of
from workflow.documents.line import Cell, Line, joined
from workflow.documents.model import Beslispunt, Bijlage, Contactpersoon, Toezegging, Voorblad
from workflow.documents.overleg import OverlegNames, weigh_themes
from workflow.documents.promises import read_promises
from workflow.documents.sentences import full_text, paragraphs
from workflow.documents.sheet import Entry, Sheet
from workflow.documents.warning import Warning, WarningCode
from workflow.domain.behandeling import Soort
from workflow.domain.dates import ReadDate, anchor_of, read_date
from workflow.domain.paper import Sectie, Veld
from workflow.domain.vocabulary import Vocabulary
from workflow.domain.words import excerpt, key

_KENMERK = re.compile(
    r"\d{6,12}|\d{2}\.\d{5,9}|[A-Z]{1,6}[-./_ ]?\d{2,4}[-./_ ]?\d{3,10}|[A-Z]{1,6}[-_/]?\d{4,12}"
    r"|\d{4}[-/.]\d{3,8}|[A-Z]?\d{2,4}[-./]\d{4,8}(?:[-/.]\d{1,3})?"
)
_NOTHING = re.compile(
    r"(?:n\.?v\.?t\.?|volgt|onbekend|n\.?t\.?b\.?|geen|nog .{0,40}|p\.?m\.?|[-–—._/?…x ]+|)",
    re.IGNORECASE,
)
_JA = re.compile(r"(?:ja|\[x\] ?ja[ ,/]*\[ ?\] ?nee|[☒☑✓✔] ?ja[ ,/]*[☐□] ?nee)[.!]?", re.IGNORECASE)
_NEE = re.compile(
    r"(?:nee|neen|\[ ?\] ?ja[ ,/]*\[x\] ?nee|[☐□] ?ja[ ,/]*[☒☑✓✔] ?nee)[.!]?", re.IGNORECASE
)
_SEPARATE_SOORTEN = re.compile(r"\s+en\s+|\s*[/+,;&]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetResult:
    """A voorblad and its doubts; `own_toelichting` is false when it is the full text instead."""

    voorblad: Voorblad
    warnings: tuple[Warning, ...]
    own_toelichting: bool
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)  # field of the contract -> its line


def read_sheet(sheet: Sheet, vocabulary: Vocabulary) -> SheetResult:
    """Everything on one sheet."""
    lexicon = lexicon_of(vocabulary.words)
    warnings = list(sheet.warnings)
    onderwerp = scalar(sheet, Veld.ONDERWERP, warnings)
    eenheid = scalar(sheet, Veld.EENHEID, warnings)
    kenmerk = read_kenmerk(sheet, warnings)
    datum = read_document_date(sheet, Veld.DATUM, warnings)
    verspreiden, verspreiden_ruw = _verspreiden(sheet, warnings)
    contacts, emails, doubts = _contacts(sheet, vocabulary)
    warnings.extend(doubts)
    beslispunten = _beslispunten(sheet.part(Sectie.VOORSTEL), lexicon, warnings)
    bijlagen = read_bijlagen(_bijlage_lines(sheet), lexicon, warnings)
    toelichting, own = _toelichting(sheet)
    evidence = weigh_themes(
        vocabulary,
        subject=onderwerp or "",
        texts=(*(punt.tekst for punt in beslispunten), toelichting or ""),
        unit=eenheid,
        emails=emails,
    )
    names = OverlegNames(vocabulary, evidence)
    rows, doubts = read_behandelingen(
        sheet.part(Sectie.BEHANDELING), names, anchor_of(datum), lexicon
    )
    warnings.extend(doubts)
    voorblad = Voorblad(
        onderwerp=onderwerp,
        verspreiden=verspreiden,
        verspreiden_ruw=verspreiden_ruw,
        eenheid=eenheid,
        kenmerk=kenmerk,
        datum=datum.day,
        datum_periode=datum.period,
        gericht_aan=_gericht_aan(sheet, names, warnings),
        contactpersonen=contacts,
        emails=emails,
        beslispunten=beslispunten,
        behandelingen=rows,
        bijlagen=bijlagen,
        toelichting=toelichting,
        toezeggingen=_promises(sheet, lexicon, anchor_of(datum)),
    )
    first = sheet.entries[0].line if sheet.entries else 1
    lines = {entry.veld.value: entry.line for entry in reversed(sheet.entries)}
    return SheetResult(
        voorblad=voorblad, warnings=tuple(warnings), own_toelichting=own, line=first, lines=lines
    )


# --- fields that letters have as well


def scalar(sheet: Sheet, veld: Veld, warnings: list[Warning], *, cells: int = 0) -> str | None:
    """The value of a field on one line; a second, other value is a doubt. `cells` limits it."""
    entries = sheet.all(veld)
    if not entries:
        return None
    values = [_value(entry, cells) for entry in entries]
    if any(key(value) != key(values[0]) for value in values[1:]):
        other = next(i for i, value in enumerate(values) if key(value) != key(values[0]))
        warnings.append(
            Warning(
                code=WarningCode.VELD_DUBBEL,
                field=veld.value,
                message=f"Het veld staat er twee keer, met ‘{excerpt(values[0], 60)}’ en "
                f"‘{excerpt(values[other], 60)}’; het eerste geldt.",
                line=entries[other].line,
                details={"eerste": values[0], "tweede": values[other]},
            )
        )
    return values[0] or None


def _value(entry: Entry, cells: int) -> str:
    """The value of one entry."""
    return joined(entry.values[:cells] if cells else entry.values)


def line_of(sheet: Sheet, *velden: Veld) -> int | None:
    """The line of the first of these fields."""
    entry = sheet.first(*velden)
    if entry is None:
        return None
    return entry.values[0].line if entry.values else entry.line


def read_kenmerk(sheet: Sheet, warnings: list[Warning], *, cells: int = 0) -> str | None:
    """The kenmerk as written; one of an unusual form is a doubt, and never mended."""
    value = scalar(sheet, Veld.KENMERK, warnings, cells=cells)
    if value is None or _NOTHING.fullmatch(value):
        return None
    if not _KENMERK.fullmatch(value):
        warnings.append(
            Warning(
                code=WarningCode.KENMERK_VREEMD,
                field="kenmerk",
                message=f"Het kenmerk ‘{excerpt(value, 60)}’ heeft een ongewone vorm; lees het na.",
                line=line_of(sheet, Veld.KENMERK),
                details={"kenmerk": value[:200]},
            )
        )
    return value


def read_document_date(
    sheet: Sheet, veld: Veld, warnings: list[Warning], *, cells: int = 0
) -> ReadDate:
    """The date of the paper itself; there is nothing to derive a year from."""
    value = scalar(sheet, veld, warnings, cells=cells)
    if value is None:
        return ReadDate()
    read = read_date(value)
    warnings.extend(day_warnings(read, value, veld.value, line_of(sheet, veld)))
    return read


def read_bijlagen(
    lines: Sequence[Line], lexicon: Lexicon, warnings: list[Warning]
) -> tuple[Bijlage, ...]:
    """The attachments, with their numbers as written."""
    items = [
        item
        for item in read_items(lines, lexicon, lists=False).items
        if not (item.nummer is None and _NOTHING.fullmatch(item.tekst))
    ]
    if any(item.nummer for item in items):
        numbers = [(item.nummer, item.line) for item in items]
        warnings.extend(number_warnings(numbers, "bijlagen", "bijlage"))
    return tuple(Bijlage(nummer=item.nummer, omschrijving=item.tekst) for item in items)


# --- fields of a voorblad


def _verspreiden(sheet: Sheet, warnings: list[Warning]) -> tuple[bool | None, str | None]:
    """Ja or Nee; anything else stays open beside its words."""
    raw = scalar(sheet, Veld.VERSPREIDEN, warnings)
    if raw is None:
        return None, None
    if _JA.fullmatch(raw):
        return True, raw
    if _NEE.fullmatch(raw):
        return False, raw
    warnings.append(
        Warning(
            code=WarningCode.NIET_BEGREPEN,
            field="verspreiden",
            message=f"Bij Verspreiden staat ‘{excerpt(raw, 60)}’; dat is geen Ja of Nee.",
            line=line_of(sheet, Veld.VERSPREIDEN),
            details={"ruw": raw[:200]},
        )
    )
    return None, raw


def _contacts(
    sheet: Sheet, vocabulary: Vocabulary
) -> tuple[tuple[Contactpersoon, ...], tuple[str, ...], list[Warning]]:
    """The persons and their addresses."""
    names: list[Cell] = [cell for e in sheet.all(Veld.CONTACTPERSOON) for cell in e.values]
    if not names:
        names = [cell for entry in sheet.all(Veld.INLICHTINGEN) for cell in entry.values]
    addresses = [cell for entry in sheet.all(Veld.EMAIL) for cell in entry.values]
    labels = len(sheet.all(Veld.CONTACTPERSOON)) or 1
    return read_contacts(names, addresses, vocabulary, labels)


def _beslispunten(
    lines: Sequence[Line], lexicon: Lexicon, warnings: list[Warning]
) -> tuple[Beslispunt, ...]:
    """What is asked, point by point."""
    read = read_items(lines, lexicon, lists=True)
    items = read.items
    numbers = [(item.nummer, item.line) for item in items]
    warnings.extend(number_warnings(numbers, "beslispunten", "beslispunt"))
    for index, item in enumerate(items):
        subs = [(onderdeel.nummer, item.line) for onderdeel in item.onderdelen]
        if any(nummer for nummer, _ in subs):
            path = f"beslispunten[{index}].onderdelen"
            warnings.extend(number_warnings(subs, path, "onderdeel"))
    for line, text in read.intro:
        if not text.endswith(":") or not items:
            warnings.append(
                Warning(
                    code=WarningCode.NIET_BEGREPEN,
                    field="beslispunten",
                    message=f"De zin ‘{excerpt(text)}’ boven de beslispunten is niet overgenomen.",
                    line=line,
                    details={"tekst": text[:500]},
                )
            )
    return tuple(_beslispunt(item) for item in items)


def _beslispunt(item: Item) -> Beslispunt:
    """One item as a beslispunt."""
    return Beslispunt(
        nummer=item.nummer, tekst=item.tekst, onderdelen=item.onderdelen, line=item.line
    )


def _bijlage_lines(sheet: Sheet) -> list[Line]:
    """Attachments under their heading, or behind a label 'Bijlage(n)' in the head."""
    lines = sheet.part(Sectie.BIJLAGEN)
    if lines:
        return lines
    return [
        Line(number=cell.line, cells=(Cell(text=text.strip(), line=cell.line),))
        for entry in sheet.all(Veld.BIJLAGEN)
        for cell in entry.values
        for text in re.split(r"\s*[;\n]\s*", cell.text)
        if text.strip()
    ]


def _toelichting(sheet: Sheet) -> tuple[str | None, bool]:
    """The explanation, or without one the full text of the paper."""
    own = full_text(sheet.part(Sectie.TOELICHTING))
    if own:
        return own, True
    return full_text(sheet.part(Sectie.TEKST)), False


def _promises(sheet: Sheet, lexicon: Lexicon, anchor: date | None) -> tuple[Toezegging, ...]:
    """The promises in the running text, not in the beslispunten: those are still asked."""
    lines = [
        line
        for sectie in (Sectie.TOELICHTING, Sectie.TEKST, Sectie.KOP)
        for line in (*sheet.part(sectie), Line(number=0))
    ]
    return read_promises(paragraphs(lines, lexicon), anchor)


def _gericht_aan(sheet: Sheet, names: OverlegNames, warnings: list[Warning]) -> Soort | None:
    """Whom the sheet addresses, from its heading or a label."""
    entry = sheet.first(Veld.GERICHT_AAN, Veld.AAN)
    text = sheet.addressed or (joined(entry.values) if entry else "")
    line = sheet.addressed_line or (entry.line if entry else None)
    if not text:
        return None
    soort = names.soort_of(text)
    pieces = () if names.is_named(text) else _SEPARATE_SOORTEN.split(text)
    found = (names.soort_of(piece) for piece in pieces)
    soorten = list(dict.fromkeys(soort for soort in found if soort))
    if len(soorten) > 1:
        shown = ", ".join(each.value for each in soorten)
        warnings.append(
            Warning(
                code=WarningCode.OVERLEG_AFGELEID,
                field="gericht_aan",
                message=f"Het voorstel is gericht aan {shown}; het eerste is overgenomen.",
                line=line,
                details={"gelezen": excerpt(text, 80), "soorten": [each.value for each in soorten]},
            )
        )
    return soort
