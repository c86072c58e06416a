"""Mail that a person must look at: in doubt, failed, come back; and addresses that take none."""

import hmac
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from notifications.bounce import Bounce, read_bounce
from notifications.inbox import Inbox
from notifications.message import Mailbox, MessageRefused
from notifications.outbox import OutboxState
from workflow.domain.errors import Conflict, InvalidField, NotFound
from workflow.domain.events import EventDraft, OutboxMail
from workflow.domain.outbox import FailingAddress, MailDesk, Settlement, StoredMail
from workflow.domain.permissions import Permission
from workflow.services.drafts import draft
from workflow.services.reminder_mail import mail_view, subject_of
from workflow.services.reminder_setup import DESK, office_of
from workflow.services.session import Session, checked_remark
from workflow.services.views import Json

log = logging.getLogger(__name__)

SETTLED_EVENT = "mail_beslist"
BOUNCED_EVENT = "herinnering_teruggekomen"
WORKS_EVENT = "adres_werkt"
TELLS = "adres_faalt"
_STATES = {
    Settlement.SENT: OutboxState.SENT,
    Settlement.QUEUED: OutboxState.QUEUED,
    Settlement.DROPPED: OutboxState.SKIPPED,
}


def questions(session: Session, desk: MailDesk) -> list[Json]:
    """The mails that wait for a decision, as lines of `reminders log`."""
    session.require(Permission.LEZEN, "Bekijk de herinneringen")
    return [mail_view(one) for one in desk.open_questions()]


def settlement_of(word: str) -> Settlement:
    """The settlement with this code; InvalidField when there is none."""
    try:
        return Settlement(word)
    except ValueError:
        known = ", ".join(Settlement)
        raise InvalidField("besluit", f"‘{word}’ is geen besluit. Kies uit: {known}.") from None


def settle(
    session: Session,
    desk: MailDesk,
    key: str,
    settlement: Settlement,
    *,
    reason: str | None = None,
    address: str | None = None,
) -> Json:
    """Decide on a mail that is unsure or failed: it arrived, it goes again, or let it be.

    `address`: where it goes instead, when it goes again. Answers `{"key", "from", "to"}`.
    Raises InvalidField for an address that cannot be, Conflict when the mail is not, or no
    longer, waiting for a decision.
    """
    session.require(Permission.HERINNERINGEN_BEHEREN, "Beslis over een mail")
    remark, to = checked_remark(reason), _checked(address, settlement)
    now = session.clock()
    before = desk.settle(
        key, settlement, address=to, now=now, event=_settled(session, settlement, remark, to)
    )
    if before is None:
        raise Conflict(
            "Over deze mail valt niets te beslissen: hij is niet onzeker of mislukt, of iemand "
            "anders was eerder. Bekijk de lijst opnieuw.",
            {"key": key},
        )
    return {"key": key, "from": before.mail.status, "to": _STATES[settlement].value}


def _checked(address: str | None, settlement: Settlement) -> str | None:
    """The other address, or None."""
    text = (address or "").strip()
    if not text:
        return None
    if settlement is not Settlement.QUEUED:
        raise InvalidField("adres", "een ander adres hoort bij ‘nog eens sturen’.")
    try:
        return Mailbox(email=text).email
    except MessageRefused as refused:
        raise InvalidField("adres", str(refused)) from None


def _settled(
    session: Session, settlement: Settlement, remark: str | None, address: str | None
) -> Callable[[StoredMail], EventDraft]:
    """What makes the event of a decision; addresses stand in it as a commitment only."""

    def event(stored: StoredMail) -> EventDraft:
        words = session.words()
        other = {"address": {"commit": words.keep(address).commitment}} if address else {}
        return draft(
            session,
            SETTLED_EVENT,
            f"bericht/{stored.id}",
            (),
            words=words,
            happened_on=session.today(),
            remark=remark,
            from_state=stored.mail.status,
            state=_STATES[settlement].value,
            inputs={**subject_of(stored), "settlement": settlement.value, **other},
        )

    return event


# --- addresses -------------------------------------------------------------------------


def failing_addresses(session: Session, desk: MailDesk) -> list[Json]:
    """The addresses that take no mail: `[{"address", "since", "reason"}]`."""
    session.require(Permission.LEZEN, "Bekijk de herinneringen")
    return [
        {"address": one.address, "since": one.since.isoformat(), "reason": one.reason}
        for one in desk.failing()
    ]


def clear_address(session: Session, desk: MailDesk, address: str) -> Json:
    """Mail for this address goes to it again; NotFound when it was not marked."""
    session.require(Permission.HERINNERINGEN_BEHEREN, "Zeg dat een adres weer werkt")
    words = session.words()
    event = draft(
        session,
        WORKS_EVENT,
        "adressen",
        (),
        words=words,
        happened_on=session.today(),
        inputs={"address": {"commit": words.keep(address.casefold()).commitment}},
    )
    if not desk.clear_failing(address.strip(), event=event):
        raise NotFound("Adres dat niet werkt", address)
    return {"address": address.strip()}


def failing_of(
    session: Session,
) -> Callable[[StoredMail, str], tuple[FailingAddress, OutboxMail | None]]:
    """What to mark when an address takes no mail, and the mail that tells the secretariaat."""

    def marked(stored: StoredMail, reason: str) -> tuple[FailingAddress, OutboxMail | None]:
        address = (stored.mail.recipient_email or "").casefold()
        failing = FailingAddress(address=address, since=session.today(), reason=reason)
        desk = office_of(session).secretariat
        tells = desk.email is not None and desk.email.casefold() != address
        return failing, _notice(session, stored, failing) if tells else None

    return marked


def _notice(session: Session, stored: StoredMail, failing: FailingAddress) -> OutboxMail:
    """The mail to the secretariaat about an address; once for each time that it is marked."""
    code = hmac.new(session.register_secret, failing.address.encode(), sha256).hexdigest()[:12]
    told = told_to_desk(
        session,
        stored,
        rule=TELLS,
        title="Een e-mailadres werkt niet",
        why="Het secretariaat houdt de adressen bij.",
        key=f"{TELLS}.1/{code}/{stored.id}.{failing.since.isoformat()}/{DESK}",
        values={
            "lezer": stored.mail.recipient_name or "de lezer",
            "adres": failing.address,
            "bericht": stored.mail.title,
            "antwoord": failing.reason,
        },
    )
    return replace(told, subject_type="adres", subject_id=code)


def told_to_desk(
    session: Session,
    stored: StoredMail,
    *,
    rule: str,
    title: str,
    why: str,
    key: str,
    values: Mapping[str, str],
) -> OutboxMail:
    """A mail to the secretariaat that follows from another mail, about the same matter.

    `rule` is its template as well; no tick derives it, so it stands.
    """
    mail, desk = stored.mail, office_of(session).secretariat
    shared = {
        "kenmerk": mail.kenmerk or "",
        "onderwerp": str(mail.payload.get("values", {}).get("onderwerp", "")),
        "reden": why,
        "oefendag": {"dag": session.fixed_day.isoformat()} if session.fixed_day else "",
    }
    return OutboxMail(
        key=key,
        rule=rule,
        rule_version=1,
        due=session.today(),
        subject_type=mail.subject_type,
        subject_id=mail.subject_id,
        kenmerk=mail.kenmerk,
        recipient_role=DESK,
        recipient_name=desk.name,
        recipient_email=desk.email,
        title=title,
        reason=why,
        payload={"template": rule, "values": {**shared, **values}},
        standing=True,
    )


# --- mail that came back ---------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Collected:
    """What a round found in the folder of bounces: files, and mails that failed by them."""

    read: int = 0
    strange: int = 0
    returned: int = 0


def collect(session: Session, desk: MailDesk, inbox: Inbox | None) -> Collected:
    """Read the mail that came back, and book it on the mails that it is about.

    A file that is no bounce is laid apart; one about a mail that is still under way stays
    for the next round. A folder that cannot be read is logged and stops nothing.
    """
    found = Collected()
    if inbox is None:
        return found
    try:
        for file, content in inbox.waiting():
            found.read += 1
            bounce = read_bounce(content)
            returned = _booked(session, desk, bounce) if bounce else 0
            if returned is None:
                continue
            found.returned += returned
            found.strange += bounce is None
            inbox.put_away(file, understood=bounce is not None)
    except OSError as fault:
        log.warning("the folder of bounces cannot be read: %s", fault.strerror)
    return found


def _booked(session: Session, desk: MailDesk, bounce: Bounce) -> int | None:
    """How many mails failed by a bounce; None: not yet known."""
    if not bounce.final:
        return 0
    back = desk.came_back(
        bounce.mail_id,
        f"Teruggekomen: {bounce.words or 'de mailserver gaf geen reden'}.",
        now=session.clock(),
        event=_bounced(session),
        failing=failing_of(session) if bounce.address_fails else None,
    )
    return None if back is None else len(back)


def _bounced(session: Session) -> Callable[[StoredMail], EventDraft]:
    """What makes the event of a mail that came back."""

    def event(stored: StoredMail) -> EventDraft:
        return draft(
            session,
            BOUNCED_EVENT,
            f"bericht/{stored.id}",
            (),
            words=session.words(),
            basis="systeem",
            happened_on=session.today(),
            from_state=stored.mail.status,
            state=OutboxState.FAILED.value,
            inputs=subject_of(stored),
        )

    return event
