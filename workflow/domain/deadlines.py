"""Counting in working days, back from a meeting or on from a deed.

All days are dates in Europe/Amsterdam. `closed` holds the days that do not count
beside Saturdays and Sundays: holidays and bridge days, and recess where the rule
says so (`Calendar.closed` has all of them, `Calendar.holidays` leaves recess out).
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from workflow.domain.calendar import Span

_DAY = timedelta(days=1)
_LONGEST = 3660  # days; a calendar that is closed for ten years is a mistake, not a deadline


def papers_due(meeting: date, *, working_days: int, closed: Collection[date]) -> date:
    """Last day on which papers for a meeting may arrive.

    `working_days` before `meeting`, which itself does not count; Saturdays,
    Sundays and the days in `closed` (holidays, bridge days, recess) are
    passed over. Zero gives the meeting day. A date in Europe/Amsterdam.

    Raises ValueError when `working_days` is negative.

    Source: the meeting scheme of the overleg (`aanleveren` in its definition).
    """
    if working_days < 0:
        raise ValueError(f"working_days is {working_days}, must be 0 or more")
    return add_working_days(meeting, -working_days, closed=closed)


def add_working_days(day: date, count: int, *, closed: Collection[date]) -> date:
    """The `count`-th working day after `day`, or before it when `count` is negative.

    `day` itself never counts; zero gives `day`, also when that is no working day.
    Raises ValueError when no such day comes within ten years.
    """
    step = _DAY if count > 0 else -_DAY
    left, moved, limit = abs(count), day, day + step * _LONGEST
    while left:
        moved += step
        if moved == limit:
            raise ValueError(f"no {count} working days from {day}: the calendar is closed")
        if moved.weekday() < 5 and moved not in closed:
            left -= 1
    return moved


def working_day_on_or_after(day: date, *, closed: Collection[date]) -> date:
    """`day` when it is a working day, else the first one after it."""
    return add_working_days(day - _DAY, 1, closed=closed)


def working_day_on_or_before(day: date, *, closed: Collection[date]) -> date:
    """`day` when it is a working day, else the last one before it."""
    return add_working_days(day + _DAY, -1, closed=closed)


def nth_weekday_after(day: date, count: int, *, weekday: int, closed: Collection[date]) -> date:
    """The `count`-th (1 or more) `weekday` (Monday is 0) after `day` that is not closed.

    With a college's weekday and `Calendar.closed` this is its `count`-th meeting
    outside recess. Raises ValueError when `count` is under 1 or no such day comes
    within ten years.
    """
    if count < 1:
        raise ValueError(f"count is {count}, must be 1 or more")
    moved = day + _DAY * ((weekday - day.weekday() - 1) % 7 + 1)
    for _ in range(_LONGEST // 7):
        if moved not in closed:
            count -= 1
            if not count:
                return moved
        moved += 7 * _DAY
    raise ValueError(f"no open weekday {weekday} after {day}")


def last_meeting_in(window: Span, meetings: Iterable[date]) -> date | None:
    """The last of `meetings` inside `window`, or None when none is known there."""
    return max((day for day in meetings if day in window), default=None)


def last_usual_day(window: Span, *, weekday: int, closed: Collection[date]) -> date | None:
    """The last open `weekday` (Monday is 0) inside `window`, or None when there is none.

    For an overleg whose dates are not known yet: its usual weekday is the best guess,
    and a reader is told that it is one.
    """
    day = window.last - _DAY * ((window.last.weekday() - weekday) % 7)
    while day >= window.first:
        if day not in closed:
            return day
        day -= 7 * _DAY
    return None
