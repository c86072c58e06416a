"""Periods as papers write them: first and last day, half-years in a row, words."""

from datetime import date

import pytest

from workflow.domain.periods import days_of, half_year_of, half_years, period_in_words


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2025-Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-W14", date(2025, 3, 31), date(2025, 4, 6)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_first_and_last_day(period: str, first: date, last: date) -> None:
    """Both days belong to the period."""
    assert days_of(period) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "2025-Q5", "2025-H3", "2025-13", "2025-W54", "lente", "25-Q1"]
)
def test_what_is_no_period(text: str) -> None:
    """A quarter, half, month or week that does not exist has no days."""
    assert days_of(text) is None


def test_half_years_in_a_row() -> None:
    """From the first up to and including the last."""
    assert half_years("2023-H2", "2025-H1") == ("2023-H2", "2024-H1", "2024-H2", "2025-H1")
    assert half_years("2024-H1", "2023-H2") == ()


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Rapportage 2022 t/m eerste helft 2024", "2024-H1"),
        ("over januari tot en met juni 2023", "2023-H1"),
        ("t/m 31 december 2023", "2023-H2"),
        ("de tweede helft van 2025", "2025-H2"),
        ("periode 2022 t/m 2025", None),
    ],
)
def test_half_year_of_a_report(text: str, period: str | None) -> None:
    """The last half-year that its texts name; years alone name none."""
    assert half_year_of((text,)) == period


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2024-H1", "eerste helft 2024"),
        ("2025-Q3", "derde kwartaal 2025"),
        ("2025-W04", "week 4 van 2025"),
        ("2022", "2022"),
    ],
)
def test_in_words(period: str, words: str) -> None:
    """As a title says it."""
    assert period_in_words(period) == words
