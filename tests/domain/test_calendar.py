"""Working days, recess, reporting periods, and who takes part on a day."""

from datetime import date

import pytest

from workflow.domain.calendar import Calendar, Membership, Span, reporting_periods, takes_part

KINGS_DAY = date(2026, 4, 27)
RECESS = Span(first=date(2026, 7, 4), last=date(2026, 8, 16))


@pytest.fixture
def calendar() -> Calendar:
    """One holiday, one recess, three meetings."""
    return Calendar(
        confirmed_until=date(2026, 12, 31),
        holidays=frozenset({KINGS_DAY}),
        recess=(RECESS,),
        meetings=(
            ("x", date(2026, 5, 7)),
            ("y", date(2026, 5, 14)),
            ("x", date(2026, 6, 4)),
        ),
    )


def test_both_bounds_belong_to_a_span() -> None:
    """The first and the last day count, the days beside them do not."""
    days = list(RECESS.days())

    assert days[0] in RECESS
    assert days[-1] == date(2026, 8, 16)
    assert days[-1] in RECESS
    assert date(2026, 7, 3) not in RECESS
    assert date(2026, 8, 17) not in RECESS


def test_a_holiday_is_no_working_day_and_recess_is(calendar: Calendar) -> None:
    """Offices are open in recess; only meetings and mails rest."""
    assert not calendar.is_working_day(KINGS_DAY)
    assert not calendar.is_working_day(date(2026, 4, 25))  # a Saturday
    assert calendar.is_working_day(date(2026, 7, 6))
    assert calendar.in_recess(date(2026, 7, 6))
    assert not calendar.in_recess(KINGS_DAY)


def test_closed_has_holidays_and_recess(calendar: Calendar) -> None:
    """What a deadline passes over is one set."""
    assert KINGS_DAY in calendar.closed
    assert date(2026, 8, 16) in calendar.closed
    assert date(2026, 8, 17) not in calendar.closed


def test_the_meetings_of_one_overleg_are_its_own(calendar: Calendar) -> None:
    """Another overleg's days do not count."""
    assert calendar.meetings_of("x") == (date(2026, 5, 7), date(2026, 6, 4))
    assert calendar.meetings_of("z") == ()


def test_a_cycle_has_every_half_year_between_its_bounds() -> None:
    """Six reports in three years, the last one over the second half of 2025."""
    periods = reporting_periods("2023-H1", "2025-H2", per_year=2)

    assert periods == ("2023-H1", "2023-H2", "2024-H1", "2024-H2", "2025-H1", "2025-H2")


def test_a_yearly_cycle_counts_years() -> None:
    """One report a year."""
    assert reporting_periods("2021", "2023", per_year=1) == ("2021", "2022", "2023")


@pytest.mark.parametrize("per_year", [1, 2])
def test_a_period_of_another_kind_is_a_mistake(per_year: int) -> None:
    """Quarters are no half-years, and no years."""
    with pytest.raises(ValueError, match="do not fit"):
        reporting_periods("2023-Q1", "2025-Q4", per_year=per_year)


def test_a_membership_counts_from_its_first_to_its_last_day() -> None:
    """Who leaves on 1 January still takes part on 31 December."""
    until = Membership(last=date(2021, 12, 31))

    assert until.covers("jeugd", date(2021, 12, 31))
    assert not until.covers("jeugd", date(2022, 1, 1))
    assert not Membership(first=date(2022, 1, 1)).covers("jeugd", date(2021, 12, 31))


def test_part_in_one_theme_is_no_part_in_another() -> None:
    """A gemeente that takes part by theme is asked for that theme only."""
    some = [Membership(theme="jeugd"), Membership(theme="onderwijs")]
    day = date(2024, 7, 11)

    assert takes_part(some, "jeugd", day)
    assert not takes_part(some, "wonen", day)
    assert takes_part([Membership()], "wonen", day)


def test_without_a_theme_part_in_anything_counts() -> None:
    """A voorstel without a theme is offered to all who take part; the secretariat confirms."""
    day = date(2024, 7, 11)

    assert takes_part([Membership(theme="jeugd")], None, day)
    assert not takes_part([Membership(last=date(2021, 12, 31))], None, day)
    assert not takes_part([], None, day)
