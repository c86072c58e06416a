"""Herinneringen: what will be sent, one tick, and what became of each."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self

from notifications.channels import Channel
from notifications.delivery import SERVER_DOWN, DeliveryReport, DeliverySettings, deliver
from notifications.inbox import Inbox
from notifications.outbox import OutboxPort
from workflow.domain.calendar import Calendar, Span
from workflow.domain.deadlines import add_working_days
from workflow.domain.errors import Conflict, InvalidField
from workflow.domain.outbox import DueReader, MailDesk, OutboxDesk
from workflow.domain.permissions import Permission
from workflow.domain.reminder_days import MORNING, no_mail_because
from workflow.domain.reminder_facts import DueReminder, Fact, Office, Rule
from workflow.domain.reminders import (
    PLANNED,
    SKIPPED,
    anchor_spans,
    due_between,
    due_on,
    keys_still_wanted,
    oldest_due,
)
from workflow.engine.rules import Rules
from workflow.services.dossier import find
from workflow.services.facts import facts_of
from workflow.services.facts_owed import standing_facts, standing_ids
from workflow.services.mail_queue import collect
from workflow.services.reminder_mail import mail_of, mail_view
from workflow.services.reminder_setup import Around, office_of
from workflow.services.session import ZONE, Session
from workflow.services.views import Json

LONGEST_PREVIEW = dt.timedelta(days=11 * 366)
GONE = "Niet meer nodig: het is gedaan, de datum is verplaatst of het is te lang geleden."
PAST = "Deze dag is voorbij."
REAL_HISTORY = (
    "Dit register heeft een echte geschiedenis. Op een vaste dag (--today) gaan hier geen "
    "herinneringen uit. Laat --today weg, of gebruik een andere database."
)
_SCHEDULE = dt.timedelta(days=45)  # see `last_meetings_in`


class Outbox(OutboxPort, OutboxDesk, Protocol):
    """The outbox from both sides: of who fills it, and of who delivers."""

    def limited_to(self, rules: Collection[str]) -> Self:
        """The same outbox for a worker that sends mail of these rules only."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """How this register reminds: where it looks, its outbox, the way out, and the way back.

    `inbox`: where mail that came back is dropped; None: nowhere.
    """

    due: DueReader
    outbox: Outbox
    desk: MailDesk
    channel: Channel
    delivery: DeliverySettings
    inbox: Inbox | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TickReport:
    """What one tick did. `waits`: why nothing was sent, in Dutch; '' when mail could leave."""

    new: int
    cancelled: int
    delivery: DeliveryReport
    waits: str = ""

    @property
    def server_down(self) -> bool:
        """The mail server failed so often that the run ended."""
        return self.delivery.stopped == SERVER_DOWN

    def as_json(self) -> Json:
        """The shape of `reminders run --json`."""
        return {
            "new": self.new,
            "cancelled": self.cancelled,
            **{ended.value: count for ended, count in self.delivery.counts.items()},
            "settled": self.delivery.settled,
            "waits": self.waits or self.delivery.stopped or None,
        }


def preview(session: Session, post: Post, first: dt.date, last: dt.date) -> list[Json]:
    """The rows of `reminders preview --json` from `first` up to and including `last`.

    As things stand now; nothing is written. A reminder that is in the outbox already has
    its status there; one for a day that is too long ago is skipped. Raises InvalidField
    when the period is turned round or longer than eleven years.
    """
    session.require(Permission.LEZEN, "Bekijk de herinneringen")
    checked_period(first, last)
    around, rules = around_of(session, post), session.rules.reminders
    facts = _facts(post, around, rules, first, last)
    found = due_between(rules, facts, around.calendar, first, last, office=around.office)
    known = post.outbox.statuses([one.key for one in found])
    oldest = oldest_due(around.today, around.calendar, office=around.office)
    return [
        one.as_json(_shown(known[one.key])) if one.key in known else _planned(one, oldest)
        for one in found
    ]


def checked_period(first: dt.date, last: dt.date) -> None:
    """InvalidField when the period is turned round or longer than eleven years."""
    if last < first:
        raise InvalidField("to", "de laatste dag ligt eerder dan de eerste. Draai ze om.")
    if last - first > LONGEST_PREVIEW:
        raise InvalidField("to", "kies een periode van hoogstens elf jaar.")


def _shown(status: str) -> str:
    """A status of the outbox as users see it."""
    return "queued" if status in ("claimed", "sending") else status


def _planned(reminder: DueReminder, oldest: dt.date) -> Json:
    """A reminder that is not in the outbox."""
    if reminder.status == PLANNED and reminder.due < oldest:
        reminder = replace(reminder, status=SKIPPED, note=PAST)
    return reminder.as_json()


def run(
    session: Session,
    post: Post,
    *,
    by_clock: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> TickReport:
    """One tick: put what is due in the outbox, cancel what is no longer wanted, send.

    May be done as often as wanted, by as many workers as wanted: each reminder goes out
    at most once. `by_clock`: not before the morning; a person who asks is not bound to
    that. On a fixed day the hour does not count. Raises Conflict for a fixed day in a
    register with a real history.
    """
    session.require(Permission.HERINNERINGEN_BEHEREN, "Verstuur herinneringen")
    if session.rehearsal and session.reader.has_real_history():
        raise Conflict(REAL_HISTORY)
    collect(session, post.desk, post.inbox)
    waiting = post.outbox.waiting()  # before the facts are read: what comes later, stays
    around, rules = around_of(session, post), session.rules.reminders
    today, calendar, office = around.today, around.calendar, around.office
    facts = _facts(post, around, rules, oldest_due(today, calendar, office=office), today)
    due = due_on(rules, facts, calendar, today, office=office)
    now = session.clock()
    new = post.outbox.put([mail_of(one, session) for one in due], now=now)
    wanted = keys_still_wanted(rules, facts, calendar, today, office=office)
    gone = [number for number, key in waiting.items() if key not in wanted]
    cancelled = post.outbox.cancel(gone, now=now, reason=GONE)
    waits, outbox = _way_out(session, post, around, by_clock=by_clock)
    if waits:
        return TickReport(new=new, cancelled=cancelled, delivery=DeliveryReport(), waits=waits)
    report = deliver(outbox, post.channel, settings=post.delivery, clock=session.clock, stop=stop)
    return TickReport(new=new, cancelled=cancelled, delivery=report)


def _way_out(session: Session, post: Post, around: Around, *, by_clock: bool) -> tuple[str, Outbox]:
    """Why no mail may leave now ('' when it may), and the outbox to send from.

    In recess only rules that ask for it send.
    """
    moment = session.now().astimezone(ZONE)
    if session.rehearsal:
        moment = dt.datetime.combine(session.today(), around.office.from_hour, ZONE)
    calendar, outbox = around.calendar, post.outbox
    always = {rule.name for rule in around.rules.reminders if rule.in_recess}
    if always and calendar.in_recess(moment.date()):
        calendar, outbox = replace(calendar, recess=()), outbox.limited_to(always)
    why = no_mail_because(
        moment,
        calendar,
        from_hour=around.office.from_hour if by_clock else dt.time(),
        friday_until=around.office.friday_until,
    )
    return why, outbox


def mail_day(moment: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """When the day of a moment began here, and the next morning that mail may leave; in UTC."""
    day = moment.astimezone(ZONE).date()
    begin = dt.datetime.combine(day, dt.time(), ZONE)
    morning = dt.datetime.combine(day + dt.timedelta(days=1), MORNING, ZONE)
    return begin.astimezone(dt.UTC), morning.astimezone(dt.UTC)


def log(session: Session, post: Post, kenmerk: str | None = None) -> list[Json]:
    """The rows of `reminders log --json`, by the day they were due; NotFound: no such voorstel."""
    session.require(Permission.LEZEN, "Bekijk de herinneringen")
    if kenmerk is not None:
        find(session, kenmerk)
    return [mail_view(one) for one in post.outbox.mails(kenmerk=kenmerk)]


# --- what is looked at ---------------------------------------------------------------


def around_of(session: Session, post: Post) -> Around:
    """Definitions, calendar, office and day; meetings planned here are in the calendar."""
    rules, today = session.rules, session.today()
    calendar = rules.calendar
    span = Span(first=today - dt.timedelta(days=31), last=today + LONGEST_PREVIEW)
    known = post.due.meetings(span)
    cancelled = {(one.overleg_code, one.date) for one in known if one.state == "afgelast"}
    planned = {(one.overleg_code, one.date) for one in known} - cancelled
    meetings = {*calendar.meetings, *planned} - cancelled
    if meetings != set(calendar.meetings):
        ordered = sorted(meetings, key=lambda one: (one[1], one[0]))
        calendar = replace(calendar, meetings=tuple(ordered))
    return Around(
        rules=rules,
        calendar=calendar,
        office=office_of(session),
        today=today,
        cancelled=frozenset(cancelled),
    )


def _facts(
    post: Post, around: Around, rules: Sequence[Rule], first: dt.date, last: dt.date
) -> list[Fact]:
    """All that may give a reminder due from `first` to `last`."""
    spans = _spans(around.rules, around.calendar, rules, first, last, around.office)
    dossiers = post.due.dossiers(spans, waiting=_waiting(rules))
    facts = [fact for dossier in dossiers for fact in facts_of(dossier, around)]
    stored = post.due.afspraken(standing_ids(around.rules))
    return [*facts, *standing_facts(stored, around, spans)]


def _waiting(rules: Sequence[Rule]) -> frozenset[str] | None:
    """The states in which a voorstel may lie still; None: any, for some rule names none."""
    named = [rule.while_in for rule in rules if rule.anchor == "toestand_sinds"]
    return frozenset[str]().union(*named) if all(named) else None


def _spans(
    rules: Rules,
    calendar: Calendar,
    reminders: Sequence[Rule],
    first: dt.date,
    last: dt.date,
    office: Office,
) -> dict[str, Span]:
    """Between which stored days to look, per anchor that is stored.

    The deadline for papers is counted back from a meeting, the last meeting in a window
    from its end; so these widen the spans of the meeting and of the end.
    """
    spans = dict(anchor_spans(tuple(reminders), calendar, first, last, office=office))
    for anchor in ("papierdeadline", "agendavaststelling"):
        deadline = spans.pop(anchor, None)
        if deadline is not None:
            most = max(_schemes(rules), default=0)
            until = add_working_days(deadline.last, most + 1, closed=calendar.closed)
            _widen(spans, "vergadering", Span(first=deadline.first, last=until))
    meeting = spans.pop("laatste_overleg_in_venster", None)
    if meeting is not None:
        recess = max(((one.last - one.first).days for one in calendar.recess), default=0)
        slack = max(_SCHEDULE, dt.timedelta(days=recess + 21))
        _widen(spans, "venster_einde", Span(first=meeting.first, last=meeting.last + slack))
    return spans


def _schemes(rules: Rules) -> Iterator[int]:
    """In working days before a meeting: when papers are due and agendas are fixed."""
    for overleg in rules.overleggen.values():
        for scheme in (overleg.aanleveren, overleg.agendavaststelling):
            if scheme is not None:
                yield scheme.werkdagen


def _widen(spans: dict[str, Span], anchor: str, more: Span) -> None:
    """Let the span of an anchor take in another."""
    known = spans.get(anchor, more)
    spans[anchor] = Span(first=min(known.first, more.first), last=max(known.last, more.last))
