"""Reporting cycles and reminder rules: periods that exist, names that are known."""

import re
from collections.abc import Iterator

from workflow.domain.calendar import reporting_periods
from workflow.domain.periods import days_of
from workflow.engine.definition import Cyclus, HerinneringRegel
from workflow.engine.files import CyclusBestand, HerinneringBestand, Part, Reading
from workflow.engine.names import Names, Path, doubles, reversed_dates, unknown
from workflow.engine.problems import Problem, listed

OWNERS = ("contactpersonen", "secretariaat", "gemeente", "gemeenten")
IN_TITLE = ("periode",)
_ABOUT = ("kenmerk", "onderwerp")
IN_REASON: dict[str, tuple[str, ...]] = {  # what `reden` may fill in, by what a rule is about
    "behandeling": (*_ABOUT, "overleg"),
    "raadsinformatie": (*_ABOUT, "gemeenten"),
    "voorstel": _ABOUT,
    "afspraak": (*_ABOUT, "afspraak", "soort", "periode", "schuldeiser"),
}
_WINDOW = ("venster_begin", "venster_einde", "laatste_overleg_in_venster")
ANCHORS: dict[str, tuple[str, ...]] = {  # what a rule counts from, by the situation it is for
    "stukken_onvolledig": ("papierdeadline",),
    "op_agenda": ("vergadering",),
    "conclusie_vastgelegd": ("vastlegging",),
    "conclusie_ontbreekt": ("vergadering",),
    "aan_te_bieden": ("besluitdatum",),
    "verzending_ontbreekt": ("aanbieding",),
    "rapportage_verwacht": _WINDOW,
    "evaluatie_verwacht": _WINDOW,
    "toezegging_verwacht": _WINDOW,
}
SUBJECTS: dict[str, tuple[str, ...]] = {  # what the situation can be about
    **dict.fromkeys(
        ("stukken_onvolledig", "op_agenda", "conclusie_vastgelegd", "conclusie_ontbreekt"),
        ("behandeling",),
    ),
    "aan_te_bieden": ("raadsinformatie",),
    "verzending_ontbreekt": ("raadsinformatie",),
    **dict.fromkeys(
        ("rapportage_verwacht", "evaluatie_verwacht", "toezegging_verwacht"), ("afspraak",)
    ),
}
FARTHEST = {"werkdagen": 400, "dagen": 400, "weken": 60, "collegevergaderingen": 20}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|[{}]")


def check_rhythm(reading: Reading, names: Names) -> Iterator[Problem]:
    """Everything wrong with the reporting cycles and the reminder rules of a folder."""
    for cycles in reading.of(CyclusBestand):
        codes = enumerate(cycles.model.cycli)
        yield from doubles(
            cycles, "code", ((("cycli", i, "cyclus"), one.cyclus, one.cyclus) for i, one in codes)
        )
        for i, cycle in enumerate(cycles.model.cycli):
            yield from _cycle(cycles, ("cycli", i), cycle, names)
            yield from _reports(cycles, ("cycli", i), cycle)
    for reminders in reading.of(HerinneringBestand):
        rules = list(enumerate(reminders.model.herinneringen))
        keys = ((("herinneringen", i, "regel"), one.regel, one.regel) for i, one in rules)
        yield from doubles(reminders, "regel", keys)
        for i, rule in rules:
            yield from _rule(reminders, ("herinneringen", i), rule)


def _cycle(part: Part[CyclusBestand], at: Path, cycle: Cyclus, names: Names) -> Iterator[Problem]:
    yield from unknown(part, (*at, "route"), "route", cycle.route, names.routes)
    yield from unknown(part, (*at, "overleg"), "overleg", cycle.overleg, names.overleggen)
    for j, owner in enumerate(cycle.eigenaars):
        yield from unknown(part, (*at, "eigenaars", j), "rol", owner, OWNERS)
    yield from _placeholders(part, (*at, "titel"), cycle.titel, IN_TITLE)
    yield from reversed_dates(part, (*at, "venster"), *cycle.venster)
    try:
        periods = reporting_periods(cycle.van, cycle.tot, per_year=cycle.per_jaar)
    except ValueError:
        kind = "halfjaren (2023-H1)" if cycle.per_jaar == 2 else "jaren (2023)"
        message = f"Bij per_jaar: {cycle.per_jaar} horen bij van en tot {kind}."
        yield part.problem((*at, "van"), "periode_past_niet", message)
        return
    if not periods:
        message = f"De cyclus eindigt ({cycle.tot}) voordat zij begint ({cycle.van})."
        yield part.problem((*at, "tot"), "einde_voor_begin", message)


def _reports(part: Part[CyclusBestand], at: Path, cycle: Cyclus) -> Iterator[Problem]:
    """What is known of single reports: each period and ordinal once, none after the last."""
    known = list(enumerate(cycle.rapportages))
    periods = (((*at, "rapportages", i), one.periode, one.periode) for i, one in known)
    yield from doubles(part, "periode", periods)
    ordinals = (
        ((*at, "rapportages", i, "rangnummer"), one.rangnummer, str(one.rangnummer))
        for i, one in known
        if one.rangnummer is not None
    )
    yield from doubles(part, "rangnummer", ordinals)
    end = days_of(cycle.tot)
    for i, one in known:
        days = days_of(one.periode)
        if days and end and days[1] > end[1]:
            message = f"De periode {one.periode} valt na de laatste van de cyclus ({cycle.tot})."
            yield part.problem((*at, "rapportages", i, "periode"), "periode_past_niet", message)


def _rule(part: Part[HerinneringBestand], at: Path, rule: HerinneringRegel) -> Iterator[Problem]:
    subjects, anchors = SUBJECTS[rule.als], ANCHORS[rule.als]
    if rule.onderwerp not in subjects:
        message = f"‘{rule.als}’ gaat over {listed(subjects)}, niet over {rule.onderwerp}."
        yield part.problem((*at, "onderwerp"), "onderwerp_past_niet", message)
    if rule.anker not in anchors:
        message = f"‘{rule.als}’ telt vanaf {listed(anchors)}, niet vanaf {rule.anker}."
        yield part.problem((*at, "anker"), "anker_past_niet", message)
    if rule.eenheid == "collegevergaderingen" and (
        rule.onderwerp != "raadsinformatie" or min(rule.dagen) < 1
    ):
        message = "Collegevergaderingen tellen alleen bij raadsinformatie, en vooruit (1 of meer)."
        yield part.problem((*at, "eenheid"), "eenheid_past_niet", message)
    farthest = FARTHEST[rule.eenheid]
    if max(map(abs, rule.dagen)) > farthest:
        message = f"Verder dan {farthest} {rule.eenheid} van het anker kan niet."
        yield part.problem((*at, "dagen"), "te_ver", message)
    doubled = {day for day in rule.dagen if rule.dagen.count(day) > 1}
    if doubled:
        message = f"Dezelfde dag staat er twee keer: {listed(map(str, sorted(doubled)))}."
        yield part.problem((*at, "dagen"), "dubbele_dag", message)
    yield from _placeholders(part, (*at, "reden"), rule.reden, IN_REASON[rule.onderwerp])


def _placeholders(
    part: Part[CyclusBestand] | Part[HerinneringBestand],
    path: Path,
    text: str,
    known: tuple[str, ...],
) -> Iterator[Problem]:
    """Only names that the program fills in stand in braces."""
    for found in _PLACEHOLDER.finditer(text):
        if found[1] is None:
            message = "Er staat een losse accolade. Schrijf { en } alleen om een invulplek."
            yield part.problem(path, "onbekend_invulplek", message)
        else:
            yield from unknown(part, path, "invulplek", found[1], known)
