"""Keep since when a voorstel is in its state, so that one that lies still can be found."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("voorstel", sa.Column("state_since", sa.Date(), nullable=True))
    op.create_index("ix_voorstel_state_since", "voorstel", ["state_since"])


def downgrade() -> None:
    raise NotImplementedError("Zet de reservekopie terug die vóór deze stap is gemaakt.")
