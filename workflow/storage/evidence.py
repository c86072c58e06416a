"""The whole history as it lies in the database, in one snapshot, for verification."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from workflow.domain.dossier import ENTITIES, key_of
from workflow.domain.fields import fields_of
from workflow.history.stored import (
    StoredBlob,
    StoredEvent,
    StoredHead,
    StoredHistory,
    StoredNode,
    StoredRow,
    StoredText,
)
from workflow.storage.mapping import TABLES, from_row
from workflow.storage.tables import (
    BlobRow,
    EventRow,
    LogHeadRow,
    TextRow,
    TreeNodeRow,
    table_of,
)

_EVENT, _NODE, _HEAD = table_of(EventRow), table_of(TreeNodeRow), table_of(LogHeadRow)
_TEXT, _BLOB = table_of(TextRow), table_of(BlobRow)
_CHUNK = 2000
_HASH_BYTES = 32


@contextmanager
def stored_history(engine: Engine) -> Iterator[StoredHistory]:
    """All that is verified, streamed from one consistent snapshot."""
    isolation = "REPEATABLE READ" if engine.dialect.name == "postgresql" else None
    options: dict[str, Any] = {"isolation_level": isolation} if isolation else {}
    with engine.connect().execution_options(**options) as connection:
        yield StoredHistory(
            events=_events(connection),
            nodes=_nodes(connection),
            head=_head(connection),
            rows=_rows(connection),
            texts=_texts(connection),
            blobs=_blobs(connection),
        )


def _stream(connection: Connection, query: sa.Select[Any]) -> sa.Result[Any]:
    """The rows of a query, fetched some at a time."""
    return connection.execution_options(yield_per=_CHUNK).execute(query)


def _events(connection: Connection) -> Iterator[StoredEvent]:
    """The events in order."""
    query = sa.select(
        _EVENT.c.seq,
        _EVENT.c.body,
        _EVENT.c.leaf_hash,
        _EVENT.c.stream,
        _EVENT.c.stream_seq,
        _EVENT.c.command_id,
    )
    for row in _stream(connection, query.order_by(_EVENT.c.seq)):
        yield StoredEvent(*row)


def _nodes(connection: Connection) -> Iterator[StoredNode]:
    """The finished subtrees in the order in which they closed."""
    first = sa.literal_column("1", sa.BigInteger)
    closed = (_NODE.c["index"] + first) * sa.literal(1, sa.BigInteger).op("<<")(_NODE.c.level)
    query = sa.select(_NODE.c.level, _NODE.c["index"], _NODE.c.hash).order_by(closed, _NODE.c.level)
    for row in _stream(connection, query):
        yield row.level, row.index, row.hash


def _head(connection: Connection) -> StoredHead | None:
    """What the register says of its own history."""
    row = connection.execute(sa.select(_HEAD)).first()
    if row is None:
        return None
    peaks = bytes(row.peaks)
    parts = tuple(peaks[at : at + _HASH_BYTES] for at in range(0, len(peaks), _HASH_BYTES))
    return StoredHead(size=row.size, peaks=parts, unrehearsed=row.unrehearsed)


def _rows(connection: Connection) -> Iterator[StoredRow]:
    """The state, under the names and in the form of events; a damaged row as plain columns."""
    for name, cls in ENTITIES.items():
        for row in _stream(connection, sa.select(TABLES[cls])).mappings():
            try:
                entity = from_row(cls, row)
                yield StoredRow(name, key_of(entity)[1], fields_of(entity))
            except (ValueError, TypeError, KeyError, AttributeError):
                yield StoredRow(name, str(row.get("id")), {key: str(row[key]) for key in row})


def _texts(connection: Connection) -> Iterator[StoredText]:
    """The words behind commitments."""
    query = sa.select(_TEXT.c.commitment, _TEXT.c.text, _TEXT.c.salt)
    for row in _stream(connection, query):
        yield StoredText(*row)


def _blobs(connection: Connection) -> Iterator[StoredBlob]:
    """The bytes of papers."""
    for row in _stream(connection, sa.select(_BLOB.c.sha256, _BLOB.c.content)):
        yield StoredBlob(*row)
