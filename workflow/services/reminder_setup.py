"""What the definitions say about reminding, in the plain words of the domain."""

import datetime as dt
import hmac
from collections.abc import Iterable
from hashlib import sha256

from notifications.message import Mailbox, MessageRefused
from workflow.domain.dutch import WEEKDAYS
from workflow.domain.reminder_days import OverlegRhythm
from workflow.domain.reminder_facts import Office, Recipient, Rule
from workflow.engine.definition import HerinneringRegel, OverlegDefinitie
from workflow.engine.rules import Rules
from workflow.services.session import Session

DESK = "secretariaat"


def rules_of(rules: Rules, *, anchors: Iterable[str] | None = None) -> tuple[Rule, ...]:
    """The reminder rules of the organisation; `anchors`: only those that count from these."""
    wanted = None if anchors is None else frozenset(anchors)
    return tuple(
        _rule(one)
        for one in rules.definities.herinneringen
        if wanted is None or one.anker in wanted
    )


def _rule(one: HerinneringRegel) -> Rule:
    return Rule(
        name=one.regel,
        version=one.versie,
        title=one.titel,
        situation=one.als,
        anchor=one.anker,
        offsets=one.dagen,
        unit=one.eenheid,
        to=one.aan,
        template=one.sjabloon,
        in_recess=one.in_reces,
        reason=one.reden,
    )


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


def weekday_number(name: str | None) -> int | None:
    """Monday is 0; None: not said."""
    return WEEKDAYS.index(name) if name in WEEKDAYS else None


def rhythm_of(overleg: OverlegDefinitie) -> OverlegRhythm:
    """An overleg and its usual weekday."""
    return OverlegRhythm(
        code=overleg.code, name=overleg.naam, weekday=weekday_number(overleg.weekdag)
    )


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
