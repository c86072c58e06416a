"""Triggers that keep the history append-only: against accidents, on both databases.

They prevent; they do not prove. Who can drop a trigger can also write; that shows
in the tree and in checkpoints that left the system.

Four ways around a plain BEFORE UPDATE OR DELETE are closed: INSERT OR REPLACE
(SQLite removes the old row without a delete trigger), TRUNCATE (PostgreSQL),
INSERT … ON CONFLICT DO UPDATE, and session_replication_role = replica
(PostgreSQL skips triggers that are not ENABLE ALWAYS).
"""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

# Of each table, the keys that no second row may have.
APPEND_ONLY: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "event": (("seq",), ("stream", "stream_seq"), ("command_id",)),
    "tree_node": (("level", "index"),),
}
REFUSAL = "De geschiedenis staat vast; herstel een fout met een nieuwe gebeurtenis"
# A double command id is found by its constraint on PostgreSQL, here on SQLite: same first word.
_DOUBLE = "UNIQUE: dit staat al in de geschiedenis"


def install_triggers(connection: Connection) -> None:
    """(Re-)create all triggers; the tables must be there."""
    make = _postgresql if connection.dialect.name == "postgresql" else _sqlite
    for statement in make():
        connection.exec_driver_sql(statement)


def missing_triggers(connection: Connection) -> list[str]:
    """Names of triggers that should be there and are not, or are switched off."""
    if connection.dialect.name == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'"
        wanted = {_name(table, "fixed") for table in APPEND_ONLY}
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        whens = ("update", "delete", "insert")
        wanted = {_name(table, when) for table in APPEND_ONLY for when in whens}
    return sorted(wanted - set(connection.execute(sa.text(query)).scalars()))


def _sqlite() -> list[str]:
    """Row triggers; the one on INSERT refuses what OR REPLACE would silently remove."""
    statements: list[str] = []
    for table, keys in APPEND_ONLY.items():
        double = " OR ".join(
            "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")"
            for key in keys
        )
        for when in ("update", "delete"):
            statements += _sqlite_trigger(table, when, "", REFUSAL)
        exists = f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {double})"  # noqa: S608
        statements += _sqlite_trigger(table, "insert", exists, _DOUBLE)
    return statements


def _sqlite_trigger(table: str, when: str, condition: str, message: str) -> list[str]:
    """One trigger, in the place of the one that may be there."""
    name = _name(table, when)
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {when.upper()} ON {table}{condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
    ]


def _postgresql() -> list[str]:
    """One statement trigger a table; its error counts as a broken constraint."""
    statements = [
        "CREATE OR REPLACE FUNCTION refuse_change_of_history() RETURNS trigger "
        f"LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ]
    for table in APPEND_ONLY:
        name = _name(table, "fixed")
        statements += [
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        ]
    return statements


def _name(table: str, when: str) -> str:
    """The name of a trigger."""
    return f"{table}_{when}_refused" if when != "fixed" else f"{table}_fixed"
