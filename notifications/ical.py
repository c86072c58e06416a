"""Calendar files by RFC 5545: entries in, bytes out, the same for the same entries and moment.

Written by ourselves, so that the library that reads them back in the tests is a second
opinion and not the same one. Whole days stand as dates; hours stand in Europe/Amsterdam,
whose rules travel along.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PRODUCT = "-//Besluitroute//Besluitroute//NL"
LONGEST_LINE = 75  # octets, RFC 5545, 3.1
MAX_TEXT = 4_000  # characters of one text

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

# Summer time as the European Union has kept it since 1996; no earlier day is written.
_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a calendar: a whole day, or from `begin` (aware) until `end`.

    `uid` stays the same whatever the day becomes; `sequence` rises with every change, so
    that a calendar program takes the newest. What is cancelled stays, and says so.
    ValueError for no day and no hours, or both.
    """

    uid: str
    sequence: int
    summary: str
    day: dt.date | None = None
    begin: dt.datetime | None = None
    end: dt.datetime | None = None
    description: str = ""
    url: str = ""
    cancelled: bool = False
    tentative: bool = False

    def __post_init__(self) -> None:
        hours = self.begin is not None and self.end is not None
        if (self.day is None) != hours:
            raise ValueError(f"entry {self.uid}: a day or hours, not both and not neither")


def calendar_file(entries: Iterable[Entry], *, name: str, at: dt.datetime) -> bytes:
    """A calendar of these entries, as published at `at` (aware); for a feed or an attachment.

    ValueError when `at` is naive.
    """
    if at.tzinfo is None:
        raise ValueError("at must be an aware moment")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        *_ZONE.splitlines(),
    ]
    for entry in entries:
        lines += _event(entry, at)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(entry: Entry, at: dt.datetime) -> Iterator[str]:
    """The lines of one entry."""
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"SEQUENCE:{max(entry.sequence, 0)}"
    yield f"DTSTAMP:{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield from _when(entry)
    prefix = "Vervallen: " if entry.cancelled else ""
    yield f"SUMMARY:{_text(prefix + entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{_text(entry.description)}"
    if entry.url:
        yield f"URL:{_CONTROL.sub('', entry.url)}"
    yield f"STATUS:{_status(entry)}"
    yield "TRANSP:TRANSPARENT"  # it is a note of a day, nobody is busy by it
    yield "END:VEVENT"


def _when(entry: Entry) -> Iterator[str]:
    """A whole day, or hours in Amsterdam."""
    if entry.day is not None:
        yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.day + dt.timedelta(days=1):%Y%m%d}"
        return
    for name, moment in (("DTSTART", entry.begin), ("DTEND", entry.end)):
        if moment is not None:
            yield f"{name};TZID=Europe/Amsterdam:{moment.astimezone(AMSTERDAM):%Y%m%dT%H%M%S}"


def _status(entry: Entry) -> str:
    if entry.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.tentative else "CONFIRMED"


def _text(value: str) -> str:
    """A text value: escaped, without control characters, not without end."""
    clean = _CONTROL.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))[:MAX_TEXT]
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        clean = clean.replace(mark, written)
    return clean


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, never through a letter."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode("utf-8", "replace"))
        if size + octets > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join([*pieces, piece])
