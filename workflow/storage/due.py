"""What a reminder may be about, found by index: never a walk over all that is open."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.calendar import Span
from workflow.domain.dossier import Dossier, Entity
from workflow.domain.fields import erasable_in, with_words
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
    load_texts,
)
from workflow.storage.mapping import Texts, from_row, select_of

_OPEN_ROWS = ("gepland", "geagendeerd")
_NOT_SENT = ("aangeboden", "collegebesluit")
SINCE = "toestand_sinds"
_BATCH = 500

Found = sa.Select[Any]
Part = tuple[sa.Column[Any], Collection[str]]  # a day of a part, and the states that count

_BY_ANCHOR: Mapping[str, Part] = {  # no states: any
    SINCE: (VOORSTEL.c.state_since, ()),
    "vergadering": (BEHANDELING.c.date, _OPEN_ROWS),
    "vastlegging": (BEHANDELING.c.recorded_on, ()),
    "besluitdatum": (BEHANDELING.c.happened_on, ()),
    "aanbieding": (RAAD.c.offered_on, _NOT_SENT),
    "venster_begin": (AFSPRAAK.c.window_from, OPEN),
    "venster_einde": (AFSPRAAK.c.window_to, OPEN),
}


def _query(anchor: str) -> Found:
    """Finds voorstellen by a day of one of their parts: from `anchor_first` to `anchor_last`."""
    column, states = _BY_ANCHOR[anchor]
    parts = column.table.c
    days = column.between(sa.bindparam(f"{anchor}_first"), sa.bindparam(f"{anchor}_last"))
    key = parts.id if column.table is VOORSTEL else parts.voorstel_id
    query = sa.select(key).where(days)
    return query.where(parts.state.in_(states)) if states else query


@cache
def _found_by_any(anchors: tuple[str, ...], some: bool) -> sa.CompoundSelect[Any]:
    """The question behind more anchors than one; made once. `some`: only states in `waiting`."""
    queries = {anchor: _query(anchor) for anchor in anchors}
    if some and SINCE in queries:
        waiting = VOORSTEL.c.state.in_(sa.bindparam("waiting", expanding=True))
        queries[SINCE] = queries[SINCE].where(waiting)
    return sa.union(*queries.values())


def _days(anchor: str, span: Span) -> dict[str, dt.date]:
    """The values of the question behind an anchor."""
    return {f"{anchor}_first": span.first, f"{anchor}_last": span.last}


def found_by(span: Span) -> Mapping[str, Found]:
    """The question behind each anchor, for one span."""
    return {anchor: _query(anchor).params(_days(anchor, span)) for anchor in _BY_ANCHOR}


class SqlDueReader:
    """See `workflow.domain.outbox.DueReader`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def dossiers(
        self, spans: Mapping[str, Span], *, waiting: Collection[str] | None = None
    ) -> Sequence[Dossier]:
        anchors = tuple(anchor for anchor in _BY_ANCHOR if anchor in spans)
        if not anchors:
            return []
        given: dict[str, Any] = {"waiting": sorted(waiting)} if waiting is not None else {}
        for one in anchors:
            given |= _days(one, spans[one])
        with self._engine.connect() as connection:
            rows = connection.execute(_found_by_any(anchors, waiting is not None), given)
            ids = sorted(row[0] for row in rows if row[0])
            return [
                dossier
                for start in range(0, len(ids), _BATCH)
                for dossier in load_for_mail(connection, ids[start : start + _BATCH])
            ]

    def afspraken(self, ids: Collection[str]) -> Sequence[Afspraak]:
        if not ids:
            return []
        with self._engine.connect() as connection:
            found = connection.execute(_KNOWN_AFSPRAKEN, {"ids": sorted(ids)})
            return [from_row(Afspraak, row) for row in found]

    def meetings(self, span: Span) -> Sequence[Vergadering]:
        with self._engine.connect() as connection:
            found = connection.execute(_MEETINGS, {"first": span.first, "last": span.last})
            return [from_row(Vergadering, row) for row in found]


def _of(cls: type[Entity], owner: sa.Column[Any], *order: sa.Column[Any]) -> sa.Select[Any]:
    """The rows of one kind by what they are found by, in that order."""
    wanted = owner.in_(sa.bindparam("ids", expanding=True))
    return select_of(cls).where(wanted).order_by(owner, *order)


_MEETINGS = select_of(Vergadering).where(
    VERGADERING.c.date.between(sa.bindparam("first"), sa.bindparam("last"))
)
_KNOWN_AFSPRAKEN = _of(Afspraak, AFSPRAAK.c.id)
_VOORSTELLEN = _of(Voorstel, VOORSTEL.c.id)
_ROWS = _of(Behandeling, BEHANDELING.c.voorstel_id, BEHANDELING.c.position)
_RADEN = _of(Raadsinformatie, RAAD.c.voorstel_id, RAAD.c.name)
_AFSPRAKEN = _of(Afspraak, AFSPRAAK.c.voorstel_id, AFSPRAAK.c.id)
_PAPERS = _of(Paper, PAPER.c.voorstel_id, PAPER.c.version)


def load_for_mail(connection: Connection, ids: Sequence[str]) -> list[Dossier]:
    """These dossiers with the words of mails, by id: one statement for each kind of part."""
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
    return [_readable(one, words) for one in dossiers]


def _parts(
    connection: Connection, cls: type[E], query: sa.Select[Any], ids: Sequence[str]
) -> dict[str, tuple[E, ...]]:
    """The parts of one kind by the voorstel they belong to."""
    found = connection.execute(query, {"ids": ids})
    groups = groupby(found, key=lambda row: row.voorstel_id)
    return {key: tuple(from_row(cls, row) for row in group) for key, group in groups}


def _readable(dossier: Dossier, words: Texts) -> Dossier:
    """The dossier with the words that are needed."""
    return replace(
        dossier,
        voorstel=with_words(dossier.voorstel, words),
        behandelingen=with_words(dossier.behandelingen, words),
        papers=with_words(dossier.papers, words),
    )


def _needed(dossiers: Iterable[Dossier]) -> Iterator[ErasableText]:
    """The words that a mail needs: contact persons, loose addresses, conclusies, names of files."""
    for one in dossiers:
        yield from erasable_in((one.voorstel.contacts, one.voorstel.emails))
        yield from (row.conclusie for row in one.behandelingen if row.conclusie)
        yield from (paper.filename for paper in one.papers)
