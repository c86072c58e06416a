"""Planning backwards: from the meeting that decides to the ones that must come before. Pure.

Days are dates in Europe/Amsterdam. A known meeting date counts before a usual weekday; where
neither is known nothing is planned, and the row says 'datum volgt'.
"""

import datetime as dt
from collections.abc import Sequence

from workflow.domain.calendar import Calendar, Span
from workflow.domain.deadlines import add_working_days, last_meeting_in, last_usual_day
from workflow.domain.reminder_days import OverlegRhythm

LOOK_BACK = dt.timedelta(days=90)  # a meeting earlier than this is no preparation any more


def first_meeting_in(window: Span, overleg: OverlegRhythm, calendar: Calendar) -> dt.date | None:
    """The first known meeting of an overleg inside a window, outside recess; None: not known."""
    known = (day for day in calendar.meetings_of(overleg.code) if day in window)
    return min(known, default=None)


def planned_before(
    decided: dt.date, before: Sequence[OverlegRhythm | None], calendar: Calendar, *, apart: int
) -> tuple[dt.date | None, ...]:
    """A day for each overleg that comes before the deciding meeting, in the order of the route.

    Each lies at least `apart` working days before the next; None for an overleg without a known
    date or usual weekday, or when no such day lies in the ninety days before.
    """
    days: list[dt.date | None] = []
    following = decided
    for overleg in reversed(before):
        last = add_working_days(following, -apart, closed=calendar.closed)
        found = _last_before(last, overleg, calendar) if overleg else None
        days.append(found)
        following = found or last
    return tuple(reversed(days))


def _last_before(last: dt.date, overleg: OverlegRhythm, calendar: Calendar) -> dt.date | None:
    """The last meeting of an overleg on or before a day."""
    window = Span(first=last - LOOK_BACK, last=last)
    known = last_meeting_in(window, calendar.meetings_of(overleg.code))
    if known is not None or overleg.weekday is None:
        return known
    return last_usual_day(window, weekday=overleg.weekday, closed=calendar.closed)
