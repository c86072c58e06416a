"""What a reminder may be about, found by index: never a walk over all that is open."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.calendar import Span
from workflow.domain.dossier import Dossier
from workflow.domain.overleg import Vergadering
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.voorstel import Paper, Voorstel
from workflow.storage.load import (
    AFSPRAAK,
    BEHANDELING,
    OPEN,
    PAPER,
    RAAD,
    VERGADERING,
    VOORSTEL,
    load_texts,
)
from workflow.storage.mapping import Texts, from_row

_OPEN_ROWS = ("gepland", "geagendeerd")
_NOT_SENT = ("aangeboden", "collegebesluit")
_BATCH = 500

Found = sa.Select[Any]
Row = Mapping[Any, Any]


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
        query = sa.select(AFSPRAAK).where(AFSPRAAK.c.id.in_(sorted(ids)))
        with self._engine.connect() as connection:
            return [from_row(Afspraak, row) for row in connection.execute(query).mappings()]

    def meetings(self, span: Span) -> Sequence[Vergadering]:
        query = sa.select(VERGADERING).where(_between(VERGADERING.c.date, span))
        with self._engine.connect() as connection:
            return [from_row(Vergadering, row) for row in connection.execute(query).mappings()]


def _load(connection: Connection, ids: Sequence[str]) -> Iterator[Dossier]:
    """These dossiers, in the order of their ids: one statement for each kind of part."""
    voorstellen = _all(connection, sa.select(VOORSTEL).where(VOORSTEL.c.id.in_(ids)))
    rows = _parts(connection, BEHANDELING, ids, BEHANDELING.c.position)
    raden = _parts(connection, RAAD, ids, RAAD.c.name)
    afspraken = _parts(connection, AFSPRAAK, ids, AFSPRAAK.c.id)
    papers = _parts(connection, PAPER, ids, PAPER.c.version)
    words = load_texts(
        connection,
        _commitments(voorstellen, rows.values())
        | {paper["filename"] for group in papers.values() for paper in group},
    )
    for row in sorted(voorstellen, key=lambda one: str(one["id"])):
        key = row["id"]
        yield Dossier(
            voorstel=from_row(Voorstel, row, words),
            behandelingen=_made(Behandeling, rows.get(key, ()), words),
            raden=_made(Raadsinformatie, raden.get(key, ()), words),
            afspraken=_made(Afspraak, afspraken.get(key, ()), words),
            papers=_made(Paper, papers.get(key, ()), words),
        )


def _all(connection: Connection, query: sa.Select[Any]) -> Sequence[Row]:
    return connection.execute(query).mappings().all()


def _parts(
    connection: Connection, table: sa.Table, ids: Sequence[str], order: sa.Column[Any]
) -> dict[str, list[Row]]:
    """The rows of a table by the voorstel they belong to."""
    query = sa.select(table).where(table.c.voorstel_id.in_(ids))
    found = _all(connection, query.order_by(table.c.voorstel_id, order))
    return {key: list(group) for key, group in groupby(found, key=lambda row: row["voorstel_id"])}


def _made(cls: Any, rows: Iterable[Row], words: Texts) -> Any:
    """Rows as domain values."""
    return tuple(from_row(cls, row, words) for row in rows)


def _commitments(voorstellen: Iterable[Row], rows: Iterable[Iterable[Row]]) -> set[str]:
    """Of the words that a mail needs: contact persons, loose addresses, conclusies."""
    found = {row["conclusie"] for group in rows for row in group if row["conclusie"]}
    for voorstel in voorstellen:
        for contact in voorstel["contacts"]:
            found |= {one["commit"] for one in (contact["name"], contact["email"]) if one}
        found |= {one["commit"] for one in voorstel["emails"]}
    return found
