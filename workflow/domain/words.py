"""Comparing words as paper prints them: case, accents, punctuation and scanning faults."""

import re
import unicodedata
from functools import lru_cache

_AMPERSAND = re.compile(r"\s*&(?:amp;)?\s*")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_OCR_PAIRS = (("l<", "k"), ("|<", "k"), ("1<", "k"), ("i<", "k"), ("vv", "w"), ("rn", "m"))
_OCR_SINGLES = str.maketrans(
    {"0": "o", "1": "l", "|": "l", "!": "l", "i": "l", "5": "s", "$": "s", "8": "b", "€": "e"}
)


def plain(text: str) -> str:
    """Lower case without accents; everything else as it was."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def key(text: str) -> str:
    """The same key for names that differ in case, accents, punctuation, spaces, `&` or `en`."""
    return _NOT_WORD.sub(" ", _AMPERSAND.sub(" en ", plain(text))).strip()


@lru_cache(maxsize=4096)
def scanned(text: str) -> str:
    """The same key for texts that a scanner confuses (0 and o, 1 and l, rn and m, l< and k)."""
    folded = plain(text)
    for wrong, right in _OCR_PAIRS:
        folded = folded.replace(wrong, right)
    return re.sub(r"[^0-9a-z]+", "", folded.translate(_OCR_SINGLES))


def distance(left: str, right: str, limit: int) -> int:
    """Edits between two words, a swap of neighbours counting as one; `limit + 1` when more."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if older and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


@lru_cache(maxsize=4096)
def letters(word: str) -> int:
    """The letters of a word as bits: an edit changes two of them at most."""
    bits = 0
    for char in word:
        bits |= 1 << (ord(char) & 63)
    return bits


def close(left: str, right: str) -> bool:
    """Whether two words may be one word with a scanning or typing fault.

    Short words (under five letters) must be equal to a scanner; from five letters
    one edit is allowed, from nine letters two.
    """
    a, b = scanned(left), scanned(right)
    if a == b:
        return bool(a)
    shortest = min(len(a), len(b))
    if shortest < 5:
        return False
    limit = 1 if shortest < 9 else 2
    if (letters(a) ^ letters(b)).bit_count() > 2 * limit:
        return False
    return distance(a, b, limit) <= limit


def excerpt(text: str, limit: int = 80) -> str:
    """The text on one line, cut to `limit` characters, for use in a message."""
    flat = " ".join(text[: limit * 4].split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"
