"""The reminder calendar: what was sent and what will be, day by day, in one view."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from workflow.domain.calendar import Calendar, Span
from workflow.domain.permissions import Permission
from workflow.engine.definition import Kalender
from workflow.services.reminder import PAST, Post, checked_period, preview
from workflow.services.reminder_mail import mail_view
from workflow.services.session import Session
from workflow.services.views import Json

QUIET, WEEKEND = "geen berichten", "weekend"
_LATE = dt.timedelta(days=60)  # a tick catches up seven working days, recess not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of a period is asked for. Empty: everything.

    `kenmerk`, `rule` and `status` are exact; `reader` is part of a name or an address.
    """

    kenmerk: str = ""
    rule: str = ""
    reader: str = ""
    status: str = ""

    def takes(self, row: Json) -> bool:
        """Whether a line of the plan or the log is asked for."""
        person = row["recipient"]
        reader = f"{person['naam'] or ''} {person['email'] or ''} {person['role']}".casefold()
        return (
            self.kenmerk.casefold() in ("", (row["subject"]["kenmerk"] or "").casefold())
            and self.rule in ("", row["rule"])
            and self.status in ("", row["status"])
            and self.reader.casefold() in reader
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDays:
    """One day with its mails, or days in a row without: then `why` says the reason.

    `today` lies in it: for a mark on the page.
    """

    first: dt.date
    last: dt.date
    why: str
    today: bool
    rows: tuple[Json, ...] = ()

    def as_json(self) -> Json:
        """One part of the calendar as JSON."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "why": self.why or None,
            "today": self.today,
            "reminders": list(self.rows),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderCalendar:
    """A period, every day of it in exactly one part, in order."""

    first: dt.date
    last: dt.date
    parts: tuple[CalendarDays, ...]
    rules: tuple[tuple[str, str], ...]  # code and title: what can be chosen

    def rows(self) -> Iterator[Json]:
        """All its mails, by day."""
        return (row for part in self.parts for row in part.rows)

    def as_json(self) -> Json:
        """What the page shows."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "parts": [part.as_json() for part in self.parts],
            "totals": dict(Counter(row["status"] for row in self.rows())),
            "rules": [{"value": code, "label": title} for code, title in self.rules],
        }


def calendar(
    session: Session, post: Post, first: dt.date, last: dt.date, wanted: Wanted
) -> ReminderCalendar:
    """Plan and log from `first` up to and including `last`: each mail once, on its due day.

    What is in the outbox stands as it is there; the rest is what would be sent as things
    stand now. Errors as `preview`.
    """
    rows = [row for row in both(session, post, first, last) if wanted.takes(row)]
    reasons = _Reasons(session.rules.definities.kalender, session.rules.calendar)
    parts = _parts(Span(first=first, last=last), rows, reasons, session.today())
    titles = {one.name: one.title for one in session.rules.reminders}
    return ReminderCalendar(
        first=first, last=last, parts=tuple(parts), rules=tuple(sorted(titles.items(), key=_title))
    )


def both(session: Session, post: Post, first: dt.date, last: dt.date) -> list[Json]:
    """The lines of the log and of the plan of a period, each key once, by day.

    A day that has passed has no plan: what was not sent then is in the log, or was never due.
    """
    session.require(Permission.LEZEN, "Bekijk de herinneringen")
    checked_period(first, last)
    logged = [mail_view(one) for one in post.outbox.mails(due=Span(first=first, last=last))]
    known = {row["key"] for row in logged}
    begin = max(first, session.today() - _LATE)
    ahead = preview(session, post, begin, last) if begin <= last else []
    planned = [row for row in ahead if row["key"] not in known and PAST not in row["reason"]]
    return sorted((*logged, *planned), key=lambda row: (row["due"], row["rule"], row["key"]))


def _title(rule: tuple[str, str]) -> str:
    return rule[1].casefold()


class _Reasons:
    """Why no mail leaves on a day, by name: 'Koningsdag', 'zomerreces', 'weekend'."""

    def __init__(self, kalender: Kalender, calendar: Calendar) -> None:
        self.names = {one.dag: one.naam for one in kalender.feestdagen}
        self.recess = kalender.reces
        self.calendar = calendar

    def of(self, day: dt.date) -> str:
        """The reason; '' for a day on which mail may leave."""
        recess = next((one.naam for one in self.recess if one.van <= day <= one.tot), "")
        if recess and self.calendar.in_recess(day):
            return recess
        if day in self.names:
            return self.names[day]
        return WEEKEND if day.weekday() >= 5 else ""


def _parts(
    period: Span, rows: Sequence[Json], reasons: _Reasons, today: dt.date
) -> Iterator[CalendarDays]:
    """Days with mail one by one, days without together as long as the reason is the same."""
    by_day = {day: tuple(found) for day, found in groupby(rows, key=lambda row: row["due"])}

    def kind(day: dt.date) -> tuple[str, str]:
        found = day.isoformat() in by_day
        return (day.isoformat() if found else "", reasons.of(day) or ("" if found else QUIET))

    for (iso, why), days in groupby(period.days(), key=kind):
        run = list(days)
        yield CalendarDays(
            first=run[0],
            last=run[-1],
            why=why,
            today=run[0] <= today <= run[-1],
            rows=by_day.get(iso, ()),
        )
