"""Counting in working days: back from a meeting, on from a deed, outside recess."""

from datetime import date

import pytest

from workflow.domain.calendar import Span
from workflow.domain.deadlines import (
    add_working_days,
    last_meeting_in,
    last_usual_day,
    nth_weekday_after,
    papers_due,
    working_day_on_or_after,
    working_day_on_or_before,
)

PFHO = date(2024, 7, 11)  # a Thursday
TUESDAY = 1


def test_papers_are_due_a_week_of_working_days_before_the_meeting() -> None:
    """Five working days before Thursday 11 July is Thursday 4 July."""
    assert papers_due(PFHO, working_days=5, closed=()) == date(2024, 7, 4)


def test_weekends_and_closed_days_are_passed_over() -> None:
    """Good Friday and Easter Monday do not count in the five days before 4 April."""
    easter = {date(2024, 3, 29), date(2024, 4, 1)}

    assert papers_due(date(2024, 4, 4), working_days=5, closed=easter) == date(2024, 3, 26)


def test_no_working_days_is_the_meeting_itself() -> None:
    """Zero is the day of the meeting, whatever day that is."""
    sunday = date(2024, 7, 14)

    assert papers_due(sunday, working_days=0, closed={sunday}) == sunday


def test_a_negative_number_of_days_is_a_mistake() -> None:
    """A deadline after the meeting does not exist."""
    with pytest.raises(ValueError, match="must be 0 or more"):
        papers_due(PFHO, working_days=-1, closed=())


def test_two_working_days_after_a_thursday_is_monday() -> None:
    """The offer to the gemeenten is due on Monday 15 July, not on Saturday."""
    assert add_working_days(PFHO, 2, closed=()) == date(2024, 7, 15)


def test_back_and_forth_ends_where_it_began() -> None:
    """Counting is the same in both directions between working days."""
    closed = {date(2024, 7, 9)}

    for days in range(1, 30):
        there = add_working_days(PFHO, days, closed=closed)
        assert add_working_days(there, -days, closed=closed) == PFHO


def test_a_calendar_that_never_opens_is_a_mistake() -> None:
    """Counting stops after ten years instead of going on for ever."""
    closed = frozenset(Span(first=date(2024, 1, 1), last=date(2040, 1, 1)).days())

    with pytest.raises(ValueError, match="calendar is closed"):
        add_working_days(PFHO, 1, closed=closed)


def test_a_day_moves_to_the_nearest_working_day() -> None:
    """A Saturday becomes Monday or Friday; a working day stays."""
    saturday = date(2024, 7, 13)

    assert working_day_on_or_after(saturday, closed=()) == date(2024, 7, 15)
    assert working_day_on_or_before(saturday, closed=()) == date(2024, 7, 12)
    assert working_day_on_or_after(PFHO, closed=()) == PFHO
    assert working_day_on_or_before(PFHO, closed=()) == PFHO


def test_college_meetings_in_recess_do_not_count() -> None:
    """After 15 July the second college meeting outside recess is in September."""
    recess = frozenset(Span(first=date(2024, 7, 20), last=date(2024, 9, 1)).days())
    offered = date(2024, 7, 15)

    first = nth_weekday_after(offered, 1, weekday=TUESDAY, closed=recess)
    second = nth_weekday_after(offered, 2, weekday=TUESDAY, closed=recess)

    assert (first, second) == (date(2024, 7, 16), date(2024, 9, 3))


def test_the_meeting_on_the_day_itself_does_not_count() -> None:
    """What is offered on a Tuesday comes in the college of the next Tuesday."""
    tuesday = date(2024, 7, 2)

    assert nth_weekday_after(tuesday, 1, weekday=TUESDAY, closed=()) == date(2024, 7, 9)


@pytest.mark.parametrize("count", [0, -1])
def test_the_noughth_meeting_does_not_exist(count: int) -> None:
    """Meetings are counted from one."""
    with pytest.raises(ValueError, match="must be 1 or more"):
        nth_weekday_after(PFHO, count, weekday=TUESDAY, closed=())


def test_a_weekday_that_is_always_closed_is_a_mistake() -> None:
    """Counting stops after ten years instead of going on for ever."""
    closed = frozenset(Span(first=date(2024, 1, 1), last=date(2040, 1, 1)).days())

    with pytest.raises(ValueError, match="no open weekday"):
        nth_weekday_after(PFHO, 1, weekday=TUESDAY, closed=closed)


def test_the_last_meeting_of_a_quarter_is_the_last_inside_it() -> None:
    """Both bounds of the window count; what lies outside does not."""
    quarter = Span(first=date(2025, 1, 1), last=date(2025, 3, 31))
    meetings = [date(2024, 12, 19), date(2025, 1, 1), date(2025, 3, 31), date(2025, 4, 3)]

    assert last_meeting_in(quarter, meetings) == date(2025, 3, 31)
    assert last_meeting_in(quarter, [date(2025, 4, 3)]) is None


def test_without_known_meetings_the_usual_day_is_the_guess() -> None:
    """The last open Thursday of the first quarter of 2025 is 27 March."""
    quarter = Span(first=date(2025, 1, 1), last=date(2025, 3, 31))

    assert last_usual_day(quarter, weekday=3, closed=()) == date(2025, 3, 27)
    assert last_usual_day(quarter, weekday=3, closed={date(2025, 3, 27)}) == date(2025, 3, 20)
    assert last_usual_day(quarter, weekday=3, closed=frozenset(quarter.days())) is None
