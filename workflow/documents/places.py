"""Cells one below another: which column each belongs to, and where a row begins.

A table that lost its columns is a row of cells whose empty ones are gone. What a cell says
(a date, an overleg, a purpose) is a hint, and one cell can be several things: 'n.v.t.' is
a date not known or a conclusion not taken. So all cells are placed together: of all ways to
lay them out in rows, the one with the fewest oddities wins (a shortest path, cell by cell).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workflow.documents.line import Cell
from workflow.domain.paper import Kolom

Oddity = Mapping[Kolom, float]  # how odd a cell would be in each column; 0 fits
_LEFT_OUT = {Kolom.DATUM: 2.0, Kolom.OVERLEG: 4.0, Kolom.DOEL: 2.5, Kolom.CONCLUSIE: 0.0}
_WRAPPED = {Kolom.DATUM: 4.0, Kolom.OVERLEG: 2.5, Kolom.DOEL: 3.0, Kolom.CONCLUSIE: 0.7}
_STRAY = 1.0  # a line that belongs to no row, where the table has no header of its own
_NEVER = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a cell goes; no `kolom` when it belongs to no row, `opens` at the first of one."""

    kolom: Kolom | None
    opens: bool = False


def place_cells(
    cells: Sequence[Cell],
    order: Sequence[Kolom],
    begun: Kolom | None,
    oddity: Callable[[Cell], Oddity],
    *,
    strays: bool,
) -> list[Place]:
    """A place for each cell, in order. `begun` is the last column that the row above has.

    `order` are the columns as the header has them; `strays` allows lines that are no cell.
    """
    start = order.index(begun) if begun in order else -1
    moves = {at: _moves(at, order, strays=strays) for at in range(-1, len(order))}
    best: dict[int, float] = {start: 0.0}  # the cheapest way to stand at each column
    ways: list[dict[int, tuple[int, Place]]] = []
    for cell in cells:
        odd = oddity(cell)
        costs: dict[int, float] = {}
        way: dict[int, tuple[int, Place]] = {}
        for at, cost in best.items():
            for then, more, place in moves[at]:
                total = cost + more + (odd[place.kolom] if place.kolom else 0.0)
                if total < costs.get(then, _NEVER):
                    costs[then], way[then] = total, (at, place)
        best = costs
        ways.append(way)
    return _walked_back(ways, {at: cost + _left_open(at, order) for at, cost in best.items()})


def _moves(at: int, order: Sequence[Kolom], *, strays: bool) -> list[tuple[int, float, Place]]:
    """Where a cell can stand after column `at` (-1: before the first), and what that costs."""
    moves = [(at, _STRAY, Place(kolom=None))] if strays else []
    rest, before = _left_open(at, order), 0.0
    for then, kolom in enumerate(order):
        moves.append((then, rest + before, Place(kolom=kolom, opens=True)))
        before += _LEFT_OUT[kolom]
    if at < 0:
        return moves
    moves.append((at, _WRAPPED[order[at]], Place(kolom=order[at])))
    skipped = 0.0
    for then in range(at + 1, len(order)):
        moves.append((then, skipped, Place(kolom=order[then])))
        skipped += _LEFT_OUT[order[then]]
    return moves


def _left_open(at: int, order: Sequence[Kolom]) -> float:
    """What it costs to end a row at column `at`."""
    return sum(_LEFT_OUT[kolom] for kolom in order[at + 1 :]) if at >= 0 else 0.0


def _walked_back(
    ways: Sequence[dict[int, tuple[int, Place]]], best: dict[int, float]
) -> list[Place]:
    """The places on the cheapest way, first to last."""
    at = min(best, key=lambda column: best[column])
    places: list[Place] = []
    for way in reversed(ways):
        at, place = way[at]
        places.append(place)
    return places[::-1]
