"""What an act itself puts in the outbox: the notice of a conclusie, in the same transaction."""

from collections.abc import Mapping
from dataclasses import replace

from workflow.domain.dossier import Dossier
from workflow.domain.events import OutboxMail
from workflow.domain.ports import UnitOfWork
from workflow.domain.reminder_days import is_mail_day
from workflow.domain.reminders import due_on
from workflow.domain.voorstel import Contactpersoon
from workflow.services.facts import row_fact
from workflow.services.reminder_mail import mail_of
from workflow.services.reminder_setup import Around, contacts_of, office_of
from workflow.services.session import Session

RECORDED = "vastlegging"


def notices_after(
    session: Session, uow: UnitOfWork, dossier: Dossier, row_id: str
) -> tuple[OutboxMail, ...]:
    """The mails that tell of the conclusie of one row, for the transaction that records it.

    The same, with the same keys, as the next tick would derive; nothing outside working
    days, before the register went live, or when no contact can be reached.
    """
    row, today = dossier.behandeling(row_id), session.today()
    calendar = session.rules.calendar
    early = session.go_live is not None and today < session.go_live
    if row is None or row.recorded_on is None or early:
        return ()
    rules = tuple(rule for rule in session.rules.reminders if rule.anchor == RECORDED)
    if not rules or not is_mail_day(today, closed=calendar.holidays):
        return ()
    around = Around(rules=session.rules, calendar=calendar, office=office_of(session), today=today)
    dossier = _with_contacts(dossier, uow)
    fact = row_fact(dossier, row, around, contacts_of(dossier.voorstel))
    due = due_on(rules, (fact,), calendar, today, office=around.office)
    return tuple(mail_of(one, session) for one in due)


def _with_contacts(dossier: Dossier, uow: UnitOfWork) -> Dossier:
    """The dossier with the names and addresses of its contact persons."""
    voorstel = dossier.voorstel
    words = [*(one.name for one in voorstel.contacts), *voorstel.emails]
    words += [one.email for one in voorstel.contacts if one.email]
    unread = [one.commitment for one in words if one.text is None]
    if not unread:
        return dossier
    texts = uow.texts(unread)
    contacts = tuple(_named(one, texts) for one in voorstel.contacts)
    emails = tuple(
        replace(one, text=texts.get(one.commitment, one.text)) for one in voorstel.emails
    )
    return replace(dossier, voorstel=replace(voorstel, contacts=contacts, emails=emails))


def _named(contact: Contactpersoon, texts: Mapping[str, str | None]) -> Contactpersoon:
    """A contact person with the words behind the commitments."""
    name, email = contact.name, contact.email
    return replace(
        contact,
        name=replace(name, text=texts.get(name.commitment, name.text)),
        email=replace(email, text=texts.get(email.commitment, email.text)) if email else None,
    )
