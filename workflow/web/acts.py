"""One act on its own page: GET shows the form, POST acts once and goes back to the dossier."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workflow.domain.errors import InvalidField, NotFound, Stale, WorkflowError
from workflow.domain.permissions import Permission
from workflow.web import act_form, words
from workflow.web.act_form import Act, Asked, Field, Typed
from workflow.web.dates import read_date
from workflow.web.errors import status_of
from workflow.web.page import page, register, requires, takes_form
from workflow.web.paths import dossier_path
from workflow.web.port import Json, Register
from workflow.web.route_picture import row_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an act is about, besides its dossier."""

    behandeling: str | None = None
    gemeente: str | None = None
    afspraak: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A form as it came in."""

    target: Target
    typed: Typed
    dates: frozenset[str]  # names of the fields that hold a date as typed
    happened: str
    remark: str
    version: int
    command_id: str


def _target(source: Mapping[str, object]) -> Target:
    """The target in a query string or a form."""
    found = {
        name: str(source[name])
        for name in ("behandeling", "gemeente", "afspraak")
        if source.get(name)
    }
    return Target(**found)


def _find(acts: list[Act], action: str, target: Target) -> Act | None:
    """The act with this target; when none was named, the likeliest that is permitted."""
    same = [act for act in acts if act.action == action]
    if target != Target():
        named = (target.behandeling, target.gemeente, target.afspraak)
        same = [act for act in same if (act.behandeling, act.gemeente, act.afspraak) == named]
    return next((act for act in same if act.permitted), same[0] if same else None)


@requires(Permission.LEZEN)
def get_act(request: Request) -> Response:
    """The form of one act, or the reason why it cannot be done now."""
    kenmerk, action = request.path_params["kenmerk"], request.path_params["action"]
    act = _find(
        act_form.acts_of(kenmerk, register(request).actions(kenmerk)),
        action,
        _target(request.query_params),
    )
    if act is None:
        raise NotFound("Handeling", words.label(action))
    return _show(request, kenmerk, act, None, None)


@takes_form
@requires(Permission.LEZEN)
def post_act(request: Request, form: FormData) -> Response:
    """Perform the act; a refusal shows the form again with all that was typed."""
    kenmerk, action = request.path_params["kenmerk"], request.path_params["action"]
    sent = _submitted(form)
    try:
        register(request).act(
            kenmerk=kenmerk,
            action=action,
            behandeling=sent.target.behandeling,
            gemeente=sent.target.gemeente,
            afspraak=sent.target.afspraak,
            punten=sent.typed.points,
            fields=_with_iso_dates(sent),
            happened=read_date(sent.happened, "gebeurd-op") if sent.happened else None,
            remark=sent.remark or None,
            version=sent.version,
            command_id=sent.command_id,
        )
    except NotFound:
        raise
    except WorkflowError as refusal:
        found = _find(
            act_form.acts_of(kenmerk, register(request).actions(kenmerk)), action, sent.target
        )
        act = found or Act(
            action=action, label=words.first_upper(words.label(action)), permitted=False, reasons=()
        )
        return _show(request, kenmerk, act, sent, refusal)
    return RedirectResponse(f"{dossier_path(kenmerk)}#nu", status_code=303)


def _submitted(form: FormData) -> Submitted:
    """The form in parts; raises a 400 when its hidden fields are not ours."""
    version = str(form.get("versie", ""))
    command_id = str(form.get("opdracht", ""))
    if not version.isdigit() or not 8 <= len(command_id) <= 100:
        raise HTTPException(status_code=400)
    texts = [(key, str(value).strip()) for key, value in form.multi_items()]
    many: dict[str, tuple[str, ...]] = {}
    dates = {key.removeprefix("datum-") for key, _ in texts if key.startswith("datum-")}
    for key, value in texts:
        kind, _, name = key.partition("-")
        if kind in ("veld", "datum"):
            many[name] = (*many.get(name, ()), value)
    points = {key.removeprefix("punt-"): value for key, value in texts if key.startswith("punt-")}
    return Submitted(
        target=_target(form),
        typed=Typed(
            fields={name: ",".join(values) for name, values in many.items() if any(values)},
            many=many,
            points={number: code for number, code in points.items() if code},
        ),
        dates=frozenset(dates),
        happened=str(form.get("gebeurd-op", "")).strip(),
        remark=str(form.get("opmerking", "")).strip(),
        version=int(version),
        command_id=command_id,
    )


def _with_iso_dates(sent: Submitted) -> dict[str, str]:
    """The fields, each date as the register wants it; raises InvalidField for what is none."""
    return {
        name: read_date(value, name).isoformat() if name in sent.dates else value
        for name, value in sent.typed.fields.items()
    }


def _show(
    request: Request,
    kenmerk: str,
    act: Act,
    sent: Submitted | None,
    error: WorkflowError | None,
) -> Response:
    """The page of an act, empty or with what was sent and why it was refused."""
    held = register(request)
    dossier = held.dossier(kenmerk)
    row = _row(dossier, act)
    asked = Asked(
        points=dossier["beslispunten"],
        names=_names(held, dossier),
        typed=sent.typed if sent else Typed(),
        error=error,
    )
    fields, points = act_form.plain_fields(act, asked), act_form.points(act, asked)
    happened = _happened_field(act, row, sent, error, held.today())
    shown = [*fields, *(p.conclusion for p in points), *([happened] if happened else [])]
    return page(
        request,
        "handeling.html",
        status_code=200 if error is None else status_of(error),
        dossier=dossier,
        act=act,
        row=row,
        fields=fields,
        points=points,
        happened=happened,
        remark=sent.remark if sent else "",
        kept=_kept(act, sent),
        command_id=sent.command_id if sent else secrets.token_urlsafe(16),
        error=error,
        stale=isinstance(error, Stale),
        faulty=[one for one in shown if one.error],
    )


def _names(held: Register, dossier: Json) -> dict[str, str]:
    """What the codes in a form stand for."""
    choices = held.choices()
    found = {one["value"]: one["label"] for one in (*choices["overleggen"], *choices["gemeenten"])}
    rows = {row["id"]: f"{row['overleg']}, {row_day(row)}" for row in dossier["behandelingen"]}
    return found | rows


def _row(dossier: Json, act: Act) -> Json | None:
    """The row of the behandeltabel that the act is about."""
    if act.behandeling is None:
        return None
    rows: list[Json] = dossier["behandelingen"]
    return next((row for row in rows if row["id"] == act.behandeling), None)


def _happened_field(
    act: Act, row: Json | None, sent: Submitted | None, error: WorkflowError | None, today: date
) -> Field | None:
    """When it happened: the meeting's day when that has come, else today.

    Left out where the act asks for a date of its own about a gemeente.
    """
    if act.gemeente and any(one["name"] == "datum" for one in act.fields):
        return None
    day = today.isoformat()
    if act.action in ("leg_conclusie_vast", "maak_bezwaar") and row and row["datum"]:
        day = min(row["datum"], day)
    faulty = isinstance(error, InvalidField) and error.field in (
        "happened",
        "happened_on",
        "gebeurd-op",
    )
    return Field(
        id="gebeurd-op",
        name="gebeurd-op",
        label="Wanneer gebeurde dit?",
        kind="date",
        hint="De dag zelf. Het moment van vastleggen komt er vanzelf bij.",
        value=sent.happened if sent else words.day(day),
        error=error.reason if faulty and isinstance(error, InvalidField) else "",
    )


def _kept(act: Act, sent: Submitted | None) -> list[tuple[str, str]]:
    """What was typed in an act that the dossier no longer knows: shown, never lost."""
    if sent is None or act.fields:
        return []
    typed = [*sent.typed.fields.items(), *((f"punt {n}", c) for n, c in sent.typed.points.items())]
    return [(words.first_upper(words.label(name)), value) for name, value in typed]
