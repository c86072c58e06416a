"""A calendar under its secret address: read by calendar programs, which cannot log in."""

from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.web.limits import guessing
from workflow.web.page import register, requires


@requires(Permission.LEZEN)
def get_calendar(request: Request) -> Response:
    """The calendar file; whoever has the address may read it, whoever guesses is slowed down."""
    with guessing(request):
        content = register(request).calendar(request.path_params["token"])
    return Response(
        content,
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="besluitroute.ics"'},
    )
