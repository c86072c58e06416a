"""State is what the events say: fold them, and the same rows come out."""

import datetime as dt
from collections.abc import Iterable, Mapping
from sys import intern
from types import NoneType
from typing import Any

from workflow.history.event import Event

Key = tuple[str, str]  # entity and id: ("behandeling", "…/b2")
Row = dict[str, Any]  # fields as JSON; a field that is absent is null


class Replay:
    """The state after the events folded so far; feed them in order of `seq`.

    A change that cannot follow from the events before it is told as a Dutch
    sentence and then taken in all the same, so that one fault is told once.
    """

    __slots__ = ("rows", "touched")

    def __init__(self) -> None:
        self.rows: dict[Key, Row] = {}
        self.touched: dict[Key, int] = {}  # seq of the last event that changed the row

    def fold(self, seq: int, changes: Iterable[Any]) -> list[str]:
        """Take in the changes of event `seq`; what is wrong with them, or nothing.

        A change may be anything that JSON can hold.
        """
        return [problem for change in changes if (problem := self._fold_one(seq, change))]

    def _fold_one(self, seq: int, change: Any) -> str:
        """Take in one change; an empty text when it fits."""
        if not _is_change(change):
            return "Een wijziging is niet leesbaar."
        key = (change["entity"], change["id"])
        was, new = change["was"], change["set"]
        self.touched[key] = seq
        row = self.rows.get(key)
        if row is None:
            self.rows[key] = {intern(name): value for name, value in new.items()}  # a third smaller
            return "" if was is None else f"{name_of(key)} verandert, maar is nooit gemaakt."
        if was is None:
            row.update(new)
            return f"{name_of(key)} wordt gemaakt, maar bestond al."
        unlike = [name for name in new.keys() | was.keys() if not _follows(row, was, new, name)]
        row.update(new)
        if not unlike:
            return ""
        names = ", ".join(f"‘{name}’" for name in sorted(unlike))
        return f"De oude waarde van {names} in {name_of(key)} is niet wat er stond."


def as_known_at(events: Iterable[Event], moment: dt.datetime | None = None) -> dict[Key, Row]:
    """The rows as the register knew them at `moment`: by all events with `at` up to and including.

    None: as known now. Events come in order of `seq`. It trusts them; whether they
    fit together is what `verify` tells.
    """
    replay = Replay()
    for event in events:
        if moment is None or event.at <= moment:
            replay.fold(event.seq, event.changes)
    return replay.rows


def differences(row: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The fields in which two rows differ, in order of name; absent is null."""
    return sorted(
        name for name in row.keys() | other.keys() if not same(row.get(name), other.get(name))
    )


def same(value: Any, other: Any) -> bool:
    """Whether two JSON values are the same; unlike in Python, true is not 1 and 1 is not 1.0."""
    if type(value) is not type(other):
        return False
    if isinstance(value, dict):
        return value.keys() == other.keys() and all(
            same(item, other[name]) for name, item in value.items()
        )
    if isinstance(value, list):
        return len(value) == len(other) and all(map(same, value, other))
    return bool(value == other)


def name_of(key: Key) -> str:
    """How a row is called in a Dutch sentence."""
    entity, row_id = key
    return f"{entity} {row_id}"


def _is_change(change: Any) -> bool:
    """Whether it has the four keys of a change, each of its kind."""
    return (
        isinstance(change, dict)
        and isinstance(change.get("entity"), str)
        and isinstance(change.get("id"), str)
        and isinstance(change.get("set"), dict)
        and isinstance(change.get("was", ""), dict | NoneType)
    )


def _follows(row: Row, was: Row, new: Row, name: str) -> bool:
    """Whether a field is named with its old and new value, and the old one is what stands."""
    return name in was and name in new and same(row.get(name), was[name])
