"""For the functional manager: versions of routes, and running cases to another version."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workflow.domain.errors import WorkflowError
from workflow.domain.permissions import Permission
from workflow.web.errors import status_of
from workflow.web.page import page, register, requires, takes_form
from workflow.web.port import Json

LONGEST = 6  # digits of a number of a version, or of cases
_STEP = "stap_"  # before the name of a step: which new one takes its place


@requires(Permission.DEFINITIES_BEHEREN)
def get_definitions(request: Request) -> Response:
    """Every route with its versions, and how many cases stand on each."""
    return page(request, "definities.html", routes=register(request).definitions())


@requires(Permission.DEFINITIES_BEHEREN)
def get_migration(request: Request) -> Response:
    """What a migration from `?van=` to `?naar=` would do to each running case."""
    return _show(request, request.query_params)


@takes_form
@requires(Permission.DEFINITIES_BEHEREN)
def post_migration(request: Request, form: FormData) -> Response:
    """Do what the preview showed; when it would show something else now, show that instead."""
    given = {name: str(value) for name, value in form.items()}
    old, new = _numbers(given)
    route, mapping = request.path_params["route"], _mapping(given)
    try:
        done = register(request).migrate(
            route,
            old=old,
            new=new,
            mapping=mapping,
            reason=given.get("reden", ""),
            seen=given.get("gezien", ""),
        )
    except WorkflowError as refusal:
        return _show(request, given, refusal=refusal)
    steps = {f"{_STEP}{name}": value for name, value in mapping.items()}
    asked = {"van": old, "naar": new, **steps, "gemigreerd": done["totals"]["gemigreerd"]}
    return RedirectResponse(
        f"/definities/{route}/migratie/klaar?{urlencode(asked)}", status_code=303
    )


@requires(Permission.DEFINITIES_BEHEREN)
def get_done(request: Request) -> Response:
    """How many were migrated, and of those that stayed why."""
    given = request.query_params
    shown = _preview(request, given)
    done = _number(given.get("gemigreerd", ""))
    rest = [one for one in shown["voorstellen"] if one["reasons"]]
    return page(request, "gemigreerd.html", shown=shown, done=done, rest=rest)


def _show(
    request: Request, given: Mapping[str, str], *, refusal: WorkflowError | None = None
) -> Response:
    """The preview as it is now, with what was typed and why it was refused."""
    shown = _preview(request, given)
    can = [one for one in shown["voorstellen"] if not one["reasons"]]
    return page(
        request,
        "migratie.html",
        status_code=status_of(refusal) if refusal else 200,
        shown=shown,
        can=can,
        groups=_groups(can),
        cannot=[one for one in shown["voorstellen"] if one["reasons"]],
        reason=given.get("reden", ""),
        refusal=str(refusal) if refusal else "",
    )


def _groups(cases: Sequence[Json]) -> list[Json]:
    """The cases to which the same happens, together: what it is, and which they are."""
    found: dict[tuple[str, ...], list[Json]] = {}
    for one in cases:
        found.setdefault(tuple(one["changes"]), []).append(one)
    return [{"texts": texts, "cases": group} for texts, group in found.items()]


def _preview(request: Request, given: Mapping[str, str]) -> Json:
    """What the register says of a migration; a step without a choice stays without a place."""
    old, new = _numbers(given)
    route = request.path_params["route"]
    return register(request).migration(route, old=old, new=new, mapping=_mapping(given))


def _mapping(given: Mapping[str, str]) -> dict[str, str]:
    """Which new step takes the place of an old one."""
    return {
        name.removeprefix(_STEP): value
        for name, value in given.items()
        if name.startswith(_STEP) and value
    }


def _numbers(given: Mapping[str, str]) -> tuple[int, int]:
    """From which version to which; 404 when the address does not say so."""
    return _number(given.get("van", "")), _number(given.get("naar", ""))


def _number(text: str) -> int:
    """A whole number; 404 for anything else."""
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST:
        raise HTTPException(status_code=404)
    return int(text)
