"""Reminder rules and functions: a rule that can fire, readers that exist, words that are known."""

from collections.abc import Collection, Iterator

from workflow.engine.definition import (
    OverlegDefinitie,
    Route,
)
from workflow.engine.definition_reminders import (
    Escalatie,
    HerinneringRegel,
)
from workflow.engine.files import (
    CyclusBestand,
    FunctieBestand,
    HerinneringBestand,
    OverlegBestand,
    Part,
    Reading,
)
from workflow.engine.names import Names, Path, doubles, placeholders, reversed_dates, unknown
from workflow.engine.problems import Problem, listed
from workflow.engine.reminder_rules import offsets_of

_ABOUT = ("kenmerk", "onderwerp")
IN_REASON: dict[str, tuple[str, ...]] = {  # what `reden` may fill in, by what a rule is about
    "behandeling": (*_ABOUT, "overleg"),
    "raadsinformatie": (*_ABOUT, "gemeenten"),
    "voorstel": (*_ABOUT, "toestand"),
    "afspraak": (*_ABOUT, "afspraak", "soort", "periode", "schuldeiser", "gemeenten"),
}
_WINDOW = ("venster_begin", "venster_einde", "laatste_overleg_in_venster")
ANCHORS: dict[str, tuple[str, ...]] = {  # what a rule counts from, by the situation it is for
    "stukken_onvolledig": ("papierdeadline", "agendavaststelling", "vergadering"),
    "op_agenda": ("vergadering", "agendavaststelling"),
    "conclusie_vastgelegd": ("vastlegging",),
    "conclusie_ontbreekt": ("vergadering",),
    "aan_te_bieden": ("besluitdatum",),
    "verzending_ontbreekt": ("aanbieding",),
    "blijft_liggen": ("toestand_sinds",),
    "bijdrage_verwacht": ("venster_einde",),
    "rapportage_verwacht": _WINDOW,
    "evaluatie_verwacht": _WINDOW,
    "toezegging_verwacht": _WINDOW,
}
_OWED = ("bijdrage_verwacht", "rapportage_verwacht", "evaluatie_verwacht", "toezegging_verwacht")
_ROWS = ("stukken_onvolledig", "op_agenda", "conclusie_vastgelegd", "conclusie_ontbreekt")
SUBJECTS: dict[str, str] = {  # what the situation is about
    **dict.fromkeys(_ROWS, "behandeling"),
    "aan_te_bieden": "raadsinformatie",
    "verzending_ontbreekt": "raadsinformatie",
    "blijft_liggen": "voorstel",
    **dict.fromkeys(_OWED, "afspraak"),
}
_STATES: dict[str, frozenset[str]] = {  # in which the situation can be, where it says so itself
    "stukken_onvolledig": frozenset({"gepland", "geagendeerd"}),
    "op_agenda": frozenset({"geagendeerd"}),
    "conclusie_vastgelegd": frozenset({"behandeld"}),
    "conclusie_ontbreekt": frozenset({"gepland", "geagendeerd"}),
    "aan_te_bieden": frozenset({"aan_te_bieden"}),
    "verzending_ontbreekt": frozenset({"aangeboden", "collegebesluit"}),
    **dict.fromkeys(_OWED, frozenset({"openstaand", "in_voorbereiding"})),
}
PAST = frozenset({"vastlegging", "besluitdatum", "aanbieding", "toestand_sinds"})
READERS: dict[str, frozenset[str]] = {  # the roles that there is someone in, by subject
    "behandeling": frozenset({"contactpersonen", "secretariaat"}),
    "voorstel": frozenset({"contactpersonen", "secretariaat"}),
    "raadsinformatie": frozenset({"contactpersonen", "secretariaat", "gemeente"}),
    "afspraak": frozenset({"contactpersonen", "secretariaat", "gemeente", "eigenaars"}),
}
FARTHEST = {
    "werkdagen": 400,
    "dagen": 400,
    "weken": 60,
    "maandagen": 60,
    "collegevergaderingen": 20,
}


def check_reminders(reading: Reading, names: Names) -> Iterator[Problem]:
    """Everything wrong with the reminder rules and the functions of a folder."""
    for functions in reading.of(FunctieBestand):
        yield from _functions(functions)
    for part in reading.of(HerinneringBestand):
        rules = list(enumerate(part.model.herinneringen))
        keys = ((("herinneringen", i, "regel"), one.regel, one.regel) for i, one in rules)
        yield from doubles(part, "regel", keys)
        for i, rule in rules:
            at: Path = ("herinneringen", i)
            yield from _fits(part, at, rule)
            yield from _days(part, at, rule)
            yield from _readers(part, (*at, "aan"), rule, rule.aan, names)
            for j, one in enumerate(rule.escalatie):
                yield from _escalation(part, (*at, "escalatie", j), rule, one, names)
            yield from placeholders(part, (*at, "reden"), rule.reden, IN_REASON[rule.onderwerp])
            yield from _never(part, at, rule, reading)


def _functions(part: Part[FunctieBestand]) -> Iterator[Problem]:
    """Each function once, and someone or a mailbox to read for it."""
    found = list(enumerate(part.model.functies))
    keys = ((("functies", i, "functie"), one.functie, one.functie) for i, one in found)
    yield from doubles(part, "functie", keys)
    for i, one in found:
        if one.functie in READERS["afspraak"]:
            message = f"‘{one.functie}’ is al een rol van het programma. Kies een andere code."
            yield part.problem(("functies", i, "functie"), "functie_is_rol", message)
        if one.postvak is None and not any(person.email for person in one.personen):
            message = f"Niemand leest mail voor ‘{one.naam}’. Geef een persoon of een postvak."
            yield part.problem(("functies", i), "functie_zonder_iemand", message)
        if one.bestuurder and one.postvak is None:
            message = f"Een bestuurder krijgt geen mail in persoon: geef ‘{one.naam}’ een postvak."
            yield part.problem(("functies", i), "functie_zonder_iemand", message)
        for j, person in enumerate(one.personen):
            at: Path = ("functies", i, "personen", j, "tot")
            yield from reversed_dates(part, at, person.van, person.tot)
    for i, away in enumerate(part.model.afwezig):
        yield from reversed_dates(part, ("afwezig", i, "tot"), away.van, away.tot)


def _fits(part: Part[HerinneringBestand], at: Path, rule: HerinneringRegel) -> Iterator[Problem]:
    """Subject, anchor and unit belong to the situation."""
    subject, anchors = SUBJECTS[rule.als], ANCHORS[rule.als]
    if rule.onderwerp != subject:
        message = f"‘{rule.als}’ gaat over {subject}, niet over {rule.onderwerp}."
        yield part.problem((*at, "onderwerp"), "onderwerp_past_niet", message)
    if rule.anker not in anchors:
        message = f"‘{rule.als}’ telt vanaf {listed(anchors)}, niet vanaf {rule.anker}."
        yield part.problem((*at, "anker"), "anker_past_niet", message)
    if rule.eenheid == "collegevergaderingen" and (
        rule.onderwerp != "raadsinformatie" or min(_all_days(rule)) < 1
    ):
        message = "Collegevergaderingen tellen alleen bij raadsinformatie, en vooruit (1 of meer)."
        yield part.problem((*at, "eenheid"), "eenheid_past_niet", message)


def _all_days(rule: HerinneringRegel) -> tuple[int, ...]:
    """Its own days, those of its repetition and of its escalations."""
    return (*offsets_of(rule), *(day for one in rule.escalatie for day in one.dagen))


def _days(part: Part[HerinneringBestand], at: Path, rule: HerinneringRegel) -> Iterator[Problem]:
    """Each day once, none too far."""
    farthest, days = FARTHEST[rule.eenheid], offsets_of(rule)
    if max(map(abs, _all_days(rule))) > farthest:
        message = f"Verder dan {farthest} {rule.eenheid} van het anker kan niet."
        yield part.problem((*at, "dagen"), "te_ver", message)
    doubled = {day for day in days if days.count(day) > 1}
    if doubled:
        message = f"Dezelfde dag staat er twee keer: {listed(map(str, sorted(doubled)))}."
        yield part.problem((*at, "dagen"), "dubbele_dag", message)


def _readers(
    part: Part[HerinneringBestand],
    at: Path,
    rule: HerinneringRegel,
    readers: Collection[str],
    names: Names,
) -> Iterator[Problem]:
    """Every reader is a role that this subject has, or a function."""
    roles = READERS[rule.onderwerp]
    known = None if names.functies is None else READERS["afspraak"] | names.functies
    for j, reader in enumerate(readers):
        yield from unknown(part, (*at, j), "rol", reader, known)
        if reader in READERS["afspraak"] - roles:
            message = f"Bij {rule.onderwerp} is er niemand in de rol ‘{reader}’."
            yield part.problem((*at, j), "rol_zonder_iemand", message)


def _escalation(
    part: Part[HerinneringBestand],
    at: Path,
    rule: HerinneringRegel,
    one: Escalatie,
    names: Names,
) -> Iterator[Problem]:
    """An escalation comes after the rule itself, and goes to readers that exist."""
    if min(one.dagen) <= max(offsets_of(rule)):
        message = "Een escalatie komt na de laatste dag van de regel zelf."
        yield part.problem((*at, "dagen"), "escalatie_te_vroeg", message)
    yield from _readers(part, (*at, "aan"), rule, one.aan, names)
    yield from placeholders(part, (*at, "reden"), one.reden, IN_REASON[rule.onderwerp])


# --- a rule that can never fire ------------------------------------------------------


def _never(
    part: Part[HerinneringBestand], at: Path, rule: HerinneringRegel, reading: Reading
) -> Iterator[Problem]:
    """Why a rule would never send anything."""
    if rule.anker in PAST and max(_all_days(rule)) < 0:
        message = f"‘{rule.anker}’ is altijd al geweest: met dagen ervoor gaat deze regel nooit af."
        yield part.problem((*at, "dagen"), "gaat_nooit_af", message)
    possible = _STATES.get(rule.als)
    if rule.zolang and possible is not None and not possible & set(rule.zolang):
        message = f"Bij ‘{rule.als}’ is de toestand {listed(sorted(possible))}: dit past daar niet."
        yield part.problem((*at, "zolang"), "gaat_nooit_af", message)
    if reading.is_whole(OverlegBestand) and not _has_scheme(rule, reading):
        message = f"Geen enkel overleg heeft ‘{_SCHEMES[rule.anker]}’: deze regel gaat nooit af."
        yield part.problem((*at, "anker"), "gaat_nooit_af", message)
    if rule.als in _OWED and reading.is_whole(Route) and not _is_ever_owed(rule.als, reading):
        message = f"Geen route of cyclus geeft een {_SOORTEN[rule.als]}: deze regel gaat nooit af."
        yield part.problem((*at, "als"), "gaat_nooit_af", message)


_SCHEMES = {"papierdeadline": "aanleveren", "agendavaststelling": "agendavaststelling"}
_SOORTEN = {
    "bijdrage_verwacht": "lokale bijdrage",
    "rapportage_verwacht": "rapportage",
    "evaluatie_verwacht": "evaluatie",
    "toezegging_verwacht": "toezegging",
}


def _has_scheme(rule: HerinneringRegel, reading: Reading) -> bool:
    """Some overleg has the meeting scheme that the anchor is counted back by."""
    name = _SCHEMES.get(rule.anker)
    bodies: list[OverlegDefinitie] = [
        one for part in reading.of(OverlegBestand) for one in part.model.overleggen
    ]
    return name is None or any(getattr(one, name) is not None for one in bodies)


def _is_ever_owed(situation: str, reading: Reading) -> bool:
    """Something in the definitions makes an afspraak of this kind.

    Promises and evaluations are also taken down by people, so of those there always may be.
    """
    if situation in ("toezegging_verwacht", "evaluatie_verwacht"):
        return True
    cycli = [one for part in reading.of(CyclusBestand) for one in part.model.cycli]
    if situation == "bijdrage_verwacht":
        return any(one.lokale_bijdrage for one in cycli)
    if situation == "rapportage_verwacht" and cycli:
        return True
    wanted = _SOORTEN[situation]
    return any(one.soort == wanted for part in reading.of(Route) for one in part.model.afspraken)
