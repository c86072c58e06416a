"""No route strands a voorstel: decided by walking it, with the engine that will run it.

From every configuration that can be come to, `afgerond` can be reached with nothing open: by
conclusions, rounds and what gemeenten do; not by skipping a row, giving a reason, or withdrawing.
Nothing is left running at an end; every step, conclusion and act happens somewhere.
What is looked at, and what is not, stands in docs/decisions/0060-soundness-by-walking.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle

from workflow.domain.behandeling import Doel
from workflow.domain.dutch import CONCLUSIE_WORDS, join_words
from workflow.engine.configuration import first_dossier
from workflow.engine.definition import Conclusies, MachineDefinitie, Route, StapDefinitie
from workflow.engine.digest import digest_of
from workflow.engine.effects import CORRECTION, MEETING_EFFECTS
from workflow.engine.explore import GOOD_END, Explored, Node, explore
from workflow.engine.files import GemeenteBestand, OverlegBestand, Part, Reading, definities_of
from workflow.engine.names import Path
from workflow.engine.problems import Problem
from workflow.engine.rules import Rules

_MATTERS = (MachineDefinitie, Conclusies, OverlegBestand, GemeenteBestand)
HAND_OVER = "draag_over"  # waits for the day that a gemeente ends: no course leads there
_REMEMBERED = 256  # routes of which the verdict is kept, by content


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundness:
    """What is wrong with the courses of voorstellen, and what was not looked at to the end."""

    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with a route: where in its file, and the shortest way to see it."""

    at: Path
    code: str
    message: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What walking a route showed. `whole` False: there were too many configurations."""

    findings: tuple[Finding, ...]
    acts: frozenset[str]  # that could be done somewhere
    configurations: int
    whole: bool


_verdicts: dict[tuple[str, ...], Verdict] = {}


def soundness_of(reading: Reading) -> Soundness:
    """The verdict over all routes of a folder that has no other problem.

    A route that was walked before with the same machines, tables and overleggen is not
    walked again in this process.
    """
    rules = Rules(definities=definities_of(reading), digest="")
    around = tuple(digest_of(part.model) for kind in _MATTERS for part in reading.of(kind))
    problems: list[Problem] = []
    notices: list[Problem] = []
    done: set[str] = set()
    for part in reading.of(Route):
        verdict = _remembered((digest_of(part.model), *around), part.model, rules)
        done |= verdict.acts
        problems += [_problem(part, one) for one in verdict.findings]
        notices += [] if verdict.whole else [_too_many(part, verdict)]
    if not problems and not notices:
        problems += _unused_acts(reading, frozenset(done))
    return Soundness(problems=tuple(sorted(problems)), notices=tuple(sorted(notices)))


def _remembered(key: tuple[str, ...], route: Route, rules: Rules) -> Verdict:
    """The verdict over a route, walked once for each content."""
    if key not in _verdicts:
        if len(_verdicts) >= _REMEMBERED:
            _verdicts.clear()
        _verdicts[key] = verdict_over(route, rules)
    return _verdicts[key]


def verdict_over(route: Route, rules: Rules) -> Verdict:
    """What walking one route shows; for one that is the behandeltabel, tables that could be."""
    walked = (route,) if route.stappen else tuple(_tables(route, rules))
    seen = [explore(first_dossier(rules, one), rules) for one in walked]
    found = [
        finding if route.stappen else replace(finding, at=("uit_behandeltabel",))
        for one, explored in zip(walked, seen, strict=True)
        for finding in _findings(one, explored, rules)
    ]
    return Verdict(
        findings=tuple(found),
        acts=frozenset(act for one in seen for act in one.acts),
        configurations=sum(len(one.nodes) for one in seen),
        whole=all(one.whole for one in seen),
    )


def _tables(route: Route, rules: Rules) -> Iterator[Route]:
    """Behandeltabellen: one that asks each kind of thing, and one with each kind of round."""
    bodies = [one.code for one in rules.overleggen.values() if not one.per_gemeente]
    tables = (*rules.definities.conclusies[1:], *rules.definities.conclusies[:1])
    rows = tuple(
        StapDefinitie(stap=f"rij_{number}", overleg=code, doel=table.doelen[0])
        for number, (table, code) in enumerate(zip(tables, cycle(bodies), strict=False), start=1)
    )
    yield route.model_copy(update={"stappen": rows})
    everywhere = [one.code for one in rules.overleggen.values() if one.per_gemeente][-1:]
    for machine in rules.definities.machines if everywhere else ():
        if machine.machine == "raadsinformatie":
            doel = machine.doelen[0] if machine.doelen else Doel.INFORMEREN
            ask = StapDefinitie(
                stap="ronde",
                overleg=everywhere[0],
                per="gemeente",
                doel=doel,
                klaar="alle",
                deelroute=machine.deelroute,
            )
            yield route.model_copy(update={"stappen": (*rows[:1], ask)})


def _findings(route: Route, seen: Explored, rules: Rules) -> Iterator[Finding]:
    """Everything wrong: a dead end first, since the rest may only follow from it."""
    stuck = _stuck(seen, rules)
    if stuck:
        yield _dead_end(route, stuck)
        return
    for node, words in seen.left:
        message = f"Het voorstel is dan {node.state}, maar dit loopt nog: {join_words(words)}."
        yield Finding(at=("stappen",), code="blijft_lopen", message=message, path=node.path())
    if not seen.whole:  # what was not seen may be in what was not looked at
        return
    for i, step in enumerate(route.stappen):
        if not seen.treated(step.stap):
            yield _never_reached(i, step, seen)
        else:
            yield from _never_used(route, i, step, seen)


def _stuck(seen: Explored, rules: Rules) -> Node | None:
    """Where a voorstel is left that cannot come to the good end any more; None: nowhere.

    The nearest one that has no way on at all shows best what is wrong.
    """
    waiting = [node for node in seen.nodes.values() if node.state == GOOD_END]
    finishing = {id(node) for node in waiting}
    while waiting:
        for node in waiting.pop().before:
            if id(node) not in finishing:
                finishing.add(id(node))
                waiting.append(node)
    lost = [
        node
        for node in seen.nodes.values()
        if id(node) not in finishing
        and not rules.is_end(node.state)
        and node.looked_at
        and (seen.whole or not node.ahead)  # else its way on may not have been looked at
    ]
    return min(lost, key=lambda node: (node.ahead > 0, node.depth), default=None)


def _dead_end(route: Route, node: Node) -> Finding:
    """Where a voorstel is left standing, and how it came there."""
    i = next((i for i, one in enumerate(route.stappen) if one.stap == node.state), None)
    step = route.stappen[i] if i is not None else None
    at: Path = ("stappen", i) if i is not None else ("stappen",)
    if step and step.groep:
        code, why = "komt_niet_samen", f"De stappen van groep ‘{step.groep}’ komen niet samen"
    elif step and step.per:
        code, why = "komt_niet_samen", f"De ronde langs de gemeenten (‘{step.stap}’) komt niet rond"
    elif node.parent is None:
        message = "Een voorstel op deze route kan niet worden ingediend: het komt niet op gang."
        return Finding(at=at, code="doodlopend", message=message)
    elif step:
        code, why = "doodlopend", f"Bij stap ‘{step.stap}’ kan een voorstel blijven steken"
    else:
        code, why = "doodlopend", "Een voorstel kan op deze route blijven steken"
    message = f"{why}: daarna kan het nooit meer worden afgerond zonder iets over te slaan."
    return Finding(at=at, code=code, message=message, path=node.path())


def _never_reached(i: int, step: StapDefinitie, seen: Explored) -> Finding:
    """A step that no voorstel comes to, and a course that ends without it."""
    ended = [node for node in seen.nodes.values() if node.state == GOOD_END]
    first = min(ended, key=lambda node: node.depth, default=None)
    message = (
        f"Stap ‘{step.stap}’ wordt nooit bereikt: elk voorstel wordt afgerond zonder deze stap. "
        "Haal haar weg, of verander wat ervoor staat."
    )
    path = first.path() if first else ()
    return Finding(at=("stappen", i), code="stap_onbereikbaar", message=message, path=path)


def _never_used(route: Route, i: int, step: StapDefinitie, seen: Explored) -> Iterator[Finding]:
    """What a step says that never comes into play."""
    concluded = {code for at, code in seen.codes if at == step.stap}
    own = step.conclusies
    for code in (*own.verder, *own.blijft, *own.terug, *own.einde) if own else ():
        if code not in concluded:
            words = CONCLUSIE_WORDS[code.value]
            message = f"Bij stap ‘{step.stap}’ kan de conclusie ‘{words}’ nooit worden vastgelegd."
            at: Path = ("stappen", i, "conclusies")
            yield Finding(at=at, code="conclusie_ongebruikt", message=message)
    if concluded:
        return
    if step.voorwaarde:
        message = f"Stap ‘{step.stap}’ heeft geen conclusie: haar voorwaarde wordt nooit gevraagd."
        at = ("stappen", i, "voorwaarde")
        yield Finding(at=at, code="voorwaarde_ongebruikt", message=message)
    for j, owed in enumerate(route.afspraken):
        if owed.stap == step.stap:
            message = f"Bij stap ‘{step.stap}’ is geen conclusie: deze afspraak ontstaat nooit."
            at = ("afspraken", j, "stap")
            yield Finding(at=at, code="afspraak_ongebruikt", message=message)


def _problem(part: Part[Route], one: Finding) -> Problem:
    """The finding at its line, with its course in the sentence."""
    shown = f" Zo gebeurt het: {' → '.join(one.path)}." if one.path else ""
    return replace(part.problem(one.at, one.code, one.message + shown), path=one.path)


def _too_many(part: Part[Route], verdict: Verdict) -> Problem:
    """The walk was stopped: what it did not see is said, not passed over."""
    message = (
        f"Deze route heeft te veel mogelijke verlopen om ze alle na te gaan; er zijn er "
        f"{verdict.configurations} bekeken. Daarin is geen fout gevonden. "
        "Maak de groepen kleiner om alles te laten nagaan."
    )
    return part.problem(("stappen",), "niet_alles_nagegaan", message)


def _unused_acts(reading: Reading, done: frozenset[str]) -> Iterator[Problem]:
    """Acts that no voorstel on any route comes to; those on a vergadering need no route."""
    elsewhere = {*MEETING_EFFECTS, CORRECTION, HAND_OVER}
    routes = [part.model for part in reading.of(Route)]
    asks = any(step.alleen_als for route in routes for step in route.stappen)
    pilots = any(owed.vraagt for route in routes for owed in route.afspraken)
    for part in reading.of(MachineDefinitie):
        for i, act in enumerate(part.model.handelingen):
            about_facts = any(one.per_feit for one in act.velden)
            about_pilots = "over_proefperiode" in act.eisen
            if (about_facts and not asks) or (about_pilots and not pilots):
                continue  # it is for routes that ask something
            if act.handeling not in done | elsewhere:
                message = (
                    f"Handeling ‘{act.handeling}’ kan nergens: op geen enkele route komt een "
                    "voorstel waar zij mag. Haal haar weg, of verander ‘van’ of ‘eisen’."
                )
                at = ("handelingen", i, "handeling")
                yield part.problem(at, "handeling_ongebruikt", message)
