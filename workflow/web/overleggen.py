"""The vergaderingen with their points."""

from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.web.page import page, register, requires


@requires(Permission.LEZEN)
def get_meetings(request: Request) -> Response:
    """What comes first, then what has been, the latest first."""
    held = register(request)
    today = held.today().isoformat()
    meetings = held.vergaderingen()
    # Days of the calendar without a point are only of interest as long as they come.
    past = [one for one in meetings if one["datum"] < today and one["punten"]]
    return page(
        request,
        "overleggen.html",
        coming=[one for one in meetings if one["datum"] >= today],
        past=list(reversed(past)),
    )
