"""A changed voorblad of a known voorstel: what is new is taken over, each difference shown.

What an overleg concluded here stands; a row that disappeared from the paper stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from workflow.documents import Voorblad, missing_fields
from workflow.documents.model import GelezenBehandeling
from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.route import POSITION_GAP, new_row_id
from workflow.engine.definition import Route
from workflow.engine.place import go_on
from workflow.engine.rules import Rules
from workflow.services.intake_dossier import (
    Keep,
    beslispunten_of,
    from_paper,
    refused_rows,
    rejected,
    report_period,
    submitted,
    with_held_rows,
    with_sheet,
)
from workflow.services.intake_route import lay_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that the new paper gives otherwise; `kept`: the register did not follow."""

    field: str
    old: Any
    new: Any
    kept: bool = False


def updated(
    dossier: Dossier, sheet: Voorblad, rules: Rules, keep: Keep
) -> tuple[Dossier, tuple[Difference, ...]]:
    """The dossier after reading a newer voorblad, and what differed."""
    differences = list(_sheet_differences(dossier, sheet))
    voorstel = with_sheet(dossier.voorstel, sheet, lambda text: _same(dossier, text, keep))
    if _changed_here(dossier) and beslispunten_of(sheet) != dossier.voorstel.beslispunten:
        voorstel = replace(voorstel, beslispunten=dossier.voorstel.beslispunten)
    voorstel = replace(voorstel, report_period=report_period(sheet) or voorstel.report_period)
    after = replace(dossier, voorstel=voorstel)
    after, rows = _with_table(after, sheet.behandelingen, rules, keep)
    differences += rows
    if rules.is_end(voorstel.state) or voorstel.state == "teruggestuurd":
        return after, tuple(differences)
    if voorstel.state == "concept":
        after = after if missing_fields(sheet) else submitted(after, rules)
        return after, tuple(differences)
    refused = {row.id for row in refused_rows(after, rules)}
    if refused - {row.id for row in refused_rows(dossier, rules)}:
        return rejected(after), tuple(differences)
    return go_on(after, rules), tuple(differences)


def _same(dossier: Dossier, text: str, keep: Keep) -> Any:
    """The commitment that the dossier has for this text already, else a new one."""
    voorstel = dossier.voorstel
    known = [voorstel.explanation, *voorstel.emails]
    known += [one for person in voorstel.contacts for one in (person.name, person.email)]
    return next((one for one in known if one and one.text == text), None) or keep(text)


def _changed_here(dossier: Dossier) -> bool:
    """An overleg changed a point: then the text here is newer than the paper."""
    return any(point.earlier for point in dossier.voorstel.beslispunten)


def _sheet_differences(dossier: Dossier, sheet: Voorblad) -> list[Difference]:
    """The fields of the sheet that differ from the register, in the paper's order."""
    voorstel = dossier.voorstel
    pairs: list[tuple[str, Any, Any]] = [
        ("onderwerp", voorstel.subject, sheet.onderwerp),
        ("verspreiden", voorstel.distribute_raw, sheet.verspreiden_ruw),
        ("eenheid", voorstel.unit, sheet.eenheid),
        ("datum", _iso(voorstel.date), _iso(sheet.datum)),
        (
            "contactpersonen",
            [one.name.text for one in voorstel.contacts],
            [one.naam for one in sheet.contactpersonen],
        ),
        ("emails", [one.text for one in voorstel.emails], list(sheet.emails)),
        ("toelichting", voorstel.explanation and voorstel.explanation.text, sheet.toelichting),
        (
            "bijlagen",
            [one.description for one in voorstel.attachments],
            [one.omschrijving for one in sheet.bijlagen],
        ),
    ]
    found = [
        Difference(field=name, old=old, new=new) for name, old, new in pairs if new and old != new
    ]
    old_points = {one.number: one.text for one in voorstel.beslispunten}
    kept = _changed_here(dossier)
    for place, point in enumerate(beslispunten_of(sheet)):
        old = old_points.get(point.number)
        if old != point.text:
            name = f"beslispunten[{place}].tekst"
            found.append(Difference(field=name, old=old, new=point.text, kept=kept))
    return found


def _iso(day: Any) -> str | None:
    """A day as text."""
    return day.isoformat() if day else None


def _with_table(
    dossier: Dossier,
    read: Sequence[GelezenBehandeling],
    rules: Rules,
    keep: Keep,
) -> tuple[Dossier, list[Difference]]:
    """The table met with the rows of the newer paper."""
    free = list(dossier.behandelingen)
    differences: list[Difference] = []
    for place, line in enumerate(read):
        row = next((one for one in free if _is_row(one, line)), None)
        if row is None:
            dossier = _with_new_row(dossier, line, rules, keep)
            differences.append(
                Difference(field=f"behandelingen[{place}]", old=None, new=line.overleg)
            )
            continue
        free.remove(row)
        renewed, changed = _renewed(dossier, row, line, place, keep)
        differences += changed
        rows = tuple(renewed if one.id == row.id else one for one in dossier.behandelingen)
        dossier = replace(dossier, behandelingen=rows)
    return with_held_rows(dossier, rules), differences


def _is_row(row: Behandeling, line: GelezenBehandeling) -> bool:
    """The line is about this row: the same overleg, and the same day when both know it."""
    same = (
        bool(set(row.overleg_codes) & set(line.overleg_codes))
        if row.overleg_codes and line.overleg_codes
        else row.overleg == line.overleg
    )
    if row.state in ("van_de_agenda", "doorgeschoven", "vervallen"):
        return False
    return same and (row.is_open() or row.date is None or row.date == line.datum)


def _renewed(
    dossier: Dossier, row: Behandeling, line: GelezenBehandeling, place: int, keep: Keep
) -> tuple[Behandeling, list[Difference]]:
    """A row with what the newer paper says; a conclusion that stands here is not replaced."""
    name = f"behandelingen[{place}]"
    changed: list[Difference] = []
    if not row.is_open():
        if line.conclusie_code and line.conclusie_code != row.conclusie_code:
            changed.append(
                Difference(
                    field=f"{name}.conclusie",
                    old=row.conclusie_code,
                    new=line.conclusie_code.value,
                    kept=True,
                )
            )
        return row, changed
    if line.datum and line.datum != row.date:
        changed.append(Difference(field=f"{name}.datum", old=_iso(row.date), new=_iso(line.datum)))
    if line.doel and line.doel != row.doel:
        changed.append(Difference(field=f"{name}.doel", old=row.doel, new=line.doel.value))
    if line.treated:
        changed.append(Difference(field=f"{name}.conclusie", old=None, new=line.conclusie))
        renewed = from_paper(row, line, dossier.voorstel, keep)
        return replace(renewed, date=line.datum or row.date), changed
    if line.datum and line.datum != row.date:
        row = replace(row, state="gepland", vergadering=None)
    return (
        replace(
            row,
            date=line.datum or row.date,
            date_raw=line.datum_ruw or row.date_raw,
            year_derived=line.jaar_afgeleid if line.datum else row.year_derived,
            period=line.periode or row.period,
            doel=line.doel or row.doel,
            doel_raw=line.doel_ruw or row.doel_raw,
            overleg=line.overleg or row.overleg,
            on_paper=True,
        ),
        changed,
    )


def _with_new_row(
    dossier: Dossier,
    line: GelezenBehandeling,
    rules: Rules,
    keep: Keep,
) -> Dossier:
    """A line that the table did not have: a step of its own at the end, before the gemeenten."""
    taken = {step.id for step in dossier.voorstel.steps}
    empty = Route(route="nieuw", versie=1, titel="nieuw")
    step = lay_out(rules, empty, [line])[0].step
    number = 2
    stem = step.id
    while step.id in taken:
        step, number = replace(step, id=f"{stem}_{number}"), number + 1
    steps = dossier.voorstel.steps
    rounds = [at for at, one in enumerate(steps) if one.per_gemeente]
    place = rounds[0] if rounds and not step.per_gemeente else len(steps)
    voorstel = replace(dossier.voorstel, steps=(*steps[:place], step, *steps[place:]))
    last = max((row.position for row in dossier.behandelingen), default=0)
    row = Behandeling(
        voorstel_id=voorstel.id,
        id=new_row_id(dossier),
        position=last + POSITION_GAP,
        step=step.id,
        overleg=step.overleg,
        doel=step.doel,
    )
    fresh = from_paper(row, line, voorstel, keep)
    return replace(dossier, voorstel=voorstel, behandelingen=(*dossier.behandelingen, fresh))
