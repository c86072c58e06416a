"""From a reminder to a row of the outbox, from that row to a mail, and to its event.

The outbox keeps the template and its values, not the text: what is written once stays
small, and a corrected address of the secretariaat counts for mail that already waits.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from notifications.bundle import Part, render_bundle
from notifications.ical import Entry, calendar_file
from notifications.message import MAX_NAME, Mailbox, Message, MessageRefused, shortened
from notifications.outbox import OutboxState
from notifications.render import Value, common_inputs, render
from workflow.domain.dutch import date_in_words
from workflow.domain.events import EventDraft, OutboxMail
from workflow.domain.outbox import FailingAddress, StoredMail
from workflow.domain.reminder_facts import DueReminder
from workflow.domain.reminders import SKIPPED
from workflow.services.agenda import place_of, row_entries
from workflow.services.drafts import draft
from workflow.services.secrecy import CLOSED, closed_kenmerk, is_closed
from workflow.services.session import Session
from workflow.services.views import Json

IN_CALENDAR = frozenset({"op_agenda"})  # mails about a day that a reader wants to keep free
ABOUT_MAIL = frozenset(
    {"adres_faalt", "antwoord_ontvangen"}  # of these only the subject is content
)
BECAUSE_CLOSED = "U bent betrokken bij dit besloten onderwerp."
SENT_EVENT = "herinnering_verzonden"
_DAY = "dag"  # {"dag": "2024-07-11"} is a date in a payload; JSON has none


def mail_of(reminder: DueReminder, session: Session) -> OutboxMail:
    """The reminder as a row for the outbox; one that is skipped is kept with its reason."""
    skipped = reminder.status == SKIPPED
    reason = reminder.reason if skipped else f"{reminder.reason} {reminder.note}".strip()
    values: dict[str, Value] = {
        **reminder.data,
        "reden": reason,
        "oefendag": session.fixed_day or "",
    }
    return OutboxMail(
        key=reminder.key,
        rule=reminder.rule,
        rule_version=reminder.rule_version,
        due=reminder.due,
        subject_type=reminder.subject_type,
        subject_id=reminder.subject_id,
        kenmerk=reminder.kenmerk,
        recipient_role=reminder.recipient.role,
        recipient_name=reminder.recipient.name,
        recipient_email=reminder.recipient.email,
        title=reminder.title,
        reason=reason,
        payload={
            "template": reminder.template,
            "calendar": session.rules.calendar_digest,
            "values": {name: _plain(value) for name, value in values.items()},
        },
        status=OutboxState.SKIPPED.value if skipped else OutboxState.QUEUED.value,
        note=reminder.note if skipped else None,
    )


Letter = Callable[[Sequence[StoredMail]], Mapping[str, object]]


def letters(
    session: Session, base_url: str, failing: Callable[[], Sequence[FailingAddress]] = tuple
) -> Letter:
    """What makes rows of the outbox into one message, as `Message.to_dict` gives it.

    Never raises for a mail that cannot be made: that is an empty payload, which delivery
    refuses. `failing` gives the addresses that take no mail; the secretariaat gets it instead.
    """

    def letter(rows: Sequence[StoredMail]) -> Mapping[str, object]:
        bad = {one.address: one for one in failing()}
        try:
            message = message_of(rows, session, base_url)
            known = bad.get(message.recipient.email.casefold())
            return (passed_on(message, known, session) if known else message).to_dict()
        except (MessageRefused, ValueError, KeyError, TypeError):
            return {}

    return letter


def message_of(rows: Sequence[StoredMail], session: Session, base_url: str) -> Message:
    """The mail of one row, or of several for one reader.

    MessageRefused or ValueError when it cannot be made.
    """
    mail = rows[0].mail
    contact = session.rules.definities.organisatie.secretariaat
    name = shortened(mail.recipient_name or "", MAX_NAME)
    parts = [_part(one, session, base_url, name) for one in rows]
    alone = len(parts) == 1
    rendered = render(parts[0].template, parts[0].values) if alone else render_bundle(parts)
    threads = {_thread(one.mail) for one in rows}
    return Message(
        key=mail.key if alone else bundle_key([one.mail.key for one in rows]),
        recipient=Mailbox(name=name, email=mail.recipient_email or ""),
        reply_to=Mailbox(name=contact.naam, email=contact.email),
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        thread=threads.pop() if len(threads) == 1 else None,
        link=str(parts[0].values["link"]) or None if alone else None,
        calendar=_calendar(rows, session, base_url),
    )


def _calendar(rows: Sequence[StoredMail], session: Session, base_url: str) -> str | None:
    """The points of these mails as they stand now, for the calendar of the reader."""
    place = place_of(session, base_url)
    entries: dict[str, Entry] = {}
    for mail in (one.mail for one in rows):
        if mail.payload["template"] not in IN_CALENDAR or mail.kenmerk is None:
            continue
        dossier = session.reader.dossier(mail.kenmerk)
        if dossier is not None and not is_closed(dossier.voorstel, session.rules):
            found = row_entries(dossier, place, mail.subject_id.split("+"))
            entries |= {entry.uid: entry for entry in found}
    if not entries:
        return None
    name = session.rules.definities.organisatie.naam
    return calendar_file(entries.values(), name=name, at=session.now()).decode()


def bundle_key(keys: Sequence[str]) -> str:
    """The key of one mail with several matters: the same matters give the same one."""
    return f"bundel/{sha256(chr(10).join(sorted(keys)).encode()).hexdigest()}"


def _part(stored: StoredMail, session: Session, base_url: str, name: str) -> Part:
    """The template of a row, with all that it needs."""
    mail, base = stored.mail, base_url.rstrip("/")
    desk = session.rules.definities.organisatie
    contact = desk.secretariaat
    common: dict[str, Value] = {
        "naam": name or "lezer",
        "link": _link(base_url, mail),
        "antwoordlink": f"{base}/antwoord/{stored.secret}" if base and stored.secret else "",
        "organisatie": desk.naam,
        "contact_naam": contact.naam,
        "contact_email": contact.email,
        "contact_telefoon": contact.telefoon or "",
    }
    values = {key: _value(one) for key, one in mail.payload["values"].items()}
    known = {"toon": "vraag", **common, **values}
    part = Part(template=mail.payload["template"], values=known)
    return _without_content(part) if closed_kenmerk(session, mail.kenmerk) else part


def _without_content(part: Part) -> Part:
    """What may be said of a besloten subject: who, where, and whom to call."""
    if part.template in ABOUT_MAIL:
        return replace(part, values={**part.values, "onderwerp": CLOSED})
    kept = {name: value for name, value in part.values.items() if name in common_inputs()}
    own = {"kenmerk": "", "onderwerp": CLOSED, "reden": BECAUSE_CLOSED}
    return Part(template="besloten", values={**kept, **own})


def _thread(mail: OutboxMail) -> str:
    """What mail programs show together: all mail about one dossier."""
    return f"voorstel/{mail.kenmerk}" if mail.kenmerk else f"afspraak/{mail.subject_id}"


def passed_on(message: Message, failing: FailingAddress, session: Session) -> Message:
    """The mail for the secretariaat, which it asks to pass it on; their own stays theirs."""
    desk = session.rules.definities.organisatie.secretariaat
    if desk.email.casefold() == failing.address:
        return message
    notice = (
        f"Deze mail is voor {message.recipient}. Dat adres neemt geen mail aan sinds "
        f"{date_in_words(failing.since)}. Geef de mail door en verbeter het adres."
    )
    return replace(
        message,
        recipient=Mailbox(name=desk.naam, email=desk.email),
        notices=(notice, *message.notices),
    )


def _link(base_url: str, mail: OutboxMail) -> str:
    """Where the reader finds the matter; '' without a base."""
    if not base_url:
        return ""
    place = f"voorstellen/{mail.kenmerk}" if mail.kenmerk else "afspraken"
    return f"{base_url.rstrip('/')}/{place}"


def sent_events(session: Session, *, test: bool = False) -> Callable[[StoredMail], EventDraft]:
    """What makes the event of a mail that was sent; `test`: it went to the test address.

    The reader stands in it as a commitment only, so the key is without its last part,
    which stands for an address.
    """

    def event(stored: StoredMail) -> EventDraft:
        mail, words = stored.mail, session.words()
        reader = words.keep(f"{mail.recipient_name or ''} <{mail.recipient_email or ''}>")
        return draft(
            session,
            SENT_EVENT,
            f"bericht/{stored.id}",
            (),
            words=words,
            basis="systeem",
            happened_on=session.today(),
            inputs={
                **subject_of(stored),
                "role": mail.recipient_role,
                "recipient": {"commit": reader.commitment},
                "test": test,
            },
        )

    return event


def subject_of(stored: StoredMail) -> Json:
    """What an event says a mail was about; its key without the part that stands for an address."""
    mail = stored.mail
    return {
        "key": mail.key.rpartition("/")[0],
        "rule": mail.rule,
        "rule_version": mail.rule_version,
        "kenmerk": mail.kenmerk,
        "subject": {"type": mail.subject_type, "id": mail.subject_id},
    }


def mail_view(stored: StoredMail) -> Json:
    """One line of `reminders log --json`: the contract's shape, and what became of it."""
    mail = stored.mail
    status = OutboxState(mail.status)
    told = status is not OutboxState.SENT and mail.note and mail.note not in mail.reason
    return {
        "key": mail.key,
        "due": mail.due.isoformat(),
        "rule": mail.rule,
        "subject": {"type": mail.subject_type, "id": mail.subject_id, "kenmerk": mail.kenmerk},
        "recipient": {
            "role": mail.recipient_role,
            "naam": mail.recipient_name,
            "email": mail.recipient_email,
        },
        "title": mail.title,
        "reason": f"{mail.reason} {mail.note}" if told else mail.reason,
        "status": status.shown,
        "note": mail.note,
        "calendar": mail.payload.get("calendar"),
        "attempts": stored.attempts,
        "answer": stored.answer,
        "answer_date": stored.answer_day.isoformat() if stored.answer_day else None,
        "answered_at": _moment(stored.answered_at),
        "created_at": _moment(stored.created_at),
        "ended_at": _moment(stored.ended_at),
    }


def _moment(moment: dt.datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    if moment is None:
        return None
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _plain(value: Value) -> Any:
    """A value of a template as JSON."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dt.date):
        return {_DAY: value.isoformat()}
    return value


def _value(plain: Any) -> Value:
    """A value of a template from JSON."""
    if isinstance(plain, list):
        return tuple(_value(one) for one in plain)
    if isinstance(plain, dict):
        return dt.date.fromisoformat(plain[_DAY])
    if isinstance(plain, str | int):  # a bool is an int
        return plain
    raise ValueError(f"{type(plain).__name__} is no value of a mail")
