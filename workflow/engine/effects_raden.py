"""The rounds along the gemeenten: who takes part, what each did or answered, what follows."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from workflow.domain.deadlines import add_working_days
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField
from workflow.domain.raadsinformatie import INFORM, Raadsinformatie, row_key
from workflow.domain.rounds import again, new_round, rows_at, step_of
from workflow.domain.voorstel import Stap
from workflow.engine.attempt import Attempt
from workflow.engine.definition import GemeenteDefinitie
from workflow.engine.letter import offered_version
from workflow.engine.members import exists_on
from workflow.engine.place import go_on
from workflow.engine.rules import sub_machine


def at_gemeenten(effect: Callable[[Attempt], Dossier]) -> Callable[[Attempt], Dossier]:
    """An effect on a round, after which the voorstel goes on when the round is done."""
    return lambda attempt: go_on(effect(attempt), attempt.rules)


def start_round(attempt: Attempt) -> Dossier:
    """A row for each gemeente: those that take part on the day the paper takes effect.

    Others with a reason. That day is the one given, else the one of the voorstel, else today.
    """
    dossier, given = attempt.dossier, attempt.given
    step = _step_here(attempt)
    effective = given.day("ingangsdatum") or dossier.voorstel.effective_on
    proposed = attempt.rules.members(dossier.voorstel.theme, effective or attempt.day)
    chosen = given.values.get("gemeenten")
    gemeenten = chosen if isinstance(chosen, tuple) else proposed
    if not gemeenten:
        raise MissingField("gemeenten", "Gemeenten")
    differs = {one.code for one in gemeenten} != {one.code for one in proposed}
    if differs and not (given.text("reden") or attempt.remark):
        raise InvalidField("gemeenten", _deviation(gemeenten, proposed))
    number, deadline = new_round(dossier), _deadline(attempt, step)
    rows = tuple(_new_row(attempt, step, one, number, deadline) for one in gemeenten)
    voorstel = replace(dossier.voorstel, effective_on=effective)
    return replace(dossier, voorstel=voorstel, raden=(*dossier.raden, *rows))


def _step_here(attempt: Attempt) -> Stap:
    """The fan-out where the voorstel is; the guards have seen that it is there."""
    step = attempt.dossier.voorstel.step(attempt.dossier.voorstel.state)
    if step is None:
        raise InvalidField("gemeenten", "het voorstel is niet bij de gemeenten.")
    return step


def _deviation(
    chosen: tuple[GemeenteDefinitie, ...], proposed: tuple[GemeenteDefinitie, ...]
) -> str:
    """How the choice differs from the membership, and that it needs a reason."""
    extra = [one.naam for one in chosen if one not in proposed]
    missing = [one.naam for one in proposed if one not in chosen]
    parts = [f"niet: {', '.join(missing)}"] if missing else []
    parts += [f"wel: {', '.join(extra)}"] if extra else []
    return f"dit wijkt af van het lidmaatschap ({'; '.join(parts)}). Geef de reden."


def _deadline(attempt: Attempt, step: Stap) -> dt.date | None:
    """The last day to answer: as given, else as the route says, from the day of the start."""
    given, start = attempt.given.day("uiterlijk"), attempt.day
    if given and given <= start:
        raise InvalidField("uiterlijk", "de laatste dag ligt na het begin van de ronde.")
    term = step.term
    if given or term is None:
        return given
    day = start + dt.timedelta(weeks=term.weeks, days=term.days)
    closed = attempt.rules.calendar.closed
    return add_working_days(day, term.working_days, closed=closed) if term.working_days else day


def _new_row(
    attempt: Attempt,
    step: Stap,
    gemeente: GemeenteDefinitie,
    number: int,
    deadline: dt.date | None,
) -> Raadsinformatie:
    """A gemeente at the begin of its sub-route."""
    machine = attempt.rules.machines[sub_machine(step.deelroute)]
    return Raadsinformatie(
        voorstel_id=attempt.dossier.voorstel.id,
        gemeente=row_key(gemeente.code, number),
        name=gemeente.naam,
        state=machine.begin,
        step=step.id,
        deelroute=step.deelroute or INFORM,
        round=number,
        deadline=deadline,
    )


def add_gemeente(attempt: Attempt) -> Dossier:
    """A gemeente that joins while the round runs."""
    chosen = attempt.given.values.get("gemeenten")
    dossier, step = attempt.dossier, _step_here(attempt)
    here = rows_at(dossier, step)
    for gemeente in chosen if isinstance(chosen, tuple) else ():
        if any(one.code == gemeente.code for one in here):
            raise InvalidField("gemeenten", f"{gemeente.naam} doet al mee in deze ronde.")
        if not exists_on(gemeente, attempt.today):
            raise InvalidField("gemeenten", f"{gemeente.naam} bestaat nu niet.")
        deadline = max((one.deadline for one in here if one.deadline), default=None)
        number = again(dossier, step, gemeente.code)
        row = replace(_new_row(attempt, step, gemeente, number, deadline), reason=attempt.reason())
        dossier = replace(dossier, raden=(*dossier.raden, row))
    return dossier


def move_council(attempt: Attempt) -> Dossier:
    """One gemeente a step further, with the dates and numbers that belong to it."""
    raad, day, given = _asked(attempt), _day(attempt), attempt.given
    moved = _in_next_state(attempt, raad)
    match attempt.act.handeling:
        case "bied_aan":
            moved = replace(
                moved,
                offered_on=day,
                paper_version=offered_version(attempt),
                own_text=bool(given.values.get("eigen_tekst", False)),
            )
        case "leg_collegebesluit_vast":
            moved = replace(moved, college_date=day, zaaknummer=given.text("zaaknummer"))
        case "meld_verzonden":
            moved = replace(moved, sent_on=day)
        case _:
            moved = replace(moved, closed_on=day, reason=attempt.reason())
    return _with_raad(attempt.dossier, moved)


def answer(attempt: Attempt) -> Dossier:
    """What a college or raad said, by the state that it brings; after the deadline: too late."""
    raad, day, text = _asked(attempt), _day(attempt), attempt.given.text("tekst")
    moved = _in_next_state(attempt, raad)
    late = attempt.rules.fixed(sub_machine(raad.deelroute)).next_state(raad.state, "te_laat")
    is_late = bool(raad.deadline and day > raad.deadline)
    if late and is_late and attempt.act.handeling == "leg_zienswijze_vast":
        moved = replace(moved, state=late)
    moved = replace(
        moved,
        answer=moved.state,
        answered_on=day,
        answer_text=attempt.keep(text) if text else None,
        zaaknummer=attempt.given.text("zaaknummer") or raad.zaaknummer,
        reason=attempt.reason() or raad.reason,
    )
    return _with_raad(attempt.dossier, moved)


def react(attempt: Attempt) -> Dossier:
    """The region answers a raad that gave its zienswijze."""
    raad, text = _asked(attempt), attempt.given.text("tekst")
    moved = replace(
        _in_next_state(attempt, raad),
        reaction_on=_day(attempt),
        reaction=attempt.keep(text) if text else None,
    )
    return _with_raad(attempt.dossier, moved)


def choose_consequence(attempt: Attempt) -> Dossier:
    """What the overleg chose for a gemeente that amended or refused: the round goes on with it."""
    raad, choice = _asked(attempt), attempt.given.text("gevolg") or ""
    state = attempt.rules.fixed(sub_machine(raad.deelroute)).next_state(raad.state, choice)
    moved = replace(
        raad,
        state=state or raad.state,
        consequence=choice,
        closed_on=_day(attempt),
        reason=attempt.reason(),
    )
    dossier = _with_raad(attempt.dossier, moved)
    if choice != "nieuwe_ronde":
        return dossier
    gemeente = attempt.rules.gemeenten[raad.code]
    return _asked_again(attempt, dossier, raad, gemeente, attempt.given.day("uiterlijk"))


def _asked_again(
    attempt: Attempt,
    dossier: Dossier,
    raad: Raadsinformatie,
    gemeente: GemeenteDefinitie,
    deadline: dt.date | None,
) -> Dossier:
    """A row for a gemeente in another round of the same step."""
    step = dossier.voorstel.step(step_of(dossier, raad) or "")
    if step is None:
        raise InvalidField("gemeente", "deze ronde hoort niet meer bij de route.")
    number = again(dossier, step, gemeente.code)
    fresh = _new_row(attempt, step, gemeente, number, deadline)
    taken = (raad.code,) if gemeente.code != raad.code else None
    return replace(dossier, raden=(*dossier.raden, replace(fresh, taken_over=taken)))


def hand_over(attempt: Attempt) -> Dossier:
    """A gemeente that ended: what stood open with it goes to its successor, or ends with it."""
    raad = _asked(attempt)
    closed = replace(_in_next_state(attempt, raad), closed_on=attempt.day, reason=attempt.reason())
    dossier, rules = _with_raad(attempt.dossier, closed), attempt.rules
    successor = rules.gemeenten.get(rules.gemeenten[raad.code].opvolger or "")
    step = dossier.voorstel.step(step_of(dossier, raad) or "")
    if successor is None or step is None or not exists_on(successor, attempt.today):
        return dossier
    own = next((one for one in rows_at(dossier, step) if one.code == successor.code), None)
    if own is None or rules.settled(own):
        return _asked_again(attempt, dossier, raad, successor, raad.deadline)
    return _with_raad(dossier, replace(own, taken_over=(*(own.taken_over or ()), raad.code)))


def _asked(attempt: Attempt) -> Raadsinformatie:
    """The row that the act is about."""
    if attempt.raad is None:
        raise InvalidField("gemeente", "kies een gemeente.")
    return attempt.raad


def _day(attempt: Attempt) -> dt.date:
    """The day that the act is about; InvalidField for one that has not come."""
    given = attempt.given.day("datum")
    if given and given > attempt.today:
        raise InvalidField("datum", "die dag moet nog komen. Meld wat al is gebeurd.")
    return given or attempt.day


def _in_next_state(attempt: Attempt, raad: Raadsinformatie) -> Raadsinformatie:
    """The row in the state that its own sub-route says."""
    machine = attempt.rules.fixed(sub_machine(raad.deelroute))
    return replace(raad, state=machine.next_state(raad.state, attempt.act.handeling) or raad.state)


def _with_raad(dossier: Dossier, raad: Raadsinformatie) -> Dossier:
    """The dossier with one row in its new form."""
    rows = tuple(raad if one.gemeente == raad.gemeente else one for one in dossier.raden)
    return replace(dossier, raden=rows)
