"""Events: to bytes and back, and nothing else is an event."""

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.history.examples import CLERK, NOON, an_event
from workflow.history.canonical import NotCanonical, canonical_bytes
from workflow.history.event import UnreadableEvent, body_of, hash_text, moment_text, parse

FULL = an_event(
    seq=12,
    stream_seq=3,
    prev=hash_text(bytes(32)),
    type="leg_conclusie_vast",
    rehearsal=True,
    happened_on=dt.date(2024, 6, 27),
    basis="vergadering",
    actor_unverified=True,
    on_behalf_of=CLERK,
    from_state="do",
    to_state="pfho",
    remark=CLERK,
    command_id="3f",
    definition=hash_text(bytes(32)),
    corrects=4,
    inputs={"conclusie": "akkoord", "tekst": {"commit": CLERK}, "beslispunten": ["1", "2"]},
    changes=({"entity": "voorstel", "id": "v1", "was": {"state": "do"}, "set": {"state": "pfho"}},),
)


@pytest.mark.parametrize("event", [FULL, an_event()])
def test_bytes_give_the_event_back(event: Any) -> None:
    """Nothing that an act recorded is lost or changed by writing it down."""
    assert parse(body_of(event)) == event


def test_body_has_exactly_the_keys_that_auditors_read() -> None:
    """The keys of a body are a promise to scripts of others."""
    body = json.loads(body_of(FULL))

    assert " ".join(sorted(body)) == (
        "actor actor_unverified at basis changes command_id corrects definition from happened_on"
        " inputs on_behalf_of prev recorded_at rehearsal remark seq stream stream_seq to type v"
    )
    assert body["v"] == 1
    assert (body["from"], body["to"], body["happened_on"]) == ("do", "pfho", "2024-06-27")


def test_moment_is_written_in_utc_and_in_one_form() -> None:
    """Amsterdam noon in summer is ten o'clock Z, always with three decimals."""
    noon = dt.datetime(2024, 7, 11, 12, 0, 0, 1999, tzinfo=ZoneInfo("Europe/Amsterdam"))

    assert moment_text(noon) == "2024-07-11T10:00:00.001Z"
    assert moment_text(NOON) == "2024-06-10T12:00:00.000Z"
    with pytest.raises(ValueError, match="time zone"):
        moment_text(NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("v", 2),
        ("seq", "1"),
        ("seq", True),
        ("at", "2024-06-10T12:00:00Z"),
        ("at", "2024-06-10"),
        ("at", "straks"),
        ("recorded_at", "2024-06-10T12:00:00.000+00:00"),
        ("happened_on", "2024-02-30"),
        ("rehearsal", 1),
        ("inputs", []),
        ("changes", {}),
        ("changes", None),
        ("remark", {"commit": "x"}),
        ("extra", 1),
    ],
)
def test_what_is_almost_an_event_is_refused(key: str, value: Any) -> None:
    """A key of another kind, a key too many or a moment in another form does not pass."""
    body = canonical_bytes(json.loads(body_of(FULL)) | {key: value})

    with pytest.raises(UnreadableEvent):
        parse(body)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"\x00\xff", b"3"])
def test_anything_else_is_refused(body: bytes) -> None:
    """Other bytes are told apart from events with a sentence."""
    with pytest.raises(UnreadableEvent, match="bytes"):
        parse(body)


def test_missing_key_is_refused() -> None:
    """An event that leaves something out is not an event."""
    body = json.loads(body_of(FULL))
    del body["basis"]

    with pytest.raises(UnreadableEvent):
        parse(canonical_bytes(body))


def test_fraction_in_an_act_is_refused_before_it_is_written() -> None:
    """What has no canonical form never becomes history."""
    with pytest.raises(NotCanonical):
        body_of(an_event(inputs={"bedrag": 1.5}))
