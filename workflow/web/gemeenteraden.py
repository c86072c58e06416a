"""Which gemeenteraad was informed of which voorstel."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.web.page import page, register, requires
from workflow.web.port import Json
from workflow.web.route_picture import informed


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One voorstel across the gemeenten; a cell is None where the gemeente has no part."""

    kenmerk: str
    onderwerp: str
    cells: tuple[Json | None, ...]
    done: int
    total: int
    settled: bool


@requires(Permission.LEZEN)
def get_councils(request: Request) -> Response:
    """The matrix: a line per voorstel, a column per gemeente; `?open=1` leaves out what is done."""
    held = register(request)
    open_only = bool(request.query_params.get("open"))
    found = held.council()
    gemeenten = sorted({row["gemeente"] for row in found})
    by_case: dict[str, list[Json]] = {}
    for row in found:
        by_case.setdefault(row["kenmerk"], []).append(row)
    lines = [_line(rows, gemeenten) for rows in by_case.values()]
    return page(
        request,
        "gemeenteraden.html",
        gemeenten=gemeenten,
        lines=[line for line in lines if not (open_only and line.settled)],
        hidden=sum(1 for line in lines if open_only and line.settled),
        open_only=open_only,
    )


def _line(rows: list[Json], gemeenten: list[str]) -> Line:
    at = {row["gemeente"]: row for row in rows}
    done, total = informed(rows)
    return Line(
        kenmerk=rows[0]["kenmerk"],
        onderwerp=rows[0]["onderwerp"],
        cells=tuple(at.get(name) for name in gemeenten),
        done=done,
        total=total,
        settled=all(row["klaar"] for row in rows),
    )
