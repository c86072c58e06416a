"""Labels on a line and the values beside them, in every layout."""

import re
from dataclasses import dataclass

from workflow.documents.labels import Match
from workflow.documents.lexicon import Lexicon
from workflow.documents.line import Cell, Line, gap_cells
from workflow.domain.paper import LONGEST_LABEL, Kolom, Sectie, Veld
from workflow.domain.words import key

_BULLET = re.compile(r"^[-•*·–]\s+")
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[A-Z]\.)\s+")
_BOLD = re.compile(r"(?:[-*] )?(\*\*|__)([^*_]{2,45})\1[ :]+(?=\S)")
_SHORT_LABELS = frozenset({Veld.VAN, Veld.AAN, Veld.ANDERS, Veld.BIJLAGEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A label with its values; `values` is empty when the value stands elsewhere."""

    veld: Veld
    match: Match
    line: int
    values: tuple[Cell, ...] = ()
    table: bool = False
    loose: bool = False  # label and value are one space apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: its section, whom it addresses, and what stands behind it on the line."""

    sectie: Sectie
    match: Match
    addressed: str | None = None
    rest: tuple[Cell, ...] = ()


def label_hits(lexicon: Lexicon, line: Line, *, head: bool) -> list[Hit]:
    """The labels on a line. In the head of a paper a spoilt or loosely set label counts too."""
    if line.blank:
        return []
    if line.table:
        return _table_hits(lexicon, line, fuzzy=head)
    parts = gap_cells(line)
    hits = _paired(lexicon, parts, table=False, fuzzy=head) if len(parts) > 1 else []
    hits = (
        hits or _colon_hits(lexicon, line.cells[0], fuzzy=head) or _alone(lexicon, line, fuzzy=head)
    )
    hits = hits or _bold(lexicon, line.cells[0], fuzzy=head)
    return hits or (_loose(lexicon, line.cells[0]) if head else [])


def _veld(lexicon: Lexicon, text: str, *, fuzzy: bool) -> Match | None:
    """The field that a label names."""
    if len(text) > LONGEST_LABEL + 10:
        return None
    return lexicon.labels.find(_BULLET.sub("", text), fuzzy=fuzzy)


def _table_hits(lexicon: Lexicon, line: Line, *, fuzzy: bool) -> list[Hit]:
    """Labels in a table row: pairs of cells, or a label and its value in one cell."""
    if not line.cells[0].text:
        return []
    filled = line.filled
    hits = _paired(lexicon, filled, table=True, fuzzy=fuzzy)
    if hits:
        return hits
    first = _colon_hits(lexicon, filled[0], table=True, fuzzy=fuzzy)
    if not first:
        return []
    for cell in filled[1:]:
        more = _colon_hits(lexicon, cell, table=True, fuzzy=fuzzy)
        if more:
            first.extend(more)
        else:
            last = first[-1]
            first[-1] = _with_values(last, (*last.values, cell))
    return first


def _with_values(hit: Hit, values: tuple[Cell, ...]) -> Hit:
    """The same label with other values."""
    return Hit(veld=hit.veld, match=hit.match, line=hit.line, values=values, table=hit.table)


def _paired(lexicon: Lexicon, cells: tuple[Cell, ...], *, table: bool, fuzzy: bool) -> list[Hit]:
    """A label, its values, and perhaps more labels on the same row."""
    if not cells:
        return []
    match = _veld(lexicon, cells[0].text, fuzzy=fuzzy)
    if match is None:
        return []
    hits: list[Hit] = []
    values: list[Cell] = []
    first = cells[0]
    for position, cell in enumerate(cells[1:], start=1):
        again = lexicon.labels.exact(cell.text) if values else None
        inline = _colon_hits(lexicon, cell, fuzzy=False) if values and again is None else []
        if again is not None and (position < len(cells) - 1 or cell.text.endswith(":")):
            hits.append(_hit(match, first, values, table))
            found = _veld(lexicon, cell.text, fuzzy=False)
            assert found is not None  # noqa: S101 - exact() just found it
            match, first, values = found, cell, []
        elif inline and inline[0].match.exact:
            hits.append(_hit(match, first, values, table))
            hits.extend(inline[:-1])
            match, first, values = inline[-1].match, cell, list(inline[-1].values)
        else:
            values.append(cell)
    hits.append(_hit(match, first, values, table))
    return hits


def _hit(match: Match, label: Cell, values: list[Cell], table: bool) -> Hit:
    """A hit from its parts."""
    return Hit(
        veld=Veld(match.meaning), match=match, line=label.line, values=tuple(values), table=table
    )


def _colon_hits(lexicon: Lexicon, cell: Cell, *, fuzzy: bool, table: bool = False) -> list[Hit]:
    """'Label: value', and further labels with a colon inside the value."""
    hits: list[Hit] = []
    text, start = cell.text, 0
    colon = text.find(":", 0, LONGEST_LABEL + 12)
    match = _veld(lexicon, text[:colon], fuzzy=fuzzy) if colon > 0 else None
    if match is None:
        return []
    for _ in range(6):
        following = _next_label(lexicon, text, colon + 1)
        end = following[0] if following else len(text)
        value = text[colon + 1 : end].strip().lstrip("*_").strip()
        values = [Cell(text=value, line=cell.line, start=cell.start + colon + 1)] if value else []
        hits.append(_hit(match, Cell(text=text, line=cell.line, start=start), values, table))
        if following is None:
            break
        start, colon, match = following
    return hits


def _next_label(lexicon: Lexicon, text: str, start: int) -> tuple[int, int, Match] | None:
    """Where an exact label with a colon begins inside a value, its colon, and its meaning."""
    colon = text.find(":", start, start + 400)
    if colon < 0 or text[colon : colon + 3] == "://":
        return None
    words = list(re.finditer(r"\S+", text[max(start, colon - LONGEST_LABEL) : colon]))
    offset = max(start, colon - LONGEST_LABEL)
    for first in words[-4:]:
        label = text[offset + first.start() : colon]
        if label[:1].isupper() and lexicon.labels.exact(label) not in {None, Veld.ANDERS}:
            match = lexicon.labels.find(label)
            if match is not None and offset + first.start() > start:
                return offset + first.start(), colon, match
    return None


def _alone(lexicon: Lexicon, line: Line, *, fuzzy: bool) -> list[Hit]:
    """A line that is a label and nothing else: its value stands below."""
    cell = line.cells[0]
    match = _veld(lexicon, cell.text, fuzzy=fuzzy)
    return [_hit(match, cell, [], table=False)] if match else []


def _bold(lexicon: Lexicon, cell: Cell, *, fuzzy: bool) -> list[Hit]:
    """'**Label** value', as Markdown has a label in bold."""
    parts = _BOLD.match(cell.text[:200])
    match = _veld(lexicon, parts[2], fuzzy=fuzzy) if parts else None
    if parts is None or match is None:
        return []
    value = Cell(text=cell.text[parts.end() :].strip(), line=cell.line, start=cell.start)
    return [_hit(match, cell, [value], table=False)]


def _loose(lexicon: Lexicon, cell: Cell) -> list[Hit]:
    """A label and its value with one space between, as text taken from a PDF has it."""
    words = cell.text.split(" ")
    if not words[0][:1].isupper():
        return []
    for count in range(min(5, len(words) - 1), 0, -1):
        label, value = " ".join(words[:count]), " ".join(words[count:]).strip()
        meaning = lexicon.labels.exact(label)
        if meaning is None or meaning is Veld.ANDERS:
            continue
        if meaning in _SHORT_LABELS and not re.match(
            r"(?:de|het|aan|college|gemeenteraad|gemeenteraden|raad|raden)\b", value, re.IGNORECASE
        ):
            continue
        match = lexicon.labels.find(label)
        if match is None or value[:1] in {"", "."} or _prose(value):
            continue
        values = (Cell(text=value, line=cell.line, start=cell.start),)
        return [Hit(veld=Veld(meaning), match=match, line=cell.line, values=values, loose=True)]
    return []


def _prose(value: str) -> bool:
    """The value goes on as a sentence: the first word was no label."""
    return bool(re.match(r"(?:is|zijn|wordt|worden|van|en|voor|die|dat|was)\b", value)) and (
        len(value) > 20
    )


def heading_of(lexicon: Lexicon, line: Line, *, fuzzy: bool) -> Heading | None:
    """The section that a line opens, or None."""
    filled = line.filled
    if not filled:
        return None
    first = filled[0].text
    bare = _NUMBERED.sub("", first.strip().strip("*_").strip()) if len(first) <= 120 else ""
    if len(filled) == 1 and bare:
        match = lexicon.headings.find(bare, fuzzy=fuzzy)
        if match:
            return Heading(sectie=Sectie(match.meaning), match=match)
        addressed = lexicon.addressed.match(bare.rstrip(":"))
        if addressed:
            word = Match(meaning=Sectie.VOORSTEL, exact=True, printed=bare, word="voorstel aan")
            return Heading(sectie=Sectie.VOORSTEL, match=word, addressed=addressed[1])
    return _heading_with_text(lexicon, line, filled)


def _heading_with_text(lexicon: Lexicon, line: Line, filled: tuple[Cell, ...]) -> Heading | None:
    """A heading whose text stands on the same line, behind a colon or in the next cell."""
    first = filled[0]
    if len(filled) > 1 and line.table and not line.cells[0].text:
        return None
    rest = filled[1:]
    word = first.text
    if len(filled) == 1:
        colon = first.text.find(":", 0, LONGEST_LABEL)
        if colon < 0:
            return None
        word = first.text[:colon]
        value = first.text[colon + 1 :].strip().lstrip("*_").strip()
        rest = (Cell(text=value, line=first.line, start=first.start),)
    elif not line.table:
        return None
    meaning = lexicon.headings.exact(word.strip().strip("*_#"))
    if meaning not in {Sectie.VOORSTEL, Sectie.TOELICHTING, Sectie.BEKNOPT, Sectie.BEHANDELING}:
        return None
    if is_item_header(lexicon, line) or table_columns(lexicon, line) is not None:
        return None
    match = lexicon.headings.find(word)
    return Heading(sectie=Sectie(meaning), match=match, rest=rest) if match else None


def is_item_header(lexicon: Lexicon, line: Line) -> bool:
    """The row 'Nummer | Omschrijving' above beslispunten or bijlagen."""
    words = [key(cell.text) for cell in gap_cells(line)]
    if len(words) == 1 and not line.table:
        words = words[0].split(" ")
    return (
        len(words) in {2, 3}
        and words[0] in lexicon.header_numbers
        and words[1] in lexicon.header_texts
    )


def is_header_word(line: Line) -> bool:
    """'Nummer' or 'Omschrijving' on a line of its own: a header with its cells stacked."""
    text = line.single
    return text is not None and key(text) in {"nummer", "nr", "omschrijving"}


def may_be_known(lexicon: Lexicon, line: Line) -> bool:
    """Whether the first word on a line begins any label, heading or column: a quick look."""
    text = next((cell.text for cell in line.cells if cell.text), "")
    return key(text[:24]).split(" ", 1)[0] in lexicon.first_words


def table_columns(lexicon: Lexicon, line: Line) -> list[tuple[Match | None, Cell]] | None:
    """The columns of the table 'Behandeling' when this line is its header row."""
    if len(line.cells) == 1 and len(line.cells[0].text) > 4 * LONGEST_LABEL:
        return None
    cells = gap_cells(line)
    if len(cells) == 1 and not line.table:
        cells = _single_spaced(lexicon, cells[0])
    if not 2 <= len(cells) <= 12 or any(len(cell.text) > LONGEST_LABEL for cell in cells):
        return None
    if not any(lexicon.columns.exact(cell.text) for cell in cells):
        return None
    columns = [(lexicon.columns.find(cell.text), cell) for cell in cells]
    found = {match.meaning for match, _ in columns if match}
    if Kolom.OVERLEG in found and found & {Kolom.DATUM, Kolom.DOEL}:
        return columns
    return columns if {Kolom.DATUM, Kolom.DOEL} <= found and len(found) == len(columns) else None


def _single_spaced(lexicon: Lexicon, cell: Cell) -> tuple[Cell, ...]:
    """A header row that lost its gaps: 'Datum Overleg Doel Conclusie'."""
    words = cell.text.split()
    if not 3 <= len(words) <= 5 or lexicon.columns.exact(words[0]) is None:
        return (cell,)
    if any(lexicon.columns.find(word) is None for word in words):
        return (cell,)
    return tuple(Cell(text=word, line=cell.line) for word in words)
