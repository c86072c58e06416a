"""The calendar of an organisation: working days, recess, and who takes part on a day.

Pure: days come in as `date` in Europe/Amsterdam, the calendar's own data from the
definitions. Nothing here knows what day it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from workflow.domain.periods import half_years

_HALF_YEAR = re.compile(r"\d{4}-H[12]")
_YEAR = re.compile(r"\d{4}")


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


@lru_cache(maxsize=64)
def days_of(spans: tuple[Span, ...]) -> frozenset[date]:
    """All days of these spans; those of a recess are asked for at every tick."""
    return frozenset(day for span in spans for day in span.days())


def reporting_periods(first: str, last: str, *, per_year: int) -> tuple[str, ...]:
    """The periods of a reporting cycle, oldest first: half-years, or years when `per_year` is 1.

    Empty when `last` lies before `first`. Raises ValueError when a bound is not of
    that kind.
    """
    form = _HALF_YEAR if per_year == 2 else _YEAR
    if not (form.fullmatch(first) and form.fullmatch(last)):
        raise ValueError(f"{first!r} and {last!r} do not fit {per_year} a year")
    if per_year == 2:
        return half_years(first, last)
    return tuple(str(year) for year in range(int(first), int(last) + 1))


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Holidays, recess and known meetings, as the organisation confirmed them. Not slotted:
    what it derives is kept.

    `confirmed_until` is the last day that the organisation has confirmed; later
    days count all the same, and a reader may be told that they are provisional.
    `meetings` holds (code of the overleg, day) in order of day.
    """

    confirmed_until: date
    holidays: frozenset[date] = frozenset()
    recess: tuple[Span, ...] = ()
    meetings: tuple[tuple[str, date], ...] = ()

    @cached_property
    def recess_days(self) -> frozenset[date]:
        """All days of all recess periods."""
        return days_of(self.recess)

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
