"""From rows to a dossier: few statements, made once."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import OPEN_STATES, Behandeling
from workflow.domain.dossier import Dossier, Entity
from workflow.domain.fields import with_words
from workflow.domain.overleg import Vergadering
from workflow.domain.ports import StoredAct
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.voorstel import Document, Paper, Voorstel
from workflow.storage.mapping import TABLES, from_row, select_of
from workflow.storage.prepared import Prepared
from workflow.storage.tables import EventRow, TextRow, table_of

VOORSTEL, BEHANDELING, RAAD = TABLES[Voorstel], TABLES[Behandeling], TABLES[Raadsinformatie]
AFSPRAAK, VERGADERING = TABLES[Afspraak], TABLES[Vergadering]
PAPER, DOCUMENT = TABLES[Paper], TABLES[Document]
EVENT, TEXT = table_of(EventRow), table_of(TextRow)
OPEN = ("openstaand", "in_voorbereiding")
E = TypeVar("E", bound=Entity)


def _parts(cls: type[Entity], *order: sa.Column[Any]) -> Prepared:
    """The rows of an entity that belong to a voorstel."""
    owner = TABLES[cls].c.voorstel_id
    return Prepared(select_of(cls).where(owner == sa.bindparam("id")).order_by(*order))


# FOR UPDATE is for PostgreSQL; a writer on SQLite has the whole file, and it is left out there.
_KENMERK = select_of(Voorstel).where(VOORSTEL.c.kenmerk == sa.bindparam("key"))
_ID = select_of(Voorstel).where(VOORSTEL.c.id == sa.bindparam("key"))
_BY_KENMERK, _LOCKED_BY_KENMERK = Prepared(_KENMERK), Prepared(_KENMERK.with_for_update())
_BY_ID, _LOCKED_BY_ID = Prepared(_ID), Prepared(_ID.with_for_update())
_ROWS = _parts(Behandeling, BEHANDELING.c.position, BEHANDELING.c.id)
_RADEN = _parts(Raadsinformatie, RAAD.c.name)
_PAPERS = _parts(Paper, PAPER.c.id, PAPER.c.version)
_DOCUMENTS = _parts(Document, DOCUMENT.c.read_on, DOCUMENT.c.id)
_OWN_AFSPRAKEN = _parts(Afspraak, AFSPRAAK.c.due, AFSPRAAK.c.id)
_MEETINGS = (
    select_of(Vergadering)
    .where(VERGADERING.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(VERGADERING.c.id)
)
_LOCKED_MEETINGS = _MEETINGS.with_for_update()
_LOCKED_AFSPRAAK = select_of(Afspraak).where(AFSPRAAK.c.id == sa.bindparam("id")).with_for_update()
_LOCKED_AFSPRAKEN = (
    select_of(Afspraak)
    .where(
        (AFSPRAAK.c.voorstel_id == sa.bindparam("id"))
        | AFSPRAAK.c.id.in_(sa.bindparam("ids", expanding=True))
        | (AFSPRAAK.c.rule.in_(sa.bindparam("rules", expanding=True)) & AFSPRAAK.c.state.in_(OPEN))
    )
    .order_by(AFSPRAAK.c.due, AFSPRAAK.c.id)
    .with_for_update()
)
_TEXTS = sa.select(TEXT.c.commitment, TEXT.c.text).where(
    TEXT.c.commitment.in_(sa.bindparam("keys", expanding=True))
)
_EVENT = sa.select(EVENT.c.seq, EVENT.c.stream, EVENT.c.leaf_hash, EVENT.c.body)
_BATCH = 500


def load_by_kenmerk(connection: Connection, kenmerk: str, *, lock: bool = False) -> Dossier | None:
    """Voorstel, rows and gemeenten under this kenmerk; None: unknown."""
    return _load(connection, _LOCKED_BY_KENMERK if lock else _BY_KENMERK, kenmerk)


def load_by_id(connection: Connection, voorstel_id: str, *, lock: bool = False) -> Dossier | None:
    """Voorstel, rows and gemeenten by the id of the voorstel; None: unknown."""
    return _load(connection, _LOCKED_BY_ID if lock else _BY_ID, voorstel_id)


def load_at(connection: Connection, meeting: Vergadering) -> tuple[Dossier, ...]:
    """The dossiers with an open row on a meeting's agenda or on its overleg and day, locked.

    In order of id, so that two who lock several never wait for each other.
    """
    planned = (BEHANDELING.c.date == meeting.date) & sa.cast(
        BEHANDELING.c.overleg_codes, sa.Text
    ).contains(f'"{meeting.overleg_code}"', autoescape=True)
    query = (
        sa.select(BEHANDELING.c.voorstel_id)
        .distinct()
        .where(BEHANDELING.c.state.in_(sorted(OPEN_STATES)))
        .where((BEHANDELING.c.vergadering == meeting.id) | planned)
        .order_by(BEHANDELING.c.voorstel_id)
    )
    ids = connection.execute(query).scalars().all()
    found = (load_by_id(connection, one, lock=True) for one in ids)
    return tuple(one for one in found if one is not None)


def _load(connection: Connection, query: Prepared, key: str) -> Dossier | None:
    """The parts that every act needs."""
    found = query.columns(connection, {"key": key})
    if not found:
        return None
    voorstel = from_row(Voorstel, found[0])
    by_id = {"id": voorstel.id}
    has_raden = any(step.per_gemeente for step in voorstel.steps)
    return Dossier(
        voorstel=voorstel,
        behandelingen=_many(Behandeling, _ROWS.columns(connection, by_id)),
        raden=_many(Raadsinformatie, _RADEN.columns(connection, by_id)) if has_raden else (),
    )


def load_whole(connection: Connection, kenmerk: str) -> Dossier | None:
    """A dossier with all its parts, for reading; None: unknown."""
    dossier = load_by_kenmerk(connection, kenmerk)
    if dossier is None:
        return None
    ids = {row.vergadering for row in dossier.behandelingen if row.vergadering}
    return replace(
        dossier,
        afspraken=load_afspraken(connection, dossier.voorstel.id),
        vergaderingen=load_vergaderingen(connection, ids),
        papers=load_papers(connection, dossier.voorstel.id),
        documents=_many(Document, _DOCUMENTS.columns(connection, {"id": dossier.voorstel.id})),
    )


def _many(cls: type[E], rows: Iterable[Sequence[Any]]) -> tuple[E, ...]:
    """Rows as domain values."""
    return tuple(from_row(cls, row) for row in rows)


def load_afspraken(
    connection: Connection,
    voorstel_id: str,
    *,
    ids: Collection[str] = (),
    rules: Collection[str] = (),
) -> tuple[Afspraak, ...]:
    """Those of a voorstel, these by id, and open ones of any voorstel under these rules."""
    if not ids and not rules:
        return _many(Afspraak, _OWN_AFSPRAKEN.columns(connection, {"id": voorstel_id}))
    keys = {"id": voorstel_id, "ids": sorted(ids), "rules": sorted(rules)}
    return _many(Afspraak, connection.execute(_LOCKED_AFSPRAKEN, keys))


def load_papers(connection: Connection, voorstel_id: str) -> tuple[Paper, ...]:
    """All versions of the papers of a voorstel."""
    return _many(Paper, _PAPERS.columns(connection, {"id": voorstel_id}))


def load_vergaderingen(
    connection: Connection, ids: Collection[str], *, lock: bool = False
) -> tuple[Vergadering, ...]:
    """The meetings with these ids, as far as they are known."""
    if not ids:
        return ()
    query = _LOCKED_MEETINGS if lock else _MEETINGS
    return _many(Vergadering, connection.execute(query, {"ids": sorted(ids)}))


def load_afspraak(connection: Connection, afspraak_id: str) -> Afspraak | None:
    """One afspraak; None: unknown."""
    row = connection.execute(_LOCKED_AFSPRAAK, {"id": afspraak_id}).first()
    return from_row(Afspraak, row) if row else None


def load_documents(
    connection: Connection,
    *,
    sha256: str | None = None,
    kenmerk: str | None = None,
    loose: bool = False,
) -> tuple[Document, ...]:
    """Documents by the hash of their bytes or their own kenmerk, or those without a dossier."""
    query = select_of(Document)
    if kenmerk is not None:
        query = query.where(DOCUMENT.c.kenmerk == kenmerk)
    if sha256 is not None:
        query = query.where(DOCUMENT.c.sha256 == sha256)
    if loose:
        query = query.where(DOCUMENT.c.voorstel_id.is_(None))
    return _many(Document, connection.execute(query.order_by(DOCUMENT.c.id)))


def load_texts(connection: Connection, commitments: Collection[str]) -> Mapping[str, str | None]:
    """The words behind commitments; erased ones are None, unknown ones are absent."""
    keys, found = sorted(set(commitments)), {}
    for start in range(0, len(keys), _BATCH):
        rows = connection.execute(_TEXTS, {"keys": keys[start : start + _BATCH]})
        found.update({row.commitment: row.text for row in rows})
    return found


def filled(dossier: Dossier, words: Mapping[str, str | None]) -> Dossier:
    """Every part of a dossier with its words; meetings have none."""
    return replace(
        dossier,
        voorstel=with_words(dossier.voorstel, words),
        behandelingen=with_words(dossier.behandelingen, words),
        raden=with_words(dossier.raden, words),
        afspraken=with_words(dossier.afspraken, words),
        papers=with_words(dossier.papers, words),
        documents=with_words(dossier.documents, words),
    )


def stored_act(
    connection: Connection, *, seq: int | None = None, command_id: str | None = None
) -> StoredAct | None:
    """One event by its number or its command id."""
    where = EVENT.c.seq == seq if seq is not None else EVENT.c.command_id == command_id
    row = connection.execute(_EVENT.where(where)).first()
    return as_act(row) if row else None


def as_act(row: Any) -> StoredAct:
    """A stored event, its body read."""
    raw = bytes(row.body)
    return StoredAct(
        seq=row.seq,
        stream=row.stream,
        leaf_hash=bytes(row.leaf_hash),
        raw=raw,
        body=json.loads(raw),
    )


def load_events(connection: Connection, stream: str) -> Sequence[StoredAct]:
    """The events of one stream, oldest first."""
    query = _EVENT.where(EVENT.c.stream == stream).order_by(EVENT.c.stream_seq)
    return [as_act(row) for row in connection.execute(query)]
