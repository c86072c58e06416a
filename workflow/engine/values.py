"""The small values of a definition, read the way a Dutch functional manager writes them.

A definition holds text only: dates, numbers and yes or no are read here, by the
meaning of their key, so that YAML's own guesses (`nee`, `12:00`, `0o7`) never count.
"""

import re
from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from workflow.domain.periods import days_of

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PERIOD = re.compile(r"\d{4}(-(Q[1-4]|H[12]|W\d{2}|\d{2}))?")
_YES_NO = {"ja": True, "nee": False, "true": True, "false": False}


def _read_date(value: object) -> object:
    """A day as JJJJ-MM-DD; a day that no calendar has is an error, never rolled."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _ISO_DAY.fullmatch(value):
        raise PydanticCustomError(
            "geen_datum", "Schrijf een datum als 2024-07-11 (jaar-maand-dag)."
        )
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError(
            "datum_bestaat_niet", "De datum {dag} bestaat niet.", {"dag": value}
        ) from None


def _read_yes_no(value: object) -> object:
    """`ja` or `nee` (or the usual English pair)."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in _YES_NO:
        return _YES_NO[value]
    raise PydanticCustomError("geen_ja_nee", "Schrijf ja of nee.")


def _read_one_as_list(value: object) -> object:
    """One text where a list may stand is a list of one."""
    return (value,) if isinstance(value, str) else value


def _check_period(value: str) -> str:
    """A half-year, quarter, month, week or year that exists."""
    if not _PERIOD.fullmatch(value) or days_of(value) is None:
        raise PydanticCustomError(
            "periode_bestaat_niet",
            "De periode ‘{periode}’ bestaat niet. "
            "Schrijf bijvoorbeeld 2025-Q1, 2025-H2, 2025-03, 2025-W14 of 2025.",
            {"periode": value},
        )
    return value


def _check_time_zone(value: str) -> str:
    """A time zone that this machine's zone data knows."""
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        raise PydanticCustomError(
            "onbekende_tijdzone",
            "De tijdzone ‘{zone}’ is niet bekend. Gebruik Europe/Amsterdam.",
            {"zone": value},
        ) from None
    return value


_CODE = r"^[a-z][a-z0-9_]{0,59}$"
_HOUR = r"^([01]\d|2[0-3]):[0-5]\d$"
_EMAIL = r"^[^@\s<>,;:]+@[^@\s<>,;:]+\.[^@\s<>,;:]+$"
FORMS = {  # what to write where a form is asked
    _CODE: "Een code heeft kleine letters, cijfers en _, en begint met een letter.",
    _HOUR: "Schrijf een tijd als 12:00.",
    _EMAIL: "Schrijf een adres als postvak@organisatie.example.",
}
Lijst = BeforeValidator(_read_one_as_list)
Code = Annotated[str, StringConstraints(pattern=_CODE)]
Tekst = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
Codes = Annotated[tuple[Code, ...], Lijst]
Teksten = Annotated[tuple[Tekst, ...], Lijst]
Datum = Annotated[date, BeforeValidator(_read_date)]
JaNee = Annotated[bool, BeforeValidator(_read_yes_no)]
Periodecode = Annotated[str, AfterValidator(_check_period)]
Uur = Annotated[str, StringConstraints(pattern=_HOUR)]
Email = Annotated[str, StringConstraints(pattern=_EMAIL, max_length=254)]
Tijdzone = Annotated[str, AfterValidator(_check_time_zone)]
Weekdag = Literal["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"]
Situatie = Literal[  # what is open; the template of its mail bears the same name
    "blijft_liggen",
    "bijdrage_verwacht",
    "stukken_onvolledig",
    "op_agenda",
    "conclusie_vastgelegd",
    "conclusie_ontbreekt",
    "aan_te_bieden",
    "verzending_ontbreekt",
    "rapportage_verwacht",
    "evaluatie_verwacht",
    "toezegging_verwacht",
]
Anker = Literal[  # the day that `dagen` are counted from
    "papierdeadline",
    "agendavaststelling",
    "toestand_sinds",
    "vergadering",
    "vastlegging",
    "besluitdatum",
    "aanbieding",
    "venster_begin",
    "venster_einde",
    "laatste_overleg_in_venster",
]
Toon = Literal["vraag", "herinnering", "dringend"]
