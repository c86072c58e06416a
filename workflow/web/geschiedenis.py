"""The history as a whole: recompute it now, and look at a dossier as it was known."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workflow.domain.permissions import Permission
from workflow.web.page import page, register, requires
from workflow.web.paths import dossier_path

SHOWN = 50


@requires(Permission.GESCHIEDENIS_CONTROLEREN)
def get_history(request: Request) -> Response:
    """Ways into the history; `?nagerekend=nu` recomputes all of it and shows the verdict."""
    held = register(request)
    asked = request.query_params.get("nagerekend") == "nu"
    return page(
        request,
        "geschiedenis.html",
        today=held.today(),
        verdict=held.verify() if asked else None,
        dossiers=held.voorstellen(limit=SHOWN),
    )


@requires(Permission.LEZEN)
def get_as_of(request: Request) -> Response:
    """From the two fields of the form to the dossier as it was known on that day."""
    kenmerk = request.query_params.get("kenmerk", "").strip()
    day = request.query_params.get("op", "").strip()
    if not kenmerk:
        return RedirectResponse("/geschiedenis", status_code=303)
    query = f"?{urlencode({'op': day})}" if day else ""
    return RedirectResponse(f"{dossier_path(kenmerk)}{query}", status_code=303)
