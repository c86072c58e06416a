"""From a folder of YAML to typed definitions, ready for use and fast to look things up in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from workflow.domain.errors import NotFound
from workflow.engine.check import Registries, problems_in
from workflow.engine.definition import (
    Definities,
    GemeenteDefinitie,
    MachineDefinitie,
    OverlegDefinitie,
    Route,
    machine_key,
)
from workflow.engine.definition_owed import (
    Cyclus,
)
from workflow.engine.digest import digest_of, digest_of_all, route_name
from workflow.engine.files import Reading, definities_of
from workflow.engine.folder import read_folder
from workflow.engine.problems import DefinitionError, Problem

__all__ = ["DefinitionError", "LoadedDefinitions", "Problem", "load_definitions"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedDefinitions:
    """The definitions of one organisation, checked for form and names; read-only.

    `files` maps each file to the digest of its content, `digest` covers them all,
    `route_digests` maps 'route@version' to the digest a case is pinned to.
    A lookup by an unknown code raises NotFound, with the codes that are known.
    """

    definities: Definities
    files: Mapping[str, str]
    digest: str
    route_digests: Mapping[str, str]
    current_routes: tuple[Route, ...]  # the newest version of each, in order of id
    _routes: Mapping[tuple[str, int | None], Route]
    _machines: Mapping[str, MachineDefinitie]
    _overleggen: Mapping[str, OverlegDefinitie]
    _gemeenten: Mapping[str, GemeenteDefinitie]
    _cycli: Mapping[str, Cyclus]

    def route(self, code: str, version: int | None = None) -> Route:
        """The newest version of a route, or the one that a case is pinned to."""
        known = [route.route for route in self.current_routes]
        if version is not None and code in known:
            known = [route_name(each) for each in self.definities.routes if each.route == code]
        name = code if version is None else f"{code}@{version}"
        return _found(self._routes, (code, version), "Route", name, known)

    def route_digest(self, code: str, version: int | None = None) -> str:
        """The digest of a route's content, in standard base64."""
        return self.route_digests[route_name(self.route(code, version))]

    def machine(self, code: str) -> MachineDefinitie:
        """One of the five machines, or a sub-route of a round by its own name."""
        return _found(self._machines, code, "Machine", code, list(self._machines))

    def overleg(self, code: str) -> OverlegDefinitie:
        """The overleg with this code."""
        return _found(self._overleggen, code, "Overleg", code, list(self._overleggen))

    def gemeente(self, code: str) -> GemeenteDefinitie:
        """The gemeente with this code, also when it has left or ended."""
        return _found(self._gemeenten, code, "Gemeente", code, list(self._gemeenten))

    def cyclus(self, code: str) -> Cyclus:
        """The reporting cycle with this code."""
        return _found(self._cycli, code, "Cyclus", code, list(self._cycli))


def load_definitions(
    folder: Path,
    registries: Registries | None = None,
    published: Mapping[str, str] | None = None,
) -> LoadedDefinitions:
    """The definitions in `folder`: complete, well formed, every name in them known.

    With `registries` the guards, permissions, acts and templates are looked up as
    well, so that nothing is used that `definitions check` would refuse. `published` maps
    'route@version' to the digest that a register has in use: another content is refused.

    Raises DefinitionError with all problems found, FileNotFoundError or
    NotADirectoryError when there is no such folder, OSError when a file in it
    cannot be opened.
    """
    reading = read_folder(folder)
    problems = problems_in(reading, registries, published)
    if problems:
        raise DefinitionError(problems)
    return _loaded(reading)


def _loaded(reading: Reading) -> LoadedDefinitions:
    """A reading without problems, with its lookups."""
    definities = definities_of(reading)
    files = {part.file: digest_of(part.model) for part in reading.parts}
    by_version = sorted(definities.routes, key=lambda route: route.versie)
    newest: dict[str, Route] = {route.route: route for route in by_version}
    routes: dict[tuple[str, int | None], Route] = {
        (route.route, route.versie): route for route in by_version
    }
    routes |= {(code, None): route for code, route in newest.items()}
    return LoadedDefinitions(
        definities=definities,
        files=files,
        digest=digest_of_all(files),
        route_digests={route_name(route): digest_of(route) for route in by_version},
        current_routes=tuple(newest[code] for code in sorted(newest)),
        _routes=routes,
        _machines={machine_key(each): each for each in definities.machines},
        _overleggen={each.code: each for each in definities.overleggen},
        _gemeenten={each.code: each for each in definities.gemeenten},
        _cycli={each.cyclus: each for each in definities.cycli},
    )


def _found(table: Mapping[Any, _T], key: Any, what: str, name: str, known: Sequence[str]) -> _T:
    """The member of `table`, or a refusal that says which there are."""
    try:
        return table[key]
    except KeyError:
        raise NotFound(what, name, known) from None
