"""An overleg on a date."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Vergadering:
    """One meeting of an overleg. Many voorstellen share it: `version` prevents lost updates."""

    id: str  # overleg code and date
    overleg_code: str
    date: dt.date
    state: str = "gepland"
    version: int = 1

    def list_is_closed(self) -> bool:
        """Its besluitenlijst was adopted: what is not on it, was not concluded there."""
        return self.state == "besluitenlijst_vastgesteld"


def vergadering_id(overleg_code: str, date: dt.date) -> str:
    """The id of the meeting of an overleg on a day."""
    return f"{overleg_code}-{date.isoformat()}"
