"""The fields of an act as typed by a person: read, bounded, checked against the definition."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from workflow.domain.behandeling import Behandeling, ConclusieCode, Doel, Positie
from workflow.domain.dutch import join_words
from workflow.domain.errors import InvalidField, MissingField
from workflow.domain.rounds import rows_at
from workflow.domain.voorstel import Voorstel
from workflow.engine.attempt import OUTCOMES, Attempt, Inputs
from workflow.engine.definition import Handeling, Veld
from workflow.engine.members import exists_on
from workflow.engine.rules import Rules, sub_machine

MAX_TEXT = 500  # characters in a short text
MAX_LONG_TEXT = 20_000
FIRST_YEAR, LAST_YEAR = 1990, 2100
CONSEQUENCES = ("nieuwe_ronde", "lokale_afwijking", "niet_van_kracht")  # moves of a sub-route
TAKEN_DOWN = ("toezegging", "opdracht", "evaluatie", "actie")  # what a person may write down
_SHORT_CONCLUSIES = {"gewijzigd": ConclusieCode.GEWIJZIGD_VASTGESTELD}


def read_inputs(attempt: Attempt, given: Mapping[str, str], points: Mapping[str, str]) -> Inputs:
    """The typed fields; InvalidField or MissingField names the first that is wrong.

    An empty value counts as not given. `reden` may also be given as the remark.
    """
    act, rules = attempt.act, attempt.rules
    fields = single_fields(attempt)
    several = {field.veld: field for field in act.velden if field.per_beslispunt}
    per_gemeente = {field.veld: field for field in act.velden if field.per_gemeente}
    values: dict[str, object] = {}
    new_texts: dict[str, str] = {}
    positions: dict[str, str] = {}
    for name, raw in given.items():
        text = clean(name, raw)
        if not text:
            continue
        stem, _, number = name.rpartition("_")
        own, _, gemeente = name.partition("_")
        if stem in several:
            new_texts[_known_point(attempt.dossier.voorstel, number, name)] = text
        elif name in fields:
            values[name] = _read(fields[name], text, attempt)
        elif own in per_gemeente and gemeente:
            positions[rules.resolve_gemeente(gemeente, name).code] = text
        else:
            raise InvalidField(name, _unknown(act, fields))
    if "reden" in fields and attempt.remark and "reden" not in values:
        values["reden"] = clean("reden", attempt.remark)
    for field in fields.values():
        if field.verplicht and field.veld not in values:
            raise MissingField(field.veld, field.naam)
    return Inputs(
        values=values,
        points=_read_points(attempt, points),
        new_texts=new_texts,
        positions=positions,
    )


def single_fields(attempt: Attempt) -> dict[str, Veld]:
    """The fields that are asked once, by name; one for each fact that can be declared."""
    found: dict[str, Veld] = {}
    for field in attempt.act.velden:
        if field.per_feit:
            for feit in attempt.rules.feiten.values():
                found[feit.feit] = field.model_copy(
                    update={"veld": feit.feit, "naam": feit.naam, "uitleg": feit.uitleg}
                )
        elif not field.per_beslispunt and not field.per_gemeente:
            found[field.veld] = field
    return found


def clean(field: str, raw: str) -> str:
    """Text in NFC without control characters or edges of white space; bounded in length."""
    text = unicodedata.normalize("NFC", raw).strip()
    if len(text) > MAX_LONG_TEXT:
        raise InvalidField(field, f"de tekst is langer dan {MAX_LONG_TEXT} tekens. Kort hem in.")
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\r\t" for char in text):
        raise InvalidField(field, "de tekst bevat tekens die niet getoond kunnen worden.")
    return text


def _unknown(act: Handeling, fields: Mapping[str, Veld]) -> str:
    """Why a field is refused, and which ones there are."""
    names = list(fields)
    names += [f"{field.veld}_NR" for field in act.velden if field.per_beslispunt]
    names += [f"{field.veld}_GEMEENTE" for field in act.velden if field.per_gemeente]
    if not names:
        return f"‘{act.naam}’ heeft geen velden."
    return f"dit veld kent ‘{act.naam}’ niet. Velden: {', '.join(names)}."


def _read(field: Veld, text: str, attempt: Attempt) -> object:
    """One value, by the kind of its field."""
    rules = attempt.rules
    match field.soort:
        case "datum":
            return read_day(field.veld, text)
        case "nummer":
            return _read_number(field.veld, text)
        case "ja_nee":
            return _read_yes_no(field.veld, text)
        case "overleg":
            return rules.resolve_overleg(text, field.veld)
        case "gemeenten":
            names = [name for name in re.split(r"[,;\n]", text) if name.strip()]
            found = (rules.resolve_gemeente(name, field.veld) for name in names)
            return tuple(dict.fromkeys(found))
        case "beslispunten":
            numbers = [part for part in re.split(r"[,;\n]", text) if part.strip()]
            found_points = (
                _known_point(attempt.dossier.voorstel, one, field.veld) for one in numbers
            )
            return tuple(dict.fromkeys(found_points))
        case "keuze":
            return _read_choice(field, text, attempt)
        case "lange_tekst":
            return text
    if len(text) > MAX_TEXT:
        raise InvalidField(field.veld, f"de tekst is langer dan {MAX_TEXT} tekens. Kort hem in.")
    return text


def read_day(field: str, text: str) -> dt.date:
    """A date as 2024-07-11 or 11-07-2024, between 1990 and 2100."""
    parts = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    numbers = [int(part) for part in parts.groups()] if parts else []
    if not parts and (parts := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text)):
        numbers = [int(part) for part in reversed(parts.groups())]
    if not parts:
        raise InvalidField(
            field, f"‘{text[:40]}’ is geen datum. Schrijf hem als 2024-07-11 of 11-07-2024."
        )
    try:
        day = dt.date(*numbers)
    except ValueError:
        raise InvalidField(field, f"de datum {text} bestaat niet.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidField(field, f"het jaar {day.year} ligt buiten {FIRST_YEAR}–{LAST_YEAR}.")
    return day


def _read_number(field: str, text: str) -> int:
    """A whole number from 1."""
    if not re.fullmatch(r"[1-9]\d{0,14}", text):
        raise InvalidField(field, f"‘{text[:40]}’ is geen geheel getal vanaf 1.")
    return int(text)


def _read_yes_no(field: str, text: str) -> bool:
    """Ja or nee."""
    answer = {"ja": True, "true": True, "1": True, "nee": False, "false": False, "0": False}
    if text.casefold() not in answer:
        raise InvalidField(field, "antwoord ‘ja’ of ‘nee’.")
    return answer[text.casefold()]


def _read_choice(field: Veld, text: str, attempt: Attempt) -> object:
    """One of a list."""
    if field.keuzes == "conclusies":
        voorstel = attempt.dossier.voorstel
        return read_conclusie(field.veld, text, attempt.row, attempt.rules, voorstel)
    options = choices_for(attempt, field) or []
    wanted = text.casefold()
    if wanted not in options:
        raise InvalidField(field.veld, f"‘{text[:60]}’ kan niet. Kies uit: {', '.join(options)}.")
    return Doel(wanted) if field.keuzes == "doelen" else wanted


def choices_for(attempt: Attempt, field: Veld) -> list[str] | None:
    """The values to choose from; None when anything may be typed."""
    rules = attempt.rules
    match field.keuzes:
        case "conclusies":
            known = rules.choices_of(attempt.dossier.voorstel, attempt.row)
            return [code.value for code in known]
        case "doelen":
            return [doel.value for doel in Doel]
        case "overleggen":
            return list(rules.overleggen)
        case "gemeenten" if attempt.act.handeling == "voeg_gemeente_toe":
            return list(outside_round(attempt))
        case "gemeenten":
            return list(rules.gemeenten)
        case "rijen":
            return [row.id for row in attempt.dossier.behandelingen]
        case "feitwaarden":
            return list(rules.feiten[field.veld].waarden)
        case "uitkomsten":
            return list(OUTCOMES)
        case "gevolgen":
            return list(consequences(attempt))
        case "standpunten":
            return [one.value for one in Positie]
        case "soorten":
            return list(TAKEN_DOWN)
        case "toezeggingen":
            return [str(nr) for nr, _ in enumerate(attempt.dossier.voorstel.promises, start=1)]
    return None


def outside_round(attempt: Attempt) -> tuple[str, ...]:
    """The gemeenten that exist and are not in the round where the voorstel is."""
    dossier, rules = attempt.dossier, attempt.rules
    step = dossier.voorstel.step(dossier.voorstel.state)
    inside = {one.code for one in rows_at(dossier, step)} if step else set()
    known = (one for one in rules.gemeenten.values() if exists_on(one, attempt.today))
    return tuple(one.code for one in known if one.code not in inside)


def consequences(attempt: Attempt) -> tuple[str, ...]:
    """What an overleg may choose when this gemeente amended or refused."""
    raad = attempt.raad
    if raad is None:
        return CONSEQUENCES
    machine = attempt.rules.fixed(sub_machine(raad.deelroute))
    return tuple(one for one in CONSEQUENCES if machine.allows(raad.state, one))


def read_conclusie(
    field: str, text: str, row: Behandeling | None, rules: Rules, voorstel: Voorstel
) -> ConclusieCode:
    """A conclusion that fits the doel of the row; InvalidField says which do."""
    word = re.sub(r"[\s-]+", "_", text.strip().casefold())
    allowed = rules.choices_of(voorstel, row)
    code = _SHORT_CONCLUSIES.get(word) or next((one for one in allowed if one.value == word), None)
    if code is None or code not in allowed:
        doel = row.doel.value if row and row.doel else "informeren"
        options = ", ".join(one.value for one in allowed)
        raise InvalidField(
            field, f"‘{text[:60]}’ past niet bij het doel {doel}. Kies uit: {options}."
        )
    return code


def _read_points(attempt: Attempt, points: Mapping[str, str]) -> dict[str, ConclusieCode]:
    """The conclusion per beslispunt, by its number as written."""
    act, voorstel = attempt.act, attempt.dossier.voorstel
    if points and not any(field.keuzes == "conclusies" for field in act.velden):
        raise InvalidField("beslispunt", f"‘{act.naam}’ kent geen conclusie per beslispunt.")
    return {
        _known_point(voorstel, number, "beslispunt"): read_conclusie(
            f"beslispunt {number}", code, attempt.row, attempt.rules, voorstel
        )
        for number, code in points.items()
    }


def _known_point(voorstel: Voorstel, number: str, field: str) -> str:
    """The number of a beslispunt, as written on the voorblad."""
    numbers = [punt.number for punt in voorstel.beslispunten]
    found = next((one for one in numbers if one.casefold() == number.strip().casefold()), None)
    if found is None:
        raise InvalidField(
            field,
            f"beslispunt ‘{number[:20]}’ staat niet op het voorblad. "
            f"Wel: {join_words(numbers) or 'geen'}.",
        )
    return found
