"""Every page says who may see it, and every act who may do it."""

from starlette.routing import Route

from workflow.domain.permissions import Permission
from workflow.web.app import ROUTES

# One endpoint for all acts: each act has its own right in the definition, which the service asks.
BY_ACT = {"/voorstellen/{kenmerk:kenmerk}/doe/{action}"}
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


def _permission(route: Route) -> object:
    """What the endpoint of a route declares with `requires`."""
    return getattr(route.endpoint, "permission", None)


def test_every_route_declares_a_permission() -> None:
    """A page that forgot to say who may see it does not pass."""
    bare = [
        f"{route.path}: {route.endpoint.__name__}"
        for route in ROUTES
        if not isinstance(_permission(route), Permission)
    ]
    assert bare == []


def test_no_route_changes_something_with_the_right_to_read() -> None:
    """Who may only read cannot reach an endpoint that takes a form."""
    weak = [
        f"{route.path}: {route.endpoint.__name__}"
        for route in ROUTES
        if CHANGING & (route.methods or set())
        and _permission(route) is Permission.LEZEN
        and route.path not in BY_ACT
    ]
    assert weak == []


def test_looking_changes_nothing() -> None:
    """One route either shows or changes; a link or a crawler can do no harm."""
    mixed = [
        route.path
        for route in ROUTES
        if CHANGING & (route.methods or set()) and {"GET", "HEAD"} & (route.methods or set())
    ]
    assert mixed == []
