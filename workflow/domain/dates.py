"""Dutch dates and periods as paper writes them, read without guessing in silence.

A date is read with the document's own date as anchor: a yearless date is the first
such date on or after that day, with a month of slack before it. The year is derived
first; a day that does not exist in it is a doubt, never rolled to another day.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from workflow.domain.months import MONTH_WORD, read_month
from workflow.domain.paper_periods import first_day, read_period
from workflow.domain.words import plain

_LONGEST = 200  # characters; a longer cell is a text, not a date


class DateDoubt(StrEnum):
    """What is not certain about a date that was read."""

    ONTBREEKT = "ontbreekt"  # empty, "n.t.b.", "datum volgt"
    PERIODE = "periode"  # a period, not a day
    BESTAAT_NIET = "bestaat_niet"
    JAAR_ONBEKEND = "jaar_onbekend"  # no year on paper and no document date to derive it from
    JAAR_ONWAARSCHIJNLIJK = "jaar_onwaarschijnlijk"
    WEEKDAG = "weekdag"  # the weekday on paper is another than that of the date
    GECORRIGEERD = "gecorrigeerd"  # a misspelt month or a digit read as a letter
    MEER_DATA = "meer_data"  # more than one date in the cell
    EXTRA_TEKST = "extra_tekst"  # other words beside the date
    NIET_BEGREPEN = "niet_begrepen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDate:
    """What a cell says about a day: at most one of `day` and `period` is filled.

    `period` is `2025-Q2`, `2025-H1`, `2025-W14`, `2025-03` or `2025`. `year_derived`
    is true when the paper names no year. `rest` holds the words beside the date.
    """

    day: date | None = None
    period: str | None = None
    year_derived: bool = False
    doubts: tuple[DateDoubt, ...] = ()
    rest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A date in a text: its numbers as printed and where it stands."""

    day: int
    month: int
    year: int | None
    start: int
    end: int
    corrected: bool = False


_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "`": "'"})
_PLACEHOLDER = re.compile(
    r"(?:n\.? ?t\.? ?b\.?|n\.? ?n\.? ?b\.?|n\.? ?v\.? ?t\.?|p\.? ?m\.?|t\.? ?z\.? ?t\.?|tbd"
    r"|(?:de )?(?:datum )?(?:volgt|onbekend)(?: nog)?|nog .{1,40}|(?:datum )?wordt .{1,40}"
    r"|datum nog .{1,40}|nader te bepalen.{0,20}|geen(?: datum)?|[-._?…/x]+|)"
)
_CLOCK = r"\d{1,2}[:.]\d{2}"
_TIME = re.compile(
    rf"(?:\b(?:om|van|vanaf) )?(?<![\d.:/-]){_CLOCK}(?: ?(?:-|tot|t/m) ?{_CLOCK})? ?(?:uur"
    rf"|u\b|h\b)\.?"
    r"|(?:\bom )?(?<![\d.:/-])\d{1,2}:\d{2}(?: ?(?:-|tot) ?\d{1,2}:\d{2})?(?![\d:])"
    r"|(?:\bom )?(?<![\d.:/-])\d{1,2} uur\b"
)
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_WEEKDAY = re.compile(
    r"\b(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b,?"
    r"|\b(ma|di|wo|do|vr|za|zo)\b[.,]?(?= ?\d)"
)
_YEAR = r"(?:(\d{4})|'? ?(\d{2}))"
_ISO = re.compile(r"(?<![\w-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d])")
_NUMERIC = re.compile(
    rf"(?<![\w./-])(\d{{1,2}}) ?([-/.]) ?(\d{{1,2}}) ?[-/.] ?{_YEAR}(?!\d|[-/.]\d)"
)
_WORDED = re.compile(
    rf"(?<![\w.])(\d{{1,2}})(?:e|ste|de)?[ .-]{{0,3}}({MONTH_WORD})(?:[ .,-]{{0,3}}{_YEAR}(?!\w))?"
)
_SHORT = re.compile(r"(?<![\w./-])(\d{1,2}) ?[-/] ?(\d{1,2})(?![\w/-])(?!\.\d)")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_GLUED = re.compile(r"(?<!\w)(\d{1,2})([a-z]{3,9})(\d{4}|\d{2})(?!\w)")
_SECOND_DAY = re.compile(r"\d{1,2} ?(?:en|of|/|-|\+|,|t/m|tot en met|tot)$")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")
_CONFUSED = re.compile(r"(?<![a-z])[0-9olis|!bz'./-]*\d[0-9olis|!bz'./-]*(?![a-z])")
_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "!": "1", "s": "5", "b": "8"})


@lru_cache(maxsize=4096)
def read_date(text: str, anchor: date | None = None) -> ReadDate:
    """Read the one date or period that a cell holds; `anchor` is the document's date.

    Never raises. A date that does not exist, two dates, or words that are no date
    give no day, with the doubt that says so.
    """
    cell = " ".join(plain(text[: _LONGEST + 1].translate(_DASHES)).split())
    if len(cell) > _LONGEST:
        return ReadDate(doubts=(DateDoubt.NIET_BEGREPEN,))
    if _PLACEHOLDER.fullmatch(cell):
        return ReadDate(doubts=(DateDoubt.ONTBREEKT,))
    without_time = _GLUED.sub(r"\1 \2 \3", " ".join(_TIME.sub(" ", cell).split()))
    answers = [_read_once(text, anchor, mended) for mended, text in _readings(without_time)]
    found = [answer for answer in answers if answer is not None]
    whole = [answer for answer in found if DateDoubt.EXTRA_TEKST not in answer.doubts]
    # '27 juni 2O24' is a whole date when mended, and a day with stray text when not
    return next(iter((*whole, *found)), ReadDate(doubts=(DateDoubt.NIET_BEGREPEN,)))


def derive_year(month: int, day: int, anchor: date) -> int:
    """The year of the first such day on or after `anchor` less one month (issue 2, section 3)."""
    earliest = month_earlier(anchor)
    return earliest.year + ((month, day) < (earliest.month, earliest.day))


def month_earlier(day: date) -> date:
    """The same day one calendar month before, or the last day of that month."""
    last = day.replace(day=1) - timedelta(days=1) if day > date.min.replace(day=31) else day
    return last.replace(day=min(last.day, day.day))


def _readings(cell: str) -> list[tuple[bool, str]]:
    """The cell as written, and as it reads when letters inside numbers are digits."""
    repaired = _CONFUSED.sub(lambda m: m.group().translate(_DIGITS), cell)
    return [(False, cell)] if repaired == cell else [(False, cell), (True, repaired)]


def _read_once(cell: str, anchor: date | None, corrected: bool) -> ReadDate | None:
    """Read one reading of the cell; None when it holds neither date nor period."""
    weekday = _WEEKDAY.search(cell)
    bare = " ".join(_WEEKDAY.sub(" ", cell).split()).strip(" ,;()")
    doubts = [DateDoubt.GECORRIGEERD] if corrected else []
    found = _find(bare)
    if len(found) > 1 or (found and _SECOND_DAY.search(bare[: found[0].start].strip())):
        return ReadDate(doubts=(DateDoubt.MEER_DATA,))
    period = read_period(bare, anchor)
    if period is not None and not (found and found[0].end - found[0].start == len(bare)):
        if period.derived_from_nothing:
            return ReadDate(doubts=(DateDoubt.JAAR_ONBEKEND,))
        if period.value is None:
            return ReadDate(doubts=(DateDoubt.BESTAAT_NIET,))
        corrections = [DateDoubt.GECORRIGEERD] if period.corrected else doubts
        return ReadDate(
            period=period.value,
            year_derived=period.year_derived,
            doubts=(DateDoubt.PERIODE, *corrections),
        )
    if not found:
        return None
    one = found[0]
    rest = (bare[: one.start] + " " + bare[one.end :]).strip(" ,;.()")
    if one.corrected and not corrected:
        doubts.append(DateDoubt.GECORRIGEERD)
    if rest:
        doubts.append(DateDoubt.EXTRA_TEKST)
    return _dated(one, anchor, weekday, doubts, rest)


def _dated(
    found: _Found,
    anchor: date | None,
    weekday: re.Match[str] | None,
    doubts: list[DateDoubt],
    rest: str,
) -> ReadDate:
    """The found numbers as a day, with the year derived where the paper has none."""
    year, derived = found.year, False
    if year is None:
        if not 1 <= found.month <= 12:
            return ReadDate(doubts=(*doubts, DateDoubt.BESTAAT_NIET), rest=rest)
        if anchor is None:
            return ReadDate(doubts=(*doubts, DateDoubt.JAAR_ONBEKEND), rest=rest)
        year, derived = derive_year(found.month, found.day, anchor), True
    try:
        day = date(year, found.month, found.day)
    except ValueError:
        return ReadDate(doubts=(*doubts, DateDoubt.BESTAAT_NIET), rest=rest)
    if not _likely(day, anchor):
        doubts.append(DateDoubt.JAAR_ONWAARSCHIJNLIJK)
    if weekday and not _WEEKDAYS[day.weekday()].startswith(weekday.group(1) or weekday.group(2)):
        doubts.append(DateDoubt.WEEKDAG)
    return ReadDate(day=day, year_derived=derived, doubts=tuple(doubts), rest=rest)


def _likely(day: date, anchor: date | None) -> bool:
    """A paper of an overleg speaks of days within twenty years."""
    return abs(day.year - anchor.year) <= 20 if anchor else 1980 <= day.year <= 2099


def _year(four: str | None, two: str | None) -> int | None:
    """A year of four digits, or two digits of this century."""
    if four:
        return int(four)
    return 2000 + int(two) if two else None


def _find(cell: str) -> list[_Found]:
    """All dates in the cell, in reading order, each place once."""
    found: list[_Found] = []
    for match in _ISO.finditer(cell):
        _add(found, match, int(match[4]), int(match[3]), int(match[1]))
    compact = _COMPACT.fullmatch(cell)
    if compact:
        _add(found, compact, int(compact[3]), int(compact[2]), int(compact[1]))
    for match in _NUMERIC.finditer(cell):
        _add(found, match, int(match[1]), int(match[3]), _year(match[4], match[5]))
    for match in _WORDED.finditer(cell):
        month = read_month(match[2])
        if month is not None:
            year = _year(match[3], match[4])
            _add(found, match, int(match[1]), month.number, year, month.corrected)
    for match in _SHORT.finditer(cell):
        _add(found, match, int(match[1]), int(match[2]), None)
    dotted = _DOTTED.fullmatch(cell)
    if not found and dotted:
        _add(found, dotted, int(dotted[1]), int(dotted[2]), None)
    return sorted(found, key=lambda one: one.start)


def _add(
    found: list[_Found],
    match: re.Match[str],
    day: int,
    month: int,
    year: int | None,
    corrected: bool = False,
) -> None:
    """Add a date unless its place was read already."""
    if all(match.end() <= one.start or match.start() >= one.end for one in found):
        found.append(
            _Found(
                day=day,
                month=month,
                year=year,
                start=match.start(),
                end=match.end(),
                corrected=corrected,
            )
        )


def anchor_of(read: ReadDate) -> date | None:
    """The day from which yearless dates in the same document are derived."""
    if read.day is not None:
        return read.day
    return first_day(read.period) if read.period else None


def find_days(text: str) -> list[tuple[date, int]]:
    """The days with their year in a running text in lower case, and where each begins."""
    days: list[tuple[date, int]] = []
    for found in _find(text):
        try:
            if found.year is not None:
                days.append((date(found.year, found.month, found.day), found.start))
        except ValueError:
            continue
    return days
