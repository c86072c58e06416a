"""The real register behind the pages, on a day that a test chooses."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from workflow.bootstrap import Access, evidence_of, open_register
from workflow.services.register import LiveRegister
from workflow.settings import SHIPPED, read_settings

EXAMPLES = SHIPPED / "voorbeelden"


def live_register(folder: Path, day: str) -> LiveRegister:
    """A register in a fresh database, rehearsing on `day` (ISO)."""
    given = {"database": f"sqlite:///{folder / 'r.db'}", "today": day, "user": "Noor de Wit"}
    opened = open_register(read_settings({}, given), Access.CREATE)
    return LiveRegister(
        session=opened.session,
        evidence=evidence_of(opened.engine),
        preview=lambda first, last: [],
        log=lambda kenmerk: [],
    )


def on_day(register: LiveRegister, day: str) -> LiveRegister:
    """The same register on another day."""
    session = replace(register.session, fixed_day=dt.date.fromisoformat(day))
    return replace(register, session=session)
