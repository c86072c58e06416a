"""Periods as papers name them: quarter, half-year, week, month, year, in words or numbers.

Written down as `2025-Q2`, `2025-H1`, `2025-W14`, `2025-03` or `2025`. Words that only
colour a year ("begin 2024", "voorjaar 2025") give the year; the words stay on paper.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.domain.months import MONTH_WORD, read_month
from workflow.domain.periods import days_of
from workflow.domain.words import plain

_ORDINALS = {"1": 1, "2": 2, "3": 3, "4": 4, "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_ORD = r"(?:([1-4]) ?(?:e|ste|de)|(eerste|tweede|derde|vierde|laatste))"
_YEAR = r"(?:(?:19|20)\d\d|'\d\d)"
_OF = rf"(?:[ ,/-]{{0,2}}(?:van (?:het jaar )?)?({_YEAR}|(?<=[ ,/-])\d\d(?!\d)))?"
_END = r"(?![\w/])(?!-\d)"
_MOMENT = (
    r"(?:(?:(?:de |het )?(?:begin|start|eind|einde|medio|midden|half|voorjaar|najaar|lente|zomer"
    r"|herfst|winter|loop)(?: van)?|in de loop van|(?:voor|na) de zomer(?: van)?) )"
)
_START = r"(?<![\w'/-])"

_QUARTER = re.compile(
    rf"{_START}(?:[qk] ?([1-4]){_OF}|({_YEAR})[ -]{{0,2}}[qk] ?([1-4])"
    rf"|{_ORD} (?:kwartaal|kw\.?){_OF}|kwartaal ([1-4]){_OF}){_END}"
)
_HALF = re.compile(
    rf"{_START}(?:h ?([12]){_OF}|({_YEAR})[ -]{{0,2}}h ?([12])"
    rf"|{_ORD} (?:helft|halfjaar|half jaar){_OF}){_END}"
)
_WEEK = re.compile(
    rf"{_START}(?:(?:week|wk)\.? ?(\d{{1,2}}){_OF}"
    rf"|({_YEAR})[ -]{{0,2}}w(?:eek)? ?(\d{{1,2}})){_END}"
)
_MONTHS = re.compile(
    rf"{_START}(?:{_MOMENT})?({MONTH_WORD})\.?"
    rf"(?: ?(?:-|/|t/m|tot en met|tot|en|of) ?({MONTH_WORD})\.?)?"
    rf"(?:[ ,-]{{0,2}}(?:van )?({_YEAR}))?{_END}"
)
_MONTH_NUMBER = re.compile(rf"{_START}(?:(\d{{1,2}})[-/](20\d\d)|(20\d\d)[-/](\d{{1,2}})){_END}")
_YEAR_ONLY = re.compile(rf"{_START}(?:{_MOMENT})?(?:(?:het )?(?:kalender)?jaar )?({_YEAR}){_END}")
_LEAD = re.compile(
    r"^(?:(?:begin|eind|einde|medio|start|half|in|voor|uiterlijk|per|rond|circa|ca\.?|omstreeks"
    r"|tegen|na|ergens|naar verwachting|verwacht|streefdatum|gepland|planning|de|het)[ :]+){1,4}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPeriod:
    """A period; `value` is None when it does not exist (week 54) or has no year to derive."""

    value: str | None
    year_derived: bool = False
    derived_from_nothing: bool = False  # no year on paper and no anchor
    corrected: bool = False
    start: int = 0
    end: int = 0


def read_period(text: str, anchor: date | None = None) -> ReadPeriod | None:
    """The period that the whole text names, or None. `anchor` derives a year left out."""
    cell = " ".join(plain(text).replace("’", "'").split()).strip(" .,;()")
    for candidate in (cell, _LEAD.sub("", cell)):
        for found in _all(candidate, anchor):
            if found.start == 0 and found.end == len(candidate):
                return found
    return None


def find_periods(text: str) -> list[ReadPeriod]:
    """All periods with their year on paper, the most precise kinds first, none inside another.

    The text must be lower case without accents; `start` and `end` count in it.
    """
    taken: list[ReadPeriod] = []
    for found in _all(text, None):
        free = all(found.end <= one.start or found.start >= one.end for one in taken)
        if free and found.value:
            taken.append(found)
    return taken


def first_day(period: str) -> date | None:
    """The first day of a period, or None when the text is no period."""
    days = days_of(period)
    return days[0] if days else None


def _all(text: str, anchor: date | None) -> Iterator[ReadPeriod]:
    """Every period in the text, the most precise kinds first."""
    for match in _QUARTER.finditer(text):
        yield _parted(match, "Q", anchor)
    for match in _HALF.finditer(text):
        yield _parted(match, "H", anchor)
    for match in _WEEK.finditer(text):
        yield _week(match, anchor)
    for match in _MONTHS.finditer(text):
        month = _months(match, anchor)
        if month is not None:
            yield month
    for match in _MONTH_NUMBER.finditer(text):
        number, year = (match[1], match[2]) if match[1] else (match[4], match[3])
        value = f"{year}-{int(number):02d}" if 1 <= int(number) <= 12 else None
        yield ReadPeriod(value=value, start=match.start(), end=match.end())
    for match in _YEAR_ONLY.finditer(text):
        yield ReadPeriod(value=str(_year(match[1])), start=match.start(), end=match.end())


def _year(text: str) -> int:
    """A printed year: four digits, or two of this century."""
    digits = int(text.strip("'"))
    return digits if digits > 99 else 2000 + digits


def _parted(match: re.Match[str], letter: str, anchor: date | None) -> ReadPeriod:
    """A quarter or half-year from a match whose groups hold one number and perhaps a year."""
    parts = [group for group in match.groups() if group]
    years = [part for part in parts if re.fullmatch(rf"{_YEAR}|\d\d", part)]
    number = next(part for part in parts if part not in years)
    last = 4 if letter == "Q" else 2
    index = last if number == "laatste" else _ORDINALS[number]
    if index > last:
        return ReadPeriod(value=None, start=match.start(), end=match.end())
    return _with_year(match, years, anchor, index * (12 // last), f"{letter}{index}")


def _with_year(
    match: re.Match[str],
    years: list[str],
    anchor: date | None,
    last_month: int,
    suffix: str,
    corrected: bool = False,
) -> ReadPeriod:
    """The period in its printed year, or in the first year in which it is not yet over."""
    start, end = match.start(), match.end()
    if years:
        value = f"{_year(years[0])}-{suffix}"
        return ReadPeriod(value=value, start=start, end=end, corrected=corrected)
    if anchor is None:
        return ReadPeriod(value=None, derived_from_nothing=True, start=start, end=end)
    slack = anchor.year * 12 + anchor.month - 2  # months since year 0, one month of slack
    year = slack // 12 + (last_month < slack % 12 + 1)
    return ReadPeriod(
        value=f"{year:04d}-{suffix}", year_derived=True, start=start, end=end, corrected=corrected
    )


def _week(match: re.Match[str], anchor: date | None) -> ReadPeriod:
    """An ISO week; a week that its year does not have has no value."""
    number, printed = int(match[1] or match[4]), match[2] or match[3]
    start, end = match.start(), match.end()
    if printed:
        year = _year(printed)
    elif anchor is None:
        return ReadPeriod(value=None, derived_from_nothing=True, start=start, end=end)
    else:
        calendar = (anchor - timedelta(days=min(31, anchor.toordinal() - 1))).isocalendar()
        year = calendar.year + (number < calendar.week)
    value = f"{year:04d}-W{number:02d}"
    if days_of(value) is None:
        return ReadPeriod(value=None, start=start, end=end)
    return ReadPeriod(value=value, year_derived=not printed, start=start, end=end)


def _months(match: re.Match[str], anchor: date | None) -> ReadPeriod | None:
    """One month, or the quarter, half-year or year that holds a range of months."""
    first, last = read_month(match[1]), read_month(match[2]) if match[2] else None
    if first is None or (match[2] and last is None):
        return None
    years = [match[3]] if match[3] else []
    corrected = first.corrected or bool(last and last.corrected)
    if last is None or last.number == first.number:
        month = first.number
        return _with_year(match, years, anchor, month, f"{month:02d}", corrected)
    if last.number < first.number:
        return None
    for months, letter in ((3, "Q"), (6, "H")):
        index = (first.number - 1) // months
        if index == (last.number - 1) // months:
            suffix = f"{letter}{index + 1}"
            return _with_year(match, years, anchor, last.number, suffix, corrected)
    if not years:
        return None
    return ReadPeriod(value=str(_year(years[0])), start=match.start(), end=match.end())
