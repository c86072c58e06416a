"""The growing history: an event gets its number, its link and its place in the tree."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workflow.domain.errors import Conflict, Surroundings
from workflow.domain.events import EventDraft
from workflow.history.event import Event, body_of, hash_text
from workflow.history.tree import Frontier, append, leaf_hash
from workflow.storage.prepared import Prepared
from workflow.storage.tables import EventRow, LogHeadRow, TreeNodeRow, table_of

_EVENT, _NODE, _HEAD = table_of(EventRow), table_of(TreeNodeRow), table_of(LogHeadRow)
_HASH_BYTES = 32

_LAST_SEQ = (
    sa.select(sa.func.max(_EVENT.c.stream_seq))
    .where(_EVENT.c.stream == sa.bindparam("stream"))
    .scalar_subquery()
)
_READ_HEAD = Prepared(
    sa.select(_HEAD.c.size, _HEAD.c.peaks, _HEAD.c.unrehearsed)
    .add_columns(_EVENT.c.stream_seq, _EVENT.c.leaf_hash)
    .select_from(_HEAD)
    .join(
        _EVENT,
        (_EVENT.c.stream == sa.bindparam("stream")) & (_EVENT.c.stream_seq == _LAST_SEQ),
        isouter=True,
    )
    .where(_HEAD.c.id == 1)
    .with_for_update(of=_HEAD)
)
_LOCK_HEAD = sa.select(_HEAD.c.id).where(_HEAD.c.id == 1).with_for_update()
_INSERT_EVENT, _INSERT_NODE = Prepared(sa.insert(_EVENT)), Prepared(sa.insert(_NODE))
_UPDATE_HEAD = Prepared(sa.update(_HEAD).where(_HEAD.c.id == 1))

FIXED_DAY_REFUSED = (
    "Dit register heeft een echte geschiedenis. Een vaste dag (--today) mag alleen "
    "in een register om mee te oefenen. Laat --today weg, of gebruik een andere database."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """The end of the log, and the last event of one stream: None when it has none."""

    size: int
    peaks: bytes
    unrehearsed: bool
    stream_seq: int | None
    leaf_hash: bytes | None


def append_event(connection: Connection, draft: EventDraft) -> int:
    """Write the event as the last work of the transaction; its seq.

    Locks the head of the log, so that numbers have no gaps and no forks. Whoever
    holds no row of what the event is about calls `wait_for_writers` first: else the
    last event of its stream may be read from before the wait, and the database refuses
    the number as a double one. Raises Conflict when a fixed day meets a register with
    a real history.
    """
    found = _READ_HEAD.rows(connection, {"stream": draft.stream})
    if not found:
        raise Surroundings("De database is niet compleet: het begin van de geschiedenis ontbreekt.")
    head = _Head(**found[0])
    if draft.rehearsal and head.unrehearsed:
        raise Conflict(FIXED_DAY_REFUSED)
    seq, stream_seq = head.size + 1, (head.stream_seq or 0) + 1
    body = body_of(_event(draft, seq, stream_seq, head.leaf_hash))
    leaf = leaf_hash(body)
    frontier, closed = append(Frontier(head.size, _split(head.peaks)), leaf)
    _INSERT_EVENT.change(
        connection,
        {
            "seq": seq,
            "stream": draft.stream,
            "stream_seq": stream_seq,
            "command_id": draft.command_id,
            "leaf_hash": leaf,
            "body": body,
        },
    )
    for node in closed:
        place = {"level": node.level, "index": node.index, "hash": node.hash}
        _INSERT_NODE.change(connection, place)
    _UPDATE_HEAD.change(
        connection,
        {
            "size": seq,
            "peaks": b"".join(frontier.peaks),
            "unrehearsed": head.unrehearsed or not draft.rehearsal,
        },
    )
    return seq


def wait_for_writers(connection: Connection) -> None:
    """Be the only writer of the log from here on; on SQLite a transaction that writes is so."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK_HEAD)


def _split(peaks: bytes) -> tuple[bytes, ...]:
    """The peaks one by one."""
    return tuple(peaks[at : at + _HASH_BYTES] for at in range(0, len(peaks), _HASH_BYTES))


def _event(draft: EventDraft, seq: int, stream_seq: int, prev: bytes | None) -> Event:
    """The event with its place."""
    return Event(
        seq=seq,
        stream=draft.stream,
        stream_seq=stream_seq,
        prev=hash_text(prev) if prev else None,
        type=draft.type,
        at=draft.at,
        recorded_at=draft.recorded_at,
        rehearsal=draft.rehearsal,
        happened_on=draft.happened_on,
        basis=draft.basis,
        actor=draft.actor.commitment,
        actor_unverified=draft.actor_unverified,
        on_behalf_of=draft.on_behalf_of.commitment if draft.on_behalf_of else None,
        from_state=draft.from_state,
        to_state=draft.to_state,
        remark=draft.remark.commitment if draft.remark else None,
        command_id=draft.command_id,
        definition=draft.definition,
        corrects=draft.corrects,
        inputs=draft.inputs,
        changes=tuple(change.as_fields() for change in draft.changes),
    )
