"""The routes of the definitions as pages and programs show them."""

from workflow.engine.definition import Route
from workflow.engine.diagram import picture_of_route
from workflow.engine.route_words import route_in_words
from workflow.engine.rules import Rules
from workflow.services.views import Json


def routes(rules: Rules) -> list[Json]:
    """The newest version of each route, by title; the one for all other voorstellen last."""
    newest = sorted(
        rules.routes.values(), key=lambda route: (route.uit_behandeltabel, route.titel.casefold())
    )
    return [_view(route, rules) for route in newest]


def route(rules: Rules, route_id: str, version: int | None = None) -> Json:
    """One route, its newest version unless another is asked; NotFound when there is none."""
    return _view(rules.version_of(route_id, version), rules)


def _view(route: Route, rules: Rules) -> Json:
    """A route for a page: its picture, its steps in words, its versions (newest first)."""
    versions = [version for name, version in rules.versions if name == route.route]
    found = route.herkenning
    return {
        "route": route.route,
        "titel": route.titel,
        "versie": route.versie,
        "versies": sorted(versions, reverse=True),
        "bron": route.bron,
        "uit_behandeltabel": route.uit_behandeltabel,
        "herkenning": {
            "onderwerp": list(found.onderwerp),
            "niet_in_onderwerp": list(found.niet_in_onderwerp),
            "tekst": list(found.tekst),
            "overleggen": [one.value for one in found.overleggen],
        }
        if found
        else None,
        "picture": picture_of_route(route, rules.definities),
        "stappen": route_in_words(route, rules.definities),
    }
