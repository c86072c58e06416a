"""An event: what one act says to the future, and its bytes.

The bytes are made once, hashed and stored; they are never made again to check
them. Whoever wants to know what happened reads the bytes.
"""

import datetime as dt
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflow.history.canonical import NotCanonical, canonical_bytes, canonical_value

FORM = 1  # `v` in the body: the meaning of its keys


class UnreadableEvent(ValueError):
    """These bytes are not an event. `str(error)` is Dutch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act. Names, remarks and other words about persons stand in it as commitments.

    `from_state` and `to_state` are `from` and `to` in the body; the other names
    are the same there.
    """

    seq: int  # place among all events, from 1, without gaps
    stream: str  # what it is about: voorstel/<id>, vergadering/<id>, register/…
    stream_seq: int  # place within its stream, from 1, without gaps
    prev: str | None  # leaf hash (base64) of the event before it in its stream; None: the first
    type: str  # the act
    at: dt.datetime  # when it counts as recorded; kept in milliseconds
    recorded_at: dt.datetime  # the true clock; kept in milliseconds
    rehearsal: bool = False  # `at` was fixed by hand
    happened_on: dt.date | None = None  # the day of the meeting, letter, …; None: not known
    basis: str | None = None  # vergadering, mail, papier, import, systeem; None: not given
    actor: str  # commitment
    actor_unverified: bool = False
    on_behalf_of: str | None = None  # commitment
    from_state: str | None = None
    to_state: str | None = None
    remark: str | None = None  # commitment
    command_id: str | None = None
    definition: str | None = None  # digest of the definition that allowed it
    corrects: int | None = None  # seq of an earlier event
    inputs: Mapping[str, Any]  # the fields as given; words about persons as {"commit": …}
    changes: tuple[Mapping[str, Any], ...] = ()  # entity, id, was (None: made here), set


def body_of(event: Event) -> bytes:
    """The canonical bytes of an event.

    Raises NotCanonical when a value has no canonical form, ValueError for a
    moment without a time zone.
    """
    return canonical_bytes(
        {
            "v": FORM,
            "seq": event.seq,
            "stream": event.stream,
            "stream_seq": event.stream_seq,
            "prev": event.prev,
            "type": event.type,
            "at": moment_text(event.at),
            "recorded_at": moment_text(event.recorded_at),
            "rehearsal": event.rehearsal,
            "happened_on": event.happened_on.isoformat() if event.happened_on else None,
            "basis": event.basis,
            "actor": event.actor,
            "actor_unverified": event.actor_unverified,
            "on_behalf_of": event.on_behalf_of,
            "from": event.from_state,
            "to": event.to_state,
            "remark": event.remark,
            "command_id": event.command_id,
            "definition": event.definition,
            "corrects": event.corrects,
            "inputs": event.inputs,
            "changes": event.changes,
        }
    )


def parse(body: bytes) -> Event:
    """The event that `body_of` wrote. Raises UnreadableEvent for anything else."""
    try:
        data = document_of(body)
        return Event(
            **{name: data[name] for name in _SAME_NAME},
            from_state=data["from"],
            to_state=data["to"],
            at=_moment(data["at"]),
            recorded_at=_moment(data["recorded_at"]),
            happened_on=_day(data["happened_on"]),
            changes=tuple(data["changes"]),
        )
    except UnreadableEvent:
        raise
    except ValueError:
        raise UnreadableEvent("Een moment of dag in deze gebeurtenis bestaat niet.") from None


def document_of(body: bytes) -> dict[str, Any]:
    """The body as plain JSON, with all its keys and their kinds checked.

    For who reads many: about half the work of `parse`. Raises UnreadableEvent.
    """
    try:
        data = canonical_value(body)
    except NotCanonical as error:
        raise UnreadableEvent(str(error)) from None
    if not isinstance(data, dict) or data.keys() != _KINDS.keys():
        raise UnreadableEvent("De bytes zijn JSON, maar geen gebeurtenis.")
    for name, kinds in _KINDS.items():
        if type(data[name]) not in kinds:
            raise UnreadableEvent(f"Veld ‘{name}’ van deze gebeurtenis is van een andere soort.")
    if data["v"] != FORM:
        raise UnreadableEvent(f"Vorm {data['v']} van gebeurtenissen is hier niet bekend.")
    return data


def moment_text(moment: dt.datetime) -> str:
    """RFC 3339 in UTC with `Z` and three decimals, so that text sorts as time.

    What is finer than a millisecond is dropped. Raises ValueError for a moment
    without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def hash_text(digest: bytes) -> str:
    """A hash as it stands in events and JSON: standard base64."""
    return b64encode(digest).decode()


def _moment(text: str) -> dt.datetime:
    """A moment of the body; ValueError when it is not written as `moment_text` does."""
    moment = dt.datetime.fromisoformat(text)
    if moment_text(moment) != text:
        raise ValueError(text)
    return moment


def _day(text: str | None) -> dt.date | None:
    """A date of the body."""
    return None if text is None else dt.date.fromisoformat(text)


_NONE = type(None)
_KINDS: dict[str, tuple[type, ...]] = {
    "v": (int,),
    "seq": (int,),
    "stream": (str,),
    "stream_seq": (int,),
    "prev": (str, _NONE),
    "type": (str,),
    "at": (str,),
    "recorded_at": (str,),
    "rehearsal": (bool,),
    "happened_on": (str, _NONE),
    "basis": (str, _NONE),
    "actor": (str,),
    "actor_unverified": (bool,),
    "on_behalf_of": (str, _NONE),
    "from": (str, _NONE),
    "to": (str, _NONE),
    "remark": (str, _NONE),
    "command_id": (str, _NONE),
    "definition": (str, _NONE),
    "corrects": (int, _NONE),
    "inputs": (dict,),
    "changes": (list,),
}
_WRITTEN_OTHERWISE = {"v", "from", "to", "at", "recorded_at", "happened_on", "changes"}
_SAME_NAME = tuple(name for name in _KINDS if name not in _WRITTEN_OTHERWISE)
