"""The shipped folder with a route of a test's own, judged in memory."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

from tests.engine.organisation import SHIPPED
from workflow.bootstrap import registries
from workflow.engine.check import CheckReport, judge
from workflow.engine.definition import Route
from workflow.engine.files import Part, Reading, definities_of, model_for
from workflow.engine.folder import read_folder
from workflow.engine.rules import Rules
from workflow.engine.shape import read_model
from workflow.engine.source import read_source

FILE = "routes/gemaakt.yaml"


@cache
def shipped() -> Reading:
    """The shipped folder as read, with the one route that cannot be missed."""
    reading = read_folder(SHIPPED)
    kept = (one for one in reading.parts if _is_kept(one))
    return replace(reading, parts=tuple(kept))


def _is_kept(part: Part[Any]) -> bool:
    """Not a route of the organisation, nor what leans on one."""
    if isinstance(part.model, Route):
        return part.model.uit_behandeltabel
    return part.file not in ("cycli.yaml", "herinneringen.yaml", "gepubliceerd.yaml")


def reading_with(route: dict[str, Any]) -> Reading:
    """The shipped folder with this route, read as if it were a file of it."""
    tree, problems = read_source(FILE, json.dumps(route, ensure_ascii=False, indent=1).encode())
    model, wrong, whole = read_model(FILE, tree, Route)
    base = shipped()
    own = (Part(file=FILE, model=model, tree=tree, whole=whole),) if model else ()
    return replace(base, parts=(*base.parts, *own), problems=(*base.problems, *problems, *wrong))


def spoiled(file: str, old: str, new: str) -> Reading:
    """The whole shipped folder, with one text in one of its files replaced."""
    whole = read_folder(SHIPPED)
    text = (SHIPPED / file).read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {file}"
    tree, problems = read_source(file, text.replace(old, new).encode())
    kind = model_for(file)
    assert kind is not None
    model, wrong, is_whole = read_model(file, tree, kind)
    own = [Part(file=file, model=model, tree=tree, whole=is_whole)] if model else []
    parts = [one for one in whole.parts if one.file not in (file, "gepubliceerd.yaml")] + own
    return replace(whole, parts=tuple(parts), problems=(*whole.problems, *problems, *wrong))


def judged(route: dict[str, Any]) -> CheckReport:
    """The verdict over that folder."""
    return judge(reading_with(route), registries())


def rules_with(route: Route) -> Rules:
    """The shipped definitions with this route, ready for use."""
    definities = definities_of(shipped())
    more = definities.model_copy(update={"routes": (*definities.routes, route)})
    return Rules(definities=more, digest="")
