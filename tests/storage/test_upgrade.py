"""Upgrading: first a backup beside the register, then the newest schema."""

from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.storage.rows import contents, opened
from tests.storage.test_migrations import NEXT, REBUILD, with_step
from workflow.domain.errors import Surroundings
from workflow.storage.migrate import migrate
from workflow.storage.schema import SchemaState, newest, schema_state
from workflow.storage.upgrade import upgrade


def test_older_register_is_kept_before_it_is_changed(register: Engine, tmp_path: Path) -> None:
    """The backup holds every row under the older schema; the register has the newer one."""
    before = contents(register)
    folder = tmp_path / "kopieën"
    folder.mkdir()

    done = upgrade(register, folder, scripts=with_step(tmp_path, REBUILD))

    assert (done.before, done.after) == (newest(), NEXT)
    assert done.backup is not None
    assert done.backup.parent == folder
    assert f"schema-{newest()}" in done.backup.name
    with opened(f"sqlite:///{done.backup}") as copy:
        assert contents(copy) == before
        assert schema_state(copy) is SchemaState.CURRENT
    assert all("extra" in row for row in contents(register)["event"])


def test_backup_lands_beside_the_register(tmp_path: Path) -> None:
    """By default the backup stands beside the file, under a name that was free."""
    with opened(f"sqlite:///{tmp_path / 'register.db'}") as engine:
        migrate(engine)
        taken = tmp_path / f"register.schema-{newest()}.db"
        taken.write_text("van vorig jaar")

        done = upgrade(engine, scripts=with_step(tmp_path, REBUILD))

    assert done.backup == tmp_path / f"register.schema-{newest()}-2.db"
    assert taken.read_text() == "van vorig jaar"


def test_without_a_backup_nothing_is_changed(register: Engine, tmp_path: Path) -> None:
    """When the backup cannot be made the register keeps its schema and its rows."""
    before = contents(register)

    with pytest.raises(Surroundings, match="map"):
        upgrade(register, tmp_path / "weg", scripts=with_step(tmp_path, REBUILD))

    assert contents(register) == before
    assert schema_state(register) is SchemaState.CURRENT


def test_nothing_to_do_makes_no_backup(register: Engine, tmp_path: Path) -> None:
    """A register that is up to date is not copied."""
    done = upgrade(register, tmp_path)

    assert (done.before, done.after, done.backup) == (newest(), newest(), None)


def test_empty_database_is_filled_without_a_backup(database_url: str, tmp_path: Path) -> None:
    """Where there was nothing, nothing is kept."""
    with opened(database_url) as engine:
        done = upgrade(engine, tmp_path)

    assert (done.before, done.after, done.backup) == (None, newest(), None)
