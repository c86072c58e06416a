"""Routes: every name known, every step can be passed, each version once."""

from collections import Counter
from collections.abc import Iterator

from workflow.engine.definition import Route, StapDefinitie
from workflow.engine.files import GemeenteBestand, OverlegBestand, Part, Reading
from workflow.engine.names import Names, Path, doubles, owners, unknown
from workflow.engine.problems import Problem

LEVELS = ("ambtelijk", "bestuurlijk", "colleges", "raden")
FALLBACK = "vrij"  # the route of a paper that no other route recognises (contract, `import`)


def check_routes(reading: Reading, names: Names) -> Iterator[Problem]:
    """Everything wrong with the routes of a folder that needs no registry to see."""
    parts = reading.of(Route)
    yield from _versions(parts)
    if reading.is_whole(Route):
        yield from _fallback(parts)
    councils = _per_gemeente(reading)
    members = _members(reading)
    for part in parts:
        yield from _head(part, names)
        yield from doubles(
            part,
            "stap",
            ((("stappen", i, "stap"), s.stap, s.stap) for i, s in enumerate(part.model.stappen)),
        )
        for i, step in enumerate(part.model.stappen):
            yield from _who(part, ("stappen", i), step, names)
            yield from _fan_out(part, ("stappen", i), step, councils, members)
            yield from _outcome(part, ("stappen", i), step)
        yield from _groups(part)
        yield from _owed(part, names)
    yield from _owed_elsewhere(parts)


def _per_gemeente(reading: Reading) -> set[str] | None:
    """Codes of the overleggen of which every gemeente has one; None when that is not sure."""
    if not reading.is_whole(OverlegBestand):
        return None
    files = (part.model.overleggen for part in reading.of(OverlegBestand))
    return {one.code for bodies in files for one in bodies if one.per_gemeente}


def _members(reading: Reading) -> int | None:
    """How many gemeenten there are; None when that is not sure."""
    if not reading.is_whole(GemeenteBestand):
        return None
    return sum(len(part.model.gemeenten) for part in reading.of(GemeenteBestand))


def _versions(parts: list[Part[Route]]) -> Iterator[Problem]:
    """Each version once, and no two routes that recognise the same paper."""
    seen: dict[object, str] = {}
    newest = {part.model.route: part for part in sorted(parts, key=lambda one: one.model.versie)}
    for part in parts:
        key = (part.model.route, part.model.versie)
        if key in seen:
            message = f"Versie {key[1]} van route ‘{key[0]}’ staat ook in {seen[key]}."
            yield part.problem(("versie",), "dubbele_route", message)
        seen.setdefault(key, part.file)
    recognise: dict[object, str] = {}
    for part in newest.values():
        if part.model.herkenning is None:
            continue
        other = recognise.setdefault(part.model.herkenning, part.model.route)
        if other != part.model.route:
            message = f"Route ‘{other}’ heeft dezelfde herkenning: de import kan dan niet kiezen."
            yield part.problem(("herkenning",), "dubbele_herkenning", message)


def _fallback(parts: list[Part[Route]]) -> Iterator[Problem]:
    """A paper that no route recognises has somewhere to go."""
    found = any(one.model.route == FALLBACK and one.model.uit_behandeltabel for one in parts)
    if parts and not found:
        message = f"De route ‘{FALLBACK}’ (met uit_behandeltabel: ja) ontbreekt."
        file = f"routes/{FALLBACK}.yaml"
        yield Problem(file=file, line=1, code="bestand_ontbreekt", message=message)


def _head(part: Part[Route], names: Names) -> Iterator[Problem]:
    route = part.model
    yield from unknown(part, ("thema",), "thema", route.thema, names.themas)
    yield from unknown(part, ("cyclus",), "cyclus", route.cyclus, names.cycli)
    if route.uit_behandeltabel and route.stappen:
        message = "De stappen komen uit de behandeltabel: laat ‘stappen’ hier weg."
        yield part.problem(("stappen",), "stappen_te_veel", message)
    if not route.uit_behandeltabel and not route.stappen and part.whole:
        message = "Een route heeft ten minste één stap, of uit_behandeltabel: ja."
        yield part.problem(("stappen",), "stappen_ontbreken", message)


def _who(part: Part[Route], at: Path, step: StapDefinitie, names: Names) -> Iterator[Problem]:
    """A step has one overleg, or a joint meeting, or every gemeente; never two of these."""
    yield from unknown(part, (*at, "overleg"), "overleg", step.overleg, names.overleggen)
    for j, code in enumerate(step.overleggen):
        yield from unknown(part, (*at, "overleggen", j), "overleg", code, names.overleggen)
    if step.overleg and step.overleggen:
        message = "Geef ‘overleg’ of ‘overleggen’ (gezamenlijk), niet allebei."
        yield part.problem((*at, "overleggen"), "overleg_dubbel", message)
    if not (step.overleg or step.overleggen or step.per):
        message = f"Bij stap ‘{step.stap}’ staat niet welk overleg het is."
        yield part.problem(at, "overleg_ontbreekt", message)


def _fan_out(
    part: Part[Route],
    at: Path,
    step: StapDefinitie,
    councils: set[str] | None,
    members: int | None,
) -> Iterator[Problem]:
    """A step for each gemeente says when it is ready, and can become so."""
    if step.per and step.klaar is None:
        message = (
            f"Stap ‘{step.stap}’ gaat naar elke gemeente, maar zegt niet wanneer zij klaar is. "
            "Zet erbij: klaar: alle, klaar: eerste of een aantal."
        )
        yield part.problem((*at, "per"), "klaar_ontbreekt", message)
    if step.per and isinstance(step.klaar, int) and members and step.klaar > members:
        message = f"Er zijn maar {members} gemeenten: {step.klaar} haalt deze stap nooit."
        yield part.problem((*at, "klaar"), "klaar_onhaalbaar", message)
    if step.klaar is not None and not step.per and not step.groep:
        message = "‘klaar’ hoort bij een stap per gemeente of bij stappen in een groep."
        yield part.problem((*at, "klaar"), "klaar_zonder_reden", message)
    if councils is None or step.overleg is None:
        return
    if not step.per and step.overleg in councils:
        message = f"‘{step.overleg}’ is er één per gemeente. Zet erbij: per: gemeente."
        yield part.problem((*at, "overleg"), "per_gemeente_ontbreekt", message)
    if step.per and step.overleg not in councils:
        message = f"‘{step.overleg}’ is er niet één per gemeente. Haal ‘per: gemeente’ weg."
        yield part.problem((*at, "per"), "per_gemeente_kan_niet", message)


def _outcome(part: Part[Route], at: Path, step: StapDefinitie) -> Iterator[Problem]:
    """A table of its own speaks of the step's own doel, and has a way on."""
    own = step.conclusies
    if own is None:
        return
    if step.doel not in own.doelen:
        message = f"De tabel van deze stap gaat niet over haar doel ‘{step.doel.value}’."
        yield part.problem((*at, "conclusies", "doelen"), "doel_past_niet", message)
    if not own.verder:
        message = (
            f"Na stap ‘{step.stap}’ kan niets verder. Zet ten minste één conclusie bij verder."
        )
        yield part.problem((*at, "conclusies", "verder"), "doodlopend", message)
    columns = Counter([*own.verder, *own.blijft, *own.terug, *own.einde])
    for code in (code for code, count in columns.items() if count > 1):
        message = f"Conclusie ‘{code.value}’ staat twee keer: het programma kan dan niet kiezen."
        yield part.problem((*at, "conclusies"), "dubbele_overgang", message)


def _groups(part: Part[Route]) -> Iterator[Problem]:
    """Parallel steps stand together, are more than one, and their number can be reached."""
    steps = part.model.stappen
    for i, step in enumerate(steps):
        at: Path = ("stappen", i, "groep")
        if step.groep is None:
            continue
        size = sum(1 for other in steps if other.groep == step.groep)
        if size == 1:
            message = f"Groep ‘{step.groep}’ heeft maar één stap: er loopt niets naast."
            yield part.problem(at, "groep_van_een", message)
        elif (
            i
            and steps[i - 1].groep != step.groep
            and step.groep in {other.groep for other in steps[:i]}
        ):
            message = f"De stappen van groep ‘{step.groep}’ staan niet bij elkaar."
            yield part.problem(at, "groep_uit_elkaar", message)
        if not step.per and isinstance(step.klaar, int) and step.klaar > size:
            message = f"De groep heeft {size} stappen: {step.klaar} haalt zij nooit."
            yield part.problem(("stappen", i, "klaar"), "klaar_onhaalbaar", message)


def _owed(part: Part[Route], names: Names) -> Iterator[Problem]:
    """The afspraken that arise from this route."""
    steps = {step.stap for step in part.model.stappen}
    owed = list(enumerate(part.model.afspraken))
    keys = ((("afspraken", i, "afspraak"), one.afspraak, one.afspraak) for i, one in owed)
    yield from doubles(part, "afspraak", keys)
    for i, one in owed:
        at: Path = ("afspraken", i)
        yield from unknown(part, (*at, "stap"), "stap", one.stap, steps)
        for j, owner in enumerate(one.eigenaars):
            yield from unknown(part, (*at, "eigenaars", j), "rol", owner, owners(names))
        bodies = names.overleggen
        treated = None if bodies is None else bodies | set(LEVELS)
        for j, code in enumerate(one.behandeld_door):
            yield from unknown(part, (*at, "behandeld_door", j), "overleg", code, treated)
        both = None if bodies is None or names.gemeenten is None else bodies | names.gemeenten
        yield from unknown(part, (*at, "schuldeiser"), "schuldeiser", one.schuldeiser, both)


def _owed_elsewhere(parts: list[Part[Route]]) -> Iterator[Problem]:
    """An afspraak has one code over all routes; versions of one route share it."""
    owner: dict[str, Route] = {}
    for part in parts:
        for i, one in enumerate(part.model.afspraken):
            other = owner.setdefault(one.afspraak, part.model)
            if other.route != part.model.route:
                message = f"Afspraak ‘{one.afspraak}’ staat ook in route ‘{other.route}’."
                yield part.problem(("afspraken", i, "afspraak"), "dubbele_afspraak", message)
