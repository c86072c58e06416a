"""The cell 'Doel': why an overleg gets the voorstel."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from workflow.documents.lexicon import Lexicon
from workflow.documents.warning import WarningCode
from workflow.domain.behandeling import Doel
from workflow.domain.words import close, excerpt, key

_EXACT = {doel.value: doel for doel in Doel}
_SYNONYMS: dict[str, Doel] = {
    word: doel
    for doel, words in {
        Doel.INFORMEREN: "ter informatie,informatie,informerend,ter info,info,inf,"
        "geinformeerd worden,ter informering,informatief",
        Doel.ADVISEREN: "advies,ter advisering,advisering,adviserend,om advies,ter advies,"
        "advies geven,advies uitbrengen,adv,adviesvragend",
        Doel.BESLUITEN: "besluit,ter besluitvorming,besluitvorming,besluitvormend,ter besluit,"
        "beslissen,beslissing,ter beslissing,besluit nemen,besl",
        Doel.VASTSTELLEN: "ter vaststelling,vaststelling,vast stellen,vaststellend,vastst",
        Doel.BESPREKEN: "ter bespreking,bespreking,besprekend,bespr,om te bespreken",
        Doel.INSTEMMEN: "ter instemming,instemming,in te stemmen,instemmen met,in stemmen",
        Doel.KENNISNEMEN: "ter kennisname,kennisname,ter kennisneming,kennisneming,kennis nemen,"
        "ter kennisgeving,kennisgeving,kennis te nemen,t k n,tkn,voor kennisgeving",
        Doel.BEKRACHTIGEN: "ter bekrachtiging,bekrachtiging,te bekrachtigen",
        Doel.ZIENSWIJZE: "zienswijzen,zienswijze indienen,zienswijze vragen,zienswijze geven,"
        "ter zienswijze,voor zienswijze,zienswijzeprocedure",
    }.items()
    for word in words.split(",")
}
_ALL = {**_EXACT, **_SYNONYMS}
_LONGEST = max(len(word.split()) for word in _ALL)
_NEGATION = re.compile(r"\b(?:niet|geen|zonder|nooit)\b")
_FILLER = frozenset(
    {"en", "of", "ter", "te", "om", "daarna", "vervolgens", "eventueel", "evt", "dan"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDoel:
    """What the cell asks of the overleg; `warning` and `reason` when it is not plain."""

    doel: Doel | None
    warning: WarningCode | None = None
    reason: str = ""


@lru_cache(maxsize=2048)
def read_doel(cell: str, lexicon: Lexicon) -> ReadDoel:
    """The first purpose in the cell. An empty cell gives `doel_ontbreekt`."""
    words = key(cell)
    if not words:
        return ReadDoel(
            doel=None, warning=WarningCode.DOEL_ONTBREEKT, reason="Bij deze rij staat geen doel."
        )
    own = lexicon.doelen
    if words in own or words in _EXACT:
        return ReadDoel(doel=own.get(words) or _EXACT[words])
    shown = excerpt(cell, 60)
    found, rest = (
        _scan(words, own) if len(words) <= 300 and not _NEGATION.search(words) else ([], [])
    )
    distinct = list(dict.fromkeys(doel for doel, _ in found))
    if len(distinct) > 1:
        return ReadDoel(
            doel=distinct[0],
            warning=WarningCode.DOEL_DUBBEL,
            reason=f"In ‘{shown}’ staan {len(distinct)} doelen; het eerste, "
            f"{distinct[0].value}, is gelezen.",
        )
    if distinct and len(rest) <= 6:
        return ReadDoel(
            doel=distinct[0],
            warning=WarningCode.DOEL_GECORRIGEERD,
            reason=f"Er staat ‘{shown}’; dat is gelezen als {distinct[0].value}.",
        )
    return ReadDoel(
        doel=None,
        warning=WarningCode.DOEL_ONBEKEND,
        reason=f"‘{shown}’ is geen doel dat wij kennen; het doel is opengelaten.",
    )


def is_doel(cell: str, lexicon: Lexicon) -> bool:
    """Whether a cell reads as a purpose, for tables that lost their columns."""
    if len(cell) > 60:
        return False
    read = read_doel(cell, lexicon)
    if read.doel is None:
        return False
    return read.warning in {None, WarningCode.DOEL_DUBBEL} or len(key(cell).split()) <= 3


def _scan(words: str, own: Mapping[str, Doel]) -> tuple[list[tuple[Doel, str]], list[str]]:
    """The purposes named, in order, and the words that are none."""
    tokens = words.split()
    found: list[tuple[Doel, str]] = []
    rest: list[str] = []
    position = 0
    longest = max(_LONGEST, *(len(name.split()) for name in own), 0)
    while position < len(tokens):
        for size in range(min(longest, len(tokens) - position), 0, -1):
            phrase = " ".join(tokens[position : position + size])
            doel = own.get(phrase) or _ALL.get(phrase) or _spoilt(phrase, own)
            if doel is not None:
                found.append((doel, phrase))
                position += size
                break
        else:
            if tokens[position] not in _FILLER:
                rest.append(tokens[position])
            position += 1
    return found, rest


def _spoilt(phrase: str, own: Mapping[str, Doel]) -> Doel | None:
    """A misspelt purpose, or one that a scanner cut in two: 'Advis eren', 'Advi-seren'."""
    tight = phrase.replace(" ", "")
    return _near(phrase, own) if tight == phrase else own.get(tight) or _EXACT.get(tight)


def _near(word: str, own: Mapping[str, Doel]) -> Doel | None:
    """A misspelt purpose; words of under seven letters are not guessed."""
    if len(word) < 7:
        return None
    near = {doel for name, doel in (*_EXACT.items(), *own.items()) if close(word, name)}
    return near.pop() if len(near) == 1 else None
