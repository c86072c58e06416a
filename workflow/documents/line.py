"""The common form of every layout: lines of cells, each with its place in the file."""

import re
from dataclasses import dataclass

_LONGEST_ROW = 5000  # characters; a longer line is running text
_GAP = re.compile(r" {2,}")
_MARKS = re.compile(r"(\*\*|__|\*|_|`)(?=\S)(.+)(?<=\S)\1", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A text in the paper. `start` is its column in the line, `line` counts from 1."""

    text: str
    line: int
    start: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a text, or one row of a table. A blank line has no cells.

    `table` is true when cells were separated by tabs, pipes or HTML; a table row keeps
    its empty cells. In a text line the only cell is the whole line without its indent.
    `level` is the heading level that the paper marks (1 is highest), 0 for none.
    """

    number: int
    cells: tuple[Cell, ...] = ()
    table: bool = False
    level: int = 0
    indent: int = 0

    @property
    def blank(self) -> bool:
        """Nothing is on this line."""
        return not any(cell.text for cell in self.cells)

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that hold something."""
        return tuple(cell for cell in self.cells if cell.text)

    @property
    def text(self) -> str:
        """All cells as one text, tabs between them."""
        return "\t".join(cell.text for cell in self.cells).rstrip("\t")

    @property
    def single(self) -> str | None:
        """The only text on the line, or None when there are more or none."""
        filled = self.filled
        return filled[0].text if len(filled) == 1 else None


def gap_cells(line: Line) -> tuple[Cell, ...]:
    """The parts of a text line that stand two or more spaces apart."""
    if line.table or not line.cells:
        return line.filled
    whole = line.cells[0]
    if "  " not in whole.text or len(whole.text) > _LONGEST_ROW:
        return line.cells
    parts: list[Cell] = []
    position = 0
    for gap in _GAP.finditer(whole.text):
        parts.append(_part(whole, position, gap.start()))
        position = gap.end()
    parts.append(_part(whole, position, len(whole.text)))
    return tuple(part for part in parts if part.text)


def _part(whole: Cell, start: int, end: int) -> Cell:
    """A piece of a cell with its own column."""
    return Cell(text=whole.text[start:end], line=whole.line, start=whole.start + start)


def unmarked(text: str) -> str:
    """A value without the Markdown emphasis that wraps all of it."""
    stripped = text.strip()
    if len(stripped) > 10_000 or not stripped or stripped[0] not in "*_`":
        return stripped
    match = _MARKS.fullmatch(stripped)
    if match is None or match[1] in match[2]:
        return stripped
    return match[2].strip()


def joined(cells: tuple[Cell, ...] | list[Cell], separator: str = " ") -> str:
    """The texts of the cells as one text, inner line breaks and double spaces made single."""
    parts = (" ".join(unmarked(cell.text).split()) for cell in cells)
    return separator.join(part for part in parts if part)
