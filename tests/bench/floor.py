"""The raw floor: the least that a step with a history costs, with the bare driver."""

import os
import sqlite3
from pathlib import Path

import psycopg

CASES = 200
BODY = os.urandom(970)  # bytes, as many as the body of an event has on average
_ROW = "Voortgangsrapportage Bescherming en Opvang. " * 36  # as wide as the row of a voorstel
_TABLES = (
    "CREATE TABLE floor_case (id TEXT PRIMARY KEY, state TEXT, version INTEGER, fields TEXT)",
    "CREATE TABLE floor_event (seq BIGINT PRIMARY KEY, stream TEXT, body {blob})",
)


class RawSqlite:
    """Load by id, one UPDATE, one INSERT, commit: WAL, synchronous=FULL."""

    def __init__(self, file: Path) -> None:
        self._done = 0
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._connection.execute(f"PRAGMA {pragma}")
        for table in _TABLES:
            self._connection.execute(table.format(blob="BLOB"))
        rows = [(f"v{number}", "do", 1, _ROW) for number in range(CASES)]
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO floor_case VALUES (?, ?, ?, ?)", rows)
        self._connection.execute("COMMIT")

    def step(self) -> None:
        """One step of one case."""
        self._done += 1
        key, run = f"v{self._done % CASES}", self._connection.execute
        run("BEGIN IMMEDIATE")
        row = run("SELECT * FROM floor_case WHERE id = ?", (key,)).fetchone()
        run("UPDATE floor_case SET state = 'pfho', version = ? WHERE id = ?", (row[2] + 1, key))
        run("INSERT INTO floor_event VALUES (?, ?, ?)", (self._done, key, BODY))
        run("COMMIT")


class RawPostgres:
    """The same over one connection of psycopg."""

    def __init__(self, url: str) -> None:
        self._done = 0
        self._connection = psycopg.connect(url)
        with self._connection.cursor() as cursor:
            for table in _TABLES:
                cursor.execute(table.format(blob="BYTEA").encode())
            rows = [(f"v{number}", "do", 1, _ROW) for number in range(CASES)]
            cursor.executemany("INSERT INTO floor_case VALUES (%s, %s, %s, %s)", rows)
        self._connection.commit()

    def step(self) -> None:
        """One step of one case."""
        self._done += 1
        key, run = f"v{self._done % CASES}", self._connection.execute
        row = run("SELECT * FROM floor_case WHERE id = %s", (key,)).fetchone()
        assert row is not None
        run("UPDATE floor_case SET state = 'pfho', version = %s WHERE id = %s", (row[2] + 1, key))
        run("INSERT INTO floor_event VALUES (%s, %s, %s)", (self._done, key, BODY))
        self._connection.commit()
