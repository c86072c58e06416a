"""Calendars that people follow from their own calendar program, by a secret address."""

import secrets
from dataclasses import dataclass, replace
from hashlib import sha256

from notifications.ical import Entry, calendar_file
from notifications.message import Mailbox, MessageRefused
from workflow.domain.errors import InvalidField, NotFound
from workflow.domain.events import EventDraft
from workflow.domain.feeds import CalendarReader, Feed, FeedKind, FeedStore
from workflow.domain.permissions import Permission
from workflow.engine.rules import Rules
from workflow.services.agenda import Place, of_gemeente, of_overleg, of_person, place_of
from workflow.services.drafts import draft
from workflow.services.session import Session
from workflow.services.views import Json

MADE_EVENT, REVOKED_EVENT = "agenda_gemaakt", "agenda_ingetrokken"
TOKEN_BYTES = 24
MAX_TOKEN = 100  # characters that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """Where calendars are kept, what they are made of, and where their links lead."""

    store: FeedStore
    reader: CalendarReader
    base_url: str


def make_feed(session: Session, calendars: Calendars, kind: str, subject: str) -> Json:
    """A new calendar; its address is in the answer, and nowhere else ever again.

    Raises InvalidField for an unknown kind, overleg or gemeente, or an address that cannot be.
    """
    session.require(Permission.HERINNERINGEN_BEHEREN, "Maak een agenda om te volgen")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = Feed(
        id=session.new_id(),
        kind=_kind(kind),
        subject=_subject(session.rules, _kind(kind), subject.strip()),
        token_hash=hashed(token),
        created_on=session.today(),
    )
    calendars.store.add(feed, event=_event(session, MADE_EVENT, feed))
    address = f"{calendars.base_url.rstrip('/')}/agenda/{token}.ics"
    return {**feed_view(session.rules, feed), "adres": address}


def feeds(session: Session, calendars: Calendars) -> list[Json]:
    """All calendars, also those that were revoked; without their addresses."""
    session.require(Permission.HERINNERINGEN_BEHEREN, "Bekijk de agenda’s om te volgen")
    return [feed_view(session.rules, one) for one in calendars.store.all()]


def revoke_feed(session: Session, calendars: Calendars, feed_id: str) -> Json:
    """End the address of a calendar; NotFound when there is none, or it has ended."""
    session.require(Permission.HERINNERINGEN_BEHEREN, "Trek een agenda in")
    today = session.today()
    gone = calendars.store.revoke(
        feed_id, today, event=lambda feed: _event(session, REVOKED_EVENT, feed)
    )
    if gone is None:
        raise NotFound("Agenda", feed_id)
    return feed_view(session.rules, replace(gone, revoked_on=today))


def calendar_of(session: Session, calendars: Calendars, token: str) -> bytes:
    """The calendar under a secret address; NotFound when there is none (any more)."""
    feed = calendars.store.by_hash(hashed(token)) if len(token) <= MAX_TOKEN else None
    if feed is None or not _still_known(session.rules, feed):
        raise NotFound("Agenda", "dit adres")
    entries = _entries(calendars.reader, place_of(session, calendars.base_url), feed)
    name = f"Besluitroute: {_name(session.rules, feed)}"
    return calendar_file(entries, name=name, at=session.clock())


def hashed(token: str) -> str:
    """What is kept of a secret: 192 random bits need no salt and no slow hash."""
    return sha256(token.encode()).hexdigest()


def feed_view(rules: Rules, feed: Feed) -> Json:
    """One calendar, without its secret."""
    return {
        "id": feed.id,
        "soort": feed.kind.value,
        "onderwerp": feed.subject,
        "naam": _name(rules, feed),
        "gemaakt_op": feed.created_on.isoformat(),
        "ingetrokken_op": feed.revoked_on.isoformat() if feed.revoked_on else None,
    }


def _entries(reader: CalendarReader, place: Place, feed: Feed) -> list[Entry]:
    match feed.kind:
        case FeedKind.PERSOON:
            return of_person(reader, place, feed.subject)
        case FeedKind.OVERLEG:
            return of_overleg(reader, place, feed.subject)
        case FeedKind.GEMEENTE:
            return of_gemeente(reader, place, feed.subject)


def _kind(word: str) -> FeedKind:
    try:
        return FeedKind(word)
    except ValueError:
        known = ", ".join(FeedKind)
        raise InvalidField("soort", f"‘{word}’ is geen soort agenda. Kies uit: {known}.") from None


def _subject(rules: Rules, kind: FeedKind, subject: str) -> str:
    """The subject as it is kept, when it can be one."""
    if kind is FeedKind.PERSOON:
        try:
            return Mailbox(email=subject).email.casefold()
        except MessageRefused as refused:
            raise InvalidField("onderwerp", str(refused)) from None
    known = rules.overleggen if kind is FeedKind.OVERLEG else rules.gemeenten
    if subject not in known:
        listed = ", ".join(sorted(known))
        raise InvalidField("onderwerp", f"‘{subject}’ is niet bekend. Kies uit: {listed}.")
    return subject


def _still_known(rules: Rules, feed: Feed) -> bool:
    """Definitions may have dropped what a calendar was about."""
    match feed.kind:
        case FeedKind.OVERLEG:
            return feed.subject in rules.overleggen
        case FeedKind.GEMEENTE:
            return feed.subject in rules.gemeenten
    return True


def _name(rules: Rules, feed: Feed) -> str:
    """What a calendar is called."""
    if feed.kind is FeedKind.OVERLEG and feed.subject in rules.overleggen:
        return rules.overleggen[feed.subject].naam
    if feed.kind is FeedKind.GEMEENTE and feed.subject in rules.gemeenten:
        return f"gemeenteraad {rules.gemeenten[feed.subject].naam}"
    return feed.subject


def _event(session: Session, kind: str, feed: Feed) -> EventDraft:
    """Who made or ended a calendar; a person stands in it as a commitment only."""
    words = session.words()
    person = feed.kind is FeedKind.PERSOON
    subject = {"commit": words.keep(feed.subject).commitment} if person else feed.subject
    return draft(
        session,
        kind,
        f"agenda/{feed.id}",
        (),
        words=words,
        happened_on=session.today(),
        inputs={"kind": feed.kind.value, "subject": subject},
    )
