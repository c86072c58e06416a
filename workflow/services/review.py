"""What a person corrects in a paper before it is stored: read → typed, nothing else."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workflow.documents import ReadDocument, Voorblad
from workflow.domain.behandeling import ConclusieCode, Doel
from workflow.domain.errors import InvalidField
from workflow.engine.inputs import clean, read_day
from workflow.engine.rules import Rules

_ITEM = re.compile(r"(contactpersonen|beslispunten|behandelingen)\[(\d{1,3})\]\.(\w+)")
_YES_NO = {"ja": True, "nee": False, "": None}


def corrected(document: ReadDocument, corrections: Mapping[str, str], rules: Rules) -> ReadDocument:
    """The document with what a person typed instead; paths as warnings name them.

    Raises InvalidField for a path that is not there or a value that cannot be.
    The paper itself stays as it was: its bytes and hash are kept.
    """
    sheet = document.voorblad
    if not corrections or sheet is None:
        return document
    for path, raw in corrections.items():
        value = clean(path, raw) or None
        item = _ITEM.fullmatch(path)
        if item:
            sheet = _with_item(sheet, item[1], int(item[2]), item[3], value, path, rules)
        else:
            sheet = _with_field(sheet, path, value)
    return replace(document, voorblad=sheet)


def _with_field(sheet: Voorblad, name: str, value: str | None) -> Voorblad:
    """One field of the sheet."""
    match name:
        case "datum":
            return replace(sheet, datum=read_day(name, value) if value else None)
        case "verspreiden":
            if (value or "").casefold() not in _YES_NO:
                raise InvalidField(name, "antwoord ‘ja’ of ‘nee’.")
            return replace(sheet, verspreiden=_YES_NO[(value or "").casefold()])
        case "onderwerp":
            return replace(sheet, onderwerp=value)
        case "kenmerk":
            return replace(sheet, kenmerk=value)
        case "eenheid":
            return replace(sheet, eenheid=value)
    raise InvalidField(name, "dit veld kan hier niet worden verbeterd.")


def _with_item(
    sheet: Voorblad,
    group: str,
    place: int,
    column: str,
    value: str | None,
    path: str,
    rules: Rules,
) -> Voorblad:
    """One cell of a list on the sheet."""
    items: tuple[Any, ...] = getattr(sheet, group)
    read = _COLUMNS.get((group, column))
    if place >= len(items) or read is None:
        raise InvalidField(path, "dit veld kan hier niet worden verbeterd.")
    changed = replace(items[place], **read(path, value, rules))
    if group == "contactpersonen" and not changed.naam:
        renewed = (*items[:place], *items[place + 1 :])
    else:
        renewed = (*items[:place], changed, *items[place + 1 :])
    match group:
        case "contactpersonen":
            return replace(sheet, contactpersonen=renewed)
        case "beslispunten":
            return replace(sheet, beslispunten=renewed)
    return replace(sheet, behandelingen=renewed)


Read = Callable[[str, str | None, Rules], dict[str, Any]]


def _overleg(path: str, value: str | None, rules: Rules) -> dict[str, Any]:
    """An overleg by code, name or alias."""
    if value is None:
        return {"overleg": None, "overleg_codes": (), "soort": None}
    found = rules.resolve_overleg(value, path)
    return {
        "overleg": value,
        "overleg_codes": tuple(one.code for one in found),
        "soort": found[0].soort,
    }


def _doel(path: str, value: str | None, _rules: Rules) -> dict[str, Any]:
    """A doel of the list."""
    if value is not None and value not in list(Doel):
        raise InvalidField(path, f"kies uit: {', '.join(Doel)}.")
    return {"doel": Doel(value) if value else None}


def _conclusie(path: str, value: str | None, _rules: Rules) -> dict[str, Any]:
    """A conclusion of the list; none: not treated yet."""
    if value is not None and value not in list(ConclusieCode):
        raise InvalidField(path, f"kies uit: {', '.join(ConclusieCode)}.")
    return {"conclusie_code": ConclusieCode(value) if value else None, "treated": value is not None}


_COLUMNS: dict[tuple[str, str], Read] = {
    ("contactpersonen", "naam"): lambda _path, value, _rules: {"naam": value or ""},
    ("contactpersonen", "organisatie"): lambda _path, value, _rules: {"organisatie": value},
    ("contactpersonen", "email"): lambda _path, value, _rules: {"email": value},
    ("beslispunten", "tekst"): lambda _path, value, _rules: {"tekst": value or ""},
    ("behandelingen", "datum"): lambda path, value, _rules: {
        "datum": read_day(path, value) if value else None,
        "jaar_afgeleid": False,
        "periode": None,
    },
    ("behandelingen", "overleg"): _overleg,
    ("behandelingen", "doel"): _doel,
    ("behandelingen", "conclusie_code"): _conclusie,
}
