"""What leaves together: at most one mail a reader a day, of the rules that ask for it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from notifications.outbox import OutboxState
from workflow.storage.tables import OutboxRow, table_of

_OUTBOX = table_of(OutboxRow)
_UNDER_WAY = (OutboxState.CLAIMED.value, OutboxState.SENDING.value)
_LEFT = (OutboxState.SENT.value, OutboxState.UNSURE.value)
MOMENT = dt.timedelta(minutes=1)  # to look again at a reader whose mail is under way
MOST = 50  # matters in one mail; the rest comes the next day

Day = Callable[[dt.datetime], tuple[dt.datetime, dt.datetime]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundling:
    """`rules` go together. `day` gives, of a moment, when its day began and the next one will."""

    rules: frozenset[str]
    day: Day

    def takes(self, row: Mapping[Any, Any]) -> bool:
        """Whether this row waits for others of its reader; what a person asked for does not."""
        return row["rule"] in self.rules and not row["standing"] and bool(row["recipient_email"])

    def rows_with(
        self,
        connection: Connection,
        row: Mapping[Any, Any],
        due: Sequence[sa.ColumnElement[bool]],
        now: dt.datetime,
    ) -> Sequence[Mapping[Any, Any]]:
        """The rows that leave with this one, itself first; none when its reader must wait.

        Then all of them wait: until tomorrow when a mail left today, a moment when one is
        under way.
        """
        alone(connection, row["recipient_email"])
        theirs = self._of_reader(row)
        begin, tomorrow = self.day(now)
        if self._any(connection, *theirs, _left_since(begin)):
            return self._postponed(connection, [*due, *theirs], tomorrow)
        if self._any(connection, *theirs, _OUTBOX.c.status.in_(_UNDER_WAY)):
            return self._postponed(connection, [*due, *theirs], now + MOMENT)
        others = sa.select(_OUTBOX).where(*due, *theirs, _OUTBOX.c.id != row["id"])
        query = others.order_by(_OUTBOX.c.due, _OUTBOX.c.id).limit(MOST - 1)
        more = connection.execute(query.with_for_update(skip_locked=True)).mappings().all()
        return [row, *more]

    def _of_reader(self, row: Mapping[Any, Any]) -> list[sa.ColumnElement[bool]]:
        """All rows of this reader that go together."""
        return [
            _OUTBOX.c.recipient_email == row["recipient_email"],
            _OUTBOX.c.rule.in_(sorted(self.rules)),
            _OUTBOX.c.standing.is_not(True),
        ]

    def _any(self, connection: Connection, *where: sa.ColumnElement[bool]) -> bool:
        query = sa.select(_OUTBOX.c.id).where(*where).limit(1)
        return connection.execute(query).first() is not None

    def _postponed(
        self, connection: Connection, where: list[sa.ColumnElement[bool]], until: dt.datetime
    ) -> Sequence[Mapping[Any, Any]]:
        """None: these rows wait. One that another worker looks at is left to that worker."""
        free = sa.select(_OUTBOX.c.id).where(*where).with_for_update(skip_locked=True)
        ids = connection.execute(free).scalars().all()
        wait = sa.update(_OUTBOX).where(_OUTBOX.c.id.in_(ids)).values(next_try_at=until)
        connection.execute(wait)
        return []


def _left_since(moment: dt.datetime) -> sa.ColumnElement[bool]:
    """A mail that left, or may have, since a moment."""
    return sa.and_(_OUTBOX.c.status.in_(_LEFT), _OUTBOX.c.claimed_at >= moment)


def alone(connection: Connection, address: str) -> None:
    """Be the only one that looks at this reader until the transaction ends."""
    if connection.dialect.name == "postgresql":
        lock = sa.func.pg_advisory_xact_lock(sa.func.hashtext(address))
        connection.execute(sa.select(lock))
