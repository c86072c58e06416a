"""Afspraken en toezeggingen: what is owed, to whom, and when."""

from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.web.page import page, register, requires


@requires(Permission.LEZEN)
def get_obligations(request: Request) -> Response:
    """What is open; `?alle=1` shows what is done and lapsed as well."""
    everything = bool(request.query_params.get("alle"))
    return page(
        request,
        "afspraken.html",
        afspraken=register(request).obligations(open_only=not everything),
        everything=everything,
    )
