"""What the pages about definitions show: versions in use, and a migration before it is done."""

from workflow.domain.permissions import Permission
from workflow.engine.definition import Route
from workflow.engine.differences import (
    likely_renames,
    route_differences,
    short_names,
    step_in_words,
)
from workflow.services.definition_diff import routes_in_use
from workflow.services.migration import preview
from workflow.services.migration_plan import Json, Migration
from workflow.services.session import Session


def definitions(session: Session) -> list[Json]:
    """Every route with its versions and how many cases stand on each."""
    session.require(Permission.DEFINITIES_BEHEREN, "Bekijk de definities")
    return routes_in_use(session.rules, session.reader)


def migration(session: Session, asked: Migration) -> Json:
    """A preview, with what the new version changes and which steps still need a place.

    Raises as `preview`.
    """
    found = preview(session, asked)
    rules = session.rules
    old, new = (rules.version_of(asked.route, one) for one in (asked.old, asked.new))
    names = short_names(rules.definities.overleggen)
    return {
        **found.as_json(),
        "titel": new.titel,
        "differences": [one.text for one in route_differences(old, new, names)],
        "gone": _gone(old, new, names),
        "steps": [
            {"value": step.stap, "label": step_in_words(step, names)} for step in new.stappen
        ],
        "seen": found.seen,
    }


def _gone(old: Route, new: Route, names: dict[str, str]) -> list[Json]:
    """The steps of the old version that the new one does not have, with a likely new name."""
    there = {step.stap for step in new.stappen}
    renamed = likely_renames(old, new)
    return [
        {
            "step": step.stap,
            "label": step_in_words(step, names),
            "suggested": renamed.get(step.stap),
        }
        for step in old.stappen
        if step.stap not in there
    ]
