"""Keep when a mail began, under which Message-ID it left, and whether it must stand."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("mail_id", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("standing", sa.Boolean(), nullable=True))
    op.create_index("ix_outbox_claimed_at", "outbox", ["claimed_at"])
    op.create_index("ix_outbox_mail_id", "outbox", ["mail_id"])


def downgrade() -> None:
    raise NotImplementedError("Zet de reservekopie terug die vóór deze stap is gemaakt.")
