"""On which day a reminder goes out, and what a tick does with what it missed."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from tests.domain.reminder_examples import (
    AGENDA,
    CALENDAR,
    OFFICE,
    PAPERS,
    PILOT,
    RAAD,
    ROW,
    RULES,
    SENDING,
    at,
    days,
    preview,
    tick,
)
from workflow.domain.calendar import Span
from workflow.domain.reminder_days import no_mail_because
from workflow.domain.reminder_facts import OpenBehandeling
from workflow.domain.reminders import anchor_spans, keys_still_wanted, oldest_due

# --- which day -----------------------------------------------------------------------


def test_nothing_goes_out_in_the_weekend_on_a_holiday_or_in_recess() -> None:
    """Whatever the window, each reminder falls on a day on which people work."""
    facts = [
        replace(PILOT, id=f"e{n}", window=Span(first=date(2024, 1, 1), last=end))
        for n, end in enumerate(
            date.fromordinal(number)
            for number in range(date(2024, 3, 1).toordinal(), date(2025, 3, 1).toordinal())
        )
    ]
    due = {r.due for r in preview(*facts)}

    assert len(due) > 200
    assert not [day for day in due if day.weekday() > 4 or day in CALENDAR.closed]


def test_a_rule_may_say_that_recess_does_not_count() -> None:
    """Then only weekends and holidays do."""
    summer = replace(ROW, state="geagendeerd", day=date(2024, 8, 8), missing=())
    urgent = replace(AGENDA, in_recess=True)

    assert days(preview(summer, rules=(AGENDA,))) == ["2024-07-17"]
    assert days(preview(summer, rules=(urgent,))) == ["2024-08-05"]
    assert tick(date(2024, 8, 5), summer, rules=(AGENDA,)) == []
    assert len(tick(date(2024, 8, 5), summer, rules=(urgent,))) == 1


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (at(2024, 6, 28, 11, 59), ""),
        (at(2024, 6, 28, 12, 0), "vrijdag na 12.00 uur"),
        (at(2024, 6, 29, 9, 0), "weekend"),
        (at(2024, 7, 1, 7, 29), "vanaf 07.30 uur"),
        (at(2024, 7, 1, 7, 30), ""),
        (at(2024, 5, 9, 9, 0), "vrije dag"),
        (at(2024, 8, 1, 9, 0), "reces"),
    ],
)  # fmt: skip
def test_mail_keeps_office_hours(moment: datetime, reason: str) -> None:
    """No mail on Friday after 12.00, in the weekend, in recess or at night."""
    found = no_mail_because(moment, CALENDAR)
    assert (reason in found) if reason else found == ""


def test_a_person_may_send_before_office_hours() -> None:
    """The hour of the morning binds the clock's tick, not someone who gives the command."""
    assert no_mail_because(at(2024, 7, 1, 5, 0), CALENDAR, from_hour=time(0)) == ""


def test_nothing_for_a_date_before_the_register_went_live() -> None:
    """Importing old voorbladen causes no storm."""
    assert preview(ROW, RAAD, go_live=date(2024, 7, 1)) == []
    assert days(preview(ROW, rules=(PAPERS,), go_live=date(2024, 6, 14))) == ["2024-06-19"]


# --- the tick ------------------------------------------------------------------------


def test_the_tick_finds_what_is_due_today() -> None:
    """The day before and the day after find nothing of it."""
    assert tick(date(2024, 6, 12), ROW) == []
    assert days(tick(date(2024, 6, 13), ROW)) == ["2024-06-13"]
    assert tick(date(2024, 6, 15), ROW) == []  # Saturday


def test_a_week_of_downtime_gives_one_mail() -> None:
    """Of what was missed only the newest comes, once."""
    assert days(tick(date(2024, 6, 19), ROW)) == ["2024-06-19"]
    assert days(tick(date(2024, 6, 20), ROW)) == ["2024-06-19"]
    assert len({r.key for day in (13, 14, 17, 18) for r in tick(date(2024, 6, day), ROW)}) == 1


def test_a_notice_never_comes_after_its_date() -> None:
    """After the deadline nobody is asked to deliver before it."""
    assert tick(date(2024, 6, 21), ROW, rules=(PAPERS,)) == []


def test_nothing_comes_for_what_is_long_past() -> None:
    """A month of downtime is not made up for."""
    assert days(tick(date(2024, 7, 8), replace(ROW, missing=()))) == ["2024-07-01"]
    assert tick(date(2024, 7, 12), replace(ROW, missing=())) == []


def test_recess_is_no_reason_to_forget() -> None:
    """What was missed on the last day before summer comes on the first day after."""
    row = replace(ROW, missing=(), day=date(2024, 7, 17))
    assert days(tick(date(2024, 9, 2), row)) == ["2024-07-19"]
    assert tick(date(2024, 8, 1), row) == []


def test_a_queued_reminder_is_cancelled_when_it_is_no_longer_wanted() -> None:
    """Done, moved, or overtaken by a newer one: the old key is gone."""
    (queued,) = tick(date(2024, 6, 13), ROW)

    def wanted(day: date, row: OpenBehandeling) -> bool:
        return queued.key in keys_still_wanted(RULES, [row], CALENDAR, day, office=OFFICE)

    assert wanted(date(2024, 6, 14), ROW)
    assert wanted(date(2024, 6, 15), ROW)  # Saturday: it waits, it is not cancelled
    assert not wanted(date(2024, 6, 14), replace(ROW, missing=()))
    assert not wanted(date(2024, 6, 19), ROW)


def test_the_same_day_asked_twice_gives_the_same_keys() -> None:
    """A tick may run as often as it likes."""
    facts = (ROW, RAAD, PILOT)
    assert preview(*facts) == preview(*reversed(facts))


def test_every_day_of_the_preview_is_sent_by_the_tick_of_that_day() -> None:
    """What was previewed is what happens."""
    facts = (ROW, RAAD, PILOT, replace(ROW, id="b2", state="geagendeerd", day=date(2024, 7, 11)))
    for reminder in preview(*facts):
        assert reminder in tick(reminder.due, *facts)


def test_a_key_tells_nothing_of_an_address() -> None:
    """Another register gives the same reader another code, and no name stands in it."""
    here, there = preview(ROW)[0], preview(ROW, pepper="ander")[0]

    assert here.key != there.key
    assert here.key.startswith("stukken.1/24005969.b1/2024-06-20-5/")
    assert "smit" not in here.key


def test_the_database_needs_to_hand_over_only_what_may_be_due() -> None:
    """Everything that is due on a day has its anchor inside the spans, and those are short."""
    today = date(2024, 6, 19)
    first = oldest_due(today, CALENDAR, office=OFFICE)
    spans = anchor_spans(RULES, CALENDAR, first, today, office=OFFICE)

    assert ROW.papers_due is not None
    assert ROW.papers_due in spans["papierdeadline"]
    assert RAAD.offered_on is not None
    assert RAAD.offered_on in spans["aanbieding"]
    assert (spans["papierdeadline"].last - spans["papierdeadline"].first).days < 30


def test_a_rule_with_an_unknown_word_is_refused() -> None:
    """A rule that the program does not understand would otherwise be silent."""
    with pytest.raises(ValueError, match="'volle_maan'"):
        replace(PAPERS, anchor="volle_maan")
    with pytest.raises(ValueError, match="count from 1"):
        replace(SENDING, offsets=(-2,))


def test_the_list_has_the_shape_of_the_contract() -> None:
    """Scripts of functional managers read these names."""
    shown = preview(ROW)[0].as_json()

    assert shown == {
        "key": preview(ROW)[0].key,
        "due": "2024-06-13",
        "rule": "stukken",
        "subject": {"type": "behandeling", "id": "b1", "kenmerk": "24005969"},
        "recipient": {
            "role": "contactpersoon",
            "naam": "Anna Smit",
            "email": "a.smit@regio.example",
        },
        "title": "Stukken nog niet compleet: Voortgangsrapportage (Directie-overleg)",
        "reason": "U bent contactpersoon van voorstel 24005969.",
        "status": "planned",
    }
