"""The papers of a dossier: add one, replace it by a new version, fetch one."""

from urllib.parse import quote

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workflow.domain.errors import WorkflowError
from workflow.domain.permissions import Permission
from workflow.web.dossier_view import papers
from workflow.web.errors import status_of
from workflow.web.page import page, register, requires, takes_form
from workflow.web.paths import dossier_path


@requires(Permission.STUKKEN_BEHEREN)
def get_attach(request: Request) -> Response:
    """Which file, and under which title? `?titel=` names the paper to replace."""
    return _show(request, request.query_params.get("titel", ""), "")


@takes_form
@requires(Permission.STUKKEN_BEHEREN)
def post_attach(request: Request, form: FormData) -> Response:
    """Keep the paper by its hash, as the next version when the title is known."""
    kenmerk = request.path_params["kenmerk"]
    title = str(form.get("titel", "")).strip()
    file = form.get("bestand")
    if not isinstance(file, UploadFile) or not file.filename:
        return _show(request, title, "Kies een bestand.", status=400)
    try:
        register(request).attach(kenmerk, file.filename, file.file.read(), title or None)
    except WorkflowError as refusal:
        return _show(request, title, str(refusal), status=status_of(refusal))
    return RedirectResponse(f"{dossier_path(kenmerk)}#stukken", status_code=303)


@requires(Permission.LEZEN)
def get_paper(request: Request) -> Response:
    """One version of a paper, always as a download: what others wrote never runs here."""
    version = request.path_params["versie"]
    name, media_type, data = register(request).paper(
        request.path_params["kenmerk"], request.path_params["stuk"], version
    )
    return Response(
        data,
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def _show(request: Request, title: str, error: str, status: int = 200) -> Response:
    dossier = register(request).dossier(request.path_params["kenmerk"])
    return page(
        request,
        "stuk.html",
        status_code=status,
        dossier=dossier,
        titles=[paper.title for paper in papers(dossier)],
        title=title,
        error=error,
    )
