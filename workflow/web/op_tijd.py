"""On time, moved or late, per eenheid: a chart with its table, and the same for a spreadsheet."""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from workflow.domain.errors import InvalidField
from workflow.domain.permissions import Permission
from workflow.web import words
from workflow.web.bars import bars
from workflow.web.dates import read_date
from workflow.web.page import page, register, requires
from workflow.web.sheet import sheet_response

LONGEST = timedelta(days=10 * 366)


@requires(Permission.LEZEN)
def get_on_time(request: Request) -> Response:
    """What fell due from `?van=` to `?tot=` (included; default this year)."""
    held, query = register(request), request.query_params
    shown, problem = None, ""
    asked = {"van": query.get("van", ""), "tot": query.get("tot", "")}
    sheet = ""
    try:
        first, last = _period(query, held.today())
        asked = {"van": words.day(first), "tot": words.day(last)}
        sheet = f"/op-tijd.csv?{urlencode({'van': first, 'tot': last})}"
        shown = held.on_time(first, last)
    except InvalidField as wrong:
        problem = wrong.reason
    found = [one for one in shown["subjects"] if one["units"]] if shown else []
    return page(
        request,
        "op_tijd.html",
        status_code=400 if problem else 200,
        asked=asked,
        problem=problem,
        sheet=sheet,
        subjects=[
            {**one, "chart": bars(one["units"], f"{one['title']} per eenheid")} for one in found
        ],
    )


@requires(Permission.LEZEN)
def get_sheet(request: Request) -> Response:
    """The same counts as a table for a spreadsheet."""
    held = register(request)
    try:
        first, last = _period(request.query_params, held.today())
        text = held.on_time_sheet(first, last)
    except InvalidField as wrong:
        return PlainTextResponse(wrong.reason, status_code=400)
    return sheet_response(text, f"op-tijd-{first}-{last}")


def _period(query: Mapping[str, str], today: date) -> tuple[date, date]:
    """The days asked for; InvalidField when these cannot be."""
    first = read_date(query["van"], "van") if query.get("van") else date(today.year, 1, 1)
    last = read_date(query["tot"], "tot") if query.get("tot") else date(first.year, 12, 31)
    if last < first:
        raise InvalidField("tot", "De laatste dag ligt eerder dan de eerste. Draai ze om.")
    if last - first > LONGEST:
        raise InvalidField("tot", "Kies een periode van hoogstens tien jaar.")
    return first, last
