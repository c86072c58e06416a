"""From a voorblad as read to a dossier: nothing is added that does not stand on paper."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from workflow.documents import Voorblad, missing_fields
from workflow.documents.model import GelezenBehandeling
from workflow.domain.behandeling import (
    Behandeling,
    ConclusieCode,
    PuntConclusie,
    Soort,
)
from workflow.domain.dossier import Dossier
from workflow.domain.feiten import takes_part
from workflow.domain.periods import half_year_of
from workflow.domain.route import POSITION_GAP
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import (
    Attachment,
    Beslispunt,
    Contactpersoon,
    Onderdeel,
    Promise,
    Stap,
    Voorstel,
)
from workflow.engine.conclusions import Outcome, outcome_of
from workflow.engine.definition import Route
from workflow.engine.effects_route import successor
from workflow.engine.place import start
from workflow.engine.rules import Rules
from workflow.services.intake_route import Placed, lay_out, theme_of

Keep = Callable[[str], ErasableText]


def dossier_from(
    rules: Rules,
    sheet: Voorblad,
    route: Route,
    *,
    voorstel_id: str,
    kenmerk: str,
    today: dt.date,
    keep: Keep,
) -> Dossier:
    """A new dossier; a complete voorblad stands at its first open step, else it is a concept."""
    placed = lay_out(rules, route, sheet.behandelingen)
    steps = tuple({one.step.id: one.step for one in placed}.values())
    voorstel = Voorstel(
        id=voorstel_id,
        kenmerk=kenmerk,
        state=rules.machines["voorstel"].begin,
        version=1,
        route_id=route.route,
        route_version=route.versie,
        route_digest=rules.route_digests.get(f"{route.route}@{route.versie}", rules.digest),
        subject=sheet.onderwerp or "",
        theme=theme_of(rules, sheet, route),
        report_period=report_period(sheet),
        steps=steps,
        created_on=today,
        state_since=today,
    )
    voorstel = with_sheet(voorstel, sheet, keep)
    dossier = Dossier(voorstel=voorstel, behandelingen=_table(voorstel, placed, keep))
    dossier = with_held_rows(dossier, rules)
    return dossier if missing_fields(sheet) else submitted(dossier, rules)


def submitted(dossier: Dossier, rules: Rules) -> Dossier:
    """The dossier at its first row without a conclusion; rejected when the paper says so."""
    still_open = any(row.is_open() and row.on_paper for row in dossier.behandelingen)
    if refused_rows(dossier, rules) and not still_open:
        return rejected(dossier)
    first = rules.route_machine(dossier.voorstel).next_state(dossier.voorstel.state, "dien_in")
    begun = start(dossier, first or "", rules)
    last = next((s.id for s in reversed(begun.voorstel.steps) if not s.per_gemeente), None)
    nothing_open = not begun.open_rows() and not any(
        step.per_gemeente for step in begun.voorstel.steps
    )
    if nothing_open and last:
        return replace(begun, voorstel=replace(begun.voorstel, state=last))
    return begun


def refused_rows(dossier: Dossier, rules: Rules) -> list[Behandeling]:
    """The rows on which a deciding overleg said no."""
    return [
        row
        for row in dossier.behandelingen
        if row.conclusie_code
        and outcome_of(row.conclusie_code, rules.table_of(dossier.voorstel, row)) is Outcome.EINDE
    ]


def rejected(dossier: Dossier) -> Dossier:
    """The dossier ended by a refusal on paper; what was still planned lapses."""
    rows = tuple(
        replace(row, state="vervallen") if row.is_open() else row for row in dossier.behandelingen
    )
    voorstel = replace(dossier.voorstel, state="afgewezen")
    return replace(dossier, voorstel=voorstel, behandelingen=rows)


def with_sheet(voorstel: Voorstel, sheet: Voorblad, keep: Keep) -> Voorstel:
    """The voorstel with what the sheet says; what the sheet leaves open stays as it was."""
    return replace(
        voorstel,
        subject=sheet.onderwerp or voorstel.subject,
        date=sheet.datum or voorstel.date,
        date_period=sheet.datum_periode or voorstel.date_period,
        unit=sheet.eenheid or voorstel.unit,
        distribute=voorstel.distribute if sheet.verspreiden is None else sheet.verspreiden,
        distribute_raw=sheet.verspreiden_ruw or voorstel.distribute_raw,
        addressed_to=sheet.gericht_aan or voorstel.addressed_to,
        explanation=keep(sheet.toelichting) if sheet.toelichting else voorstel.explanation,
        contacts=_contacts(sheet, keep) or voorstel.contacts,
        emails=tuple(keep(one) for one in sheet.emails) or voorstel.emails,
        beslispunten=beslispunten_of(sheet) or voorstel.beslispunten,
        attachments=tuple(
            Attachment(number=one.nummer, description=one.omschrijving) for one in sheet.bijlagen
        )
        or voorstel.attachments,
        promises=tuple(Promise(text=one.tekst, period=one.periode) for one in sheet.toezeggingen)
        or voorstel.promises,
    )


def _contacts(sheet: Voorblad, keep: Keep) -> tuple[Contactpersoon, ...]:
    """The contact persons, their names and addresses apart."""
    return tuple(
        Contactpersoon(
            name=keep(one.naam),
            organisation=one.organisatie,
            email=keep(one.email) if one.email else None,
        )
        for one in sheet.contactpersonen
    )


def beslispunten_of(sheet: Voorblad) -> tuple[Beslispunt, ...]:
    """The points as on paper, numbers kept as written."""
    return tuple(
        Beslispunt(
            number=one.nummer or "",
            text=one.tekst,
            parts=tuple(Onderdeel(number=p.nummer, text=p.tekst) for p in one.onderdelen),
        )
        for one in sheet.beslispunten
    )


def report_period(sheet: Voorblad) -> str | None:
    """The half-year that a report is about, from its attachments, subject or explanation."""
    titles = tuple(one.omschrijving for one in sheet.bijlagen)
    return half_year_of((*titles, sheet.onderwerp or "")) or half_year_of(
        (sheet.toelichting or "",)
    )


def _table(voorstel: Voorstel, placed: list[Placed], keep: Keep) -> tuple[Behandeling, ...]:
    """The behandeltabel: the rows of the paper, and planned ones for steps that it leaves out."""
    rows = [
        one
        for one in placed
        if one.row or not (one.step.per_gemeente or takes_part(one.step, voorstel) is False)
    ]
    return tuple(_row(voorstel, one, number, keep) for number, one in enumerate(rows, start=1))


def _row(voorstel: Voorstel, placed: Placed, number: int, keep: Keep) -> Behandeling:
    """One row, as on paper or planned."""
    step, read = placed.step, placed.row
    row = Behandeling(
        voorstel_id=voorstel.id,
        id=f"b{number}",
        position=number * POSITION_GAP,
        step=step.id,
        overleg=step.overleg,
        overleg_codes=step.overleg_codes,
        soort=step.soort,
        doel=step.doel,
        bekrachtiging=step.bekrachtiging,
    )
    return from_paper(row, read, voorstel, keep) if read else row


def from_paper(
    row: Behandeling, read: GelezenBehandeling, voorstel: Voorstel, keep: Keep
) -> Behandeling:
    """A row with the cells of the paper; a conclusion on paper makes it treated, by import."""
    row = replace(
        row,
        overleg=read.overleg or row.overleg,
        overleg_codes=read.overleg_codes or row.overleg_codes,
        soort=read.soort or row.soort or Soort.ANDERS,
        doel=read.doel or row.doel,
        doel_raw=read.doel_ruw,
        date=read.datum,
        date_raw=read.datum_ruw,
        year_derived=read.jaar_afgeleid,
        period=read.periode,
        on_paper=True,
    )
    if not read.treated:
        words = keep(read.conclusie) if read.conclusie else None
        return replace(row, conclusie=words)
    code = read.conclusie_code
    return replace(
        row,
        state="behandeld",
        conclusie=keep(read.conclusie) if read.conclusie else None,
        conclusie_code=code,
        per_punt=_points(voorstel, code),
        basis="import",
        happened_on=read.datum,
    )


def _points(voorstel: Voorstel, code: ConclusieCode | None) -> tuple[PuntConclusie, ...]:
    """One conclusion on paper counts for every point."""
    if code is None:
        return ()
    return tuple(PuntConclusie(number=one.number, code=code) for one in voorstel.beslispunten)


def with_held_rows(dossier: Dossier, rules: Rules) -> Dossier:
    """A row that is held on paper gets its successor, unless the paper has it already."""
    rows = list(dossier.behandelingen)
    for row in dossier.behandelingen:
        code = row.conclusie_code
        held = code and outcome_of(code, rules.table_of(dossier.voorstel, row)) in (
            Outcome.BLIJFT,
            Outcome.TERUG,
        )
        later = [one for one in rows if one.step == row.step and one.position > row.position]
        if held and not later:
            grown = replace(dossier, behandelingen=tuple(rows))
            fresh = replace(successor(grown, row, date=None), position=row.position + 1)
            rows.append(fresh)
    return replace(dossier, behandelingen=tuple(sorted(rows, key=lambda one: one.position)))


def steps_of(placed: list[Placed]) -> tuple[Stap, ...]:
    """The steps, each once, in order."""
    return tuple({one.step.id: one.step for one in placed}.values())
