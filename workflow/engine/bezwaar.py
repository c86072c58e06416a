"""An overleg that is only informed objects: the conclusie stays, marked, until it is settled."""

from dataclasses import replace

from workflow.domain.behandeling import DECIDING, Behandeling, ConclusieCode, Doel
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField
from workflow.domain.route import insert_row, order_of
from workflow.engine.attempt import OWN, Attempt, Inputs
from workflow.engine.conclusions import Outcome, outcome_of, rejected_points
from workflow.engine.edit_order import free_id
from workflow.engine.effects_afspraak import with_afspraak
from workflow.engine.effects_route import new_row, successor
from workflow.engine.place import in_state
from workflow.engine.rules import Rules


def decision_before(dossier: Dossier, rules: Rules, row: Behandeling) -> Behandeling | None:
    """The last decision that the row's overleg is informed of; None: there is none."""
    place = order_of(dossier, row.step)
    found = [
        one
        for one in dossier.behandelingen
        if one.doel in DECIDING
        and one.conclusie_code is not None
        and order_of(dossier, one.step) < place
        and outcome_of(one.conclusie_code, rules.table_of(dossier.voorstel, one)) is Outcome.VERDER
    ]
    return max(found, key=lambda one: (order_of(dossier, one.step), one.position), default=None)


def open_objection(dossier: Dossier) -> Behandeling | None:
    """The open row that must settle an objection; None when none is open."""
    return next((row for row in dossier.open_rows() if row.answers), None)


def after_objection(attempt: Attempt, discussed: Dossier) -> Dossier:
    """The dossier with the row that settles the objection, and the voorstel there.

    `discussed` has the row of the objecting overleg as treated.
    """
    row = attempt.row
    decided = decision_before(attempt.dossier, attempt.rules, row) if row else None
    if row is None or decided is None:
        raise InvalidField("behandeling", "kies het overleg dat bezwaar maakt.")
    marked = _with_row(discussed, replace(decided, objection=row.id))
    if attempt.given.values.get("uitkomst") == OWN:
        return _own_decision(attempt, marked, row, decided)
    return _back(attempt, marked, row, decided)


def _back(attempt: Attempt, dossier: Dossier, row: Behandeling, decided: Behandeling) -> Dossier:
    """The overleg that decided treats it again; who objected hears the outcome."""
    dossier = _settling(attempt, dossier, successor(dossier, decided, date=None), decided, decided)
    again = replace(successor(dossier, row, date=None), punten=_points(attempt))
    return replace(dossier, behandelingen=insert_row(dossier, again, row))


def _own_decision(
    attempt: Attempt, dossier: Dossier, row: Behandeling, decided: Behandeling
) -> Dossier:
    """The overleg that objected decides itself, right after it was informed."""
    voorstel = dossier.voorstel
    own = voorstel.step(row.step)
    if own is None:
        return dossier
    step = replace(
        own,
        id=free_id(voorstel, own.id),
        doel=Doel.BESLUITEN,
        group=None,
        join=None,
        conditions=(),
        bekrachtiging=decided.bekrachtiging,
    )
    place = order_of(dossier, row.step) + 1
    steps = (*voorstel.steps[:place], step, *voorstel.steps[place:])
    dossier = replace(dossier, voorstel=replace(voorstel, steps=steps))
    return _settling(attempt, dossier, new_row(dossier, step, date=None), row, decided)


def _settling(
    attempt: Attempt,
    dossier: Dossier,
    fresh: Behandeling,
    below: Behandeling,
    decided: Behandeling,
) -> Dossier:
    """The dossier at the new row that settles the objection to `decided`, below another."""
    fresh = replace(
        fresh,
        date=attempt.given.day("datum"),
        punten=_points(attempt),
        answers=decided.id,
        reason=attempt.reason(),
    )
    return in_state(replace(dossier, behandelingen=insert_row(dossier, fresh, below)), fresh.step)


def _points(attempt: Attempt) -> tuple[str, ...] | None:
    """The points that the objection is about; None: all."""
    points = attempt.given.values.get("beslispunten")
    return points if isinstance(points, tuple) and points else None


def as_discussed(attempt: Attempt) -> Attempt:
    """The attempt to conclude that an overleg discussed it, with the words that were given."""
    words = attempt.given.text("tekst")
    values: dict[str, object] = {"conclusie": ConclusieCode.BESPROKEN}
    return replace(attempt, inputs=Inputs(values=values | ({"tekst": words} if words else {})))


def without_ground(attempt: Attempt, dossier: Dossier) -> Dossier:
    """The dossier whose afspraken lapse when every point they rest on was rejected after all."""
    gone = rejected_points(dossier, attempt.rules)
    machine = attempt.rules.fixed("afspraak")
    for one in dossier.afspraken:
        state = machine.next_state(one.state, "herroepen")
        own = one.voorstel_id == dossier.voorstel.id
        if own and state and one.punten and set(one.punten) <= gone:
            lapsed = replace(
                one,
                state=state,
                version=one.version + 1,
                reason=attempt.keep("Na bezwaar is dit niet langer besloten."),
            )
            dossier = with_afspraak(dossier, lapsed)
    return dossier


def _with_row(dossier: Dossier, row: Behandeling) -> Dossier:
    """The dossier with one row replaced."""
    rows = tuple(row if one.id == row.id else one for one in dossier.behandelingen)
    return replace(dossier, behandelingen=rows)
