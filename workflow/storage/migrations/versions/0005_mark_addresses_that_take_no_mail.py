"""Mark addresses that take no mail."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "failing_address",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_failing_address"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("Zet de reservekopie terug die vóór deze stap is gemaakt.")
