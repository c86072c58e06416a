"""Mijn werk: the one thing to do first, then the rest."""

from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.web.page import page, register, requires


@requires(Permission.LEZEN)
def get_work(request: Request) -> Response:
    """What is late or due, what runs, and which overleggen come."""
    held = register(request)
    work = held.work()
    return page(
        request,
        "mijn_werk.html",
        today=held.today(),
        first=work["items"][0] if work["items"] else None,
        items=work["items"][1:],
        late=len(work["late"]),
        this_week=len(work["this_week"]),
        running=work["running"],
        meetings=work["meetings"],
        afspraken=held.obligations(open_only=True)[:4],
    )
