"""Which schema a database has, read without loading the migrations."""

import re
import sqlite3
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from workflow.domain.errors import Surroundings

MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = sa.table("alembic_version", sa.column("version_num"))
_NUMBER = re.compile(r"(\d{4})_\w+\.py")


class SchemaState(StrEnum):
    """How a database stands to this program."""

    MISSING = "missing"  # no file, or nothing in it
    CURRENT = "current"
    OLDER = "older"  # `upgrade` brings it up to date
    NEWER = "newer"  # of a later program
    STRANGE = "strange"  # tables, but not ours


def newest(scripts: Path = MIGRATIONS) -> str:
    """The number of the last migration: the schema that this program works with."""
    numbers = (_NUMBER.fullmatch(file.name) for file in (scripts / "versions").iterdir())
    return max(match[1] for match in numbers if match)


def version_of(connection: Connection) -> str | None:
    """The number of the schema in this database; None when it has none."""
    if not sa.inspect(connection).has_table(_VERSION.name):
        return None
    return connection.execute(sa.select(_VERSION.c.version_num)).scalar()


def schema_state(engine: Engine) -> SchemaState:
    """How the database stands to this program; creates nothing, not even a file.

    Raises Surroundings when it cannot be reached.
    """
    if not _exists(engine):
        return SchemaState.MISSING
    try:
        with engine.connect() as connection:
            found = version_of(connection)
            if found is None:
                strange = bool(sa.inspect(connection).get_table_names())
                return SchemaState.STRANGE if strange else SchemaState.MISSING
    except (DBAPIError, sqlite3.Error) as error:
        raise _unreachable(engine, error) from None
    if found == newest():
        return SchemaState.CURRENT
    return SchemaState.OLDER if found < newest() else SchemaState.NEWER


def require_current(engine: Engine) -> None:
    """Go on only with a database that this program can read and write.

    Raises Surroundings, with what to do, for every other state.
    """
    state = schema_state(engine)
    if state is not SchemaState.CURRENT:
        raise Surroundings(_ADVICE[state].format(name=name_of(engine)))


def require_ours(engine: Engine) -> SchemaState:
    """The state of a database that may be created or upgraded.

    Raises Surroundings for one that is of a later program, or of another.
    """
    state = schema_state(engine)
    if state in (SchemaState.NEWER, SchemaState.STRANGE):
        raise Surroundings(_ADVICE[state].format(name=name_of(engine)))
    return state


def name_of(engine: Engine) -> str:
    """The database as people know it: its file, or its name on its server; never a password."""
    return engine.url.database or "postgresql"


def _unreachable(engine: Engine, error: DBAPIError | sqlite3.Error) -> Surroundings:
    """The error for a database that does not answer or is not a database."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    reason = str(cause).strip().splitlines()
    return Surroundings(
        f"De database ‘{name_of(engine)}’ kan niet worden geopend. "
        f"Controleer het adres en de rechten. De melding was: {reason[0] if reason else 'geen'}."
    )


def _exists(engine: Engine) -> bool:
    """Whether there is something to connect to; only a file can be missing before we try."""
    return engine.dialect.name != "sqlite" or Path(str(engine.url.database)).exists()


_ADVICE = {
    SchemaState.MISSING: (
        "De database ‘{name}’ is er nog niet. "
        "Maak haar met ‘besluitroute import’, ‘new’, ‘serve’ of ‘demo’, of geef een ander adres."
    ),
    SchemaState.OLDER: (
        "De database ‘{name}’ is van een eerdere versie van Besluitroute. "
        "Voer ‘besluitroute upgrade’ uit; er wordt eerst een reservekopie gemaakt."
    ),
    SchemaState.NEWER: (
        "De database ‘{name}’ is van een latere versie van Besluitroute. "
        "Gebruik die versie; teruggaan kan alleen met een reservekopie."
    ),
    SchemaState.STRANGE: (
        "De database ‘{name}’ is niet van Besluitroute: er staan andere tabellen in. "
        "Geef een ander adres."
    ),
}
