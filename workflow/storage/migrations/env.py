"""Alembic's way in: it works on the connection that it is handed, inside its transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from workflow.storage.tables import metadata


def plainly(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write SQLModel's own types into a new step as what they are in the database."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter a table: it is made again and copied
    render_item=plainly,
)
with context.begin_transaction():
    context.run_migrations()
