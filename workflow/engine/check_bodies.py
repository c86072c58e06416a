"""Overleggen, themas, gemeenten and calendar: every name once, every reference known."""

import re
from collections.abc import Iterator

from workflow.engine.definition import GemeenteDefinitie, Kalender
from workflow.engine.files import GemeenteBestand, OverlegBestand, Part, Reading, ThemaBestand
from workflow.engine.names import Names, Path, doubles, reversed_dates, unknown
from workflow.engine.problems import Problem


def check_bodies(reading: Reading, names: Names) -> Iterator[Problem]:
    """Everything wrong with the overleggen, themas, gemeenten and the calendar of a folder."""
    for overleggen in reading.of(OverlegBestand):
        yield from _overleggen(overleggen, names)
        yield from _shared_names(overleggen)
    for themas in reading.of(ThemaBestand):
        codes = enumerate(themas.model.themas)
        yield from doubles(
            themas, "thema", ((("themas", i, "code"), one.code, one.code) for i, one in codes)
        )
    for gemeenten in reading.of(GemeenteBestand):
        yield from _gemeenten(gemeenten, names)
    for kalender in reading.of(Kalender):
        yield from _calendar(kalender, reading, names)


def plain(name: str) -> str:
    """A name as the eye compares it: without case, signs and double spaces; & reads as en."""
    return " ".join(re.sub(r"[^\w]+", " ", name.casefold().replace("&", " en ")).split())


def _overleggen(part: Part[OverlegBestand], names: Names) -> Iterator[Problem]:
    bodies = list(enumerate(part.model.overleggen))
    yield from doubles(
        part, "code", ((("overleggen", i, "code"), one.code, one.code) for i, one in bodies)
    )
    for i, one in bodies:
        at: Path = ("overleggen", i)
        yield from reversed_dates(part, (*at, "eind"), one.begin, one.eind)
        for j, theme in enumerate(one.themas):
            yield from unknown(part, (*at, "themas", j), "thema", theme, names.themas)
    for i, joint in enumerate(part.model.gezamenlijk):
        for j, code in enumerate(joint.overleggen):
            path: Path = ("gezamenlijk", i, "overleggen", j)
            yield from unknown(part, path, "overleg", code, names.overleggen)
            if code in joint.overleggen[:j]:
                yield part.problem(path, "dubbele_code", f"‘{code}’ staat er twee keer in.")


def _shared_names(part: Part[OverlegBestand]) -> Iterator[Problem]:
    """A name on paper means one overleg, unless all who bear it list it as a bare name."""
    owner: dict[str, tuple[str, int]] = {}
    for path, name, code in _own_names(part):
        line = part.problem(path, "", "").line
        other, there = owner.setdefault(plain(name), (code, line))
        if other != code:
            yield part.problem(
                path,
                "dubbele_naam",
                f"‘{name}’ betekent ook ‘{other}’ (regel {there}). Een naam betekent één overleg; "
                "zet een naam die meer overleggen delen bij kale_namen.",
            )
    for i, one in enumerate(part.model.overleggen):
        for j, name in enumerate(one.kale_namen):
            if plain(name) in owner:
                other, there = owner[plain(name)]
                yield part.problem(
                    ("overleggen", i, "kale_namen", j),
                    "dubbele_naam",
                    f"De kale naam ‘{name}’ is ook de eigen naam van ‘{other}’ (regel {there}).",
                )


def _own_names(part: Part[OverlegBestand]) -> Iterator[tuple[Path, str, str]]:
    """(path, name, whose) for each name that means one overleg, or one joint meeting."""
    for i, one in enumerate(part.model.overleggen):
        yield ("overleggen", i, "naam"), one.naam, one.code
        for j, alias in enumerate(one.aliassen):
            yield ("overleggen", i, "aliassen", j), alias, one.code
    for i, joint in enumerate(part.model.gezamenlijk):
        yield ("gezamenlijk", i, "alias"), joint.alias, " en ".join(joint.overleggen)


def _gemeenten(part: Part[GemeenteBestand], names: Names) -> Iterator[Problem]:
    everyone = list(enumerate(part.model.gemeenten))
    yield from doubles(
        part, "code", ((("gemeenten", i, "code"), one.code, one.code) for i, one in everyone)
    )
    own = (
        (("gemeenten", i, "naam"), plain(name), name)
        for i, one in everyone
        for name in dict.fromkeys((one.naam, *one.aliassen), None)
    )
    yield from doubles(part, "naam", own)
    for i, one in everyone:
        at: Path = ("gemeenten", i)
        yield from reversed_dates(part, (*at, "eind"), one.begin, one.eind)
        for j, lid in enumerate(one.lidmaatschap):
            here = (*at, "lidmaatschap", j)
            yield from reversed_dates(part, (*here, "tot"), lid.van, lid.tot)
            if lid.thema != "*":
                yield from unknown(part, (*here, "thema"), "thema", lid.thema, names.themas)
        yield from _successor(part, at, one, names)


def _successor(
    part: Part[GemeenteBestand], at: Path, one: GemeenteDefinitie, names: Names
) -> Iterator[Problem]:
    """A successor exists, is another one, outlives its predecessor, and needs an end."""
    if one.opvolger is None:
        return
    path: Path = (*at, "opvolger")
    yield from unknown(part, path, "gemeente", one.opvolger, names.gemeenten)
    if one.eind is None:
        message = f"{one.naam} heeft een opvolger, maar geen einde. Vul ‘eind’ in."
        yield part.problem(path, "opvolger_zonder_einde", message)
    after = next((each for each in part.model.gemeenten if each.code == one.opvolger), None)
    if after and one.eind and after.eind and after.eind <= one.eind:
        yield part.problem(
            path, "opvolger_bestaat_niet_meer", f"{after.naam} bestaat na {one.eind} niet meer."
        )


def _calendar(part: Part[Kalender], reading: Reading, names: Names) -> Iterator[Problem]:
    kalender = part.model
    free = enumerate(kalender.feestdagen)
    yield from doubles(
        part, "datum", ((("feestdagen", i, "dag"), day.dag, str(day.dag)) for i, day in free)
    )
    for i, recess in enumerate(kalender.reces):
        yield from reversed_dates(part, ("reces", i, "tot"), recess.van, recess.tot)
    bodies = {one.code: one for file in reading.of(OverlegBestand) for one in file.model.overleggen}
    known = list(enumerate(kalender.vergaderingen))
    keys = (
        (("vergaderingen", i), (one.overleg, one.datum), f"{one.overleg} {one.datum}")
        for i, one in known
    )
    yield from doubles(part, "vergadering", keys)
    for i, one in known:
        at: Path = ("vergaderingen", i)
        yield from unknown(part, (*at, "overleg"), "overleg", one.overleg, names.overleggen)
        body = bodies.get(one.overleg)
        if body and (
            (body.begin and one.datum < body.begin) or (body.eind and one.datum > body.eind)
        ):
            yield part.problem(
                (*at, "datum"), "overleg_bestaat_dan_niet", f"{body.naam} bestaat dan niet."
            )
