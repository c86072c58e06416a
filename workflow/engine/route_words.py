"""A route in Dutch words: what each step waits for, and where each conclusion leads."""

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.domain.behandeling import ConclusieCode
from workflow.domain.dutch import conclusie_in_words, join_words, number_in_words
from workflow.engine.definition import AfspraakUitBesluit, Definities, Doeltabel, Route, machine_key
from workflow.engine.definition import StapDefinitie as Stap
from workflow.engine.diagram import bodies_of, join_in_words, name_of, term_in_words

CONDITIONS = {"alle_adviezen_binnen": "Pas een conclusie als alle gevraagde adviezen er zijn."}
ASKED = {
    "toelichting": "een toelichting",
    "datum": "een datum, of dat die volgt",
    "overleg": "naar welk overleg",
    "voorbehoud": "wie het voorbehoud opheft",
    "actie": "wat er moet gebeuren",
}
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
    if step.alleen_als:
        yield _only_if(step, definities)
    for name in step.voorwaarde:
        yield CONDITIONS.get(name, f"Eerst moet gelden: {name.replace('_', ' ')}.")
    if step.voorwaarde and not step.zonder_advies:
        yield "Ook met een reden kan het niet zonder advies."
    if step.per == "gemeente":
        yield from _round(step, definities)
    else:
        yield from _concluded(step, definities)
    if step.bekrachtiging:
        yield _ratified(step.bekrachtiging.wanneer, step.bekrachtiging.grond)
    for one in route.afspraken:
        if one.stap == step.stap:
            yield _owed(one)


def _only_if(step: Stap, definities: Definities) -> str:
    """For which voorstellen a step is; the question as the secretariat is asked it."""
    asked = {fact.feit: fact.naam for fact in definities.feiten}
    parts = [
        f"op ‘{asked[fact]}’ het antwoord {join_words(values, 'of')} is"
        if fact in asked
        else f"{fact.replace('_', ' ')} {join_words(values, 'of')} is"
        for fact, values in step.alleen_als.items()
    ]
    return f"Alleen als {join_words(parts)}."


def _round(step: Stap, definities: Definities) -> Iterator[str]:
    """What each gemeente does, until when, and when the round is done."""
    named = {machine_key(one): one for one in definities.machines}
    machine = named.get(step.deelroute) if step.deelroute else None
    yield f"Per gemeente een eigen rij. {_round_is_ready(step)}"
    if step.termijn:
        yield f"Elke gemeente heeft {term_in_words(step.termijn)} de tijd."
    if machine:
        ends = [state.naam.casefold() for state in machine.toestanden if state.klaar]
        yield f"Per gemeente kan de uitkomst zijn: {'; '.join(ends)}."


def _concluded(step: Stap, definities: Definities) -> Iterator[str]:
    """Where each conclusion leads, and what it cannot do without."""
    table = step.conclusies or _table_of(step, definities)
    yield from _leads(table)
    for one in table.vraagt if table else ():
        names = join_words([conclusie_in_words(code) for code in one.conclusie], "of")
        asked = [words for key, words in ASKED.items() if getattr(one, key)]
        yield f"Bij {names} wordt gevraagd: {join_words(asked)}."
    if step.standpunten:
        yield "Bij de conclusie wordt het standpunt van elke gemeente gevraagd."


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
    if one.bij:
        when += f" (bij {join_words([conclusie_in_words(code) for code in one.bij], 'of')})"
    return f"Uit {points} {join_words(one.uit)} ontstaat een {one.soort}: {one.titel}{when}."
