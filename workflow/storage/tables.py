"""All tables. A row of an entity has the fields of its domain class, one column each.

Tables check little by themselves: nothing enters them but domain values. Dates
are dates; moments are UTC; `state` is plain text, for its words belong to the
definitions; personal text is a commitment here, its words stand in `text`.
"""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

metadata = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _json() -> Any:
    """A list or object."""
    return Field(sa_type=sa.JSON, nullable=False)


def _json_or_null() -> Any:
    """A list or object; a row of before this column holds none."""
    return Field(sa_type=sa.JSON(none_as_null=True), nullable=True)


# On SQLite this is the row's own number, without a second index beside the table.
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ONE_INDEX: dict[str, Any] = {"sqlite_with_rowid": False}  # short rows, found by their key only


def table_of(row: type[SQLModel]) -> sa.Table:
    """The table behind a row class."""
    return metadata.tables[str(row.__tablename__)]


class VoorstelRow(SQLModel, table=True):
    """The case."""

    __tablename__ = "voorstel"
    __table_args__ = (
        sa.CheckConstraint("version >= 1", name="version"),
        sa.Index(None, "route_id", "route_version"),
    )

    id: str = Field(primary_key=True)
    kenmerk: str = Field(unique=True)
    state: str = Field(index=True)
    version: int
    route_id: str
    route_version: int
    route_digest: str
    subject: str
    date: dt.date | None
    date_period: str | None
    unit: str | None
    distribute: bool | None
    distribute_raw: str | None
    addressed_to: str | None
    theme: str | None
    explanation: str | None
    report_period: str | None
    contacts: list[Any] = _json()
    emails: list[Any] = _json()
    beslispunten: list[Any] = _json()
    attachments: list[Any] = _json()
    promises: list[Any] = _json()
    steps: list[Any] = _json()
    closing_reason: str | None
    created_on: dt.date | None = Field(index=True)
    links: list[Any] | None = _json_or_null()
    streams: list[Any] | None = _json_or_null()
    state_since: dt.date | None = Field(index=True)
    facts: list[Any] | None = Field(sa_type=sa.JSON(none_as_null=True), nullable=True)
    effective_on: dt.date | None
    deviations: list[Any] | None = Field(sa_type=sa.JSON(none_as_null=True), nullable=True)


class BehandelingRow(SQLModel, table=True):
    """A row of the behandeltabel."""

    __tablename__ = "behandeling"
    __table_args__ = (sa.Index(None, "state", "date"),)

    voorstel_id: str = Field(primary_key=True, foreign_key="voorstel.id")
    id: str = Field(primary_key=True)
    position: int
    step: str
    overleg: str
    overleg_codes: list[Any] = _json()
    soort: str
    doel: str | None
    doel_raw: str | None
    date: dt.date | None
    date_raw: str | None
    year_derived: bool
    period: str | None
    state: str
    vergadering: str | None = Field(index=True)
    conclusie_code: str | None
    conclusie: str | None
    per_punt: list[Any] = _json()
    punten: list[Any] | None = Field(sa_type=sa.JSON(none_as_null=True), nullable=True)
    held_until: dt.date | None
    referred_to: str | None
    basis: str | None
    happened_on: dt.date | None = Field(index=True)
    recorded_on: dt.date | None = Field(index=True)
    reason: str | None
    on_paper: bool
    bekrachtiging: dict[str, Any] | None = Field(sa_type=sa.JSON(none_as_null=True), nullable=True)
    objection: str | None
    answers: str | None
    explanation: str | None
    without_advice: str | None
    standpunten: list[Any] | None = Field(sa_type=sa.JSON(none_as_null=True), nullable=True)


class RaadsinformatieRow(SQLModel, table=True):
    """A row of the council grid."""

    __tablename__ = "raadsinformatie"
    __table_args__ = (sa.Index(None, "state", "offered_on"),)

    voorstel_id: str = Field(primary_key=True, foreign_key="voorstel.id")
    gemeente: str = Field(primary_key=True)
    name: str
    state: str
    offered_on: dt.date | None
    college_date: dt.date | None
    zaaknummer: str | None
    sent_on: dt.date | None
    closed_on: dt.date | None
    paper_version: int | None
    own_text: bool
    reason: str | None
    step: str | None
    deelroute: str | None
    round: int | None
    deadline: dt.date | None
    answer: str | None
    answered_on: dt.date | None
    answer_text: str | None
    reaction_on: dt.date | None
    reaction: str | None
    consequence: str | None
    taken_over: list[Any] | None = Field(sa_type=sa.JSON(none_as_null=True), nullable=True)


class AfspraakRow(SQLModel, table=True):
    """A thing owed."""

    __tablename__ = "afspraak"
    __table_args__ = (
        sa.Index(None, "state", "due"),
        sa.Index(None, "state", "window_from"),
        sa.Index(None, "state", "window_to"),
    )

    id: str = Field(primary_key=True)
    soort: str
    title: str
    state: str
    version: int
    rule: str | None = Field(index=True)
    voorstel_id: str | None = Field(index=True, foreign_key="voorstel.id")
    kenmerk: str | None
    punten: list[Any] = _json()
    period: str | None
    window_from: dt.date | None
    window_to: dt.date | None
    due: dt.date | None
    owners: list[Any] = _json()
    creditor: str | None
    settled_by: str | None
    settled_on: dt.date | None
    slips: int
    reason: str | None
    gemeente: str | None
    row: str | None
    since: dt.date | None
    slipped: list[Any] | None = _json_or_null()
    asks: list[Any] | None = _json_or_null()
    begin_on: dt.date | None
    end_on: dt.date | None
    interim: list[Any] | None = _json_or_null()
    proposed_period: str | None


class VergaderingRow(SQLModel, table=True):
    """An overleg on a date."""

    __tablename__ = "vergadering"

    id: str = Field(primary_key=True)
    overleg_code: str
    date: dt.date = Field(index=True)
    state: str
    version: int


class PaperRow(SQLModel, table=True):
    """One version of a paper."""

    __tablename__ = "paper"

    voorstel_id: str = Field(primary_key=True, foreign_key="voorstel.id")
    id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    title: str
    filename: str
    media_type: str
    size: int
    sha256: str
    added_on: dt.date


class DocumentRow(SQLModel, table=True):
    """A file that was read."""

    __tablename__ = "document"

    id: str = Field(primary_key=True)
    sha256: str = Field(index=True)
    filename: str
    kind: str
    kenmerk: str | None = Field(index=True)
    voorstel_id: str | None = Field(index=True, foreign_key="voorstel.id")
    content: str | None
    read_on: dt.date | None
    refers_to: list[Any] = _json()


class BlobRow(SQLModel, table=True):
    """The bytes of a paper or document, once per content."""

    __tablename__ = "blob"

    sha256: str = Field(primary_key=True)
    content: bytes


class TextRow(SQLModel, table=True):
    """The words behind a commitment; erased: `text` and `salt` are null."""

    __tablename__ = "text"
    __table_args__ = _ONE_INDEX

    commitment: str = Field(primary_key=True)
    salt: bytes | None
    text: str | None


class EventRow(SQLModel, table=True):
    """The history: canonical bytes, never changed (triggers refuse it; the tree shows it)."""

    __tablename__ = "event"
    __table_args__ = (sa.UniqueConstraint("stream", "stream_seq"),)

    seq: int = Field(sa_column=sa.Column(_BIG, primary_key=True, autoincrement=False))
    stream: str
    stream_seq: int
    command_id: str | None = Field(unique=True)
    leaf_hash: bytes
    body: bytes


class TreeNodeRow(SQLModel, table=True):
    """A finished subtree of the Merkle tree, level 1 and up."""

    __tablename__ = "tree_node"
    __table_args__ = _ONE_INDEX

    level: int = Field(primary_key=True)
    index: int = Field(sa_column=sa.Column("index", sa.BigInteger, primary_key=True))
    hash: bytes


class LogHeadRow(SQLModel, table=True):
    """One row, locked as the last work of every writing transaction: gives a gapless order."""

    __tablename__ = "log_head"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(primary_key=True)
    size: int = Field(sa_type=sa.BigInteger)
    peaks: bytes  # hashes of the finished subtrees, largest first, 32 bytes each
    unrehearsed: bool  # an event without the mark `rehearsal` is in the history


class OutboxRow(SQLModel, table=True):
    """A mail that is due, at most once per key."""

    __tablename__ = "outbox"
    __table_args__ = (
        sa.Index(None, "status", "next_try_at"),
        sa.CheckConstraint(
            "status IN ('queued','claimed','sending','sent','failed','unsure',"
            "'skipped','cancelled')",
            name="status",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    rule: str
    rule_version: int
    due: dt.date = Field(index=True)
    subject_type: str
    subject_id: str
    kenmerk: str | None = Field(index=True)
    recipient_role: str
    recipient_name: str | None
    recipient_email: str | None
    title: str
    reason: str
    payload: dict[str, Any] = _json()  # the message as it will be sent
    status: str
    attempts: int
    created_at: dt.datetime
    next_try_at: dt.datetime | None
    lease_until: dt.datetime | None = Field(index=True)
    token: str | None
    ended_at: dt.datetime | None
    note: str | None  # receipt, or why it failed, waits or was skipped
    claimed_at: dt.datetime | None = Field(index=True)  # when a worker last began with it
    mail_id: str | None = Field(index=True)  # see `notifications.message.mail_id`
    standing: bool | None  # asked for by a person or the program: deriving never cancels it
    answer: str | None  # what its reader answered by the link in the mail
    answer_day: dt.date | None
    answered_at: dt.datetime | None


class FailingAddressRow(SQLModel, table=True):
    """An address that takes no mail: kept outside the history, so that it can be removed."""

    __tablename__ = "failing_address"
    __table_args__ = _ONE_INDEX

    address: str = Field(primary_key=True)  # in lower case
    since: dt.date
    reason: str


class AnswerLinkRow(SQLModel, table=True):
    """The link in a mail by which its reader answers once; of its secret only the hash."""

    __tablename__ = "answer_link"

    token_hash: str = Field(primary_key=True)
    outbox_id: int = Field(index=True)
    expires_on: dt.date


class CalendarFeedRow(SQLModel, table=True):
    """A calendar under a secret address, of which only the hash is kept."""

    __tablename__ = "calendar_feed"

    id: str = Field(primary_key=True)
    kind: str
    subject: str
    token_hash: str = Field(unique=True)
    created_on: dt.date
    revoked_on: dt.date | None


class SettingRow(SQLModel, table=True):
    """What belongs to this register itself: go-live date, mail stop, whose demo it is."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    value: str


class KeptRouteRow(SQLModel, table=True):
    """A version of a route, from its first use on: cases run on this content."""

    __tablename__ = "kept_route"

    route: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    digest: str
    content: dict[str, Any] = _json()
    tables: list[Any] = _json()
    used_on: dt.date
