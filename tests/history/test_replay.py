"""Replay: the state is what the events say, and nothing else."""

import datetime as dt
from typing import Any

import pytest

from tests.history.examples import NOON, an_event
from workflow.history.replay import Replay, as_known_at, differences, same

MADE = {
    "entity": "voorstel",
    "id": "v1",
    "was": None,
    "set": {"state": "concept", "version": 1, "theme": None},
}
MOVED = {
    "entity": "voorstel",
    "id": "v1",
    "was": {"state": "concept", "version": 1},
    "set": {"state": "do", "version": 2},
}


def test_changes_give_the_row() -> None:
    """A voorstel that was made and moved stands where it was moved to, the rest as made."""
    replay = Replay()

    assert replay.fold(1, [MADE]) == []
    assert replay.fold(2, [MOVED]) == []

    assert replay.rows == {("voorstel", "v1"): {"state": "do", "version": 2, "theme": None}}
    assert replay.touched == {("voorstel", "v1"): 2}


def test_field_that_did_not_exist_yet_counts_as_empty() -> None:
    """A field that a later version of the program added was null before."""
    replay = Replay()
    replay.fold(1, [MADE])

    assert replay.fold(2, [MADE | {"was": {"new": None}, "set": {"new": "x"}}]) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (MOVED | {"was": {"state": "pfho", "version": 1}}, "‘state’ in voorstel v1"),
        (MOVED | {"was": {"state": "concept"}}, "‘version’"),
        (MOVED | {"was": {"state": "concept", "version": True}}, "‘version’"),
        (MOVED | {"id": "v2"}, "voorstel v2 verandert, maar is nooit gemaakt"),
        (MADE, "bestond al"),
        (None, "niet leesbaar"),
        ([], "niet leesbaar"),
        ({}, "niet leesbaar"),
        (MOVED | {"entity": None}, "niet leesbaar"),
        (MOVED | {"id": ["v1"]}, "niet leesbaar"),
        (MOVED | {"set": "alles"}, "niet leesbaar"),
        (MOVED | {"was": []}, "niet leesbaar"),
        ({"entity": "voorstel", "id": "v1", "set": {}}, "niet leesbaar"),
    ],
)
def test_change_that_cannot_follow_is_told(change: Any, words: str) -> None:
    """An old value that never stood there, or a row that never was, is named."""
    replay = Replay()
    replay.fold(1, [MADE])

    problems = replay.fold(2, [change])

    assert len(problems) == 1
    assert words in problems[0]


def test_one_fault_is_told_once() -> None:
    """After a change that does not fit, the next one that fits it is no problem."""
    replay = Replay()
    replay.fold(1, [MADE])
    replay.fold(2, [MOVED | {"was": {"state": "x", "version": 1}}])

    assert replay.fold(3, [MOVED | {"was": {"state": "do"}, "set": {"state": "pfho"}}]) == []


def test_folding_leaves_the_events_as_they_are() -> None:
    """Reading history does not write in it."""
    replay = Replay()
    replay.fold(1, [MADE])
    replay.fold(2, [MOVED])

    assert MADE["set"] == {"state": "concept", "version": 1, "theme": None}


def test_as_known_at_a_moment() -> None:
    """What was recorded later was not known then; at the moment itself it was."""
    later = NOON + dt.timedelta(days=17)
    events = [
        an_event(1, changes=(MADE,)),
        an_event(2, at=later, recorded_at=later, changes=(MOVED,)),
    ]
    state = {
        moment: as_known_at(events, moment)[("voorstel", "v1")]["state"]
        for moment in (NOON, later - dt.timedelta(milliseconds=1), later, None)
    }

    assert list(state.values()) == ["concept", "concept", "do", "do"]
    assert as_known_at(events, NOON - dt.timedelta(milliseconds=1)) == {}


def test_differences_name_the_fields() -> None:
    """Rows differ where a value or its kind differs; a field left out is null."""
    row = {"a": 1, "b": None, "c": [{"x": 1}], "d": "d"}

    assert differences(row, {"a": 1, "c": [{"x": 1}], "d": "d"}) == []
    assert differences(row, {"a": True, "c": [{"x": 1, "y": 2}], "d": "d", "e": 0}) == [
        "a",
        "c",
        "e",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (0, False),
        (1, 1.0),
        (None, False),
        ([1], [True]),
        ({"a": 0}, {"a": False}),
        ("1", 1),
    ],
)
def test_alike_is_not_the_same(one: Any, other: Any) -> None:
    """Values that Python calls equal but JSON writes differently are told apart."""
    assert not same(one, other)
    assert not same(other, one)
    assert same(one, one)
