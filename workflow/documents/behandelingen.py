"""The table 'Behandeling': rows of datum, overleg, doel, conclusie, each with its doubts."""

from collections.abc import Sequence
from datetime import date

from workflow.documents.conclusie import read_conclusie
from workflow.documents.days import day_warnings
from workflow.documents.doel import read_doel
from workflow.documents.lexicon import Lexicon
from workflow.documents.line import Line
from workflow.documents.model import GelezenBehandeling
from workflow.documents.overleg import OverlegNames
from workflow.documents.rows import RawRow, collect_rows
from workflow.documents.warning import Warning, WarningCode
from workflow.domain.dates import read_date
from workflow.domain.paper import Kolom


def read_behandelingen(
    lines: Sequence[Line], names: OverlegNames, anchor: date | None, lexicon: Lexicon
) -> tuple[tuple[GelezenBehandeling, ...], list[Warning]]:
    """The rows in the order of the paper, and every doubt; `anchor` is the paper's own date."""
    raw, warnings = collect_rows(lines, names, lexicon)
    names.learn(name for row in raw if (name := row.text(Kolom.OVERLEG)))
    rows: list[GelezenBehandeling] = []
    for index, row in enumerate(raw):
        read, doubts = _read_row(row, f"behandelingen[{index}]", names, anchor, lexicon)
        rows.append(read)
        warnings.extend(doubts)
    return tuple(rows), warnings


def _read_row(
    row: RawRow, path: str, names: OverlegNames, anchor: date | None, lexicon: Lexicon
) -> tuple[GelezenBehandeling, list[Warning]]:
    """One row with its doubts."""
    datum_ruw = row.text(Kolom.DATUM)
    day = read_date(datum_ruw or "", anchor)
    warnings = day_warnings(
        day, datum_ruw, f"{path}.datum", row.at(Kolom.DATUM), document_date=anchor
    )
    overleg = row.text(Kolom.OVERLEG)
    named = names.resolve(overleg, day.day) if overleg else None
    overleg_line = row.at(Kolom.OVERLEG)
    if named is None:
        missing = "Bij deze rij staat geen overleg."
        warnings.append(
            _warn(WarningCode.OVERLEG_ONTBREEKT, f"{path}.overleg", missing, overleg_line)
        )
    elif named.warning:
        warnings.append(
            _warn(named.warning, f"{path}.overleg", named.reason, overleg_line, named.details)
        )
    doel_ruw = row.text(Kolom.DOEL)
    doel = read_doel(doel_ruw or "", lexicon)
    if doel.warning:
        details: dict[str, object] = {"ruw": doel_ruw}
        warnings.append(
            _warn(doel.warning, f"{path}.doel", doel.reason, row.at(Kolom.DOEL), details)
        )
    conclusie_ruw = row.text(Kolom.CONCLUSIE)
    conclusie = read_conclusie(conclusie_ruw or "", lexicon)
    if conclusie.reason:
        line = row.at(Kolom.CONCLUSIE)
        code = WarningCode.CONCLUSIE_ONBEKEND
        warnings.append(_warn(code, f"{path}.conclusie", conclusie.reason, line))
    read = GelezenBehandeling(
        datum=day.day,
        datum_ruw=datum_ruw,
        jaar_afgeleid=day.year_derived,
        periode=day.period,
        overleg=overleg,
        soort=named.soort if named else None,
        overleg_codes=named.codes if named else (),
        doel=doel.doel,
        doel_ruw=doel_ruw,
        conclusie=conclusie_ruw,
        conclusie_code=conclusie.code,
        treated=conclusie.treated,
        line=row.line,
    )
    return read, warnings


def _warn(
    code: WarningCode,
    path: str,
    message: str,
    line: int,
    details: dict[str, object] | None = None,
) -> Warning:
    """A doubt about a cell."""
    return Warning(code=code, field=path, message=message, line=line, details=details or {})
