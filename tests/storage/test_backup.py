"""Backups: the whole register, consistent while it runs, and back on either database."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tests.storage.rows import contents, fill, nulls, opened, row_of, writing
from tests.tools.postgres import Postgres
from workflow.domain.errors import Conflict, Surroundings
from workflow.storage.backup import back_up, restore
from workflow.storage.schema import SchemaState, schema_state
from workflow.storage.triggers import missing_triggers


@pytest.fixture
def elsewhere(register: Engine, postgres: Postgres, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of the other kind."""
    if register.dialect.name == "postgresql":
        with opened(f"sqlite:///{tmp_path / 'elders.db'}") as other:
            yield other
        return
    url = postgres.create_database()
    with opened(url) as other:
        yield other
    postgres.drop_database(url)


def test_backup_is_a_register_with_every_row(register: Engine, tmp_path: Path) -> None:
    """From either database the backup is one private SQLite file with all that there is."""
    file = tmp_path / "kopie.db"

    kept = back_up(register, file)

    assert (kept.file, kept.events, kept.size) == (file, 2, file.stat().st_size)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".kopie*"))
    assert not list(tmp_path.glob("kopie.db-*"))
    with opened(f"sqlite:///{file}") as copy:
        assert contents(copy) == contents(register)
        assert nulls(copy) == nulls(register)
        assert schema_state(copy) is SchemaState.CURRENT
        with copy.connect() as connection:
            assert missing_triggers(connection) == []


def test_what_is_written_meanwhile_is_not_half_in_it(register: Engine, tmp_path: Path) -> None:
    """Acts go on during a backup, and the backup holds the register as it was at its start."""
    with writing(register) as connection:
        connection.execute(
            sa.text("INSERT INTO blob (sha256, content) VALUES ('groot', :bytes)"),
            {"bytes": bytes(10_000_000)},
        )
    before = contents(register)
    written: list[int] = []

    def act(_done: int, _all: int) -> None:
        if not written:
            written.append(3)
            fill(register, (3,))

    back_up(register, tmp_path / "kopie.db", act)

    assert written == [3]
    assert len(contents(register)["event"]) == 3
    with opened(f"sqlite:///{tmp_path / 'kopie.db'}") as copy:
        assert contents(copy) == before


def test_progress_ends_with_everything(register: Engine, tmp_path: Path) -> None:
    """Who watches sees it reach the end."""
    told: list[tuple[int, int]] = []

    back_up(register, tmp_path / "kopie.db", lambda done, total: told.append((done, total)))

    assert told[-1][0] == told[-1][1] > 0


def test_existing_file_is_never_overwritten(register: Engine, tmp_path: Path) -> None:
    """An earlier backup, or any other file, stays what it is."""
    file = tmp_path / "kopie.db"
    file.write_text("eerdere kopie")

    with pytest.raises(Conflict, match="bestaat al"):
        back_up(register, file)

    assert file.read_text() == "eerdere kopie"


def test_folder_that_is_not_there_is_told(register: Engine, tmp_path: Path) -> None:
    """A backup to nowhere gives a sentence."""
    with pytest.raises(Surroundings, match="map"):
        back_up(register, tmp_path / "weg" / "kopie.db")


def test_nothing_to_keep_is_told(database_url: str, tmp_path: Path) -> None:
    """Of an empty database no backup is made, and no file."""
    with opened(database_url) as register, pytest.raises(Surroundings, match="geen register"):
        back_up(register, tmp_path / "kopie.db")

    assert not (tmp_path / "kopie.db").exists()


def test_backup_comes_back_on_the_other_database(
    register: Engine, elsewhere: Engine, tmp_path: Path
) -> None:
    """A register moves from SQLite to PostgreSQL, or back, without losing a value."""
    back_up(register, tmp_path / "kopie.db")

    assert restore(tmp_path / "kopie.db", elsewhere) == 2

    assert contents(elsewhere) == contents(register)
    assert nulls(elsewhere) == nulls(register)
    assert schema_state(elsewhere) is SchemaState.CURRENT
    with elsewhere.connect() as connection:
        assert missing_triggers(connection) == []


def test_work_goes_on_after_a_restore(register: Engine, elsewhere: Engine, tmp_path: Path) -> None:
    """Rows that the database numbers itself go on after the highest that came back."""
    back_up(register, tmp_path / "kopie.db")
    restore(tmp_path / "kopie.db", elsewhere)

    with writing(elsewhere) as connection:
        outbox = sa.Table("outbox", sa.MetaData(), autoload_with=connection)
        row = row_of(outbox, 1) | {"key": "nieuw", "payload": {}}
        del row["id"]
        assert connection.execute(sa.insert(outbox).values(row)).inserted_primary_key == (3,)


def test_backup_is_not_changed_by_a_restore(
    register: Engine, elsewhere: Engine, tmp_path: Path
) -> None:
    """The file of a backup is only read: it may lie where nothing can be written."""
    file = tmp_path / "kopie.db"
    back_up(register, file)
    before = file.read_bytes()
    file.chmod(0o400)

    restore(file, elsewhere)

    assert file.read_bytes() == before


def test_register_is_never_overwritten_by_a_backup(register: Engine, tmp_path: Path) -> None:
    """Putting back goes into an empty database only."""
    back_up(register, tmp_path / "kopie.db")
    before = contents(register)

    with pytest.raises(Conflict, match="lege database"):
        restore(tmp_path / "kopie.db", register)

    assert contents(register) == before


@pytest.mark.parametrize("damage", ["missing", "text", "cut", "empty"])
def test_file_that_is_no_sound_backup_is_refused(
    register: Engine, elsewhere: Engine, tmp_path: Path, damage: str
) -> None:
    """A file that is damaged or something else is told apart, and nothing comes in."""
    file = tmp_path / "kopie.db"
    back_up(register, file)
    whole = file.read_bytes()
    file.unlink()
    if damage != "missing":
        file.write_bytes(
            {"text": b"x" * 5000, "cut": whole[: len(whole) // 2], "empty": b""}[damage]
        )

    with pytest.raises(Surroundings, match="kopie"):
        restore(file, elsewhere)

    assert schema_state(elsewhere) is SchemaState.MISSING
