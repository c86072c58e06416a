"""A row in every table, and all that a database holds, for comparing."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from workflow.storage.copying import plain_tables
from workflow.storage.database import WRITES, open_engine

MOMENT = dt.datetime(2024, 7, 11, 10, 0, 0, 123456, tzinfo=dt.UTC)
DAY = dt.date(2024, 7, 11)
Contents = dict[str, list[dict[str, Any]]]


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """An engine for as long as the block lasts."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write, and is committed."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection


def fill(engine: Engine, numbers: tuple[int, ...] = (1, 2)) -> None:
    """Rows of every kind of value in every table, whatever the schema."""
    with writing(engine) as connection:
        for table in plain_tables(connection):
            if table.name == "log_head":
                connection.execute(sa.update(table).values(size=max(numbers), peaks=b"\x00p"))
                continue
            for number in numbers:
                connection.execute(sa.insert(table).values(row_of(table, number)))


def row_of(table: sa.Table, number: int) -> dict[str, Any]:
    """One row; odd ones leave out what may be null."""
    return {
        column.name: sa.null() if column.nullable and number % 2 else _value(column, number)
        for column in table.columns
    }


def contents(engine: Engine) -> Contents:
    """Every value of every row of every table, in the order of their keys."""
    with engine.connect() as connection:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(
                    sa.select(table).order_by(*table.primary_key.columns)
                ).mappings()
            ]
            for table in plain_tables(connection)
        }


def nulls(engine: Engine) -> dict[str, int]:
    """How often each column is empty: to SQL, for JSON has an empty value of its own."""
    with engine.connect() as connection:
        return {
            f"{table.name}.{column.name}": connection.execute(
                sa.text(f'SELECT count(*) FROM {table.name} WHERE "{column.name}" IS NULL')
            ).scalar_one()
            for table in plain_tables(connection)
            for column in table.columns
            if column.nullable
        }


def _value(column: sa.Column[Any], number: int) -> Any:
    """A value that its column accepts and that another database could spoil."""
    if column.name == "status":
        return "queued"
    if column.name == "voorstel_id" or (column.table.name, column.name) == ("voorstel", "id"):
        return f"v{number}"
    match column.type:
        case sa.Boolean():
            return bool(number % 2)
        case sa.BigInteger() if column.name != "seq":
            return 2**40 + number
        case sa.Integer():
            return number
        case sa.JSON():
            return [{"é": [None, True, 2**40, "regel\n2"], "b": {}, "a": number}]
        case sa.Date():
            return DAY + dt.timedelta(days=number)
        case sa.LargeBinary():
            return bytes(range(256)) + bytes([number])
        case sa.String():
            return f"{column.name} {number}: ‘één’ \U0001f600"
        case _:
            return MOMENT + dt.timedelta(hours=number)
