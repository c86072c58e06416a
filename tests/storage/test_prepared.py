"""Statements that the driver runs itself behave as those that SQLAlchemy runs."""

import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.storage.rows import fill, opened
from tests.tools.postgres import Postgres
from workflow.domain.overleg import Vergadering
from workflow.storage.database import WRITES
from workflow.storage.mapping import TABLES
from workflow.storage.migrate import migrate
from workflow.storage.prepared import Prepared

VERGADERING = TABLES[Vergadering]
DAY = dt.date(2024, 7, 11)


@pytest.fixture
def writing(register: Engine) -> Iterator[Connection]:
    """A transaction on a register with two rows in every table, on either database."""
    with register.connect().execution_options(**{WRITES: True}) as connection:
        yield connection


def test_what_is_read_is_what_sqlalchemy_reads(writing: Connection) -> None:
    """Days, lists, truth and bytes of every table come out as their types say."""
    for table in TABLES.values():
        query = sa.select(table).order_by(*table.primary_key.columns)
        usual = [dict(row) for row in writing.execute(query).mappings()]

        assert Prepared(query).rows(writing, {}) == usual


def test_what_is_written_is_what_sqlalchemy_writes(writing: Connection) -> None:
    """A row copied under another key is the same row, also where a list or nothing stands."""
    for table in TABLES.values():
        if "voorstel_id" in table.primary_key.columns:
            continue
        (row, *_) = writing.execute(sa.select(table)).mappings()
        copy = {**row, "id": "copy"} | ({"kenmerk": "copy"} if "kenmerk" in row else {})
        assert Prepared(sa.insert(table)).change(writing, copy) == 1

        query = sa.select(table).where(table.c.id == "copy")
        assert dict(writing.execute(query).mappings().one()) == copy


def test_it_tells_how_many_rows_changed_and_takes_any_columns(writing: Connection) -> None:
    """One statement serves every set of columns; a row that is not there counts as none."""
    prepared = Prepared(sa.update(VERGADERING).where(VERGADERING.c.id == sa.bindparam("key")))
    (first, *_) = writing.execute(sa.select(VERGADERING.c.id)).scalars()

    assert prepared.change(writing, {"state": "gehouden", "key": first}) == 1
    assert prepared.change(writing, {"date": DAY, "version": 9, "key": first}) == 1
    assert prepared.change(writing, {"state": "gehouden", "key": "unknown"}) == 0
    query = sa.select(VERGADERING).where(VERGADERING.c.id == first)
    found = writing.execute(query).mappings().one()
    assert (found["state"], found["date"], found["version"]) == ("gehouden", DAY, 9)


def test_it_begins_a_transaction_and_leaves_nothing_without_commit(register: Engine) -> None:
    """As with SQLAlchemy: the first statement begins, leaving the connection rolls back."""
    change = Prepared(sa.update(VERGADERING))
    with register.connect().execution_options(**{WRITES: True}) as connection:
        assert change.change(connection, {"state": "nergens"}) == 2
        assert connection.in_transaction()

    with register.connect() as connection:
        states = connection.execute(sa.select(VERGADERING.c.state)).scalars()
        assert "nergens" not in set(states)


def test_a_broken_constraint_is_an_error_of_sqlalchemy(writing: Connection) -> None:
    """So that a lost race is recognised as one."""
    (row, *_) = writing.execute(sa.select(VERGADERING)).mappings()
    with pytest.raises(IntegrityError):
        Prepared(sa.insert(VERGADERING)).change(writing, dict(row))


def test_a_connection_that_is_gone_is_thrown_away(postgres: Postgres) -> None:
    """The next one from the pool works again."""
    with opened(postgres.create_database()) as engine:
        migrate(engine)
        fill(engine)
        query = Prepared(sa.select(VERGADERING))
        with engine.connect() as connection:
            assert len(query.rows(connection, {})) == 2
            own = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar()
            postgres.execute(f"SELECT pg_terminate_backend({own}, 5000)")
            with pytest.raises(OperationalError) as caught:
                query.rows(connection, {})
        assert caught.value.connection_invalidated

        with engine.connect() as connection:
            assert len(query.rows(connection, {})) == 2
