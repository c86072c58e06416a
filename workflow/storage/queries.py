"""What pages and reports read: a constant number of statements for each question."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.definitions import CaseOnRoute, KeptRoute, RouteUse, StateUse
from workflow.domain.dossier import Dossier, Entity
from workflow.domain.fields import erasable_in, with_words
from workflow.domain.overleg import Vergadering
from workflow.domain.ports import StoredAct
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.voorstel import Document, Voorstel
from workflow.storage.kept_routes import cases_on, kept_routes, route_use, states_in_use
from workflow.storage.load import (
    AFSPRAAK,
    BEHANDELING,
    EVENT,
    RAAD,
    VERGADERING,
    VOORSTEL,
    as_act,
    filled,
    load_by_kenmerk,
    load_documents,
    load_events,
    load_texts,
    load_whole,
)
from workflow.storage.mapping import TABLES, from_row, select_of
from workflow.storage.tables import BlobRow, LogHeadRow, metadata, table_of

_LIST = (
    VOORSTEL.c.kenmerk,
    VOORSTEL.c.subject,
    VOORSTEL.c.date,
    VOORSTEL.c.unit,
    VOORSTEL.c.distribute,
    VOORSTEL.c.state,
    VOORSTEL.c.route_id,
    VOORSTEL.c.route_version,
    VOORSTEL.c.route_digest,
    VOORSTEL.c.version,
    VOORSTEL.c.steps,
)
_BLOB, _HEAD = table_of(BlobRow), table_of(LogHeadRow)
RAAD_TEXTS = ("reason", "answer_text", "reaction")  # words of persons in a council row
_CHUNK = 1000  # events fetched at a time


class SqlReader:
    """Reads on one engine; see `ports.Reader`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

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
        query = sa.select(*_LIST)
        if state is not None:
            query = query.where(VOORSTEL.c.state == state)
        if without:
            query = query.where(VOORSTEL.c.state.not_in(list(without)))
        if overleg:
            query = query.where(sa.or_(*map(_at_overleg, overleg)))
        if search:
            pattern = f"%{_escaped(search)}%"
            query = query.where(
                VOORSTEL.c.subject.ilike(pattern, escape="\\")
                | VOORSTEL.c.kenmerk.ilike(pattern, escape="\\")
            )
        query = query.order_by(VOORSTEL.c.created_on.desc(), VOORSTEL.c.kenmerk.desc())
        with self._engine.connect() as connection:
            rows = connection.execute(query.limit(limit).offset(offset)).mappings()
            return [dict(row) for row in rows]

    def dossier(self, kenmerk: str) -> Dossier | None:
        with self._engine.connect() as connection:
            dossier = load_whole(connection, kenmerk)
            return with_texts(connection, dossier) if dossier else None

    def open_dossiers(self, *, without: Collection[str]) -> Iterator[Dossier]:
        running = VOORSTEL.c.state.not_in(list(without))
        ids = sa.select(VOORSTEL.c.id).where(running)
        with self._engine.connect() as connection:
            rows = _by_voorstel(connection, Behandeling, ids, BEHANDELING.c.position)
            raden = _by_voorstel(connection, Raadsinformatie, ids, RAAD.c.name)
            found = connection.execute(select_of(Voorstel).where(running)).all()
            dossiers = [
                Dossier(
                    voorstel=from_row(Voorstel, row),
                    behandelingen=tuple(from_row(Behandeling, r) for r in rows.get(row.id, ())),
                    raden=tuple(from_row(Raadsinformatie, r) for r in raden.get(row.id, ())),
                )
                for row in found
            ]
            words = load_texts(connection, {c for one in dossiers for c in commitments_of(one)})
        for dossier in dossiers:
            yield filled(dossier, words)

    def events(self, stream: str) -> Sequence[StoredAct]:
        with self._engine.connect() as connection:
            return load_events(connection, stream)

    def past(self, kenmerk: str) -> tuple[Dossier, Sequence[StoredAct]] | None:
        with self._engine.connect() as connection:
            dossier = load_by_kenmerk(connection, kenmerk)
            if dossier is None:
                return None
            return dossier, load_events(connection, f"voorstel/{dossier.voorstel.id}")

    def all_events(self) -> Iterator[StoredAct]:
        query = sa.select(EVENT.c.seq, EVENT.c.stream, EVENT.c.leaf_hash, EVENT.c.body)
        with self._engine.connect() as connection:
            result = connection.execution_options(yield_per=_CHUNK).execute(
                query.order_by(EVENT.c.seq)
            )
            for row in result:
                yield as_act(row)

    def last_event(self, stream: str) -> StoredAct | None:
        query = (
            sa.select(EVENT.c.seq, EVENT.c.stream, EVENT.c.leaf_hash, EVENT.c.body)
            .where(EVENT.c.stream == stream)
            .order_by(EVENT.c.stream_seq.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
            return as_act(row) if row else None

    def event_that_settled(self, afspraak_id: str) -> int | None:
        found: int | None = None
        for act in self.all_events():
            for change in act.body["changes"]:
                settled = change["set"].get("state") == "afgedaan"
                if settled and (change["entity"], change["id"]) == ("afspraak", afspraak_id):
                    found = act.seq
        return found

    def texts(self, commitments: Collection[str]) -> Mapping[str, str | None]:
        with self._engine.connect() as connection:
            return load_texts(connection, commitments)

    def raden(self, kenmerk: str | None = None) -> Sequence[Mapping[str, Any]]:
        query = (
            sa.select(RAAD, VOORSTEL.c.kenmerk, VOORSTEL.c.subject)
            .join(VOORSTEL, VOORSTEL.c.id == RAAD.c.voorstel_id)
            .order_by(VOORSTEL.c.kenmerk, sa.func.coalesce(RAAD.c.round, 1), RAAD.c.name)
        )
        if kenmerk is not None:
            query = query.where(VOORSTEL.c.kenmerk == kenmerk)
        with self._engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
            texts = {row[name] for row in rows for name in RAAD_TEXTS if row[name]}
            words = load_texts(connection, texts)
        said = ({name: words.get(row[name]) for name in RAAD_TEXTS} for row in rows)
        return [{**row, **one} for row, one in zip(rows, said, strict=True)]

    def afspraken(self, *, states: Collection[str] | None = None) -> Sequence[Afspraak]:
        query = select_of(Afspraak).order_by(AFSPRAAK.c.due, AFSPRAAK.c.id)
        if states is not None:
            query = query.where(AFSPRAAK.c.state.in_(list(states)))
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
            words = load_texts(connection, {row.reason for row in rows if row.reason})
            return [from_row(Afspraak, row, words) for row in rows]

    def vergaderingen(
        self, *, first: dt.date | None = None, last: dt.date | None = None
    ) -> Sequence[Vergadering]:
        query = select_of(Vergadering).order_by(VERGADERING.c.date, VERGADERING.c.overleg_code)
        if first is not None:
            query = query.where(VERGADERING.c.date >= first)
        if last is not None:
            query = query.where(VERGADERING.c.date <= last)
        with self._engine.connect() as connection:
            return [from_row(Vergadering, row) for row in connection.execute(query)]

    def points(self, vergaderingen: Collection[str]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        query = (
            sa.select(BEHANDELING, VOORSTEL.c.kenmerk, VOORSTEL.c.subject)
            .join(VOORSTEL, VOORSTEL.c.id == BEHANDELING.c.voorstel_id)
            .where(BEHANDELING.c.vergadering.in_(sorted(vergaderingen)))
            .order_by(BEHANDELING.c.vergadering, VOORSTEL.c.kenmerk)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return {
            key: [dict(row) for row in group]
            for key, group in groupby(rows, key=lambda row: row["vergadering"])
        }

    def named(self, ids: Collection[str]) -> Mapping[str, tuple[str, str]]:
        if not ids:
            return {}
        query = sa.select(VOORSTEL.c.id, VOORSTEL.c.kenmerk, VOORSTEL.c.subject)
        with self._engine.connect() as connection:
            rows = connection.execute(query.where(VOORSTEL.c.id.in_(sorted(ids))))
            return {row.id: (row.kenmerk, row.subject) for row in rows}

    def loose_documents(self) -> Sequence[Document]:
        with self._engine.connect() as connection:
            found = load_documents(connection, loose=True)
            words = load_texts(connection, {text.commitment for text in erasable_in(found)})
            return [with_words(one, words) for one in found]

    def report_dossiers(self) -> Sequence[tuple[str, str]]:
        query = sa.select(VOORSTEL.c.kenmerk, VOORSTEL.c.report_period).where(
            VOORSTEL.c.report_period.is_not(None)
        )
        with self._engine.connect() as connection:
            return [(row.kenmerk, row.report_period) for row in connection.execute(query)]

    def treated_reports(self) -> Sequence[Mapping[str, Any]]:
        query = (
            sa.select(
                VOORSTEL.c.kenmerk,
                VOORSTEL.c.route_id,
                VOORSTEL.c.report_period,
                BEHANDELING.c.overleg_codes,
                BEHANDELING.c.happened_on.label("date"),
            )
            .join(BEHANDELING, BEHANDELING.c.voorstel_id == VOORSTEL.c.id)
            .where(VOORSTEL.c.report_period.is_not(None), BEHANDELING.c.state == "behandeld")
        )
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def blob(self, sha256: str) -> bytes | None:
        with self._engine.connect() as connection:
            query = sa.select(_BLOB.c.content).where(_BLOB.c.sha256 == sha256)
            content = connection.execute(query).scalar()
            return bytes(content) if content is not None else None

    def kept_routes(self) -> Sequence[KeptRoute]:
        with self._engine.connect() as connection:
            return kept_routes(connection)

    def route_use(self, *, ended: Collection[str]) -> Sequence[RouteUse]:
        with self._engine.connect() as connection:
            return route_use(connection, ended)

    def cases_on(
        self, route: str, version: int, *, ended: Collection[str]
    ) -> Sequence[CaseOnRoute]:
        with self._engine.connect() as connection:
            return cases_on(connection, route, version, ended)

    def states_in_use(self) -> Sequence[StateUse]:
        with self._engine.connect() as connection:
            return states_in_use(connection)

    def has_real_history(self) -> bool:
        with self._engine.connect() as connection:
            return bool(connection.execute(sa.select(_HEAD.c.unrehearsed)).scalar())

    def count(self, table: str) -> int:
        with self._engine.connect() as connection:
            query = sa.select(sa.func.count()).select_from(metadata.tables[table])
            return int(connection.execute(query).scalar_one())


def _at_overleg(overleg: str) -> sa.ColumnElement[bool]:
    """The voorstel has an open row of this overleg."""
    return sa.exists(
        sa.select(BEHANDELING.c.id).where(
            BEHANDELING.c.voorstel_id == VOORSTEL.c.id,
            BEHANDELING.c.state.in_(("gepland", "geagendeerd")),
            sa.cast(BEHANDELING.c.overleg_codes, sa.Text).contains(f'"{overleg}"', autoescape=True),
        )
    )


def _escaped(text: str) -> str:
    """A search text whose wildcards mean themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _by_voorstel(
    connection: Connection, cls: type[Entity], ids: sa.Select[Any], order: sa.Column[Any]
) -> dict[str, list[sa.Row[Any]]]:
    """The rows of an entity, grouped by the voorstel they belong to."""
    owner = TABLES[cls].c.voorstel_id
    query = select_of(cls).where(owner.in_(ids))
    rows = connection.execute(query.order_by(owner, order))
    return {key: list(group) for key, group in groupby(rows, key=lambda row: row.voorstel_id)}


def commitments_of(dossier: Dossier) -> set[str]:
    """All commitments in a dossier."""
    return {text.commitment for entity in dossier.entities() for text in erasable_in(entity)}


def with_texts(connection: Connection, dossier: Dossier) -> Dossier:
    """A dossier with the words behind its commitments."""
    return filled(dossier, load_texts(connection, commitments_of(dossier)))
