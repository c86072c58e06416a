"""Dutch dates and periods: every form on paper, and nothing guessed in silence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.dates import DateDoubt, anchor_of, derive_year, month_earlier, read_date
from workflow.domain.paper_periods import find_periods, read_period
from workflow.domain.periods import days_of

ANCHOR = date(2024, 2, 19)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10 juni 2024", date(2024, 6, 10)),
        ("27-06-24", date(2024, 6, 27)),
        ("19-2-2024", date(2024, 2, 19)),
        ("27 juni '24", date(2024, 6, 27)),
        ("27 juni ’24", date(2024, 6, 27)),
        ("27.06.2024", date(2024, 6, 27)),
        ("27/6/2024", date(2024, 6, 27)),
        ("2024-06-27", date(2024, 6, 27)),
        ("20240627", date(2024, 6, 27)),
        ("27–06–24", date(2024, 6, 27)),
        ("27 - 06 - 2024", date(2024, 6, 27)),
        ("27JUNI2024", date(2024, 6, 27)),
        ("27e juni 2024", date(2024, 6, 27)),
        ("1 mrt 2024", date(2024, 3, 1)),
        ("1 jan. 2025", date(2025, 1, 1)),
        ("do 27 juni 2024", date(2024, 6, 27)),
        ("Donderdag 27 juni 2024", date(2024, 6, 27)),
        ("27-06-24 14.00 uur", date(2024, 6, 27)),
        ("27-06-24, 9:30-10:30 uur", date(2024, 6, 27)),
        ("27 juni 2024 om 9:30", date(2024, 6, 27)),
    ],
)
def test_a_full_date_is_read_without_a_doubt(text: str, day: date) -> None:
    """Every way of writing a full date gives that day, and no doubt."""
    assert read_date(text).day == day
    assert read_date(text).doubts == ()
    assert not read_date(text).year_derived


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7-3", date(2024, 3, 7)),
        ("7/3", date(2024, 3, 7)),
        ("7.3", date(2024, 3, 7)),
        ("27 juni", date(2024, 6, 27)),
        ("ma 18-3", date(2024, 3, 18)),
        ("20-1", date(2024, 1, 20)),
        ("19-1", date(2024, 1, 19)),
        ("18-1", date(2025, 1, 18)),
        ("31-12", date(2024, 12, 31)),
    ],
)
def test_a_yearless_date_is_the_first_one_after_the_paper(text: str, day: date) -> None:
    """The year is derived from the paper's date, with a month of slack before it."""
    read = read_date(text, ANCHOR)

    assert read.day == day
    assert read.year_derived


def test_a_yearless_date_without_an_anchor_stays_open() -> None:
    """Nothing is derived from a date that is not there."""
    assert read_date("7-3") == read_date("7-3", None)
    assert read_date("7-3").day is None
    assert read_date("7-3").doubts == (DateDoubt.JAAR_ONBEKEND,)


def test_the_year_is_derived_before_the_day_is_checked() -> None:
    """A 29 February that falls in a year without one does not exist; it never rolls on."""
    read = read_date("29-2", date(2025, 1, 10))

    assert read.day is None
    assert not read.year_derived
    assert read.doubts == (DateDoubt.BESTAAT_NIET,)
    assert read_date("29-2", date(2023, 12, 1)).day == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["29-2-2025", "31 juni 2024", "32-13-2024", "6/27/2024", "00-00-0000", "31-4-24"]
)
def test_a_date_that_does_not_exist_is_never_rolled(text: str) -> None:
    """An impossible date gives no day."""
    read = read_date(text, ANCHOR)

    assert read.day is None
    assert DateDoubt.BESTAAT_NIET in read.doubts


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Q2 2025", "2025-Q2"),
        ("2025-Q2", "2025-Q2"),
        ("Q2 van 2025", "2025-Q2"),
        ("2e kwartaal 2025", "2025-Q2"),
        ("tweede kwartaal van 2025", "2025-Q2"),
        ("laatste kwartaal 2024", "2024-Q4"),
        ("eerste helft 2025", "2025-H1"),
        ("eerste helft van 2025", "2025-H1"),
        ("tweede halfjaar 2025", "2025-H2"),
        ("H1 2025", "2025-H1"),
        ("week 14 2025", "2025-W14"),
        ("week 14-2025", "2025-W14"),
        ("wk. 14", "2024-W14"),
        ("maart 2025", "2025-03"),
        ("mrt '25", "2025-03"),
        ("03-2025", "2025-03"),
        ("2025-03", "2025-03"),
        ("medio maart 2025", "2025-03"),
        ("2025", "2025"),
        ("begin 2024", "2024"),
        ("voorjaar 2025", "2025"),
        ("januari t/m juni 2024", "2024-H1"),
        ("mei/juni 2025", "2025-Q2"),
        ("uiterlijk maart 2025", "2025-03"),
    ],
)
def test_a_period_is_a_period_and_no_day(text: str, period: str) -> None:
    """A period keeps its own form; no day is made of it."""
    read = read_date(text, ANCHOR)

    assert (read.day, read.period) == (None, period)
    assert DateDoubt.PERIODE in read.doubts


def test_a_yearless_period_takes_the_first_year_in_which_it_is_not_over() -> None:
    """A quarter or month without a year follows the rule for days."""
    assert read_date("Q1", date(2024, 11, 1)).period == "2025-Q1"
    assert read_date("november", date(2024, 12, 15)).period == "2024-11"
    assert read_date("oktober", date(2024, 12, 15)).period == "2025-10"
    assert read_date("Q1", date(2024, 11, 1)).year_derived
    assert read_date("Q1").period is None


@pytest.mark.parametrize(
    "text", ["", "  ", "-", "n.t.b.", "NTB", "datum volgt", "nog te bepalen", "n.v.t.", "?", "…"]
)
def test_a_placeholder_is_no_date(text: str) -> None:
    """What stands where a date will come is said to be missing."""
    assert read_date(text, ANCHOR).doubts == (DateDoubt.ONTBREEKT,)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10 jun1 2024", date(2024, 6, 10)),
        ("1O juni 2O24", date(2024, 6, 10)),
        ("l9-2-2024", date(2024, 2, 19)),
        ("27-O6-24", date(2024, 6, 27)),
        ("10 septmber 2024", date(2024, 9, 10)),
    ],
)
def test_a_scanning_fault_is_read_and_said(text: str, day: date) -> None:
    """A letter read as a digit, or a misspelt month, is mended with a doubt, never silently."""
    read = read_date(text, ANCHOR)

    assert read.day == day
    assert DateDoubt.GECORRIGEERD in read.doubts


@pytest.mark.parametrize(
    "text",
    ["27-06-24 / 04-07-24", "27 en 28 juni 2024", "27/28 juni 2024", "1 mei 2024 t/m 4 mei 2024"],
)
def test_two_dates_are_not_one(text: str) -> None:
    """A cell with two dates is left open."""
    assert read_date(text, ANCHOR) == read_date(text, None)
    assert read_date(text, ANCHOR).day is None
    assert DateDoubt.MEER_DATA in read_date(text, ANCHOR).doubts


def test_another_weekday_than_the_date_has_is_a_doubt() -> None:
    """The date stands, and the weekday on paper is said not to fit it."""
    read = read_date("vrijdag 27 juni 2024")

    assert read.day == date(2024, 6, 27)
    assert read.doubts == (DateDoubt.WEEKDAG,)


def test_words_beside_a_date_are_kept_apart() -> None:
    """The date is read, and the other words are handed over."""
    read = read_date("27-06-24 (onder voorbehoud)")

    assert (read.day, read.rest) == (date(2024, 6, 27), "onder voorbehoud")
    assert read.doubts == (DateDoubt.EXTRA_TEKST,)


def test_an_unlikely_year_is_a_doubt() -> None:
    """A date in another age is read as written, and questioned."""
    assert DateDoubt.JAAR_ONWAARSCHIJNLIJK in read_date("27 juni 2204", ANCHOR).doubts
    assert DateDoubt.JAAR_ONWAARSCHIJNLIJK in read_date("5-12-1024").doubts


@pytest.mark.parametrize("text", ["zie agenda", "24005969", "Q5 2025", "2024-2025", "x" * 5000])
def test_other_words_are_not_understood(text: str) -> None:
    """What is no date gives neither day nor period."""
    read = read_date(text, ANCHOR)

    assert (read.day, read.period, read.doubts) == (None, None, (DateDoubt.NIET_BEGREPEN,))


def test_a_week_that_its_year_lacks_does_not_exist() -> None:
    """2025 has 52 weeks."""
    assert read_date("week 53 2025").doubts == (DateDoubt.BESTAAT_NIET,)
    assert read_date("week 53 2026").period == "2026-W53"


def test_the_slack_is_one_calendar_month() -> None:
    """A month earlier is the same day, or the last day of a shorter month."""
    assert month_earlier(date(2024, 3, 31)) == date(2024, 2, 29)
    assert month_earlier(date(2024, 1, 15)) == date(2023, 12, 15)
    assert month_earlier(date(1, 1, 5)) == date(1, 1, 5)
    assert derive_year(2, 29, date(2024, 3, 31)) == 2024


def test_a_paper_that_is_dated_by_a_period_anchors_on_its_first_day() -> None:
    """'december 2024' still tells in which year 9 January falls."""
    anchor = anchor_of(read_date("december 2024"))

    assert anchor == date(2024, 12, 1)
    assert read_date("9-1", anchor).day == date(2025, 1, 9)


def test_periods_are_found_in_running_text() -> None:
    """The more precise period wins where two overlap."""
    found = find_periods("in q1 van 2025 en daarna in 2026, niet in 2030-2033")

    assert sorted(period.value or "" for period in found) == ["2025-Q1", "2026"]


@given(st.text(max_size=300), st.one_of(st.none(), st.dates()))
def test_no_text_makes_the_reader_of_dates_fall(text: str, anchor: date | None) -> None:
    """Whatever stands in a cell, there is an answer, and at most one of day and period."""
    read = read_date(text, anchor)

    assert read.day is None or read.period is None
    assert read.period is None or days_of(read.period) is not None
    assert read.day is not None or read.period is not None or read.doubts
    period = read_period(text, anchor)
    assert period is None or period.value is None or days_of(period.value)


@given(st.dates(date(2001, 1, 1), date(2098, 12, 1)), st.dates(date(2001, 1, 1), date(2098, 1, 1)))
def test_a_yearless_day_lies_within_thirteen_months_of_the_paper(day: date, anchor: date) -> None:
    """The derived day is never before the slack, and never a year after it."""
    read = read_date(f"{day.day}-{day.month}", anchor)

    if read.day is not None:
        assert month_earlier(anchor) <= read.day
        assert (read.day - month_earlier(anchor)).days <= 366


def test_a_year_with_a_spoilt_digit_is_a_year() -> None:
    """'27 juni 2O24' is one whole date when mended, not a day with stray text."""
    read = read_date("27 juni 2O24", date(2023, 1, 1))

    assert (read.day, read.year_derived) == (date(2024, 6, 27), False)
    assert read.doubts == (DateDoubt.GECORRIGEERD,)
