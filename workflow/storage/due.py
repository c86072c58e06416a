"""What a reminder may be about, found by index: never a walk over all that is open."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.calendar import Span
from workflow.domain.dossier import Dossier, Entity
from workflow.domain.fields import erasable_in
from workflow.domain.overleg import Vergadering
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Paper, Voorstel
from workflow.storage.load import (
    AFSPRAAK,
    BEHANDELING,
    OPEN,
    PAPER,
    RAAD,
    VERGADERING,
    VOORSTEL,
    E,
    filled,
    load_texts,
)
from workflow.storage.mapping import from_row, select_of

_OPEN_ROWS = ("gepland", "geagendeerd")
_NOT_SENT = ("aangeboden", "collegebesluit")
_BATCH = 500

Found = sa.Select[Any]


def _between(column: sa.Column[Any], span: Span) -> sa.ColumnElement[bool]:
    return column.between(span.first, span.last)


def _rows(column: sa.Column[Any], *, states: Collection[str] = ()) -> Callable[[Span], Found]:
    """Finds voorstellen by a day of one of their parts, in one of these states."""
    table = column.table

    def query(span: Span) -> Found:
        wanted = [_between(column, span)]
        if states:
            wanted.append(table.c.state.in_(states))
        return sa.select(table.c.voorstel_id).where(*wanted)

    return query


_BY_ANCHOR: Mapping[str, Callable[[Span], Found]] = {
    "vergadering": _rows(BEHANDELING.c.date, states=_OPEN_ROWS),
    "vastlegging": _rows(BEHANDELING.c.recorded_on),
    "besluitdatum": _rows(BEHANDELING.c.happened_on),
    "aanbieding": _rows(RAAD.c.offered_on, states=_NOT_SENT),
    "venster_begin": _rows(AFSPRAAK.c.window_from, states=OPEN),
    "venster_einde": _rows(AFSPRAAK.c.window_to, states=OPEN),
}


def found_by(span: Span) -> Mapping[str, Found]:
    """The question behind each anchor, for one span."""
    return {anchor: query(span) for anchor, query in _BY_ANCHOR.items()}


class SqlDueReader:
    """See `workflow.domain.outbox.DueReader`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def dossiers(self, spans: Mapping[str, Span]) -> Sequence[Dossier]:
        queries = [query(spans[anchor]) for anchor, query in _BY_ANCHOR.items() if anchor in spans]
        if not queries:
            return []
        with self._engine.connect() as connection:
            ids = sorted(row[0] for row in connection.execute(sa.union(*queries)) if row[0])
            return [
                dossier
                for start in range(0, len(ids), _BATCH)
                for dossier in _load(connection, ids[start : start + _BATCH])
            ]

    def afspraken(self, ids: Collection[str]) -> Sequence[Afspraak]:
        if not ids:
            return []
        query = select_of(Afspraak).where(AFSPRAAK.c.id.in_(sorted(ids)))
        with self._engine.connect() as connection:
            return [from_row(Afspraak, row) for row in connection.execute(query)]

    def meetings(self, span: Span) -> Sequence[Vergadering]:
        query = select_of(Vergadering).where(_between(VERGADERING.c.date, span))
        with self._engine.connect() as connection:
            return [from_row(Vergadering, row) for row in connection.execute(query)]


def _of(cls: type[Entity], owner: sa.Column[Any], *order: sa.Column[Any]) -> sa.Select[Any]:
    """The parts of one kind that belong to these voorstellen."""
    wanted = owner.in_(sa.bindparam("ids", expanding=True))
    return select_of(cls).where(wanted).order_by(owner, *order)


_VOORSTELLEN = _of(Voorstel, VOORSTEL.c.id)
_ROWS = _of(Behandeling, BEHANDELING.c.voorstel_id, BEHANDELING.c.position)
_RADEN = _of(Raadsinformatie, RAAD.c.voorstel_id, RAAD.c.name)
_AFSPRAKEN = _of(Afspraak, AFSPRAAK.c.voorstel_id, AFSPRAAK.c.id)
_PAPERS = _of(Paper, PAPER.c.voorstel_id, PAPER.c.version)


def _load(connection: Connection, ids: Sequence[str]) -> list[Dossier]:
    """These dossiers, in the order of their ids: one statement for each kind of part."""
    voorstellen = [
        from_row(Voorstel, row) for row in connection.execute(_VOORSTELLEN, {"ids": ids})
    ]
    rows = _parts(connection, Behandeling, _ROWS, ids)
    raden = _parts(connection, Raadsinformatie, _RADEN, ids)
    afspraken = _parts(connection, Afspraak, _AFSPRAKEN, ids)
    papers = _parts(connection, Paper, _PAPERS, ids)
    dossiers = [
        Dossier(
            voorstel=one,
            behandelingen=rows.get(one.id, ()),
            raden=raden.get(one.id, ()),
            afspraken=afspraken.get(one.id, ()),
            papers=papers.get(one.id, ()),
        )
        for one in voorstellen
    ]
    words = load_texts(connection, {text.commitment for text in _needed(dossiers)})
    return [filled(one, words) for one in dossiers]


def _parts(
    connection: Connection, cls: type[E], query: sa.Select[Any], ids: Sequence[str]
) -> dict[str, tuple[E, ...]]:
    """The parts of one kind by the voorstel they belong to."""
    found = connection.execute(query, {"ids": ids})
    groups = groupby(found, key=lambda row: row.voorstel_id)
    return {key: tuple(from_row(cls, row) for row in group) for key, group in groups}


def _needed(dossiers: Iterable[Dossier]) -> Iterator[ErasableText]:
    """The words that a mail needs: contact persons, loose addresses, conclusies, names of files."""
    for one in dossiers:
        yield from erasable_in((one.voorstel.contacts, one.voorstel.emails))
        yield from (row.conclusie for row in one.behandelingen if row.conclusie)
        yield from (paper.filename for paper in one.papers)
