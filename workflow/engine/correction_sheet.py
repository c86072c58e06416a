"""Misread fields of the voorblad, cells of a row, and dates of a gemeente, put right."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workflow.domain.behandeling import Behandeling, Doel, PuntConclusie
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Beslispunt, Contactpersoon, Voorstel
from workflow.engine.conclusions import outcome_of
from workflow.engine.inputs import clean, read_conclusie, read_day
from workflow.engine.place import go_on
from workflow.engine.rules import Rules
from workflow.engine.sheet_fields import read_distribute, read_kenmerk, read_people, read_subject

COUNCIL_DATES = {
    "bied_aan": "offered_on",
    "leg_collegebesluit_vast": "college_date",
    "meld_verzonden": "sent_on",
    "meld_ter_kennisname": "closed_on",
    "meld_geagendeerd": "closed_on",
    "meld_bekrachtigd": "answered_on",
    "meld_niet_bekrachtigd": "answered_on",
    "meld_geen_zienswijze": "answered_on",
    "meld_vastgesteld": "answered_on",
    "meld_gewijzigd_vastgesteld": "answered_on",
    "meld_niet_vastgesteld": "answered_on",
    "geef_reactie": "reaction_on",
}
NUMBERED = frozenset(
    {
        "leg_collegebesluit_vast",
        "meld_bekrachtigd",
        "meld_niet_bekrachtigd",
        "meld_vastgesteld",
        "meld_gewijzigd_vastgesteld",
    }
)
SHEET_FIELDS = (
    "onderwerp",
    "datum",
    "eenheid",
    "verspreiden",
    "contactpersoon",
    "toelichting",
    "kenmerk",
)
Keep = Callable[[str], ErasableText]


def correct_council(
    action: str,
    target: Mapping[str, str],
    given: Mapping[str, str],
    dossier: Dossier,
    today: dt.date,
) -> tuple[Dossier, Raadsinformatie]:
    """The date or zaaknummer of one gemeente put right."""
    changed: dict[str, Any] = {}
    for name, value in given.items():
        if name == "datum":
            day = read_day("datum", value.strip())
            if day > today:
                raise InvalidField("datum", "die dag moet nog komen.")
            changed[COUNCIL_DATES[action]] = day
        elif name == "zaaknummer" and action in NUMBERED:
            changed["zaaknummer"] = clean(name, value)
        else:
            raise InvalidField(name, "dit veld had die handeling niet.")
    raad = next((one for one in dossier.raden if one.gemeente == target.get("gemeente")), None)
    if raad is None:
        raise InvalidField("gemeente", "deze gemeente is niet (meer) in de ronde.")
    right = replace(raad, **changed)
    raden = tuple(right if one is raad else one for one in dossier.raden)
    return replace(dossier, raden=raden), right


def row_of(dossier: Dossier, row_id: str) -> Behandeling:
    """A row by its id; InvalidField when there is none."""
    found = dossier.behandeling(row_id)
    if found is None:
        raise InvalidField("behandeling", f"rij ‘{row_id}’ is niet bekend.")
    return found


def with_row(dossier: Dossier, row: Behandeling) -> Dossier:
    """The dossier with one row replaced."""
    rows = tuple(row if one.id == row.id else one for one in dossier.behandelingen)
    return replace(dossier, behandelingen=rows)


def correct_row(
    row_id: str, given: Mapping[str, str], dossier: Dossier, rules: Rules, keep: Keep
) -> tuple[Dossier, Behandeling]:
    """A row with its misread cells put right; the voorstel stands where its rows say."""
    row = row_of(dossier, row_id)
    for name, value in given.items():
        row = _read_cell(row, name, clean(name, value), rules, keep, dossier.voorstel)
    return go_on(with_row(dossier, row), rules), row


def _read_cell(
    row: Behandeling, name: str, value: str, rules: Rules, keep: Keep, voorstel: Voorstel
) -> Behandeling:
    """A row with one cell put right."""
    match name:
        case "datum":
            return replace(row, date=read_day(name, value), year_derived=False, period=None)
        case "doel":
            if value not in list(Doel):
                raise InvalidField(name, f"kies uit: {', '.join(Doel)}.")
            return replace(row, doel=Doel(value))
        case "overleg":
            found = rules.resolve_overleg(value)
            codes = tuple(one.code for one in found)
            return replace(row, overleg_codes=codes, soort=found[0].soort)
        case "conclusie" if row.conclusie_code and row.basis == "import":
            return _read_conclusion(row, value, rules, voorstel)
        case "tekst" if row.basis == "import":
            return replace(row, conclusie=keep(value))
    raise InvalidField(
        name,
        "van een rij kunt u datum, doel en overleg corrigeren, en conclusie en tekst zoals "
        "die van papier zijn gelezen. Noem voor een vastgelegde conclusie haar eigen nummer.",
    )


def _read_conclusion(row: Behandeling, value: str, rules: Rules, voorstel: Voorstel) -> Behandeling:
    """A conclusion that was read from paper, put right; its outcome must stay the same."""
    code = read_conclusie("conclusie", value, row, rules, voorstel)
    table = rules.table_of(voorstel, row)
    if row.conclusie_code and outcome_of(code, table) != outcome_of(row.conclusie_code, table):
        raise InvalidField(
            "conclusie", "dit leidt tot iets anders. Lees het verbeterde voorblad opnieuw in."
        )
    points = tuple(PuntConclusie(number=one.number, code=code) for one in row.per_punt)
    return replace(row, conclusie_code=code, per_punt=points)


_POINT = re.compile(r"beslispunt_(\S{1,10})")


def correct_sheet(given: Mapping[str, str], dossier: Dossier, keep: Keep) -> Dossier:
    """The voorblad with its misread fields put right, and what a concept lacks filled in."""
    voorstel = dossier.voorstel
    for name, raw in given.items():
        value, point = clean(name, raw), _POINT.fullmatch(name)
        if not value:
            raise InvalidField(name, "dit mag niet leeg zijn.")
        if point:
            voorstel = _with_point(voorstel, name, point[1], value)
        else:
            voorstel = _read_field(voorstel, name, value, keep)
    return replace(dossier, voorstel=voorstel)


def _with_point(voorstel: Voorstel, name: str, number: str, text: str) -> Voorstel:
    """The text of a beslispunt put right; only a concept can still get one more."""
    numbers = [one.number for one in voorstel.beslispunten]
    if number not in numbers and voorstel.state == "concept":
        more = Beslispunt(number=number, text=text)
        return replace(voorstel, beslispunten=(*voorstel.beslispunten, more))
    if number not in numbers:
        known = ", ".join(numbers) or "geen"
        raise InvalidField(name, f"dit punt staat niet op het voorblad. Wel: {known}.")
    points = tuple(
        replace(one, text=text) if one.number == number else one for one in voorstel.beslispunten
    )
    return replace(voorstel, beslispunten=points)


def _read_field(voorstel: Voorstel, name: str, value: str, keep: Keep) -> Voorstel:
    """The voorstel with one field of its voorblad put right."""
    match name:
        case "onderwerp":
            return replace(voorstel, subject=read_subject(value))
        case "datum":
            return replace(voorstel, date=read_day(name, value), date_period=None)
        case "eenheid":
            return replace(voorstel, unit=value)
        case "toelichting":
            return replace(voorstel, explanation=keep(value))
        case "kenmerk":
            return replace(voorstel, kenmerk=read_kenmerk(value))
        case "verspreiden":
            return replace(voorstel, distribute=read_distribute(value), distribute_raw=value)
        case "contactpersoon":
            return _with_contacts(voorstel, value, keep)
    names = ", ".join((*SHEET_FIELDS, "beslispunt_NR"))
    raise InvalidField(name, f"dit veld kan niet worden gecorrigeerd. Wel: {names}.")


def _with_contacts(voorstel: Voorstel, text: str, keep: Keep) -> Voorstel:
    """The voorstel with these contact persons instead of those that were read."""
    people = tuple(
        Contactpersoon(
            name=keep(one.name),
            organisation=one.organisation,
            email=keep(one.email) if one.email else None,
        )
        for one in read_people(text)
    )
    emails = tuple(one.email for one in people if one.email)
    return replace(voorstel, contacts=people, emails=emails)
