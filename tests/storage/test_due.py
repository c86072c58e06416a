"""A tick reads what may be due and nothing else, however much is open."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tests.storage.rows import row_of, writing
from workflow.domain.calendar import Span
from workflow.storage.database import open_engine
from workflow.storage.due import SqlDueReader, found_by
from workflow.storage.load import VOORSTEL
from workflow.storage.migrate import migrate
from workflow.storage.tables import metadata

DAY = dt.date(2024, 6, 27)
WEEK = Span(first=dt.date(2024, 6, 24), last=dt.date(2024, 6, 30))
EMPTY: dict[str, Any] = {
    "contacts": [],
    "emails": [],
    "beslispunten": [],
    "attachments": [],
    "promises": [],
}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A register of its own."""
    made = open_engine(database_url)
    migrate(made)
    yield made
    made.dispose()


def insert(connection: Connection, name: str, **values: Any) -> None:
    """A row with these values; the rest is anything."""
    table = metadata.tables[name]
    connection.execute(sa.insert(table).values({**row_of(table, 1), **values}))


def case(connection: Connection, key: str) -> None:
    """A voorstel."""
    insert(connection, "voorstel", id=key, kenmerk=key, state="do", steps=[], **EMPTY)


ROW = {"overleg_codes": [], "per_punt": [], "soort": "DO"}
OWED = {"punten": [], "owners": [], "state": "openstaand"}
OFFERED = {"offered_on": DAY, "state": "aangeboden"}


@pytest.mark.parametrize(
    ("anchor", "table", "values", "done"),
    [
        ("vergadering", "behandeling", {**ROW, "date": DAY, "state": "gepland"}, "behandeld"),
        ("vastlegging", "behandeling", {**ROW, "recorded_on": DAY}, None),
        ("besluitdatum", "behandeling", {**ROW, "happened_on": DAY}, None),
        ("aanbieding", "raadsinformatie", OFFERED, "verzonden"),
        ("venster_begin", "afspraak", {**OWED, "window_from": DAY}, "afgedaan"),
        ("venster_einde", "afspraak", {**OWED, "window_to": DAY}, "afgedaan"),
    ],
)
def test_a_dossier_is_found_by_each_day_that_a_rule_counts_from(
    engine: Engine, anchor: str, table: str, values: dict[str, Any], done: str | None
) -> None:
    """And not by another day, nor once that part is done."""
    cases = {"known": values, "far": {**values, **_shifted(values)}}
    if done:
        cases["done"] = {**values, "state": done}
    with writing(engine) as connection:
        for key, own in cases.items():
            case(connection, key)
            named = {} if table == "raadsinformatie" else {"id": f"{key}-1"}
            insert(connection, table, voorstel_id=key, **named, **own)

    found = SqlDueReader(engine).dossiers({anchor: WEEK})

    assert [one.voorstel.kenmerk for one in found] == ["known"]


def _shifted(values: dict[str, Any]) -> dict[str, Any]:
    """The same, a month later."""
    later = dt.timedelta(days=31)
    return {name: one + later for name, one in values.items() if isinstance(one, dt.date)}


def test_no_span_means_no_reading(engine: Engine) -> None:
    """Rules that cannot be due ask nothing of the database."""
    assert SqlDueReader(engine).dossiers({}) == []
    assert SqlDueReader(engine).afspraken(()) == []


def test_a_dossier_comes_with_its_parts_in_a_fixed_number_of_statements(engine: Engine) -> None:
    """Fifty dossiers cost as many statements as one."""
    with writing(engine) as connection:
        for number in range(50):
            case(connection, f"v{number:02}")
            treated = {**ROW, "voorstel_id": f"v{number:02}", "id": "b1"}
            insert(connection, "behandeling", date=DAY, state="gepland", **treated)
    counted: list[str] = []

    def count(*given: Any) -> None:
        counted.append(given[2])

    sa.event.listen(engine, "before_cursor_execute", count)
    found = SqlDueReader(engine).dossiers({"vergadering": WEEK})

    assert len(found) == 50
    assert all(len(one.behandelingen) == 1 for one in found)
    assert len([one for one in counted if one.startswith("SELECT")]) <= 7


def test_every_question_is_answered_by_an_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite tells how it would search: never by walking through a table."""
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('due') / 'r.db'}")
    migrate(engine)
    with engine.connect() as connection:
        for anchor, query in found_by(WEEK).items():
            text = query.compile(engine, compile_kwargs={"literal_binds": True})
            plan = connection.execute(sa.text(f"EXPLAIN QUERY PLAN {text}")).all()
            assert all("USING" in step.detail and "INDEX" in step.detail for step in plan), anchor
    engine.dispose()


def test_a_voorstel_that_goes_on_is_not_read_for_lying_still(engine: Engine) -> None:
    """Of two that came in their state that day, only the one whose state a rule waits in."""
    with writing(engine) as connection:
        for state in ("concept", "do"):
            case(connection, state)
            change = sa.update(VOORSTEL).where(VOORSTEL.c.id == state)
            connection.execute(change.values(state=state, state_since=DAY))
    due = SqlDueReader(engine)

    waiting = due.dossiers({"toestand_sinds": WEEK}, waiting=["concept", "teruggestuurd"])
    assert [one.voorstel.id for one in waiting] == ["concept"]
    assert len(due.dossiers({"toestand_sinds": WEEK})) == 2
    assert due.dossiers({"toestand_sinds": WEEK}, waiting=[]) == []
