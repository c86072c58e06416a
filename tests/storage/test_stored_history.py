"""From real acts to a verification: what is written holds, and what is damaged is named."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tests.conftest import DATABASES
from tests.storage.rows import opened
from tests.storage.templates import Templates
from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling, Bekrachtiging, ConclusieCode, PuntConclusie
from workflow.domain.dossier import Change, Entity
from workflow.domain.errors import Surroundings
from workflow.domain.events import EventDraft, NewText
from workflow.domain.overleg import Vergadering
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import (
    Beslispunt,
    Contactpersoon,
    Document,
    Onderdeel,
    Paper,
    Voorstel,
)
from workflow.history.commitment import commit
from workflow.history.report import VerifyReport
from workflow.history.verify import verify, verify_tree
from workflow.storage.database import WRITES
from workflow.storage.mapping import TABLES
from workflow.storage.migrate import migrate
from workflow.storage.stored_history import stored_history
from workflow.storage.triggers import APPEND_ONLY
from workflow.storage.unit_of_work import SqlUnits

NOON = dt.datetime(2024, 6, 10, 12, 0, tzinfo=dt.UTC)
DAY = dt.date(2024, 6, 27)
SALT = bytes(range(32))
PAPER = sha256(b"stuk").hexdigest()


def words(text: str) -> ErasableText:
    """Words about a person."""
    return ErasableText(commit(text, SALT), text)


ANS, REMARK = words("Ans Voorbeeld"), words("Eens, met dank aan Ans")
BEFORE = Voorstel(
    id="v1",
    kenmerk="24000001",
    state="do",
    version=1,
    route_id="vrij",
    route_version=1,
    route_digest="d",
    subject="Voortgang ‘Samen’",
    date=dt.date(2024, 6, 10),
    distribute=True,
    explanation=REMARK,
    contacts=(Contactpersoon(name=ANS, email=words("ans@gemeente.example")),),
    beslispunten=(Beslispunt(number="1a", text="Kennis te nemen", parts=(Onderdeel(text="van"),)),),
)
ROW = Behandeling(
    voorstel_id="v1",
    id="b1",
    position=1,
    step="do",
    overleg="DO",
    overleg_codes=("do_x",),
    date=DAY,
    bekrachtiging=Bekrachtiging(when="niet_nodig", ground="mandaat"),
)
MADE: tuple[Entity, ...] = (
    BEFORE,
    ROW,
    Raadsinformatie(voorstel_id="v1", gemeente="g1", name="Voorbeeldstad", reason=REMARK),
    Afspraak(id="a1", soort="actie", title="Doen", voorstel_id="v1", due=DAY, punten=("1",)),
    Vergadering(id="do_x-2024-06-27", overleg_code="do_x", date=DAY),
    Paper(
        voorstel_id="v1",
        id="p1",
        version=2,
        title="Brief",
        filename=REMARK,
        media_type="text/plain",
        size=4,
        sha256=PAPER,
        added_on=DAY,
    ),
    Document(id="d1", sha256=PAPER, filename=REMARK, kind="voorblad", content=REMARK),
)


def act(engine: Engine, number: int, *changes: Change) -> None:
    """One act, through the unit of work."""
    texts = [NewText(commitment=ANS.commitment, salt=SALT, text="Ans Voorbeeld", shared=True)]
    if number == 1:
        texts.append(NewText(commitment=REMARK.commitment, salt=SALT, text=str(REMARK.text)))
    draft = EventDraft(
        stream="voorstel/v1",
        type="leg_conclusie_vast",
        at=NOON,
        recorded_at=NOON,
        rehearsal=False,
        actor=ANS,
        actor_unverified=True,
        happened_on=DAY,
        command_id=f"c{number}",
        changes=changes,
        texts=tuple(texts),
    )
    with SqlUnits(engine)() as uow:
        uow.keep_blob(PAPER, b"stuk")
        uow.write(draft)
        uow.commit()


@pytest.fixture(params=DATABASES)
def engine(
    request: pytest.FixtureRequest, templates: Templates, tmp_path: Path
) -> Iterator[Engine]:
    """A register with one dossier that was made, and then treated twice."""
    with templates.copy(request.param, three_acts, tmp_path) as engine:
        yield engine


def three_acts(engine: Engine) -> None:
    """Through the unit of work: made, treated by the DO, ended."""
    migrate(engine)
    act(engine, 1, *(Change(before=None, after=entity) for entity in MADE))
    second = Voorstel(**_with(BEFORE, state="pfho", version=2, distribute=None))
    treated = Behandeling(
        **_with(
            ROW,
            state="behandeld",
            conclusie=REMARK,
            conclusie_code=ConclusieCode.AKKOORD,
            per_punt=(PuntConclusie(number="1a", code=ConclusieCode.AKKOORD),),
            punten=("1a",),
        )
    )
    act(engine, 2, Change(before=BEFORE, after=second), Change(before=ROW, after=treated))
    act(engine, 3, Change(before=second, after=Voorstel(**_with(second, version=3, state="x"))))


def _with(entity: Entity, **values: Any) -> dict[str, Any]:
    """The values of an entity, with some changed."""
    return {name: getattr(entity, name) for name in entity.__dataclass_fields__} | values


def report(engine: Engine) -> VerifyReport:
    """What a verification says of the register as it is now."""
    with stored_history(engine) as history:
        return verify(history)


@contextmanager
def by_hand(engine: Engine) -> Iterator[Connection]:
    """A connection of somebody who may do anything, and first removes what is in the way."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        if engine.dialect.name == "sqlite":
            driver = cast(sqlite3.Connection, connection.connection.driver_connection)
            driver.execute("PRAGMA foreign_keys = OFF")
            driver.execute("PRAGMA ignore_check_constraints = ON")
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for (name,) in driver.execute(triggers).fetchall():
                driver.execute(f"DROP TRIGGER {name}")
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SET session_replication_role = replica")
                for table in APPEND_ONLY:
                    connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            yield connection


def tamper(engine: Engine, statement: str, **values: Any) -> VerifyReport:
    """What a verification says after somebody changed the database."""
    with by_hand(engine) as connection:
        assert connection.execute(sa.text(statement), values).rowcount > 0
    return report(engine)


def test_register_as_it_was_written_holds(engine: Engine) -> None:
    """Every kind of row comes out of the events exactly as it is stored."""
    found = report(engine)

    assert found.problems == ()
    assert (found.ok, found.events) == (True, 3)
    with stored_history(engine) as history:
        assert verify_tree(history).root == found.root


def test_empty_register_holds(database_url: str) -> None:
    """Before the first act there is nothing to doubt."""
    with opened(database_url) as engine:
        migrate(engine)

        assert report(engine).ok


def other_value(column: sa.Column[Any]) -> Any:
    """A value that no row of the example has in this column."""
    match column.type:
        case sa.Boolean():
            return True
        case sa.Integer():
            return 77
        case sa.Date():
            return dt.date(1999, 1, 1)
        case sa.JSON():
            return [{"x": True}]
        case _:
            return "anders"


def test_every_column_of_the_state_is_watched(engine: Engine) -> None:
    """Whatever field of whatever row is edited behind our back, the report names it."""
    for table in TABLES.values():
        for column in table.columns:
            with engine.connect() as connection:
                kept = connection.execute(sa.select(column)).scalar_one()
            with by_hand(engine) as connection:
                connection.execute(sa.update(table).values({column.name: other_value(column)}))

            problems = report(engine).problems

            assert {problem.check for problem in problems} == {"replay"}, column
            assert table.name in problems[0].message, column
            with by_hand(engine) as connection:
                connection.execute(sa.update(table).values({column.name: kept}))
    assert report(engine).ok


def test_edited_state_is_named_with_its_kenmerk(engine: Engine) -> None:
    """The place of an edited state: its event, its kenmerk, its field, both values."""
    [problem] = tamper(engine, "UPDATE voorstel SET state = 'do'").problems

    assert (problem.check, problem.seq, problem.kenmerk) == ("replay", 3, "24000001")
    assert "er staat ‘do’, het moet ‘x’ zijn" in problem.message


@pytest.mark.parametrize(
    ("statement", "check", "seq"),
    [
        ("UPDATE event SET body = :bytes WHERE seq = 2", "leaves", 2),
        ("UPDATE event SET leaf_hash = :bytes WHERE seq = 2", "leaves", 2),
        ("UPDATE event SET stream = 'voorstel/v9' WHERE seq = 2", "leaves", 2),
        ("UPDATE event SET stream_seq = 9 WHERE seq = 2", "leaves", 2),
        ("UPDATE event SET command_id = NULL WHERE seq = 2", "leaves", 2),
        ("UPDATE event SET seq = 9 WHERE seq = 2", "leaves", 2),
        ("DELETE FROM event WHERE seq = 2", "leaves", 2),
        ("DELETE FROM event WHERE seq = 3", "tree", 3),
        ("DELETE FROM event", "tree", 1),
        ("UPDATE tree_node SET hash = :bytes", "tree", 1),
        ("DELETE FROM tree_node", "tree", 1),
        ('UPDATE tree_node SET "index" = 9223372036854775807', "tree", 1),
        ("UPDATE tree_node SET level = 63", "tree", 1),
        ("UPDATE log_head SET size = 2", "tree", 3),
        ("UPDATE log_head SET size = 4", "tree", 4),
        ("UPDATE log_head SET peaks = :bytes", "tree", 1),
        ("DELETE FROM log_head", "tree", None),
        ("UPDATE log_head SET unrehearsed = :no", "replay", None),
        ("DELETE FROM raadsinformatie", "replay", 1),
        ("DELETE FROM paper", "replay", 1),
        ("UPDATE text SET text = 'iemand anders'", "replay", 1),
        ("UPDATE text SET salt = :bytes", "replay", 1),
        ("UPDATE blob SET content = :bytes", "replay", 1),
    ],
)
def test_damage_is_named_with_its_place(
    engine: Engine, statement: str, check: str, seq: int | None
) -> None:
    """Each way to alter the register by hand is found by its check, at its place."""
    names = {"bytes": b"\xff\x00", "no": False}
    values = {name: value for name, value in names.items() if f":{name}" in statement}

    problems = tamper(engine, statement, **values).problems

    assert (check, seq) in {(problem.check, problem.seq) for problem in problems}


def test_erased_words_are_no_problem(engine: Engine) -> None:
    """Who is forgotten leaves no hole in the proof."""
    assert tamper(engine, "UPDATE text SET text = NULL, salt = NULL").ok


@pytest.mark.parametrize(
    "value", ["CAST(x'ff' AS TEXT)", "x'00ff'", "'{'", "'2024-99-99'", "3.5", "9e99", "-1"]
)
def test_values_that_no_program_wrote_are_problems_not_crashes(
    templates: Templates, tmp_path: Path, value: str
) -> None:
    """On SQLite any column can hold anything: half a letter, no date, no JSON, a fraction."""
    columns = [(table.name, column.name) for table in TABLES.values() for column in table.columns]
    columns += [("tree_node", "hash"), ("log_head", "peaks"), ("log_head", "size")]
    columns += [("text", "text"), ("text", "salt"), ("blob", "content"), ("blob", "sha256")]
    event = ["body", "leaf_hash", "stream", "stream_seq", "command_id"]
    with templates.copy("sqlite", three_acts, tmp_path) as engine:
        with by_hand(engine) as connection:
            for table, column in columns:
                connection.exec_driver_sql(f'UPDATE {table} SET "{column}" = {value}')
            for column in event:
                connection.exec_driver_sql(f"UPDATE event SET {column} = {value} WHERE seq = 2")

        problems = report(engine).problems

        named = " ".join(problem.message for problem in problems)
        assert {problem.check for problem in problems} >= {"leaves", "tree", "replay"}
        assert all(table.name in named for table in TABLES.values())
        with stored_history(engine) as history:
            assert not verify_tree(history).ok


def test_database_that_fails_midway_is_told(templates: Templates, tmp_path: Path) -> None:
    """A page that cannot be read any more is an error of the surroundings, with a sentence."""
    with templates.copy("sqlite", three_acts, tmp_path) as engine:
        file = Path(str(engine.url.database))
        whole = file.read_bytes()
        file.write_bytes(whole[:4096] + b"\x00" * 4096 * 3 + whole[4096 * 4 :])

        with pytest.raises(Surroundings, match="database"):
            report(engine)
