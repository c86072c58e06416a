"""Let a voorstel know what it was split from, and where else its events stand."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("voorstel", sa.Column("links", sa.JSON(), nullable=True))
    op.add_column("voorstel", sa.Column("streams", sa.JSON(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Zet de reservekopie terug die vóór deze stap is gemaakt.")
