"""What services ask of storage. `workflow/storage` fills these; `workflow/bootstrap` puts it in."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from workflow.domain.afspraken import Afspraak
from workflow.domain.definitions import CaseOnRoute, KeptRoute, RouteUse, StateUse
from workflow.domain.dossier import Dossier
from workflow.domain.events import EventDraft, OutboxMail
from workflow.domain.overleg import Vergadering
from workflow.domain.voorstel import Document, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAct:
    """An event as it was stored: its place, its bytes, and these read as plain JSON."""

    seq: int
    stream: str
    leaf_hash: bytes
    raw: bytes
    body: Mapping[str, Any]


class UnitOfWork(Protocol):
    """One transaction. Leaving the block without `commit` keeps nothing.

    LostRace may come from `write` and `commit`: another was first; try the
    whole act again. A database that fails raises Surroundings, and nothing was
    stored; from `commit` it is OutcomeUnknown: it may have been.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def dossier(self, kenmerk: str) -> Dossier | None:
        """Voorstel, rows and gemeenten under this kenmerk, locked until the end; None: unknown."""
        ...

    def dossier_by_id(self, voorstel_id: str) -> Dossier | None:
        """The same by the id of the voorstel."""
        ...

    def dossiers_at(self, meeting: Vergadering) -> tuple[Dossier, ...]:
        """Those with an open row on its agenda, or planned for its overleg and day; locked."""
        ...

    def vergaderingen(self, ids: Collection[str]) -> tuple[Vergadering, ...]:
        """The meetings among `ids` that are known, locked until the end."""
        ...

    def afspraken(
        self, voorstel_id: str, *, ids: Collection[str] = (), rules: Collection[str] = ()
    ) -> tuple[Afspraak, ...]:
        """Those of a voorstel, these by id, and open ones of any voorstel under these rules."""
        ...

    def afspraak(self, afspraak_id: str) -> Afspraak | None: ...

    def papers(self, voorstel_id: str) -> tuple[Paper, ...]: ...

    def document_by_hash(self, sha256: str) -> Document | None: ...

    def loose_documents(self) -> Sequence[Document]:
        """Letters that wait for their dossier."""
        ...

    def documents_with(self, kenmerk: str) -> Sequence[Document]:
        """The voorbladen and letters that bear a kenmerk themselves, linked or not."""
        ...

    def act_by_command(self, command_id: str) -> StoredAct | None:
        """The act that was done under a command id."""
        ...

    def outcome_of(self, command_id: str) -> StoredAct | None:
        """The act under a command id, also when the commit that stored it is only now ending."""
        ...

    def act_by_seq(self, seq: int) -> StoredAct | None: ...

    def texts(self, commitments: Collection[str]) -> Mapping[str, str | None]:
        """The words behind commitments, as far as they are kept."""
        ...

    def keep_blob(self, sha256: str, content: bytes) -> None:
        """Store bytes under their hash; once."""
        ...

    def keep_route(self, kept: KeptRoute) -> str:
        """Keep a version of a route at its first use; the digest of what is kept now."""
        ...

    def write(self, draft: EventDraft, mails: Sequence[OutboxMail] = ()) -> int:
        """Store what changed, the event and the mails; the seq of the event.

        Raises Conflict when a fixed day meets a register with a real history.
        """
        ...

    def commit(self) -> None: ...


class Units(Protocol):
    """Makes units of work."""

    def __call__(self) -> UnitOfWork: ...


class Reader(Protocol):
    """What pages and reports read: each call is one consistent snapshot."""

    def voorstellen(
        self,
        *,
        state: str | None = None,
        overleg: Collection[str] = (),
        without: Collection[str] = (),
        search: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Sequence[Mapping[str, Any]]:
        """Columns of the list, newest first.

        `overleg` has codes: with an open row of one of them. `without` are states to leave out.
        """
        ...

    def dossier(self, kenmerk: str) -> Dossier | None:
        """A dossier with all its parts and their texts; None: unknown."""
        ...

    def open_dossiers(self, *, without: Collection[str]) -> Iterator[Dossier]:
        """The dossiers that still run, with rows, gemeenten and texts; a few statements in all."""
        ...

    def events(self, stream: str) -> Sequence[StoredAct]:
        """The events of one stream, oldest first."""
        ...

    def past(self, kenmerk: str) -> tuple[Dossier, Sequence[StoredAct]] | None:
        """A dossier without its words, and its events, oldest first; None: unknown."""
        ...

    def all_events(self) -> Iterator[StoredAct]:
        """Every event in order of seq."""
        ...

    def last_event(self, stream: str) -> StoredAct | None: ...

    def event_that_settled(self, afspraak_id: str) -> int | None:
        """The seq of the event that settled an afspraak."""
        ...

    def texts(self, commitments: Collection[str]) -> Mapping[str, str | None]: ...

    def raden(self, kenmerk: str | None = None) -> Sequence[Mapping[str, Any]]:
        """Council rows with kenmerk and subject of their voorstel."""
        ...

    def afspraken(self, *, states: Collection[str] | None = None) -> Sequence[Afspraak]: ...

    def vergaderingen(
        self, *, first: dt.date | None = None, last: dt.date | None = None
    ) -> Sequence[Vergadering]: ...

    def points(self, vergaderingen: Collection[str]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The rows on the agendas of meetings, with kenmerk and subject."""
        ...

    def named(self, ids: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """Kenmerk and subject of the voorstellen with these ids."""
        ...

    def loose_documents(self) -> Sequence[Document]:
        """Letters that wait for their dossier, with their texts."""
        ...

    def report_dossiers(self) -> Sequence[tuple[str, str]]:
        """Kenmerk and half-year of each voorstel that is a report."""
        ...

    def treated_reports(self) -> Sequence[Mapping[str, Any]]:
        """Each treated row of a report: kenmerk, route_id, report_period, overleg_codes, date."""
        ...

    def blob(self, sha256: str) -> bytes | None: ...

    def kept_routes(self) -> Sequence[KeptRoute]:
        """The versions of routes that were ever used, by route and version."""
        ...

    def route_use(self, *, ended: Collection[str]) -> Sequence[RouteUse]:
        """How many cases stand on each version; `ended` are the states of those that ended."""
        ...

    def cases_on(
        self, route: str, version: int, *, ended: Collection[str]
    ) -> Sequence[CaseOnRoute]:
        """The cases that run on a version of a route, by kenmerk."""
        ...

    def states_in_use(self) -> Sequence[StateUse]:
        """The states in which rows, gemeenten, afspraken and meetings stand, with how many."""
        ...

    def has_real_history(self) -> bool:
        """An event without the mark `rehearsal` is in the history."""
        ...

    def count(self, table: str) -> int: ...
