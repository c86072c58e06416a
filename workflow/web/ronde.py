"""One act for several gemeenten in one go: a row each, its own event, its own result."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workflow.domain.errors import NotFound, WorkflowError
from workflow.domain.permissions import Permission
from workflow.web import act_form, words
from workflow.web.act_form import Act, Asked, Field, Typed
from workflow.web.dates import read_date
from workflow.web.errors import status_of
from workflow.web.page import page, register, requires, takes_form
from workflow.web.paths import dossier_path

CHOSEN = "kies"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One gemeente: whether it takes part, its fields, and why it was refused."""

    gemeente: str
    chosen: bool
    fields: tuple[Field, ...]
    error: str = ""


@dataclass(slots=True, kw_only=True)
class Sent:
    """What came in, by gemeente, and what became of it."""

    chosen: set[str] = field(default_factory=set)
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    dates: set[str] = field(default_factory=set)
    errors: dict[str, WorkflowError] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    def takes_part(self, gemeente: str) -> bool:
        """Ticked, or something was filled in for it."""
        return gemeente in self.chosen or bool(self.typed.get(gemeente))


@requires(Permission.RADEN_INFORMEREN)
def get_round(request: Request) -> Response:
    """A row for each gemeente that can have this act now."""
    return _show(request, None, "", secrets.token_urlsafe(16))


@takes_form
@requires(Permission.RADEN_INFORMEREN)
def post_round(request: Request, form: FormData) -> Response:
    """Do the act for each chosen gemeente; what is refused is shown again with its reason."""
    kenmerk, action = request.path_params["kenmerk"], request.path_params["action"]
    version, command_id = str(form.get("versie", "")), str(form.get("opdracht", ""))
    if not version.isdigit() or not 8 <= len(command_id) <= 100:
        raise HTTPException(status_code=400)
    sent = _sent(form)
    seen = int(version)
    for gemeente in [name for name in _gemeenten(form) if sent.takes_part(name)]:
        try:
            answer = register(request).act(
                kenmerk=kenmerk,
                action=action,
                gemeente=gemeente,
                fields=_fields(sent.typed.get(gemeente, {}), sent.dates),
                version=seen,
                command_id=f"{command_id}:{gemeente}"[:100],
            )
        except WorkflowError as refusal:
            sent.errors[gemeente] = refusal
        else:
            seen = answer["version"]
            sent.done.append(gemeente)
    if sent.done and not sent.errors:
        return RedirectResponse(f"{dossier_path(kenmerk)}#raden", status_code=303)
    problem = "" if sent.errors else "Kies minstens één gemeente."
    return _show(request, sent, problem, secrets.token_urlsafe(16))


def _gemeenten(form: FormData) -> list[str]:
    """The gemeenten of the form, in its order."""
    return [str(value) for value in form.getlist("gemeente")]


def _sent(form: FormData) -> Sent:
    """The form by gemeente; a field is named 'veld-zaaknummer:GEMEENTE'."""
    sent = Sent(chosen={str(value) for value in form.getlist(CHOSEN)})
    for key, value in form.multi_items():
        kind, _, rest = key.partition("-")
        name, _, gemeente = rest.partition(":")
        if kind in ("veld", "datum") and str(value).strip():
            sent.typed.setdefault(gemeente, {})[name] = str(value).strip()
            if kind == "datum":
                sent.dates.add(name)
    return sent


def _fields(typed: Mapping[str, str], dates: set[str]) -> dict[str, str]:
    """The fields of one gemeente with dates as ISO; InvalidField for what is no date."""
    return {
        name: read_date(value, name).isoformat() if name in dates else value
        for name, value in typed.items()
    }


def _show(request: Request, sent: Sent | None, problem: str, command_id: str) -> Response:
    kenmerk, action = request.path_params["kenmerk"], request.path_params["action"]
    held = register(request)
    acts = [
        act
        for act in act_form.acts_of(kenmerk, held.actions(kenmerk))
        if act.action == action and act.gemeente and (act.permitted or _refused(sent, act))
    ]
    if not acts and sent is None:
        raise NotFound("Handeling voor meer gemeenten", words.label(action))
    errors = list(sent.errors.values()) if sent else []
    return page(
        request,
        "ronde.html",
        status_code=status_of(errors[0]) if errors else 400 if problem else 200,
        dossier=held.dossier(kenmerk),
        label=acts[0].label if acts else words.first_upper(words.label(action)),
        action=action,
        rows=[_row(index, act, sent) for index, act in enumerate(acts)],
        ticks=bool(acts) and not any(one["required"] for one in acts[0].fields),
        done=sent.done if sent else [],
        problem=problem,
        command_id=command_id,
    )


def _refused(sent: Sent | None, act: Act) -> bool:
    return sent is not None and act.gemeente in sent.errors


def _row(index: int, act: Act, sent: Sent | None) -> RoundRow:
    """One gemeente with what was typed for it; untouched rows start ticked."""
    name = str(act.gemeente)
    error = sent.errors.get(name) if sent else None
    typed = Typed(fields=sent.typed.get(name, {}) if sent else {})
    asked = Asked(points=(), names={}, typed=typed, error=error)
    return RoundRow(
        gemeente=name,
        chosen=sent is None or sent.takes_part(name),
        fields=tuple(
            Field(
                id=f"{one.id}-{index}",
                name=f"{one.name}:{name}",
                label=one.label,
                kind=one.kind,
                options=one.options,
                value=one.value,
                error=one.error,
            )
            for one in act_form.plain_fields(act, asked)
        ),
        error=str(error) if error else "",
    )
