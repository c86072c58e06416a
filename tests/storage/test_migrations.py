"""Migrations: whole or not at all, from every older schema, on both databases."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from tests.storage.rows import contents, fill, opened, writing
from tests.tools.postgres import Postgres
from workflow.domain.errors import Surroundings
from workflow.storage.migrate import MIGRATION_LOCK, migrate
from workflow.storage.migrations.__main__ import main as write_next
from workflow.storage.schema import MIGRATIONS, SchemaState, newest, schema_state, version_of
from workflow.storage.tables import metadata
from workflow.storage.triggers import missing_triggers

REVISIONS = sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
NEXT = f"{int(newest()) + 1:04}"
STEP = f'''"""A step of a test."""

import os

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{NEXT}", "{newest()}", None, None


def upgrade() -> None:
    {{work}}
'''
REBUILD = """
    for name in ("voorstel", "event"):
        with op.batch_alter_table(name, recreate="always" if op.get_bind().dialect.name == "sqlite"
                                  else "never") as table:
            table.add_column(sa.Column("extra", sa.String(), nullable=True))
"""
MIGRATE = "import sys; from workflow.storage.database import open_engine; \
from workflow.storage.migrate import migrate; from pathlib import Path; \
migrate(open_engine(sys.argv[1]), scripts=Path(sys.argv[2]))"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on an empty database."""
    with opened(database_url) as engine:
        yield engine


def with_step(folder: Path, work: str) -> Path:
    """All our migrations, and one more that does `work`."""
    scripts = folder / "scripts"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / f"{NEXT}_test.py").write_text(STEP.format(work=work))
    return scripts


def described(engine: Engine) -> dict[str, Any]:
    """Every table with its columns, keys, checks and indexes, as the database knows them."""
    inspector = sa.inspect(engine)
    found: dict[str, Any] = {}
    for name in inspector.get_table_names():
        columns = [
            (column["name"], str(column["type"]), column["nullable"], column["default"])
            for column in inspector.get_columns(name)
        ]
        parts: list[list[Any]] = [
            inspector.get_foreign_keys(name),
            inspector.get_unique_constraints(name),
            inspector.get_check_constraints(name),
            inspector.get_indexes(name),
        ]
        options = inspector.get_table_options(name)
        ordered = [sorted(map(str, part)) for part in parts]
        found[name] = [columns, inspector.get_pk_constraint(name), *ordered, options]
    found.pop("alembic_version", None)
    return found


def test_fresh_register_has_everything(engine: Engine) -> None:
    """An empty database gets its tables, its triggers and the beginning of the history."""
    assert migrate(engine) == (None, newest())

    with engine.connect() as connection:
        assert version_of(connection) == newest()
        assert missing_triggers(connection) == []
        head = connection.execute(sa.text("SELECT size, peaks, unrehearsed FROM log_head")).all()
        assert [(size, bytes(peaks), bool(mark)) for size, peaks, mark in head] == [(0, b"", False)]


def test_migrating_again_changes_nothing(register: Engine) -> None:
    """A register that is up to date is left as it is."""
    before = contents(register)

    assert migrate(register) == (newest(), newest())
    assert contents(register) == before


def test_models_and_migrations_agree(engine: Engine) -> None:
    """The tables that the migrations make are those that the code believes in."""
    migrate(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    migrated = described(engine)
    with writing(engine) as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)

    assert migrated == described(engine)


def test_there_is_one_head() -> None:
    """Every schema is on the way to one newest schema."""
    scripts = ScriptDirectory(MIGRATIONS)

    assert scripts.get_heads() == [newest()]
    assert [step.revision for step in scripts.walk_revisions()] == REVISIONS[::-1]


@pytest.mark.parametrize("older", REVISIONS)
def test_every_older_schema_comes_up_with_its_rows(engine: Engine, older: str) -> None:
    """From each schema that was ever published, all rows arrive in the newest."""
    migrate(engine, to=older)
    fill(engine)
    before = contents(engine)

    assert migrate(engine) == (older, newest())

    after = contents(engine)
    assert schema_state(engine) is SchemaState.CURRENT
    for table, rows in before.items():
        assert len(after.get(table, rows)) == len(rows)
    assert after["event"] == before["event"]
    assert after["tree_node"] == before["tree_node"]


def test_table_that_is_made_again_keeps_rows_references_and_triggers(
    register: Engine, tmp_path: Path
) -> None:
    """On SQLite altering a table drops it; nothing that hangs on it is lost by that."""
    before = contents(register)

    migrate(register, scripts=with_step(tmp_path, REBUILD))

    after = contents(register)
    assert after["behandeling"] == before["behandeling"]
    assert [row | {"extra": None} for row in before["event"]] == after["event"]
    with writing(register) as connection:
        assert missing_triggers(connection) == []
        broken = "UPDATE behandeling SET voorstel_id = 'niemand'"
        with pytest.raises(sa.exc.IntegrityError):
            connection.exec_driver_sql(broken)


@pytest.mark.parametrize(
    ("work", "words"),
    [
        ('op.add_column("voorstel", sa.Column("x", sa.Integer())); op.execute("ONZIN")', "reden"),
        ('op.execute("DELETE FROM raadsinformatie")', "raadsinformatie"),
        ("op.execute(\"DELETE FROM behandeling WHERE id LIKE '%1%'\")", "behandeling"),
    ],
)
def test_step_that_fails_or_loses_rows_changes_nothing(
    register: Engine, tmp_path: Path, work: str, words: str
) -> None:
    """A faulty step is refused as a whole, with its reason."""
    before = contents(register), described(register)

    with pytest.raises(Surroundings, match=words):
        migrate(register, scripts=with_step(tmp_path, work))

    assert (contents(register), described(register)) == before
    assert schema_state(register) is SchemaState.CURRENT


def test_step_that_breaks_a_reference_is_refused(tmp_path: Path) -> None:
    """On SQLite references are off during a migration; a broken one is found before the commit."""
    with opened(f"sqlite:///{tmp_path / 'a.db'}") as engine:
        migrate(engine)
        fill(engine)
        scripts = with_step(tmp_path, "op.execute(\"UPDATE paper SET voorstel_id = 'weg'\")")

        with pytest.raises(Surroundings, match="paper"):
            migrate(engine, scripts=scripts)


def test_migration_that_is_killed_leaves_nothing_half_made(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    """A kill in the middle leaves the database as it was; the next start does it all."""
    scripts = with_step(tmp_path, REBUILD + "    os.kill(os.getpid(), 9)")

    killed = subprocess.run([sys.executable, "-c", MIGRATE, database_url, scripts], check=False)

    assert killed.returncode == -9
    assert schema_state(engine) is SchemaState.MISSING
    assert migrate(engine) == (None, newest())


def test_processes_that_start_at_once_make_one_register(engine: Engine, database_url: str) -> None:
    """Of three processes on an empty database one makes the tables, the others find them."""
    command = [sys.executable, "-c", MIGRATE, database_url, str(MIGRATIONS)]
    running = [subprocess.Popen(command) for _ in range(3)]

    assert [process.wait() for process in running] == [0, 0, 0]
    assert schema_state(engine) is SchemaState.CURRENT
    assert len(contents(engine)["log_head"]) == 1


def test_nobody_writes_beside_a_migration(register: Engine, tmp_path: Path) -> None:
    """From the moment of the backup until the last step is done, every writer waits."""
    asked: list[str] = []

    def write(version: str) -> None:
        impatient = "SET lock_timeout = 50"
        if register.dialect.name == "sqlite":
            impatient = "PRAGMA busy_timeout = 50"
        with register.connect() as connection:
            connection.connection.cursor().execute(impatient)
            connection.connection.commit()
        with pytest.raises(sa.exc.OperationalError), writing(register) as connection:
            connection.exec_driver_sql("UPDATE log_head SET size = 9")
        asked.append(version)

    migrate(register, scripts=with_step(tmp_path, REBUILD), before_change=write)

    assert asked == [newest()]
    assert contents(register)["log_head"][0]["size"] == 2


def test_second_migration_waits_for_the_first(postgres: Postgres) -> None:
    """On PostgreSQL even an empty database is migrated by one process at a time."""
    url = postgres.create_database()
    with opened(url) as first, opened(f"{url}&options=-c%20lock_timeout%3D50") as second:
        with first.connect() as busy:
            busy.execute(sa.text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
            with pytest.raises(Surroundings, match="niet bijgewerkt"):
                migrate(second)
        migrate(second)


def test_next_step_is_written_with_its_number(tmp_path: Path) -> None:
    """A developer gets the next step by its number, with what differs between tables and steps."""
    scripts = tmp_path / "scripts"
    shutil.copytree(MIGRATIONS, scripts)

    step = write_next("Give a voorstel a theme", scripts)

    assert step.name == f"{NEXT}_give_a_voorstel_a_theme.py"
    assert f'revision = "{NEXT}"' in step.read_text().replace("'", '"')
    assert "sqlmodel" not in step.read_text()
