"""Where a voorstel is on its own route: which steps and rows are still open."""

from collections.abc import Callable
from dataclasses import replace

from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.voorstel import Stap

POSITION_GAP = 1000  # room between rows, so that a row can be put between two others


def step_is_open(dossier: Dossier, step: Stap, settled: Callable[[str], bool]) -> bool:
    """Something must still happen at this step. `settled`: a council state counts as ready."""
    if step.skipped:
        return False
    if step.per_gemeente:
        ready = sum(settled(raad.state) for raad in dossier.raden)
        return not dossier.raden or ready < enough(step.join, len(dossier.raden))
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


def group_is_ready(dossier: Dossier, step: Stap, settled: Callable[[str], bool]) -> bool:
    """Enough of its parallel steps are done; False for a step without a group."""
    steps = group_of(dossier, step)
    if not steps:
        return False
    join = next((one.join for one in steps if one.join), None)
    done = sum(not step_holds(dossier, one, settled) for one in steps)
    return done >= enough(join, len(steps))


def step_holds(dossier: Dossier, step: Stap, settled: Callable[[str], bool]) -> bool:
    """The voorstel as a whole waits here: an open row about all points, or an open fan-out.

    A row about some held points does not hold back the points that go on.
    """
    if step.skipped:
        return False
    if step.per_gemeente:
        return step_is_open(dossier, step, settled)
    return any(row.is_open() and row.punten is None for row in dossier.rows_of(step.id))


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
