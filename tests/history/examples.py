"""Small histories that hold, for tests to damage."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workflow.history.commitment import commit
from workflow.history.event import Event, body_of, hash_text, parse
from workflow.history.replay import Replay
from workflow.history.stored import (
    StoredBlob,
    StoredEvent,
    StoredHead,
    StoredHistory,
    StoredNode,
    StoredRow,
    StoredText,
)
from workflow.history.tree import Frontier, append, leaf_hash

NOON = dt.datetime(2024, 6, 10, 12, 0, tzinfo=dt.UTC)
SALT = bytes(range(32))
CLERK = commit("Ans Voorbeeld", SALT)


def an_event(seq: int = 1, **values: Any) -> Event:
    """The first event of a voorstel, or what `values` make of it."""
    event = Event(
        seq=seq,
        stream="voorstel/v1",
        stream_seq=1,
        prev=None,
        type="dien_in",
        at=NOON,
        recorded_at=NOON,
        actor=CLERK,
        inputs={},
    )
    return replace(event, **values)


@dataclass
class Written:
    """A history as storage would hold it, in plain lists that a test may damage."""

    events: list[StoredEvent] = field(default_factory=list)
    nodes: list[StoredNode] = field(default_factory=list)
    frontier: Frontier = field(default_factory=Frontier)
    rows: list[StoredRow] = field(default_factory=list)
    texts: list[StoredText] = field(default_factory=list)
    blobs: list[StoredBlob] = field(default_factory=list)
    unrehearsed: bool = True
    head: StoredHead | None = None  # None: the one that fits

    def write(self, stream: str, changes: Sequence[dict[str, Any]], **values: Any) -> None:
        """Append one act, as the unit of work does."""
        earlier = [event for event in self.events if event.stream == stream]
        event = an_event(
            seq=len(self.events) + 1,
            stream=stream,
            stream_seq=len(earlier) + 1,
            prev=hash_text(earlier[-1].leaf_hash) if earlier else None,
            changes=tuple(changes),
            **values,
        )
        body = body_of(event)
        leaf = leaf_hash(body)
        self.frontier, closed = append(self.frontier, leaf)
        self.nodes.extend((node.level, node.index, node.hash) for node in closed)
        stored = StoredEvent(event.seq, body, leaf, stream, event.stream_seq, event.command_id)
        self.events.append(stored)

    def settle(self) -> None:
        """Fill in the state that follows from the events."""
        replay = Replay()
        for event in self.events:
            replay.fold(event.seq, _changes(event))
        self.rows = [StoredRow(*key, dict(row)) for key, row in replay.rows.items()]

    def stored(self) -> StoredHistory:
        """What a verification gets."""
        head = self.head or StoredHead(
            size=self.frontier.size, peaks=self.frontier.peaks, unrehearsed=self.unrehearsed
        )
        return StoredHistory(
            events=iter(self.events),
            nodes=iter(self.nodes),
            head=head,
            rows=iter(self.rows),
            texts=iter(self.texts),
            blobs=iter(self.blobs),
        )


def _changes(event: StoredEvent) -> Iterable[Any]:
    """The changes in a body."""
    return parse(event.body).changes


def a_history(acts: int = 21, dossiers: int = 3) -> Written:
    """`acts` events over `dossiers` voorstellen in turn: each made once, then moved on."""
    written = Written()
    for number in range(acts):
        dossier, version = number % dossiers + 1, number // dossiers + 1
        kenmerk, row_id = f"2400{dossier:04}", f"v{dossier}"
        if version == 1:
            new = {"id": row_id, "kenmerk": kenmerk, "state": "concept", "version": 1}
            change = {"entity": "voorstel", "id": row_id, "was": None, "set": new}
        else:
            change = {
                "entity": "voorstel",
                "id": row_id,
                "was": {"version": version - 1},
                "set": {"version": version},
            }
        written.write(f"voorstel/{row_id}", [change], command_id=f"c{number}")
    written.settle()
    return written
