"""The databases that the tests hand out."""

import psycopg
import pytest

from tests.tools.postgres import Postgres


def test_database_url_is_empty_and_writable(database_url: str) -> None:
    """Each test gets a database of its own, on both kinds of server."""
    if database_url.startswith("sqlite:///"):
        assert database_url.endswith(".db")
        return
    with psycopg.connect(database_url) as connection:
        tables = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
        assert tables == (0,)
        connection.execute("CREATE TABLE mine (id int)")


def test_what_was_committed_survives_an_immediate_stop(durable_postgres: Postgres) -> None:
    """The server for kill tests keeps an acknowledged commit through a kill."""
    url = durable_postgres.create_database()
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (id int)")
        connection.execute("INSERT INTO kept VALUES (7)")

    durable_postgres.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    durable_postgres.start()

    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT id FROM kept").fetchone() == (7,)
