"""From what an act changed to rows."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from workflow.domain.afspraken import Afspraak
from workflow.domain.dossier import Change, Entity
from workflow.domain.events import LostRace, NewText, OutboxMail
from workflow.domain.overleg import Vergadering
from workflow.domain.voorstel import Document, Voorstel
from workflow.storage.mapping import TABLES, to_column, to_row
from workflow.storage.prepared import Prepared
from workflow.storage.tables import BlobRow, OutboxRow, TextRow, table_of

SEEN = "seen_"  # in a statement: the value that the act was decided on
_VERSIONED = (TABLES[Voorstel], TABLES[Afspraak], TABLES[Vergadering])
_TEXT, _BLOB, _OUTBOX = table_of(TextRow), table_of(BlobRow), table_of(OutboxRow)


def insert_once(connection: Connection, table: sa.Table) -> Any:
    """An INSERT that leaves a row with the same key as it is."""
    build = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return build(table).on_conflict_do_nothing()


def save_texts(connection: Connection, texts: Sequence[NewText]) -> None:
    """The words behind new commitments."""
    if texts:
        rows = [{"commitment": t.commitment, "salt": t.salt, "text": t.text} for t in texts]
        connection.execute(insert_once(connection, _TEXT), rows)


def keep_blob(connection: Connection, sha256: str, content: bytes) -> None:
    """Bytes under their hash, once."""
    connection.execute(insert_once(connection, _BLOB), {"sha256": sha256, "content": content})


def save_changes(connection: Connection, changes: Sequence[Change]) -> None:
    """New entities as rows, changed ones in the columns that differ.

    Raises LostRace when the row is no longer what the act was decided on.
    """
    for change in changes:
        table = TABLES[type(change.after)]
        if change.before is None:
            _insert_of(table).change(connection, to_row(change.after))
        else:
            _update(connection, table, change.before, change)


def _update(connection: Connection, table: sa.Table, before: Entity, change: Change) -> None:
    """The columns that differ, on the row that was seen."""
    values = {name: to_column(getattr(change.after, name)) for name in change.changed()}
    seen = {SEEN + name: getattr(before, name) for name in _seen_columns(table)}
    if _update_of(table).change(connection, values | seen) != 1:
        raise LostRace


@cache
def _insert_of(table: sa.Table) -> Prepared:
    """The statement that adds a row."""
    return Prepared(sa.insert(table))


@cache
def _update_of(table: sa.Table) -> Prepared:
    """The statement that sets the columns it is handed, on one row as it was seen."""
    seen = [table.c[name] == sa.bindparam(SEEN + name) for name in _seen_columns(table)]
    if table is TABLES[Document]:
        seen.append(table.c.voorstel_id.is_(None))  # a letter finds its dossier once
    return Prepared(sa.update(table).where(*seen))


@cache
def _seen_columns(table: sa.Table) -> tuple[str, ...]:
    """What must still be as it was: the key, and the version of what people share."""
    keys = tuple(column.name for column in table.primary_key)
    return (*keys, "version") if table in _VERSIONED else keys


def save_mails(connection: Connection, mails: Sequence[OutboxMail], now: dt.datetime) -> None:
    """Mails that are due; one whose key is known is not made again."""
    if mails:
        connection.execute(
            insert_once(connection, _OUTBOX), [mail_row(mail, now) for mail in mails]
        )


def mail_row(mail: OutboxMail, now: dt.datetime) -> dict[str, Any]:
    """The outbox row of a new mail."""
    return {
        "key": mail.key,
        "rule": mail.rule,
        "rule_version": mail.rule_version,
        "due": mail.due,
        "subject_type": mail.subject_type,
        "subject_id": mail.subject_id,
        "kenmerk": mail.kenmerk,
        "recipient_role": mail.recipient_role,
        "recipient_name": mail.recipient_name,
        "recipient_email": mail.recipient_email,
        "title": mail.title,
        "reason": mail.reason,
        "payload": dict(mail.payload),
        "status": mail.status,
        "attempts": 0,
        "created_at": now,
        "next_try_at": now if mail.status == "queued" else None,
        "ended_at": None if mail.status == "queued" else now,
        "note": mail.note,
        "standing": mail.standing,
    }


MAIL_COLUMNS = (
    *(name for name in OutboxMail.__dataclass_fields__),
    "attempts",
    "created_at",
    "next_try_at",
    "ended_at",
)
