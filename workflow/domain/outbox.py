"""The outbox as services see it: what waits, what became of it, and where to look for more."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from workflow.domain.afspraken import Afspraak
from workflow.domain.calendar import Span
from workflow.domain.dossier import Dossier
from workflow.domain.events import EventDraft, OutboxMail
from workflow.domain.overleg import Vergadering


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMail:
    """A row of the outbox. Moments are aware, in UTC; `attempts` counts tries that failed."""

    id: int
    mail: OutboxMail
    attempts: int
    created_at: dt.datetime
    ended_at: dt.datetime | None
    answer: str | None = None  # what its reader answered by the link in the mail
    answer_day: dt.date | None = None
    answered_at: dt.datetime | None = None
    secret: str | None = None  # of that link: known only while the mail is made


class Settlement(StrEnum):
    """What a person says of a mail that is in doubt or failed."""

    SENT = "sent"  # it has arrived after all
    QUEUED = "queued"  # send it once more
    DROPPED = "dropped"  # let it be


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingAddress:
    """An address that takes no mail: since which day, and in whose words."""

    address: str
    since: dt.date
    reason: str


class ReaderAnswer(StrEnum):
    """What the reader of a mail answers by its link."""

    INGEDIEND = "ingediend"
    LEVER_OP = "lever_op"
    NIET_IK = "niet_ik"


class AnswerDesk(Protocol):
    """Where readers answer by the link in a mail. Each call is one committed transaction."""

    def asked(self, token_hash: str, today: dt.date) -> StoredMail | None:
        """The mail that a link is about; None: no such link, or it has expired."""
        ...

    def answer(
        self,
        token_hash: str,
        answer: ReaderAnswer,
        day: dt.date | None,
        *,
        now: dt.datetime,
        today: dt.date,
        event: Callable[[StoredMail], EventDraft],
        notice: Callable[[StoredMail], OutboxMail],
    ) -> StoredMail | None:
        """Keep the answer, with its event and the mail that tells of it; once.

        None: no such link, it has expired, or the mail was answered already.
        """
        ...


class MailDesk(Protocol):
    """Where a person settles mail, and where mail that came back is booked.

    Each call is one committed transaction, with its events in it.
    """

    def open_questions(self) -> Sequence[StoredMail]:
        """The mails that are unsure or failed, those that waited longest first."""
        ...

    def settle(
        self,
        key: str,
        settlement: Settlement,
        *,
        address: str | None,
        now: dt.datetime,
        event: Callable[[StoredMail], EventDraft],
    ) -> StoredMail | None:
        """What the mail was before, when it was unsure or failed; None: it is neither.

        `address`: send it there instead.
        """
        ...

    def came_back(
        self,
        mail_id: str,
        reason: str,
        *,
        now: dt.datetime,
        event: Callable[[StoredMail], EventDraft],
        failing: Callable[[StoredMail, str], tuple[FailingAddress, OutboxMail | None]] | None,
    ) -> Sequence[StoredMail] | None:
        """Book the mails that left under this id as failed; those that were not yet.

        None: one of them is still under way, so ask again later. Empty: there is none.
        `failing` gives the address to mark, and the mail that tells of it the first time.
        """
        ...

    def failing(self) -> Sequence[FailingAddress]:
        """The addresses that take no mail, by address."""
        ...

    def clear_failing(self, address: str, *, event: EventDraft) -> bool:
        """The address works again; False: it was not marked."""
        ...


class OutboxDesk(Protocol):
    """What is put in the outbox and taken out of it. Each call is one committed transaction."""

    def put(self, mails: Sequence[OutboxMail], *, now: dt.datetime) -> int:
        """Add mails whose key is new; how many were.

        A cancelled one that is wanted again waits again. Any other known key stays as it is.
        """
        ...

    def waiting(self) -> Mapping[int, str]:
        """The key of each mail that was derived and waits or is claimed, by id."""
        ...

    def cancel(self, ids: Collection[int], *, now: dt.datetime, reason: str) -> int:
        """Cancel those that still wait; how many did."""
        ...

    def statuses(self, keys: Collection[str]) -> Mapping[str, str]:
        """The status of each key that is in the outbox."""
        ...

    def mails(self, *, kenmerk: str | None = None, due: Span | None = None) -> Sequence[StoredMail]:
        """All mails, or those about one voorstel or due in a span, in order of that day."""
        ...


class DueReader(Protocol):
    """Reads no more than what a reminder may be about. Each call is one snapshot."""

    def dossiers(
        self, spans: Mapping[str, Span], *, waiting: Collection[str] | None = None
    ) -> Sequence[Dossier]:
        """The dossiers with something on a day in these spans, by the anchor it is for.

        Whole, but with the words of contact persons and conclusies only, and without
        meetings and documents. `waiting`: the states whose beginning counts
        (`toestand_sinds`); None: any.
        """
        ...

    def afspraken(self, ids: Collection[str]) -> Sequence[Afspraak]:
        """Those of these afspraken that are stored, whatever their state."""
        ...

    def meetings(self, span: Span) -> Sequence[Vergadering]:
        """The meetings on a day in the span, cancelled ones too."""
        ...
