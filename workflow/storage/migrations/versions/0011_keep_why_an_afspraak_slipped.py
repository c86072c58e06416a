"""Keep since when something is owed, why it slipped, and what is asked of a pilot."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("since", sa.Date()),
    ("slipped", sa.JSON(none_as_null=True)),
    ("asks", sa.JSON(none_as_null=True)),
    ("begin_on", sa.Date()),
    ("end_on", sa.Date()),
    ("interim", sa.JSON(none_as_null=True)),
    ("proposed_period", sa.String()),
)


def upgrade() -> None:
    for name, kind in _COLUMNS:
        op.add_column("afspraak", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Zet de reservekopie terug die vóór deze stap is gemaakt.")
