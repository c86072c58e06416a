"""Links in mails by which readers answer: made while a mail is claimed, used once."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from workflow.domain.events import EventDraft, OutboxMail
from workflow.domain.outbox import ReaderAnswer, StoredMail
from workflow.storage.mail_desk import stored_mail, write_event, writing
from workflow.storage.save import insert_once, mail_row
from workflow.storage.tables import AnswerLinkRow, OutboxRow, table_of

_LINK, _OUTBOX = table_of(AnswerLinkRow), table_of(OutboxRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLinks:
    """Which mails get a link, how its secret is made and hashed, and until when it holds."""

    asks: Callable[[OutboxMail], bool]
    secret: Callable[[], str]
    hashed: Callable[[str], str]
    until: Callable[[], dt.date]

    def given(self, connection: Connection, rows: Sequence[StoredMail]) -> list[StoredMail]:
        """The rows, those that ask something with the secret of a new link."""
        return [self._one(connection, row) if self.asks(row.mail) else row for row in rows]

    def _one(self, connection: Connection, row: StoredMail) -> StoredMail:
        secret = self.secret()
        values = {
            "token_hash": self.hashed(secret),
            "outbox_id": row.id,
            "expires_on": self.until(),
        }
        connection.execute(sa.insert(_LINK).values(**values))
        return replace(row, secret=secret)


class SqlAnswerDesk:
    """Fills `workflow.domain.outbox.AnswerDesk`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def asked(self, token_hash: str, today: dt.date) -> StoredMail | None:
        with self._engine.connect() as connection:
            row = connection.execute(_asked(token_hash, today)).mappings().first()
            return stored_mail(row) if row else None

    def answer(
        self,
        token_hash: str,
        answer: ReaderAnswer,
        day: dt.date | None,
        *,
        now: dt.datetime,
        today: dt.date,
        event: Callable[[StoredMail], EventDraft],
        notice: Callable[[StoredMail], OutboxMail],
    ) -> StoredMail | None:
        open_ones = _asked(token_hash, today).where(_OUTBOX.c.answer.is_(None))
        with writing(self._engine) as connection:
            row = connection.execute(open_ones.with_for_update(of=_OUTBOX)).mappings().first()
            if row is None:
                return None
            given = {"answer": answer.value, "answer_day": day, "answered_at": now}
            mine = sa.update(_OUTBOX).where(_OUTBOX.c.id == row["id"])
            connection.execute(mine.values(**given))
            stored = stored_mail({**row, **given})
            connection.execute(insert_once(connection, _OUTBOX), mail_row(notice(stored), now))
            write_event(connection, event(stored))
            return stored


def _asked(token_hash: str, today: dt.date) -> sa.Select[tuple[object, ...]]:
    """The mail behind a link that still holds."""
    return (
        sa.select(_OUTBOX)
        .join(_LINK, _LINK.c.outbox_id == _OUTBOX.c.id)
        .where(_LINK.c.token_hash == token_hash, _LINK.c.expires_on >= today)
    )
