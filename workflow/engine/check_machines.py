"""The five machines: no state unknown, unreachable or without a way to an end.

A machine is looked at as a graph. The steps of a route are stood in for by two
imaginary steps, since steps always follow each other in order, and by none,
since a voorstel may be submitted before it has a step.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflow.domain.behandeling import Doel
from workflow.engine.definition import (
    Conclusies,
    Gevolg,
    Handeling,
    MachineDefinitie,
    Route,
    machine_key,
)
from workflow.engine.files import Part, Reading
from workflow.engine.machine import FIRST, NEXT, NO_STEP, SAME, STEP
from workflow.engine.names import Path, doubles, unknown
from workflow.engine.problems import Problem, listed

_STEPS = ("@stap 1", "@stap 2")  # no code can look like this
STATES: Mapping[str, tuple[str, ...]] = {  # the program moves cases to these by name
    "voorstel": ("concept", "ingediend", "teruggestuurd", "afgerond", "afgewezen", "ingetrokken"),
    "behandeling": (
        "gepland",
        "geagendeerd",
        "behandeld",
        "van_de_agenda",
        "doorgeschoven",
        "vervallen",
    ),
    "vergadering": (
        "gepland",
        "agenda_vastgesteld",
        "gehouden",
        "besluitenlijst_vastgesteld",
        "afgelast",
    ),
    "raadsinformatie": (
        "aan_te_bieden",
        "aangeboden",
        "collegebesluit",
        "verzonden",
        "ter_kennisname",
        "geagendeerd",
        "niet_verzonden",
        "niet_van_toepassing",
        "gemeente_opgeheven",
    ),
    "afspraak": ("openstaand", "in_voorbereiding", "afgedaan", "vervallen"),
}
OF_SUB_ROUTE = ("niet_van_toepassing", "gemeente_opgeheven")  # every sub-route of a round has these
CHOICES = (
    "conclusies",
    "doelen",
    "overleggen",
    "gemeenten",
    "rijen",
    "punten",
    "uitkomsten",
    "feitwaarden",
    "gevolgen",
    "standpunten",
    "soorten",
    "toezeggingen",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """One row of a machine: an act or a consequence, and where it stands in the file."""

    path: Path
    trigger: str
    sources: tuple[str, ...]
    target: str
    human: bool


def check_machines(reading: Reading) -> Iterator[Problem]:
    """Everything wrong with the machines and the table of conclusies of a folder."""
    parts = reading.of(MachineDefinitie)
    seen: dict[str, str] = {}
    for part in parts:
        name = machine_key(part.model)
        if part.model.deelroute and part.model.machine != "raadsinformatie":
            message = "‘deelroute’ hoort alleen bij de machine raadsinformatie."
            yield part.problem(("deelroute",), "deelroute_kan_niet", message)
        if name in seen:
            message = f"Machine ‘{name}’ staat ook in {seen[name]}."
            yield part.problem(("machine",), "dubbele_machine", message)
        seen.setdefault(name, part.file)
        yield from _machine(part)
    yield from _acts_elsewhere(parts)
    yield from _steps_named_as_states(parts, reading)
    for table in reading.of(Conclusies):
        yield from _conclusions(table)


def _machine(part: Part[MachineDefinitie]) -> Iterator[Problem]:
    states = list(enumerate(part.model.toestanden))
    names = [state.toestand for _, state in states]
    keys = ((("toestanden", i, "toestand"), one.toestand, one.toestand) for i, one in states)
    yield from doubles(part, "toestand", keys)
    yield from unknown(part, ("begin",), "toestand", part.model.begin, names)
    known = OF_SUB_ROUTE if part.model.deelroute else STATES[part.model.machine]
    missing = [name for name in known if name not in names]
    if missing and part.whole:
        message = f"Het programma rekent op {listed(missing)}: die toestand ontbreekt."
        yield part.problem(("toestanden",), "toestand_ontbreekt", message)
    moves = list(_moves(part.model))
    for move in moves:
        yield from _known_states(part, move, names)
    for i, act in enumerate(part.model.handelingen):
        yield from _fields(part, ("handelingen", i, "velden"), act)
    yield from _both_fire(part, moves)
    if part.model.machine == "raadsinformatie" and not any(one.klaar for _, one in states):
        message = "Geen enkele toestand telt als afgehandeld. Zet klaar: ja bij ten minste één."
        yield part.problem(("toestanden",), "klaar_ontbreekt", message)
    if part.whole and part.model.begin in names:
        yield from _graph(part, moves, names)


def _moves(machine: MachineDefinitie) -> Iterator[_Move]:
    """Acts, then consequences."""
    for i, act in enumerate(machine.handelingen):
        path: Path = ("handelingen", i)
        yield _Move(path=path, trigger=act.handeling, sources=act.van, target=act.naar, human=True)
    for i, one in enumerate(machine.gevolgen):
        path = ("gevolgen", i)
        yield _Move(path=path, trigger=one.gevolg, sources=one.van, target=one.naar, human=False)


def _known_states(part: Part[MachineDefinitie], move: _Move, names: list[str]) -> Iterator[Problem]:
    """Every state that a move speaks of exists; @-words have a meaning here."""
    of_voorstel = part.model.machine == "voorstel"
    froms = {*names, STEP} if of_voorstel else {*names}
    tos = {*names, SAME, FIRST, NEXT} if of_voorstel else {*names, SAME}
    for j, source in enumerate(move.sources):
        yield from unknown(part, (*move.path, "van", j), "toestand", source, froms)
    yield from unknown(part, (*move.path, "naar"), "toestand", move.target, tos)
    if move.target == NEXT and set(move.sources) - {STEP}:
        message = f"‘{NEXT}’ bestaat alleen na een stap: zet bij van alleen ‘{STEP}’."
        yield part.problem((*move.path, "naar"), "volgende_zonder_stap", message)


def _fields(part: Part[MachineDefinitie], at: Path, act: Handeling) -> Iterator[Problem]:
    """The fields of an act: each once, and lists to choose from that exist."""
    fields = list(enumerate(act.velden))
    yield from doubles(part, "veld", (((*at, i, "veld"), one.veld, one.veld) for i, one in fields))
    for i, one in fields:
        yield from unknown(part, (*at, i, "keuzes"), "keuzelijst", one.keuzes, CHOICES)
        if one.soort == "keuze" and one.keuzes is None:
            message = f"Bij veld ‘{one.veld}’ ontbreekt ‘keuzes’: waaruit kiest de gebruiker?"
            yield part.problem((*at, i), "keuzes_ontbreken", message)


def _both_fire(part: Part[MachineDefinitie], moves: Iterable[_Move]) -> Iterator[Problem]:
    """One trigger leads from one state to one place."""
    seen: dict[tuple[str, str], int] = {}
    for move in moves:
        for j, source in enumerate(move.sources):
            path = (*move.path, "van", j)
            line = part.problem(path, "", "").line
            if (move.trigger, source) in seen:
                message = (
                    f"‘{move.trigger}’ vanuit ‘{source}’ staat ook op regel "
                    f"{seen[move.trigger, source]}: het programma kan dan niet kiezen."
                )
                yield part.problem(path, "dubbele_overgang", message)
            seen.setdefault((move.trigger, source), line)


def _acts_elsewhere(parts: list[Part[MachineDefinitie]]) -> Iterator[Problem]:
    """An act of a dossier belongs to one machine; those of a vergadering stand apart.

    Sub-routes of a round may share an act, each in its own way.
    """
    owner: dict[str, Part[MachineDefinitie]] = {}
    for part in parts:
        if part.model.machine == "vergadering":
            continue
        for i, act in enumerate(part.model.handelingen):
            other = owner.setdefault(act.handeling, part)
            both = {machine_key(other.model), machine_key(part.model)}
            rounds = {other.model.machine, part.model.machine} == {"raadsinformatie"}
            if other.file != part.file and not (rounds and len(both) == 2):
                message = f"Handeling ‘{act.handeling}’ staat ook in {other.file}."
                yield part.problem(("handelingen", i, "handeling"), "dubbele_handeling", message)


def _steps_named_as_states(
    parts: list[Part[MachineDefinitie]], reading: Reading
) -> Iterator[Problem]:
    """A step becomes a state of its voorstel, so it cannot bear the name of another state."""
    taken = {
        state.toestand
        for part in parts
        if part.model.machine == "voorstel"
        for state in part.model.toestanden
    }
    for route in reading.of(Route):
        for i, step in enumerate(route.model.stappen):
            if step.stap in taken:
                message = f"‘{step.stap}’ is al een toestand van elk voorstel. Noem de stap anders."
                yield route.problem(("stappen", i, "stap"), "stap_is_toestand", message)


def _graph(part: Part[MachineDefinitie], moves: list[_Move], names: list[str]) -> Iterator[Problem]:
    """Ways in, ways on, ways out."""
    ends = {state.toestand for state in part.model.toestanden if state.eind}
    if not ends:
        message = "Geen enkele toestand is het einde. Zet eind: ja bij ten minste één toestand."
        yield part.problem(("toestanden",), "einde_ontbreekt", message)
        return
    edges = {(a, b) for move in moves for a, b in _edges(move, names)}
    reached = _reachable({part.model.begin}, edges)
    finishing = _reachable(ends, {(b, a) for a, b in edges})
    for i, state in enumerate(part.model.toestanden):
        path = ("toestanden", i, "toestand")
        if state.toestand not in reached:
            message = f"Niets leidt naar toestand ‘{state.toestand}’."
            yield part.problem(path, "onbereikbaar", message)
        if state.toestand not in finishing:
            message = f"Vanuit toestand ‘{state.toestand}’ komt een zaak nooit bij een einde."
            yield part.problem(path, "doodlopend", message)
    if part.model.machine == "voorstel" and not set(_STEPS) <= reached & finishing:
        message = "Een stap van de route wordt nooit bereikt, of er leidt niets naar een einde."
        yield part.problem(("handelingen",), "doodlopend", message)
    for move in moves:
        yield from _leaves_an_end(part, move, ends)
    yield from _endless(part, names)


def _edges(move: _Move, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(from, to) for each way a move can go, with two steps and with none."""
    for steps in (_STEPS, ()):
        for source in move.sources:
            for one in steps if source == STEP else (source,):
                for to in _targets(move.target, one, steps):
                    yield one, to


def _targets(target: str, source: str, steps: tuple[str, ...]) -> tuple[str, ...]:
    if target == SAME:
        return (source,)
    if target == FIRST:
        return steps[:1] or (NO_STEP,)
    if target == NEXT:
        return steps[steps.index(source) + 1 :][:1] if source in steps else ()
    return (target,)


def _reachable(start: Iterable[str], edges: Iterable[tuple[str, str]]) -> set[str]:
    """All states that can be come to from `start`, itself included."""
    following: dict[str, set[str]] = {}
    for source, to in edges:
        following.setdefault(source, set()).add(to)
    found, waiting = set(start), list(start)
    while waiting:
        for to in following.get(waiting.pop(), set()) - found:
            found.add(to)
            waiting.append(to)
    return found


def _leaves_an_end(part: Part[MachineDefinitie], move: _Move, ends: set[str]) -> Iterator[Problem]:
    """What has ended stays ended; an act that changes no state may still be done."""
    for j, source in enumerate(move.sources):
        if source in ends and move.target not in (SAME, source):
            message = f"‘{source}’ is een einde: ‘{move.trigger}’ kan daar niet uit."
            yield part.problem((*move.path, "van", j), "uitgang_uit_einde", message)


def _endless(part: Part[MachineDefinitie], names: list[str]) -> Iterator[Problem]:
    """Consequences follow by themselves, so they may not lead back to where they began."""
    by_source: dict[str, list[tuple[int, Gevolg]]] = {}
    for i, one in enumerate(part.model.gevolgen):
        for source in one.van:
            by_source.setdefault(source, []).append((i, one))
    edges = {(a, one.naar) for a, found in by_source.items() for _, one in found}
    for state in names:
        for i, one in by_source.get(state, []):
            if state in _reachable({one.naar}, edges):
                message = (
                    f"‘{one.gevolg}’ leidt vanzelf weer terug naar ‘{state}’. "
                    "Zet er een handeling van een mens tussen."
                )
                yield part.problem(("gevolgen", i), "kringloop", message)


def _conclusions(part: Part[Conclusies]) -> Iterator[Problem]:
    """Every doel has one row; every conclusie in it leads to one place."""
    rows: dict[Doel, int] = {}
    for i, row in enumerate(part.model.conclusies):
        for j, doel in enumerate(row.doelen):
            path: Path = ("conclusies", i, "doelen", j)
            line = part.problem(path, "", "").line
            if doel in rows:
                message = f"Doel ‘{doel.value}’ staat al op regel {rows[doel]}."
                yield part.problem(path, "dubbel_doel", message)
            rows.setdefault(doel, line)
        columns = [*row.verder, *row.blijft, *row.terug, *row.einde]
        for code in dict.fromkeys(one for one in columns if columns.count(one) > 1):
            message = f"Conclusie ‘{code.value}’ staat twee keer: het programma kan niet kiezen."
            yield part.problem(("conclusies", i), "dubbele_overgang", message)
        if not row.verder:
            message = "Met deze doelen kan niets verder. Zet ten minste één conclusie bij verder."
            yield part.problem(("conclusies", i, "verder"), "doodlopend", message)
    missing = [doel.value for doel in Doel if doel not in rows]
    if missing and part.whole:
        message = f"Waar een conclusie toe leidt, ontbreekt bij {listed(missing)}."
        yield part.problem(("conclusies",), "doel_ontbreekt", message)
