"""Registers with the example papers read in: made once a session, copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tools.postgres import Postgres
from tests.walk.command_line import CommandLine, example

DATABASES = ("sqlite", "postgresql")
PAPERS = {  # name of the register: the day that its papers were read, and which
    "rapportage": ("2024-06-12", ("voorblad_24005969.txt",)),
    "proefperiode": ("2024-03-08", ("voorblad_24004592.txt",)),
}


class Registers:
    """Makes registers by copying one that was made before."""

    def __init__(self, folder: Path, server: Callable[[], Postgres]) -> None:
        self._folder, self._server = folder, server
        self._made: dict[tuple[str, str], str] = {}

    @contextmanager
    def copy(self, kind: str, papers: str, folder: Path) -> Iterator[CommandLine]:
        """The command line on a register of this test's own, on the day of its papers."""
        template = self._template(kind, papers)
        day = PAPERS[papers][0]
        if kind == "sqlite":
            shutil.copyfile(template, folder / "besluitroute.db")
            yield CommandLine(url=f"sqlite:///{folder / 'besluitroute.db'}", today=day)
            return
        url = self._server().create_database(template)
        yield CommandLine(url=url, today=day)
        self._server().drop_database(url)

    def _template(self, kind: str, papers: str) -> str:
        """The file, or the name on the server, that is copied."""
        if (kind, papers) not in self._made:
            day, names = PAPERS[papers]
            file = self._folder / f"{papers}.db"
            url = f"sqlite:///{file}" if kind == "sqlite" else self._server().create_database()
            CommandLine(url=url, today=day).ask("import", *map(example, names))
            name = url.removeprefix("postgresql://postgres@/").partition("?")[0]
            self._made[kind, papers] = str(file) if kind == "sqlite" else name
        return self._made[kind, papers]


@pytest.fixture(scope="session")
def registers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Registers:
    """Registers to copy; the PostgreSQL server is started by the first test that needs it."""

    def server() -> Postgres:
        found: Postgres = request.getfixturevalue("postgres")
        return found

    return Registers(tmp_path_factory.mktemp("registers"), server)


@pytest.fixture(params=DATABASES)
def rapportage(
    request: pytest.FixtureRequest, registers: Registers, tmp_path: Path
) -> Iterator[CommandLine]:
    """24005969 has just been read, on either database."""
    with registers.copy(request.param, "rapportage", tmp_path) as line:
        yield line


@pytest.fixture(params=DATABASES)
def proefperiode(
    request: pytest.FixtureRequest, registers: Registers, tmp_path: Path
) -> Iterator[CommandLine]:
    """24004592 has just been read, its first row treated on paper; on either database."""
    with registers.copy(request.param, "proefperiode", tmp_path) as line:
        yield line


@pytest.fixture
def report(registers: Registers, tmp_path: Path) -> Iterator[CommandLine]:
    """24005969 has just been read, on SQLite."""
    with registers.copy("sqlite", "rapportage", tmp_path) as line:
        yield line


@pytest.fixture
def pilot(registers: Registers, tmp_path: Path) -> Iterator[CommandLine]:
    """24004592 has just been read, on SQLite."""
    with registers.copy("sqlite", "proefperiode", tmp_path) as line:
        yield line


@pytest.fixture
def empty(tmp_path: Path) -> CommandLine:
    """No register yet, on SQLite."""
    return CommandLine(url=f"sqlite:///{tmp_path / 'besluitroute.db'}")
