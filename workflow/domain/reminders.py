"""Which reminders are due: from what is open, the rules and a day. Pure.

Nothing is scheduled. Each tick derives anew; the unique key sees to it that a reminder
goes out once, and a moved date gives another key, so that the old one can be cancelled.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import get_args

from workflow.domain.calendar import Calendar, Span
from workflow.domain.deadlines import add_working_days
from workflow.domain.recipient import Recipient
from workflow.domain.reminder_days import (
    anchors_for,
    due_day,
    is_mail_day,
    working_days_between,
)
from workflow.domain.reminder_facts import DueReminder, Fact, Office, Plain, Rule, names
from workflow.domain.reminder_notices import Notice, filled, kind_of, notices

PLANNED, SKIPPED = "planned", "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A reminder with what decides whether it stands."""

    reminder: DueReminder
    about: str
    anchor: dt.date
    offset: int
    people: tuple[str, ...]  # whose mail this is: more than one may share an address
    rule: Rule
    words: Mapping[str, Plain]  # what the reason may name beside the data

    @property
    def thread(self) -> tuple[str, str, str]:
        """The same matter for the same reader."""
        return self.rule.situation, self.about, self.reminder.key.rpartition("/")[2]


def due_between(
    rules: Sequence[Rule],
    facts: Iterable[Fact],
    calendar: Calendar,
    first: dt.date,
    last: dt.date,
    *,
    office: Office,
) -> tuple[DueReminder, ...]:
    """Every reminder that falls due from `first` up to and including `last`, in order of day.

    For the preview: as things stand now. What would not be sent is there too, with
    status `skipped` and the reason in `note`.
    """
    period = Span(first=first, last=last)
    found = _candidates(rules, facts, calendar, office, period)
    return tuple(c.reminder for c in found if c.reminder.due in period)


def due_on(
    rules: Sequence[Rule],
    facts: Iterable[Fact],
    calendar: Calendar,
    today: dt.date,
    *,
    office: Office,
) -> tuple[DueReminder, ...]:
    """What a tick on `today` puts in the outbox; keys that are there already do no harm.

    Nothing on a day without mail. After downtime, or when something was recorded late,
    what fell due up to `office.catch_up` working days ago still comes, but of each
    matter and reader only the newest occurrence, and a notice ahead of a date never
    after that date.
    """
    if not is_mail_day(today, closed=calendar.holidays):
        return ()
    in_recess = calendar.in_recess(today)
    allowed = {rule.name for rule in rules if rule.in_recess or not in_recess}
    found = _current(rules, facts, calendar, today, office)
    return tuple(c.reminder for c in found if c.reminder.rule in allowed)


def keys_still_wanted(
    rules: Sequence[Rule],
    facts: Iterable[Fact],
    calendar: Calendar,
    today: dt.date,
    *,
    office: Office,
) -> frozenset[str]:
    """The keys that may stay in the outbox; a queued reminder with another key is cancelled.

    A key is gone when the work was done, a date moved, a reader changed, or the
    reminder became too old to be of use.
    """
    found = _current(rules, facts, calendar, today, office)
    return frozenset(c.reminder.key for c in found if c.reminder.status == PLANNED)


@lru_cache(maxsize=64)
def anchor_spans(
    rules: tuple[Rule, ...], calendar: Calendar, first: dt.date, last: dt.date, *, office: Office
) -> Mapping[str, Span]:
    """Per anchor, between which days it must lie for anything to fall due in the period.

    For the tick on `last`, `first` is `oldest_due(last, …)`. With this the database hands
    over only what may be due. Every tick of a day asks the same.
    """
    wanted: dict[str, Span] = {}
    for rule in rules:
        weekdays = range(5) if rule.unit == "collegevergaderingen" else (0,)
        for offset in rule.all_offsets:
            for weekday in weekdays:
                period = Span(first=first, last=last)
                span = anchors_for(rule, offset, period, calendar=calendar, college_weekday=weekday)
                if span is None:
                    continue
                known = wanted.get(rule.anchor, span)
                wanted[rule.anchor] = Span(
                    first=min(known.first, span.first), last=max(known.last, span.last)
                )
    return MappingProxyType(wanted)


def oldest_due(today: dt.date, calendar: Calendar, *, office: Office) -> dt.date:
    """The earliest day whose reminders a tick on `today` still sends."""
    return add_working_days(today, -office.catch_up, closed=calendar.closed)


def _current(
    rules: Sequence[Rule],
    facts: Iterable[Fact],
    calendar: Calendar,
    today: dt.date,
    office: Office,
) -> list[_Candidate]:
    """What is due and of use: the newest of each matter and reader, and what was skipped.

    Of use: not too long ago, and no notice ahead of a date that has passed.
    """
    period = Span(first=oldest_due(today, calendar, office=office), last=today)
    newest: dict[tuple[str, str, str], _Candidate] = {}
    skipped: list[_Candidate] = []
    for candidate in _candidates(rules, facts, calendar, office, period):
        if candidate.reminder.due not in period:
            continue
        if candidate.offset < 0 and candidate.anchor < today:
            continue
        if candidate.reminder.status == SKIPPED:
            skipped.append(candidate)
        else:
            newest[candidate.thread] = candidate
    return sorted((*newest.values(), *skipped), key=lambda found: _order(found.reminder))


def _candidates(
    rules: Sequence[Rule],
    facts: Iterable[Fact],
    calendar: Calendar,
    office: Office,
    period: Span,
) -> list[_Candidate]:
    """The occurrences of all rules on all facts, merged and thinned, in order of day.

    Outside `period` only those ahead of a date: they may stand in the way of one inside it.
    """
    by_key: dict[str, _Candidate] = {}
    for rule, offset, notice in _occurrences(rules, facts, office):
        due = _due(rule, offset, notice, calendar)
        if offset >= 0 and due not in period:
            continue
        for candidate in _from(rule, offset, notice, due, office):
            known = by_key.get(candidate.reminder.key)
            by_key[candidate.reminder.key] = _merged(known, candidate) if known else candidate
    ordered = sorted(by_key.values(), key=lambda candidate: _order(candidate.reminder))
    return _thinned(ordered, calendar, office)


def _occurrences(
    rules: Sequence[Rule], facts: Iterable[Fact], office: Office
) -> Iterator[tuple[Rule, int, Notice]]:
    """What each fact gives under each offset of the rules that speak of its kind."""
    about = {
        kind: [one for rule in rules if kind_of(rule) is kind for one in rule.occasions()]
        for kind in get_args(Fact)
    }
    for fact in facts:
        for rule, offset in about[type(fact)]:
            for notice in notices(rule, offset, fact, office):
                yield rule, offset, notice


def _due(rule: Rule, offset: int, notice: Notice, calendar: Calendar) -> dt.date:
    """The day on which an occurrence goes out."""
    weekday = notice.college_weekday
    return due_day(rule, notice.anchor, offset, calendar=calendar, college_weekday=weekday)


def _from(
    rule: Rule, offset: int, notice: Notice, due: dt.date, office: Office
) -> Iterable[_Candidate]:
    """One candidate per reader; none for a date before the register went live."""
    if office.go_live is not None and min(due, notice.anchor) < office.go_live:
        return
    occurrence = due.isoformat() if notice.by_due else f"{notice.anchor.isoformat()}{offset:+d}"
    stem = f"{rule.name}.{rule.version}/{notice.about}/{occurrence}"
    for reader, meant, status, note in _reached(due, notice.readers, office):
        reminder = DueReminder(
            key=f"{stem}/{_reader_code(reader, office)}",
            due=due,
            rule=rule.name,
            rule_version=rule.version,
            subject_type=notice.subject_type,
            subject_id=notice.subject_id,
            kenmerk=notice.kenmerk,
            recipient=reader,
            title=f"{rule.title}: {notice.context}",
            reason=filled(rule.reason, {**notice.words, **notice.data}),
            template=rule.template,
            data={**notice.data, **notice.own.get(meant, {}), "toon": rule.tone},
            status=status,
            note=note,
        )
        yield _Candidate(
            reminder=reminder,
            about=notice.matter or notice.about,
            anchor=notice.anchor,
            offset=offset,
            people=(reader.name,),
            rule=rule,
            words=notice.words,
        )


def _reached(
    day: dt.date, readers: tuple[Recipient, ...], office: Office
) -> Iterable[tuple[Recipient, str, str, str]]:
    """Who really gets it on that day, whom it was meant for (an id), status and note.

    A function is read by who fills it, someone away by their deputy. When nobody can be
    reached it goes to the secretariaat.
    """
    found = [
        (one.reader, meant.id, one.note)
        for meant in readers
        for one in office.staff.on(day, meant, office.secretariat)
    ]
    if not any(reader.reachable for reader, _, _ in found):
        why = " ".join(_why_not(reader) for reader, _, _ in found)
        why = why or "Er is niemand bekend die dit kan doen."
        note = f"{why} Daarom krijgt het secretariaat deze mail."
        yield office.secretariat, office.secretariat.id, PLANNED, note
        return
    for reader, meant_id, note in found:
        if reader.reachable:
            yield reader, meant_id, PLANNED, note
        else:
            yield reader, meant_id, SKIPPED, f"{note} {_why_not(reader)}".strip()


def _why_not(reader: Recipient) -> str:
    """Why this reader gets no mail."""
    if reader.bestuurder:
        return f"{reader.name} is bestuurder en krijgt geen mail in persoon."
    return f"Van {reader.name} is geen e-mailadres bekend."


def _reader_code(reader: Recipient, office: Office) -> str:
    """The reader in a key: the same for one address, and telling nothing of it."""
    address = (reader.email or reader.id).casefold()
    return hashlib.sha256(f"{office.pepper}|{address}".encode()).hexdigest()[:12]


def _merged(known: _Candidate, more: _Candidate) -> _Candidate:
    """One mail for one address: lists come together, and so do the names of its readers."""
    one, other = known.reminder, more.reminder
    data: dict[str, Plain] = dict(one.data)
    for name, value in other.data.items():
        mine = data.get(name)
        if isinstance(mine, tuple) and isinstance(value, tuple):
            data[name] = (*mine, *(part for part in value if part not in mine))
    people = tuple(dict.fromkeys((*known.people, *more.people)))
    ids = tuple(dict.fromkeys((*one.subject_id.split("+"), *other.subject_id.split("+"))))
    recipient = replace(one.recipient, name=names(people))
    reason = filled(known.rule.reason, {**known.words, **data})
    merged = replace(one, data=data, recipient=recipient, subject_id="+".join(ids), reason=reason)
    return replace(known, reminder=merged, people=people, anchor=max(known.anchor, more.anchor))


def _thinned(ordered: list[_Candidate], calendar: Calendar, office: Office) -> list[_Candidate]:
    """Of two notices about one matter that would come close together, only the first goes.

    The offsets of one rule and one anchor were chosen together and stay; so does every
    reminder after a date. The others stay visible as skipped.
    """
    last: dict[tuple[str, str, str], _Candidate] = {}
    result: list[_Candidate] = []
    for candidate in ordered:
        before = last.get(candidate.thread)
        if candidate.reminder.status == SKIPPED or candidate.offset >= 0:
            result.append(candidate)
        elif before is not None and _too_close(before, candidate, calendar, office):
            result.append(_skipped(candidate, before))
        else:
            last[candidate.thread] = candidate
            result.append(candidate)
    return result


def _too_close(
    before: _Candidate, candidate: _Candidate, calendar: Calendar, office: Office
) -> bool:
    """Whether another rule, or another row, spoke of the same matter only just before."""
    one, other = before.reminder, candidate.reminder
    if (one.rule, one.subject_id, before.anchor) == (
        other.rule,
        other.subject_id,
        candidate.anchor,
    ):
        return False
    days = working_days_between(before.reminder.due, candidate.reminder.due, closed=calendar.closed)
    return days < office.apart


def _skipped(candidate: _Candidate, before: _Candidate) -> _Candidate:
    day = before.reminder.due
    note = f"Valt samen met de herinnering van {day.day}-{day.month}-{day.year}."
    return replace(candidate, reminder=replace(candidate.reminder, status=SKIPPED, note=note))


def _order(reminder: DueReminder) -> tuple[dt.date, str, str, str]:
    return reminder.due, reminder.kenmerk or "", reminder.rule, reminder.key
