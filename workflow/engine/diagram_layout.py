"""Where everything of a route's picture stands: stops in, places of lines and words out.

The route reads as a text does: from left to right, and on to a next row when the
first is full. Pure, in whole units of the drawing; one unit is a pixel at full size.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from workflow.engine.diagram import Leg, Picture, Pip, Place, Stop
from workflow.engine.diagram_text import flow, wrap

WIDE, NARROW = 1176, 704  # for a desktop, and for a tablet or a sheet of paper

COLUMN = 140  # at least; a group takes two
SIZE, SMALL = 16, 15  # of headings and of the rest, in units
LINE = 20  # from one line of words to the next
FIRST = 39  # from a marker to the first line below it
LEVEL_BAND = 30  # room for the names of the levels
ABOVE, LOOP = 26, 52  # from there to the markers; with loops back
ROW_GAP, EDGE, CORNER = 34, 13, 12
INSET, TRUNK, MARKER, LABEL = 26, 22, 50, 76  # inside a group, from its left
PIP = 16  # from one gemeente to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of words; `kind` says what they are."""

    x: int
    y: int
    text: str
    kind: str
    start: bool = False  # begins at x; else its middle is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A path; `kind` is behind, ahead, plan, loop, level or arrow."""

    path: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The box around stops that run side by side."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A stop itself."""

    x: int
    y: int
    stop: Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One gemeente of a round."""

    x: int
    y: int
    pip: Pip


Shape = Words | Line | Frame | Marker | Dot


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everything in the order in which it is drawn."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A leg in its place: the columns from `left` to `right`, its markers at `y`."""

    leg: Leg
    left: int
    right: int
    y: int
    ceiling: int  # where the bracket of its level is
    reached: bool  # the voorstel came here, or past here

    @property
    def middle(self) -> int:
        return (self.left + self.right) // 2

    @property
    def enter(self) -> int:
        """Where the line of the route comes in."""
        return self.left + INSET if self.leg.parallel else self.middle

    @property
    def leave(self) -> int:
        return self.right - INSET if self.leg.parallel else self.middle

    @property
    def label_width(self) -> int:
        if self.leg.parallel:
            return self.right - INSET - 10 - (self.left + INSET + LABEL)
        return self.right - self.left - 8


def layout(picture: Picture, width: int = WIDE) -> Drawing:
    """The whole picture on `width` units; as high as it needs."""
    shapes: list[Shape] = []
    top, before = 0, None
    rows = rows_of(picture.legs, width // COLUMN)
    columns = max(sum(map(_span, row)) for row in rows)  # all rows stand on the same ones
    last = _last_walked(picture.legs)
    for number, legs in enumerate(rows):
        walked = last - sum(map(len, rows[:number]))
        cells = _cells(legs, top, width, columns=columns, walked=walked)
        if before:
            shapes.append(_to_next_row(before, cells[0], top - ROW_GAP + 8, width))
        shapes.extend(_row(cells))
        before = cells[-1]
        top = max(map(_bottom, cells)) + ROW_GAP
    return Drawing(width=width, height=top - ROW_GAP + 6, shapes=tuple(shapes))


def rows_of(legs: Sequence[Leg], most: int) -> list[list[Leg]]:
    """The legs in rows of at most `most` columns, as few and as equally long as can be."""

    @cache
    def best(start: int) -> tuple[int, tuple[int, ...]]:
        """The least squared room that is left over from there, and where its rows end."""
        if start == len(legs):
            return 0, ()
        choices = []
        for end in range(start + 1, len(legs) + 1):
            room = most - sum(map(_span, legs[start:end]))
            if room < 0 and end > start + 1:
                break
            left, ends = best(end)
            choices.append((left + room * room, (end, *ends)))
        return min(choices)

    ends = best(0)[1]
    return [list(legs[one:other]) for one, other in pairwise((0, *ends))]


def _span(leg: Leg) -> int:
    """How many columns a leg takes."""
    return 2 if leg.parallel else 1


def _last_walked(legs: Sequence[Leg]) -> int:
    """The place of the last leg that was reached; -1 for none."""
    reached = {Place.DONE, Place.HERE, Place.ALSO, Place.STOPPED}
    walked = [at for at, leg in enumerate(legs) if reached & {one.place for one in leg.stops}]
    return max(walked, default=-1)


def _cells(legs: Sequence[Leg], top: int, width: int, *, columns: int, walked: int) -> list[Cell]:
    """The legs of one row, each in its columns; those up to `walked` were reached."""
    looped = any(stop.earlier or stop.returned for leg in legs for stop in leg.stops)
    levels = any(leg.levels for leg in legs)
    ceiling = top + (LEVEL_BAND if levels else 0)
    y = ceiling + (LOOP if looped else ABOVE)
    cells, at = [], 0
    for number, leg in enumerate(legs):
        left, at = width * at // columns, at + _span(leg)
        cells.append(Cell(leg=leg, left=left, right=width * at // columns, y=y,
                          ceiling=ceiling, reached=number <= walked))  # fmt: skip
    return cells


def _row(cells: Sequence[Cell]) -> list[Shape]:
    """One row: levels above, the line of the route, then the stops on it."""
    shapes: list[Shape] = [*_levels(cells)]
    shapes += [_frame(cell) for cell in cells if cell.leg.parallel]
    for one, other in pairwise(cells):
        shapes.append(_piece(f"M{one.leave} {one.y}H{other.enter}", other))
    for cell in cells:
        shapes.extend(_group(cell) if cell.leg.parallel else _single(cell))
    shapes.extend(_loops(cells))
    return shapes


def _piece(path: str, cell: Cell) -> Line:
    """The line of the route towards a leg."""
    plan = all(stop.place is Place.PLAN for stop in cell.leg.stops)
    return Line(path=path, kind="plan" if plan else "behind" if cell.reached else "ahead")


def _to_next_row(last: Cell, first: Cell, y: int, width: int) -> Line:
    """From the end of a row, below its words, to the start of the next."""
    right, left, r = width - EDGE, EDGE, CORNER
    path = (
        f"M{last.leave} {last.y}H{right - r}q{r} 0 {r} {r}V{y - r}q0 {r} {-r} {r}"
        f"H{left + r}q{-r} 0 {-r} {r}V{first.y - r}q0 {r} {r} {r}H{first.enter}"
    )
    return _piece(path, first)


# --- levels ----------------------------------------------------------------------------


def _levels(cells: Sequence[Cell]) -> list[Shape]:
    """The level of each run of stops, with a bracket over the run."""
    runs: list[list[Cell]] = []
    for cell in cells:
        same = runs and runs[-1][-1].leg.levels == cell.leg.levels
        if same and runs[-1][-1].right == cell.left:
            runs[-1].append(cell)
        elif cell.leg.levels:
            runs.append([cell])
    return [shape for run in runs for shape in _level(run)]


def _level(run: Sequence[Cell]) -> list[Shape]:
    """One bracket, and its name in the middle of it."""
    left, right = _reach(run[0])[0], _reach(run[-1])[1]
    y = run[0].ceiling
    name = " en ".join(run[0].leg.levels)
    return [
        Words(x=(left + right) // 2, y=y - 12, text=name, kind="level"),
        Line(path=f"M{left} {y}v-4H{right}v4", kind="level"),
    ]


def _reach(cell: Cell) -> tuple[int, int]:
    """How far a bracket reaches over a leg."""
    if cell.leg.parallel:
        return cell.enter, cell.leave
    return cell.middle - 44, cell.middle + 44


# --- stops -----------------------------------------------------------------------------


def _single(cell: Cell) -> list[Shape]:
    """A stop with its words below it."""
    stop = cell.leg.stops[0]
    shapes: list[Shape] = [Marker(x=cell.middle, y=cell.y, stop=stop)]
    y = cell.y + FIRST
    for kind, text in labels(stop, cell.label_width):
        shapes.append(Words(x=cell.middle, y=y, text=text, kind=kind))
        y += LINE
    return [*shapes, *_pips(stop, cell.middle, y - 5, cell.label_width)]


@lru_cache(maxsize=1024)  # asked for its height, and again for its words
def labels(stop: Stop, width: int) -> tuple[tuple[str, str], ...]:
    """The lines of words of a stop, each with its kind."""
    bold = stop.place in (Place.DONE, Place.HERE, Place.ALSO, Place.STOPPED)
    heading = _heading(stop, width, bold=bold)
    found = [(f"title {stop.place}", line) for line in heading]
    if stop.place is Place.HERE:
        found += [("you", line) for line in flow(("u bent hier", *stop.details), width, SMALL)]
    else:
        also = ("loopt nu ook",) if stop.place is Place.ALSO else ()
        words = (*also, *stop.details)
        found += [("detail", line) for line in flow(words, width, SMALL)]
    found += [
        ("earlier", line) for line in flow(_earlier(stop.earlier), width, SMALL)[:3]
    ]  # more stands in the list beside the picture
    return tuple(found)


def _heading(stop: Stop, width: int, *, bold: bool) -> tuple[str, ...]:
    """Who and for what, on three lines at most; a long name gives way to its purpose."""
    if not stop.purpose:
        return wrap(stop.heading, width, SIZE, most=3, bold=bold)
    whole = wrap(stop.heading, width, SIZE, most=4, bold=bold)
    if len(whole) <= 3:
        return whole
    return (*wrap(f"{stop.title}:", width, SIZE, most=2, bold=bold), stop.purpose)


def _earlier(times: Sequence[str]) -> tuple[str, ...]:
    """How it went before, the last time only when there were more than two."""
    if len(times) > 2:
        return (f"eerder {len(times)} keer", f"laatst {times[-1]}")
    return tuple(f"eerder {one}" for one in times)


def _pips(stop: Stop, middle: int, y: int, width: int) -> list[Shape]:
    """One dot a gemeente, in one or two lines; none when there are more than fit."""
    per_line = max(1, width // PIP)
    if len(stop.pips) > 2 * per_line:
        return []
    lines = [stop.pips[:per_line], stop.pips[per_line:]]
    return [
        Dot(x=middle - (len(line) - 1) * PIP // 2 + at * PIP, y=y + number * PIP, pip=pip)
        for number, line in enumerate(lines)
        for at, pip in enumerate(line)
    ]


def _pip_height(stop: Stop, width: int) -> int:
    """The room that the dots take."""
    if not stop.pips:
        return 0
    lines = -(-len(stop.pips) // max(1, width // PIP))
    return lines * PIP if lines <= 2 else 0


def _bottom(cell: Cell) -> int:
    """The lowest unit that a leg needs."""
    if cell.leg.parallel:
        frame = _frame(cell)
        return frame.y + frame.height
    stop = cell.leg.stops[0]
    lines = len(labels(stop, cell.label_width))
    return cell.y + FIRST + (lines - 1) * LINE + 11 + _pip_height(stop, cell.label_width)


# --- groups ----------------------------------------------------------------------------


def _branches(cell: Cell) -> list[int]:
    """Where the markers of a group stand, from above."""
    places, y = [], cell.y
    for stop in cell.leg.stops:
        places.append(y)
        lines = len(labels(stop, cell.label_width))
        y += lines * LINE + 20 + _pip_height(stop, cell.label_width)
    return [*places, y]


def _frame(cell: Cell) -> Frame:
    """The box around a group, with a line for its join rule."""
    bottom = _branches(cell)[-1] + 10 + (len(_rule(cell)) - 1) * LINE
    return Frame(
        x=cell.enter, y=cell.y - 20, width=cell.leave - cell.enter, height=bottom - cell.y + 20
    )


def _group(cell: Cell) -> list[Shape]:
    """Stops side by side: the line splits, each has its words beside it, then the join rule."""
    *places, below = _branches(cell)
    trunk, x, r = cell.enter + TRUNK, cell.enter + MARKER, CORNER
    shapes: list[Shape] = []
    for y, stop in reversed(list(zip(places, cell.leg.stops, strict=True))):
        walked = stop.place not in (Place.AHEAD, Place.SKIPPED)
        one = replace(cell, leg=Leg(stops=(stop,)), reached=walked)
        if y == cell.y:
            shapes.append(_piece(f"M{cell.enter} {y}H{x}", one))
        else:
            path = f"M{cell.enter} {cell.y}H{trunk - r}q{r} 0 {r} {r}V{y - r}q0 {r} {r} {r}H{x}"
            shapes.append(_piece(path, one))
    for y, stop in zip(places, cell.leg.stops, strict=True):
        shapes.append(Marker(x=x, y=y, stop=stop))
        shapes.extend(_beside(cell, y, stop))
    for number, rule in enumerate(_rule(cell)):
        at = below + number * LINE
        shapes.append(Words(x=cell.enter + 16, y=at, text=rule, kind="join", start=True))
    return shapes


def _rule(cell: Cell) -> tuple[str, ...]:
    """What makes a group ready, on as many lines as it needs."""
    return flow(("naast elkaar", cell.leg.join), cell.leave - cell.enter - 24, SMALL)


def _beside(cell: Cell, y: int, stop: Stop) -> list[Shape]:
    """The words of a stop of a group, to the right of its marker."""
    x, at = cell.enter + LABEL, y + 5
    shapes: list[Shape] = []
    for kind, text in labels(stop, cell.label_width):
        shapes.append(Words(x=x, y=at, text=text, kind=kind, start=True))
        at += LINE
    width = (min(len(stop.pips), max(1, cell.label_width // PIP)) - 1) * PIP
    return [*shapes, *_pips(stop, x + 6 + width // 2, at - 6, cell.label_width)]


# --- loops back ------------------------------------------------------------------------


def _loops(cells: Sequence[Cell]) -> list[Shape]:
    """Where the voorstel came back: to the same overleg, or to its author at the start."""
    shapes: list[Shape] = []
    start = cells[0] if not cells[0].leg.levels else None
    for cell in cells:
        stop = cell.leg.stops[0]
        if cell.leg.parallel:
            continue
        if stop.returned and start and start is not cell:
            x, home, y, top = cell.middle, start.middle, cell.y - 15, cell.y - 44
            path = f"M{x - 8} {y}C{x - 40} {top} {home + 40} {top} {home + 8} {y}"
            shapes += [Line(path=path, kind="loop"), _tip(start.middle + 8, cell.y - 15)]
        elif stop.earlier:
            x, y = cell.middle, cell.y - (17 if stop.place is Place.HERE else 14)
            path = f"M{x + 9} {y}C{x + 28} {y - 27} {x - 28} {y - 27} {x - 9} {y}"
            shapes += [Line(path=path, kind="loop"), _tip(x - 9, y)]
    return shapes


def _tip(x: int, y: int) -> Line:
    """The tip of an arrow that comes down at a marker from its upper right or left."""
    return Line(path=f"M{x - 7} {y - 4}L{x} {y}L{x + 1} {y - 9}", kind="arrow")
