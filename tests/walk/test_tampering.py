"""What somebody does to the database behind our back, `audit verify` shows, with its place."""

import sqlite3

import psycopg
import pytest

from tests.walk.command_line import CommandLine, Json
from workflow.history.tree import leaf_hash

KENMERK = "24004592"

FREE = {
    "sqlite": [
        f"DROP TRIGGER {table}_{when}_refused"
        for table in ("event", "tree_node")
        for when in ("update", "delete", "insert")
    ],
    "postgresql": [
        f"ALTER TABLE {table} DISABLE TRIGGER {table}_fixed" for table in ("event", "tree_node")
    ],
}


@pytest.fixture
def walked(proefperiode: CommandLine) -> CommandLine:
    """Advice of the BO and a decision of the DO, on either database."""
    return decided(proefperiode)


@pytest.fixture
def walked_here(pilot: CommandLine) -> CommandLine:
    """The same on SQLite."""
    return decided(pilot)


def decided(line: CommandLine) -> CommandLine:
    """A register with four events and two afspraken, whose history holds."""
    line.on("2024-03-18").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    line.on("2024-03-21").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    line.on("2024-03-22").act(KENMERK, "agendeer", datum="2024-04-04")
    assert line.verified()["events"] == 4
    return line


def tamper(line: CommandLine, *statements: str) -> None:
    """Run statements on the bare database, past the triggers that prevent accidents."""
    kind = line.url.partition(":")[0]
    if kind == "sqlite":
        with sqlite3.connect(line.url.removeprefix("sqlite:///")) as connection:
            for statement in (*FREE[kind], *statements):
                connection.execute(statement)
        connection.close()
        return
    with psycopg.connect(line.url, autocommit=True) as server:
        for statement in (*FREE[kind], *statements):
            server.execute(statement.replace("X'", "'\\x").encode())


def found(line: CommandLine) -> list[Json]:
    """The problems of a history that does not hold; exit code 3, also without --json."""
    said = line.run("--json", "audit", "verify")
    assert said.code == 3
    report = said.json
    assert report["ok"] is False
    assert line.run("audit", "verify").code == 3
    problems: list[Json] = report["problems"]
    assert problems
    return problems


def body(line: CommandLine, seq: int) -> bytes:
    """The bytes of one event."""
    query = f"SELECT body FROM event WHERE seq = {seq}"
    if line.url.startswith("sqlite"):
        connection = sqlite3.connect(line.url.removeprefix("sqlite:///"))
        raw = connection.execute(query).fetchone()[0]
        connection.close()
        return bytes(raw)
    with psycopg.connect(line.url) as server:
        row = server.execute(query.encode()).fetchone()
        assert row
        return bytes(row[0])


def test_the_tables_are_those_of_the_contract(walked: CommandLine) -> None:
    """Auditors' own scripts find `event.seq`, `event.body`, `voorstel.kenmerk` and `.state`."""
    assert body(walked, 1).startswith(b'{"actor":')
    if walked.url.startswith("sqlite"):
        connection = sqlite3.connect(walked.url.removeprefix("sqlite:///"))
        assert connection.execute("SELECT kenmerk, state FROM voorstel").fetchall() == [
            (KENMERK, "pfho")
        ]
        connection.close()


def test_one_changed_byte(walked: CommandLine) -> None:
    """A conclusion that becomes another word: its event is named."""
    raw = body(walked, 2)
    at = raw.rindex(b"akkoord")
    changed = raw[:at] + b"A" + raw[at + 1 :]
    tamper(walked, f"UPDATE event SET body = X'{changed.hex()}' WHERE seq = 2")

    problems = found(walked)

    assert ("leaves", 2) in [(one["check"], one["seq"]) for one in problems]
    assert KENMERK in [one["kenmerk"] for one in problems]


def test_a_changed_byte_with_its_hash(walked: CommandLine) -> None:
    """Who recomputes the hash of the event as well, is betrayed by the tree and the next link."""
    raw = body(walked, 2).replace(b'"akkoord"', b'"besproken"', 1)
    tamper(
        walked,
        f"UPDATE event SET body = X'{raw.hex()}', leaf_hash = X'{leaf_hash(raw).hex()}' "
        "WHERE seq = 2",
    )

    checks = {one["check"] for one in found(walked)}

    assert {"tree", "dossiers"} <= checks


def test_a_deleted_event(walked: CommandLine) -> None:
    """A gap in the numbers, and a state that no longer follows."""
    tamper(walked, "DELETE FROM event WHERE seq = 3")

    problems = found(walked)

    assert any(one["seq"] in (3, 4) for one in problems)
    assert any("ontbreekt" in one["message"] or "volgt" in one["message"] for one in problems)


def test_the_last_event_deleted(walked: CommandLine) -> None:
    """Cutting off the end is seen too."""
    tamper(walked, "DELETE FROM event WHERE seq = 4")

    assert found(walked)


def test_swapped_events(walked: CommandLine) -> None:
    """Two events that change places are both named."""
    second, third = body(walked, 2), body(walked, 3)
    tamper(
        walked,
        f"UPDATE event SET body = X'{third.hex()}' WHERE seq = 2",
        f"UPDATE event SET body = X'{second.hex()}' WHERE seq = 3",
    )

    assert {2, 3} <= {one["seq"] for one in found(walked)}


def test_an_added_event(walked: CommandLine) -> None:
    """A line that no act wrote."""
    tamper(
        walked,
        "INSERT INTO event (seq, stream, stream_seq, command_id, leaf_hash, body) "
        "SELECT 5, stream, stream_seq + 1, NULL, leaf_hash, body FROM event WHERE seq = 4",
    )

    assert 5 in [one["seq"] for one in found(walked)]


def test_an_edited_state(walked: CommandLine) -> None:
    """The voorstel says 'afgerond' and no event says so: the dossier and the value are named."""
    tamper(walked, "UPDATE voorstel SET state = 'afgerond'")

    [problem] = found(walked)

    assert (problem["check"], problem["kenmerk"], problem["seq"]) == ("replay", KENMERK, 4)
    assert "afgerond" in problem["message"]
    assert "pfho" in problem["message"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM afspraak",
        "UPDATE afspraak SET due = '2026-01-01'",
        "UPDATE behandeling SET conclusie_code = 'niet_akkoord' WHERE id = 'b2'",
        "UPDATE behandeling SET state = 'behandeld' WHERE id = 'b4'",
        "DELETE FROM behandeling WHERE id = 'b4'",
        "UPDATE voorstel SET subject = 'Iets anders'",
        "UPDATE vergadering SET state = 'afgelast'",
        "INSERT INTO vergadering (id, overleg_code, date, state, version) "
        "VALUES ('ab-2024-01-01', 'ab', '2024-01-01', 'gepland', 1)",
        "DELETE FROM document",
        "UPDATE text SET text = 'Iemand anders' WHERE text = 'Akkoord'",
        "DELETE FROM tree_node",
        "UPDATE log_head SET size = 3",
    ],
)
def test_an_edited_row(walked_here: CommandLine, statement: str) -> None:
    """Whatever row is changed, removed or added by hand, the history does not agree."""
    tamper(walked_here, statement)

    problems = found(walked_here)

    assert all(one["message"].endswith(".") for one in problems)


def test_a_lost_afspraak(walked: CommandLine) -> None:
    """What is owed cannot disappear by itself: the dossier and the afspraak are named."""
    tamper(walked, "DELETE FROM afspraak WHERE soort = 'evaluatie'")

    [problem] = found(walked)

    assert problem["kenmerk"] == KENMERK
    assert f"evaluatie_proefperiode-{KENMERK}" in problem["message"]


def test_commands_go_on_after_it(walked_here: CommandLine) -> None:
    """A damaged history stops nobody's work; only the proof says no."""
    line = walked_here.on("2024-04-04")
    tamper(line, "UPDATE behandeling SET conclusie_code = 'niet_akkoord' WHERE id = 'b2'")

    line.act(KENMERK, "leg_conclusie_vast", conclusie="kennisgenomen")

    assert found(line)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = body WHERE seq = 1",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1",
        "DELETE FROM tree_node",
    ],
)
def test_the_history_refuses_changes(pilot: CommandLine, statement: str) -> None:
    """Against accidents: as long as the triggers stand, the tables only grow."""
    connection = sqlite3.connect(pilot.url.removeprefix("sqlite:///"))
    pilot.on("2024-03-18").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")

    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)

    connection.close()
    pilot.verified()
