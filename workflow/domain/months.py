"""Names of Dutch months, in full, short, or with a scanning fault."""

from dataclasses import dataclass
from functools import lru_cache

from workflow.domain.words import distance, scanned

MONTH_WORD = r"(?=[0-9|!]{0,3}[a-z])[a-z0-9|!]{3,10}"  # what may be a month; read_month decides

_MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "januari jan",
            "februari feb febr",
            "maart mrt mar maa",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "augustus aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for word in words.split()
}
_FULL = tuple(word for word in _MONTHS if len(word) > 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month, 1 to 12; `corrected` when the word on paper is misspelt."""

    number: int
    corrected: bool = False


@lru_cache(maxsize=512)
def read_month(word: str) -> Month | None:
    """The month that a lower-case word names, or None when no single month fits it."""
    if word in _MONTHS:
        return Month(number=_MONTHS[word])
    if len(word) < 3 or len(word) > 12:
        return None
    same = {_MONTHS[name] for name in _MONTHS if scanned(name) == scanned(word)}
    if not same and len(word) > 3:
        limit = 1 if len(word) < 7 else 2
        folded = scanned(word)
        same = {_MONTHS[name] for name in _FULL if distance(folded, scanned(name), limit) <= limit}
    return Month(number=same.pop(), corrected=True) if len(same) == 1 else None
