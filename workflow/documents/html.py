"""HTML to lines of cells, in one pass and without recursion.

A tree would cost twenty times the text in memory, and hostile nesting overflows what
walks it; a paper needs only rows, paragraphs and lists. Unclosed tags end where the
next row, cell or item begins. Why not a library: docs/decisions/0010.
"""

import re
from dataclasses import dataclass, field
from html import unescape

from workflow.documents.line import Cell, Line
from workflow.documents.tags import Tag, tokens

_SKIPPED = {
    "script": "een script",
    "style": None,
    "title": None,
    "template": None,
    "noscript": None,
    "object": "een ingebed object",
    "iframe": "een ingebedde pagina",
    "svg": None,
    "textarea": None,
    "select": None,
}
_PARAGRAPHS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "pre",
        "blockquote",
        "form",
        "fieldset",
        "address",
        "figure",
        "figcaption",
        "center",
        "hr",
        "body",
        "caption",
    ]
)
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_MOST_LISTS = 1000  # inside each other
_MOST_SPAN = 20  # columns or rows that one cell may claim


@dataclass(slots=True, kw_only=True)
class HtmlText:
    """The lines of an HTML text, and (line, what) of what was left out."""

    lines: list[Line] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Row:
    """A row being filled; `carried` are cells from above that span rows."""

    cells: list[Cell] = field(default_factory=list)
    open_cell: bool = False
    span: int = 1
    rowspan: int = 1


@dataclass(slots=True, kw_only=True)
class _List:
    """A list being read; `kind` is '-' for dots, else the numbers it counts with: 1 a i."""

    kind: str = "-"
    number: int = 0

    def marker(self, value: str) -> str:
        """What the reader of the page sees before the next item."""
        if self.kind == "-":
            return "-"
        self.number = int(value) if value.isdecimal() and len(value) < 6 else self.number + 1
        if self.kind in "aA" and self.number <= 26:
            return f"{chr(ord(self.kind) + self.number - 1)}."
        if self.kind in "iI" and self.number <= len(_ROMAN):
            roman = _ROMAN[self.number - 1]
            return f"{roman if self.kind == 'I' else roman.lower()}."
        return f"{self.number}."


def read_html(text: str, first_line: int) -> HtmlText:
    """The rows, paragraphs and list items of an HTML text; `first_line` is its place."""
    reader = _Reader()
    for line, token in tokens(text, first_line):
        if isinstance(token, Tag):
            reader.tag(token, line)
        else:
            reader.text(unescape(token), line)
    reader.finish()
    return reader.out


class _Reader:
    """Turns tags and texts into lines."""

    def __init__(self) -> None:
        self.out = HtmlText()
        self.parts: list[str] = []
        self.line = 0
        self.level = 0
        self.skip: str | None = None
        self.skip_depth = 0
        self.rows: list[_Row] = []  # open rows: tables inside cells
        self.spans: list[list[tuple[int, int, str]]] = []  # per table: column, rows left, text
        self.lists: list[_List] = []
        self.link: str | None = None
        self.term: Cell | None = None
        self.preformatted = False
        self.fresh_item = False  # a marker stands there, its text does not yet

    # --- what comes in

    def text(self, text: str, line: int) -> None:
        """Add text to the open cell or paragraph."""
        if self.skip:
            return
        if not self.parts or not any(part.strip() for part in self.parts):
            stripped = text.lstrip()
            self.line = line + text[: len(text) - len(stripped)].count("\n") if stripped else line
        if self.fresh_item and text.strip():
            self.fresh_item, text = False, text.lstrip()
        self.parts.append(text if self.preformatted else re.sub(r"\s+", " ", text))

    def tag(self, tag: Tag, line: int) -> None:
        """Act on one tag."""
        if self.skip:
            if tag.name == self.skip:
                self.skip_depth += -1 if tag.closing else 1
                self.skip = self.skip if self.skip_depth > 0 else None
            return
        if tag.name in _SKIPPED and not tag.closing:
            self._start_skipping(tag, line)
            return
        handler = getattr(self, f"_on_{tag.name}", None)
        if handler is not None:
            handler(tag, line)
        elif tag.name in _PARAGRAPHS:
            self._paragraph(tag)

    def finish(self) -> None:
        """Close what the text left open."""
        while self.rows:
            self._end_row()
            self.rows.pop()
        self._flush()

    # --- tags

    def _start_skipping(self, tag: Tag, line: int) -> None:
        """Leave out what is no text, and note what might have done something."""
        note = _SKIPPED[tag.name]
        if note:
            self.out.notes.append((line, note))
        if not tag.empty:
            self.skip, self.skip_depth = tag.name, 1

    def _on_br(self, tag: Tag, line: int) -> None:
        self.parts.append("\n")

    def _on_a(self, tag: Tag, line: int) -> None:
        if not tag.closing:
            self.link = tag.attribute("href")
            return
        address = self.link or ""
        self.link = None
        if address.lower().startswith("mailto:"):
            shown = "".join(self.parts)
            bare = address[7:].split("?")[0].strip()
            if bare and bare.lower() not in shown.lower():
                self.parts.append(f" <{bare}>")

    def _on_table(self, tag: Tag, line: int) -> None:
        if tag.closing:
            if self.spans:
                self._end_row()
                if self.rows:
                    self.rows.pop()
                self.spans.pop()
            return
        self._flush()
        self.spans.append([])
        self.rows.append(_Row())

    def _on_tr(self, tag: Tag, line: int) -> None:
        self._end_row()
        if not self.spans and not tag.closing:
            self._flush()
            self.spans.append([])
            self.rows.append(_Row())

    def _on_td(self, tag: Tag, line: int) -> None:
        if not self.rows:
            if tag.closing:
                return
            self._on_tr(tag, line)
        row = self.rows[-1]
        self._end_cell()
        if not tag.closing:
            self.parts, self.line = [], line
            row.open_cell = True
            row.span, row.rowspan = _number(tag, "colspan"), _number(tag, "rowspan")

    _on_th = _on_td

    def _on_li(self, tag: Tag, line: int) -> None:
        self._end_item()
        if tag.closing:
            return
        if not self.lists:
            self.lists.append(_List())
        indent = "  " * min(len(self.lists) - 1, 20)
        self.parts.append(f"{indent}{self.lists[-1].marker(tag.attribute('value'))} ")
        self.fresh_item = True
        if not self._in_cell():
            self.line = line

    def _on_ul(self, tag: Tag, line: int) -> None:
        self._end_item()
        if tag.closing:
            if self.lists:
                self.lists.pop()
            if self._in_cell():
                self.parts.append("\n")  # what follows is no part of the last item
            else:
                self.out.lines.append(Line(number=line))
        elif len(self.lists) < _MOST_LISTS:
            kind = (tag.attribute("type") or "1") if tag.name == "ol" else "-"
            start = tag.attribute("start")
            first = int(start) - 1 if start.isdecimal() and len(start) < 6 else 0
            self.lists.append(_List(kind=kind, number=first))

    _on_ol = _on_ul

    def _on_dt(self, tag: Tag, line: int) -> None:
        if tag.closing:
            return
        self._flush()

    def _on_dd(self, tag: Tag, line: int) -> None:
        if tag.closing:
            self._flush()
            return
        name = self._take()
        if name:
            self.term = Cell(text=name, line=self.line)
        self.line = line

    def _on_pre(self, tag: Tag, line: int) -> None:
        self._paragraph(tag)
        self.preformatted = not tag.closing

    # --- what goes out

    def _paragraph(self, tag: Tag) -> None:
        """A block starts or ends: a line break inside a cell, a line of its own outside."""
        if self._in_cell() or self.lists:
            if not self.fresh_item:
                self._break()
            return
        self._flush()
        heading = len(tag.name) == 2 and tag.name[0] == "h" and tag.name[1].isdigit()
        self.level = int(tag.name[1]) if heading and not tag.closing else 0

    def _in_cell(self) -> bool:
        """Inside an open cell of a table."""
        return bool(self.rows and self.rows[-1].open_cell)

    def _end_item(self) -> None:
        """End the text before a list or item: a new line in a cell, a line of its own outside."""
        self.fresh_item = False
        if self._in_cell():
            self._break()
        else:
            text = self._take()
            if text:
                self._emit_lines(text)

    def _break(self) -> None:
        """Start a new line inside the open cell or list."""
        if self.parts and any(part.strip() for part in self.parts):
            self.parts.append("\n")
        else:
            self.parts = []

    def _take(self) -> str:
        """The collected text; its own line breaks kept, blank lines at most one."""
        text = "".join(self.parts)
        self.parts = []
        rows = [re.sub(r"(?<=\S)[ \t]+", " ", row).rstrip() for row in text.split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip("\n").strip(" ")

    def _end_cell(self) -> None:
        """Close the open cell of the innermost row, if any."""
        row = self.rows[-1]
        text = self._take()
        if not row.open_cell:
            if text:
                self._emit_text(text)
            return
        self._place_spans(row)
        row.cells.append(Cell(text=text, line=self.line, start=len(row.cells)))
        if row.rowspan > 1 and text:
            self.spans[-1].append((len(row.cells) - 1, row.rowspan - 1, text))
        row.cells.extend(Cell(text="", line=self.line) for _ in range(row.span - 1))
        row.open_cell = False
        self.lists = []

    def _place_spans(self, row: _Row) -> None:
        """Repeat a cell from above that spans this row."""
        left = []
        for column, rows, text in self.spans[-1] if self.spans else ():
            if column == len(row.cells) and rows > 0:
                row.cells.append(Cell(text=text, line=self.line))
                rows -= 1
            if rows > 0:
                left.append((column, rows, text))
        if self.spans:
            self.spans[-1] = left

    def _end_row(self) -> None:
        """Close the innermost row and write its line."""
        if not self.rows:
            return
        self._end_cell()
        row = self.rows[-1]
        if row.cells:
            number = next((cell.line for cell in row.cells if cell.text), row.cells[0].line)
            self.out.lines.append(Line(number=number, cells=tuple(row.cells), table=True))
        self.rows[-1] = _Row()

    def _flush(self) -> None:
        """Write the open paragraph, or what an outer cell holds before an inner table."""
        text = self._take()
        if self.term is not None:
            cells = (self.term, Cell(text=text, line=self.line))
            self.out.lines.append(Line(number=self.term.line, cells=cells, table=True))
            self.term = None
        elif text:
            self._emit_text(text)
        self.level = 0

    def _emit_text(self, text: str) -> None:
        """The lines of a paragraph, an empty line after it."""
        self._emit_lines(text)
        self.out.lines.append(Line(number=self.line))

    def _emit_lines(self, text: str) -> None:
        """One line for each line of a paragraph."""
        for offset, row in enumerate(text.split("\n")):
            indent = len(row) - len(row.lstrip())
            cells = (Cell(text=row.strip(), line=self.line),) if row.strip() else ()
            number = self.line + (offset if self.preformatted else 0)
            self.out.lines.append(Line(number=number, cells=cells, level=self.level, indent=indent))


def _number(tag: Tag, name: str) -> int:
    """A span: at least 1, and no more than a paper needs."""
    value = tag.attribute(name)
    return max(1, min(int(value), _MOST_SPAN)) if value.isdecimal() and len(value) < 6 else 1
