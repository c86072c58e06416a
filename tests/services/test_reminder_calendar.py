"""Plan and log in one view, and of one dossier who was told what, and why not."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.reminding import REPORT, Reminding, reminding
from workflow.domain.errors import InvalidField, NotFound
from workflow.services.reminder_calendar import CalendarDays, Wanted, both, calendar
from workflow.services.reminder_story import told
from workflow.services.sheets import reminder_sheet

JUNE = dt.date(2024, 6, 1), dt.date(2024, 6, 30)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Reminding]:
    """The report has been read on 12 June 2024, and the clock ran until the 20th."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, tmp_path / "post", since="2024-01-01") as made:
        made.at("2024-06-12").read(REPORT).ticks("2024-06-20")
        yield made.at("2024-06-20")


def _days(register: Reminding, wanted: Wanted) -> tuple[CalendarDays, ...]:
    """The parts of June."""
    return calendar(register.opened.session, register.post, *JUNE, wanted).parts


def _told(register: Reminding, kenmerk: str = REPORT) -> dict[str, Any]:
    """The story of a dossier."""
    return told(register.opened.session, register.post, kenmerk)


def test_every_day_stands_in_exactly_one_part(register: Reminding) -> None:
    """No day is lost and none stands there twice."""
    shown = [
        part.first + dt.timedelta(days=number)
        for part in _days(register, Wanted())
        for number in range((part.last - part.first).days + 1)
    ]
    assert shown == [JUNE[0] + dt.timedelta(days=number) for number in range(30)]


def test_a_mail_is_sent_or_planned_and_never_both(register: Reminding) -> None:
    """What is in the log is not in the plan beside it."""
    rows = both(register.opened.session, register.post, *JUNE)

    assert len({row["key"] for row in rows}) == len(rows)
    assert {row["status"] for row in rows if row["due"] <= "2024-06-20"} == {"sent", "skipped"}
    assert {row["status"] for row in rows if row["due"] > "2024-06-20"} <= {"planned", "skipped"}


def test_a_past_month_has_a_log_and_no_plan(register: Reminding) -> None:
    """Seen a year later, nothing of that month is still to come."""
    later = register.at("2025-06-20")
    rows = both(later.opened.session, later.post, *JUNE)
    assert {row["status"] for row in rows} == {"sent", "skipped"}
    assert all(row["created_at"] for row in rows)


def test_days_without_mail_say_why(register: Reminding) -> None:
    """Weekends, and recess by its name; the days of one recess are one line."""
    session, post = register.opened.session, register.post
    parts = calendar(session, post, dt.date(2024, 7, 15), dt.date(2024, 8, 31), Wanted()).parts
    reasons = [part.why for part in parts if not part.rows]

    assert any("vakantie" in why.casefold() or "reces" in why.casefold() for why in reasons)
    assert len(parts) < 15
    assert {part.why for part in _days(register, Wanted()) if part.first.weekday() == 5} == {
        "weekend"
    }


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (Wanted(kenmerk="bestaat-niet"), False),
        (Wanted(kenmerk=REPORT), True),
        (Wanted(rule="bestaat_niet"), False),
        (Wanted(reader="niemand@nergens.example"), False),
        (Wanted(reader="@"), True),
        (Wanted(status="failed"), False),
        (Wanted(status="sent"), True),
    ],
)
def test_a_filter_leaves_only_what_is_asked_for(
    register: Reminding, wanted: Wanted, left: bool
) -> None:
    """By voorstel, rule, reader or outcome."""
    rows = [row for part in _days(register, wanted) for row in part.rows]
    assert bool(rows) is left


def test_a_period_turned_round_is_refused(register: Reminding) -> None:
    """As in the preview."""
    with pytest.raises(InvalidField, match="Draai ze om"):
        both(register.opened.session, register.post, JUNE[1], JUNE[0])


def test_the_table_for_a_spreadsheet_holds_no_formula(register: Reminding) -> None:
    """A subject that looks like a formula stays text."""
    rows = both(register.opened.session, register.post, *JUNE)
    evil = [{**rows[0], "title": "=HYPERLINK(1)"}]
    assert ";'=HYPERLINK(1);" in reminder_sheet(evil)


# --- one dossier -----------------------------------------------------------------------


def test_a_dossier_says_what_follows_and_what_not(register: Reminding) -> None:
    """What was sent is not planned again, and a rule that is silent says why."""
    found = _told(register)

    assert all(found[name] for name in ("sent", "planned"))
    assert {row["rule"] for row in found["planned"]}.isdisjoint(
        one["rule"] for one in found["not_now"]
    )
    why = {one["rule"]: one["why"] for one in found["not_now"]}
    assert "Het voorstel staat nog op geen agenda." in why.values()
    assert "De gemeenteraden zijn niet aan de beurt." in why.values()


def test_when_all_papers_are_there_the_dossier_says_so(tmp_path: Path) -> None:
    """The question 'why did nobody ask for papers?' has an answer."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, tmp_path / "post", since="2024-01-01") as made:
        day = made.at("2024-06-12").read(REPORT)
        dossier = day.opened.session.reader.dossier(REPORT)
        assert dossier is not None
        names = [one.description for one in dossier.voorstel.attachments]
        why = _told(day.with_papers(REPORT, names))["not_now"]

    assert "Alle stukken zijn er." in {one["why"] for one in why}


def test_a_reader_without_an_address_is_named(register: Reminding) -> None:
    """Not sent, and the reason has a name in it."""
    reasons = {row["reason"] for row in _told(register)["skipped"]}
    assert any("Van Sam Doornbos is geen e-mailadres bekend." in one for one in reasons), reasons


def test_an_unknown_dossier_has_no_story(register: Reminding) -> None:
    """It is not there."""
    with pytest.raises(NotFound):
        _told(register, "99999999")
