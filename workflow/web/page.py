"""How a page is made: who may see it, its template, and forms read within limits."""

from collections.abc import Awaitable, Callable
from functools import lru_cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from workflow.domain.errors import NotPermitted
from workflow.domain.permissions import Permission
from workflow.engine.diagram_svg import STYLESHEET
from workflow.web import words
from workflow.web.hyphens import soft_hyphens
from workflow.web.paths import dossier_path
from workflow.web.port import Register, WebSettings
from workflow.web.route_picture import drawn

HERE = Path(__file__).parent
MENU = (
    ("/", "Mijn werk"),
    ("/voorstellen", "Voorstellen"),
    ("/overleggen", "Overleggen"),
    ("/gemeenteraden", "Gemeenteraden"),
    ("/herinneringen", "Herinneringen"),
    ("/geschiedenis", "Geschiedenis"),
)

Take = Callable[[Request, FormData], Response]
H = TypeVar("H", bound=Callable[..., Any])


class Handler(Protocol):
    """An endpoint that says who may use it, so that a test can walk all routes."""

    permission: Permission


def requires(permission: Permission) -> Callable[[H], H]:
    """Declare on an endpoint which permission it needs, and refuse whoever lacks it.

    The service checks again for what it does; this keeps a page from offering it.
    """

    def declare(endpoint: H) -> H:
        @wraps(endpoint)
        def checked(request: Request, *args: Any) -> Any:
            if not register(request).may(permission):
                raise NotPermitted("deze pagina gebruiken", permission.value.replace("_", " "))
            return endpoint(request, *args)

        checked.__dict__["permission"] = permission
        return cast(H, checked)

    return declare


def takes_form(endpoint: Take) -> Callable[[Request], Awaitable[Response]]:
    """Read the form within the limits of the settings, then act in a worker thread."""

    @wraps(endpoint)
    async def parsed(request: Request) -> Response:
        limits: WebSettings = request.app.state.settings
        async with request.form(
            max_files=limits.max_files,
            max_fields=limits.max_fields,
            max_part_size=limits.max_body,
        ) as form:
            return await run_in_threadpool(endpoint, request, form)

    return parsed


def register(request: Request) -> Register:
    """The register that `create_app` was given."""
    return cast(Register, request.app.state.register)


def page(request: Request, template: str, *, status_code: int = 200, **given: Any) -> Response:
    """The template with what it lists in its first line, and what every page shows."""
    shared = {"frame": Frame(request)}
    text = environment().get_template(template).render(**given, **shared)
    return HTMLResponse(text, status_code=status_code)


class Frame:
    """What stands around every page: menu, user, organisation, the fixed day."""

    def __init__(self, request: Request) -> None:
        held = register(request)
        self.path = request.url.path
        self.menu = MENU
        self.user = held.user()
        self.organisation = held.organisation()
        self.manages = held.may(Permission.DEFINITIES_BEHEREN)
        self.rehearsal = held.today() if held.rehearsal() else None

    def is_current(self, href: str) -> bool:
        """Whether the menu item `href` is the page shown, or above it."""
        if href == "/":
            return self.path == "/"
        parts = ("/voorstellen", "/inlezen", "/nieuw") if href == "/voorstellen" else (href,)
        return any(self.path == part or self.path.startswith(f"{part}/") for part in parts)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The one Jinja environment: autoescape on, a name that was not given is an error."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in (
        "day",
        "weekday",
        "short_day",
        "week",
        "moment",
        "moment_day",
        "period",
        "label",
        "first_upper",
        "tone",
        "number",
        "names",
        "check_names",
    ):
        env.filters[name] = getattr(words, name)
    env.filters["soft"] = soft_hyphens
    env.filters["drawn"] = drawn
    env.filters["dossier_path"] = dossier_path
    env.globals["count"] = words.count
    env.globals["static"] = static_url
    return env


@lru_cache
def static_file(name: str) -> tuple[bytes, str]:
    """Bytes and hash of a file that ships with the package; KeyError when there is none."""
    files = {path.name: path for path in (*(HERE / "static").iterdir(), STYLESHEET)}
    data = files[name].read_bytes()
    return data, sha256(data).hexdigest()[:16]


def static_url(name: str) -> str:
    """The address of a file with its hash, so that browsers may keep it for good."""
    return f"/static/{name}?v={static_file(name)[1]}"
