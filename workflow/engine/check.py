"""Judges one organisation's folder: everything wrong in it, each with file, line and code."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from workflow.engine.check_bodies import check_bodies
from workflow.engine.check_language import check_language
from workflow.engine.check_machines import check_machines
from workflow.engine.check_reminders import check_reminders
from workflow.engine.check_rhythm import check_rhythm
from workflow.engine.check_routes import check_routes
from workflow.engine.check_soundness import Soundness, soundness_of
from workflow.engine.check_words import check_words
from workflow.engine.definition import MachineDefinitie, Organisatie, Route
from workflow.engine.digest import digest_of, route_name
from workflow.engine.files import HerinneringBestand, Part, PublicatieBestand, Reading
from workflow.engine.folder import read_folder
from workflow.engine.names import names_of, unknown
from workflow.engine.problems import Problem
from workflow.engine.values import Situatie


@dataclass(frozen=True, slots=True, kw_only=True)
class Registries:
    """The names in the program that a definition may use; nothing else is ever called.

    `conditions` are the guards that a step may name (`voorwaarde`), `templates` the
    mail texts.
    """

    guards: Collection[str]
    permissions: Collection[str]
    handlers: Collection[str]
    conditions: Collection[str]
    templates: Collection[str] = get_args(Situatie)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The verdict over a folder; `problems` in order of file and line.

    `notices` say what was not looked at to the end: nothing wrong was found there.
    """

    ok: bool
    files: int
    routes: int
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape of `definitions check --json` in the contract."""
        return {
            "ok": self.ok,
            "files": self.files,
            "routes": self.routes,
            "problems": [one.as_json() for one in self.problems],
            **({"notices": [one.as_json() for one in self.notices]} if self.notices else {}),
        }


def check_folder(
    folder: Path,
    *,
    guards: Collection[str],
    permissions: Collection[str],
    handlers: Collection[str],
    conditions: Collection[str] | None = None,
    templates: Collection[str] = get_args(Situatie),
    published: Mapping[str, str] | None = None,
) -> CheckReport:
    """Whether the definitions in `folder` may be used, and everything that is wrong.

    `guards`, `permissions` and `handlers` (acts) are the names that the program
    knows; `conditions` the guards that a step may name (None: any guard).
    `published` maps 'route@version' to the digest that cases run on, beside what
    the folder's own gepubliceerd.yaml says.

    Raises FileNotFoundError or NotADirectoryError when there is no such folder,
    and OSError when a file in it cannot be opened.
    """
    registries = Registries(
        guards=guards,
        permissions=permissions,
        handlers=handlers,
        conditions=guards if conditions is None else conditions,
        templates=templates,
    )
    return judge(read_folder(folder), registries, published)


def judge(
    reading: Reading,
    registries: Registries | None = None,
    published: Mapping[str, str] | None = None,
) -> CheckReport:
    """The verdict over a folder as read.

    Whether every voorstel comes to an end is looked at only when nothing else is wrong.
    """
    problems = problems_in(reading, registries, published)
    sound = Soundness() if problems else soundness_of(reading)
    problems = problems or sound.problems
    return CheckReport(
        ok=not problems,
        files=reading.files,
        routes=sum(1 for part in reading.of(Route)),
        problems=problems,
        notices=sound.notices,
    )


def problems_in(
    reading: Reading,
    registries: Registries | None = None,
    published: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    """Everything wrong in a folder as read, sorted; without registries their names pass."""
    names = names_of(reading)
    found = {
        *reading.problems,
        *check_bodies(reading, names),
        *check_machines(reading),
        *check_routes(reading, names),
        *check_language(reading, names),
        *check_rhythm(reading, names),
        *check_reminders(reading, names),
        *check_words(reading),
        *_published(reading, published or {}),
        *(_registered(reading, registries) if registries else ()),
    }
    return tuple(sorted(found))


def _registered(reading: Reading, registries: Registries) -> Iterator[Problem]:
    """Guards, permissions, acts and templates that the program does not have."""
    for machine in reading.of(MachineDefinitie):
        for i, act in enumerate(machine.model.handelingen):
            at = ("handelingen", i)
            yield from unknown(
                machine, (*at, "handeling"), "handeling", act.handeling, registries.handlers
            )
            yield from unknown(machine, (*at, "recht"), "recht", act.recht, registries.permissions)
            for j, guard in enumerate(act.eisen):
                yield from unknown(machine, (*at, "eisen", j), "eis", guard, registries.guards)
    for route in reading.of(Route):
        for i, step in enumerate(route.model.stappen):
            for j, guard in enumerate(step.voorwaarde):
                at_guard = ("stappen", i, "voorwaarde", j)
                yield from unknown(route, at_guard, "voorwaarde", guard, registries.conditions)
    for reminders in reading.of(HerinneringBestand):
        for i, rule in enumerate(reminders.model.herinneringen):
            text = ("herinneringen", i, "sjabloon")
            yield from unknown(reminders, text, "sjabloon", rule.sjabloon, registries.templates)


def _published(reading: Reading, published: Mapping[str, str]) -> Iterator[Problem]:
    """A published version keeps its content and stays: cases run on it."""
    routes = {route_name(part.model): part for part in reading.of(Route)}
    own = {part.model.organisatie for part in reading.of(Organisatie)}
    for listed in reading.of(PublicatieBestand):
        if listed.model.organisatie not in own:  # copied from elsewhere: no case runs on it here
            continue
        for i, one in enumerate(listed.model.gepubliceerd):
            name = f"{one.route}@{one.versie}"
            if name in routes:
                yield from _unchanged(routes[name], one.digest)
            elif reading.is_whole(Route):
                message = (
                    f"Route ‘{one.route}’ versie {one.versie} is gepubliceerd, maar ontbreekt."
                )
                yield listed.problem(("gepubliceerd", i), "gepubliceerd_ontbreekt", message)
    for name, digest in published.items():
        if name in routes:
            yield from _unchanged(routes[name], digest)


def _unchanged(part: Part[Route], digest: str) -> Iterator[Problem]:
    """The content is still what was published."""
    if not part.whole or digest_of(part.model) == digest:
        return
    route = part.model
    message = (
        f"Versie {route.versie} van route ‘{route.route}’ is gepubliceerd; de inhoud is nu anders. "
        f"Zet haar terug en maak versie {route.versie + 1} in een nieuw bestand."
    )
    yield part.problem(("versie",), "gepubliceerd_gewijzigd", message)
