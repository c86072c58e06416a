"""On which day a reminder goes out, and when mail may leave at all.

All days are dates in Europe/Amsterdam. A reminder never falls on a Saturday, a Sunday,
a holiday or bridge day, nor (unless its rule says so) in recess.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from workflow.domain.calendar import Calendar, Span
from workflow.domain.deadlines import (
    add_working_days,
    last_meeting_in,
    last_usual_day,
    nth_weekday_after,
    working_day_on_or_after,
    working_day_on_or_before,
)
from workflow.domain.reminder_facts import MeetingDay, Rule

NOON = dt.time(12, 0)
MORNING = dt.time(7, 30)
_SCHEDULE_KNOWN = dt.timedelta(days=45)
_FARTHEST = 1100  # days between an anchor and its reminder, at most


def due_day(
    rule: Rule, anchor: dt.date, offset: int, *, calendar: Calendar, college_weekday: int
) -> dt.date:
    """The day on which the reminder of `rule` at `offset` from `anchor` goes out.

    Working days are counted outside weekends, holidays and recess. Days and weeks are
    counted on the calendar, "maandagen" from the Monday of the anchor's week (0 is that
    Monday); what then falls on a closed day moves on to the next open one, unless that
    would cost more than half of the notice: then back to the last open day before.
    Collegevergaderingen are counted outside recess, and the reminder goes out on the
    first working day after.
    """
    closed = calendar.holidays if rule.in_recess else calendar.closed
    if rule.unit == "collegevergaderingen":
        meeting = nth_weekday_after(anchor, offset, weekday=college_weekday, closed=closed)
        return add_working_days(meeting, 1, closed=closed)
    if rule.unit == "werkdagen" and offset:
        return add_working_days(anchor, offset, closed=closed)
    moved = _on_calendar(rule.unit, anchor, offset)
    later = working_day_on_or_after(moved, closed=closed)
    if moved < anchor and (later - moved) * 2 > anchor - moved:
        return working_day_on_or_before(moved, closed=closed)
    return later


def _on_calendar(unit: str, anchor: dt.date, offset: int) -> dt.date:
    """The day at an offset in days, weeks, or Mondays of the anchor's own week."""
    if unit == "maandagen":
        return anchor - dt.timedelta(days=anchor.weekday()) + dt.timedelta(weeks=offset)
    return anchor + dt.timedelta(days=offset * (7 if unit == "weken" else 1))


def anchors_for(
    rule: Rule, offset: int, span: Span, *, calendar: Calendar, college_weekday: int
) -> Span | None:
    """Between which anchor days a reminder may fall due inside `span`; None: nowhere.

    For the database: only what has its anchor in here needs to be looked at.
    """

    def due(ordinal: int) -> dt.date:
        day = dt.date.fromordinal(ordinal)
        return due_day(rule, day, offset, calendar=calendar, college_weekday=college_weekday)

    days = range(span.first.toordinal() - _FARTHEST, span.last.toordinal() + _FARTHEST)
    first = bisect_left(days, span.first, key=due)
    last = bisect_right(days, span.last, key=due) - 1
    if first > last:
        return None
    return Span(first=dt.date.fromordinal(days[first]), last=dt.date.fromordinal(days[last]))


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlegRhythm:
    """An overleg and its usual weekday (Monday is 0; None when it has none)."""

    code: str
    name: str
    weekday: int | None = None


def last_meetings_in(
    window: Span, overleggen: Iterable[OverlegRhythm], calendar: Calendar
) -> tuple[MeetingDay, ...]:
    """The last meeting of each overleg inside `window`, in order of day.

    A known date counts when it lies in the last 45 days of the window; an earlier one
    says only that the rest is not planned yet. Else the last usual weekday outside
    holidays and recess stands in, marked `derived`; without one the overleg is left out.
    """
    found: list[MeetingDay] = []
    for overleg in overleggen:
        known = last_meeting_in(window, calendar.meetings_of(overleg.code))
        if known is not None and window.last - known <= _SCHEDULE_KNOWN:
            found.append(MeetingDay(overleg=overleg.name, day=known))
            continue
        if overleg.weekday is None:
            continue
        usual = last_usual_day(window, weekday=overleg.weekday, closed=calendar.closed)
        if usual is not None:
            found.append(MeetingDay(overleg=overleg.name, day=usual, derived=True))
    return tuple(sorted(found, key=lambda meeting: meeting.day))


def is_mail_day(day: dt.date, *, closed: Collection[dt.date]) -> bool:
    """Monday to Friday, and not closed."""
    return day.weekday() < 5 and day not in closed


def no_mail_because(
    moment: dt.datetime,
    calendar: Calendar,
    *,
    from_hour: dt.time = MORNING,
    friday_until: dt.time = NOON,
) -> str:
    """Why no mail leaves at `moment` (in Europe/Amsterdam), in Dutch; '' when it may.

    Not in the weekend, on a closed day, in recess, on Friday from `friday_until`, nor before
    `from_hour` (midnight switches that off, for a command that a person gives).
    """
    day = moment.date()
    if day.weekday() >= 5:
        return "Het is weekend. De mail gaat de volgende werkdag."
    if day in calendar.holidays:
        return "Het is een vrije dag. De mail gaat de volgende werkdag."
    if calendar.in_recess(day):
        return "Het is reces. De mail gaat erna."
    if day.weekday() == 4 and moment.time() >= friday_until:
        return f"Het is vrijdag na {friday_until:%H.%M} uur. De mail gaat maandag."
    if moment.time() < from_hour:
        return f"Mail gaat vanaf {from_hour:%H.%M} uur."
    return ""


def working_days_between(first: dt.date, last: dt.date, *, closed: Collection[dt.date]) -> int:
    """How many open days lie after `first` up to and including `last`."""
    days: Sequence[int] = range(first.toordinal() + 1, last.toordinal() + 1)
    return sum(is_mail_day(dt.date.fromordinal(number), closed=closed) for number in days)
