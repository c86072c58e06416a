"""Which gemeenteraad was informed of which voorstel."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.web.page import page, register, requires
from workflow.web.port import Json
from workflow.web.route_picture import settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One voorstel across the gemeenten; a cell is None where the gemeente has no part."""

    kenmerk: str
    onderwerp: str
    cells: tuple[Json | None, ...]
    done: int
    total: int


@requires(Permission.LEZEN)
def get_councils(request: Request) -> Response:
    """The matrix: a line per voorstel, a column per gemeente; `?open=1` leaves out what is done."""
    held = register(request)
    open_only = bool(request.query_params.get("open"))
    found = held.council()
    gemeenten = sorted({row["gemeente"] for row in found})
    subjects = {row["kenmerk"]: row["onderwerp"] for row in held.voorstellen()}
    by_case: dict[str, list[Json]] = {}
    for row in found:
        by_case.setdefault(row["kenmerk"], []).append(row)
    lines = [_line(kenmerk, rows, gemeenten, subjects) for kenmerk, rows in by_case.items()]
    return page(
        request,
        "gemeenteraden.html",
        gemeenten=gemeenten,
        lines=[line for line in lines if not open_only or line.done < line.total],
        hidden=sum(1 for line in lines if open_only and line.done >= line.total),
        open_only=open_only,
    )


def _line(kenmerk: str, rows: list[Json], gemeenten: list[str], subjects: dict[str, str]) -> Line:
    at = {row["gemeente"]: row for row in rows}
    relevant = [row for row in rows if row["state"] != "niet_van_toepassing"]
    return Line(
        kenmerk=kenmerk,
        onderwerp=subjects.get(kenmerk, ""),
        cells=tuple(at.get(name) for name in gemeenten),
        done=settled(rows),
        total=len(relevant),
    )
