"""Plays calendar and reminders forward, day by day: nothing is sent and nothing is stored.

The ticks are the real ones, on the real register as it stands now; only the clock and the
outbox are stand-ins. So it shows what a preview cannot: days without mail, what is caught
up after an outage, and what would fail because no mail can be made of it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from notifications.channels import Outcome, Result
from notifications.message import Message
from workflow.domain.calendar import Span
from workflow.domain.errors import InvalidField
from workflow.domain.outbox import StoredMail
from workflow.domain.permissions import Permission
from workflow.services.reminder import Post, run
from workflow.services.reminder_mail import mail_view
from workflow.services.session import ZONE, Session
from workflow.services.shadow_outbox import Letter, ShadowOutbox
from workflow.services.views import Json

LONGEST = dt.timedelta(days=16 * 366)
HOUR = dt.time(8, 0)  # of each day's tick, in Amsterdam: after the morning has begun
_SHOWN = {"sent": "planned"}  # in a simulation nothing was sent


class _Recorder:
    """A way out that takes every mail, and leads nowhere."""

    def send(
        self, message: Message, *, at: dt.datetime, about_to_send: Callable[[], bool]
    ) -> Outcome:
        about_to_send()
        return Outcome(result=Result.SENT)

    def delivered(self, message: Message) -> bool:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedDay:
    """What one day would bring. `waits`: why no mail may leave that day, in Dutch."""

    day: dt.date
    mails: tuple[StoredMail, ...]
    waits: str = ""

    def as_json(self) -> Json:
        """One day of `simulate --json`."""
        return {
            "day": self.day.isoformat(),
            "waits": self.waits or None,
            "reminders": [_shown(one) for one in self.mails],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """The days on which something would happen, in order."""

    first: dt.date
    last: dt.date
    days: tuple[SimulatedDay, ...]

    def totals(self) -> dict[str, int]:
        """How many mails would leave, how many would not and why not."""
        counts = Counter(_status(one) for day in self.days for one in day.mails)
        return {name: counts[name] for name in ("planned", "skipped", "cancelled", "failed")}

    def per_rule(self) -> Mapping[str, int]:
        """How many mails each rule would send, most first."""
        sent = (one for day in self.days for one in day.mails if _status(one) == "planned")
        return dict(Counter(one.mail.rule for one in sent).most_common())

    def as_json(self) -> Json:
        """The shape of `simulate --json`."""
        return {
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "days": [one.as_json() for one in self.days],
            "totals": self.totals(),
            "per_rule": dict(self.per_rule()),
        }


def simulate(
    session: Session,
    post: Post,
    first: dt.date,
    last: dt.date,
    *,
    letter: Letter,
    outages: Sequence[Span] = (),
    progress: Callable[[int], None] = lambda done: None,
) -> Simulation:
    """What the clock would send from `first` up to and including `last`, if nobody acts.

    One tick a day, at 08.00 in Amsterdam; none on a day of an outage. `letter` makes the
    mail of a row; `progress` gets the number of days done. Raises InvalidField when the
    period is turned round or longer than sixteen years.
    """
    session.require(Permission.HERINNERINGEN_BEHEREN, "Speel de herinneringen vooruit")
    if last < first:
        raise InvalidField("to", "de laatste dag ligt eerder dan de eerste. Draai ze om.")
    if last - first > LONGEST:
        raise InvalidField("to", "kies een periode van hoogstens zestien jaar.")
    shadow = ShadowOutbox(real=post.outbox, letter=letter)
    playing = replace(
        post,
        outbox=shadow,
        inbox=None,
        channel=_Recorder(),
        delivery=replace(
            post.delivery, enabled=True, test_address=None, per_run=100_000, per_minute=None
        ),
    )
    days: list[SimulatedDay] = []
    for number, day in enumerate(Span(first=first, last=last).days(), start=1):
        if not any(day in outage for outage in outages):
            days += _played(_on(session, day), playing, shadow, day)
        progress(number)
    return Simulation(first=first, last=last, days=tuple(days))


def _on(session: Session, day: dt.date) -> Session:
    """The session in the morning of another day."""
    moment = dt.datetime.combine(day, HOUR, ZONE).astimezone(dt.UTC)
    return replace(session, clock=lambda: moment, fixed_day=None)


def _played(session: Session, post: Post, shadow: ShadowOutbox, day: dt.date) -> list[SimulatedDay]:
    """The day, when something ended on it."""
    before = {key: one.mail.status for key, one in shadow.rows.items()}
    report = run(session, post, by_clock=True)
    ended = [
        one
        for key, one in shadow.rows.items()
        if one.ended_at is not None and before.get(key) != one.mail.status
    ]
    return [SimulatedDay(day=day, mails=tuple(ended), waits=report.waits)] if ended else []


def _status(one: StoredMail) -> str:
    """Its status in a simulation."""
    return _SHOWN.get(one.mail.status, one.mail.status)


def _shown(one: StoredMail) -> Json:
    """A line in the shape of `reminders preview`."""
    view = mail_view(one)
    kept = ("key", "due", "rule", "subject", "recipient", "title", "reason")
    return {**{name: view[name] for name in kept}, "status": _status(one)}
