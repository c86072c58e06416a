"""What the database says when it fails, as something a person can act on."""

import sqlite3
from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError, IntegrityError

from workflow.domain.errors import OutcomeUnknown, Surroundings

_RACE = ("40001", "40P01", "23505")  # serialization failure, deadlock, unique violation
_NOTHING = "Er is niets opgeslagen."
_LOCKED = (
    f"Een ander programma houdt de database te lang bezet. {_NOTHING} Probeer het straks weer."
)
_FULL = f"De schijf van de database is vol. {_NOTHING} Maak ruimte en probeer het opnieuw."
_READ_ONLY = (
    f"De database kan alleen worden gelezen. {_NOTHING} "
    "Controleer de rechten op het bestand, de map of de server."
)
_AWAY = f"De database antwoordt niet. {_NOTHING} Controleer of zij draait en probeer het opnieuw."

_SQLITE: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
}
# By class or code of the SQL standard and PostgreSQL.
_POSTGRESQL: Mapping[str, str] = {
    "55P03": _LOCKED,
    "53100": _FULL,
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,
    "57P": _AWAY,
    "08": _AWAY,
}


def lost_race(error: DBAPIError) -> bool:
    """The database says that another transaction was first."""
    if getattr(error.orig, "sqlstate", None) in _RACE:
        return True
    return isinstance(error, IntegrityError) and "UNIQUE" in str(error.orig)


def failure_of(error: DBAPIError) -> Surroundings:
    """The error for a statement that failed: nothing of its transaction was stored."""
    return Surroundings(_sentence(error))


def unknown_outcome(error: DBAPIError) -> OutcomeUnknown:
    """The error for a commit that failed: it may have been stored or not."""
    return OutcomeUnknown(_sentence(error))


def _sentence(error: DBAPIError) -> str:
    """Why, and what to do, in Dutch."""
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # without the finer reason
        known = _SQLITE.get(code)
    else:
        state = getattr(error.orig, "sqlstate", None) or "08"  # no answer at all
        known = next((text for key, text in _POSTGRESQL.items() if state.startswith(key)), None)
    return known or f"De database geeft een fout: {_first_line(error)}. {_NOTHING}"


def _first_line(error: DBAPIError) -> str:
    """The database's own words, in short."""
    return next(iter(str(error.orig).strip().splitlines()), "zonder melding").rstrip(".")
