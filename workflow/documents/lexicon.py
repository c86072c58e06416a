"""All the words by which a paper of one organisation is read: the usual ones and its own."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from workflow.documents.labels import (
    KOLOMMEN,
    KOPREGEL_NUMMER,
    KOPREGEL_TEKST,
    SECTIES,
    VELDEN,
    Dictionary,
)
from workflow.domain.paper import Kind, Lijstwoord, PaperWords, Sectie, Words
from workflow.domain.words import key

T = TypeVar("T", bound=StrEnum)

_POINT = ("voorstel", "beslispunt", "besluitpunt")
_ATTACHMENT = ("bijlage",)
_LOOSE = ("punt", "besluit")  # before a number inside a section of items only
_NUMBER = r"(?:\d{1,3}(?:[a-z]\b)?(?:\.\d{1,2}){0,2}|[IVXLivxl]{1,6}\b|[A-Za-z]\b)"
_ADDRESSED = (
    "voorstel",
    "voorstellen",
    "beslispunten",
    "gevraagd besluit",
    "gevraagde beslissing",
    "gevraagd advies",
)


class Lexicon:
    """The words of the papers of one organisation, ready for looking up. Make it once."""

    def __init__(self, own: PaperWords) -> None:
        self.labels = Dictionary({**VELDEN, **_keyed(own.labels)}, 5)
        self.headings = Dictionary({**SECTIES, **_keyed(own.headings)}, 7)
        self.columns = Dictionary({**KOLOMMEN, **_keyed(own.columns)}, 5)
        self.header_numbers = KOPREGEL_NUMMER | _keys(own.lists, Lijstwoord.NUMMER)
        self.header_texts = KOPREGEL_TEKST | _keys(own.lists, Lijstwoord.OMSCHRIJVING)
        self.kinds: Mapping[str, Kind] = _keyed(own.kinds)
        self.doelen = _keyed(own.doelen)
        self.conclusies = _keyed(own.conclusies)
        points = (*_POINT, *_written(own.lists, Lijstwoord.BESLISPUNT))
        attachments = (*_ATTACHMENT, *_written(own.lists, Lijstwoord.BIJLAGE))
        self.first_words = frozenset(
            key(word).split(" ")[0]
            for words in (
                *(VELDEN, SECTIES, KOLOMMEN, points, attachments, ("nummer", "nr")),
                *(_keyed(table) for table in (own.labels, own.headings, own.columns)),
                *(self.header_numbers, self.header_texts),
            )
            for word in words
        )
        self._attachment = re.compile(rf"\W{{0,4}}(?:{_any_of(attachments)})\b", re.IGNORECASE)
        word = _any_of((*points, *attachments))
        self._numbered = re.compile(
            rf"^\W{{0,4}}(?:{word})\s{{0,3}}(?:nr\.?\s?)?[\dIVXivx]{{1,5}}[a-z]?\s*[.:)]?$", re.I
        )
        self._begun = re.compile(
            rf"\W{{0,4}}(?:{word})\s{{1,3}}\d{{1,3}}[a-z]?\s*[.:)]\s+\S", re.IGNORECASE
        )
        loose = _any_of((*points, *attachments, *_LOOSE))
        self.bare_item = re.compile(rf"(?:{loose})\s?[.:]?", re.IGNORECASE)
        self.worded_item = re.compile(
            rf"\W{{0,4}}(?:{loose})\s{{0,3}}(?:nr\.?\s?)?({_NUMBER})\s*[.:)–-]?(?:\s+|$)", re.I
        )
        asked = (*_ADDRESSED, *_written(own.headings, Sectie.VOORSTEL))
        self.addressed = re.compile(
            rf"^(?:{_any_of(asked)}) (?:aan|voor|van) (?:het |de )?(.{{2,80}})$", re.IGNORECASE
        )

    def is_numbered_item(self, text: str) -> bool:
        """'Voorstel 1.' or 'Bijlage 2': the first cell of an item."""
        return len(text) <= 60 and bool(self._numbered.match(text))

    def begins_item(self, text: str) -> bool:
        """'Beslispunt 1: instemmen met …' on one line."""
        return bool(self._begun.match(text[:90]))

    def names_attachment(self, text: str) -> bool:
        """A text begins with the word for an attachment."""
        return bool(self._attachment.match(text[:60]))


@lru_cache(maxsize=8)
def lexicon_of(own: PaperWords) -> Lexicon:
    """The lexicon of an organisation with these own words."""
    return Lexicon(own)


def _keyed(words: Words[T]) -> dict[str, T]:
    """What each word means, whatever its case, accents and punctuation."""
    return {key(word): meaning for word, meaning in words}


def _written(words: Words[T], meaning: StrEnum) -> tuple[str, ...]:
    """The words with this meaning, as written."""
    return tuple(word for word, means in words if means is meaning)


def _keys(words: Words[Lijstwoord], meaning: Lijstwoord) -> frozenset[str]:
    """The words with this meaning, as they are compared."""
    return frozenset(key(word) for word in _written(words, meaning))


def _any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, the longest first; a space may be wide."""
    longest = sorted(dict.fromkeys(words), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in longest)
