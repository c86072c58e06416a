"""What steps and acts name beside overleggen: facts, sub-routes, roles, earlier acts, demands."""

from collections.abc import Iterator

from workflow.domain.behandeling import ConclusieCode
from workflow.domain.feiten import THEME
from workflow.domain.permissions import Role
from workflow.domain.raadsinformatie import INFORM
from workflow.engine.definition import Conclusies, Doeltabel, MachineDefinitie, Route, StapDefinitie
from workflow.engine.files import FeitBestand, Part, Reading
from workflow.engine.names import Names, Path, doubles, unknown
from workflow.engine.problems import Problem


def check_language(reading: Reading, names: Names) -> Iterator[Problem]:
    """Everything wrong with facts, sub-routes, roles and demands, that no registry must know."""
    facts = _facts(reading)
    for part in reading.of(FeitBestand):
        known = list(enumerate(part.model.feiten))
        keys = ((("feiten", i, "feit"), one.feit, one.feit) for i, one in known)
        yield from doubles(part, "feit", keys)
        for i, one in known:
            if one.feit == THEME:
                message = f"‘{THEME}’ is al een feit van elk voorstel. Noem dit feit anders."
                yield part.problem(("feiten", i, "feit"), "feit_bestaat_al", message)
    rounds = {one.model.deelroute for one in reading.of(MachineDefinitie)} | {INFORM}
    for route in reading.of(Route):
        for i, step in enumerate(route.model.stappen):
            yield from _step(route, ("stappen", i), step, rounds)
            yield from _conditions(route, ("stappen", i, "alleen_als"), step, facts, names)
            if step.conclusies:
                yield from _demands(route, ("stappen", i, "conclusies"), step.conclusies)
    for table in reading.of(Conclusies):
        for i, row in enumerate(table.model.conclusies):
            yield from _demands(table, ("conclusies", i), row)
    yield from _acts(reading)


def _facts(reading: Reading) -> dict[str, tuple[str, ...]] | None:
    """The facts with their values; None when that is not sure."""
    if not reading.is_whole(FeitBestand):
        return None
    return {one.feit: one.waarden for part in reading.of(FeitBestand) for one in part.model.feiten}


def _step(
    part: Part[Route], at: Path, step: StapDefinitie, rounds: set[str | None]
) -> Iterator[Problem]:
    """A sub-route and a deadline belong to a step for each gemeente."""
    if step.deelroute and not step.per:
        message = "‘deelroute’ hoort bij een stap met per: gemeente."
        yield part.problem((*at, "deelroute"), "deelroute_kan_niet", message)
    known = {one for one in rounds if one}
    yield from unknown(part, (*at, "deelroute"), "deelroute", step.deelroute, known)
    if step.termijn and not step.per:
        message = "‘termijn’ hoort bij een stap met per: gemeente."
        yield part.problem((*at, "termijn"), "termijn_kan_niet", message)
    given = step.termijn and [step.termijn.weken, step.termijn.dagen, step.termijn.werkdagen]
    if given and sum(1 for one in given if one) != 1:
        message = "Geef de termijn in weken, dagen of werkdagen: één van de drie."
        yield part.problem((*at, "termijn"), "termijn_onduidelijk", message)
    if step.per and step.standpunten:
        message = "‘standpunten’ hoort bij een overleg, niet bij een stap per gemeente."
        yield part.problem((*at, "standpunten"), "standpunten_kan_niet", message)


def _conditions(
    part: Part[Route],
    at: Path,
    step: StapDefinitie,
    facts: dict[str, tuple[str, ...]] | None,
    names: Names,
) -> Iterator[Problem]:
    """Each fact exists, and has the values that the step counts."""
    for fact, values in step.alleen_als.items():
        if fact == THEME:
            for theme in values:
                yield from unknown(part, (*at, fact), "thema", theme, names.themas)
            continue
        yield from unknown(part, (*at, fact), "feit", fact, facts)
        known = facts.get(fact) if facts else None
        for value in values:
            yield from unknown(part, (*at, fact), "waarde", value, known)


def _demands(part: Part[Route] | Part[Conclusies], at: Path, table: Doeltabel) -> Iterator[Problem]:
    """A demand is about a conclusion of its own table, and can be answered there."""
    columns = {*table.verder, *table.blijft, *table.terug, *table.einde}
    for i, one in enumerate(table.vraagt):
        path = (*at, "vraagt", i, "conclusie")
        for code in one.conclusie:
            if code not in columns:
                message = f"‘{code.value}’ staat niet in deze tabel."
                yield part.problem(path, "conclusie_past_niet", message)
        wrong = (
            (one.datum, ConclusieCode.AANGEHOUDEN, "datum"),
            (one.overleg, ConclusieCode.VERWEZEN, "overleg"),
            (one.voorbehoud, ConclusieCode.ONDER_VOORBEHOUD, "voorbehoud"),
        )
        for asked, only, key in wrong:
            if asked and set(one.conclusie) != {only}:
                message = f"‘{key}’ kan alleen gevraagd worden bij ‘{only.value}’."
                yield part.problem((*at, "vraagt", i, key), "vraag_past_niet", message)


def _acts(reading: Reading) -> Iterator[Problem]:
    """Roles and earlier acts that exist."""
    machines = reading.of(MachineDefinitie)
    acts = {act.handeling for part in machines for act in part.model.handelingen}
    roles = [role.value for role in Role]
    for part in machines:
        for i, act in enumerate(part.model.handelingen):
            at: Path = ("handelingen", i)
            for j, role in enumerate(act.rollen):
                yield from unknown(part, (*at, "rollen", j), "rol", role, roles)
            if reading.is_whole(MachineDefinitie):
                path = (*at, "vier_ogen")
                yield from unknown(part, path, "handeling", act.vier_ogen, acts)
