"""Who reminds, and which addresses mail can be sent to, as the definitions say."""

import datetime as dt
import hmac
from hashlib import sha256

from notifications.message import Mailbox, MessageRefused
from workflow.domain.reminder_facts import Office, Recipient
from workflow.engine.rules import Rules
from workflow.services.session import Session

DESK = "secretariaat"


def office_of(session: Session) -> Office:
    """How this organisation reminds: its secretariaat, since when, and its own pepper."""
    desk = session.rules.definities.organisatie.secretariaat
    pepper = hmac.new(session.register_secret, b"herinneringen", sha256).hexdigest()
    return Office(
        secretariat=Recipient(id=DESK, role=DESK, name=desk.naam, email=usable(desk.email)),
        go_live=session.go_live,
        pepper=pepper,
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
