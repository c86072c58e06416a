"""Registers that are made once a session and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import Engine

from tests.storage.rows import opened
from tests.tools.postgres import Postgres

Make = Callable[[Engine], None]


class Templates:
    """For each kind of database and each way to make a register, one that is copied."""

    def __init__(self, folder: Path, server: Callable[[], Postgres]) -> None:
        self._folder = folder
        self._server = server
        self._made: dict[tuple[str, str], str] = {}

    @contextmanager
    def copy(self, kind: str, make: Make, folder: Path) -> Iterator[Engine]:
        """A register of this test's own, as `make` makes it."""
        template = self._template(kind, make)
        if kind == "sqlite":
            file = folder / "besluitroute.db"
            shutil.copyfile(template, file)
            with opened(f"sqlite:///{file}") as engine:
                yield engine
            return
        url = self._server().create_database(template)
        with opened(url) as engine:
            yield engine
        self._server().drop_database(url)

    def _template(self, kind: str, make: Make) -> str:
        """The file, or the name on the server, of the register that is copied."""
        key = (kind, make.__qualname__)
        if key not in self._made:
            file = self._folder / f"{make.__qualname__}.db"
            url = f"sqlite:///{file}" if kind == "sqlite" else self._server().create_database()
            with opened(url) as engine:
                make(engine)
            name = url.removeprefix("postgresql://postgres@/").partition("?")[0]
            self._made[key] = str(file) if kind == "sqlite" else name
        return self._made[key]
