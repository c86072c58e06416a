"""A page asks the database a fixed number of questions, however much there is to tell."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tests.soak.walks import START, opened, read_in, settings, walk
from workflow.bootstrap import Register, make_post
from workflow.services.act import perform
from workflow.services.dossier import actions, council, history, overview, show
from workflow.services.papers import attach
from workflow.services.reminder import log, preview

Page = Callable[[Register, str], object]
PAGES: dict[str, tuple[Page, int]] = {  # the page, and the most statements it may need
    "show": (lambda register, kenmerk: show(register.session, kenmerk), 9),
    "actions": (lambda register, kenmerk: actions(register.session, kenmerk), 10),
    "history": (lambda register, kenmerk: history(register.session, kenmerk), 7),
    "overview": (lambda register, _: overview(register.session, limit=50), 2),
    "council": (lambda register, _: council(register.session), 3),
    "reminders": (lambda register, _: due(register), 16),
    "reminders log": (lambda register, _: log(register.session, make_post(register)), 2),
}


def due(register: Register) -> object:
    """The reminders of one day."""
    day = START.date()
    return preview(register.session, make_post(register), day, day)


class Count:
    """How many statements SQLite itself sees of an engine, BEGIN included."""

    def __init__(self, engine: Engine) -> None:
        self.seen = 0
        engine.dispose()
        sa.event.listen(engine, "connect", self._follow)

    def _follow(self, connection: sqlite3.Connection, _: object) -> None:
        connection.set_trace_callback(self._note)

    def _note(self, statement: str) -> None:
        if not statement.startswith(("PRAGMA", "ROLLBACK", "--")):
            self.seen += 1

    def of(self, page: Page, register: Register, kenmerk: str) -> int:
        """The statements of one page."""
        self.seen = 0
        page(register, kenmerk)
        return self.seen


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Register, str, str]]:
    """A register with a new dossier and one that was walked to its end, with papers."""
    file = tmp_path_factory.mktemp("statements") / "besluitroute.db"
    register = opened(settings(f"sqlite:///{file}"))
    new, *walked = read_in(register, 6)
    for kenmerk in walked:
        for act in walk(kenmerk):
            perform(register.session, act)
        attach(register.session, kenmerk, "stuk.pdf", Path(__file__).read_bytes())
    yield register, new, walked[0]
    register.engine.dispose()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_takes_few_statements_however_long_the_dossier(
    counted: tuple[Register, str, str], name: str
) -> None:
    """A dossier with forty events and seven gemeenten costs no more questions than a new one."""
    register, new, walked = counted
    page, most = PAGES[name]
    count = Count(register.engine)
    page(register, walked)  # what is asked once a process is not counted

    assert count.of(page, register, walked) <= most
    assert count.of(page, register, new) <= most


def test_a_list_takes_no_more_statements_when_there_is_more(tmp_path: Path) -> None:
    """Lists over one dossier and over six."""
    few, many = (opened(settings(f"sqlite:///{tmp_path / name}.db")) for name in ("few", "many"))
    read_in(few, 1)
    kenmerk = read_in(many, 6)[0]
    for name in ("overview", "council", "reminders", "reminders log"):
        page, _ = PAGES[name]
        counts = [Count(one.engine).of(page, one, kenmerk) for one in (few, many)]
        assert counts[0] == counts[1], name
    for one in (few, many):
        one.engine.dispose()
