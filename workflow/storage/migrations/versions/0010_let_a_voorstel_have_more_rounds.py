"""More rounds along the gemeenten, declared facts, positions and deviations.

Every new column is empty in the rows that exist: their events know nothing of it.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_JSON = sa.JSON(none_as_null=True)
_NEW: dict[str, dict[str, Any]] = {
    "voorstel": {"facts": _JSON, "effective_on": sa.Date, "deviations": _JSON},
    "behandeling": {"explanation": sa.String, "without_advice": sa.String, "standpunten": _JSON},
    "raadsinformatie": {
        "step": sa.String,
        "deelroute": sa.String,
        "round": sa.Integer,
        "deadline": sa.Date,
        "answer": sa.String,
        "answered_on": sa.Date,
        "answer_text": sa.String,
        "reaction_on": sa.Date,
        "reaction": sa.String,
        "consequence": sa.String,
        "taken_over": _JSON,
    },
    "afspraak": {"gemeente": sa.String, "row": sa.String},
}


def upgrade() -> None:
    for table, columns in _NEW.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Zet de reservekopie terug die vóór deze stap is gemaakt.")
