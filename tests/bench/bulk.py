"""A register as large as asked for, whose history holds: two real dossiers, copied with care.

Each copy gets its own ids, kenmerk, days, salts and commitments; its events get their own
place, links and hashes. So `audit verify` finds nothing amiss, and nothing is asked of
the services that they could not have written.
"""

import datetime as dt
import json
import os
import re
import sqlite3
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from tests.soak.walks import FIRST_KENMERK, read_in, walk
from workflow.bootstrap import Register
from workflow.history.commitment import SALT_BYTES, commit
from workflow.history.tree import Frontier, append, leaf_hash
from workflow.services.act import perform
from workflow.storage.triggers import install_triggers

ACTS = 9  # of each copied dossier; with its import, ten events
A_DAY = 5  # voorstellen that meet on the same days
BATCH = 2000  # dossiers written at a time
ROWS = ("voorstel", "behandeling", "raadsinformatie", "document", "outbox")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")
Row = tuple[object, ...]


class Stencil:
    """A text with holes: cut once where what differs stands, filled in one pass."""

    def __init__(self, text: str, holes: list[str]) -> None:
        self._parts = re.split("(" + "|".join(map(re.escape, holes)) + ")", text)

    def fill(self, values: dict[str, str]) -> str:
        return "".join([values.get(part, part) for part in self._parts])


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A dossier to copy."""

    kenmerk: str
    arrival: str  # the command id of its import
    ids: tuple[str, ...]
    days: tuple[str, ...]
    texts: dict[str, str]  # the words by their commitment
    events: tuple[tuple[Stencil, str, str], ...]  # body; its own number and link, as text
    rows: dict[str, list[list[Stencil | object]]]


def grow(register: Register, count: int) -> list[str]:
    """So many dossiers of ten events in a new register on SQLite; their kenmerken."""
    first, second = read_in(register, 2)
    for kenmerk in (first, second):
        for act, _ in zip(walk(kenmerk), range(ACTS), strict=False):
            perform(register.session, act)
    connection = sqlite3.connect(str(register.engine.url.database), isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    who_makes_the_meeting, who_joins = _pattern(connection, first), _pattern(connection, second)
    for (name,) in connection.execute(_TRIGGERS).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    writer, kenmerken = _Writer(connection), []
    for number in range(A_DAY, A_DAY + count):
        pattern = who_joins if number % A_DAY else who_makes_the_meeting
        kenmerken.append(str(FIRST_KENMERK + number))
        writer.copy(pattern, kenmerken[-1], dt.timedelta(days=(number - count) // A_DAY - 1))
    writer.flush()
    connection.close()
    with register.engine.connect() as own:
        install_triggers(own)
        own.commit()
    return kenmerken


_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


def _pattern(connection: sqlite3.Connection, kenmerk: str) -> Pattern:
    """A dossier, cut where its copies differ."""
    (own,) = connection.execute("SELECT id FROM voorstel WHERE kenmerk = ?", (kenmerk,)).fetchone()
    query = "SELECT body, command_id FROM event WHERE stream = ? ORDER BY seq"
    found_events = connection.execute(query, (f"voorstel/{own}",)).fetchall()
    bodies = [body.decode() for body, _ in found_events]
    arrival: str = found_events[0][1]
    found = {table: _rows_of(connection, table, own, kenmerk) for table in ROWS}
    whole = "\n".join([*bodies, repr(found)])
    ids = tuple(dict.fromkeys(_ID.findall(whole)))
    days = tuple(dict.fromkeys(_DAY.findall(whole)))
    texts = {
        key: text
        for key, text in connection.execute("SELECT commitment, text FROM text")
        if key in whole and f'"actor":"{key}"' not in whole
    }
    holes = [*ids, *days, *texts, kenmerk, arrival]
    return Pattern(
        kenmerk=kenmerk,
        arrival=arrival,
        ids=ids,
        days=days,
        texts=texts,
        events=tuple(_event(body, holes) for body in bodies),
        rows={
            table: [
                [Stencil(cell, holes) if isinstance(cell, str) else cell for cell in row]
                for row in rows
            ]
            for table, rows in found.items()
        },
    )


def _event(body: str, holes: list[str]) -> tuple[Stencil, str, str]:
    """The stencil of a body, and what stands in it for its place and its link."""
    place = re.findall(r'"seq":\d+,"stream":', body)[0]
    link = re.findall(r'"prev":(null|"[^"]+")', body)[0]
    return Stencil(body, [*holes, place, f'"prev":{link}']), place, f'"prev":{link}'


def _rows_of(connection: sqlite3.Connection, table: str, own: str, kenmerk: str) -> list[Row]:
    """The rows of a dossier; those of the outbox without their own number."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    chosen = ", ".join("NULL" if (table, name) == ("outbox", "id") else name for name in columns)
    key, value = ("kenmerk", kenmerk) if table == "outbox" else ("voorstel_id", own)
    if table == "voorstel":
        key = "id"
    query = f"SELECT {chosen} FROM {table} WHERE {key} = ?"
    return connection.execute(query, (value,)).fetchall()


class _Writer:
    """Copies patterns, a batch in each transaction, and lets the tree grow."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        size, peaks = connection.execute("SELECT size, peaks FROM log_head").fetchone()
        split = tuple(peaks[at : at + 32] for at in range(0, len(peaks), 32))
        self._frontier = Frontier(size, split)
        self._waiting: dict[str, list[Row]] = {}

    def copy(self, pattern: Pattern, kenmerk: str, later: dt.timedelta) -> None:
        """One more dossier, some days later (or earlier) than the pattern."""
        values = {pattern.kenmerk: kenmerk, pattern.arrival: f"import-{kenmerk}"}
        values |= {one: os.urandom(8).hex() for one in pattern.ids}
        for day in pattern.days:
            values[day] = (dt.date.fromisoformat(day) + later).isoformat()
        for key, text in pattern.texts.items():
            salt = os.urandom(SALT_BYTES)
            values[key] = commit(text, salt)
            self._add("text", (values[key], salt, text))
        self._copy_events(pattern, kenmerk, values)
        for table, rows in pattern.rows.items():
            for row in rows:
                self._add(
                    table,
                    tuple(cell.fill(values) if isinstance(cell, Stencil) else cell for cell in row),
                )
        if len(self._waiting["voorstel"]) >= BATCH:
            self.flush()

    def _copy_events(self, pattern: Pattern, kenmerk: str, values: dict[str, str]) -> None:
        """The events of one dossier, each linked to the one before it."""
        link = "null"
        for number, (stencil, place, prev) in enumerate(pattern.events, start=1):
            seq = self._frontier.size + 1
            stencil_values = {place: f'"seq":{seq},"stream":', prev: f'"prev":{link}'}
            body = stencil.fill(values | stencil_values).encode()
            leaf = leaf_hash(body)
            self._frontier, closed = append(self._frontier, leaf)
            link = f'"{b64encode(leaf).decode()}"'
            stream = f"voorstel/{values[pattern.ids[0]]}"
            command = f"{kenmerk}-{number - 2:03}" if number > 1 else f"import-{kenmerk}"
            self._add("event", (seq, stream, number, command, leaf, body))
            for node in closed:
                self._add("tree_node", (node.level, node.index, node.hash))
            if b'"entity":"vergadering"' in body:
                self._meeting(json.loads(body))

    def _meeting(self, body: dict[str, Any]) -> None:
        """The meetings that an event made, as they stood in the end."""
        for change in body["changes"]:
            if change["entity"] == "vergadering" and change["was"] is None:
                made = change["set"] | {"state": "gehouden", "version": 2}
                self._add("vergadering", tuple(made[name] for name in _MEETING))

    def _add(self, table: str, row: Row) -> None:
        """A row that waits to be written."""
        self._waiting.setdefault(table, []).append(row)

    def flush(self) -> None:
        """Write what waits, and the head of the log with it."""
        self._connection.execute("BEGIN")
        for table, rows in self._waiting.items():
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        self._waiting.clear()
        head = self._frontier.size, b"".join(self._frontier.peaks)
        self._connection.execute("UPDATE log_head SET size = ?, peaks = ?", head)
        self._connection.execute("COMMIT")


_MEETING = ("id", "overleg_code", "date", "state", "version")
