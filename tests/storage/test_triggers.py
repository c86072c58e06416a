"""The history is append-only: every way around it that we know is refused on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from tests.conftest import DATABASES
from tests.storage.templates import Templates
from workflow.storage.database import WRITES
from workflow.storage.migrate import migrate
from workflow.storage.triggers import install_triggers, missing_triggers

EVENT = (
    "INSERT INTO event (seq, stream, stream_seq, command_id, leaf_hash, body) "
    "VALUES ({seq}, '{stream}', {number}, {command}, 'x', 'y')"
)
NODE = "INSERT INTO tree_node (level, \"index\", hash) VALUES (1, {index}, 'x')"
FIRST = EVENT.format(seq=1, stream="voorstel/v1", number=1, command="'c1'")
CHANGES = [
    "UPDATE event SET body = 'z'",
    "UPDATE event SET body = body WHERE seq = 1",
    "DELETE FROM event",
    "DELETE FROM event WHERE seq = 1",
    "UPDATE tree_node SET hash = 'z'",
    "DELETE FROM tree_node",
]
ON_SQLITE = [
    FIRST.replace("INSERT", "INSERT OR REPLACE").replace("'y'", "'z'"),
    FIRST.replace("INSERT", "REPLACE", 1).replace("'y'", "'z'"),
    # another number, but the place in the dossier or the command of the first event
    EVENT.format(seq=2, stream="voorstel/v1", number=1, command="'c2'").replace(
        "INSERT", "INSERT OR REPLACE"
    ),
    EVENT.format(seq=2, stream="voorstel/v1", number=2, command="'c1'").replace(
        "INSERT", "INSERT OR REPLACE"
    ),
    EVENT.format(seq=2, stream="voorstel/v1", number="'1'", command="'c2'").replace(
        "INSERT", "INSERT OR REPLACE"
    ),
    FIRST.replace("INSERT", "INSERT OR REPLACE").replace("(seq,", "(rowid,"),
    FIRST.replace("INSERT", "INSERT OR REPLACE").replace("(1,", "('1',"),
    "UPDATE OR REPLACE event SET body = 'z'",
    FIRST.replace("'y'", "'z'") + " ON CONFLICT (seq) DO UPDATE SET body = 'z'",
    NODE.format(index=0).replace("INSERT", "INSERT OR REPLACE").replace("'x'", "'z'"),
]
ON_POSTGRESQL = [
    "TRUNCATE event",
    "TRUNCATE tree_node",
    "TRUNCATE event, tree_node CASCADE",
    "SET session_replication_role = replica; UPDATE event SET body = 'z'",
    "SET session_replication_role = replica; DELETE FROM tree_node",
    "SET session_replication_role = replica; TRUNCATE event",
    FIRST + " ON CONFLICT (seq) DO UPDATE SET body = 'z'",
    "MERGE INTO event USING (SELECT 1 AS n) AS one ON seq = n WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM event RETURNING *) SELECT * FROM gone",
]


@pytest.fixture(params=DATABASES)
def engine(
    request: pytest.FixtureRequest, templates: Templates, tmp_path: Path
) -> Iterator[Engine]:
    """A register with one event and one tree node."""
    with templates.copy(request.param, one_event, tmp_path) as engine:
        yield engine


def one_event(engine: Engine) -> None:
    """The newest schema, one event and one tree node."""
    migrate(engine)
    with writing(engine) as connection, connection.begin():
        connection.exec_driver_sql(FIRST)
        connection.exec_driver_sql(NODE.format(index=0))


def writing(engine: Engine) -> Connection:
    """A connection that may write."""
    return engine.connect().execution_options(**{WRITES: True})


def contents(engine: Engine) -> list[tuple[object, ...]]:
    """All that must stay as it is."""
    with engine.connect() as connection:
        events = connection.execute(sa.text("SELECT seq, command_id, body FROM event")).all()
        nodes = connection.execute(sa.text("SELECT * FROM tree_node")).all()
        return [tuple(row) for row in (*events, *nodes)]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_plain_changes_are_refused(engine: Engine, number: int) -> None:
    """No event and no tree node can be updated or deleted."""
    before = contents(engine)

    with writing(engine) as connection, pytest.raises(IntegrityError, match="staat vast"):
        connection.exec_driver_sql(CHANGES[number])

    assert contents(engine) == before


def test_every_way_around_on_this_database_is_refused(engine: Engine) -> None:
    """Neither REPLACE, upsert, TRUNCATE, MERGE nor a replica session changes the history."""
    before = contents(engine)
    ways = ON_SQLITE if engine.dialect.name == "sqlite" else ON_POSTGRESQL

    for way in ways:
        *before_it, statement = way.split("; ")
        with writing(engine) as connection:
            for first in before_it:
                connection.exec_driver_sql(first)
            with pytest.raises(IntegrityError):
                connection.exec_driver_sql(statement)

    assert contents(engine) == before


def test_appending_goes_on(engine: Engine) -> None:
    """The next event and the next node are accepted, without a command id as well."""
    with writing(engine) as connection, connection.begin():
        for seq in (2, 3):
            event = EVENT.format(seq=seq, stream="voorstel/v1", number=seq, command="NULL")
            connection.exec_driver_sql(event)
        connection.exec_driver_sql(NODE.format(index=1))

    assert len(contents(engine)) == 5


def test_double_event_says_that_it_is_double(engine: Engine) -> None:
    """A second event in the same place is told apart from a change: the caller may try again."""
    with writing(engine) as connection, pytest.raises(IntegrityError) as refused:
        connection.exec_driver_sql(FIRST)

    assert "UNIQUE" in str(refused.value) or "unique" in str(refused.value)


def test_missing_trigger_is_noticed_and_put_back(engine: Engine) -> None:
    """A trigger that somebody dropped or switched off is named, and comes back."""
    with writing(engine) as connection:
        assert missing_triggers(connection) == []
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER event_insert_refused")
            assert missing_triggers(connection) == ["event_insert_refused"]
        else:
            connection.exec_driver_sql("ALTER TABLE event ENABLE TRIGGER event_fixed")
            assert missing_triggers(connection) == ["event_fixed"]
        install_triggers(connection)
        assert missing_triggers(connection) == []
