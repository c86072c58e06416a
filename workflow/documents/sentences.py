"""Running text: lines to paragraphs, paragraphs to sentences."""

import re
from collections.abc import Iterator, Sequence

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


def paragraphs(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Each paragraph with its first line; a list item is a paragraph of its own."""
    number, parts = 0, list[str]()
    for line in lines:
        text = "" if line.blank else " ".join(cell.text for cell in line.filled)
        if parts and (not text or _BULLET.match(text) or line.table or line.level):
            yield number, " ".join(parts)
            parts = []
        if text:
            number = number if parts else line.number
            parts.append(_BULLET.sub("", text) if not parts else text)
    if parts:
        yield number, " ".join(parts)


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
