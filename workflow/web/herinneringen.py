"""Which reminders will go to whom, when and why; and what became of earlier ones."""

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from workflow.domain.errors import InvalidField, WorkflowError
from workflow.domain.permissions import Permission
from workflow.web import reminder_period
from workflow.web.errors import status_of
from workflow.web.page import page, register, requires, takes_form
from workflow.web.sheet import sheet_response

STATUSES = ("planned", "queued", "sent", "skipped", "cancelled", "unsure", "failed")


@requires(Permission.LEZEN)
def get_reminders(request: Request) -> Response:
    """Plan and log from `?van=` to `?tot=` (included; default this month), filtered."""
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


@requires(Permission.LEZEN)
def get_sheet(request: Request) -> Response:
    """The mails of the same period and filter, as a table for a spreadsheet."""
    held = register(request)
    try:
        asked = reminder_period.read(request.query_params, held.today())
        text = held.reminder_sheet(asked.first, asked.last, asked.filter)
    except InvalidField as wrong:
        return PlainTextResponse(wrong.reason, status_code=400)
    return sheet_response(text, f"herinneringen-{asked.first}-{asked.last}")


def _show(
    request: Request,
    *,
    refusal: str = "",
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page, with the refusal of a decision when there was one."""
    held, query = register(request), request.query_params
    problem, asked, calendar = "", None, None
    try:
        asked = reminder_period.read(query, held.today())
        calendar = held.reminder_calendar(asked.first, asked.last, asked.filter)
    except InvalidField as wrong:
        problem = wrong.reason
    return page(
        request,
        "herinneringen.html",
        status_code=400 if problem else status,
        asked=reminder_period.typed(query, asked),
        period=asked,
        problem=problem,
        calendar=calendar,
        statuses=STATUSES,
        refusal=refusal,
        typed=typed or {},
        questions=held.mail_questions(),
        failing=held.failing_addresses(),
        may_settle=held.may(Permission.HERINNERINGEN_BEHEREN),
    )
