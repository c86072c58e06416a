"""What holds for every request, before any page sees it.

Plain ASGI, so that nothing is buffered: a body that is too big is refused while
it streams in, and the headers also stand on an error page.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflow.web.port import WebSettings

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers would then send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}

ErrorPage = Callable[[Scope, Receive, Send, HTTPStatus, str], Awaitable[None]]


class Refused(Exception):
    """A request that no page may see; `reason` is a Dutch sentence."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


class Guard:
    """Headers on every answer; Host, Origin and size checked on every request."""

    def __init__(self, app: ASGIApp, *, settings: WebSettings, error_page: ErrorPage) -> None:
        self.app, self.error_page = app, error_page
        self.hosts = allowed_hosts(settings.port)
        self.max_body = settings.max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
            await send(message)

        try:
            check_host(headers, self.hosts)
            if scope["method"] not in ("GET", "HEAD"):
                check_origin(headers)
            limited = limit_body(headers, receive, self.max_body)
            await self.app(scope, limited, send_with_headers)
        except Refused as refused:
            await self.error_page(scope, receive, send_with_headers, refused.status, refused.reason)


def allowed_hosts(port: int) -> frozenset[str]:
    """The Host headers of this machine itself; any other name may be an attack by DNS."""
    named = {f"{name}:{port}" for name in LOOPBACK}
    return frozenset(named | set(LOOPBACK)) if port == 80 else frozenset(named)


def check_host(headers: Headers, hosts: frozenset[str]) -> None:
    """Raise Refused unless the browser was sent here by one of our own names."""
    if headers.get("host", "").lower() not in hosts:
        shown = " of ".join(sorted(hosts))
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            f"Dit adres hoort niet bij Besluitroute. Gebruik {shown}.",
        )


def check_origin(headers: Headers) -> None:
    """Raise Refused when a form may come from another site.

    A browser sends at least one of the two headers with a form; a program that
    sends neither has the command line.
    """
    origin = headers.get("origin")
    site = headers.get("sec-fetch-site")
    own = f"http://{headers.get('host', '').lower()}"
    if origin is None and site is None:
        strange = True
    else:
        strange = (origin is not None and origin.lower() != own) or (
            site is not None and site not in ("same-origin", "none")
        )
    if strange:
        raise Refused(
            HTTPStatus.FORBIDDEN,
            "Dit formulier komt niet van een pagina van Besluitroute. Er is niets gedaan. "
            "Open de pagina in Besluitroute zelf en probeer het daar.",
        )


def limit_body(headers: Headers, receive: Receive, limit: int) -> Receive:
    """A `receive` that raises Refused as soon as more than `limit` bytes came in."""
    too_big = Refused(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"Samen mogen de bestanden niet groter zijn dan {limit // 1024 // 1024 - 1} MB. "
        "Er is niets opgeslagen. Kies minder bestanden of een kleiner bestand.",
    )
    announced = headers.get("content-length", "0")
    if not announced.isdigit() or int(announced) > limit:
        raise too_big
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise too_big
        return message

    return counted
