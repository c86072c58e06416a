"""Mail that a person settles, mail that came back, and addresses that take none."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from notifications.outbox import OutboxState
from workflow.domain.events import EventDraft, OutboxMail
from workflow.domain.outbox import FailingAddress, Settlement, StoredMail
from workflow.storage.database import WRITES
from workflow.storage.log import append_event, wait_for_writers
from workflow.storage.save import insert_once, mail_row, save_texts
from workflow.storage.tables import FailingAddressRow, OutboxRow, table_of

_OUTBOX, _FAILING = table_of(OutboxRow), table_of(FailingAddressRow)
_OPEN = (OutboxState.UNSURE.value, OutboxState.FAILED.value)
_LEFT = (OutboxState.SENT.value, OutboxState.UNSURE.value)
_AFTER = {
    Settlement.SENT: OutboxState.SENT,
    Settlement.QUEUED: OutboxState.QUEUED,
    Settlement.DROPPED: OutboxState.SKIPPED,
}

Event = Callable[[StoredMail], EventDraft]
Failing = Callable[[StoredMail, str], tuple[FailingAddress, OutboxMail | None]]


class SqlMailDesk:
    """Fills `workflow.domain.outbox.MailDesk`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open_questions(self) -> Sequence[StoredMail]:
        query = sa.select(_OUTBOX).where(_OUTBOX.c.status.in_(_OPEN)).order_by(_OUTBOX.c.ended_at)
        with self._engine.connect() as connection:
            return [stored_mail(row) for row in connection.execute(query).mappings()]

    def settle(
        self,
        key: str,
        settlement: Settlement,
        *,
        address: str | None,
        now: dt.datetime,
        event: Event,
    ) -> StoredMail | None:
        where = _OUTBOX.c.key == key, _OUTBOX.c.status.in_(_OPEN)
        with writing(self._engine) as connection:
            query = sa.select(_OUTBOX).where(*where).with_for_update()
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            before = stored_mail(row)
            values = _settled(settlement, address, now)
            connection.execute(sa.update(_OUTBOX).where(*where).values(**values))
            write_event(connection, event(before))
            return before

    def came_back(
        self,
        mail_id: str,
        reason: str,
        *,
        now: dt.datetime,
        event: Event,
        failing: Failing | None,
    ) -> Sequence[StoredMail] | None:
        mine = _OUTBOX.c.mail_id == mail_id
        with writing(self._engine) as connection:
            query = sa.select(_OUTBOX).where(mine).order_by(_OUTBOX.c.id).with_for_update()
            rows = connection.execute(query).mappings().all()
            if any(row["status"] == OutboxState.SENDING.value for row in rows):
                return None
            back = [stored_mail(row) for row in rows if row["status"] in _LEFT]
            ended = {"status": OutboxState.FAILED.value, "note": reason, "ended_at": now}
            here = _OUTBOX.c.id.in_([one.id for one in back])
            connection.execute(sa.update(_OUTBOX).where(here).values(**ended))
            for one in back:
                if failing is not None:
                    mark_failing(connection, *failing(one, reason), now=now)
                write_event(connection, event(one))
            return back

    def failing(self) -> Sequence[FailingAddress]:
        query = sa.select(_FAILING).order_by(_FAILING.c.address)
        with self._engine.connect() as connection:
            return [FailingAddress(**row) for row in connection.execute(query).mappings()]

    def clear_failing(self, address: str, *, event: EventDraft) -> bool:
        with writing(self._engine) as connection:
            gone = sa.delete(_FAILING).where(_FAILING.c.address == address.casefold())
            if connection.execute(gone).rowcount == 0:
                return False
            write_event(connection, event)
            return True


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write, committed when the block ends well."""
    connecting = engine.connect().execution_options(**{WRITES: True})
    with connecting as connection, connection.begin():
        yield connection


def write_event(connection: Connection, draft: EventDraft) -> None:
    """An event of mail, as the last work of its transaction."""
    save_texts(connection, draft.texts)
    wait_for_writers(connection)
    append_event(connection, draft)


def mark_failing(
    connection: Connection, failing: FailingAddress, notice: OutboxMail | None, *, now: dt.datetime
) -> None:
    """Mark an address that was good until now, and put the mail that tells of it once."""
    values = {
        "address": failing.address.casefold(),
        "since": failing.since,
        "reason": failing.reason,
    }
    insert = insert_once(connection, _FAILING).values(**values).returning(_FAILING.c.address)
    new = connection.execute(insert).first() is not None
    if new and notice is not None:
        connection.execute(insert_once(connection, _OUTBOX), mail_row(notice, now))


def stored_mail(row: Mapping[Any, Any]) -> StoredMail:
    """A row of the outbox as services see it."""
    names = OutboxMail.__dataclass_fields__
    return StoredMail(
        id=row["id"],
        mail=OutboxMail(**{name: row[name] for name in names}),
        attempts=row["attempts"],
        created_at=row["created_at"],
        ended_at=row["ended_at"],
        answer=row["answer"],
        answer_day=row["answer_day"],
        answered_at=row["answered_at"],
    )


def _settled(settlement: Settlement, address: str | None, now: dt.datetime) -> dict[str, Any]:
    """The columns of a mail that a person settled; one that goes again starts afresh."""
    values: dict[str, Any] = {"status": _AFTER[settlement].value, "token": None, "ended_at": now}
    if settlement is Settlement.QUEUED:
        values |= {"attempts": 0, "next_try_at": now, "ended_at": None, "standing": True}
        values |= {"recipient_email": address} if address else {}
    return values
