"""The routes: which there are, and each with its picture, its steps in words, its versions."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.web.page import page, register, requires

LONGEST = 6  # digits of a version number


@requires(Permission.LEZEN)
def get_routes(request: Request) -> Response:
    """The newest version of every route, with its picture."""
    return page(request, "routes.html", routes=register(request).routes())


@requires(Permission.LEZEN)
def get_route(request: Request) -> Response:
    """One route, or with `?versie=` an earlier version of it."""
    found = register(request).route(request.path_params["route"], version=_version(request))
    return page(request, "route_definitie.html", route=found)


def _version(request: Request) -> int | None:
    """The version in the address; none: the newest. 404 when it is no number."""
    text = request.query_params.get("versie", "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST:
        raise HTTPException(status_code=404)
    return int(text)
