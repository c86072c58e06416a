"""Running text: lines to paragraphs, paragraphs to sentences."""

import re
from collections.abc import Iterator, Sequence

from workflow.documents.hits import heading_of
from workflow.documents.lexicon import Lexicon
from workflow.documents.line import Line

_BULLET = re.compile(r"^(?:[-–—•*·▪]|\d{1,2}[.)])\s+")
_STOP = re.compile(r"(?<=[.!?])[\"'’”)]?\s+(?=[\"'‘“(\[]?[A-ZÀ-Þ0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|d\.d|m\.b\.t|i\.v\.m|t\.b\.v|o\.a|e\.d|a\.d\.h\.v|n\.a\.v|t\.o\.v"
    r"|bijv|ca|nr|art"
    r"|drs|mr|dr|ir|ing|prof|mw|dhr|mevr|incl|excl|evt|resp|max|min|jan|feb|mrt|apr|aug"
    r"|sept?|okt|nov|dec)"
    r")\.$"
)
_LONGEST = 5000  # characters of a sentence


def paragraphs(lines: Sequence[Line], lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """Each paragraph with its first line; a list item is a paragraph of its own."""
    number, parts, after_heading = 0, list[str](), False
    for line in lines:
        text = "" if line.blank else " ".join(cell.text for cell in line.filled)
        alone = line.table or line.level > 0 or (0 < len(text) < 60 and _is_heading(line, lexicon))
        if parts and (not text or alone or after_heading or _BULLET.match(text)):
            yield number, " ".join(parts)
            parts = []
        after_heading = alone
        if text:
            number = number if parts else line.number
            parts.append(_BULLET.sub("", text) if not parts else text)
    if parts:
        yield number, " ".join(parts)


def _is_heading(line: Line, lexicon: Lexicon) -> bool:
    """The line is a heading that we know."""
    heading = heading_of(lexicon, line, fuzzy=False)
    return heading is not None and not heading.rest


def sentences(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph, verbatim; very long ones are cut off as they are no "
    "sentence."""
    start = 0
    for stop in _STOP.finditer(paragraph):
        piece = paragraph[start : stop.start()]
        if _ABBREVIATION.search(piece[-12:]):
            continue
        if piece.strip():
            yield piece.strip()[:_LONGEST]
        start = stop.end()
    rest = paragraph[start:].strip()
    if rest:
        yield rest[:_LONGEST]


def full_text(lines: Sequence[Line]) -> str | None:
    """The lines as one text: paragraphs apart by an empty line, None when there is nothing."""
    rows = [line.text.strip() for line in lines]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()
    return text or None
