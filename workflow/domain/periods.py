"""Periods as the documents write them: 2025-Q1, 2024-H1, 2025-W14, 2025-03, 2025."""

import datetime as dt
import re
from calendar import monthrange

_FORM = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<kind>[QHW])(?P<nr>\d{1,2})|(?P<month>\d{2})))?")
_MONTHS_OF_HALF = re.compile(
    r"(?:t/m|tot en met)\s+(?:31\s+|30\s+)?(juni|december)\s+(20\d{2})", re.IGNORECASE
)
_HALF_YEAR = re.compile(
    r"(eerste|tweede|1e|2e)\s+(?:helft|half\s*jaar|halfjaar)(?:\s+van)?\s+(20\d{2})", re.IGNORECASE
)


def days_of(period: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a period (inclusive); None for text that is no period."""
    found = _FORM.fullmatch(period)
    if not found:
        return None
    year, kind = int(found["year"]), found["kind"]
    number = int(found["nr"] or found["month"] or 0)
    try:
        if kind == "W":
            return dt.date.fromisocalendar(year, number, 1), dt.date.fromisocalendar(
                year, number, 7
            )
        if kind == "Q":
            return _months(year, 3 * number - 2, 3)
        if kind == "H":
            return _months(year, 6 * number - 5, 6)
        return _months(year, number, 1) if found["month"] else _months(year, 1, 12)
    except ValueError:
        return None


def _months(year: int, first: int, count: int) -> tuple[dt.date, dt.date]:
    """The first and last day of `count` months; ValueError outside the year."""
    last = first + count - 1
    return dt.date(year, first, 1), dt.date(year, last, monthrange(year, last)[1])


def half_years(first: str, last: str) -> tuple[str, ...]:
    """All half-years from `first` up to and including `last`, as 2024-H1."""
    year, half = int(first[:4]), int(first[-1])
    found: list[str] = []
    while (period := f"{year}-H{half}") <= last:
        found.append(period)
        year, half = (year, 2) if half == 1 else (year + 1, 1)
    return tuple(found)


def half_year_of(texts: tuple[str, ...]) -> str | None:
    """The half-year that a report is about: the last one that its texts name."""
    first = ("eerste", "1e", "juni")
    found = [
        f"{match[2]}-H{1 if match[1].casefold() in first else 2}"
        for text in texts
        for pattern in (_HALF_YEAR, _MONTHS_OF_HALF)
        for match in pattern.finditer(text)
    ]
    return max(found, default=None)


def period_in_words(period: str) -> str:
    """'eerste helft 2024', 'eerste kwartaal 2025', '2022'."""
    found = _FORM.fullmatch(period)
    names = {"1": "eerste", "2": "tweede", "3": "derde", "4": "vierde"}
    if not found or not found["kind"]:
        return period
    if found["kind"] == "W":
        return f"week {int(found['nr'])} van {found['year']}"
    noun = "helft" if found["kind"] == "H" else "kwartaal"
    return f"{names.get(found['nr'], found['nr'])} {noun} {found['year']}"


def range_in_words(first: str, last: str) -> str:
    """'2022 t/m eerste helft 2024': what a cumulative report goes over."""
    return f"{period_in_words(first)} t/m {period_in_words(last)}"
