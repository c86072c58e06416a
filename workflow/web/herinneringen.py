"""Which reminders will go to whom, when and why; and what became of earlier ones."""

from collections.abc import Mapping
from datetime import timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workflow.domain.errors import InvalidField, WorkflowError
from workflow.domain.permissions import Permission
from workflow.web import words
from workflow.web.dates import read_date
from workflow.web.errors import status_of
from workflow.web.page import page, register, requires, takes_form

AHEAD = timedelta(days=30)
LONGEST = timedelta(days=3 * 366)
SHOWN = 50  # of the log; the command line prints all of it


@requires(Permission.LEZEN)
def get_reminders(request: Request) -> Response:
    """The log, and what is planned from `?van=` to `?tot=` (included; default thirty days)."""
    return _show(request)


@takes_form
@requires(Permission.HERINNERINGEN_BEHEREN)
def post_settle(request: Request, form: FormData) -> Response:
    """Decide on a mail that is in doubt or failed, with the button that was pressed."""
    key, address = str(form.get("sleutel", "")), str(form.get("adres", "")).strip()
    try:
        register(request).settle_mail(
            key,
            str(form.get("besluit", "")),
            reason=str(form.get("reden", "")) or None,
            address=address or None,
        )
    except WorkflowError as refusal:
        return _show(request, refusal=str(refusal), typed={key: address}, status=status_of(refusal))
    return RedirectResponse("/herinneringen#beslissen", status_code=303)


@takes_form
@requires(Permission.HERINNERINGEN_BEHEREN)
def post_works(request: Request, form: FormData) -> Response:
    """Say that an address takes mail again."""
    try:
        register(request).clear_address(str(form.get("adres", "")))
    except WorkflowError as refusal:
        return _show(request, refusal=str(refusal), status=status_of(refusal))
    return RedirectResponse("/herinneringen#adressen", status_code=303)


def _show(
    request: Request,
    *,
    refusal: str = "",
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page, with the refusal of a decision when there was one."""
    held = register(request)
    today = held.today()
    asked = {
        "van": request.query_params.get("van") or words.day(today),
        "tot": request.query_params.get("tot") or words.day(today + AHEAD),
    }
    problem, planned = "", []
    log = list(reversed(held.reminder_log()))
    try:
        first, last = read_date(asked["van"], "van"), read_date(asked["tot"], "tot")
        if last < first:
            problem = "De laatste dag ligt eerder dan de eerste. Draai ze om."
        elif last - first > LONGEST:
            problem = "Kies een periode van hoogstens drie jaar."
        else:
            planned = held.reminders(first=first, last=last)
    except InvalidField as wrong:
        problem = wrong.reason
    except WorkflowError as wrong_period:
        problem = str(wrong_period)
    return page(
        request,
        "herinneringen.html",
        status_code=400 if problem else status,
        asked=asked,
        problem=problem,
        planned=planned,
        log=log[:SHOWN],
        refusal=refusal,
        typed=typed or {},
        questions=held.mail_questions(),
        failing=held.failing_addresses(),
        may_settle=held.may(Permission.HERINNERINGEN_BEHEREN),
        earlier=max(len(log) - SHOWN, 0),
    )
