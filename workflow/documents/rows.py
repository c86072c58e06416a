"""The rows of the table 'Behandeling', their cells in columns, in every layout."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from workflow.documents.conclusie import meaning_of
from workflow.documents.doel import is_doel
from workflow.documents.hits import table_columns
from workflow.documents.labels import Match
from workflow.documents.lexicon import Lexicon
from workflow.documents.line import Cell, Line, gap_cells, joined
from workflow.documents.overleg import OverlegNames
from workflow.documents.places import Oddity, place_cells
from workflow.documents.warning import Warning, WarningCode
from workflow.domain.dates import DateDoubt, read_date
from workflow.domain.paper import Kolom
from workflow.domain.words import excerpt, key

Columns = list[tuple[Match | None, Cell]]
_ORDER = (Kolom.DATUM, Kolom.OVERLEG, Kolom.DOEL, Kolom.CONCLUSIE)
_LOOSE_DATE = re.compile(
    r"(?:(?:ma|di|wo|do|vr|maandag|dinsdag|woensdag|donderdag|vrijdag)\.? )?"
    r"(?:\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2} [a-z]{3,9}\.?(?: '?\d{2,4})?"
    r"|q[1-4] \d{4}|n\.?t\.?b\.?|datum volgt)(?!\w)",
    re.IGNORECASE,
)


@dataclass(slots=True, kw_only=True)
class RawRow:
    """The cells of one row, by column."""

    cells: dict[Kolom, list[Cell]] = field(default_factory=dict)
    line: int = 0

    def put(self, kolom: Kolom, cell: Cell) -> None:
        """Add a cell to a column."""
        self.cells.setdefault(kolom, []).append(cell)
        self.line = self.line or cell.line

    def text(self, kolom: Kolom) -> str | None:
        """What the column holds, None when that is nothing."""
        return joined(self.cells.get(kolom, [])) or None

    def at(self, kolom: Kolom) -> int:
        """The line of a column's cell."""
        cells = self.cells.get(kolom)
        return cells[0].line if cells else self.line


def collect_rows(
    lines: Sequence[Line], names: OverlegNames, lexicon: Lexicon
) -> tuple[list[RawRow], list[Warning]]:
    """The rows with their cells in columns."""
    collector = _Collector(names, lexicon)
    for index, line in enumerate(lines):
        collector.feed(lines, index, line)
    collector.settle()
    return [row for row in collector.rows if row.cells], collector.warnings


class _Collector:
    """Puts cells in columns: by the header row, by place on the line, or by what they say."""

    def __init__(self, names: OverlegNames, lexicon: Lexicon) -> None:
        self.names, self.lexicon = names, lexicon
        self.rows: list[RawRow] = []
        self.warnings: list[Warning] = []
        self.columns: Columns | None = None
        self.padded = False  # the header row itself has empty cells: tabs were used as spaces
        self.stacked = False
        self.skip_to = -1
        self.seen: dict[str, Oddity] = {}
        self.below: list[Cell] = []  # cells one below another that have no place yet

    def feed(self, lines: Sequence[Line], index: int, line: Line) -> None:
        """Take one line."""
        if line.blank or index <= self.skip_to:
            return
        if self._stands_alone(lines, index, line):
            self.below.append(line.cells[0])

    def _stands_alone(self, lines: Sequence[Line], index: int, line: Line) -> bool:
        """A cell on a line of its own; every other line is taken to its row here."""
        if self.columns is None and self._keyed(line):
            return False
        if line.table or len(gap_cells(line)) > 1:
            self.settle()
            self._row(line)
            return False
        if self.columns is None and self._stacked_header(lines, index):
            return False
        columns = table_columns(self.lexicon, line)
        if columns is not None:
            self._header(line, columns)
            return False
        return not (self._loose_row(line) or self._wrapped(line))

    def settle(self) -> None:
        """Put the cells that stand one below another in rows."""
        order = self._order()
        begun = [order.index(kolom) for kolom in (self.rows[-1].cells if self.rows else ())]
        places = place_cells(
            self.below,
            order,
            order[max(begun)] if begun else None,
            self._oddity,
            strays=not self.stacked,
        )
        for cell, place in zip(self.below, places, strict=True):
            if place.kolom is None:
                self._stray(cell)
                continue
            if place.opens:
                self.rows.append(RawRow())
            self.rows[-1].put(place.kolom, cell)
        self.below.clear()

    def _order(self) -> list[Kolom]:
        """The columns as the header has them, else as they usually stand; each once."""
        found = [Kolom(match.meaning) for match, _ in self.columns or () if match]
        return list(dict.fromkeys((*found, *_ORDER)))

    def _oddity(self, cell: Cell) -> Oddity:
        """How odd a cell would be in each column."""
        if cell.text not in self.seen:
            self.seen[cell.text] = self._weighed(cell.text)
        return self.seen[cell.text]

    def _weighed(self, text: str) -> Oddity:
        """What a text says, as oddities."""
        day, doel, named = _is_date(text), is_doel(text, self.lexicon), self.names.is_named(text)
        known = named or self.names.knows(text)
        code, treated = meaning_of(text, self.lexicon)
        concluded, open_ = code is not None, not treated
        return {
            Kolom.DATUM: (1.5 if concluded else 0.0) if day else 6.0 - 3.0 * _has_digit(text),
            Kolom.OVERLEG: _first((named, 0.0), (day, 6.0), (doel, 5.0), (known, 0.5), (True, 2.0)),
            Kolom.DOEL: _first(
                (doel, 0.0), (day, 6.0), (named, 5.0), (concluded, 4.0), (True, 2.0)
            ),
            Kolom.CONCLUSIE: _first(
                (concluded, 0.0), (open_, 1.2), (named or day, 4.0), (doel, 2.5), (True, 1.5)
            ),
        }

    # --- header rows

    def _header(self, line: Line, columns: Columns) -> None:
        """Remember the columns; a heading that was spelt otherwise, or is unknown, is said."""
        self.columns = columns
        self.padded = line.table and len(line.filled) < len(line.text.split("\t"))
        for match, cell in columns:
            if match is None and key(cell.text) not in self.lexicon.header_numbers:
                self._unknown_column(cell)
            elif match is not None and not match.exact:
                self._corrected(match, cell)

    def _corrected(self, match: Match, cell: Cell) -> None:
        """A column heading with a scanning fault."""
        self.warnings.append(
            Warning(
                code=WarningCode.LABEL_GECORRIGEERD,
                field="behandelingen",
                message=f"De kolom ‘{excerpt(cell.text, 40)}’ is gelezen als ‘{match.word}’.",
                line=cell.line,
                details={"gelezen": excerpt(cell.text, 40), "als": match.word},
            )
        )

    def _unknown_column(self, cell: Cell) -> None:
        """A column that the contract does not have."""
        self.warnings.append(
            Warning(
                code=WarningCode.NIET_BEGREPEN,
                field="behandelingen",
                message=f"De kolom ‘{excerpt(cell.text, 40)}’ is niet overgenomen.",
                line=cell.line,
                details={"kolom": excerpt(cell.text, 40)},
            )
        )

    def _keyed(self, line: Line) -> bool:
        """'Overleg: DO' on a line of its own, or two cells: each cell with its heading."""
        filled = line.filled
        name, _, value = filled[0].text.partition(":")
        cell = Cell(text=value.strip(), line=line.number)
        if len(filled) == 2 and line.table and not cell.text:
            name, cell = name.strip(), filled[1]
        elif len(filled) != 1 or ":" not in filled[0].text:
            return False
        meaning = self.lexicon.columns.exact(name)
        if meaning is None:
            return False
        kolom = Kolom(meaning)
        if not self.rows or kolom in self.rows[-1].cells:
            self.rows.append(RawRow())
        if cell.text:
            self.rows[-1].put(kolom, cell)
        return True

    def _stacked_header(self, lines: Sequence[Line], index: int) -> bool:
        """Header cells each on a line of their own."""
        columns: Columns = []
        last = index
        for position in range(index, min(index + 12, len(lines))):
            if lines[position].blank:
                continue
            text = lines[position].single
            match = self.lexicon.columns.find(text) if text else None
            if match is None or match.meaning in {found.meaning for found, _ in columns if found}:
                break
            columns.append((match, lines[position].filled[0]))
            last = position
        if len(columns) < 3:
            return False
        self._header(lines[index], columns)
        self.stacked, self.skip_to = True, last
        return True

    # --- rows with columns

    def _row(self, line: Line) -> None:
        """A row of a table, or of text set in columns."""
        columns = table_columns(self.lexicon, line)
        if columns is not None:
            if self.columns is None:
                self._header(line, columns)
            return
        cells = line.cells if line.table else gap_cells(line)
        if self.columns is None:
            self._classify(line.filled if line.table else cells)
            return
        if not line.table:
            self._aligned(line, cells)
        elif self.padded:
            self._classify(line.filled)
        elif len(line.filled) == 1 and len(line.cells) == 1 and self._loose_row(line):
            return
        else:
            self._by_position(line)

    def _by_position(self, line: Line) -> None:
        """Cells under their headings; what stands beyond the last heading joins it."""
        assert self.columns is not None  # noqa: S101 - _row() looked
        kolommen = [Kolom(match.meaning) if match else None for match, _ in self.columns]
        row = RawRow()
        for position, cell in enumerate(line.cells):
            kolom = kolommen[min(position, len(kolommen) - 1)]
            if cell.text and kolom is not None:
                row.put(kolom, cell)
        if not row.cells:
            return
        only = set(row.cells)
        if self.rows and only <= {Kolom.OVERLEG, Kolom.CONCLUSIE} and Kolom.OVERLEG not in only:
            self._extend(row)  # a conclusion that goes on in the next row of its table
            return
        self.rows.append(row)

    def _aligned(self, line: Line, cells: tuple[Cell, ...]) -> None:
        """Text in columns: each piece belongs to the heading above it."""
        assert self.columns is not None  # noqa: S101 - _row() looked
        starts = [cell.start for _, cell in self.columns]
        exact = len(set(starts)) == len(starts) and {cell.start for cell in cells} <= set(starts)
        row = RawRow()
        for cell in cells:
            under = max((i for i, start in enumerate(starts) if start <= cell.start + 2), default=0)
            match = self.columns[under][0]
            if match is not None:
                row.put(Kolom(match.meaning), cell)
        if not exact and not self._plausible(row):
            self._classify(cells)
        elif Kolom.DATUM not in row.cells and Kolom.DOEL not in row.cells and self.rows:
            self._extend(row)
        elif row.cells:
            self.rows.append(row)

    def _plausible(self, row: RawRow) -> bool:
        """Whether a row cut by columns reads as one: a date under 'Datum', a purpose "
        "under 'Doel'."""
        day, doel = row.text(Kolom.DATUM), row.text(Kolom.DOEL)
        if day and not _is_date(day):
            return False
        if doel is None:
            conclusie = row.text(Kolom.CONCLUSIE)
            return not (conclusie and is_doel(conclusie, self.lexicon))
        return is_doel(doel, self.lexicon) or not any(
            is_doel(cell.text, self.lexicon) for cell in _all_cells(row)
        )

    def _extend(self, row: RawRow) -> None:
        """Add a wrapped line to the row above it."""
        for kolom, cells in row.cells.items():
            for cell in cells:
                self.rows[-1].put(kolom, cell)

    # --- rows without columns

    def _classify(self, cells: Sequence[Cell]) -> None:
        """A row whose cells show by what they say in which column they belong."""
        row = RawRow()
        for cell in cells:
            row.put(self._kind(cell, row), cell)
        if row.cells:
            self.rows.append(row)

    def _kind(self, cell: Cell, row: RawRow) -> Kolom:
        """The column of a cell, given what the row already holds."""
        has = row.cells.keys()
        if Kolom.DATUM not in has and Kolom.OVERLEG not in has and _is_date(cell.text):
            return Kolom.DATUM
        if Kolom.OVERLEG in has and Kolom.DOEL not in has and is_doel(cell.text, self.lexicon):
            return Kolom.DOEL
        if Kolom.OVERLEG not in has and not (
            Kolom.DOEL not in has and is_doel(cell.text, self.lexicon)
        ):
            return Kolom.OVERLEG
        if Kolom.DOEL not in has and is_doel(cell.text, self.lexicon):
            return Kolom.DOEL
        if Kolom.DATUM not in has and _is_date(cell.text):
            return Kolom.DATUM
        return Kolom.CONCLUSIE

    def _stray(self, cell: Cell) -> None:
        """A line under 'Behandeling' that is no part of a row."""
        self.warnings.append(
            Warning(
                code=WarningCode.NIET_BEGREPEN,
                field="behandelingen",
                message=f"De regel ‘{excerpt(cell.text)}’ hoort bij geen rij van de behandeling.",
                line=cell.line,
                details={"tekst": excerpt(cell.text, 200)},
            )
        )

    def _loose_row(self, line: Line) -> bool:
        """A row with single spaces: 'DO 27 juni 2024 (adviseren) akkoord'."""
        text = line.cells[0].text
        if len(text) > 300:
            return False
        date_match = _LOOSE_DATE.search(text)
        words = list(re.finditer(r"[\w'’-]+", text))
        doel = next(
            (word for word in words if len(word[0]) >= 6 and is_doel(word[0], self.lexicon)), None
        )
        named = not self.stacked and doel is not None and self.names.knows(text[: doel.start()])
        if doel is None or (date_match is None and not named):
            return False
        if date_match is None or date_match.start() > doel.start():
            start, end = 0, 0
        else:
            start, end = date_match.span()
        overleg = f"{text[:start]} {text[end : doel.start()]}".strip(" \t-–:;,.(|")
        if not overleg:
            return False
        row = RawRow()
        number = line.number
        if end > start:
            row.put(Kolom.DATUM, Cell(text=text[start:end], line=number))
        row.put(Kolom.OVERLEG, Cell(text=" ".join(overleg.split()), line=number))
        row.put(Kolom.DOEL, Cell(text=doel[0], line=number))
        rest = text[doel.end() :].strip(" \t-–:;,.)|")
        if rest:
            row.put(Kolom.CONCLUSIE, Cell(text=rest, line=number))
        self.settle()
        self.rows.append(row)
        return True

    def _wrapped(self, line: Line) -> bool:
        """One piece of text under a heading of a table set in columns: part of the row above."""
        if self.columns is None or self.stacked or not self.rows or line.indent == 0:
            return False
        starts = [cell.start for _, cell in self.columns]
        if len(set(starts)) < len(starts):
            return False
        self.settle()
        self._aligned(line, line.cells)
        return True


def _all_cells(row: RawRow) -> list[Cell]:
    """The cells of a row, in the order of its columns."""
    return [cell for kolom in _ORDER for cell in row.cells.get(kolom, [])]


def _first(*cases: tuple[bool, float]) -> float:
    """The value of the first case that holds."""
    return next(value for holds, value in cases if holds)


def _has_digit(text: str) -> bool:
    """A cell that is no date may still be a spoilt one."""
    return any(char.isdigit() for char in text[:40])


def _is_date(text: str) -> bool:
    """A date, a period or 'n.t.b.', and nothing much besides."""
    if not text or len(text) > 40:
        return False
    read = read_date(text, date(2000, 1, 1))
    if DateDoubt.ONTBREEKT in read.doubts:
        return any(char.isalpha() for char in text)
    certain = (
        read.day is not None
        or read.period is not None
        or not {DateDoubt.BESTAAT_NIET, DateDoubt.MEER_DATA}.isdisjoint(read.doubts)
    )
    return certain and len(read.rest) <= 20
