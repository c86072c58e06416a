"""Which reminders will go to whom, when and why; and what became of earlier ones."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.errors import InvalidField, WorkflowError
from workflow.domain.permissions import Permission
from workflow.web import words
from workflow.web.dates import read_date
from workflow.web.page import page, register, requires

AHEAD = timedelta(days=30)
LONGEST = timedelta(days=3 * 366)
SHOWN = 50  # of the log; the command line prints all of it


@requires(Permission.LEZEN)
def get_reminders(request: Request) -> Response:
    """The log, and what is planned from `?van=` to `?tot=` (included; default thirty days)."""
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
    except WorkflowError as refusal:
        problem = str(refusal)
    return page(
        request,
        "herinneringen.html",
        status_code=400 if problem else 200,
        asked=asked,
        problem=problem,
        planned=planned,
        log=log[:SHOWN],
        earlier=max(len(log) - SHOWN, 0),
    )
