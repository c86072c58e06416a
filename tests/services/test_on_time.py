"""On time, moved or late: counted from what is stored, and not counted when it cannot be said."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.reminding import REPORT, Reminding, reminding
from workflow.domain.afspraken import Afspraak
from workflow.services.on_time import LATE, MOVED, ON_TIME, how_owed, on_time
from workflow.services.sheets import on_time_sheet

DAY = dt.date(2024, 6, 30)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Reminding]:
    """The report, read on 12 June 2024: in the DO on 27 June, with two papers owed."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, tmp_path / "post", since="2024-01-01") as made:
        yield made.at("2024-06-12").read(REPORT)


def _counts(register: Reminding, subject: str) -> dict[str, int]:
    """The counts of a subject in June, all eenheden together."""
    days = dt.date(2024, 6, 1), dt.date(2024, 6, 30)
    found = on_time(register.opened.session, register.post, *days)
    units: list[dict[str, Any]] = next(
        one["units"] for one in found["subjects"] if one["subject"] == subject
    )
    return {how: sum(row[how] for row in units) for how in (ON_TIME, MOVED, LATE)}


@pytest.mark.parametrize(
    ("settled", "slips", "today", "how"),
    [
        (BEFORE, 0, AFTER, ON_TIME),
        (DAY, 0, AFTER, ON_TIME),
        (DAY, 1, AFTER, MOVED),
        (AFTER, 0, AFTER, LATE),
        (None, 0, AFTER, LATE),
        (None, 2, AFTER, LATE),
        (None, 0, DAY, ""),
        (None, 1, BEFORE, MOVED),
    ],
)
def test_an_afspraak_is_on_time_moved_late_or_not_known_yet(
    settled: dt.date | None, slips: int, today: dt.date, how: str
) -> None:
    """The last day itself is in time; before it nothing can be said of what did not move."""
    one = Afspraak(id="a", soort="rapportage", title="R", settled_on=settled, slips=slips)
    assert how_owed(one, DAY, today) == how


def test_what_lapsed_is_neither_on_time_nor_late() -> None:
    """Nobody owes it any more."""
    lapsed = Afspraak(id="a", soort="toezegging", title="T", state="vervallen")
    assert how_owed(lapsed, DAY, AFTER) == ""


@pytest.mark.parametrize(("recorded", "how"), [("2024-07-01", ON_TIME), ("2024-07-02", LATE)])
def test_a_conclusie_is_on_time_within_two_working_days(
    register: Reminding, recorded: str, how: str
) -> None:
    """Thursday's meeting may be recorded on Monday."""
    done = register.at(recorded)
    done.act(
        REPORT,
        "leg_conclusie_vast",
        conclusie="akkoord",
        happened=dt.date(2024, 6, 27),
    )
    counts = _counts(done, "conclusie")
    assert counts == {ON_TIME: 0, MOVED: 0, LATE: 0} | {how: 1}


def test_a_conclusie_that_is_still_awaited_is_late(register: Reminding) -> None:
    """From the third working day on, as the reminder says; before it nothing is counted."""
    assert _counts(register.at("2024-07-01"), "conclusie")[LATE] == 0
    assert _counts(register.at("2024-07-02"), "conclusie")[LATE] == 1


def test_papers_after_the_deadline_are_late(register: Reminding) -> None:
    """Nothing is said before the last day for papers is over."""
    assert _counts(register, "stukken") == {ON_TIME: 0, MOVED: 0, LATE: 0}
    assert _counts(register.at("2024-06-28"), "stukken")[LATE] == 1


def test_the_counts_go_to_a_spreadsheet_as_they_are(register: Reminding) -> None:
    """One line for each subject and eenheid."""
    days = dt.date(2024, 6, 1), dt.date(2024, 6, 30)
    later = register.at("2024-07-15")
    found = on_time(later.opened.session, later.post, *days)
    lines = on_time_sheet(found).splitlines()
    assert len(lines) == 1 + sum(len(one["units"]) for one in found["subjects"]) > 1
