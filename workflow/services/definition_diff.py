"""What a new version of the definitions changes, and which running cases it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workflow.domain.definitions import RouteUse
from workflow.domain.errors import Conflict
from workflow.domain.permissions import Permission
from workflow.domain.ports import Reader
from workflow.engine.definition import Route
from workflow.engine.differences import (
    Difference,
    folder_differences,
    route_differences,
    short_names,
    under,
)
from workflow.engine.digest import digest_of
from workflow.engine.rules import Rules
from workflow.services.session import Session

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What changes from one to the other. `cases` None: no register was asked."""

    old: str
    new: str
    changes: tuple[Difference, ...]
    routes: tuple[tuple[str, int], ...] = ()  # versions that a newer one would replace
    cases: tuple[Json, ...] | None = None

    def as_json(self) -> Json:
        """The shape of `definitions diff --json`."""
        return {
            "old": self.old,
            "new": self.new,
            "changes": [one.as_json() for one in self.changes],
            "voorstellen": None if self.cases is None else list(self.cases),
        }


def route_diff(rules: Rules, route: str, old: int | None, new: int | None) -> Diff:
    """Version `new` of a route against version `old`; None: the last, and the one before it.

    Raises NotFound for an unknown route or version, Conflict when there is no earlier one.
    """
    known = sorted(version for code, version in rules.versions if code == route)
    newest = rules.version_of(route, new if new is not None else (known or [1])[-1])
    before = [version for version in known if version < newest.versie]
    if old is None and not before:
        raise Conflict(
            f"Van route ‘{route}’ is er geen versie vóór {newest.versie}. "
            "Er is nog niets om mee te vergelijken."
        )
    earlier = rules.version_of(route, old if old is not None else before[-1])
    names = short_names(rules.definities.overleggen)
    return Diff(
        old=f"{route}@{earlier.versie}",
        new=f"{route}@{newest.versie}",
        changes=route_differences(earlier, newest, names),
        routes=((route, earlier.versie),),
    )


def folders_diff(old: Rules, new: Rules, names: tuple[str, str]) -> Diff:
    """One folder against another; `names` are how people call them."""
    routes = tuple(_routes(list(old.versions.values()), new))
    rest = folder_differences(old.definities, new.definities)
    return Diff(
        old=names[0],
        new=names[1],
        changes=(*(one for one, _ in routes), *rest),
        routes=tuple(dict.fromkeys(version for _, version in routes if version)),
    )


def in_use_diff(rules: Rules, name: str) -> Diff:
    """A folder against what the register has in use: routes, and the table of conclusions.

    The register keeps no more of a folder than that.
    """
    kept = [one.route for one in rules.kept.values()]
    routes = tuple(_routes(kept, rules, only_known=True))
    tables = [
        table
        for one in rules.kept.values()
        for table in one.tables.values()
        if table not in rules.definities.conclusies
    ]
    told = [
        Difference(
            kind="gewijzigd",
            subject="Conclusies",
            text="De tabel met conclusies is gewijzigd. Versies die al in gebruik zijn, houden "
            "de tabel van hun eerste dag.",
        )
    ]
    return Diff(
        old="in gebruik",
        new=name,
        changes=(*(one for one, _ in routes), *(told if tables else ())),
        routes=tuple(dict.fromkeys(version for _, version in routes if version)),
    )


def _routes(
    before: Sequence[Route], new: Rules, *, only_known: bool = False
) -> Iterator[tuple[Difference, tuple[str, int] | None]]:
    """What changes in routes, each with the version that is replaced, if one is."""
    names = short_names(new.definities.overleggen)
    olds = {(one.route, one.versie): one for one in before}
    last = dict(sorted(olds))
    for code, route in sorted(new.routes.items()):
        if code not in last:
            if not only_known:
                yield _about(code, "toegevoegd", f"Route ‘{code}’ is nieuw: {route.titel}."), None
            continue
        old = olds[code, last[code]]
        head = f"Route ‘{code}’, versie {old.versie} naar {route.versie}: "
        if old.versie == route.versie and digest_of(old) != digest_of(route):
            head = f"Route ‘{code}’, versie {old.versie}, gewijzigd zonder nieuwe versie: "
        for one in route_differences(old, route, names):
            told = replace(one, subject=under(f"Route ‘{code}’", one.subject), text=head + one.text)
            yield told, (code, old.versie)
    for code in sorted(last.keys() - new.routes.keys()):
        text = f"Route ‘{code}’ staat niet meer in de map. Nieuwe voorstellen krijgen haar niet."
        yield _about(code, "vervallen", text), (code, last[code])


def _about(code: str, kind: Any, text: str) -> Difference:
    """A difference of a whole route."""
    return Difference(kind=kind, subject=f"Route ‘{code}’", text=text)


def with_cases(diff: Diff, session: Session) -> Diff:
    """The diff with the running cases on the versions that would be replaced."""
    session.require(Permission.LEZEN, "Bekijk de voorstellen")
    ended = session.rules.end_states
    found = [
        {
            "kenmerk": case.kenmerk,
            "onderwerp": case.subject,
            "state": case.state,
            "route": {"id": route, "version": version},
        }
        for route, version in diff.routes
        for case in session.reader.cases_on(route, version, ended=ended)
    ]
    return replace(diff, cases=tuple(found))


def routes_in_use(rules: Rules, reader: Reader) -> list[Json]:
    """Every route that is known or used, by title, with its versions, newest first."""
    used = {(one.route, one.version): one for one in reader.route_use(ended=rules.end_states)}
    known: dict[str, list[int]] = {}
    for code, version in sorted(rules.versions.keys() | used.keys(), reverse=True):
        known.setdefault(code, []).append(version)
    found = [
        {
            "route": code,
            "titel": _title(rules, code, versions[0]),
            "versions": [_version(rules, code, one, used.get((code, one))) for one in versions],
        }
        for code, versions in known.items()
    ]
    return sorted(found, key=lambda one: str(one["titel"]))


def _title(rules: Rules, code: str, version: int) -> str:
    """The title of a route; its code when nobody knows that version any more."""
    route = rules.versions.get((code, version))
    return route.titel if route else code


def _version(rules: Rules, code: str, version: int, use: RouteUse | None) -> Json:
    """One version, as pages show it."""
    newest = rules.routes.get(code)
    return {
        "version": version,
        "running": use.running if use else 0,
        "ended": use.ended if use else 0,
        "newest": bool(newest and newest.versie == version),
        "in_folder": any(
            (one.route, one.versie) == (code, version) for one in rules.definities.routes
        ),
    }
