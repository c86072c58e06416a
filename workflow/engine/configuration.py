"""A configuration of a route: a dossier without what cannot matter to where it may still go.

Two dossiers that differ only in dates, in words, or in how often the same was held and taken up
again, have the same future. So a route has a finite number of configurations, few enough to
visit them all; each is a real dossier, on which the real engine decides.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from workflow.domain.behandeling import Behandeling, ConclusieCode, PuntConclusie
from workflow.domain.dossier import Dossier
from workflow.domain.raadsinformatie import Raadsinformatie, row_key
from workflow.domain.rounds import is_last
from workflow.domain.route import POSITION_GAP
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Beslispunt, Contactpersoon, Promise, Stap, Voorstel
from workflow.engine.conclusions import Outcome, outcome_of
from workflow.engine.definition import Route
from workflow.engine.rules import Rules, sub_machine
from workflow.engine.steps import step_of

DAY = dt.date(2024, 1, 1)  # all of it happens on one day: time is no part of a configuration
POINTS = ("1", "2")  # two beslispunten: enough to hold one while the other goes on


def first_dossier(rules: Rules, route: Route) -> Dossier:
    """A voorstel on this route that has just been written, its voorblad complete."""
    steps = tuple(step_of(rules, step) for step in route.stappen)
    voorstel = Voorstel(
        id="v",
        kenmerk="v",
        state=rules.machines["voorstel"].begin,
        version=0,
        route_id=route.route,
        route_version=route.versie,
        route_digest="",
        subject=route.titel,
        date=DAY,
        theme=route.thema,
        contacts=(Contactpersoon(name=ErasableText("", "x")),),
        beslispunten=tuple(Beslispunt(number=number, text="x") for number in POINTS),
        promises=(Promise(text="x"),),
        steps=steps,
    )
    rows = (
        Behandeling(
            voorstel_id="v",
            id="",
            position=0,
            step=step.id,
            overleg=step.overleg,
            overleg_codes=step.overleg_codes,
            soort=step.soort,
            doel=step.doel,
            bekrachtiging=step.bekrachtiging,
            date=DAY,
        )
        for step in steps
        if not step.per_gemeente
    )
    return Dossier(voorstel=voorstel, behandelingen=_numbered(rows))


def configuration(dossier: Dossier, rules: Rules) -> Dossier:
    """The dossier with one row for all that was concluded at a step, and plain open rows.

    An ended case keeps only what is left running.
    """
    ended = rules.is_end(dossier.voorstel.state)
    rows: list[Behandeling] = []
    for step in dossier.voorstel.steps:
        own = dossier.rows_of(step.id)
        done = [] if ended else list(_concluded(dossier, step, own, rules))
        going = dict.fromkeys(_plain(row, step) for row in own if row.is_open())
        passed = [] if ended or done or going or not own else [_passed(own[-1], step)]
        rows += [*done, *passed, *going]
    return Dossier(
        voorstel=_bare(dossier.voorstel),
        behandelingen=_numbered(rows),
        raden=_rounds(dossier, rules, ended=ended),
    )


def is_straight(dossier: Dossier) -> bool:
    """No step was passed over, and no beslispunt is held or was refused while others went on."""
    return all(
        row.punten is None
        and len({one.code for one in row.per_punt}) < 2
        and row.state in ("gepland", "behandeld")
        for row in dossier.behandelingen
    )


def _bare(voorstel: Voorstel) -> Voorstel:
    """The voorstel without its count of acts and the earlier texts of its points."""
    points = tuple(Beslispunt(number=one.number, text="x") for one in voorstel.beslispunten)
    return replace(
        voorstel,
        version=0,
        beslispunten=points,
        closing_reason=None,
        streams=None,
        state_since=None,
        links=None,
        effective_on=None,
        deviations=None,
    )


def _plain(row: Behandeling, step: Stap) -> Behandeling:
    """An open row: planned for the day at the overleg of its step, about the same points."""
    return Behandeling(
        voorstel_id="v",
        id="",
        position=0,
        step=step.id,
        overleg=step.overleg,
        overleg_codes=step.overleg_codes,
        soort=step.soort,
        doel=row.doel,
        state="gepland",
        date=DAY,
        punten=row.punten,
        bekrachtiging=row.bekrachtiging,
    )


def _passed(row: Behandeling, step: Stap) -> Behandeling:
    """A row that was closed without being treated."""
    return replace(_plain(row, step), state="vervallen")


def _concluded(
    dossier: Dossier, step: Stap, rows: Iterable[Behandeling], rules: Rules
) -> Iterator[Behandeling]:
    """One treated row that says of each point whether it went on here or was refused.

    What was held or sent back is forgotten: an open row has it again.
    """
    last: dict[str, ConclusieCode] = {}
    whole: Behandeling | None = None
    for row in (row for row in rows if row.state == "behandeld"):
        table = rules.table_of(dossier.voorstel, row)
        settled = {Outcome.VERDER: table.verder[:1], Outcome.EINDE: table.einde[:1]}
        for one in row.per_punt:
            for code in settled.get(outcome_of(one.code, table), ()):
                if last.get(one.number) not in table.einde:
                    last[one.number] = code
        if row.conclusie_code and outcome_of(row.conclusie_code, table) in settled:
            whole = row
    if not last and whole is None:
        return
    treated = whole or next(row for row in rows if row.state == "behandeld")
    codes = tuple(last[number] for number in sorted(last))
    yield replace(
        _plain(treated, step),
        state="behandeld",
        conclusie_code=codes[0] if codes else treated.conclusie_code,
        per_punt=tuple(PuntConclusie(number=number, code=last[number]) for number in sorted(last)),
        punten=None,
        happened_on=DAY,
        recorded_on=DAY,
    )


def _numbered(rows: Iterable[Behandeling]) -> tuple[Behandeling, ...]:
    """The rows with ids and places of their own."""
    return tuple(
        replace(row, id=f"b{number}", position=number * POSITION_GAP)
        for number, row in enumerate(rows, start=1)
    )


def _rounds(dossier: Dossier, rules: Rules, *, ended: bool) -> tuple[Raadsinformatie, ...]:
    """Of each gemeente its last row at each step. They are all alike: how many stand where counts.

    What came of an earlier round of the same step is forgotten: the later one counts.
    """
    found: list[Raadsinformatie] = []
    last = [raad for raad in dossier.raden if is_last(dossier, raad)]
    for number, step in enumerate(dict.fromkeys(one.step for one in last), start=1):
        own = sorted((one for one in last if one.step == step), key=_code)
        going = [one for one in own if not (ended and rules.settled(one))]
        alike = sorted((_undated(one, rules) for one in going), key=_standing)
        found += [
            replace(one, gemeente=row_key(known.code, number), name=known.name, round=number)
            for known, one in zip(own, alike, strict=False)
        ]
    return tuple(found)


def _code(raad: Raadsinformatie) -> str:
    return raad.code


def _standing(raad: Raadsinformatie) -> tuple[str, str, str, bool]:
    """What tells one gemeente from another in a round."""
    return raad.state, raad.answer or "", raad.consequence or "", raad.reaction_on is not None


def _undated(raad: Raadsinformatie, rules: Rules) -> Raadsinformatie:
    """A gemeente in a round, without days and words; where it ended, how is forgotten too."""
    bare = Raadsinformatie(
        voorstel_id="v",
        gemeente="",
        name="",
        state=raad.state,
        step=raad.step,
        deelroute=raad.deelroute,
    )
    states = rules.machines[sub_machine(raad.deelroute)].toestanden
    over = [one.toestand for one in states if one.klaar and one.eind]
    if raad.state in over:
        return replace(bare, state=over[0])
    return replace(
        bare,
        answer=raad.answer,
        answered_on=DAY if raad.answered_on else None,
        reaction_on=DAY if raad.reaction_on else None,
        consequence=raad.consequence,
    )
