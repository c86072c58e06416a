"""HTML to tags and texts: linear in time for any input, and never wrong enough to raise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:]{0,30})")
_RAW = frozenset({"script", "style", "title", "textarea", "noscript", "iframe"})
_LONGEST_TAG = 4000  # characters; a longer one is text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A start or end tag; `raw` is what stands between its name and the closing bracket."""

    name: str
    closing: bool
    raw: str = ""

    @property
    def empty(self) -> bool:
        """Closes itself."""
        return self.raw.endswith("/")

    def attribute(self, name: str) -> str:
        """The value of an attribute, '' when it is not there."""
        match = re.search(
            rf"(?:^|[\s\"']){name}\s{{0,3}}=\s{{0,3}}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))",
            self.raw,
            re.IGNORECASE,
        )
        return unescape(next((group for group in match.groups() if group), "")) if match else ""


def tokens(text: str, first_line: int) -> Iterator[tuple[int, Tag | str]]:
    """Tags and the texts between them, each with the line on which it starts."""
    position, line = 0, first_line
    pending = 0  # start of text not handed out yet
    while True:
        opening = text.find("<", position)
        if opening < 0:
            break
        end, tag = _read(text, opening)
        if end < 0:
            position = opening + 1
            continue
        if opening > pending:
            chunk = text[pending:opening]
            yield line, chunk
            line += chunk.count("\n")
        if tag is not None:
            yield line, tag
        line += text.count("\n", opening, end)
        if tag is not None and tag.name in _RAW and not tag.closing and not tag.empty:
            close = _find_close(text, tag.name, end)
            line += text.count("\n", end, close)
            end = close
        position = pending = end
    if pending < len(text):
        yield line, text[pending:]


def _find_close(text: str, name: str, start: int) -> int:
    """Where the end tag of a raw element begins; the end of the text without one."""
    match = re.compile(rf"</{name}(?=[\s>/])", re.IGNORECASE).search(text, start)
    return match.start() if match else len(text)


def _read(text: str, opening: int) -> tuple[int, Tag | None]:
    """The end of the tag, comment or declaration at `opening`; -1 when it is plain text."""
    if text.startswith("<!--", opening):
        end = text.find("-->", opening + 4)
        return (len(text) if end < 0 else end + 3), None
    follower = text[opening + 1 : opening + 2]
    if follower in {"!", "?"}:
        end = text.find(">", opening, opening + _LONGEST_TAG)
        return (-1 if end < 0 else end + 1), None
    match = _NAME.match(text, opening)
    if match is None:
        return -1, None
    end = _tag_end(text, match.end())
    if end < 0:
        return -1, None
    closing = text[opening + 1] == "/"
    return end + 1, Tag(name=match[1].lower(), closing=closing, raw=text[match.end() : end])


def _tag_end(text: str, start: int) -> int:
    """The bracket that closes a tag, outside quotes; -1 when another tag begins before it."""
    limit = min(len(text), start + _LONGEST_TAG)
    position = start
    while position < limit:
        char = text[position]
        if char == ">":
            return position
        if char == "<":
            return -1
        if char in "\"'":
            close = text.find(char, position + 1, limit)
            if close < 0:
                return text.find(">", position, limit)
            position = close
        position += 1
    return -1
