"""The list of voorstellen, and a voorstel without a document."""

import secrets

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workflow.domain.errors import InvalidField, WorkflowError
from workflow.domain.permissions import Permission
from workflow.web import words
from workflow.web.act_form import Field, Option
from workflow.web.dates import read_date
from workflow.web.errors import status_of
from workflow.web.page import page, register, requires, takes_form
from workflow.web.paths import dossier_path
from workflow.web.port import Json

PER_PAGE = 50

POINTS = "beslispunten"  # one field on the page, one `beslispunt_NR` each for the register

NEW_FIELDS = (
    ("onderwerp", "Onderwerp", "text", True, ""),
    ("kenmerk", "Kenmerk", "half", False, "Leeg: het volgende nummer van dit jaar."),
    ("datum", "Datum", "date", False, "Leeg: vandaag."),
    ("eenheid", "Eenheid", "half", False, ""),
    ("verspreiden", "Verspreiden", "choice", False, ""),
    (
        "contactpersoon",
        "Contactpersonen",
        "long",
        False,
        "Naam, organisatie <e-mail>. Eén per regel.",
    ),
    (POINTS, "Beslispunten", "long", False, "Eén per regel. Ze krijgen de nummers 1, 2, …"),
    ("toelichting", "Toelichting", "long", False, ""),
    ("route", "Route", "choice", False, "Leeg: de behandeltabel zelf is de route."),
)


@requires(Permission.LEZEN)
def get_list(request: Request) -> Response:
    """One page of the list, searched and filtered by the query string."""
    query = request.query_params
    asked = {name: query.get(name, "").strip() for name in ("zoek", "stand", "overleg", "open")}
    wanted = query.get("pagina", "1")
    number = max(int(wanted), 1) if wanted.isdecimal() and len(wanted) < 6 else 1
    held = register(request)
    found = held.voorstellen(
        state=asked["stand"] or None,
        overleg=asked["overleg"] or None,
        open_only=bool(asked["open"]),
        search=asked["zoek"] or None,
        limit=PER_PAGE + 1,
        offset=(number - 1) * PER_PAGE,
    )
    return page(
        request,
        "voorstellen.html",
        rows=found[:PER_PAGE],
        asked=asked,
        filtered=any(asked.values()),
        choices=held.choices(),
        number=number,
        previous=_link(request, number - 1) if number > 1 else "",
        following=_link(request, number + 1) if len(found) > PER_PAGE else "",
    )


def _link(request: Request, number: int) -> str:
    return f"?{request.url.include_query_params(pagina=number).query}"


@requires(Permission.VOORSTEL_BEHEREN)
def get_new(request: Request) -> Response:
    """An empty form."""
    return _show(request, {}, secrets.token_urlsafe(16), None)


@takes_form
@requires(Permission.VOORSTEL_BEHEREN)
def post_new(request: Request, form: FormData) -> Response:
    """Make the dossier and go there; a refusal keeps what was typed."""
    typed = {name: str(form.get(name, "")).strip() for name, *_ in NEW_FIELDS}
    command_id = str(form.get("opdracht", ""))
    try:
        made = register(request).new(fields=_given(typed), command_id=command_id or None)
    except WorkflowError as refusal:
        return _show(request, typed, command_id, refusal)
    return RedirectResponse(dossier_path(made["kenmerk"]), status_code=303)


def _given(typed: dict[str, str]) -> dict[str, str]:
    """What was filled in, as the register asks it; raises InvalidField for what is no date."""
    given = {name: value for name, value in typed.items() if value}
    if "datum" in given:
        given["datum"] = read_date(given["datum"], "datum").isoformat()
    lines = [line.strip() for line in given.pop(POINTS, "").splitlines() if line.strip()]
    return given | {f"beslispunt_{nr}": line for nr, line in enumerate(lines, start=1)}


def _show(
    request: Request, typed: dict[str, str], command_id: str, error: WorkflowError | None
) -> Response:
    choices = register(request).choices()
    fields = [
        Field(
            id=name,
            name=name,
            label=label,
            kind=kind,
            required=required,
            hint=hint,
            options=_options(name, choices),
            value=typed.get(name, ""),
            error=_error_for(name, error),
        )
        for name, label, kind, required, hint in NEW_FIELDS
    ]
    return page(
        request,
        "nieuw.html",
        status_code=200 if error is None else status_of(error),
        fields=fields,
        command_id=command_id,
        error=error,
        faulty=[field for field in fields if field.error],
    )


def _options(name: str, choices: Json) -> tuple[Option, ...]:
    if name == "verspreiden":
        return (Option(value="ja", label="Ja"), Option(value="nee", label="Nee"))
    found = choices["routes"] if name == "route" else []
    return tuple(Option(value=one["value"], label=one["label"]) for one in found)


def _error_for(name: str, error: WorkflowError | None) -> str:
    if not isinstance(error, InvalidField):
        return ""
    field = POINTS if error.field.startswith("beslispunt") else error.field
    return words.first_upper(error.reason) if field == name else ""
