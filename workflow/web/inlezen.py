"""Reading papers in: choose files, check what was read, and only then make the dossiers."""

import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workflow.domain.errors import WorkflowError
from workflow.domain.permissions import Permission
from workflow.web.carry import pack, unpack
from workflow.web.errors import status_of
from workflow.web.page import page, register, requires, takes_form
from workflow.web.paths import dossier_path
from workflow.web.port import File, Json
from workflow.web.review import corrections, review

RESULTS = ("created", "updated", "linked", "kept", "unchanged", "skipped")
STORED = RESULTS[:-1]
FIELD = re.compile(r"(\d{1,3}):([a-z_]+(?:\[\d{1,3}\]\.[a-z_]+)?)")


@requires(Permission.VOORSTEL_BEHEREN)
def get_choose(request: Request) -> Response:
    """Which files?"""
    return _choose(request)


def _choose(
    request: Request, *, error: str = "", link_error: str = "", typed: str = "", status: int = 200
) -> Response:
    """The page with the file field, and the letters that wait for a dossier."""
    return page(
        request,
        "inlezen.html",
        status_code=status,
        error=error,
        link_error=link_error,
        typed=typed,
        letters=register(request).letters(),
        command_id=secrets.token_hex(8),
    )


@takes_form
@requires(Permission.VOORSTEL_BEHEREN)
def post_link(request: Request, form: FormData) -> Response:
    """Put a waiting letter in the dossier that the reader names."""
    kenmerk = str(form.get("kenmerk", "")).strip()
    letter, command_id = str(form.get("brief", "")), str(form.get("opdracht", ""))
    try:
        register(request).link_letter(letter, kenmerk, command_id or None)
    except WorkflowError as refusal:
        return _choose(request, link_error=str(refusal), typed=kenmerk, status=status_of(refusal))
    return RedirectResponse(f"{dossier_path(kenmerk)}#stukken", status_code=303)


@takes_form
@requires(Permission.VOORSTEL_BEHEREN)
def post_choose(request: Request, form: FormData) -> Response:
    """Read the files and show what was read beside them; stores nothing."""
    files = [
        (one.filename or "naamloos", one.file.read())
        for one in form.getlist("bestanden")
        if isinstance(one, UploadFile) and (one.filename or one.size)
    ]
    if not files:
        return _choose(request, error="Kies eerst een bestand.", status=400)
    return _review(request, files, {}, None)


@takes_form
@requires(Permission.VOORSTEL_BEHEREN)
def post_store(request: Request, form: FormData) -> Response:
    """Make the dossiers, each paper on its own; what is refused is shown again."""
    limit = request.app.state.settings.max_body
    count = len([key for key in form if key.startswith("bestand-")])
    files = [
        (str(form.get(f"naam-{i}", "naamloos")), unpack(str(form[f"bestand-{i}"]), limit))
        for i in range(count)
        if f"bestand-{i}" in form
    ]
    typed = _typed(form)
    done: list[Json] = []
    refused: list[File] = []
    kept: dict[int, dict[str, str]] = {}
    error: WorkflowError | None = None
    for index, file in enumerate(files):
        try:
            done += _store(request, file, str(form.get(f"route-{index}", "")), typed.get(index, {}))
        except WorkflowError as refusal:
            error = refusal
            kept[len(refused)] = typed.get(index, {})
            refused.append(file)
    if error is not None:
        return _review(request, refused, kept, error)
    return RedirectResponse(_after(done), status_code=303)


def _store(request: Request, file: File, route: str, typed: Mapping[str, str]) -> list[Json]:
    held = register(request)
    read = held.read([file])[0]
    return held.store([file], route=route or None, corrections=corrections(read, typed) or None)


def _typed(form: FormData) -> dict[int, dict[str, str]]:
    """Per paper: field path and what was typed."""
    found: dict[int, dict[str, str]] = {}
    for key, value in form.multi_items():
        match = FIELD.fullmatch(key)
        if match and isinstance(value, str):
            found.setdefault(int(match[1]), {})[match[2]] = value.strip()
    return found


def _after(done: list[Json]) -> str:
    """The dossier when there is one; else a page with the result of each paper."""
    if len(done) == 1 and done[0]["kenmerk"] and done[0]["result"] in ("created", "updated"):
        return dossier_path(done[0]["kenmerk"])
    results = [("r", f"{one['result']}:{one['kenmerk'] or ''}") for one in done]
    return f"/inlezen/klaar?{urlencode(results)}"


@requires(Permission.LEZEN)
def get_done(request: Request) -> Response:
    """What became of each paper."""
    found = [one.partition(":") for one in request.query_params.getlist("r")]
    results = [(result, kenmerk) for result, _, kenmerk in found if result in RESULTS]
    return page(
        request,
        "ingelezen.html",
        results=results[:100],
        stored=sum(1 for result, _ in results if result in STORED),
    )


def _review(
    request: Request,
    files: list[File],
    typed: Mapping[int, Mapping[str, str]],
    error: WorkflowError | None,
) -> Response:
    held = register(request)
    pairs = list(zip(held.read(files), files, strict=True))
    good = [(document, file[1]) for document, file in pairs if document["kind"] != "onbekend"]
    reviews = [
        review(index, document, pack(data), typed.get(index, {}))
        for index, (document, data) in enumerate(good)
    ]
    unread = [
        review(len(good) + index, document, "", {})
        for index, (document, _) in enumerate(pairs)
        if document["kind"] == "onbekend"
    ]
    return page(
        request,
        "klopt_dit.html",
        status_code=200 if error is None else status_of(error),
        reviews=reviews,
        unread=unread,
        routes=held.choices()["routes"],
        error=error,
    )
