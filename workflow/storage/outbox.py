"""The outbox in the database: at most one row per key, at most one worker per row.

Each method is one short transaction, committed when it returns. On PostgreSQL a claimed
row is skipped by others; on SQLite a writer has the file to itself. Rows that leave in one
mail share a token.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from notifications.message import mail_id
from notifications.outbox import Claim, OutboxState, TooFast
from workflow.domain.calendar import Span
from workflow.domain.events import EventDraft, OutboxMail
from workflow.domain.outbox import StoredMail
from workflow.storage.answers import AnswerLinks
from workflow.storage.bundling import Bundling
from workflow.storage.mail_desk import Failing, mark_failing, stored_mail, write_event, writing
from workflow.storage.save import MAIL_COLUMNS, mail_row
from workflow.storage.tables import OutboxRow, table_of

_OUTBOX = table_of(OutboxRow)
_WAITS = (OutboxState.QUEUED.value, OutboxState.CLAIMED.value)
_CLAIMED = (OutboxState.CLAIMED,)
_UNDER_WAY = (OutboxState.CLAIMED, OutboxState.SENDING)
_BATCH = 500
_MINUTE = dt.timedelta(minutes=1)
_PACE_LOCK = 7_261_944_036  # a number of our own: who counts the mails of this minute

_STATUSES = sa.select(_OUTBOX.c.key, _OUTBOX.c.status).where(
    _OUTBOX.c.key.in_(sa.bindparam("keys", expanding=True))
)

Letter = Callable[[Sequence[StoredMail]], Mapping[str, object]]
SentEvent = Callable[[StoredMail], EventDraft]


class SqlOutbox:
    """Fills `notifications.outbox.OutboxPort` and `workflow.domain.outbox.OutboxDesk`.

    `letter` gives the payload of the rows that leave in one mail and never raises; `sent`
    the event of a row that was sent; `failing` what to mark when a reader's address is
    refused, and the mail that tells of it; `bundling` what goes together, once a day;
    `links` which mails their reader can answer.
    `only`: no rows of other rules are claimed.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        letter: Letter,
        sent: SentEvent,
        failing: Failing | None = None,
        bundling: Bundling | None = None,
        links: AnswerLinks | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        self._engine = engine
        self._letter = letter
        self._sent = sent
        self._failing = failing
        self._bundling = bundling
        self._links = links
        self._only = only

    def limited_to(self, rules: Collection[str]) -> "SqlOutbox":
        """The same outbox for a worker that sends mail of these rules only."""
        return SqlOutbox(
            self._engine,
            letter=self._letter,
            sent=self._sent,
            failing=self._failing,
            bundling=self._bundling,
            links=self._links,
            only=rules,
        )

    # --- the desk ---------------------------------------------------------------------

    def put(self, mails: Sequence[OutboxMail], *, now: dt.datetime) -> int:
        if not mails:
            return 0
        rows = {mail.key: mail_row(mail, now) for mail in mails}
        with self._writing() as connection:
            put = connection.execute(_put(connection.dialect.name), list(rows.values()))
            return len(put.all())

    def waiting(self) -> Mapping[int, str]:
        derived = _OUTBOX.c.status.in_(_WAITS), _OUTBOX.c.standing.is_not(True)
        query = sa.select(_OUTBOX.c.id, _OUTBOX.c.key).where(*derived)
        with self._engine.connect() as connection:
            return {row.id: row.key for row in connection.execute(query)}

    def cancel(self, ids: Collection[int], *, now: dt.datetime, reason: str) -> int:
        if not ids:
            return 0
        ended = {"status": OutboxState.CANCELLED.value, "note": reason, "ended_at": now}
        where = _OUTBOX.c.id.in_(sorted(ids)), _OUTBOX.c.status.in_(_WAITS)
        with self._writing() as connection:
            return connection.execute(_changed(ended).where(*where)).rowcount

    def statuses(self, keys: Collection[str]) -> Mapping[str, str]:
        ordered, found = sorted(keys), {}
        with self._engine.connect() as connection:
            for start in range(0, len(ordered), _BATCH):
                rows = connection.execute(_STATUSES, {"keys": ordered[start : start + _BATCH]})
                found.update({row.key: row.status for row in rows})
        return found

    def mails(self, *, kenmerk: str | None = None, due: Span | None = None) -> Sequence[StoredMail]:
        query = sa.select(_OUTBOX).order_by(_OUTBOX.c.due, _OUTBOX.c.id)
        if kenmerk is not None:
            query = query.where(_OUTBOX.c.kenmerk == kenmerk)
        if due is not None:
            query = query.where(_OUTBOX.c.due.between(due.first, due.last))
        with self._engine.connect() as connection:
            return [stored_mail(row) for row in connection.execute(query).mappings()]

    # --- the port of delivery ---------------------------------------------------------

    def recover(self, *, now: dt.datetime) -> Sequence[Claim]:
        expired = _OUTBOX.c.lease_until <= now
        freed = {"status": OutboxState.QUEUED.value, "token": None, "next_try_at": now}
        claimed = _OUTBOX.c.status == OutboxState.CLAIMED.value
        sending = _OUTBOX.c.status == OutboxState.SENDING.value
        if not self._any(expired):
            return []
        with self._writing() as connection:
            connection.execute(_changed(freed).where(expired, claimed))
            left = sa.select(_OUTBOX).where(expired, sending).order_by(_OUTBOX.c.id)
            held: dict[str, list[Mapping[Any, Any]]] = {}
            for row in connection.execute(left).mappings():
                held.setdefault(row["token"], []).append(row)
        return [
            self._claim_of([stored_mail(row) for row in rows], token)
            for token, rows in held.items()
        ]

    def claim(
        self, *, now: dt.datetime, lease_until: dt.datetime, per_minute: int | None = None
    ) -> Claim | None:
        due = [_OUTBOX.c.status == OutboxState.QUEUED.value, _OUTBOX.c.next_try_at <= now]
        if self._only is not None:
            due.append(_OUTBOX.c.rule.in_(sorted(self._only)))
        if not self._any(*due):
            return None
        with self._writing() as connection:
            if per_minute is not None:
                _keep_pace(connection, now, per_minute)
            rows = self._next(connection, due, now)
            if not rows:
                return None
            taken: dict[str, Any] = {
                "status": OutboxState.CLAIMED.value,
                "token": secrets.token_hex(16),
                "lease_until": lease_until,
                "claimed_at": now,
            }
            mine = _OUTBOX.c.id.in_([row["id"] for row in rows])
            connection.execute(sa.update(_OUTBOX).where(mine).values(**taken))
            stored = [stored_mail({**row, **taken}) for row in rows]
            if self._links is not None:
                stored = self._links.given(connection, stored)
        return self._claim_of(stored, taken["token"])

    def mark_sending(self, claim: Claim, *, now: dt.datetime, lease_until: dt.datetime) -> bool:
        values = {
            "status": OutboxState.SENDING.value,
            "lease_until": lease_until,
            "mail_id": mail_id(str(claim.payload.get("key", ""))),
        }
        with self._writing() as connection:
            if _own(connection, claim, _CLAIMED, values) == len(claim.ids):
                return True
            freed = {"status": OutboxState.QUEUED.value, "token": None, "lease_until": None}
            _own(connection, claim, (OutboxState.SENDING,), freed)
            return False

    def mark_sent(self, claim: Claim, *, now: dt.datetime, receipt: str) -> bool:
        allowed = (OutboxState.SENDING, OutboxState.UNSURE)
        values = _ended(OutboxState.SENT, now, _with_notices(claim, receipt))
        with self._writing() as connection:
            rows = _held(connection, claim, allowed)
            _own(connection, claim, allowed, values)
            for stored in rows:
                write_event(connection, self._sent(_as_sent(stored, claim)))
            return bool(rows)

    def put_back(
        self,
        claim: Claim,
        *,
        now: dt.datetime,
        next_try: dt.datetime,
        reason: str,
        counted: bool,
    ) -> bool:
        values = {
            "status": OutboxState.QUEUED.value,
            "next_try_at": next_try,
            "lease_until": None,
            "token": None,
            "note": reason,
            "attempts": _OUTBOX.c.attempts + int(counted),
        }
        with self._writing() as connection:
            return _own(connection, claim, _UNDER_WAY, values) > 0

    def mark_failed(
        self, claim: Claim, *, now: dt.datetime, reason: str, reader_refused: bool = False
    ) -> bool:
        with self._writing() as connection:
            rows = _held(connection, claim, _UNDER_WAY)
            _own(connection, claim, _UNDER_WAY, _ended(OutboxState.FAILED, now, reason))
            if rows and reader_refused and self._failing is not None:
                marked = self._failing(_as_sent(rows[0], claim), reason)
                mark_failing(connection, *marked, now=now)
            return bool(rows)

    def mark_unsure(self, claim: Claim, *, now: dt.datetime, reason: str) -> bool:
        values = _ended(OutboxState.UNSURE, now, reason)
        with self._writing() as connection:
            return _own(connection, claim, (OutboxState.SENDING,), values) > 0

    def mark_skipped(self, claim: Claim, *, now: dt.datetime, reason: str) -> bool:
        with self._writing() as connection:
            return _own(connection, claim, _CLAIMED, _ended(OutboxState.SKIPPED, now, reason)) > 0

    # --- how --------------------------------------------------------------------------

    def _writing(self) -> AbstractContextManager[Connection]:
        """A transaction that may write, committed when the block ends well."""
        return writing(self._engine)

    def _any(self, *where: sa.ColumnElement[bool]) -> bool:
        """A look without a lock: an idle worker must not keep others from writing."""
        query = sa.select(_OUTBOX.c.id).where(*where).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def _next(
        self, connection: Connection, due: Sequence[sa.ColumnElement[bool]], now: dt.datetime
    ) -> Sequence[Mapping[Any, Any]]:
        """The rows of the next mail, locked; those of a reader who had theirs today wait."""
        oldest = sa.select(_OUTBOX).where(*due).order_by(_OUTBOX.c.next_try_at, _OUTBOX.c.id)
        query = oldest.limit(1).with_for_update(skip_locked=True)
        while row := connection.execute(query).mappings().first():
            if self._bundling is None or not self._bundling.takes(row):
                return [row]
            if rows := self._bundling.rows_with(connection, row, due, now):
                return rows
        return []

    def _claim_of(self, rows: Sequence[StoredMail], token: str) -> Claim:
        """Rows as delivery holds them, their mail made readable."""
        return Claim(
            id=rows[0].id,
            token=token,
            payload=self._letter(rows),
            attempts=max(one.attempts for one in rows),
            others=tuple(one.id for one in rows[1:]),
        )


@cache
def _put(dialect: str) -> Any:
    """Adds rows; gives the ids of those that are new, or were cancelled and are wanted again."""
    build = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = build(_OUTBOX)
    renewed = {name: statement.excluded[name] for name in MAIL_COLUMNS if name != "key"}
    again = statement.on_conflict_do_update(
        index_elements=[_OUTBOX.c.key],
        set_={**renewed, "token": None, "lease_until": None},
        where=_OUTBOX.c.status == OutboxState.CANCELLED.value,
    )
    return again.returning(_OUTBOX.c.id)


def _keep_pace(connection: Connection, now: dt.datetime, per_minute: int) -> None:
    """Raise TooFast when enough mails began in the minute before `now`; count one at a time."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_PACE_LOCK)))
    mail = sa.func.coalesce(_OUTBOX.c.token, sa.cast(_OUTBOX.c.id, sa.String))
    begun = sa.select(sa.func.count(sa.distinct(mail))).where(_OUTBOX.c.claimed_at > now - _MINUTE)
    if connection.execute(begun).scalar_one() >= per_minute:
        raise TooFast


def _with_notices(claim: Claim, receipt: str) -> str:
    """What is noted of a sent mail: what stood above its text, and the server's answer."""
    notices = claim.payload.get("notices")
    said = [str(one) for one in notices] if isinstance(notices, list) else []
    return " ".join([*said, receipt]).strip()


def _as_sent(stored: StoredMail, claim: Claim) -> StoredMail:
    """The mail with the reader that it went to, who may stand in for the one it was meant for."""
    reader = claim.payload.get("recipient")
    if not isinstance(reader, Mapping) or not reader.get("email"):
        return stored
    mail = replace(stored.mail, recipient_name=reader["name"], recipient_email=reader["email"])
    return replace(stored, mail=mail)


def _mine(claim: Claim, allowed: Collection[OutboxState]) -> tuple[sa.ColumnElement[bool], ...]:
    """The rows that still belong to the claim, in one of these states."""
    return (
        _OUTBOX.c.id.in_(claim.ids),
        _OUTBOX.c.token == claim.token,
        _OUTBOX.c.status.in_([state.value for state in allowed]),
    )


def _own(
    connection: Connection,
    claim: Claim,
    allowed: Collection[OutboxState],
    values: Mapping[str, Any],
) -> int:
    """Change the rows that still belong to the claim; how many did."""
    change = sa.update(_OUTBOX).where(*_mine(claim, allowed)).values(**values)
    return connection.execute(change).rowcount


def _held(
    connection: Connection, claim: Claim, allowed: Collection[OutboxState]
) -> list[StoredMail]:
    """The rows that still belong to the claim, locked."""
    query = sa.select(_OUTBOX).where(*_mine(claim, allowed)).order_by(_OUTBOX.c.id)
    rows = connection.execute(query.with_for_update()).mappings()
    return [stored_mail(row) for row in rows]


def _changed(values: Mapping[str, Any]) -> sa.Update:
    """An update that also ends every claim."""
    return sa.update(_OUTBOX).values(**{"lease_until": None, **values})


def _ended(state: OutboxState, now: dt.datetime, note: str) -> dict[str, Any]:
    """The columns of an ending; the token stays, for a late answer to a worker thought dead."""
    return {"status": state.value, "ended_at": now, "lease_until": None, "note": note}
