"""Copy all rows from one database to another of the same schema, whatever their kinds."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel.sql.sqltypes import UTCDateTime

_BATCH = 1000  # rows at a time
Progress = Callable[[int, int], None]  # done so far, and in all


def no_progress(_done: int, _all: int) -> None:
    """For who does not watch."""


def copy_rows(
    source: Connection, target: Connection, progress: Progress = no_progress
) -> Mapping[str, int]:
    """Copy every row of every table; how many there were, per table.

    Both have the same schema, of any version; the tables of `target` hold no
    more than a fresh database does. Values are the same on both sides: days,
    moments in UTC, JSON, bytes. What is read is one snapshot if the transaction
    of `source` is.
    """
    tables = plain_tables(target)
    total = sum(_count(source, table) for table in tables)
    copied: dict[str, int] = {}
    done = 0
    for table in tables:
        if _count(target, table):
            target.execute(sa.delete(table))
        rows = 0
        query = sa.select(table).order_by(*table.primary_key.columns)
        stream = source.execution_options(stream_results=True, yield_per=_BATCH)
        for batch in stream.execute(query).mappings().partitions():
            target.execute(sa.insert(table), [dict(row) for row in batch])
            rows += len(batch)
            progress(done + rows, total)
        copied[table.name] = rows
        done += rows
    _restart_counters(target, tables)
    return copied


def plain_tables(connection: Connection) -> list[sa.Table]:
    """The tables as they are in this database, those that others refer to first."""
    found = sa.MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        for column in table.columns:
            column.type = _plain(column.type)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _plain(kind: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    """A type that reads and writes the same values on both databases."""
    plain = kind.as_generic()
    if isinstance(plain, sa.DateTime):
        return UTCDateTime()
    if isinstance(plain, sa.JSON):
        return sa.JSON(none_as_null=True)
    return plain


def _count(connection: Connection, table: sa.Table) -> int:
    """The number of rows."""
    return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def _restart_counters(connection: Connection, tables: list[sa.Table]) -> None:
    """On PostgreSQL a counter goes on after the highest number that was copied."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key.columns:
            if column.server_default is not None:
                highest = sa.select(sa.func.max(column)).scalar_subquery()
                counter = sa.func.pg_get_serial_sequence(table.name, column.name)
                known = sa.select(sa.func.count()).select_from(table).scalar_subquery() > 0
                query = sa.select(sa.func.setval(counter, sa.func.coalesce(highest, 1), known))
                connection.execute(query)
