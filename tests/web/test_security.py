"""What holds for every request, before any page sees it."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import ORIGIN
from tests.web.fake_register import FakeRegister
from workflow.domain.permissions import Permission
from workflow.web.app import ROUTES, create_app
from workflow.web.port import WebSettings

ACT = "/voorstellen/24005969/doe/trek_in"
FORM = {"versie": "4", "opdracht": "opdracht-1"}


@pytest.mark.parametrize("path", ["/", "/bestaat-niet", "/static/thema.css", "/voorstellen/x"])
def test_every_answer_forbids_inline_code(client: TestClient, path: str) -> None:
    """The content policy stands on pages, files and error pages alike."""
    headers = client.get(path).headers

    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def test_an_unforeseen_error_is_a_dutch_page_with_the_headers(
    client: TestClient, register: FakeRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours shows no traceback and keeps the content policy."""

    def broken() -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr(register, "work", broken)

    answer = client.get("/")

    assert answer.status_code == 500
    assert "Er ging iets mis" in answer.text
    assert "geheim" not in answer.text
    assert "content-security-policy" in answer.headers


def test_a_register_that_answers_nothing_still_gives_a_page(
    client: TestClient, register: FakeRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even when the name of the user cannot be asked, the reader gets Dutch and a way on."""

    def broken() -> None:
        raise RuntimeError("weg")

    monkeypatch.setattr(register, "user", broken)

    answer = client.get("/")

    assert answer.status_code == 500
    assert "Probeer het opnieuw" in answer.text


@pytest.mark.parametrize(
    "host", ["kwaad.example:8000", "127.0.0.1", "127.0.0.1:9", "", "localhost"]
)
def test_another_name_than_our_own_is_refused(client: TestClient, host: str) -> None:
    """A name that an attacker points at this machine opens nothing."""
    answer = client.get("/", headers={"Host": host})

    assert answer.status_code == 400
    assert "127.0.0.1:8000" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_our_own_names_are_served(client: TestClient, host: str) -> None:
    """Each loopback name with the port is us."""
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://kwaad.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_does_nothing(
    client: TestClient, register: FakeRegister, headers: dict[str, str]
) -> None:
    """Whatever page a secretary visits, it cannot act in her name."""
    answer = client.post(ACT, data=FORM, headers=headers)

    assert answer.status_code == 403
    assert register.done == []


def test_a_form_without_any_origin_does_nothing(register: FakeRegister) -> None:
    """Browsers always say where a form comes from; what does not say so is refused."""
    app = create_app(register, WebSettings(port=8000))
    answer = TestClient(app, base_url=ORIGIN).post(ACT, data=FORM)

    assert answer.status_code == 403
    assert register.done == []


def test_a_body_that_is_too_big_is_refused_before_it_is_read(client: TestClient) -> None:
    """The announced size is enough to refuse."""
    answer = client.post("/inlezen", content=b"x", headers={"Content-Length": str(30_000_000)})

    assert answer.status_code == 413
    assert "20 MB" in answer.text


def test_a_body_without_a_size_is_refused_while_it_streams(client: TestClient) -> None:
    """A sender who announces nothing is stopped at the limit, not after it."""
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b"--grens\r\nContent-Disposition: form-data; name=bestanden; filename=a\r\n\r\n"
        while sent < 60:
            sent += 1
            yield b"x" * 1_000_000

    answer = client.post(
        "/inlezen",
        content=endless(),
        headers={"Content-Type": "multipart/form-data; boundary=grens"},
    )

    assert answer.status_code == 413


def test_too_many_fields_are_refused(client: TestClient, register: FakeRegister) -> None:
    """A form holds at most so many fields as a form of ours can have."""
    answer = client.post(ACT, data=FORM | {f"veld-{i}": "x" for i in range(1100)})

    assert answer.status_code == 400
    assert register.done == []


def test_every_route_says_who_may_use_it() -> None:
    """No page and no file is without a permission."""
    missing = [route.path for route in ROUTES if not hasattr(route.endpoint, "permission")]

    assert missing == []


def test_who_lacks_the_permission_is_refused(client: TestClient, register: FakeRegister) -> None:
    """A reader sees dossiers but no form that changes one."""
    register.permissions = {Permission.LEZEN}

    assert client.get("/voorstellen/24005969").status_code == 200
    assert client.get("/nieuw").status_code == 403
    assert client.post("/nieuw", data={"kenmerk": "1"}).status_code == 403
    assert register.done == []


@pytest.mark.parametrize(
    "path", [route.path for route in ROUTES if route.methods and "GET" in route.methods]
)
def test_looking_never_acts(client: TestClient, register: FakeRegister, path: str) -> None:
    """GET shows; whatever stands in the address, nothing is done."""
    shown = (
        path.replace("{kenmerk:kenmerk}", "24005969")
        .replace("raden/{action}", "raden/bied_aan")
        .replace("{action}", "trek_in")
        .replace("{stuk}/{versie:int}", "p1/1")
        .replace("{name}", "thema.css")
        .replace("{route}", "voortgangsrapportage")
    )
    answer = client.get(shown, params={"opdracht": "12345678", "versie": "1", "veld-reden": "x"})

    # An address that nobody was given, or a migration that there is not, leads nowhere.
    nowhere = "{token}" in shown or shown.startswith("/definities/voortgangsrapportage/")
    assert answer.status_code in ((404,) if nowhere else (200, 303))
    assert register.done == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_a_method_that_a_page_does_not_know_is_405_in_dutch(
    client: TestClient, method: str
) -> None:
    """The reader is told how to go on."""
    answer = client.request(method, "/overleggen")

    assert answer.status_code == 405
    assert "Zo werkt deze pagina niet" in answer.text
