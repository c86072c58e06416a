"""Let readers answer a mail by its link."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_answer_link"),
    )
    op.create_index("ix_answer_link_outbox_id", "answer_link", ["outbox_id"])
    op.add_column("outbox", sa.Column("answer", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("answer_day", sa.Date(), nullable=True))
    op.add_column("outbox", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Zet de reservekopie terug die vóór deze stap is gemaakt.")
