"""Let a row know who objected to its conclusie, and which conclusie it settles."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("behandeling", sa.Column("objection", sa.String(), nullable=True))
    op.add_column("behandeling", sa.Column("answers", sa.String(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Zet de reservekopie terug die vóór deze stap is gemaakt.")
