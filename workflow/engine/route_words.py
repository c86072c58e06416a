"""A route in Dutch words: what each step waits for, and where each conclusion leads."""

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.domain.behandeling import ConclusieCode
from workflow.domain.dutch import conclusie_in_words, join_words, number_in_words
from workflow.engine.definition import AfspraakUitBesluit, Definities, Doeltabel, Route
from workflow.engine.definition import StapDefinitie as Stap
from workflow.engine.diagram import bodies_of, join_in_words, name_of

CONDITIONS = {"alle_adviezen_binnen": "Pas een conclusie als alle gevraagde adviezen er zijn."}
WHEN_RATIFIED = {"vooraf": "vooraf", "achteraf": "achteraf"}
LEADS_TO = (
    ("verder", "Verder"),
    ("blijft", "Blijft hier, met een nieuwe rij"),
    ("terug", "Terug naar de opsteller"),
    ("einde", "Einde, het voorstel is afgewezen"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInWords:
    """One step: its heading, and sentences about it. `beside` tells of the steps that run along."""

    id: str
    heading: str
    level: str
    beside: str
    lines: tuple[str, ...]


def route_in_words(route: Route, definities: Definities) -> tuple[StepInWords, ...]:
    """The steps in order; none for a route that is the behandeltabel itself."""
    return tuple(_step(route, step, definities) for step in route.stappen)


def _step(route: Route, step: Stap, definities: Definities) -> StepInWords:
    bodies = bodies_of(step, definities)
    return StepInWords(
        id=step.stap,
        heading=f"{name_of(step, definities)}: {step.doel.value}",
        level=bodies[0].niveau if bodies else "",
        beside=_beside(route, step),
        lines=tuple(_lines(route, step, definities)),
    )


def _beside(route: Route, step: Stap) -> str:
    """'Naast elkaar met dvc: beide nodig'; '' for a step that runs alone."""
    others = [one for one in route.stappen if step.groep and one.groep == step.groep]
    if len(others) < 2:
        return ""
    join = next((str(one.klaar) for one in others if one.klaar), "")
    names = join_words([one.stap for one in others if one is not step])
    return f"Loopt naast {names}: {join_in_words(join, len(others))}."


def _lines(route: Route, step: Stap, definities: Definities) -> Iterator[str]:
    """What holds for one step, in the order in which it matters."""
    for name in step.voorwaarde:
        yield CONDITIONS.get(name, f"Eerst moet gelden: {name.replace('_', ' ')}.")
    if step.per == "gemeente":
        yield f"Per gemeente een eigen rij. {_round_is_ready(step)}"
    else:
        yield from _leads(step.conclusies or _table_of(step, definities))
    if step.bekrachtiging:
        yield _ratified(step.bekrachtiging.wanneer, step.bekrachtiging.grond)
    for one in route.afspraken:
        if one.stap == step.stap:
            yield _owed(one)


def _round_is_ready(step: Stap) -> str:
    """When a round of gemeenten is done."""
    if step.klaar == "eerste" or step.klaar == 1:
        return "Klaar zodra één gemeente klaar is."
    if isinstance(step.klaar, int):
        return f"Klaar zodra {number_in_words(step.klaar)} gemeenten klaar zijn."
    return "Klaar als alle gemeenten klaar zijn."


def _table_of(step: Stap, definities: Definities) -> Doeltabel | None:
    """The default table of a doel."""
    return next((one for one in definities.conclusies if step.doel in one.doelen), None)


def _leads(table: Doeltabel | None) -> Iterator[str]:
    """Each outcome with the conclusions that lead to it."""
    for name, label in LEADS_TO:
        codes: tuple[ConclusieCode, ...] = getattr(table, name, ())
        if codes:
            words = "; ".join(conclusie_in_words(code) for code in codes)
            yield f"{label}: {words}."


def _ratified(when: str, ground: str) -> str:
    """Whether colleges or raden ratify; a ground that is missing is said to be missing."""
    said = "de grond is nog niet ingevuld" if ground == "onbekend" else ground
    if when in WHEN_RATIFIED:
        return f"Bekrachtiging {WHEN_RATIFIED[when]}: {said}."
    return f"Bekrachtiging is niet nodig: {said}."


def _owed(one: AfspraakUitBesluit) -> str:
    """What arises from agreed points."""
    when = f", {one.venster}" if one.venster else ""
    points = "punt" if len(one.uit) == 1 else "punten"
    return f"Uit {points} {join_words(one.uit)} ontstaat een {one.soort}: {one.titel}{when}."
