"""The clock played forward: what a real clock would send, and not a trace of it left behind."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.reminding import PILOT, REPORT, Line, Reminding, reminding
from workflow.bootstrap import play_forward
from workflow.domain.calendar import Span
from workflow.domain.errors import InvalidField, NotPermitted
from workflow.domain.permissions import Actor, Role
from workflow.services.simulate import Simulation

EVALUATION_OWED = {"points": {"4": "aangehouden"}, "conclusie": "akkoord"}


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def both(database_url: str, tmp_path: Path) -> Iterator[Reminding]:
    """Report and pilot on either database, both on their way, on 20 June 2024."""
    with reminding(database_url, tmp_path / "post", since="2024-01-01") as made:
        yield _under_way(made)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Reminding]:
    """The same on SQLite, for what does not depend on the database."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, tmp_path / "post", since="2024-01-01") as made:
        yield _under_way(made)


def _under_way(register: Reminding) -> Reminding:
    """The DO decided on the pilot on 21 March; the report was read on 12 June."""
    register = register.at("2024-03-08").read(PILOT).at("2024-03-19")
    register.act(PILOT, "leg_conclusie_vast", conclusie="akkoord", happened=_day("2024-03-18"))
    register.tick()
    register = register.at("2024-03-21")
    register.act(PILOT, "leg_conclusie_vast", **EVALUATION_OWED)
    register.tick()
    register.at("2024-06-12").read(REPORT)
    register.at("2024-06-19").tick()
    return register.at("2024-06-20")


def _played(register: Reminding, first: str, last: str, *outages: Span) -> Simulation:
    return play_forward(register.opened, _day(first), _day(last), outages=outages)


def _leaving(played: Simulation) -> list[Line]:
    """Day, rule and reader of each mail that would leave."""
    return sorted(
        (day.day.isoformat(), one.mail.rule, one.mail.recipient_name or "")
        for day in played.days
        for one in day.mails
        if one.mail.status == "sent"
    )


def _sent_since(register: Reminding, first: str) -> list[Line]:
    """What the clock really sent from a day on, by the day on which it left."""
    return sorted(
        (one["ended_at"][:10], one["rule"], one["recipient"]["naam"])
        for one in register.log()
        if one["status"] == "sent" and one["ended_at"] >= first
    )


def test_it_says_what_the_clock_then_sends(both: Reminding) -> None:
    """Eight months of real ticks send exactly what was played forward, on the same days."""
    played = _played(both, "2024-06-20", "2025-02-28")

    both.ticks("2025-02-28")

    assert len(_leaving(played)) > 10
    assert _leaving(played) == _sent_since(both, "2024-06-20")
    assert played.totals()["failed"] == 0


def test_it_leaves_no_trace(register: Reminding) -> None:
    """No mail, no row in the outbox, no event."""
    events, log = register.opened.session.reader.count("event"), register.log()

    _played(register, "2024-06-20", "2024-12-31")

    assert register.log() == log
    assert register.opened.session.reader.count("event") == events


def test_what_was_sent_already_is_not_played_again(register: Reminding) -> None:
    """The real outbox counts."""
    before = _leaving(_played(register, "2024-06-20", "2024-07-05"))
    register.ticks("2024-06-27")

    after = _leaving(_played(register, "2024-06-20", "2024-07-05"))

    assert [one for one in before if one[0] > "2024-06-27"] == after


def test_after_an_outage_of_nine_days_each_is_told_once(register: Reminding) -> None:
    """What still makes sense comes on the first day back, the rest on its own day."""
    outage = Span(first=_day("2024-06-24"), last=_day("2024-07-02"))
    usual = _leaving(_played(register, "2024-06-20", "2024-07-31"))

    late = _leaving(_played(register, "2024-06-20", "2024-07-31", outage))

    assert not [one for one in late if _day(one[0]) in outage]
    assert Counter((rule, who) for _, rule, who in late) <= Counter(
        (rule, who) for _, rule, who in usual
    )
    assert [one for one in late if one[0] == "2024-07-03"] != []
    assert [one for one in late if one[0] > "2024-07-05"] == [
        one for one in usual if one[0] > "2024-07-05"
    ]


def test_three_years_of_cycles_and_the_pilot(register: Reminding) -> None:
    """Every reminder of the preview leaves exactly once, on a working day outside recess."""
    whole = register.since("2023-01-01").at("2023-01-01")
    calendar = whole.opened.session.rules.calendar

    played = _played(whole, "2023-01-01", "2025-12-31")

    keys = [one.mail.key for day in played.days for one in day.mails if one.mail.status == "sent"]
    assert len(keys) == len(set(keys)) > 30
    for day in played.days:
        if any(one.mail.status == "sent" for one in day.mails):
            assert day.day.weekday() < 5
            assert day.day not in calendar.closed
    assert _planned(whole, "2023-01-01", "2025-12-31") == set(keys)


def _planned(register: Reminding, first: str, last: str) -> set[str]:
    """The keys that the preview of a period names, without what was skipped.

    As seen on its first day; of one matter and reader only the newest of a day goes out.
    """
    rows = register.preview(first, last)
    return {one["key"] for one in rows if one["status"] == "planned"}


def test_a_reader_may_not_play_the_clock(register: Reminding) -> None:
    """It is the work of who may send."""
    reader = Actor(name="Lezer", roles=frozenset({Role.LEZER}))

    with pytest.raises(NotPermitted, match="vooruit"):
        _played(register.acting(reader), "2024-06-20", "2024-06-30")


@pytest.mark.parametrize(
    ("first", "last"), [("2024-06-30", "2024-06-20"), ("2020-01-01", "2040-01-01")]
)
def test_a_period_that_cannot_be_is_refused(register: Reminding, first: str, last: str) -> None:
    """Turned round, or longer than sixteen years."""
    with pytest.raises(InvalidField):
        _played(register, first, last)


@pytest.mark.soak
def test_fifteen_years(register: Reminding) -> None:
    """2021 up to and including 2035: both cycles, leap days, week 53, DST, each reminder once."""
    whole = register.since("2021-01-01").at("2021-01-01")

    played = _played(whole, "2021-01-01", "2035-12-31")

    keys = [one.mail.key for day in played.days for one in day.mails if one.mail.status == "sent"]
    assert len(keys) == len(set(keys)) > 60
    assert _planned(whole, "2021-01-01", "2029-12-31") <= set(keys)


def _at_moment(register: Reminding, moment: dt.datetime) -> Reminding:
    """The same register with a clock that stands at a moment."""
    session = replace(register.opened.session, clock=lambda: moment)
    return Reminding(replace(register.opened, session=session), register.folder)


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_clock_that_jumps_sends_nothing_twice(register: Reminding, hours: int) -> None:
    """Around both changes of the hour, with a tick each half hour and a clock that jumps."""
    for monday in ("2024-10-28", "2025-03-31"):
        start = dt.datetime.combine(_day(monday), dt.time(6, 0), dt.UTC)
        for half_hours in (*range(-60, 8), *range(8 + 2 * hours, 12)):
            moment = start + dt.timedelta(minutes=30 * half_hours)
            _at_moment(register, moment).tick(by_clock=True)

    keys = [one["key"] for one in register.log() if one["status"] == "sent"]
    assert len(keys) == len(set(keys)) == len(register.mails()) > 0
