"""Calendars under a secret address, and what they are made of."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from workflow.domain.calendar import Span
from workflow.domain.dossier import Dossier
from workflow.domain.events import EventDraft
from workflow.domain.feeds import Feed, FeedKind
from workflow.domain.overleg import Vergadering
from workflow.storage.due import SqlDueReader, load_for_mail
from workflow.storage.load import BEHANDELING, RAAD
from workflow.storage.mail_desk import write_event, writing
from workflow.storage.tables import CalendarFeedRow, table_of

_FEED = table_of(CalendarFeedRow)
_BATCH = 500


class SqlFeeds:
    """Fills `workflow.domain.feeds.FeedStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, feed: Feed, *, event: EventDraft) -> None:
        with writing(self._engine) as connection:
            values = {name: getattr(feed, name) for name in Feed.__dataclass_fields__}
            connection.execute(sa.insert(_FEED).values(**values))
            write_event(connection, event)

    def all(self) -> Sequence[Feed]:
        with self._engine.connect() as connection:
            query = sa.select(_FEED).order_by(_FEED.c.created_on, _FEED.c.id)
            return [_feed(row) for row in connection.execute(query).mappings()]

    def by_hash(self, token_hash: str) -> Feed | None:
        where = _FEED.c.token_hash == token_hash, _FEED.c.revoked_on.is_(None)
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(_FEED).where(*where)).mappings().first()
            return _feed(row) if row else None

    def revoke(
        self, feed_id: str, on: dt.date, *, event: Callable[[Feed], EventDraft]
    ) -> Feed | None:
        where = _FEED.c.id == feed_id, _FEED.c.revoked_on.is_(None)
        with writing(self._engine) as connection:
            query = sa.select(_FEED).where(*where).with_for_update()
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            connection.execute(sa.update(_FEED).where(*where).values(revoked_on=on))
            write_event(connection, event(_feed(row)))
            return _feed(row)


class SqlCalendarReader:
    """Fills `workflow.domain.feeds.CalendarReader`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._due = SqlDueReader(engine)

    def planned(self, span: Span) -> Sequence[Dossier]:
        days = (
            BEHANDELING.c.date,
            RAAD.c.offered_on,
            RAAD.c.college_date,
            RAAD.c.sent_on,
            RAAD.c.deadline,
        )
        found = sa.union(
            *(
                sa.select(day.table.c.voorstel_id).where(day.between(span.first, span.last))
                for day in days
            )
        )
        with self._engine.connect() as connection:
            ids = sorted(row[0] for row in connection.execute(found))
            return [
                dossier
                for start in range(0, len(ids), _BATCH)
                for dossier in load_for_mail(connection, ids[start : start + _BATCH])
            ]

    def meetings(self, span: Span) -> Sequence[Vergadering]:
        return self._due.meetings(span)


def _feed(row: Mapping[Any, Any]) -> Feed:
    return Feed(**{**row, "kind": FeedKind(row["kind"])})
