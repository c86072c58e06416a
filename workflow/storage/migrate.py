"""Bring a database to the newest schema: whole, or not at all."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from workflow.domain.errors import Surroundings
from workflow.storage.database import WRITES
from workflow.storage.schema import MIGRATIONS, name_of, newest, require_ours, version_of
from workflow.storage.triggers import install_triggers

MIGRATION_LOCK = 7_261_944_035  # a number of our own, the same in every process


def migrate(
    engine: Engine,
    *,
    to: str | None = None,
    scripts: Path = MIGRATIONS,
    before_change: Callable[[str], None] | None = None,
) -> tuple[str | None, str]:
    """Take every step up to `to` (default: the newest) in one transaction; the schema was, and is.

    An empty database gets all tables, triggers and the empty history. Of two
    processes one does it and the other finds it done. `before_change` is called
    with the older number when nobody can write any more and nothing has changed
    yet. Steps may not lose rows: the rows of each table are counted before and
    after. Raises Surroundings, with the database as it was.
    """
    require_ours(engine)
    try:
        with _alone(engine) as connection:
            before, goal = version_of(connection), to or newest(scripts)
            if before == goal:
                return before, goal
            if before is not None and before_change is not None:
                before_change(before)
            rows = _count_rows(connection)
            command.upgrade(alembic_config(connection, scripts), goal)
            install_triggers(connection)
            _check(connection, rows)
            return before, goal
    except DBAPIError as error:
        raise _not_migrated(engine, str(error.orig)) from error
    except CommandError as error:
        raise _not_migrated(engine, str(error)) from error


def alembic_config(connection: Connection, scripts: Path = MIGRATIONS) -> Config:
    """Alembic's settings, for work inside the transaction of `connection`."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction beside which nobody writes; on SQLite with foreign keys off.

    There a table is altered by making it again, which the keys would forbid; they
    can only be switched off before the transaction begins.
    """
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            _foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                if not sqlite:
                    _lock_all(connection)
                yield connection
        finally:
            if sqlite:
                _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    """Switch foreign keys past SQLAlchemy, which would begin a transaction first."""
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys={state}")


def _lock_all(connection: Connection) -> None:
    """On PostgreSQL: one migration at a time, and no writer beside it; readers go on."""
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATION_LOCK})
    preparer = connection.dialect.identifier_preparer
    tables = [preparer.quote(name) for name in sa.inspect(connection).get_table_names()]
    if tables:
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")


def _count_rows(connection: Connection) -> dict[str, int]:
    """The number of rows of each table."""
    return {
        name: connection.execute(
            sa.select(sa.func.count()).select_from(sa.table(name))
        ).scalar_one()
        for name in sa.inspect(connection).get_table_names()
        if name != "alembic_version"
    }


def _check(connection: Connection, before: Mapping[str, int]) -> None:
    """Every row is still there, and refers to rows that are."""
    after = _count_rows(connection)
    lost = [name for name, rows in before.items() if name in after and after[name] != rows]
    if connection.dialect.name == "sqlite":
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        lost += sorted({str(row[0]) for row in loose})
    if lost:
        raise _not_migrated(connection.engine, f"rijen zijn verdwenen of los: {', '.join(lost)}")


def _not_migrated(engine: Engine, reason: str) -> Surroundings:
    """The error after which the database is what it was."""
    return Surroundings(
        f"De database ‘{name_of(engine)}’ is niet bijgewerkt; er is niets in veranderd. "
        f"Meld dit aan de beheerder. De reden was: {reason.strip()}"
    )
