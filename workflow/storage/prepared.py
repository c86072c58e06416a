"""Statements that an act always needs: compiled once, then run by the driver itself.

Of the 30 µs that SQLAlchemy takes for a small statement, the database takes 5; the rest
goes to finding the compiled form, and to the objects around a result. An act runs nine.
A prepared statement is a Core statement all the same: its types convert what goes in
and what comes out, and its errors are those of SQLAlchemy. For a list of values
(`IN`), whose SQL differs with its length, take the usual road.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError

Convert = Callable[[Any], Any]  # what the type of a value does to it
Statement = sa.Select[Any] | sa.Insert | sa.Update


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A statement as one kind of database reads it."""

    sql: str
    order: Sequence[str] | None  # of its values; None: they go by name
    fixed: Mapping[str, Any]  # values that the statement itself holds
    going_in: Sequence[tuple[str, Convert]]  # by name
    coming_out: Sequence[tuple[int, Convert]]  # by place in the row


class Prepared:
    """A statement without lists of values; for an INSERT or UPDATE, of the columns it is handed."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._types = {str(one.key): one.type for one in statement.exported_columns}
        self._forms: dict[tuple[str, ...], _Form] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What a SELECT finds, by the names of its columns. Raises DBAPIError."""
        found = self.columns(connection, values)
        return [dict(zip(self._types, row, strict=True)) for row in found]

    def columns(self, connection: Connection, values: Mapping[str, Any]) -> list[list[Any]]:
        """What a SELECT finds, each row in the order of its columns. Raises DBAPIError."""
        form = self._form(connection.dialect, ())
        found = [list(row) for row in _run(connection, form, values)]
        for at, convert in form.coming_out:
            for row in found:
                row[at] = convert(row[at])
        return found

    def change(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """How many rows an INSERT or UPDATE wrote. Raises DBAPIError."""
        form = self._form(connection.dialect, tuple(values))
        count: int = _run(connection, form, values).rowcount
        return count

    def _form(self, dialect: Dialect, columns: tuple[str, ...]) -> _Form:
        """The form for a database and these columns, made at its first use."""
        key = (dialect.name, *columns)
        if key not in self._forms:
            self._forms[key] = self._compiled(dialect, columns)
        return self._forms[key]

    def _compiled(self, dialect: Dialect, columns: tuple[str, ...]) -> _Form:
        """What SQLAlchemy would do each time."""
        compiled: Any = self._statement.compile(dialect=dialect, column_keys=columns or None)
        given = {name: one.type.dialect_impl(dialect) for name, one in compiled.binds.items()}
        found = [kind.dialect_impl(dialect) for kind in self._types.values()]
        going_in = {name: kind.bind_processor(dialect) for name, kind in given.items()}
        coming_out = [kind.result_processor(dialect, None) for kind in found]
        return _Form(
            sql=str(compiled),
            order=compiled.positiontup,
            fixed={name: value for name, value in compiled.params.items() if value is not None},
            going_in=[(name, convert) for name, convert in going_in.items() if convert],
            coming_out=[(at, convert) for at, convert in enumerate(coming_out) if convert],
        )


def _run(connection: Connection, form: _Form, values: Mapping[str, Any]) -> Any:
    """The cursor of the driver, its statement run inside the transaction of the connection."""
    if not connection.in_transaction():
        connection.begin()
    given = {**form.fixed, **values}
    for name, convert in form.going_in:
        given[name] = convert(given[name])
    return run(
        connection, form.sql, given if form.order is None else [given[n] for n in form.order]
    )


def run(connection: Connection, sql: str, values: Any = ()) -> Any:
    """The cursor of the driver after a statement as it is written. Raises DBAPIError."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, values)
    except connection.dialect.loaded_dbapi.Error as error:
        _raise(connection, sql, error)
    return cursor


def _raise(connection: Connection, sql: str, error: Any) -> NoReturn:
    """The error as SQLAlchemy raises it; a connection that is gone is thrown away."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if lost:
        connection.invalidate(error)
    base = dialect.loaded_dbapi.Error
    raise DBAPIError.instance(
        sql, None, error, base, connection_invalidated=lost, dialect=dialect
    ) from error
