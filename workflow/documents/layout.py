"""Each layout of a text (tabs, pipes, HTML, plain) becomes one stream of lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workflow.documents.html import HtmlText, read_html
from workflow.documents.lexicon import Lexicon
from workflow.documents.line import Cell, Line

_PAGE_NUMBER = re.compile(
    r"(?:-{1,2} ?)?(?:pagina|pag\.|blz\.?|bladzijde)\s{0,3}\d{1,3}"
    r"(?:\s{0,3}(?:van|/)\s{0,3}\d{1,3})?(?: ?-{1,2})?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[|+:=\-\s]{3,}")
_DRAWN = re.compile(r"[|+]|--|==")
_QUOTED = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+|$)")
_PIPE = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|table|div|h[1-6]|p"
    r"|section|article"
    r"|main|dl|meta|\?xml|style|center|form|span|font|o:p)\b",
    re.IGNORECASE | re.DOTALL,
)
_TABLE_START = re.compile(r"\s*<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The lines of a paper in reading order; `notes` are (line, what) of what was left out."""

    lines: tuple[Line, ...]
    html: bool = False
    notes: tuple[tuple[int, str], ...] = ()


def read_layout(texts: Sequence[str], lexicon: Lexicon) -> Layout:
    """Lines with their cells, in any mix of the layouts. `texts` are the lines of the file."""
    if _is_html(texts):
        whole = read_html("\n".join(texts), 1)
        return Layout(lines=tuple(whole.lines), html=True, notes=tuple(whole.notes))
    texts = _unquoted(texts)
    lines: list[Line] = []
    notes: list[tuple[int, str]] = []
    number = 1
    last_end = _last_table_end(texts)
    while number <= len(texts):
        text = texts[number - 1]
        if "<" in text and number <= last_end and _TABLE_START.match(text):
            block, number = _html_block(texts, number)
            lines.extend(block.lines)
            notes.extend(block.notes)
            continue
        line = _text_line(text, number, lexicon)
        if line is not None:
            lines.append(line)
        number += 1
    return Layout(lines=tuple(lines), notes=tuple(notes))


def _unquoted(texts: Sequence[str]) -> Sequence[str]:
    """A paper quoted in a mail, without the mark before each of its lines."""
    filled = [text for text in texts if text.strip()]
    quoted = sum(text.lstrip(" ").startswith(">") for text in filled)
    if quoted * 10 < len(filled) * 9:
        return texts
    return [_QUOTED.sub("", text, count=1) for text in texts]


def _is_html(texts: Sequence[str]) -> bool:
    """The paper as a whole is HTML, not a text with some tags in it."""
    head = "\n".join(texts[:200])[:20_000]
    return bool(_HTML_START.match(head))


def _last_table_end(texts: Sequence[str]) -> int:
    """The last line that closes an HTML table; 0 when there is none."""
    for number in range(len(texts), 0, -1):
        if "</" in texts[number - 1] and _TABLE_END.search(texts[number - 1]):
            return number
    return 0


def _html_block(texts: Sequence[str], first: int) -> tuple[HtmlText, int]:
    """An HTML table inside a text, and the number of the line after it."""
    last = first
    while last < len(texts) and not _TABLE_END.search(texts[last - 1]):
        last += 1
    return read_html("\n".join(texts[first - 1 : last]), first), last + 1


def _text_line(text: str, number: int, lexicon: Lexicon) -> Line | None:
    """One line of text; None for a line that only draws a table."""
    stripped = text.strip(" ")
    if not stripped.strip():
        return Line(number=number)
    if _RULE.fullmatch(stripped) and _DRAWN.search(stripped):
        return None
    if _PAGE_NUMBER.fullmatch(stripped):
        return None
    if (
        stripped[0] == "|"
        or _barred(stripped, lexicon)
        or (stripped[-1] == "|" and stripped.count("|") > 1)
    ):
        return _pipe_line(stripped, number)
    heading = _HEADING.match(text)
    if heading:
        inner = text[heading.end() :].strip().rstrip("#").strip()
        cells = _tab_cells(inner, number, 0) if "\t" in inner else (_cell(inner, number, 0),)
        return Line(number=number, cells=cells, level=len(heading[1]), table=len(cells) > 1)
    indent = len(text) - len(text.lstrip())
    if "\t" in stripped.strip("\t") or stripped.startswith("\t"):
        return Line(
            number=number, cells=_tab_cells(text.strip(" "), number, indent), table=True, indent=0
        )
    return Line(number=number, cells=(_cell(stripped.strip(), number, indent),), indent=indent)


def _barred(text: str, lexicon: Lexicon) -> bool:
    """A row with bars between its cells only: 'Datum | Overleg | Doel'."""
    if " | " not in text or "\t" in text:
        return False
    first, _, rest = text.partition(" | ")
    return (" | " in rest and ":" not in first) or lexicon.labels.exact(first) is not None


def _cell(text: str, number: int, start: int) -> Cell:
    """A cell of a text line."""
    return Cell(text=text, line=number, start=start)


def _tab_cells(text: str, number: int, start: int) -> tuple[Cell, ...]:
    """The cells of a line with tabs, the empty ones too."""
    parts = (_BREAK.sub("\n", part.strip()) for part in text.split("\t"))
    return tuple(_cell(part, number, start) for part in parts)


def _pipe_line(text: str, number: int) -> Line:
    """The cells of a row of a Markdown table; `\\|` is a pipe, `<br>` a line break."""
    parts = _PIPE.split(text)
    if text.startswith("|"):
        parts = parts[1:]
    if len(parts) > 1 and not parts[-1].strip():
        parts = parts[:-1]
    cells = tuple(
        _cell(_BREAK.sub("\n", part.strip().replace("\\|", "|")), number, 0) for part in parts
    )
    return Line(number=number, cells=cells, table=True)
