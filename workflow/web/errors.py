"""Which answer an error gets, and the page that says so with a way on."""

import logging
from dataclasses import dataclass
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflow.domain.errors import (
    Conflict,
    InvalidField,
    NotFound,
    NotPermitted,
    Stale,
    Surroundings,
    TransitionRefused,
    WorkflowError,
)
from workflow.web.page import page
from workflow.web.security import Refused

log = logging.getLogger(__name__)

STATUS: dict[type[WorkflowError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotPermitted: HTTPStatus.FORBIDDEN,
    InvalidField: HTTPStatus.BAD_REQUEST,
    Stale: HTTPStatus.CONFLICT,
    TransitionRefused: HTTPStatus.CONFLICT,
    Conflict: HTTPStatus.CONFLICT,
    Surroundings: HTTPStatus.SERVICE_UNAVAILABLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What an error page says: a heading, what to do, and where to go on."""

    title: str
    advice: str
    href: str = "/"
    link: str = "Naar Mijn werk"


TROUBLES = {
    400: Trouble(
        title="Dit verzoek is niet te lezen",
        advice="Er is niets gedaan. Ga terug, laad de pagina opnieuw en probeer het nog eens.",
    ),
    403: Trouble(
        title="Dit mag hier niet",
        advice="Er is niets gedaan. Vraag het recht aan bij de functioneel beheerder.",
    ),
    404: Trouble(
        title="Deze pagina is er niet",
        advice="Kijk of het adres klopt, of zoek het voorstel op kenmerk of onderwerp.",
        href="/voorstellen",
        link="Zoek in de voorstellen",
    ),
    405: Trouble(
        title="Zo werkt deze pagina niet",
        advice="Open de pagina via het menu. Alleen bekijken verandert nooit iets.",
    ),
    429: Trouble(
        title="Even wachten",
        advice="Er is te vaak een adres geprobeerd dat niet bestaat. Probeer het over een minuut.",
    ),
    409: Trouble(
        title="Dit kan nu niet",
        advice="Er is niets gedaan. Open het dossier opnieuw om te zien wat er nu kan.",
        href="/voorstellen",
        link="Naar de voorstellen",
    ),
    413: Trouble(
        title="De bestanden zijn te groot",
        advice="Een bestand mag 20 MB groot zijn. Kies minder bestanden of een kleiner bestand.",
        href="/inlezen",
        link="Kies opnieuw",
    ),
    500: Trouble(
        title="Er ging iets mis",
        advice="Dat ligt aan ons, niet aan u. Wat eerder is vastgelegd, blijft bewaard. "
        "Probeer het opnieuw; blijft het misgaan, bel dan de functioneel beheerder.",
    ),
    503: Trouble(
        title="Het register is nu niet bereikbaar",
        advice="Wat eerder is vastgelegd, blijft bewaard. Probeer het over een minuut opnieuw; "
        "blijft het misgaan, bel dan de functioneel beheerder.",
    ),
}


def status_of(error: WorkflowError) -> HTTPStatus:
    """The status for an error, by the nearest class in the table."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return HTTPStatus.CONFLICT


def error_page(request: Request, status: int, reason: str = "") -> Response:
    """The page for a status; `reason` is a Dutch sentence from the register, or nothing."""
    trouble = TROUBLES.get(status) or TROUBLES[400 if status < 500 else 500]
    try:
        return page(
            request, "fout.html", status_code=status, trouble=trouble, status=status, reason=reason
        )
    except Exception:
        # The register itself fails: say so without asking it for a name or a day.
        log.exception("even the error page could not be made")
        text = f'<!doctype html><html lang="nl"><title>{trouble.title}</title>'
        return HTMLResponse(
            f"{text}<main><h1>{trouble.title}</h1><p>{trouble.advice}</p>"
            f'<p><a href="/">Probeer het opnieuw</a></p></main></html>',
            status_code=status,
        )


async def refused(
    scope: Scope, receive: Receive, send: Send, status: HTTPStatus, reason: str
) -> None:
    """Answer a request that the guard refused."""
    response = await run_in_threadpool(error_page, Request(scope), status, reason)
    await response(scope, receive, send)


def on_workflow_error(request: Request, error: Exception) -> Response:
    """A refusal that no page showed with its own form."""
    assert isinstance(error, WorkflowError)  # noqa: S101 (registered for that class only)
    return error_page(request, status_of(error), str(error))


def on_http_error(request: Request, error: Exception) -> Response:
    """404, 405 and unreadable forms; the library's English detail is not shown."""
    assert isinstance(error, HTTPException)  # noqa: S101
    response = error_page(request, error.status_code)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


class Unexpected:
    """Turns what nobody foresaw into a page; inside the guard, so with its headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Refused:
            raise
        except Exception:
            log.exception("unexpected error on %s", scope.get("path"))
            if started:
                raise
            await refused(scope, receive, send, HTTPStatus.INTERNAL_SERVER_ERROR, "")
