"""Numbered items (beslispunten, bijlagen): their numbers as written, lists inside them apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from workflow.documents.hits import is_header_word, is_item_header
from workflow.documents.lexicon import Lexicon
from workflow.documents.line import Cell, Line, gap_cells, unmarked
from workflow.documents.model import Onderdeel
from workflow.documents.warning import Warning, WarningCode

_NUMBER = r"(?:\d{1,3}(?:[a-z]\b)?(?:\.\d{1,2}){0,2}|[IVXLivxl]{1,6}\b|[A-Za-z]\b)"
_PLAIN = re.compile(rf"(?:\*\*)?\(?({_NUMBER})([.)]|\.\))(?:\*\*)?(?:\s+|$)")
_ONLY = re.compile(rf"\(?({_NUMBER})[.):]{{0,2}}")
_DASH = re.compile(r"[-–—•·*▪◦o\u2022\uf0b7]\s+(?=\S)")
_FOOTNOTE = re.compile(r"[\u00b9\u00b2\u00b3\u2070-\u2079]+\s")
_LIST_TAG = re.compile(r"</?(ul|ol|li)\b[^<>]{0,300}>", re.IGNORECASE)
_INLINE_NUMBER = re.compile(r"(?<![\w.,])(\d{1,2}|[a-z])\)\s+(?=\S)")
_RUN_TOGETHER = re.compile(r"(?<=[;:.,])\s+[-–•]\s+(?=\S)")
_INLINE_DASH = re.compile(r"(?:(?<=[;:.,])|(?<=[;:.,] en)|^)\s*[-–•]\s+(?=\S)|\s+[-–•]\s+(?=[A-Z])")


@dataclass(slots=True, kw_only=True)
class Item:
    """One item as it grows: its number, its sentence, and the list under it."""

    nummer: str | None
    line: int
    parts: list[str] = field(default_factory=list)
    subs: list[tuple[str | None, list[str]]] = field(default_factory=list)
    in_sub: bool = False
    worded: bool = False

    @property
    def tekst(self) -> str:
        """The own sentence, what stands behind a nested list included."""
        return " ".join(" ".join(self.parts).split())

    @property
    def onderdelen(self) -> tuple[Onderdeel, ...]:
        """The items of the nested list."""
        return tuple(
            Onderdeel(nummer=nummer, tekst=" ".join(" ".join(parts).split()))
            for nummer, parts in self.subs
            if any(part.strip() for part in parts)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The items of a section; `intro` holds (line, sentence) from before the first number."""

    items: tuple[Item, ...] = ()
    intro: tuple[tuple[int, str], ...] = ()


def read_items(lines: Sequence[Line], lexicon: Lexicon, *, lists: bool) -> Items:
    """The items of a section, in order. `lists` reads what is nested as a list of its own."""
    reader = _ItemReader(lexicon, lists=lists)
    for line in lines:
        reader.feed(line)
    items = tuple(item for item in reader.items if item.tekst or item.subs or item.nummer)
    return Items(items=items, intro=tuple(reader.intro))


class _ItemReader:
    """Walks over the lines of a section."""

    def __init__(self, lexicon: Lexicon, *, lists: bool) -> None:
        self.lexicon, self.lists = lexicon, lists
        self.items: list[Item] = []
        self.intro: list[tuple[int, str]] = []
        self.stacked = False  # its header stood in cells one below another, so its items do too
        self.style: str | None = None
        self.blank = False
        self.indent = 0

    def feed(self, line: Line) -> None:
        """Take one line or table row."""
        if line.blank:
            self.blank = True
            return
        if not self.items and is_header_word(line):
            self.stacked = True
            return
        if is_item_header(self.lexicon, line):
            return
        cells = line.filled
        if line.table and len(cells) > 1:
            self._table_row(cells)
        elif not line.table and self._spaced_row(line):
            pass
        else:
            for offset, text in enumerate(cells[0].text.split("\n")):
                self._text(text, line.number, line.indent if not offset else _indent(text))
        self.blank = False

    def _table_row(self, cells: tuple[Cell, ...]) -> None:
        """Number and text in cells of their own."""
        number = _number_of(cells[0].text, self.lexicon)
        rest = [cell.text for cell in cells[1:]]
        unnumbered = number is None and bool(
            self.lexicon.bare_item.fullmatch(unmarked(cells[0].text))
        )
        if number is None and not unnumbered:
            rest = [cell.text for cell in cells]
            if self.items and not self.lists:
                self.items.append(Item(nummer=None, line=cells[0].line))
        if number is not None or unnumbered or not self.items:
            item = Item(nummer=number, line=cells[0].line, worded=True)
            self.items.append(item)
        self.style = "cel"
        for position, text in enumerate(rest):
            for offset, row in enumerate(text.split("\n")):
                self._inside(row, fresh=position == 0 and offset == 0)

    def _spaced_row(self, line: Line) -> bool:
        """'Voorstel 1.    Instemmen met …' set in columns."""
        cells = gap_cells(line)
        number = _number_of(cells[0].text, self.lexicon) if len(cells) > 1 else None
        if number is None or (self.items and line.indent > self.indent + 1):
            return False
        item = Item(nummer=number, line=line.number, worded=True)
        self.items.append(item)
        self.style, self.indent = "cel", line.indent
        self._inside(" ".join(cell.text for cell in cells[1:]), fresh=True)
        return True

    def _text(self, text: str, number: int, indent: int) -> None:
        """A line of running text: a new item, an item inside one, or more of the same."""
        stripped = text.strip()
        if not stripped:
            self.blank = True
            return
        if _FOOTNOTE.match(stripped):
            return
        bare = unmarked(stripped)
        worded = self.lexicon.worded_item.match(bare)
        if worded:
            self._open(worded[1], bare[worded.end() :], number, indent, "woord")
            return
        number_alone = _ONLY.fullmatch(bare) if self.stacked else None
        if number_alone:
            self._open(number_alone[1], "", number, indent, "cel")
            return
        plain = _PLAIN.match(bare)
        if plain and self._opens(plain[1], plain[2], indent):
            style = _style(plain[1], plain[2])
            self._open(plain[1], bare[plain.end() :], number, indent, style)
            return
        dash = _DASH.match(bare)
        if dash and (not self.items or (self.style == "streep" and indent <= self.indent)):
            self._open(None, bare[dash.end() :], number, indent, "streep")
        elif not self.items and stripped.endswith(":"):
            self.intro.append((number, stripped))
        elif not self.items or (self.blank and not self.lists and self.items[-1].tekst):
            self._open(None, stripped, number, indent, "los")
        else:
            self._inside(text.rstrip(), fresh=False)

    def _opens(self, nummer: str, closer: str, indent: int) -> bool:
        """Whether a numbered line is an item of its own and not one inside the last."""
        if not self.items or self.style == "los":
            return True
        style = _style(nummer, closer)
        if self.style in {"woord", "cel"}:
            return False
        if indent > self.indent + 1 and self.items:
            return False
        if style == self.style:
            return True
        last = ordinal(self.items[-1].nummer)
        now = ordinal(nummer)
        same_kind = style[0] == (self.style or "?")[0]
        return same_kind and not self.items[-1].subs and last is not None and now == last + 1

    def _open(self, nummer: str | None, rest: str, number: int, indent: int, style: str) -> None:
        """Start an item."""
        if self.style == "los" and self.items and not self.items[-1].nummer:
            intro = self.items.pop()  # a sentence above the first number introduces the items
            self.intro.append((intro.line, intro.tekst))
        self.items.append(Item(nummer=nummer, line=number, worded=style == "woord"))
        self.style, self.indent = style, indent
        self._inside(rest, fresh=True)

    def _inside(self, text: str, *, fresh: bool) -> None:
        """Text inside the last item: its sentence, or an item of the list under it."""
        item = self.items[-1]
        stripped = text.strip()
        if not stripped:
            item.in_sub = False
            return
        if not self.lists:
            item.parts.append(unmarked(stripped))
            return
        if not fresh:
            marker = _sub_marker(stripped)
            if marker is not None:
                item.subs.extend((nummer, [tekst]) for nummer, tekst in _more(marker, stripped))
                item.in_sub = True
                return
            if item.in_sub and not self.blank and not _LIST_TAG.search(stripped):
                item.subs[-1][1].append(stripped)
                return
        item.in_sub = False
        own, subs, tail = split_inline(stripped)
        item.parts.append(own)
        item.subs.extend((nummer, [tekst]) for nummer, tekst in subs)
        if tail:
            item.parts.append(tail)


def _indent(text: str) -> int:
    """Spaces before the text."""
    return len(text) - len(text.lstrip())


def _style(nummer: str, closer: str) -> str:
    """The way an item is numbered: digits, letters or roman, and its bracket or dot."""
    if nummer[0].isdigit():
        return f"1{closer[-1]}"
    roman = len(nummer) > 1 or nummer in "IVX"
    return ("I" if roman and nummer.isupper() else "a") + closer[-1]


def _number_of(text: str, lexicon: Lexicon) -> str | None:
    """The number in a cell of its own: '1', 'Voorstel 1.', 'II'."""
    stripped = unmarked(text)
    if len(stripped) > 30:
        return None
    worded = lexicon.worded_item.fullmatch(stripped + " ")
    if worded:
        return worded[1]
    only = _ONLY.fullmatch(stripped)
    return only[1] if only else None


def _sub_marker(text: str) -> tuple[str | None, str] | None:
    """A line that is an item of a nested list: its number (None for a dash) and its text."""
    dash = _DASH.match(text)
    rest = text[dash.end() :] if dash else text
    numbered = _PLAIN.match(rest)
    if numbered and numbered.end() < len(rest):
        return numbered[1], rest[numbered.end() :].strip()
    return (None, rest.strip()) if dash else None


def _more(marker: tuple[str | None, str], text: str) -> list[tuple[str | None, str]]:
    """The item of a line, or the several items of a list that was run together on it."""
    if marker[0] is None:
        return [(None, piece.strip()) for piece in _RUN_TOGETHER.split(marker[1])]
    several = _numbered(text) if _INLINE_NUMBER.match(text) else []
    return several if len(several) > 1 else [marker]


def split_inline(text: str) -> tuple[str, list[tuple[str | None, str]], str]:
    """A sentence with a list on the same line: sentence, items, and what stands after the list.

    Reads the remains of HTML (`<ul style=…> - a; - b`), with or without its end tags, and
    '1) … 2) …' or '- …; - …' right after a colon. Other dashes are part of the sentence.
    """
    tags = list(_LIST_TAG.finditer(text))
    if tags:
        return _from_tags(text, tags)
    colon = text.find(":")
    if colon < 0:
        return text, [], ""
    after = text[colon + 1 :].lstrip()
    if _INLINE_NUMBER.match(after):
        subs = _numbered(after)
        if len(subs) > 1:
            return text[: colon + 1], subs, ""
    if re.match(r"[-–•]\s", after):
        dashed = _dashed(after)
        if len(dashed) > 1:
            return text[: colon + 1], dashed, ""
    return text, [], ""


def _from_tags(
    text: str, tags: list[re.Match[str]]
) -> tuple[str, list[tuple[str | None, str]], str]:
    """The list between list tags, and the sentence around it."""
    own = text[: tags[0].start()].strip()
    subs: list[tuple[str | None, str]] = []
    tails: list[str] = []
    depth, ordered = 0, False
    for position, tag in enumerate(tags):
        name, closing = tag[1].lower(), tag[0].startswith("</")
        if name != "li":
            depth = max(0, depth - 1) if closing else depth + 1
            ordered = name == "ol" if not closing else ordered
        end = tags[position + 1].start() if position + 1 < len(tags) else len(text)
        piece = text[tag.end() : end].strip()
        if not piece:
            continue
        if (depth == 0 and name != "li") or (name == "li" and closing and depth == 0):
            tails.append(piece)
        elif ordered and _INLINE_NUMBER.search(piece):
            subs.extend(_numbered(piece))
        elif name == "li":
            marker = _sub_marker(piece)
            subs.append(marker or (None, piece))
        else:
            subs.extend(_dashed(piece))
    return own, subs, " ".join(tails)


def _numbered(text: str) -> list[tuple[str | None, str]]:
    """'1) a 2) b' cut at numbers that follow each other."""
    marks: list[re.Match[str]] = []
    for match in _INLINE_NUMBER.finditer(text):
        now, last = ordinal(match[1]), ordinal(marks[-1][1]) if marks else None
        if not marks or (last is not None and now == last + 1):
            marks.append(match)
    if not marks:
        return [(None, text.strip())] if text.strip() else []
    before = text[: marks[0].start()].strip()
    subs: list[tuple[str | None, str]] = [(None, before)] if before else []
    for position, mark in enumerate(marks):
        end = marks[position + 1].start() if position + 1 < len(marks) else len(text)
        subs.append((mark[1], text[mark.end() : end].strip()))
    return subs


def _dashed(text: str) -> list[tuple[str | None, str]]:
    """'- a; - b' cut at dashes after a stop; a dash inside a sentence stays."""
    pieces = [piece.strip() for piece in _INLINE_DASH.split(text)]
    return [(None, piece) for piece in pieces if piece]


# --- numbers

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def ordinal(nummer: str | None) -> int | None:
    """The place that a number claims: 3 for '3', 'c' and 'III', 1 for '1a'; None without one."""
    if not nummer:
        return None
    digits = re.match(r"\d+", nummer)
    if digits:
        return int(digits[0])
    lower = nummer.lower()
    if all(char in _ROMAN for char in lower) and (len(lower) > 1 or lower in "ivx"):
        values = [_ROMAN[char] for char in lower]
        return sum(
            -value if any(value < later for later in values[i + 1 :]) else value
            for i, value in enumerate(values)
        )
    return ord(lower) - 96 if len(lower) == 1 and "a" <= lower <= "z" else None


def number_warnings(
    numbers: Sequence[tuple[str | None, int | None]], path: str, what: str
) -> list[Warning]:
    """Gaps, doubles and missing numbers; `numbers` are (as written, line). Nothing is "
    "renumbered."""
    warnings: list[Warning] = []
    seen: set[str] = set()
    expected = 1
    written = [nummer for nummer, _ in numbers]
    for index, (nummer, line) in enumerate(numbers):
        place = ordinal(nummer)
        problem = ""
        if nummer is None:
            problem = f"Bij dit {what} staat geen nummer."
        elif nummer.lower() in seen:
            problem = f"Nummer {nummer} komt meer dan één keer voor."
        elif (
            place is None
            or place not in {expected, expected - 1}
            or (place == expected - 1 and not re.search(r"\d[a-z.]", nummer))
        ):
            problem = f"Na nummer {written[index - 1] if index else '(begin)'} volgt {nummer}."
        if nummer is not None:
            seen.add(nummer.lower())
        expected = (place if place is not None else expected) + 1
        if problem:
            warnings.append(
                Warning(
                    code=WarningCode.NUMMERING,
                    field=f"{path}[{index}].nummer",
                    message=problem,
                    line=line,
                    details={"nummers": written[:100]},
                )
            )
    return warnings
