"""The outbox as services see it: what waits, what became of it, and where to look for more."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from workflow.domain.afspraken import Afspraak
from workflow.domain.calendar import Span
from workflow.domain.dossier import Dossier
from workflow.domain.events import OutboxMail
from workflow.domain.overleg import Vergadering


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMail:
    """A row of the outbox. Moments are aware, in UTC; `attempts` counts tries that failed."""

    id: int
    mail: OutboxMail
    attempts: int
    created_at: dt.datetime
    ended_at: dt.datetime | None


class OutboxDesk(Protocol):
    """What is put in the outbox and taken out of it. Each call is one committed transaction."""

    def put(self, mails: Sequence[OutboxMail], *, now: dt.datetime) -> int:
        """Add mails whose key is new; how many were.

        A cancelled one that is wanted again waits again. Any other known key stays as it is.
        """
        ...

    def waiting(self) -> Mapping[int, str]:
        """The key of each mail that waits or is claimed, by id."""
        ...

    def cancel(self, ids: Collection[int], *, now: dt.datetime, reason: str) -> int:
        """Cancel those that still wait; how many did."""
        ...

    def statuses(self, keys: Collection[str]) -> Mapping[str, str]:
        """The status of each key that is in the outbox."""
        ...

    def mails(self, *, kenmerk: str | None = None) -> Sequence[StoredMail]:
        """All mails, or those about one voorstel, in order of the day they were due."""
        ...


class DueReader(Protocol):
    """Reads no more than what a reminder may be about. Each call is one snapshot."""

    def dossiers(self, spans: Mapping[str, Span]) -> Sequence[Dossier]:
        """The dossiers with something on a day in these spans, by the anchor it is for.

        Whole, but with the words of contact persons and conclusies only, and without
        meetings and documents.
        """
        ...

    def afspraken(self, ids: Collection[str]) -> Sequence[Afspraak]:
        """Those of these afspraken that are stored, whatever their state."""
        ...

    def meetings(self, span: Span) -> Sequence[Vergadering]:
        """The meetings on a day in the span, cancelled ones too."""
        ...
