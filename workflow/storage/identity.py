"""What belongs to this register itself: its secret, the day it went live, whose demo it is."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from workflow.storage.database import WRITES
from workflow.storage.save import insert_once
from workflow.storage.tables import SettingRow, table_of

_SETTING = table_of(SettingRow)


def read_setting(engine: Engine, name: str) -> str | None:
    """The value of a setting of this register; None: not set."""
    with engine.connect() as connection:
        value = connection.execute(sa.select(_SETTING.c.value).where(_SETTING.c.name == name))
        found: str | None = value.scalar()
        return found


def keep_setting(engine: Engine, name: str, value: str) -> str:
    """Set a value unless there is one; the one that holds."""
    known = read_setting(engine, name)
    if known is not None:
        return known
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        connection.execute(insert_once(connection, _SETTING), {"name": name, "value": value})
        connection.commit()
    return read_setting(engine, name) or value
