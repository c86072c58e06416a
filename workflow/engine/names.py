"""The names that a folder defines, so that every use of one can be looked up."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from workflow.engine.definition import Route
from workflow.engine.files import (
    CyclusBestand,
    FunctieBestand,
    GemeenteBestand,
    OverlegBestand,
    Part,
    Reading,
    ThemaBestand,
)
from workflow.engine.problems import Problem, hint, listed

Path = tuple[str | int, ...]
OWNERS = frozenset({"contactpersonen", "secretariaat", "gemeente", "gemeenten"})
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|[{}]")
_FEW = 12  # names that still fit in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """All codes by kind; `None` where a file could not be read whole, so that nothing is sure."""

    overleggen: frozenset[str] | None
    themas: frozenset[str] | None
    gemeenten: frozenset[str] | None
    routes: frozenset[str] | None
    cycli: frozenset[str] | None
    functies: frozenset[str] | None


def names_of(reading: Reading) -> Names:
    """The names that the files of a folder define."""

    def known(kind: type[BaseModel], codes: Iterable[str]) -> frozenset[str] | None:
        return frozenset(codes) if reading.is_whole(kind) else None

    overleggen = (one.code for part in reading.of(OverlegBestand) for one in part.model.overleggen)
    themas = (one.code for part in reading.of(ThemaBestand) for one in part.model.themas)
    gemeenten = (one.code for part in reading.of(GemeenteBestand) for one in part.model.gemeenten)
    cycli = (one.cyclus for part in reading.of(CyclusBestand) for one in part.model.cycli)
    functies = (one.functie for part in reading.of(FunctieBestand) for one in part.model.functies)
    return Names(
        overleggen=known(OverlegBestand, overleggen),
        themas=known(ThemaBestand, themas),
        gemeenten=known(GemeenteBestand, gemeenten),
        routes=known(Route, (part.model.route for part in reading.of(Route))),
        cycli=known(CyclusBestand, cycli),
        functies=known(FunctieBestand, functies),
    )


def unknown(
    part: Part[Any], path: Path, what: str, name: str | None, known: Collection[str] | None
) -> Iterator[Problem]:
    """A problem when `name` is not among `known`; `what` is the Dutch noun, in lower case.

    Nothing is said about an absent name, or when what is known is not sure.
    """
    if name is None or known is None or name in known:
        return
    few = f" Bekend zijn: {listed(sorted(known))}." if 0 < len(known) <= _FEW else ""
    advice = hint(name, known) or few
    yield part.problem(path, f"onbekend_{what}", f"Onbekend: {what} ‘{name}’.{advice}")


def doubles(
    part: Part[Any], what: str, keys: Iterable[tuple[Path, object, str]]
) -> Iterator[Problem]:
    """A problem for each key that stood there before; each is (path, key, name to show)."""
    seen: dict[object, int] = {}
    for path, key, shown in keys:
        place = part.problem(path, f"dubbele_{what}", "")
        if key in seen:
            message = f"Dubbel: {what} ‘{shown}’ staat al op regel {seen[key]}."
            yield part.problem(path, f"dubbele_{what}", message)
        seen.setdefault(key, place.line)


def reversed_dates(part: Part[Any], path: Path, first: Any, last: Any) -> Iterator[Problem]:
    """A problem when an end lies before its begin; an absent bound is no bound."""
    if first is not None and last is not None and last < first:
        yield part.problem(
            path, "einde_voor_begin", f"Het einde ({last}) ligt vóór het begin ({first})."
        )


def owners(names: Names) -> frozenset[str] | None:
    """Who may own a thing owed: a role, or a function; None when that is not sure."""
    return None if names.functies is None else OWNERS | names.functies


def placeholders(
    part: Part[Any], path: Path, text: str, known: Collection[str]
) -> Iterator[Problem]:
    """Only names that the program fills in stand in braces."""
    for found in _PLACEHOLDER.finditer(text):
        if found[1] is None:
            message = "Er staat een losse accolade. Schrijf { en } alleen om een invulplek."
            yield part.problem(path, "onbekend_invulplek", message)
        else:
            yield from unknown(part, path, "invulplek", found[1], known)
