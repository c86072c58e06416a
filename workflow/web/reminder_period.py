"""Which period of the reminder calendar is asked for, what of it, and the periods beside it."""

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from workflow.domain.errors import InvalidField
from workflow.web import words
from workflow.web.dates import read_date

LONGEST = timedelta(days=3 * 366)
LONGEST_WORD = 200
WEEK = timedelta(days=7)
FILTERS = {"voorstel": "kenmerk", "regel": "rule", "lezer": "reader", "stand": "status"}
"""The names in the address, and those of the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `first` up to and including `last`, and what of them is asked for."""

    first: date
    last: date
    filter: Mapping[str, str]

    @property
    def name(self) -> str:
        """'juli 2024', 'week 28 van 2024' or '3 juli 2024 tot en met 9 juli 2024'."""
        if self._is_month():
            return f"{words.MONTHS[self.first.month - 1]} {self.first.year}"
        if self._is_week():
            year, week, _ = self.first.isocalendar()
            return f"week {week} van {year}"
        return f"{words.day(self.first)} tot en met {words.day(self.last)}"

    @property
    def previous(self) -> str:
        """The address of the period before this one."""
        before = self.first - timedelta(days=1)
        if self._is_month():
            return self._month(before)
        return self._address(before - (self.last - self.first), before)

    @property
    def following(self) -> str:
        """The address of the period after this one."""
        after = self.last + timedelta(days=1)
        if self._is_month():
            return self._month(after)
        return self._address(after, after + (self.last - self.first))

    @property
    def month(self) -> str:
        """The address of the month in which this period begins; '' when it is that month."""
        return "" if self._is_month() else self._month(self.first)

    @property
    def week(self) -> str:
        """The address of the week in which this period begins; '' when it is that week."""
        monday = self.first - timedelta(days=self.first.weekday())
        return "" if self._is_week() else self._address(monday, monday + timedelta(days=6))

    @property
    def sheet(self) -> str:
        """The address of the table for a spreadsheet."""
        return self._address(self.first, self.last).replace("?", ".csv?", 1)

    @property
    def bare(self) -> str:
        """The address of the same period without a filter."""
        return f"/herinneringen?{urlencode({'van': self.first, 'tot': self.last})}"

    def _is_month(self) -> bool:
        return (self.first, self.last) == _month_of(self.first)

    def _is_week(self) -> bool:
        return self.first.weekday() == 0 and self.last - self.first == timedelta(days=6)

    def _month(self, day: date) -> str:
        return self._address(*_month_of(day))

    def _address(self, first: date, last: date) -> str:
        chosen = {name: self.filter[code] for name, code in FILTERS.items() if self.filter[code]}
        return f"/herinneringen?{urlencode({'van': first, 'tot': last, **chosen})}"


def read(query: Mapping[str, str], today: date) -> Period:
    """What the address asks for; without days: the month of today.

    Raises InvalidField for what is no date, a period turned round, or one over three years.
    """
    first, last = _month_of(today)
    if query.get("van") or query.get("tot"):
        first = read_date(query["van"], "van") if query.get("van") else today
        last = read_date(query["tot"], "tot") if query.get("tot") else first + timedelta(days=30)
    if last < first:
        raise InvalidField("tot", "De laatste dag ligt eerder dan de eerste. Draai ze om.")
    if last - first > LONGEST:
        raise InvalidField("tot", "Kies een periode van hoogstens drie jaar.")
    chosen = {code: query.get(name, "").strip()[:LONGEST_WORD] for name, code in FILTERS.items()}
    return Period(first=first, last=last, filter=chosen)


def typed(query: Mapping[str, str], period: Period | None) -> dict[str, str]:
    """What stands in the form: the days as read, or as typed when they cannot be."""
    days = {"van": query.get("van", ""), "tot": query.get("tot", "")}
    if period is not None:
        days = {"van": words.day(period.first), "tot": words.day(period.last)}
    return days | {name: query.get(name, "").strip()[:LONGEST_WORD] for name in FILTERS}


def _month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    return day.replace(day=1), day.replace(day=months.monthrange(day.year, day.month)[1])
