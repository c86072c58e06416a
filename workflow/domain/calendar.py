"""The calendar of an organisation: days, periods, recess, and who takes part on a day.

Pure: days come in as `date` in Europe/Amsterdam, the calendar's own data from the
definitions. Nothing here knows what day it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

_PERIOD = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|W(\d{2})|(\d{2})))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from `first` up to and including `last`."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def days(self) -> Iterator[date]:
        """Every day of the span, in order."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


def parse_period(code: str) -> Span:
    """The days of a period as papers name it.

    `2025` (year), `2025-H1` (half-year), `2025-Q1` (quarter), `2025-03` (month)
    or `2025-W14` (ISO week, Monday to Sunday).

    Raises ValueError when `code` is none of these, or does not exist (`2025-W53`).
    """
    match = _PERIOD.fullmatch(code)
    if match is None:
        raise ValueError(f"{code!r} is not a period")
    year = int(match[1])
    half, quarter, week, month = match.group(2, 3, 4, 5)
    if week:
        monday = date.fromisocalendar(year, int(week), 1)
        return Span(first=monday, last=monday + timedelta(days=6))
    if month:
        return _months(year, int(month), 1)
    if quarter:
        return _months(year, 3 * int(quarter) - 2, 3)
    if half:
        return _months(year, 6 * int(half) - 5, 6)
    return _months(year, 1, 12)


def _months(year: int, first: int, count: int) -> Span:
    """`count` whole months from month `first`; they stay within one year."""
    after = first + count
    end = date(year + 1, 1, 1) if after > 12 else date(year, after, 1)
    return Span(first=date(year, first, 1), last=end - timedelta(days=1))


def half_years(first: str, last: str) -> tuple[str, ...]:
    """The half-years from `first` up to and including `last`: '2023-H1', '2023-H2', …

    Empty when `last` lies before `first`. Raises ValueError when one of them is
    not a half-year.
    """
    begin, end = _half_year_number(first), _half_year_number(last)
    return tuple(f"{number // 2}-H{number % 2 + 1}" for number in range(begin, end + 1))


def _half_year_number(code: str) -> int:
    """Half-years since year 0, so that they can be counted."""
    match = _PERIOD.fullmatch(code)
    if match is None or match[2] is None:
        raise ValueError(f"{code!r} is not a half-year")
    return int(match[1]) * 2 + int(match[2]) - 1


def reporting_periods(first: str, last: str, *, per_year: int) -> tuple[str, ...]:
    """The periods of a reporting cycle, oldest first: half-years, or years when `per_year` is 1.

    Raises ValueError when a bound is not of that kind.
    """
    if per_year == 2:
        return half_years(first, last)
    if not (first.isdigit() and last.isdigit()):
        raise ValueError(f"{first!r} and {last!r} are not years")
    return tuple(str(year) for year in range(int(first), int(last) + 1))


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Holidays, recess and known meetings, as the organisation confirmed them.

    `confirmed_until` is the last day that the organisation has confirmed; later
    days count all the same, and a reader may be told that they are provisional.
    `meetings` holds (code of the overleg, day) in order of day.
    """

    confirmed_until: date
    holidays: frozenset[date] = frozenset()
    recess: tuple[Span, ...] = ()
    meetings: tuple[tuple[str, date], ...] = field(default=())

    @cached_property
    def recess_days(self) -> frozenset[date]:
        """All days of all recess periods."""
        return frozenset(day for span in self.recess for day in span.days())

    @cached_property
    def closed(self) -> frozenset[date]:
        """Days on which nobody is asked for anything: holidays, bridge days, recess."""
        return self.holidays | self.recess_days

    def in_recess(self, day: date) -> bool:
        """Whether `day` falls in a recess."""
        return day in self.recess_days

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, no holiday or bridge day. Recess does not count here."""
        return day.weekday() < 5 and day not in self.holidays

    def meetings_of(self, overleg: str) -> tuple[date, ...]:
        """The known days of one overleg, in order."""
        return tuple(day for code, day in self.meetings if code == overleg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Part in one theme ('*': every theme), from `first` up to and including `last`.

    `None` means: no such bound.
    """

    theme: str = "*"
    first: date | None = None
    last: date | None = None

    def covers(self, theme: str | None, day: date) -> bool:
        """Whether this holds on `day`; without a theme, part in any theme counts."""
        after_begin = self.first is None or self.first <= day
        before_end = self.last is None or day <= self.last
        return after_begin and before_end and (theme is None or self.theme in ("*", theme))


def takes_part(memberships: Iterable[Membership], theme: str | None, day: date) -> bool:
    """Whether a gemeente takes part in `theme` (None: in anything) on `day`.

    The answer is a proposal: the secretariat confirms a fan-out, with a reason
    for each deviation.
    """
    return any(membership.covers(theme, day) for membership in memberships)
