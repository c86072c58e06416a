"""Which gemeenteraad was informed of which voorstel."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.domain.raadsinformatie import INFORM
from workflow.web.page import page, register, requires
from workflow.web.port import Json
from workflow.web.route_picture import NO_PART, informed
from workflow.web.words import first_upper, label


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One round of a voorstel across the gemeenten; a cell is None where one has no part."""

    kenmerk: str
    onderwerp: str
    cells: tuple[Json | None, ...]
    summary: str  # "6 van 7 raden geïnformeerd", "colleges: 3 van 7 klaar"
    settled: bool


@requires(Permission.LEZEN)
def get_councils(request: Request) -> Response:
    """The matrix: a line per voorstel and step, a column per gemeente.

    `?open=1` leaves out what is done.
    """
    held = register(request)
    open_only = bool(request.query_params.get("open"))
    found = held.council()
    gemeenten = sorted({row["gemeente"] for row in found})
    by_step: dict[tuple[str, str], list[Json]] = {}
    for row in found:
        by_step.setdefault((row["kenmerk"], row.get("stap") or ""), []).append(row)
    lines = [_line(rows, gemeenten) for rows in by_step.values()]
    return page(
        request,
        "gemeenteraden.html",
        gemeenten=gemeenten,
        lines=[line for line in lines if not (open_only and line.settled)],
        hidden=sum(1 for line in lines if open_only and line.settled),
        open_only=open_only,
    )


def _line(rows: list[Json], gemeenten: list[str]) -> Line:
    newest = [row for row in rows if row.get("laatste", True)]
    at = {row["gemeente"]: row for row in newest}
    return Line(
        kenmerk=rows[0]["kenmerk"],
        onderwerp=rows[0]["onderwerp"],
        cells=tuple(at.get(name) for name in gemeenten),
        summary=_summary(newest),
        settled=all(row["klaar"] for row in newest),
    )


def _summary(rows: list[Json]) -> str:
    """How far it is; a round that asks for an answer names its step."""
    if rows[0].get("deelroute", INFORM) == INFORM:
        done, total = informed(rows)
        return f"{done} van {total} raden geïnformeerd"
    part = [row for row in rows if row["state"] not in NO_PART]
    done = sum(1 for row in part if row["klaar"])
    return f"{first_upper(label(rows[0]['stap']))}: {done} van {len(part)} klaar"
