"""Who reminds and who is reminded, as definitions and voorblad say."""

import datetime as dt
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from notifications.message import Mailbox, MessageRefused
from workflow.domain.calendar import Calendar
from workflow.domain.recipient import Recipient
from workflow.domain.reminder_facts import Office
from workflow.domain.voorstel import Voorstel
from workflow.engine.rules import Rules
from workflow.services.session import Session

DESK = "secretariaat"
_GOVERNS = re.compile(r"\b(wethouder|burgemeester|portefeuillehouder)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the facts are seen against: definitions, calendar, who reminds, and the day."""

    rules: Rules
    calendar: Calendar
    office: Office
    today: dt.date
    cancelled: frozenset[tuple[str, dt.date]] = frozenset()  # meetings, by overleg and day

    @cached_property
    def mailboxes(self) -> Mapping[str, Recipient | None]:
        """The functional mailbox of each gemeente on that day; None: not known."""
        codes = self.rules.gemeenten
        return {code: office_mailbox(self.rules, code, self.today) for code in codes}


def office_of(session: Session) -> Office:
    """How this organisation reminds: its secretariaat, since when, and its own pepper."""
    organisation = session.rules.definities.organisatie
    desk, times = organisation.secretariaat, organisation.mailtijden
    pepper = hmac.new(session.register_secret, b"herinneringen", sha256).hexdigest()
    return Office(
        secretariat=Recipient(id=DESK, role=DESK, name=desk.naam, email=usable(desk.email)),
        go_live=session.go_live,
        pepper=pepper,
        staff=session.rules.staff,
        from_hour=dt.time.fromisoformat(times.vanaf),
        friday_until=dt.time.fromisoformat(times.vrijdag_tot),
    )


def usable(address: str | None) -> str | None:
    """The address, when a mail can be sent to it; else None."""
    try:
        return Mailbox(email=address).email if address else None
    except MessageRefused:
        return None


def office_mailbox(rules: Rules, gemeente: str, today: dt.date) -> Recipient | None:
    """The functional mailbox of a gemeente, or of its successor once it has ended."""
    known = rules.gemeenten.get(gemeente)
    if known is not None and known.eind is not None and known.eind < today:
        known = rules.gemeenten.get(known.opvolger or "")
    if known is None or known.contact is None:
        return None
    return Recipient(
        id=f"gemeente.{known.code}",
        role="gemeente",
        name=known.contact.naam,
        email=usable(known.contact.email),
    )


def contacts_of(voorstel: Voorstel) -> tuple[Recipient, ...]:
    """Whom to write about a voorstel.

    An address on the voorblad that fits no name is written to as well when some contact
    has no address of their own: it stands there to be used.
    """
    people = tuple(
        Recipient(
            id=f"{voorstel.id}.{number}",
            role="contactpersoon",
            name=one.name.text or "contactpersoon",
            email=usable(one.email.text) if one.email else None,
            bestuurder=bool(_GOVERNS.search(one.name.text or "")),
        )
        for number, one in enumerate(voorstel.contacts, start=1)
    )
    taken = {one.email.casefold() for one in people if one.email}
    loose = [
        address
        for one in voorstel.emails
        if (address := usable(one.text)) and address.casefold() not in taken
    ]
    if not loose or (people and all(one.email for one in people)):
        return people
    return (
        *(one for one in people if one.email),
        *(
            Recipient(
                id=f"{voorstel.id}.e{number}",
                role="contactpersoon",
                name="contactpersoon",
                email=address,
            )
            for number, address in enumerate(loose, start=1)
        ),
    )
