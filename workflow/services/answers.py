"""What the reader of a mail answers by its link, without an account: once, as an event."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from workflow.domain.dutch import date_in_words
from workflow.domain.errors import Conflict, InvalidField, MissingField, NotFound
from workflow.domain.events import EventDraft, OutboxMail
from workflow.domain.outbox import AnswerDesk, ReaderAnswer, StoredMail
from workflow.domain.permissions import Actor, Permission, Role
from workflow.services.drafts import draft
from workflow.services.feeds import MAX_TOKEN, hashed
from workflow.services.mail_queue import told_to_desk
from workflow.services.reminder_mail import subject_of
from workflow.services.secrecy import CLOSED, closed_kenmerk
from workflow.services.session import Session, checked_remark
from workflow.services.views import Json

ANSWER_EVENT = "antwoord"
TELLS = "antwoord_ontvangen"
ANSWERABLE = frozenset(
    {
        "stukken_onvolledig",
        "verzending_ontbreekt",
        "rapportage_verwacht",
        "evaluatie_verwacht",
        "toezegging_verwacht",
    }
)
NOT_FOR_A_LINK = frozenset({"secretariaat"})  # who has the register itself
HOLDS = dt.timedelta(days=60)
FURTHEST = dt.timedelta(days=2 * 366)
MAX_WORDS = 500  # characters
SECRET_BYTES = 24
_WORDS = {
    ReaderAnswer.INGEDIEND: "ingediend",
    ReaderAnswer.LEVER_OP: "ik lever op {day}",
    ReaderAnswer.NIET_IK: "dit is niet voor mij",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer: `day` with `lever_op`; `words`: who it is for, with `niet_ik`."""

    answer: ReaderAnswer
    day: dt.date | None = None
    words: str = ""


def asks(mail: OutboxMail) -> bool:
    """Whether a mail gets a link to answer it."""
    template = mail.payload.get("template")
    return template in ANSWERABLE and mail.recipient_role not in NOT_FOR_A_LINK


def new_secret() -> str:
    """192 random bits for an address."""
    return secrets.token_urlsafe(SECRET_BYTES)


def question(session: Session, desk: AnswerDesk, secret: str) -> Json:
    """What a link asks, and what was answered before. Reading it changes nothing.

    `{"titel", "onderwerp", "kenmerk", "lezer", "antwoord", "beantwoord_op"}`; the last two
    are null while it is open. NotFound when there is no such link, or it has expired.
    """
    stored = _asked(session, desk, secret)
    mail, answer = stored.mail, stored.answer
    closed = closed_kenmerk(session, mail.kenmerk)
    return {
        "titel": mail.title,
        "onderwerp": CLOSED if closed else str(mail.payload["values"].get("onderwerp", "")),
        "kenmerk": mail.kenmerk,
        "lezer": mail.recipient_name,
        "antwoord": words_of(answer, stored.answer_day) if answer else None,
        "beantwoord_op": stored.answered_at.isoformat() if stored.answered_at else None,
    }


def answer(session: Session, desk: AnswerDesk, secret: str, given: Answered) -> Json:
    """Record what the reader answers, as their own act, and tell the secretariaat; once.

    Raises NotFound for an unknown or expired link, Conflict when it was answered already,
    InvalidField for a day that cannot be, MissingField for one that is missing.
    """
    stored = _asked(session, desk, secret)
    given = _checked(session, given)
    reader = _as_reader(session, stored)
    reader.require(Permission.ANTWOORDEN, "Antwoord op een herinnering")
    now = session.clock()
    done = desk.answer(
        hashed(secret),
        given.answer,
        given.day,
        now=now,
        today=session.today(),
        event=_event(reader, given),
        notice=lambda mail: _notice(session, mail, given),
    )
    if done is None:
        raise Conflict("U heeft deze vraag al beantwoord. Er is niets veranderd.")
    return question(session, desk, secret)


def answer_of(word: str) -> ReaderAnswer:
    """The answer with this code; InvalidField when there is none."""
    try:
        return ReaderAnswer(word)
    except ValueError:
        raise InvalidField("antwoord", "kies een van de knoppen.") from None


def words_of(answer: str, day: dt.date | None) -> str:
    """An answer as people say it."""
    text = _WORDS[ReaderAnswer(answer)]
    return text.format(day=date_in_words(day)) if day else text


def _asked(session: Session, desk: AnswerDesk, secret: str) -> StoredMail:
    found = desk.asked(hashed(secret), session.today()) if len(secret) <= MAX_TOKEN else None
    if found is None:
        raise NotFound("Vraag", "dit adres")
    return found


def _checked(session: Session, given: Answered) -> Answered:
    """The answer with what belongs to it, and nothing else."""
    words = checked_remark(given.words) or ""
    if len(words) > MAX_WORDS:
        raise InvalidField("wie", f"de tekst is langer dan {MAX_WORDS} tekens. Kort deze in.")
    if given.answer is not ReaderAnswer.LEVER_OP:
        return replace(given, day=None, words=words)
    if given.day is None:
        raise MissingField("datum", "De dag waarop u levert")
    today = session.today()
    if not today <= given.day <= today + FURTHEST:
        raise InvalidField("datum", "kies een dag vanaf vandaag, binnen twee jaar.")
    return replace(given, words="")


def _as_reader(session: Session, stored: StoredMail) -> Session:
    """The session of the reader: named by the mail, without an account, so not verified."""
    mail = stored.mail
    name = f"{mail.recipient_name or 'lezer'} <{mail.recipient_email or ''}>"
    actor = Actor(name=name, roles=frozenset({Role.CONTACTPERSOON}), unverified=True)
    return replace(session, actor=actor)


def _event(session: Session, given: Answered) -> Callable[[StoredMail], EventDraft]:
    """What makes the event, in the history of the dossier when there is one."""

    def event(stored: StoredMail) -> EventDraft:
        mail, words = stored.mail, session.words()
        dossier = session.reader.dossier(mail.kenmerk) if mail.kenmerk else None
        voorstel = dossier.voorstel if dossier else None
        afspraak = f"afspraak/{mail.subject_id}"
        return draft(
            session,
            ANSWER_EVENT,
            f"voorstel/{voorstel.id}" if voorstel else afspraak,
            (),
            words=words,
            state=voorstel.state if voorstel else None,
            basis="mail",
            happened_on=session.today(),
            remark=given.words or None,
            inputs={
                **subject_of(stored),
                "answer": given.answer.value,
                "date": given.day.isoformat() if given.day else None,
            },
        )

    return event


def _notice(session: Session, stored: StoredMail, given: Answered) -> OutboxMail:
    """The mail that tells the secretariaat of an answer."""
    return told_to_desk(
        session,
        stored,
        rule=TELLS,
        title="Antwoord op een herinnering",
        why="Het secretariaat volgt wat er nog moet komen.",
        key=f"{TELLS}.1/{stored.id}/secretariaat",
        values={
            "lezer": stored.mail.recipient_name or "De lezer",
            "bericht": stored.mail.title,
            "antwoord": words_of(given.answer, given.day),
            "woorden": given.words,
        },
    )
