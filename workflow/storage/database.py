"""The connection to the database: SQLite by default, PostgreSQL where that is outgrown."""

import sqlite3
from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event as sa_event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, SQLAlchemyError

from workflow.domain.errors import Surroundings
from workflow.storage.prepared import run

Database = Engine  # for the parts that hand it on and need not know the library
WRITES = "besluitroute_writes"  # execution option: this transaction will write
_SINCE, _FRESH = "besluitroute_since", 1.0  # of a connection in the pool: put away at; seconds

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a decision register may not lose its last commits
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=30000",
    "PRAGMA secure_delete=ON",  # erased words are gone from the file as well
)


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…`; nothing is created or read yet.

    Raises Surroundings for another kind of address, or one that cannot be read.
    """
    try:
        parsed = sa.make_url(url)
        backend = parsed.get_backend_name()
        if backend == "postgresql":
            return _postgresql(parsed)
        if backend == "sqlite" and parsed.database not in (None, "", ":memory:"):
            return _sqlite(parsed)
    except ArgumentError:
        pass  # what the library says is English; the sentence below says how it should be
    except ImportError as error:
        raise Surroundings(f"De database kan niet worden geopend: {error}.") from None
    raise Surroundings(
        "Het adres van de database is niet bekend. "
        "Gebruik sqlite:///bestand.db of postgresql://server/naam."
    )


def failure_text(error: Exception) -> str | None:
    """What went wrong in the database, as a Dutch sentence; None: the error is of another kind."""
    if isinstance(error, DBAPIError):
        return f"De database doet niet wat zij moet: {error.orig}."
    if isinstance(error, SQLAlchemyError):
        return f"De database geeft een fout: {error}."
    return None


def _postgresql(url: sa.URL) -> Engine:
    """An engine on a server; a connection that was not used for a while is tried first."""
    engine = sa.create_engine(url.set(drivername="postgresql+psycopg"))

    @sa_event.listens_for(engine, "checkin")
    def _put_away(_connection: Any, record: Any) -> None:
        record.info[_SINCE] = monotonic()

    @sa_event.listens_for(engine, "checkout")
    def _try_first(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get(_SINCE, monotonic()) < _FRESH:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError("the server ended this connection") from error

    return engine


def _sqlite(url: sa.URL) -> Engine:
    """An engine on one file; writers take the lock at once."""
    engine = sa.create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @sa_event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # transactions are ours
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    @sa_event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        run(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def sqlite_file(url: str) -> str | None:
    """The file of an SQLite address; None for another database."""
    parsed = sa.make_url(url)
    return parsed.database if parsed.get_backend_name() == "sqlite" else None
