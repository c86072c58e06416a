"""On time, moved or late: counted from what is stored, and not counted when it cannot be said."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.services.reminding import REPORT, Reminding, reminding
from workflow.domain.afspraken import Afspraak
from workflow.engine.standing import Kind, Standing
from workflow.services.act import Act, perform
from workflow.services.on_time import LATE, MOVED, ON_TIME, how_owed, on_time
from workflow.services.owed import as_it_stands, owed
from workflow.services.sheets import on_time_sheet

DAY = dt.date(2024, 6, 30)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Reminding]:
    """The report, read on 12 June 2024: in the DO on 27 June, with two papers owed."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, tmp_path / "post", since="2024-01-01") as made:
        yield made.at("2024-06-12").read(REPORT)


def _counts(
    register: Reminding,
    subject: str,
    first: dt.date = dt.date(2024, 6, 1),
    last: dt.date = dt.date(2024, 6, 30),
) -> dict[str, int]:
    """The counts of a subject in a period, June at first, all eenheden together."""
    found = on_time(register.opened.session, register.post, first, last)
    units: list[dict[str, Any]] = next(
        one["units"] for one in found["subjects"] if one["subject"] == subject
    )
    return {how: sum(row[how] for row in units) for how in (ON_TIME, MOVED, LATE)}


def _subjects(register: Reminding, first: dt.date, last: dt.date) -> list[str]:
    """The subjects of which something was counted."""
    found = on_time(register.opened.session, register.post, first, last)
    return [one["subject"] for one in found["subjects"] if one["units"]]


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


def test_a_day_before_the_register_was_in_use_tells_only_what_was_written_down() -> None:
    """Nobody kept this register then: what stands open may have been done on paper."""
    still_open = Afspraak(id="a", soort="rapportage", title="R")
    settled = replace(still_open, settled_on=BEFORE)
    assert how_owed(still_open, DAY, AFTER, since=AFTER) == ""
    assert how_owed(still_open, DAY, AFTER, since=DAY) == LATE
    assert how_owed(settled, DAY, AFTER, since=AFTER) == ON_TIME


def test_a_new_register_counts_nothing_as_late(tmp_path: Path) -> None:
    """Its definitions owe reports from before it, and it cannot know how those went."""
    url = f"sqlite:///{tmp_path / 'nieuw.db'}"
    with reminding(url, tmp_path / "post", since="2026-11-25") as new:
        assert _subjects(new, dt.date(2024, 1, 1), dt.date(2026, 12, 31)) == []


def test_local_parts_are_counted_apart_by_their_own_day(tmp_path: Path) -> None:
    """One gemeente was in time, one was late, five still are: none of it is a toezegging."""
    url = f"sqlite:///{tmp_path / 'delen.db'}"
    with reminding(url, tmp_path / "post", since="2026-01-01") as register:
        ready = register.at("2026-05-01")
        first, second, *_ = parts = [one for one in owed(ready.opened.session) if _due(one)]
        _settle(ready, first)
        later = register.at("2026-06-01")
        _settle(later, second)
        days = dt.date(2026, 5, 1), dt.date(2026, 5, 31)
        counts = _counts(later, "bijdrage", *days)
        assert counts == {ON_TIME: 1, MOVED: 0, LATE: len(parts) - 1}
        assert _subjects(later, *days) == ["bijdrage"]


def test_a_local_part_settled_with_its_report_is_not_counted() -> None:
    """Nobody said when it came in."""
    report = Afspraak(id="r", soort="rapportage", title="R", state="afgedaan", settled_by="24001")
    report = replace(report, settled_on=DAY)
    standing = Standing(owed=Afspraak(id="d", soort="actie", title="D"), kind=Kind.PART, report="r")
    part = as_it_stands(standing, report, ())
    assert (part.state, part.settled_by) == ("afgedaan", "24001")
    assert how_owed(part, DAY, AFTER) == ""


def _due(one: Afspraak) -> bool:
    """A part of a gemeente that is owed in May 2026."""
    return bool(one.gemeente and one.due and (one.due.year, one.due.month) == (2026, 5))


def _settle(register: Reminding, one: Afspraak) -> None:
    """The gemeente sent it today."""
    perform(register.opened.session, Act(kenmerk=one.id, action="doe_af", fields={"door": "brief"}))


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


def test_a_meeting_from_before_the_register_has_no_late_conclusie(register: Reminding) -> None:
    """Whoever reads in an old voorstel is not late with what the meeting of then concluded."""
    taken_over = register.since("2024-07-15").at("2024-07-15")
    assert _counts(taken_over, "conclusie")[LATE] == 0
    taken_over.act(REPORT, "leg_conclusie_vast", conclusie="akkoord", happened=dt.date(2024, 6, 27))
    assert _counts(taken_over, "conclusie") == {ON_TIME: 0, MOVED: 0, LATE: 0}


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
