"""Keep the content of each version of a route from its first use on.

Runs on SQLite and PostgreSQL. Adds a table; nothing that exists is touched. It is filled
when the register is opened, from the definitions that its cases were made with.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_route",
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("route", "version", name="pk_kept_route"),
    )
    op.create_index("ix_voorstel_route_id_route_version", "voorstel", ["route_id", "route_version"])


def downgrade() -> None:
    raise NotImplementedError("Zet de reservekopie terug die vóór deze stap is gemaakt.")
