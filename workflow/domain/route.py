"""Where a voorstel is on its own route: which steps and rows are still open."""

from dataclasses import replace
from typing import Protocol

from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.feiten import takes_part
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.rounds import rows_at
from workflow.domain.voorstel import Stap, Voorstel

POSITION_GAP = 1000  # room between rows, so that a row can be put between two others


class Judge(Protocol):
    """What the definitions say of a row: the two questions on which a join rests."""

    def settled(self, raad: Raadsinformatie) -> bool:
        """The row of this gemeente counts as ready."""

    def refused(self, voorstel: Voorstel, row: Behandeling) -> bool:
        """The row refused all that it was about."""


def step_is_open(dossier: Dossier, step: Stap, judge: Judge) -> bool:
    """Something must still happen at this step.

    Also when it is not known yet whether the voorstel must pass it: then that is asked.
    """
    part = takes_part(step, dossier.voorstel)
    if step.skipped or part is False:
        return False
    if part is None:
        return True
    if step.per_gemeente:
        rows = rows_at(dossier, step)
        ready = sum(judge.settled(raad) for raad in rows)
        return not rows or ready < enough(step.join, len(rows))
    return any(row.is_open() for row in dossier.rows_of(step.id))


def enough(join: str | None, total: int) -> int:
    """How many of `total` must be ready: `alle` (also None), `eerste`, or a number."""
    if join == "eerste":
        return min(1, total)
    return min(int(join), total) if join and join.isdigit() else total


def group_of(dossier: Dossier, step: Stap) -> tuple[Stap, ...]:
    """The steps that run in parallel with this one, itself included; none without a group."""
    steps = dossier.voorstel.steps
    return tuple(one for one in steps if step.group and one.group == step.group)


def group_is_ready(dossier: Dossier, step: Stap, judge: Judge) -> bool:
    """Enough of its parallel steps are done; False for a step without a group.

    A step that refused is done, but does not count for `eerste` or a number.
    """
    steps = group_taking_part(dossier, step)
    if not steps:
        return False
    done = [one for one in steps if not step_holds(dossier, one, judge)]
    return sum(not refuses(dossier, one, judge) for one in done) >= needed_of(dossier, step) or len(
        done
    ) == len(steps)


def needed_of(dossier: Dossier, step: Stap) -> int:
    """How many steps of its group must agree; the `klaar` of a round counts gemeenten."""
    steps = group_taking_part(dossier, step)
    joins = (one.join for one in steps if one.join and not one.per_gemeente)
    return enough(next(joins, None), len(steps))


def group_may_still_agree(dossier: Dossier, step: Stap, judge: Judge) -> bool:
    """Enough steps of its group have not refused; False for a step without a group."""
    steps = group_taking_part(dossier, step)
    left = sum(not refuses(dossier, one, judge) for one in steps)
    return bool(steps) and left >= needed_of(dossier, step)


def refuses(dossier: Dossier, step: Stap, judge: Judge) -> bool:
    """The last that this step concluded was a refusal."""
    treated = [row for row in dossier.rows_of(step.id) if row.state == "behandeld"]
    return bool(treated) and judge.refused(dossier.voorstel, treated[-1])


def group_taking_part(dossier: Dossier, step: Stap) -> tuple[Stap, ...]:
    """The steps of its group, without those that this voorstel does not pass."""
    return tuple(
        one
        for one in group_of(dossier, step)
        if not one.skipped and takes_part(one, dossier.voorstel) is not False
    )


def step_holds(dossier: Dossier, step: Stap, judge: Judge) -> bool:
    """The voorstel as a whole waits here: an open row about all points, or an open fan-out.

    A row about some held points does not hold back the points that go on; one that
    settles an objection does.
    """
    part = takes_part(step, dossier.voorstel)
    if step.skipped or part is False:
        return False
    if step.per_gemeente or part is None:
        return step_is_open(dossier, step, judge)
    return any(
        row.is_open() and (row.punten is None or row.answers) for row in dossier.rows_of(step.id)
    )


def order_of(dossier: Dossier, step_id: str) -> int:
    """The place of a step in the route, from 0; -1 when it is none."""
    return next((i for i, step in enumerate(dossier.voorstel.steps) if step.id == step_id), -1)


def points_for(dossier: Dossier, row: Behandeling, rejected: frozenset[str]) -> tuple[str, ...]:
    """The beslispunten that a row is about now.

    Its own when it says so; else all but the rejected ones, those that went on
    as a voorstel of their own, and those that are held for another open row.
    """
    gone = dossier.voorstel.departed()
    numbers = tuple(one.number for one in dossier.voorstel.beslispunten if one.number not in gone)
    if row.punten is not None:
        return row.punten
    held = {
        number
        for other in dossier.open_rows()
        if other.id != row.id and other.punten is not None and other.step != row.step
        for number in other.punten
        if order_of(dossier, other.step) <= order_of(dossier, row.step)
    }
    return tuple(number for number in numbers if number not in held and number not in rejected)


def current_row(dossier: Dossier) -> Behandeling | None:
    """The row that is next: the first open one of the step where the voorstel stands."""
    here = [row for row in dossier.rows_of(dossier.voorstel.state) if row.is_open()]
    return next(iter(here or dossier.open_rows()), None)


def new_row_id(dossier: Dossier) -> str:
    """The next free id: b1, b2, …"""
    used = [int(row.id[1:]) for row in dossier.behandelingen if row.id[1:].isdigit()]
    return f"b{max(used, default=0) + 1}"


def insert_row(
    dossier: Dossier, row: Behandeling, after: Behandeling | None
) -> tuple[Behandeling, ...]:
    """The table with `row` placed right below `after` (None: at the end)."""
    rows = sorted(dossier.behandelingen, key=lambda one: one.position)
    below = next((one for one in rows if after and one.position > after.position), None)
    start = after.position if after else (rows[-1].position if rows else 0)
    end = below.position if below else start + 2 * POSITION_GAP
    placed = _at(row, (start + end) // 2)
    return tuple(sorted((*rows, placed), key=lambda one: (one.position, int(one.id[1:]))))


def _at(row: Behandeling, position: int) -> Behandeling:
    """The row at a place."""
    return replace(row, position=position)
