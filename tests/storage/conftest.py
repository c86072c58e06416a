"""What the tests of storage share: registers that are ready to use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.conftest import DATABASES
from tests.storage.rows import fill
from tests.storage.templates import Templates
from tests.tools.postgres import Postgres
from workflow.storage.migrate import migrate


@pytest.fixture(scope="session")
def templates(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Templates:
    """Registers to copy; the server is started by the first that needs it."""

    def server() -> Postgres:
        found: Postgres = request.getfixturevalue("postgres")
        return found

    return Templates(tmp_path_factory.mktemp("templates"), server)


@pytest.fixture(params=DATABASES)
def register(
    request: pytest.FixtureRequest, templates: Templates, tmp_path: Path
) -> Iterator[Engine]:
    """A register with two rows in every table, on either database."""
    with templates.copy(request.param, filled, tmp_path) as engine:
        yield engine


def filled(engine: Engine) -> None:
    """The newest schema, and rows."""
    migrate(engine)
    fill(engine)
