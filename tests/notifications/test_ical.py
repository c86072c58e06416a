"""Calendar files that another library reads as they were meant."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.ical import LONGEST_LINE, Entry, calendar_file

AT = dt.datetime(2024, 6, 20, 5, 30, tzinfo=dt.UTC)
ZONE = ZoneInfo("Europe/Amsterdam")


def read(*entries: Entry) -> list[Any]:
    """The entries as `icalendar` reads them; a fault in the file is an error."""
    parsed = icalendar.Calendar.from_ical(calendar_file(entries, name="Proef", at=AT))
    assert parsed["METHOD"] == "PUBLISH"
    assert parsed["PRODID"]
    found = parsed.walk("VEVENT")
    assert [one.errors for one in found] == [[]] * len(found)
    return list(found)


def day(**other: Any) -> Entry:
    """An entry of a whole day."""
    return Entry(
        **{
            "uid": "b1@regio.example",
            "sequence": 3,
            "summary": "DO",
            "day": dt.date(2024, 6, 27),
            **other,
        }
    )


def test_a_day_is_a_day_and_ends_before_the_next() -> None:
    """No hour, no zone: it cannot slip a day anywhere in the world."""
    (found,) = read(day())
    assert (found.decoded("DTSTART"), found.decoded("DTEND")) == (
        dt.date(2024, 6, 27),
        dt.date(2024, 6, 28),
    )
    assert (str(found["UID"]), found["SEQUENCE"], str(found["STATUS"])) == (
        "b1@regio.example",
        3,
        "CONFIRMED",
    )
    assert found.decoded("DTSTAMP") == AT


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [1996, 2024, 2027, 2035])
def test_an_hour_is_the_same_instant_by_the_rules_that_travel_along(year: int, month: int) -> None:
    """Winter and summer, on the file's own VTIMEZONE, as in the zone database."""
    last = dt.datetime(year, month, 28, 12, 0, tzinfo=ZONE)
    entry = day(day=None, begin=last - dt.timedelta(minutes=15), end=last)
    content = calendar_file([entry], name="Proef", at=AT)
    parsed = icalendar.Calendar.from_ical(content)
    (zone,) = parsed.walk("VTIMEZONE")
    assert isinstance(zone, icalendar.Timezone)
    own = zone.to_tz(lookup_tzid=False)
    (found,) = parsed.walk("VEVENT")
    wall = found.decoded("DTEND").replace(tzinfo=None)

    assert found.decoded("DTEND") == last
    assert wall.replace(tzinfo=own).astimezone(dt.UTC) == last.astimezone(dt.UTC)


def test_what_is_cancelled_stays_and_says_so() -> None:
    """A calendar program that was told once takes it away from the day."""
    (found,) = read(day(cancelled=True, sequence=4))
    assert (str(found["STATUS"]), str(found["SUMMARY"])) == ("CANCELLED", "Vervallen: DO")
    (found,) = read(day(tentative=True))
    assert str(found["STATUS"]) == "TENTATIVE"


@given(st.text(max_size=300), st.text(max_size=120))
def test_any_text_comes_back_and_no_line_is_too_long(summary: str, description: str) -> None:
    """Commas, semicolons, line ends and letters of four octets included."""
    content = calendar_file([day(summary=summary, description=description)], name="x", at=AT)
    assert max(len(line) for line in content.split(b"\r\n")) <= LONGEST_LINE
    assert b"\n" not in content.replace(b"\r\n", b"")
    (found,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    wanted = summary.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(
        c if c == "\n" or c == "\t" or (c >= " " and c != "\x7f") else " " for c in wanted
    )
    assert str(found["SUMMARY"]) == plain


def test_an_entry_has_a_day_or_hours() -> None:
    """Half of both is a fault of ours, found at once; so is a moment without zone."""
    with pytest.raises(ValueError, match="a day or hours"):
        day(day=None)
    with pytest.raises(ValueError, match="a day or hours"):
        day(begin=AT, end=AT)
    with pytest.raises(ValueError, match="aware"):
        calendar_file([], name="x", at=dt.datetime(2024, 1, 1))  # noqa: DTZ001
