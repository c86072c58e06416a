"""The dossier: the paper's own table, what can be done now, and what was done."""

from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.web import dossier_view
from workflow.web.act_form import acts_of
from workflow.web.dates import read_date
from workflow.web.page import page, register, requires
from workflow.web.rounds_view import councils
from workflow.web.route_picture import route_picture

RECENT = 8  # events shown on the dossier; the rest stands on its own page


@requires(Permission.LEZEN)
def get_dossier(request: Request) -> Response:
    """One dossier, now or with `?op=` as it was known at the end of that day."""
    kenmerk = request.path_params["kenmerk"]
    as_of = _day(request)
    held = register(request)
    dossier = held.dossier(kenmerk, as_of=as_of)
    acts = [] if as_of else acts_of(kenmerk, held.actions(kenmerk))
    events = dossier_view.known_events(held.history(kenmerk), as_of)
    return page(
        request,
        "dossier.html",
        dossier=dossier,
        as_of=as_of,
        picture=route_picture(dossier),
        now=dossier_view.now(dossier, acts, held.today()),
        rows=dossier_view.rows(dossier, acts),
        columns=dossier_view.columns(dossier),
        points=dossier_view.points(dossier),
        councils=councils(dossier, acts),
        afspraken=dossier_view.afspraken(dossier, acts),
        papers=dossier_view.papers(dossier),
        may_attach=not as_of and held.may(Permission.STUKKEN_BEHEREN),
        events=events[:RECENT],
        more=len(events) > RECENT,
        proof=None if as_of else held.proof(kenmerk),
        told=None if as_of else held.told(kenmerk),
    )


@requires(Permission.LEZEN)
def get_history(request: Request) -> Response:
    """All events of one dossier, newest first, with what an auditor needs of each."""
    kenmerk = request.path_params["kenmerk"]
    held = register(request)
    return page(
        request,
        "dossier_geschiedenis.html",
        dossier=held.dossier(kenmerk),
        events=dossier_view.known_events(held.history(kenmerk), None),
        proof=held.proof(kenmerk),
    )


def _day(request: Request) -> str | None:
    """The day in `?op=`, or None; raises InvalidField when it is not a date."""
    text = request.query_params.get("op", "").strip()
    if not text:
        return None
    return read_date(text, "op").isoformat()
