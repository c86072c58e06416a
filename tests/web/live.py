"""The real register behind the pages, on a day that a test chooses."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from workflow.bootstrap import Access, Register, open_register, web_register
from workflow.services.register import LiveRegister
from workflow.settings import SHIPPED, read_settings

EXAMPLES = SHIPPED / "voorbeelden"


def opened_register(folder: Path, day: str) -> Register:
    """A register in a fresh database, rehearsing on `day` (ISO)."""
    given = {"database": f"sqlite:///{folder / 'r.db'}", "today": day, "user": "Noor de Wit"}
    return open_register(read_settings({}, given), Access.CREATE)


def on_day(opened: Register, day: str) -> LiveRegister:
    """What pages ask of it, on another day."""
    session = replace(opened.session, fixed_day=dt.date.fromisoformat(day))
    return web_register(replace(opened, session=session))
