"""A route as a picture before it is drawn: its stops in order, and what is known of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workflow.domain.behandeling import Soort
from workflow.domain.dutch import join_words, number_in_words
from workflow.engine.definition import Definities, OverlegDefinitie, Route, StapDefinitie
from workflow.engine.definition_parts import TermijnDefinitie

LEVELS = ("ambtelijk", "bestuurlijk", "colleges", "raden")

LEVEL_OF = {  # for an overleg that the definitions do not know: what its soort usually is
    Soort.AO: "ambtelijk",
    Soort.DO: "ambtelijk",
    Soort.BO: "bestuurlijk",
    Soort.PFHO: "bestuurlijk",
    Soort.DVC: "bestuurlijk",
    Soort.DB: "bestuurlijk",
    Soort.AB: "bestuurlijk",
    Soort.COLLEGE: "colleges",
    Soort.COLLEGES: "colleges",
    Soort.RAAD: "raden",
    Soort.RADEN: "raden",
}

PER_GEMEENTE = {"colleges": "Colleges", "raden": "Raden"}


class Place(StrEnum):
    """Where a stop lies, seen from the voorstel."""

    DONE = "done"
    HERE = "here"
    ALSO = "also"  # beside the one where the voorstel is, and open too
    AHEAD = "ahead"
    SKIPPED = "skipped"
    STOPPED = "stopped"  # the end of a voorstel that did not get to the end of its route
    PLAN = "plan"  # in the definition, where nothing is walked


class Pip(StrEnum):
    """How far one gemeente is in a round."""

    READY = "ready"
    OPEN = "open"
    NONE = "none"  # takes no part


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop: who, for what, when or how it went, and where it lies."""

    id: str = ""  # the code of its step; '' for the start and the end
    title: str
    name: str = ""  # in full, where the title is short
    purpose: str = ""
    place: Place
    level: str = ""  # one of LEVELS, or '' when nobody knows
    details: tuple[str, ...] = ()  # short: a day, a conclusion, a count
    earlier: tuple[str, ...] = ()  # how it went before: 'aangehouden 27 juni'
    pips: tuple[Pip, ...] = ()
    per_gemeente: bool = False
    optional: bool = False  # may turn out not to be needed
    returned: bool = False  # the voorstel went from here back to its author

    @property
    def heading(self) -> str:
        """'DO: adviseren'."""
        return f"{self.title}: {self.purpose}" if self.purpose else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One stop, or a group that runs side by side with what makes it ready, in words."""

    stops: tuple[Stop, ...]
    join: str = ""

    @property
    def parallel(self) -> bool:
        return len(self.stops) > 1

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of its stops, each once, from ambtelijk to raden."""
        found = {stop.level for stop in self.stops}
        return tuple(level for level in LEVELS if level in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A whole route. `remarks` stand below it: what else can happen, what was not reached."""

    title: str
    legs: tuple[Leg, ...]
    remarks: tuple[str, ...] = ()

    @property
    def stops(self) -> tuple[Stop, ...]:
        return tuple(stop for leg in self.legs for stop in leg.stops)


def legs_of(stops: Sequence[tuple[Stop, str | None, str | None]]) -> tuple[Leg, ...]:
    """Stops with their group and join rule, those of one group side by side."""
    legs: list[Leg] = []
    open_group: str | None = None
    for stop, group, join in stops:
        if group and group == open_group:
            joined = (*legs[-1].stops, stop)
            legs[-1] = Leg(stops=joined, join=legs[-1].join or join or "")
        else:
            legs.append(Leg(stops=(stop,), join=join or "" if group else ""))
        open_group = group
    return tuple(replace(leg, join=join_in_words(leg.join, len(leg.stops))) for leg in legs)


def join_in_words(join: str, count: int) -> str:
    """'alle drie nodig', 'één is genoeg', 'twee van de drie nodig'; '' for a single stop."""
    if count < 2:
        return ""
    if join == "eerste" or join == "1":
        return "één is genoeg"
    if join.isdigit() and int(join) < count:
        return f"{number_in_words(int(join))} van de {number_in_words(count)} nodig"
    return "beide nodig" if count == 2 else f"alle {number_in_words(count)} nodig"


def with_clear_titles(stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """Two overleggen of one soort get their own names, so that nobody takes one for the other."""
    names: dict[str, set[str]] = {}
    for stop in stops:
        names.setdefault(stop.title, set()).add(stop.name)
    return tuple(
        replace(stop, title=stop.name) if stop.name and len(names[stop.title]) > 1 else stop
        for stop in stops
    )


def level_of(soort: Soort, overleg: OverlegDefinitie | None = None) -> str:
    """The level of an overleg: as the definitions say, else what its soort usually is."""
    return overleg.niveau if overleg else LEVEL_OF.get(soort, "")


def stop_in_words(stop: Stop) -> str:
    """A stop on one line: 'DO: adviseren, 27 juni, akkoord'."""
    earlier = f"eerder {join_words(stop.earlier)}" if stop.earlier else ""
    here = {Place.HERE: "u bent hier", Place.ALSO: "loopt nu ook"}
    parts = (stop.heading, *stop.details, earlier, here.get(stop.place, ""))
    return ", ".join(part for part in parts if part)


def picture_in_words(picture: Picture) -> str:
    """The route in one text, for who cannot see it: its legs in order, groups as such."""
    found = []
    for leg in picture.legs:
        words = "; ".join(map(stop_in_words, leg.stops))
        found.append(f"naast elkaar ({leg.join}): {words}" if leg.parallel else words)
    text = ". ".join(part[:1].upper() + part[1:] for part in found)
    return " ".join((f"{text}.", *picture.remarks))


def summary(picture: Picture) -> str:
    """Where it is in one or two sentences, for who has the steps as a list beside it."""
    steps = [stop for stop in picture.stops if stop.id]
    here = [stop.heading for stop in picture.stops if stop.place is Place.HERE]
    if all(stop.place is Place.PLAN for stop in picture.stops):
        return f"Stappen: {join_words([stop.heading for stop in steps]) or 'de behandeltabel'}."
    done = sum(stop.place in (Place.DONE, Place.SKIPPED) for stop in steps)
    where = f"U bent hier: {join_words(here)}." if here else f"Einde: {picture.stops[-1].title}."
    return f"{where} {done} van {len(steps)} stappen gedaan."


def picture_of_route(route: Route, definities: Definities) -> Picture:
    """What a definition says that can happen, from its start to its end."""
    labels = _state_labels(definities)
    stops = with_clear_titles([step_stop(step, definities) for step in route.stappen])
    grouped = [
        (stop, step.groep, None if step.klaar is None else str(step.klaar))
        for stop, step in zip(stops, route.stappen, strict=True)
    ]
    if route.uit_behandeltabel:
        rows = Stop(title="Elke rij van de behandeltabel", place=Place.PLAN)
        grouped = [(rows, None, None)]
    start = Stop(title=labels["ingediend"], place=Place.PLAN)
    end = Stop(title=labels["afgerond"], place=Place.PLAN)
    return Picture(
        title=f"Route {route.titel}, versie {route.versie}",
        legs=(Leg(stops=(start,)), *legs_of(grouped), Leg(stops=(end,))),
    )


def step_stop(step: StapDefinitie, definities: Definities) -> Stop:
    """One step of a definition as a stop."""
    bodies = bodies_of(step, definities)
    level = bodies[0].niveau if bodies else ""
    return Stop(
        id=step.stap,
        title=_title(step, bodies),
        name=name_of(step, definities),
        purpose=step.doel.value,
        place=Place.PLAN,
        level=level,
        details=tuple(_conditions(step)),
        per_gemeente=step.per == "gemeente",
        optional=bool(step.alleen_als),
    )


def bodies_of(step: StapDefinitie, definities: Definities) -> tuple[OverlegDefinitie, ...]:
    """The overleggen of a step, in its own order."""
    codes = (step.overleg,) if step.overleg else step.overleggen
    known = {one.code: one for one in definities.overleggen}
    return tuple(known[code] for code in codes if code in known)


def name_of(step: StapDefinitie, definities: Definities) -> str:
    """The full name of who treats a step; of a joint meeting the name on paper, if it has one."""
    joint = {frozenset(one.overleggen): one.alias for one in definities.gezamenlijk}
    bodies = bodies_of(step, definities)
    alias = joint.get(frozenset(one.code for one in bodies)) if len(bodies) > 1 else None
    return alias or join_words([one.naam for one in bodies]) or step.stap


def _title(step: StapDefinitie, bodies: Sequence[OverlegDefinitie]) -> str:
    """The short name: 'PFHO', 'Raden'; its own name when its soort says nothing."""
    if not bodies:
        return step.stap
    first = bodies[0]
    if step.per == "gemeente" and first.niveau in PER_GEMEENTE:
        return PER_GEMEENTE[first.niveau]
    return first.naam if first.soort is Soort.ANDERS else first.soort.value


def _conditions(step: StapDefinitie) -> Iterator[str]:
    """What a step waits for, short enough for a picture."""
    if step.per == "gemeente":
        yield "per gemeente"
    if step.alleen_als:
        yield "niet altijd"
    if step.termijn:
        yield f"binnen {term_in_words(step.termijn)}"
    if "alle_adviezen_binnen" in step.voorwaarde:
        yield "na alle adviezen"
    if step.bekrachtiging and step.bekrachtiging.wanneer != "niet_nodig":
        yield f"bekrachtiging {step.bekrachtiging.wanneer}"


def term_in_words(term: TermijnDefinitie) -> str:
    """'8 weken', '1 werkdag'."""
    if term.weken:
        return f"{term.weken} {'week' if term.weken == 1 else 'weken'}"
    if term.werkdagen:
        return f"{term.werkdagen} {'werkdag' if term.werkdagen == 1 else 'werkdagen'}"
    return f"{term.dagen} {'dag' if term.dagen == 1 else 'dagen'}"


def _state_labels(definities: Definities) -> dict[str, str]:
    """The names of the states of a voorstel."""
    machine = next(one for one in definities.machines if one.machine == "voorstel")
    return {state.toestand: state.naam for state in machine.toestanden}
