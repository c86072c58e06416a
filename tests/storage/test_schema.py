"""What a database is to this program, and what a user is told about it."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.storage.rows import opened, writing
from workflow.domain.errors import Surroundings
from workflow.storage.migrate import migrate
from workflow.storage.schema import SchemaState, newest, require_current, require_ours, schema_state


def set_version(url: str, version: str) -> None:
    """Let the database say that it has another schema."""
    with opened(url) as engine, writing(engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_empty_database_is_missing_and_nothing_is_made(database_url: str) -> None:
    """Asking about a database that is not there leaves no file and no table behind."""
    with opened(database_url) as engine:
        assert schema_state(engine) is SchemaState.MISSING
        with pytest.raises(Surroundings, match="is er nog niet"):
            require_current(engine)
        if engine.dialect.name == "sqlite":
            assert not Path(str(engine.url.database)).exists()
        assert require_ours(engine) is SchemaState.MISSING


def test_fresh_register_is_current(database_url: str) -> None:
    """A register that was just made can be worked with."""
    with opened(database_url) as engine:
        migrate(engine)

        assert schema_state(engine) is SchemaState.CURRENT
        require_current(engine)


def test_older_register_asks_for_an_upgrade(database_url: str) -> None:
    """A register of an earlier version is told what to do, and may be upgraded."""
    with opened(database_url) as engine:
        migrate(engine)
        set_version(database_url, "0000")

        assert require_ours(engine) is SchemaState.OLDER
        with pytest.raises(Surroundings, match="besluitroute upgrade"):
            require_current(engine)


def test_newer_register_is_left_alone(database_url: str) -> None:
    """A register of a later version is neither read nor changed."""
    with opened(database_url) as engine:
        migrate(engine)
        set_version(database_url, f"{int(newest()) + 1:04}")

        for ask in (require_current, require_ours, migrate):
            with pytest.raises(Surroundings, match="latere versie"):
                ask(engine)


def test_database_of_another_program_is_left_alone(database_url: str) -> None:
    """Tables that are not ours are a reason to stop, not to add ours."""
    with opened(database_url) as engine:
        with writing(engine) as connection:
            connection.execute(sa.text("CREATE TABLE klanten (naam VARCHAR(20))"))

        for ask in (require_current, require_ours, migrate):
            with pytest.raises(Surroundings, match="niet van Besluitroute"):
                ask(engine)
        with engine.connect() as connection:
            assert sa.inspect(connection).get_table_names() == ["klanten"]


def test_file_that_is_no_database_is_told_in_dutch(tmp_path: Path) -> None:
    """A text file for a database is refused with a sentence, and stays as it is."""
    file = tmp_path / "notulen.txt"
    file.write_text("Dit is geen database, maar een lang genoeg stuk tekst. " * 10)
    before = file.read_bytes()

    with opened(f"sqlite:///{file}") as engine, pytest.raises(Surroundings, match="niet worden"):
        schema_state(engine)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "url", ["sqlite:////bestaat/niet/x.db", "postgresql://nobody:geheim@localhost:1/x"]
)
def test_place_that_cannot_be_reached_is_told_without_its_password(url: str) -> None:
    """A folder or server that is not there gives a sentence; a password never stands in it."""
    with opened(url) as engine, pytest.raises(Surroundings) as refused:
        migrate(engine)

    assert "geheim" not in str(refused.value)
    assert refused.value.code == "omgeving"
