"""Mijn werk: the one thing to do first, then the rest."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.web.page import page, register, requires
from workflow.web.paths import dossier_path
from workflow.web.port import Json


def _where(item: Json) -> str:
    """The page on which a task is done."""
    if not item["kenmerk"]:
        return "/afspraken"
    path = dossier_path(item["kenmerk"])
    if not item["action"]:
        return path
    query = f"?{urlencode({'behandeling': item['behandeling']})}" if item["behandeling"] else ""
    return f"{path}/doe/{item['action']}{query}"


@requires(Permission.LEZEN)
def get_work(request: Request) -> Response:
    """What is late or due, what runs, and which overleggen come."""
    held = register(request)
    work = held.work()
    items = [{**item, "href": _where(item)} for item in work["items"]]
    # What to do first is an act on a dossier; a report that is owed cannot be done with a click.
    first = next((item for item in items if item["kenmerk"]), None)
    return page(
        request,
        "mijn_werk.html",
        today=held.today(),
        first=first,
        items=[item for item in items if item is not first],
        late=len(work["late"]),
        this_week=len(work["this_week"]),
        running=work["running"],
        meetings=work["meetings"],
        afspraken=held.obligations(open_only=True)[:4],
    )
