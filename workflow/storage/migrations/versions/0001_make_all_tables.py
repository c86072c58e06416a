"""Make all tables, and the beginning of the history."""

import datetime as dt
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_voorstel()
    _make_behandeling()
    _make_raadsinformatie()
    _make_afspraak_and_vergadering()
    _make_papers()
    _make_history()
    _make_outbox()
    _make_setting()


def downgrade() -> None:
    raise NotImplementedError("Zet de reservekopie terug die vóór deze stap is gemaakt.")


def _make_voorstel() -> None:
    op.create_table(
        "voorstel",
        _text("id"),
        _text("kenmerk"),
        _text("state"),
        _number("version"),
        _text("route_id"),
        _number("route_version"),
        _text("route_digest"),
        _text("subject"),
        _day("date", null=True),
        _text("date_period", null=True),
        _text("unit", null=True),
        _flag("distribute", null=True),
        _text("distribute_raw", null=True),
        _text("addressed_to", null=True),
        _text("theme", null=True),
        _text("explanation", null=True),
        _text("report_period", null=True),
        _json("contacts"),
        _json("emails"),
        _json("beslispunten"),
        _json("attachments"),
        _json("promises"),
        _json("steps"),
        _text("closing_reason", null=True),
        _day("created_on", null=True),
        _key("voorstel", "id"),
        sa.CheckConstraint("version >= 1", name=op.f("ck_voorstel_version")),
        _unique("voorstel", "kenmerk"),
    )
    _index("voorstel", "created_on")
    _index("voorstel", "state")


def _make_behandeling() -> None:
    op.create_table(
        "behandeling",
        _text("voorstel_id"),
        _text("id"),
        _number("position"),
        _text("step"),
        _text("overleg"),
        _json("overleg_codes"),
        _text("soort"),
        _text("doel", null=True),
        _text("doel_raw", null=True),
        _day("date", null=True),
        _text("date_raw", null=True),
        _flag("year_derived"),
        _text("period", null=True),
        _text("state"),
        _text("vergadering", null=True),
        _text("conclusie_code", null=True),
        _text("conclusie", null=True),
        _json("per_punt"),
        _json("punten", null=True),
        _day("held_until", null=True),
        _text("referred_to", null=True),
        _text("basis", null=True),
        _day("happened_on", null=True),
        _day("recorded_on", null=True),
        _text("reason", null=True),
        _flag("on_paper"),
        _json("bekrachtiging", null=True),
        _key("behandeling", "voorstel_id", "id"),
        _of_voorstel("behandeling"),
    )
    _index("behandeling", "happened_on")
    _index("behandeling", "recorded_on")
    _index("behandeling", "state", "date")
    _index("behandeling", "vergadering")


def _make_raadsinformatie() -> None:
    op.create_table(
        "raadsinformatie",
        _text("voorstel_id"),
        _text("gemeente"),
        _text("name"),
        _text("state"),
        _day("offered_on", null=True),
        _day("college_date", null=True),
        _text("zaaknummer", null=True),
        _day("sent_on", null=True),
        _day("closed_on", null=True),
        _number("paper_version", null=True),
        _flag("own_text"),
        _text("reason", null=True),
        _key("raadsinformatie", "voorstel_id", "gemeente"),
        _of_voorstel("raadsinformatie"),
    )
    _index("raadsinformatie", "state", "offered_on")


def _make_afspraak_and_vergadering() -> None:
    op.create_table(
        "afspraak",
        _text("id"),
        _text("soort"),
        _text("title"),
        _text("state"),
        _number("version"),
        _text("rule", null=True),
        _text("voorstel_id", null=True),
        _text("kenmerk", null=True),
        _json("punten"),
        _text("period", null=True),
        _day("window_from", null=True),
        _day("window_to", null=True),
        _day("due", null=True),
        _json("owners"),
        _text("creditor", null=True),
        _text("settled_by", null=True),
        _day("settled_on", null=True),
        _number("slips"),
        _text("reason", null=True),
        _key("afspraak", "id"),
        _of_voorstel("afspraak"),
    )
    _index("afspraak", "rule")
    _index("afspraak", "state", "due")
    _index("afspraak", "state", "window_from")
    _index("afspraak", "state", "window_to")
    _index("afspraak", "voorstel_id")
    op.create_table(
        "vergadering",
        _text("id"),
        _text("overleg_code"),
        _day("date"),
        _text("state"),
        _number("version"),
        _key("vergadering", "id"),
    )
    _index("vergadering", "date")


def _make_papers() -> None:
    op.create_table(
        "paper",
        _text("voorstel_id"),
        _text("id"),
        _number("version"),
        _text("title"),
        _text("filename"),
        _text("media_type"),
        _number("size"),
        _text("sha256"),
        _day("added_on"),
        _key("paper", "voorstel_id", "id", "version"),
        _of_voorstel("paper"),
    )
    op.create_table(
        "document",
        _text("id"),
        _text("sha256"),
        _text("filename"),
        _text("kind"),
        _text("kenmerk", null=True),
        _text("voorstel_id", null=True),
        _text("content", null=True),
        _day("read_on", null=True),
        _json("refers_to"),
        _key("document", "id"),
        _of_voorstel("document"),
    )
    _index("document", "kenmerk")
    _index("document", "sha256")
    _index("document", "voorstel_id")
    op.create_table(
        "blob",
        _text("sha256"),
        _bytes("content"),
        _key("blob", "sha256"),
    )


def _make_history() -> None:
    op.create_table(
        "event",
        # On SQLite an INTEGER key is the row's own number, without an index beside the table.
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False),
        _text("stream"),
        _number("stream_seq"),
        _text("command_id", null=True),
        _bytes("leaf_hash"),
        _bytes("body"),
        _key("event", "seq"),
        _unique("event", "command_id"),
        _unique("event", "stream", "stream_seq"),
    )
    op.create_table(
        "tree_node",
        _number("level"),
        _big_number("index"),
        _bytes("hash"),
        _key("tree_node", "level", "index"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "log_head",
        _number("id"),
        _big_number("size"),
        _bytes("peaks"),
        _flag("unrehearsed"),
        _key("log_head", "id"),
        sa.CheckConstraint("id = 1", name=op.f("ck_log_head_one_row")),
    )
    op.create_table(
        "text",
        _text("commitment"),
        _bytes("salt", null=True),
        _text("text", null=True),
        _key("text", "commitment"),
        sqlite_with_rowid=False,
    )
    head = sa.table(
        "log_head",
        sa.column("id", sa.Integer),
        sa.column("size", sa.BigInteger),
        sa.column("peaks", sa.LargeBinary),
        sa.column("unrehearsed", sa.Boolean),
    )
    op.execute(sa.insert(head).values(id=1, size=0, peaks=b"", unrehearsed=False))


def _make_outbox() -> None:
    op.create_table(
        "outbox",
        _number("id"),
        _text("key"),
        _text("rule"),
        _number("rule_version"),
        _day("due"),
        _text("subject_type"),
        _text("subject_id"),
        _text("kenmerk", null=True),
        _text("recipient_role"),
        _text("recipient_name", null=True),
        _text("recipient_email", null=True),
        _text("title"),
        _text("reason"),
        _json("payload"),
        _text("status"),
        _number("attempts"),
        _moment("created_at"),
        _moment("next_try_at", null=True),
        _moment("lease_until", null=True),
        _text("token", null=True),
        _moment("ended_at", null=True),
        _text("note", null=True),
        _key("outbox", "id"),
        sa.CheckConstraint(
            "status IN ('queued','claimed','sending','sent','failed','unsure',"
            "'skipped','cancelled')",
            name=op.f("ck_outbox_status"),
        ),
        _unique("outbox", "key"),
    )
    _index("outbox", "due")
    _index("outbox", "kenmerk")
    _index("outbox", "lease_until")
    _index("outbox", "status", "next_try_at")


def _make_setting() -> None:
    op.create_table(
        "setting",
        _text("name"),
        _text("value"),
        _key("setting", "name"),
    )


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _big_number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _flag(name: str, *, null: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=null)


def _day(name: str, *, null: bool = False) -> sa.Column[dt.date]:
    return sa.Column(name, sa.Date(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[dt.datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def _json(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=null)


def _bytes(name: str, *, null: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=null)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _of_voorstel(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["voorstel_id"], ["voorstel.id"], name=f"fk_{table}_voorstel_id")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
