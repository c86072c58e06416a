"""Afspraken en toezeggingen: what is owed, to whom, and when; by who must act, or as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from starlette.requests import Request
from starlette.responses import Response

from workflow.domain.permissions import Permission
from workflow.web.page import page, register, requires
from workflow.web.port import Json
from workflow.web.sheet import sheet_response
from workflow.web.words import first_upper, label

GROUPS = ("overleg", "eigenaar", "gemeente")
_NOBODY = {"overleg": "Geen overleg genoemd", "eigenaar": "Geen eigenaar", "gemeente": "Alle"}


class Wanted(TypedDict):
    """Which afspraken: codes, or None for any."""

    open_only: bool
    overleg: str | None
    gemeente: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Afspraken that belong together; `title` is empty when they are not grouped."""

    title: str
    rows: tuple[Json, ...]


@requires(Permission.LEZEN)
def get_obligations(request: Request) -> Response:
    """What is open; `?alle=1` shows what is done and lapsed as well, `?per=` groups."""
    asked = _asked(request)
    rows = _rows(request, asked)
    parts = [one for one in rows if one.get("rapportage")]
    own = [one for one in rows if not one.get("rapportage") or asked["gemeente"]]
    return page(
        request,
        "afspraken.html",
        groups=_grouped(own, asked["per"]),
        parts={one["id"]: _progress(one["id"], parts) for one in own},
        asked=asked,
        choices=register(request).choices(),
        query=str(request.url.query),
    )


@requires(Permission.LEZEN)
def get_sheet(request: Request) -> Response:
    """The same as a table for a spreadsheet; no cell of it is a formula."""
    text = register(request).obligations_sheet(**_wanted(_asked(request)))
    return sheet_response(text, "afspraken")


def _asked(request: Request) -> dict[str, str]:
    """What the reader wants to see; an unknown grouping is none."""
    given = {name: request.query_params.get(name, "") for name in ("overleg", "gemeente", "alle")}
    per = request.query_params.get("per", "")
    return {**given, "per": per if per in GROUPS else ""}


def _rows(request: Request, asked: dict[str, str]) -> list[Json]:
    return register(request).obligations(**_wanted(asked))


def _wanted(asked: dict[str, str]) -> Wanted:
    """The same for the register."""
    return {
        "open_only": not asked["alle"],
        "overleg": asked["overleg"] or None,
        "gemeente": asked["gemeente"] or None,
    }


def _grouped(rows: Sequence[Json], per: str) -> list[Group]:
    """The rows in groups, in the order of their first row; one without a name when not asked."""
    names: dict[str, Callable[[Json], Sequence[str]]] = {
        "overleg": lambda one: one.get("overleggen") or (),
        "eigenaar": lambda one: [label(owner) for owner in one["eigenaars"]],
        "gemeente": lambda one: [one["gemeente"]] if one.get("gemeente") else (),
    }
    if per not in names:
        return [Group(title="", rows=tuple(rows))] if rows else []
    found: dict[str, list[Json]] = {}
    for one in rows:
        for name in names[per](one) or (_NOBODY[per],):
            found.setdefault(name, []).append(one)
    return [Group(title=first_upper(title), rows=tuple(own)) for title, own in found.items()]


def _progress(report: str, parts: Sequence[Json]) -> Json | None:
    """How many local parts of a report are in, and whose are not; None when it has none."""
    own = [one for one in parts if one["rapportage"] == report]
    if not own:
        return None
    waiting = [one["gemeente"] for one in own if one["state"] in ("openstaand", "in_voorbereiding")]
    return {"done": len(own) - len(waiting), "all": len(own), "waiting": waiting}
