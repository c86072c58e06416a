"""How wide words are, without a browser: an estimate that is a little too wide for any font."""

from collections.abc import Sequence

NARROW, WIDE, WIDEST = "iljtf.,:;'’|!()[] ", "mwMW@%—", "W@"
MARGIN = 1.08  # between fonts: DejaVu and Noto are wider than Arial


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in the unit of `size`, its height; rather too much."""
    total = sum(map(_character, text))
    return total * size * MARGIN * (1.12 if bold else 1)


def _character(char: str) -> float:
    """The width of one character of a sans serif, as a part of its height."""
    if char in NARROW:
        return 0.31
    if char in WIDE:
        return 0.92 if char in WIDEST else 0.83
    return 0.68 if char.isupper() else 0.555


def wrap(text: str, width: float, size: float, *, most: int, bold: bool = False) -> tuple[str, ...]:
    """The text on at most `most` lines of `width`; what does not fit ends in '…'.

    Breaks between words, and inside a word that is too long for a line.
    """
    lines: list[str] = []
    for word in text.split(" "):  # a fixed space stays
        grown = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(grown, size, bold=bold) <= width:
            lines[-1] = grown
        else:
            lines.extend(_pieces(word, width, size, bold=bold))
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(f"{lines[most - 1]} …", width, size, bold=bold)]
    return tuple(lines)


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """A word in pieces that fit a line, each but the last with a hyphen."""
    pieces = []
    while width_of(word, size, bold=bold) > width and len(word) > 4:
        cut = next(
            (at for at in range(len(word) - 3, 3, -1)
             if width_of(f"{word[:at]}-", size, bold=bold) <= width),
            3,
        )  # fmt: skip
        pieces.append(f"{word[:cut]}-")
        word = word[cut:]
    return [*pieces, word]


def _shortened(text: str, width: float, size: float, *, bold: bool) -> str:
    """The text with '…' for as much of its end as does not fit."""
    words = text.removesuffix(" …").removesuffix("-")
    while words and width_of(f"{words}…", size, bold=bold) > width:
        words = words[:-1].rstrip()
    return f"{words}…"


def flow(parts: Sequence[str], width: float, size: float) -> tuple[str, ...]:
    """Short parts on as few lines as they need, those on one line with ' · ' between them."""
    lines: list[str] = []
    for part in parts:
        grown = f"{lines[-1]} · {part}" if lines else part
        if lines and width_of(grown, size) <= width:
            lines[-1] = grown
        else:
            lines.extend(wrap(part, width, size, most=3))
    return tuple(lines)
