"""One transaction: state, event, tree and outbox together, or nothing."""

from collections.abc import Collection, Mapping, Sequence
from types import TracebackType
from typing import Self

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from workflow.domain.afspraken import Afspraak
from workflow.domain.definitions import KeptRoute
from workflow.domain.dossier import Dossier
from workflow.domain.events import EventDraft, LostRace, OutboxMail
from workflow.domain.overleg import Vergadering
from workflow.domain.ports import StoredAct
from workflow.domain.voorstel import Document, Paper
from workflow.storage.database import WRITES
from workflow.storage.failures import failure_of, lost_race, unknown_outcome
from workflow.storage.kept_routes import keep_route
from workflow.storage.load import (
    load_afspraak,
    load_afspraken,
    load_at,
    load_by_id,
    load_by_kenmerk,
    load_documents,
    load_papers,
    load_texts,
    load_vergaderingen,
    stored_act,
)
from workflow.storage.log import append_event, wait_for_writers
from workflow.storage.save import keep_blob, save_changes, save_mails, save_texts


class SqlUnitOfWork:
    """A writing transaction on SQLite or PostgreSQL; see `ports.UnitOfWork`."""

    def __init__(self, engine: Engine, known_actors: set[str]) -> None:
        self._engine = engine
        self._known_actors = known_actors  # commitments of actors that are stored already
        self._new_actors: set[str] = set()
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        try:
            connection = self._engine.connect().execution_options(**{WRITES: True})
            self._connection = connection
            connection.begin()
        except DBAPIError as error:
            self._leave()
            raise failure_of(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()
        if isinstance(error, DBAPIError):
            raise (LostRace() if lost_race(error) else failure_of(error)) from error

    def _leave(self) -> None:
        """Give the connection back, which rolls back what was not committed."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    @property
    def connection(self) -> Connection:
        """The connection of this transaction, for storage itself."""
        if self._connection is None:
            raise RuntimeError("a unit of work is used inside its block")
        return self._connection

    def dossier(self, kenmerk: str) -> Dossier | None:
        return load_by_kenmerk(self.connection, kenmerk, lock=True)

    def dossier_by_id(self, voorstel_id: str) -> Dossier | None:
        return load_by_id(self.connection, voorstel_id, lock=True)

    def dossiers_at(self, meeting: Vergadering) -> tuple[Dossier, ...]:
        return load_at(self.connection, meeting)

    def vergaderingen(self, ids: Collection[str]) -> tuple[Vergadering, ...]:
        return load_vergaderingen(self.connection, ids, lock=True)

    def afspraken(
        self, voorstel_id: str, *, ids: Collection[str] = (), rules: Collection[str] = ()
    ) -> tuple[Afspraak, ...]:
        return load_afspraken(self.connection, voorstel_id, ids=ids, rules=rules)

    def afspraak(self, afspraak_id: str) -> Afspraak | None:
        return load_afspraak(self.connection, afspraak_id)

    def papers(self, voorstel_id: str) -> tuple[Paper, ...]:
        return load_papers(self.connection, voorstel_id)

    def document_by_hash(self, sha256: str) -> Document | None:
        return next(iter(load_documents(self.connection, sha256=sha256)), None)

    def loose_documents(self) -> Sequence[Document]:
        return load_documents(self.connection, loose=True)

    def documents_with(self, kenmerk: str) -> Sequence[Document]:
        return load_documents(self.connection, kenmerk=kenmerk)

    def act_by_command(self, command_id: str) -> StoredAct | None:
        return stored_act(self.connection, command_id=command_id)

    def outcome_of(self, command_id: str) -> StoredAct | None:
        wait_for_writers(self.connection)
        return stored_act(self.connection, command_id=command_id)

    def act_by_seq(self, seq: int) -> StoredAct | None:
        return stored_act(self.connection, seq=seq)

    def texts(self, commitments: Collection[str]) -> Mapping[str, str | None]:
        return load_texts(self.connection, commitments)

    def keep_blob(self, sha256: str, content: bytes) -> None:
        keep_blob(self.connection, sha256, content)

    def keep_route(self, kept: KeptRoute) -> str:
        return keep_route(self.connection, kept)

    def write(self, draft: EventDraft, mails: Sequence[OutboxMail] = ()) -> int:
        connection = self.connection
        new = [text for text in draft.texts if text.commitment not in self._known_actors]
        save_texts(connection, new)
        self._new_actors.update(text.commitment for text in new if text.shared)
        save_changes(connection, draft.changes)
        save_mails(connection, mails, draft.recorded_at)
        return append_event(connection, draft)

    def commit(self) -> None:
        try:
            self.connection.commit()
        except DBAPIError as error:
            self.connection.invalidate()  # not to be used again: what it holds is not known
            raise (LostRace() if lost_race(error) else unknown_outcome(error)) from error
        self._known_actors.update(self._new_actors)


class SqlUnits:
    """Makes units of work on one engine; see `ports.Units`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known_actors: set[str] = set()

    def __call__(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self._engine, self._known_actors)
