"""What is owed, as facts that reminders are derived from: afspraken and reports of a cycle."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Soort
from workflow.domain.calendar import Span
from workflow.domain.periods import period_in_words
from workflow.domain.recipient import Recipient
from workflow.domain.reminder_days import last_meetings_in
from workflow.domain.reminder_facts import MeetingDay, Office, OpenAfspraak
from workflow.domain.reminder_notices import OWED
from workflow.domain.staff import FUNCTION
from workflow.domain.voorstel import Voorstel
from workflow.engine.reminder_rules import rhythms
from workflow.engine.rules import Rules
from workflow.engine.standing import Kind, Standing
from workflow.services.reminder_setup import DESK, Around, contacts_of

CONTACTS = "contactpersonen"
BEFORE_DECISION = frozenset({Soort.BO, Soort.DO, Soort.PFHO})


def standing_facts(
    stored: Iterable[Afspraak], around: Around, spans: Mapping[str, Span]
) -> Iterator[OpenAfspraak]:
    """What the definitions owe by themselves, as stored where something happened to it.

    Only with an end of the window in the spans of `venster_begin` and `venster_einde`. A local
    part is asked for while its report is still owed.
    """
    known = {one.id: one for one in stored}
    begin, end = (spans.get(name) for name in ("venster_begin", "venster_einde"))
    for one in around.rules.standing.values():
        owed = known.get(one.owed.id, one.owed)
        first, last = owed.window_from, owed.window_to or owed.due
        if not _inside(first, begin) and not _inside(last, end):
            continue
        report = known.get(one.report or "")
        fact = afspraak_fact(owed, around) if report is None or report.state in OWED else None
        if fact is not None:
            yield _with_readers(fact, one, around)


def _with_readers(fact: OpenAfspraak, one: Standing, around: Around) -> OpenAfspraak:
    """The fact with the last meetings of its overleggen, or with the office of its gemeente."""
    if one.kind is not Kind.PART:
        return replace(fact, last_meetings=_last_meetings(fact.window, one.meets, around))
    gemeente = one.owed.gemeente or ""
    office = around.mailboxes.get(gemeente)
    report = around.rules.standing[one.report or ""].owed
    return replace(
        fact,
        part_of=report.id,
        subject=report.title,
        gemeente=around.rules.gemeenten[gemeente].naam,
        offices=(office,) if office else (),
    )


def _inside(day: dt.date | None, span: Span | None) -> bool:
    """There is such a day, and it lies in the span."""
    return day is not None and span is not None and day in span


def standing_ids(rules: Rules) -> frozenset[str]:
    """The ids of all that is owed by itself."""
    return frozenset(rules.standing)


def afspraak_fact(
    one: Afspraak, around: Around, *, source: Voorstel | None = None
) -> OpenAfspraak | None:
    """An afspraak as a fact; None when it is no longer owed or no day is known for it."""
    last = one.window_to or one.due
    if one.state not in OWED or last is None:
        return None
    window = Span(first=min(one.window_from or last, last), last=last)
    contacts = contacts_of(source) if source else ()
    codes = [
        code
        for step in (source.steps if source else ())
        if step.soort in BEFORE_DECISION
        for code in step.overleg_codes
    ]
    return OpenAfspraak(
        id=one.id,
        soort=one.soort,
        title=one.title,
        state=one.state,
        kenmerk=one.kenmerk,
        subject=source.subject if source else "",
        period=period_in_words(one.period) if one.period else "",
        creditor=one.creditor or "",
        window=window,
        owners=tuple(_owners(one.owners, contacts, around.office)),
        contacts=contacts,
        last_meetings=_last_meetings(window, codes, around),
    )


def _last_meetings(
    window: Span | None, codes: Collection[str], around: Around
) -> tuple[MeetingDay, ...]:
    """The last meeting of each of these overleggen inside a window."""
    if window is None or not codes:
        return ()
    return last_meetings_in(window, rhythms(around.rules.definities, codes), around.calendar)


def _owners(
    functions: Iterable[str], contacts: tuple[Recipient, ...], office: Office
) -> Iterator[Recipient]:
    """The people behind the functions; one that nobody fills is named, without an address."""
    for function in functions:
        if function == CONTACTS:
            yield from contacts
        elif function == DESK:
            yield office.secretariat
        else:
            yield Recipient(id=f"{FUNCTION}{function}", role="eigenaar", name=function)
