"""Calendars that people follow: whose they are, and who may read them by a secret address."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from workflow.domain.calendar import Span
from workflow.domain.dossier import Dossier
from workflow.domain.events import EventDraft
from workflow.domain.overleg import Vergadering


class FeedKind(StrEnum):
    """What a calendar is about."""

    PERSOON = "persoon"  # the points of one contactpersoon, by e-mail address
    OVERLEG = "overleg"  # the meetings of one overleg
    GEMEENTE = "gemeente"  # what comes to the raad of one gemeente, and when


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar under a secret address, of which only the hash is kept.

    `subject`: an address in lower case, or a code of an overleg or gemeente.
    """

    id: str
    kind: FeedKind
    subject: str
    token_hash: str  # hex, SHA-256
    created_on: dt.date
    revoked_on: dt.date | None = None


class FeedStore(Protocol):
    """Where calendars are kept. Each call is one committed transaction, events included."""

    def add(self, feed: Feed, *, event: EventDraft) -> None: ...

    def all(self) -> Sequence[Feed]:
        """Every calendar, the revoked ones too, oldest first."""
        ...

    def by_hash(self, token_hash: str) -> Feed | None:
        """The calendar under this address, unless it was revoked."""
        ...

    def revoke(
        self, feed_id: str, on: dt.date, *, event: Callable[[Feed], EventDraft]
    ) -> Feed | None:
        """End an address; None: there is no such one, or it has ended."""
        ...


class CalendarReader(Protocol):
    """What calendars are made of. Each call is one snapshot."""

    def planned(self, span: Span) -> Sequence[Dossier]:
        """The dossiers with a row, or a step of a gemeente, on a day in the span.

        In every state, ended ones too; with the words of their contact persons.
        """
        ...

    def meetings(self, span: Span) -> Sequence[Vergadering]:
        """The meetings on a day in the span, cancelled ones too."""
        ...
