"""woorden.yaml: every word means one thing, and can stand on paper where it is said to."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from workflow.domain.paper import LONGEST_LABEL
from workflow.domain.words import key
from workflow.engine.definition import Woorden
from workflow.engine.files import Part, Reading
from workflow.engine.names import Path, doubles
from workflow.engine.problems import Problem

_DECIDING = ("doelen", "conclusies")  # a word here moves a case
_SENTENCES = ("conclusies",)  # a whole cell, which may be long


def check_words(reading: Reading) -> Iterator[Problem]:
    """Everything wrong with the organisation's own words."""
    for part in reading.of(Woorden):
        for table in Woorden.model_fields:
            yield from _table(part, table, getattr(part.model, table))


def _table(
    part: Part[Woorden], table: str, meanings: Mapping[StrEnum, tuple[str, ...]]
) -> Iterator[Problem]:
    """The words of one table."""
    words: list[tuple[Path, StrEnum, str]] = [
        ((table, meaning.value, place), meaning, word)
        for meaning, written in meanings.items()
        for place, word in enumerate(written)
    ]
    yield from doubles(part, "woord", ((path, key(word), word) for path, _, word in words))
    codes = {key(code.value): code for meaning in meanings for code in type(meaning)}
    for path, meaning, word in words:
        if not key(word):
            message = f"‘{word}’ heeft geen letter of cijfer en is dus niet te herkennen."
            yield part.problem(path, "leeg_woord", message)
        elif table not in _SENTENCES and len(word) > LONGEST_LABEL:
            message = f"‘{word}’ is langer dan {LONGEST_LABEL} tekens; zo lang is geen opschrift."
            yield part.problem(path, "te_lang", message)
        other = codes.get(key(word), meaning)
        if table in _DECIDING and other is not meaning:
            message = (
                f"‘{word}’ is zelf al een van de {table} en kan niet ook {meaning.value} betekenen."
            )
            yield part.problem(path, "woord_is_code", message)
