"""A backup: the whole register in one file, made while everybody works on.

The file is always an SQLite database of the same schema, also when the register
is on PostgreSQL. So it can be opened, verified and read by an auditor's own
script as it is, and put back on either database; moving from the one to the
other is a backup and a restore.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from workflow.domain.errors import Conflict, Surroundings
from workflow.storage.copying import Progress, copy_rows, no_progress
from workflow.storage.database import WRITES, open_engine
from workflow.storage.migrate import migrate
from workflow.storage.schema import SchemaState, name_of, require_ours, schema_state, version_of

_PAGES = 2000  # of SQLite, between two calls of progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What was kept: the file, how many events are in it, and its size in bytes."""

    file: Path
    events: int
    size: int


def back_up(engine: Engine, file: Path, progress: Progress = no_progress) -> Backup:
    """Write a consistent copy of the register to `file`, readable by its owner only.

    The copy is checked before it gets its name; a half one is never left. The file
    has no WAL beside it: copy it anywhere. Raises Conflict when `file` exists,
    Surroundings when the register or the folder cannot be used or the copy is not sound.
    """
    if file.exists():
        raise Conflict(f"Het bestand ‘{file}’ bestaat al. Kies een andere naam voor de kopie.")
    if require_ours(engine) is SchemaState.MISSING:
        raise Surroundings(f"In ‘{name_of(engine)}’ staat geen register; er is niets te bewaren.")
    with _in_place(file) as part:
        try:
            if engine.dialect.name == "sqlite":
                _copy_pages(engine, part, progress)
            else:
                _copy_register(engine, part, progress)
            _without_wal(part)
            events = _check(part)
        except (DBAPIError, sqlite3.Error, OSError) as error:
            raise Surroundings(f"De reservekopie ‘{file}’ is niet gemaakt: {error}") from error
    return Backup(file=file, events=events, size=file.stat().st_size)


def restore(file: Path, engine: Engine, progress: Progress = no_progress) -> int:
    """Put a backup into an empty database of either kind; the number of events in it.

    The schema becomes that of the backup; an older one is then brought up to date
    by an upgrade. Raises Conflict when the database already holds a register,
    Surroundings when the file is no sound backup or the database cannot be used;
    then no row is in it.
    """
    if not file.is_file():
        raise Surroundings(f"De reservekopie ‘{file}’ bestaat niet.")
    try:
        _check(file)
        with _read_only(file).connect() as source:
            _make_room(engine, version_of(source))
            with engine.connect().execution_options(**{WRITES: True}) as target, target.begin():
                return copy_rows(source, target, progress)["event"]
    except (DBAPIError, sqlite3.Error) as error:
        raise Surroundings(f"‘{file}’ kan niet worden teruggezet: {error}") from error


def _make_room(engine: Engine, version: str | None) -> None:
    """Give an empty database the schema of the backup."""
    if schema_state(engine) is not SchemaState.MISSING:
        with engine.connect() as connection:
            same = version_of(connection) == version
            if not same or connection.execute(sa.text("SELECT count(*) FROM event")).scalar():
                raise Conflict(
                    f"In ‘{name_of(engine)}’ staat al iets. Zet terug in een lege database."
                )
    migrate(engine, to=version)


@contextmanager
def _in_place(file: Path) -> Iterator[Path]:
    """A private file beside `file`, which gets its name when the block ends well."""
    try:
        number, name = tempfile.mkstemp(prefix=".kopie-", suffix=".db", dir=file.parent)
    except OSError as error:
        raise Surroundings(
            f"In de map ‘{file.parent}’ kan niet worden geschreven: {error}"
        ) from None
    os.close(number)
    part = Path(name)
    try:
        yield part
        _to_disk(part)
        part.rename(file)
        _to_disk(file.parent)
    finally:
        part.unlink(missing_ok=True)


def _copy_pages(engine: Engine, part: Path, progress: Progress) -> None:
    """SQLite to SQLite: page by page, from one snapshot, while others write."""
    with engine.connect() as connection, closing(sqlite3.connect(part)) as target:
        connection.execute(sa.text("SELECT 1 FROM alembic_version"))  # the snapshot begins here
        source = cast(sqlite3.Connection, connection.connection.driver_connection)
        source.backup(
            target,
            pages=_PAGES,
            progress=lambda _status, left, pages: progress(pages - left, pages),
        )


def _copy_register(engine: Engine, part: Path, progress: Progress) -> None:
    """PostgreSQL to SQLite: every row, from one snapshot, while others write."""
    snapshot = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    kept = open_engine(f"sqlite:///{part}")
    with snapshot.connect() as source:
        migrate(kept, to=version_of(source))
        with kept.connect().execution_options(**{WRITES: True}) as target, target.begin():
            copy_rows(source, target, progress)
    kept.dispose()


def _without_wal(file: Path) -> None:
    """Make it one file, that can be read from a place where nothing can be written."""
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")


def _check(file: Path) -> int:
    """The number of events in a sound copy; Surroundings when it is not sound, or no copy."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        sound = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not sound or copy.execute("PRAGMA foreign_key_check").fetchall():
            raise Surroundings(f"‘{file}’ is geen gave kopie van een register.")
        return int(copy.execute("SELECT count(*) FROM event").fetchone()[0])


def _read_only(file: Path) -> Engine:
    """An engine that leaves the file exactly as it is."""
    query = {"mode": "ro", "uri": "true"}
    return sa.create_engine(sa.URL.create("sqlite", database=file.absolute().as_uri(), query=query))


def _to_disk(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk now."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
