"""Bring a register up to date, after a backup beside it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine

from workflow.storage.backup import back_up
from workflow.storage.migrate import migrate
from workflow.storage.schema import MIGRATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgraded:
    """What an upgrade did. `before` None: the database was empty; `backup` None: none was due."""

    before: str | None
    after: str
    backup: Path | None


def upgrade(engine: Engine, folder: Path | None = None, *, scripts: Path = MIGRATIONS) -> Upgraded:
    """Take every step to the newest schema; an older register is backed up first.

    The backup is made when nobody can write any more, in `folder`: by default
    beside the SQLite file, or for PostgreSQL in the working directory. Raises
    Surroundings when the backup or a step fails; then the register is what it was.
    """
    made: list[Path] = []

    def keep(version: str) -> None:
        made.append(_free_name(engine, folder, version))
        back_up(engine, made[0])

    before, after = migrate(engine, scripts=scripts, before_change=keep)
    return Upgraded(before=before, after=after, backup=made[0] if made else None)


def _free_name(engine: Engine, folder: Path | None, version: str) -> Path:
    """A name that says what is in it, and that no file has yet."""
    name = Path(engine.url.database or "besluitroute")
    beside = name.parent if engine.dialect.name == "sqlite" else Path()
    number, tail = 1, ""
    while (file := (folder or beside) / f"{name.stem}.schema-{version}{tail}.db").exists():
        number += 1
        tail = f"-{number}"
    return file
