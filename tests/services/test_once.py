"""The database fails at the worst moment: an act is done or it is not, and its user knows which."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import Pool

from tests.soak.walks import opened, read_in, settings, walk
from tests.tools.postgres import Postgres
from workflow.bootstrap import Register
from workflow.cli.app import run
from workflow.domain.errors import OutcomeUnknown, Surroundings
from workflow.history.verify import verify
from workflow.services.act import Act, perform
from workflow.services.importing import import_files
from workflow.storage.stored_history import stored_history

KENMERK = "24100000"


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    """A register with one voorstel, on either database."""
    with one_voorstel(database_url) as made:
        yield made


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """A PostgreSQL that may be stopped: not the one that other tests use."""
    with Postgres(fast=False) as own:
        yield own


@pytest.fixture
def file_register(tmp_path: Path) -> Iterator[Register]:
    """The same, on SQLite."""
    with one_voorstel(f"sqlite:///{tmp_path / 'besluitroute.db'}") as made:
        yield made


@contextmanager
def one_voorstel(url: str) -> Iterator[Register]:
    """A register with one voorstel, for as long as the block lasts."""
    made = opened(settings(url))
    assert read_in(made, 1) == [KENMERK]
    yield made
    made.engine.dispose()


def first_act() -> Act:
    """The act that every test here tries."""
    return next(walk(KENMERK))


def events(register: Register) -> int:
    """How many events there are, in a history that holds."""
    with stored_history(register.engine) as history:
        report = verify(history)
    assert report.problems == ()
    return report.events


# --- the commit itself fails ----------------------------------------------------------


def test_an_act_whose_commit_came_through_is_answered_all_the_same(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer of the database was lost, not the act: it is found by its command id."""
    commit = register.engine.dialect.do_commit

    def lose_the_answer(connection: Any) -> None:
        monkeypatch.undo()
        commit(connection)
        break_line(register.engine, connection)

    monkeypatch.setattr(register.engine.dialect, "do_commit", lose_the_answer)
    answer = perform(register.session, first_act())

    assert (answer.event, answer.version, events(register)) == (2, 2, 2)
    assert perform(register.session, first_act()) == answer


def test_an_act_whose_commit_failed_was_not_done(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked for before the user is told that nothing was stored; then it may be repeated."""

    def fail(connection: Any) -> None:
        monkeypatch.undo()
        break_line(register.engine, connection)

    monkeypatch.setattr(register.engine.dialect, "do_commit", fail)
    with pytest.raises(Surroundings, match="Er is niets opgeslagen") as caught:
        perform(register.session, first_act())

    assert caught.type is Surroundings
    assert events(register) == 1
    assert perform(register.session, first_act()).event == 2


def read_paper(register: Register, paper: bytes) -> str:
    """What came of reading one paper in."""
    [done] = import_files(register.session, [("brief.txt", paper)])
    return done.result


LETTER = (
    b"Datum: 15 juli 2024\nKenmerk: 24100999\nOnderwerp: Rapportage\n\nGeachte raadsleden,\n\nDag."
)


def test_a_paper_whose_commit_came_through_is_read_in_for_sure(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes of a file are its command id: what became of it is looked up, not guessed."""
    commit = register.engine.dialect.do_commit

    def lose_the_answer(connection: Any) -> None:
        monkeypatch.undo()
        commit(connection)
        break_line(register.engine, connection)

    monkeypatch.setattr(register.engine.dialect, "do_commit", lose_the_answer)

    assert read_paper(register, LETTER) == "kept"
    assert (read_paper(register, LETTER), events(register)) == ("unchanged", 2)


def test_a_paper_whose_commit_failed_was_not_read_in(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user hears that nothing was stored, and may read the file again."""

    def fail(connection: Any) -> None:
        monkeypatch.undo()
        break_line(register.engine, connection)

    monkeypatch.setattr(register.engine.dialect, "do_commit", fail)
    with pytest.raises(Surroundings, match="Er is niets opgeslagen") as caught:
        read_paper(register, LETTER)

    assert caught.type is Surroundings
    assert (events(register), read_paper(register, LETTER)) == (1, "kept")


def break_line(engine: Engine, connection: Any) -> None:
    """Fail as the database fails: the server ends the connection, or the disk refuses."""
    if engine.dialect.name == "sqlite":
        raise sqlite3.OperationalError("disk I/O error")
    end = sa.text("SELECT pg_terminate_backend(:pid, 5000)")
    with engine.connect() as other:
        assert other.execute(end, {"pid": connection.driver_connection.info.backend_pid}).scalar()
    connection.execute("SELECT 1")


def test_when_the_database_stays_away_the_user_hears_that_it_is_not_sure(
    server: Postgres,
) -> None:
    """Neither done nor not done is claimed; the same command id afterwards does it once."""
    with one_voorstel(server.create_database()) as register:
        stop = server.kill
        sa.event.listen(register.engine, "commit", lambda _: stop(), once=True)
        with pytest.raises(OutcomeUnknown, match="niet zeker of dit is vastgelegd"):
            perform(register.session, first_act())

        server.start()
        assert perform(register.session, first_act()).event == 2
        assert events(register) == 2


def test_a_disk_that_refuses_the_commit_leaves_nothing_half_stored(
    file_register: Register,
) -> None:
    """No byte more fits on the disk, found out by COMMIT itself."""
    kind = resource.RLIMIT_FSIZE
    soft, hard = resource.getrlimit(kind)
    wal = Path(f"{file_register.engine.url.database}-wal")

    def no_more_room(_: Connection) -> None:
        resource.setrlimit(kind, (wal.stat().st_size if wal.exists() else 0, hard))

    sa.event.listen(file_register.engine, "commit", no_more_room, once=True)
    try:
        with pytest.raises(Surroundings, match="De database geeft een fout"):
            perform(file_register.session, first_act())
    finally:
        resource.setrlimit(kind, (soft, hard))

    assert events(file_register) == 1
    assert perform(file_register.session, first_act()).event == 2


# --- before the commit ----------------------------------------------------------------


@contextmanager
def every_connection(statement: str) -> Iterator[None]:
    """Run a statement on each new connection: how a surrounding is made that fails."""

    def prepare(connection: Any, _: Any) -> None:
        connection.execute(statement)

    sa.event.listen(Pool, "connect", prepare)
    yield
    sa.event.remove(Pool, "connect", prepare)


@pytest.mark.parametrize(
    ("surrounding", "says"),
    [
        ("PRAGMA max_page_count=1", "De schijf van de database is vol"),
        ("PRAGMA query_only=ON", "De database kan alleen worden gelezen"),
    ],
)
def test_a_full_or_read_only_disk_is_told_in_dutch_with_exit_code_4(
    file_register: Register, capsys: pytest.CaptureFixture[str], surrounding: str, says: str
) -> None:
    """Nothing is stored, and the sentence says what to do."""
    url = file_register.settings.database
    words = ["act", KENMERK, "trek_in", "--remark", "Ingetrokken. " * 1500]
    with every_connection(surrounding):
        code = run(["--database", url, "--json", *words])

    out = capsys.readouterr()
    assert code == 4
    assert says in out.out
    assert "Er is niets opgeslagen." in out.out
    assert "Traceback" not in out.out + out.err
    assert events(file_register) == 1


def test_a_lock_that_is_held_too_long_is_told_in_dutch(file_register: Register) -> None:
    """Another program keeps the file to itself; who waits hears so, after the waiting time."""
    other = sqlite3.connect(str(file_register.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def wait_shorter(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")

    sa.event.listen(file_register.engine, "connect", wait_shorter)
    file_register.engine.dispose()
    with pytest.raises(Surroundings, match="te lang bezet"):
        perform(file_register.session, first_act())

    other.execute("ROLLBACK")
    assert perform(file_register.session, first_act()).event == 2


def test_a_read_only_server_is_told_in_dutch(server: Postgres) -> None:
    """A standby, or a database that its administrator froze."""
    with one_voorstel(server.create_database()) as register:
        name = register.engine.url.database
        server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        register.engine.dispose()
        with pytest.raises(Surroundings, match="kan alleen worden gelezen"):
            perform(register.session, first_act())

        assert events(register) == 1


def test_a_server_that_is_away_is_told_in_dutch(server: Postgres) -> None:
    """Before the act began: then it is certain that nothing was stored."""
    with one_voorstel(server.create_database()) as register:
        server.kill()
        with pytest.raises(Surroundings, match="antwoordt niet") as caught:
            perform(register.session, first_act())
        server.start()

    assert caught.type is Surroundings
