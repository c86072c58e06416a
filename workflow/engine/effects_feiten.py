"""Facts that a person declares, and the optional steps that they switch on or off."""

from dataclasses import replace

from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField
from workflow.domain.feiten import declared, takes_part, with_facts
from workflow.domain.rounds import rows_at
from workflow.domain.route import insert_row, order_of
from workflow.domain.voorstel import Stap
from workflow.engine.attempt import Attempt
from workflow.engine.effects_route import new_row
from workflow.engine.place import go_on


def declare(attempt: Attempt) -> Dossier:
    """The voorstel with these facts; its rows follow, and it goes on.

    Rows of a step that it does not pass lapse; a step that it now does pass gets
    its row. Raises InvalidField when that would undo what was treated already.
    """
    rules, dossier = attempt.rules, attempt.dossier
    given = {
        code: value for code in rules.feiten if (value := attempt.given.text(code)) is not None
    }
    if not given:
        raise MissingField("feit", "Ten minste één feit")
    voorstel = replace(dossier.voorstel, facts=with_facts(dossier.voorstel, given))
    after = replace(dossier, voorstel=voorstel)
    for step in voorstel.steps:
        part, before = takes_part(step, voorstel), takes_part(step, dossier.voorstel)
        if step.only_if and part is False and before is not False:
            after = _without(attempt, after, step, next(iter(given)))
        if step.only_if and part is True and before is False:
            after = _with_row(after, step)
    return go_on(after, rules)


def _without(attempt: Attempt, dossier: Dossier, step: Stap, fact: str) -> Dossier:
    """The open rows of a step lapse, with the facts as their reason."""
    treated = any(row.state == "behandeld" for row in dossier.rows_of(step.id))
    if treated or (step.per_gemeente and rows_at(dossier, step)):
        raise InvalidField(fact, f"stap ‘{step.overleg}’ is al behandeld: dit feit ligt vast.")
    known = declared(dossier.voorstel)
    names = [
        f"{attempt.rules.fact_name(one.fact)} {known[one.fact]}"
        for one in step.only_if
        if known.get(one.fact, one.values[0]) not in one.values
    ]
    reason = attempt.keep(f"Niet nodig. {'; '.join(names)}.")
    rows = tuple(
        replace(row, state="vervallen", vergadering=None, reason=reason)
        if row.step == step.id and row.is_open()
        else row
        for row in dossier.behandelingen
    )
    return replace(dossier, behandelingen=rows)


def _with_row(dossier: Dossier, step: Stap) -> Dossier:
    """A planned row for a step that has none: below the rows of the steps before it."""
    if step.per_gemeente or any(row.state != "vervallen" for row in dossier.rows_of(step.id)):
        return dossier
    place = order_of(dossier, step.id)
    above = [row for row in dossier.behandelingen if order_of(dossier, row.step) <= place]
    after = max(above, key=lambda row: row.position, default=None)
    rows = insert_row(dossier, new_row(dossier, step, date=None), after)
    return replace(dossier, behandelingen=rows)
