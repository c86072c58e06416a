"""The history as it lies in the database: what a verification is handed.

Everything here may be damaged; a wrong kind of value is found, never trusted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

StoredNode = tuple[int, int, bytes]  # level, index and hash of a finished subtree


class StoredEvent(NamedTuple):
    """A row of the events: the bytes, and the columns beside them that repeat what they say."""

    seq: int
    body: bytes
    leaf_hash: bytes
    stream: str
    stream_seq: int
    command_id: str | None


class StoredRow(NamedTuple):
    """A row of the state, under the names that events use."""

    entity: str
    id: str
    fields: Mapping[str, Any]


class StoredText(NamedTuple):
    """The words behind a commitment; salt and text are None when they were erased."""

    commitment: str
    text: str | None
    salt: bytes | None


class StoredBlob(NamedTuple):
    """The bytes of a paper under their SHA-256 (hex)."""

    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHead:
    """What the register says about its own history."""

    size: int
    peaks: tuple[bytes, ...]  # largest subtree first
    unrehearsed: bool  # an event without the mark `rehearsal` is in it


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHistory:
    """All that is verified, read once and in one snapshot.

    `events` in order of seq; `nodes` in the order in which they closed, which is by
    (index + 1)·2^level and then by level; the others in any order.
    """

    events: Iterable[StoredEvent]
    nodes: Iterable[StoredNode]
    head: StoredHead | None
    rows: Iterable[StoredRow] = ()
    texts: Iterable[StoredText] = ()
    blobs: Iterable[StoredBlob] = ()
