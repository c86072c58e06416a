"""The history as it lies there, read raw: damage must reach the verification, not stop it."""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast, get_args, get_type_hints

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from workflow.domain.dossier import ENTITIES, Entity
from workflow.domain.errors import Surroundings
from workflow.domain.text import ErasableText
from workflow.history.stored import (
    StoredBlob,
    StoredEvent,
    StoredHead,
    StoredHistory,
    StoredNode,
    StoredRow,
    StoredText,
)
from workflow.storage.mapping import TABLES

_HASH_BYTES = 32
_EVENTS = "SELECT seq, body, leaf_hash, stream, stream_seq, command_id FROM event ORDER BY seq"
# In the order in which they closed; what cannot be a node comes first.
_NODES = """
    SELECT level, "index", hash FROM tree_node
    ORDER BY CASE WHEN level BETWEEN 1 AND 62 AND "index" >= 0
                   AND "index" < (4611686018427387904 >> level)
             THEN ("index" + 1) << level ELSE 0 END, level"""
_HEAD = "SELECT size, peaks, unrehearsed FROM log_head WHERE id = 1"
_TEXTS = "SELECT commitment, text, salt FROM text"
_BLOBS = "SELECT sha256, content FROM blob"
Convert = Callable[[Any], Any]


@contextmanager
def stored_history(engine: Engine) -> Iterator[StoredHistory]:
    """All that a verification reads, in one snapshot, as long as the block lasts.

    Each part can be read once. Values that the program itself could not have
    written come through as they are. Raises Surroundings when the database fails.
    """
    try:
        with _snapshot(engine) as connection:
            yield StoredHistory(
                events=map(StoredEvent._make, _rows(connection, _EVENTS)),
                nodes=cast(Iterator[StoredNode], _rows(connection, _NODES)),
                head=_head(connection),
                rows=_state(connection),
                texts=map(StoredText._make, _rows(connection, _TEXTS)),
                blobs=map(StoredBlob._make, _rows(connection, _BLOBS, 10)),
            )
    except DBAPIError as error:
        raise Surroundings(f"De database kan niet verder worden gelezen: {error.orig}") from error


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment, and any text that SQLite was made to hold."""
    level = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    options = level if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**options) as connection:
        if engine.dialect.name == "postgresql":
            yield connection
            return
        driver = cast(sqlite3.Connection, connection.connection.driver_connection)
        driver.text_factory = _lenient
        try:
            yield connection
        finally:
            driver.text_factory = str


def _lenient(text: bytes) -> str:
    """Text of SQLite, whose bytes may be anything."""
    return text.decode(errors="replace")


def _rows(connection: Connection, query: str, chunk: int = 2000) -> Iterator[Any]:
    """Rows as the driver gives them, fetched when they are needed."""
    options = {"stream_results": True, "yield_per": chunk}
    yield from connection.exec_driver_sql(query, execution_options=options)


def _head(connection: Connection) -> StoredHead | None:
    """What the register says about its history."""
    row = connection.exec_driver_sql(_HEAD).first()
    if row is None:
        return None
    peaks = row.peaks if isinstance(row.peaks, bytes) else b""
    split = (peaks[at : at + _HASH_BYTES] for at in range(0, len(peaks), _HASH_BYTES))
    return StoredHead(size=row.size, peaks=tuple(split), unrehearsed=bool(row.unrehearsed))


def _state(connection: Connection) -> Iterator[StoredRow]:
    """Every row of every entity, under the names and in the form of events."""
    quote = connection.dialect.identifier_preparer.quote
    for entity, cls in ENTITIES.items():
        table = TABLES[cls]
        names = [column.name for column in table.columns]
        keys = [names.index(column.name) for column in table.primary_key.columns]
        converts = [_convert(cls, column) for column in table.columns]
        columns = ", ".join(map(quote, names))
        for row in _rows(connection, f"SELECT {columns} FROM {quote(table.name)}"):  # noqa: S608
            fields = {
                name: convert(value)
                for name, convert, value in zip(names, converts, row, strict=True)
            }
            yield StoredRow(entity, "/".join(str(row[at]) for at in keys), fields)


def _convert(cls: type[Entity], column: sa.Column[Any]) -> Convert:
    """How a column becomes a field of an event."""
    if isinstance(column.type, sa.JSON):
        return _from_json
    if isinstance(column.type, sa.Date):
        return lambda value: value.isoformat() if isinstance(value, dt.date) else value
    if isinstance(column.type, sa.Boolean):
        return lambda value: bool(value) if value in (0, 1) else value
    hint = get_type_hints(cls)[column.name]
    if hint is ErasableText or ErasableText in get_args(hint):
        return lambda value: None if value is None else {"commit": value}
    return lambda value: value


def _from_json(value: Any) -> Any:
    """JSON as SQLite holds it: text; PostgreSQL gives it read already."""
    if isinstance(value, str):
        with suppress(ValueError, RecursionError):
            return json.loads(value)
    return value
