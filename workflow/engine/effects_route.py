"""What the acts on a voorstel and its rows do to the dossier: plan, move, skip, return, close."""

import datetime as dt
from dataclasses import replace

from workflow.domain.behandeling import Behandeling, Doel
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField
from workflow.domain.overleg import Vergadering, vergadering_id
from workflow.domain.rounds import rows_at
from workflow.domain.route import insert_row, new_row_id, order_of
from workflow.domain.voorstel import Stap
from workflow.engine.attempt import Attempt
from workflow.engine.definition import OverlegDefinitie
from workflow.engine.place import go_on, in_state, start
from workflow.engine.rules import Rules


def submit(attempt: Attempt) -> Dossier:
    """The voorstel enters its route at the first open step."""
    machine = attempt.rules.route_machine(attempt.dossier.voorstel)
    first = machine.next_state(attempt.dossier.voorstel.state, attempt.act.handeling)
    return start(attempt.dossier, first or "", attempt.rules)


def plan(attempt: Attempt) -> Dossier:
    """A row gets its overleg, date or doel; a row for an overleg that has none is added."""
    given = attempt.given
    overleggen = given.overleggen("overleg")
    row = attempt.row
    if overleggen and row and attempt.named:
        row = _of_other(row, overleggen)
    elif overleggen and (row is None or not _same(row, overleggen)):
        row = next((one for one in attempt.dossier.open_rows() if _same(one, overleggen)), None)
    if row and not row.is_open():
        raise InvalidField(
            "behandeling", f"het {row.overleg} heeft dit al behandeld. Herhaal de behandeling."
        )
    if row is None:
        if not overleggen:
            raise MissingField("overleg", "Overleg")
        return add(replace(attempt, row=None))
    day, doel = given.day("datum"), given.values.get("doel")
    if day is None and doel is None and row == attempt.row:
        raise MissingField("datum", "Datum, doel of een ander overleg")
    planned = replace(
        row,
        date=day or row.date,
        date_raw=None if day else row.date_raw,
        period=None if day else row.period,
        doel=doel if isinstance(doel, Doel) else row.doel,
        state="gepland",
        vergadering=None,
    )
    return with_step_of(attempt.with_rows(attempt.replacing(planned)), planned)


def with_step_of(dossier: Dossier, row: Behandeling) -> Dossier:
    """The dossier whose step is of the same overleg and doel as its row.

    A step with more rows stays what it was: its name is the name of what happened there.
    """
    step = dossier.voorstel.step(row.step)
    alone = len(dossier.rows_of(row.step)) == 1
    if (
        step is None
        or not alone
        or (step.overleg_codes, step.doel) == (row.overleg_codes, row.doel)
    ):
        return dossier
    named = step.overleg_codes == row.overleg_codes
    renewed = replace(
        step,
        doel=row.doel,
        overleg=step.overleg if named else row.overleg,
        overleg_codes=row.overleg_codes,
        soort=row.soort,
    )
    steps = tuple(renewed if one.id == step.id else one for one in dossier.voorstel.steps)
    return replace(dossier, voorstel=replace(dossier.voorstel, steps=steps))


def _of_other(row: Behandeling, overleggen: tuple[OverlegDefinitie, ...]) -> Behandeling:
    """The row for another overleg."""
    if _same(row, overleggen):
        return row
    return replace(
        row,
        overleg=" en ".join(one.naam for one in overleggen),
        overleg_codes=tuple(one.code for one in overleggen),
        soort=overleggen[0].soort,
    )


def _same(row: Behandeling, overleggen: tuple[OverlegDefinitie, ...]) -> bool:
    """The row is of these overleggen."""
    return set(row.overleg_codes) == {one.code for one in overleggen}


def add(attempt: Attempt) -> Dossier:
    """A step with a row (or, for colleges and raden, a round of gemeenten) more in the route."""
    given, dossier = attempt.given, attempt.dossier
    overleggen = given.overleggen("overleg")
    doel = given.values.get("doel")
    if not isinstance(doel, Doel):
        raise MissingField("doel", "Doel")
    after = dossier.behandeling(given.text("na") or "") or _before_new(attempt) or _last(dossier)
    step = new_step(attempt.rules, dossier, overleggen, doel)
    steps = _with_step(dossier, step, after.step if after else None)
    if after and given.text("na") and (past := treated_after(dossier, after)):
        raise InvalidField(
            "na", f"het {past.overleg} heeft al geconcludeerd. Kies een plaats daarna."
        )
    grown = replace(dossier, voorstel=replace(dossier.voorstel, steps=steps))
    if not step.per_gemeente:
        row = new_row(grown, step, date=given.day("datum"))
        grown = replace(grown, behandelingen=insert_row(grown, row, after))
    return go_on(grown, attempt.rules)


def _before_new(attempt: Attempt) -> Behandeling | None:
    """The row below which a new one comes: the current one, or the last that was treated later."""
    row = attempt.row
    return (treated_after(attempt.dossier, row) or row) if row else None


def treated_after(dossier: Dossier, row: Behandeling) -> Behandeling | None:
    """The last row that was treated at a later step; None: nothing was."""
    later = {step.id for step in dossier.voorstel.steps[order_of(dossier, row.step) + 1 :]}
    treated = [one for one in dossier.behandelingen if one.step in later]
    return next((one for one in reversed(treated) if one.state == "behandeld"), None)


def _last(dossier: Dossier) -> Behandeling | None:
    """The last row of the table."""
    return max(dossier.behandelingen, key=lambda row: row.position, default=None)


def new_step(
    rules: Rules, dossier: Dossier, overleggen: tuple[OverlegDefinitie, ...], doel: Doel
) -> Stap:
    """A step of its own, with an id that the route does not have yet."""
    first = overleggen[0]
    stem = first.soort.value.lower()
    taken = {step.id for step in dossier.voorstel.steps}
    names = [stem, *(f"{stem}_{number}" for number in range(2, len(taken) + 3))]
    return Stap(
        id=next(name for name in names if name not in taken),
        doel=doel,
        soort=first.soort,
        overleg=" en ".join(one.naam for one in overleggen),
        overleg_codes=tuple(one.code for one in overleggen),
        per_gemeente=first.per_gemeente,
        join="alle" if first.per_gemeente else None,
        deelroute=rules.deelroute_for(doel, first.soort) if first.per_gemeente else None,
    )


def _with_step(dossier: Dossier, step: Stap, after: str | None) -> tuple[Stap, ...]:
    """The steps with one more: below `after`, else before the round of the gemeenten."""
    steps = list(dossier.voorstel.steps)
    places = [place for place, one in enumerate(steps) if one.id == after]
    rounds = [place for place, one in enumerate(steps) if one.per_gemeente]
    if places:
        place = places[0] + 1
    elif rounds and not step.per_gemeente:
        place = rounds[0]
    else:
        place = len(steps)
    return (*steps[:place], step, *steps[place:])


def new_row(dossier: Dossier, step: Stap, *, date: dt.date | None) -> Behandeling:
    """A planned row for a step; no date: datum volgt."""
    return Behandeling(
        voorstel_id=dossier.voorstel.id,
        id=new_row_id(dossier),
        position=0,
        step=step.id,
        overleg=step.overleg,
        overleg_codes=step.overleg_codes,
        soort=step.soort,
        doel=step.doel,
        date=date,
        bekrachtiging=step.bekrachtiging,
    )


def successor(dossier: Dossier, row: Behandeling, *, date: dt.date | None) -> Behandeling:
    """The new row that takes the place of a closed one, in the same step."""
    return replace(
        row,
        id=new_row_id(dossier),
        date=date,
        date_raw=None,
        year_derived=False,
        period=None,
        state="gepland",
        vergadering=None,
        conclusie_code=None,
        conclusie=None,
        per_punt=(),
        held_until=None,
        referred_to=None,
        basis=None,
        happened_on=None,
        recorded_on=None,
        reason=None,
        on_paper=False,
        objection=None,
    )


def skip(attempt: Attempt) -> Dossier:
    """A row that will not be treated; the voorstel goes on when it waited for it."""
    row = _open_row(attempt)
    closed = replace(row, state="vervallen", reason=attempt.reason())
    return go_on(attempt.with_rows(attempt.replacing(closed)), attempt.rules)


def put_on_agenda(attempt: Attempt) -> Dossier:
    """The row stands on the agenda of one meeting of its overleg."""
    row, given = _open_row(attempt), attempt.given
    asked = given.text("vergadering")
    meeting = (attempt.vergadering(asked) or _of_calendar(attempt, asked)) if asked else None
    if asked and meeting is None:
        raise InvalidField("vergadering", f"vergadering ‘{asked}’ is niet bekend. Geef een datum.")
    if meeting and given.day("datum") not in (None, meeting.date):
        raise InvalidField("datum", "geef een vergadering of een datum: één van beide.")
    day = meeting.date if meeting else (given.day("datum") or row.date)
    if day is None:
        raise MissingField("datum", "Datum")
    if meeting and meeting.overleg_code not in row.overleg_codes:
        raise InvalidField("vergadering", f"dat is geen vergadering van het {row.overleg}.")
    meeting = meeting or meeting_of(attempt, row, day)
    if meeting and meeting.state == "afgelast":
        raise InvalidField("datum", "die vergadering is afgelast. Kies een andere datum.")
    if meeting and meeting.list_is_closed():
        raise InvalidField(
            "datum",
            "de besluitenlijst van die vergadering is al vastgesteld. Kies een latere datum. "
            "Een conclusie die daar al stond, verbetert u met ‘Corrigeer’.",
        )
    placed = replace(
        row,
        state="geagendeerd",
        date=day,
        date_raw=row.date_raw if day == row.date else None,
        vergadering=meeting.id if meeting else None,
    )
    return with_meeting(attempt.with_rows(attempt.replacing(placed)), meeting)


def _of_calendar(attempt: Attempt, wanted: str) -> Vergadering | None:
    """The meeting with this id that only the calendar of the definitions knows."""
    for code, day in attempt.rules.calendar.meetings:
        if vergadering_id(code, day) == wanted:
            return Vergadering(id=wanted, overleg_code=code, date=day)
    return None


def meeting_of(attempt: Attempt, row: Behandeling, day: dt.date) -> Vergadering | None:
    """The meeting of the row's overleg on a day: the known one, else a planned one.

    None when the overleg is not in the definitions: then nothing can be planned.
    """
    if not row.overleg_codes:
        return None
    key = vergadering_id(row.overleg_codes[0], day)
    return attempt.vergadering(key) or Vergadering(
        id=key, overleg_code=row.overleg_codes[0], date=day
    )


def with_meeting(dossier: Dossier, meeting: Vergadering | None) -> Dossier:
    """The dossier with a meeting in its new form."""
    if meeting is None or meeting in dossier.vergaderingen:
        return dossier
    others = tuple(one for one in dossier.vergaderingen if one.id != meeting.id)
    return replace(dossier, vergaderingen=(*others, meeting))


def take_off_agenda(attempt: Attempt) -> Dossier:
    """The row leaves the agenda before the meeting; a new one waits for a date."""
    row = _open_row(attempt)
    closed = replace(row, state="van_de_agenda", reason=attempt.reason())
    return _replaced(attempt, closed, successor(attempt.dossier, row, date=None))


def postpone(attempt: Attempt) -> Dossier:
    """There was no time: a new row for the same overleg, dated or 'datum volgt'."""
    row, day = _open_row(attempt), attempt.given.day("datum")
    if day and row.date and day <= row.date:
        raise InvalidField("datum", "de nieuwe datum moet na de oude liggen.")
    closed = replace(row, state="doorgeschoven", reason=attempt.reason())
    return _replaced(attempt, closed, successor(attempt.dossier, row, date=day))


def _replaced(attempt: Attempt, closed: Behandeling, fresh: Behandeling) -> Dossier:
    """The table with a closed row and, right below it, its successor."""
    dossier = attempt.with_rows(attempt.replacing(closed))
    return replace(dossier, behandelingen=insert_row(dossier, fresh, closed))


def send_back(attempt: Attempt) -> Dossier:
    """The voorstel lies with its author again; a row on an agenda leaves it."""
    rows = tuple(
        replace(row, state="gepland", vergadering=None) if row.state == "geagendeerd" else row
        for row in attempt.dossier.behandelingen
    )
    return in_state(attempt.with_rows(rows), "teruggestuurd")


def close(attempt: Attempt) -> Dossier:
    """The case ends; what was still open lapses with it."""
    return ended(attempt, attempt.dossier, "afgerond")


def withdraw(attempt: Attempt) -> Dossier:
    """The author ends the case."""
    return ended(attempt, attempt.dossier, "ingetrokken")


def ended(attempt: Attempt, dossier: Dossier, state: str) -> Dossier:
    """The dossier in an end state: open rows lapse, the reason is kept."""
    rounds = {row.id for row in dossier.behandelingen if row.is_open()} - {
        row.id for row in dossier.open_rows()
    }
    done = {
        step.id
        for step in dossier.voorstel.steps
        if step.per_gemeente
        and (there := rows_at(dossier, step))
        and all(map(attempt.rules.settled, there))
    }
    rows = tuple(
        replace(row, state="behandeld" if row.id in rounds and row.step in done else "vervallen")
        if row.is_open()
        else row
        for row in dossier.behandelingen
    )
    voorstel = replace(dossier.voorstel, state=state, closing_reason=attempt.reason())
    return replace(dossier, voorstel=voorstel, behandelingen=rows)


def _open_row(attempt: Attempt) -> Behandeling:
    """The row that the act is about; the guards have seen that it is there."""
    if attempt.row is None:
        raise InvalidField("behandeling", "er staat geen behandeling open.")
    return attempt.row
