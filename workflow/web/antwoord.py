"""The page behind the link in a mail: it asks, and only a button answers."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workflow.domain.errors import InvalidField, NotFound, WorkflowError
from workflow.domain.permissions import Permission
from workflow.web.dates import read_date
from workflow.web.errors import status_of
from workflow.web.limits import guessing
from workflow.web.page import page, register, requires, takes_form


@requires(Permission.ANTWOORDEN)
def get_question(request: Request) -> Response:
    """What is asked, with a button for each answer. A link or a mail scanner answers nothing."""
    return _show(request)


@takes_form
@requires(Permission.ANTWOORDEN)
def post_answer(request: Request, form: FormData) -> Response:
    """Record the answer of the button that was pressed; then show it."""
    secret = request.path_params["token"]
    typed = {name: str(form.get(name, "")).strip() for name in ("antwoord", "datum", "wie")}
    try:
        with guessing(request):
            given = typed["datum"] if typed["antwoord"] == "lever_op" else ""
            day = read_date(given, "datum") if given else None
            register(request).answer(secret, typed["antwoord"], day, typed["wie"])
    except NotFound:
        raise
    except WorkflowError as refusal:
        shown = refusal.reason if isinstance(refusal, InvalidField) else str(refusal)
        return _show(request, typed=typed, error=shown, status=status_of(refusal))
    return RedirectResponse(f"/antwoord/{secret}", status_code=303)


def _show(
    request: Request, *, typed: dict[str, str] | None = None, error: str = "", status: int = 200
) -> Response:
    with guessing(request):
        question = register(request).question(request.path_params["token"])
    return page(
        request,
        "antwoord.html",
        status_code=status,
        question=question,
        typed=typed or {},
        error=error,
    )
