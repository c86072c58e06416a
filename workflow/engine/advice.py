"""Concluding before the advice is there: only with a reason, and visibly."""

from dataclasses import replace

from workflow.domain.behandeling import Behandeling, Doel
from workflow.domain.dossier import Dossier
from workflow.domain.route import group_is_ready, order_of, step_holds
from workflow.domain.voorstel import Stap
from workflow.engine.attempt import Attempt
from workflow.engine.place import in_state

WAIVER = "zonder_advies"  # the field whose reason lifts the waiting


def waits_for_advice_alone(attempt: Attempt, step: Stap) -> bool:
    """All that stands before this step is advice, and the step may do without."""
    dossier, rules = attempt.dossier, attempt.rules
    before = dossier.voorstel.steps[: order_of(dossier, step.id)]
    holding = [
        one
        for one in before
        if step_holds(dossier, one, rules) and not group_is_ready(dossier, one, rules)
    ]
    return step.without_advice and all(
        not one.per_gemeente
        and all(row.doel is Doel.ADVISEREN for row in dossier.rows_of(one.id) if row.is_open())
        for one in holding
    )


def waived(attempt: Attempt, step: Stap | None) -> bool:
    """The person who concludes gives the reason for not waiting, and the step allows it."""
    return bool(step and step.without_advice and attempt.given.text(WAIVER))


def without_waiting_for_advice(attempt: Attempt, dossier: Dossier, row: Behandeling) -> Dossier:
    """After a conclusion without advice: who was asked for it, is asked no more."""
    if row.without_advice is None:
        return dossier
    here = order_of(dossier, row.step)
    rows = tuple(
        replace(one, state="vervallen", vergadering=None, reason=row.without_advice)
        if one.is_open()
        and one.doel is Doel.ADVISEREN
        and one.punten is None
        and one.id != row.id
        and order_of(dossier, one.step) < here
        else one
        for one in dossier.behandelingen
    )
    return in_state(replace(dossier, behandelingen=rows), row.step)
