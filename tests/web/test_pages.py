"""The other pages, and what every page has."""

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import SETTINGS
from tests.web.fake_register import FakeRegister
from workflow.domain.errors import Conflict, InvalidField, Surroundings
from workflow.web import words
from workflow.web.app import create_app
from workflow.web.dates import read_date
from workflow.web.hyphens import soft_hyphens
from workflow.web.server import check_loopback

PAGES = (
    "/",
    "/voorstellen",
    "/voorstellen?zoek=bestaat-niet",
    "/nieuw",
    "/inlezen",
    "/overleggen",
    "/gemeenteraden",
    "/gemeenteraden?open=1",
    "/herinneringen",
    "/geschiedenis",
    "/geschiedenis?nagerekend=nu",
    "/afspraken",
    "/afspraken?alle=1",
    "/inlezen/klaar?r=created:24005969&r=kept:",
)


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows_full_and_empty(path: str, empty: bool) -> None:
    """Each page answers, with one heading of the first level and no inline style or script."""
    app = create_app(FakeRegister(empty=empty), SETTINGS)

    answer = TestClient(app, base_url="http://127.0.0.1:8000").get(path)

    assert answer.status_code == 200
    assert len(re.findall(r"<h1[ >]", answer.text)) == 1
    assert '<html lang="nl">' in answer.text
    assert "<script" not in answer.text
    assert not re.search(r"\s(style|on\w+)=", answer.text)


def test_the_menu_is_exactly_this(client: TestClient) -> None:
    """Six words in this order, and the page of now is marked."""
    text = client.get("/gemeenteraden").text
    menu = text.partition('aria-label="Hoofdmenu"')[2].partition("</nav>")[0]

    assert re.findall(r">([^<\s][^<]*)</a>", menu) == [
        "Mijn werk", "Voorstellen", "Overleggen", "Gemeenteraden", "Herinneringen", "Geschiedenis",
    ]  # fmt: skip
    assert re.findall(r'href="([^"]+)" aria-current="page"', menu) == ["/gemeenteraden"]


def test_a_fixed_day_is_said_on_every_page(client: TestClient, register: FakeRegister) -> None:
    """Nobody takes a rehearsal for the real register."""
    assert "Oefendag" not in client.get("/").text
    register.fixed_day = True
    assert "Oefendag." in client.get("/voorstellen").text
    assert "dinsdag 2 juli 2024" in client.get("/bestaat-niet").text


def test_mijn_werk_begins_with_one_thing(client: TestClient) -> None:
    """The most urgent act stands on its own, with its own verb; the others follow."""
    text = client.get("/").text
    first = text.partition("Eerst dit")[2].partition("</section>")[0]

    assert "Leg de conclusie van het DO vast" in first
    assert "te laat, uiterlijk was ma 1 juli" in first
    assert text.count('class="btn main"') == 1


def test_an_empty_register_says_what_to_do_first() -> None:
    """Who starts is led to reading a voorblad."""
    app = create_app(FakeRegister(empty=True), SETTINGS)

    text = TestClient(app, base_url="http://127.0.0.1:8000").get("/").text

    assert "Begin met een voorblad" in text
    assert 'class="btn main" href="/inlezen"' in text


def test_the_list_is_searched_and_paged(client: TestClient) -> None:
    """The search goes to the register, and what was asked stays in the form."""
    text = client.get("/voorstellen?zoek=Inkoop&stand=do").text

    assert "24006110" in text
    assert "24004101" not in text
    assert 'value="Inkoop"' in text
    assert '<option value="do" selected>' in text


def test_verification_shows_where_it_breaks(client: TestClient, register: FakeRegister) -> None:
    """One altered event is named with its number and dossier."""
    register.verdict = {
        "ok": False,
        "events": 131,
        "root": "x",
        "checked": ["leaves"],
        "problems": [
            {"check": "leaves", "seq": 121, "kenmerk": "24005969", "message": "Wijkt af."}
        ],
    }

    text = client.get("/geschiedenis?nagerekend=nu").text

    assert 'role="alert"' in text
    assert "Nr. 121" in text
    assert "Wijkt af." in text


def test_as_known_then_leads_to_the_dossier(client: TestClient) -> None:
    """The form of two fields opens the dossier as it was."""
    answer = client.get("/geschiedenis/zoals-bekend?kenmerk=DOC-1/2&op=24+juni+2024")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/voorstellen/DOC-1~2F2?op=24+juni+2024"


@pytest.mark.parametrize("query", ["van=x", "van=2-7-2024&tot=1-7-2024", "tot=1-1-2044"])
def test_a_period_that_cannot_be_is_refused_kindly(client: TestClient, query: str) -> None:
    """The typed dates stay, with the reason."""
    answer = client.get(f"/herinneringen?{query}")

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_a_paper_is_always_a_download(client: TestClient) -> None:
    """What someone uploaded as a page never runs on our address."""
    headers = client.get("/voorstellen/24005969/stukken/p1/2").headers

    assert headers["content-disposition"] == (
        "attachment; filename*=UTF-8''rapportage%20%C3%A9%C3%A9n.html"
    )
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"


def test_a_paper_is_added_under_its_title(client: TestClient, register: FakeRegister) -> None:
    """The bytes reach the register as they came."""
    answer = client.post(
        "/voorstellen/24005969/stukken",
        data={"titel": "Voortgangsrapportage"},
        files={"bestand": ("rapport.pdf", b"%PDF-1", "application/pdf")},
    )

    assert answer.status_code == 303
    assert register.done[0] == {
        "kenmerk": "24005969",
        "file": "rapport.pdf",
        "data": b"%PDF-1",
        "title": "Voortgangsrapportage",
    }


def test_a_paper_without_a_file_keeps_its_title(client: TestClient) -> None:
    """The typed title survives a forgotten file."""
    answer = client.post("/voorstellen/24005969/stukken", data={"titel": "Kaart"})

    assert answer.status_code == 400
    assert 'value="Kaart"' in answer.text


def test_a_new_voorstel_keeps_what_was_typed(client: TestClient, register: FakeRegister) -> None:
    """A missing field is named at its own place; the rest stays."""
    register.refusal = InvalidField("kenmerk", "Dit kenmerk bestaat al.")
    form = {
        "kenmerk": "1",
        "onderwerp": "Nieuw plan",
        "datum": "1 juli 2024",
        "opdracht": "12345678",
    }

    refused = client.post("/nieuw", data=form)
    assert refused.status_code == 400
    assert 'value="Nieuw plan"' in refused.text
    assert '<a href="#kenmerk">Kenmerk</a>: Dit kenmerk bestaat al.' in refused.text

    register.refusal = None
    assert client.post("/nieuw", data=form).headers["location"] == "/voorstellen/24005969"
    assert register.done[0]["fields"]["datum"] == "2024-07-01"


def test_files_are_kept_by_hash(client: TestClient) -> None:
    """A stylesheet is fetched once, and asked for again only when its name lacks the hash."""
    link = re.findall(r'href="(/static/thema.css[^"]*)"', client.get("/").text)[0]

    first = client.get(link)
    assert "immutable" in first.headers["cache-control"]
    assert first.headers["content-type"].startswith("text/css")
    again = client.get("/static/thema.css", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["cache-control"] == "no-cache"
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/app.py").status_code == 404


def test_a_register_that_is_away_is_503(
    client: TestClient, register: FakeRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader hears that nothing is lost."""

    def away() -> None:
        raise Surroundings("De database is niet te openen.")

    monkeypatch.setattr(register, "work", away)

    answer = client.get("/")

    assert answer.status_code == 503
    assert "De database is niet te openen." in answer.text


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "besluitroute.example", "::", ""])  # noqa: S104
def test_only_this_machine_is_served(host: str) -> None:
    """Without login, an address that others can reach is refused in Dutch."""
    with pytest.raises(Conflict, match="geen inlog"):
        check_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.2"])
def test_this_machine_is_served(host: str) -> None:
    """Loopback in each of its forms."""
    check_loopback(host)


@pytest.mark.parametrize(
    "typed",
    ["11-7-2024", "11/07/2024", "11 juli 2024", "do 11 juli 2024", "2024-07-11", "11 jul 2024"],
)
def test_a_date_is_read_the_dutch_way(typed: str) -> None:
    """The day stands before the month, always."""
    assert read_date(typed, "x") == date(2024, 7, 11)


@pytest.mark.parametrize("typed", ["2024-13-01", "31-4-2024", "7-3", "11 ju 2024", "nu", "11-7-24"])
def test_what_is_no_full_date_is_refused(typed: str) -> None:
    """Nothing is guessed: not the year, not the month, not the day."""
    with pytest.raises(InvalidField, match="geen datum"):
        read_date(typed, "x")


def test_words_for_dates_and_periods() -> None:
    """Days, moments and periods as officials write them."""
    assert words.weekday("2024-07-11") == "donderdag 11 juli 2024"
    assert words.moment("2024-06-27T13:20:00Z") == "27 juni 2024, 15.20 uur"
    assert words.period("2025-Q1") == "eerste kwartaal van 2025"
    assert words.period("2025-H2") == "tweede helft van 2025"
    assert words.period("2025-W04") == "week 4 van 2025"
    assert words.period("2025-03") == "maart 2025"
    assert words.names(["Eemnes", "Hilversum", "Laren"]) == "Eemnes, Hilversum en Laren"


def test_only_very_long_words_get_soft_hyphens() -> None:
    """A heading fits a small screen, and its words break where Dutch breaks them."""
    assert soft_hyphens("Regiovisie huiselijk geweld") == "Regiovisie huiselijk geweld"
    broken = soft_hyphens("Portefeuillehoudersoverleg").split("\u00ad")
    assert "".join(broken) == "Portefeuillehoudersoverleg"
    assert broken[-1] == "overleg"
