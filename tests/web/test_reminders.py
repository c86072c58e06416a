"""Deciding on mail that is in doubt: one button, and what is refused keeps what was typed."""

import pytest
from starlette.testclient import TestClient

from tests.web.fake_register import FakeRegister
from workflow.domain.errors import Conflict
from workflow.domain.permissions import Permission


def test_a_doubtful_mail_is_decided_with_one_button(
    client: TestClient, register: FakeRegister
) -> None:
    """The button says what is decided; nothing else needs to be filled in."""
    answer = client.post(
        "/herinneringen/beslis", data={"sleutel": "r-2024-06-26", "besluit": "sent", "adres": ""}
    )

    assert (answer.status_code, answer.headers["location"]) == (303, "/herinneringen#beslissen")
    assert register.done == [
        {"key": "r-2024-06-26", "settlement": "sent", "reason": None, "address": None}
    ]


def test_a_refused_decision_keeps_the_address_that_was_typed(
    client: TestClient, register: FakeRegister
) -> None:
    """Somebody else was first: the page says so, and nothing typed is lost."""
    register.refusal = Conflict("Iemand anders was eerder.")
    given = {"sleutel": "r-2024-06-26", "besluit": "queued", "adres": "goed@regio.example"}

    answer = client.post("/herinneringen/beslis", data=given)

    assert answer.status_code == 409
    assert "Iemand anders was eerder." in answer.text
    assert 'value="goed@regio.example"' in answer.text


def test_an_address_that_works_again_is_told_so(client: TestClient, register: FakeRegister) -> None:
    """One button as well."""
    answer = client.post("/herinneringen/adres", data={"adres": "s.bakker@regio.example"})
    assert answer.status_code == 303
    assert register.done == [{"works": "s.bakker@regio.example"}]


def test_who_may_only_read_sees_the_question_and_no_button(
    client: TestClient, register: FakeRegister
) -> None:
    """A page offers nothing that is refused."""
    register.permissions = {Permission.LEZEN}
    page = client.get("/herinneringen").text
    assert "Wacht op uw beslissing" in page
    assert "Nog eens sturen" not in page
    assert client.post("/herinneringen/beslis", data={}).status_code == 403


def test_one_view_shows_what_was_sent_and_what_will_be(client: TestClient) -> None:
    """Each with its outcome, on its day; a filter stays in the links to the months beside it."""
    page = client.get("/herinneringen?regel=punt_op_agenda").text

    assert "<h2>Juli 2024</h2>" in page
    assert "Verzonden" in page
    assert "Gepland" in page
    assert "Weekend" in page
    assert "?van=2024-06-01&amp;tot=2024-06-30&amp;regel=punt_op_agenda#kalender" in page
    assert "/herinneringen.csv?van=2024-07-01&amp;tot=2024-07-31&amp;regel=punt_op_agenda" in page


def test_a_week_has_weeks_beside_it(client: TestClient) -> None:
    """Earlier and later are of the same length."""
    page = client.get("/herinneringen?van=2024-07-08&tot=2024-07-14").text

    assert "Week 28 van 2024" in page
    assert "?van=2024-07-01&amp;tot=2024-07-07#kalender" in page
    assert "?van=2024-07-15&amp;tot=2024-07-21#kalender" in page


def test_the_table_is_a_download_for_who_may_read(
    client: TestClient, register: FakeRegister
) -> None:
    """With the period in its name; who may not read gets nothing."""
    answer = client.get("/herinneringen.csv?van=2024-07-01&tot=2024-07-31")
    register.permissions = set()

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "herinneringen-2024-07-01-2024-07-31.csv" in answer.headers["content-disposition"]
    assert client.get("/herinneringen.csv").status_code == 403


def test_a_dossier_shows_what_it_heard_and_why_not(client: TestClient) -> None:
    """The panel names who was skipped, and which rule waits for what."""
    page = client.get("/voorstellen/24005969").text

    assert "Van Sam Doornbos is geen e-mailadres bekend." in page
    assert "Het voorstel staat nog op geen agenda." in page


def test_the_chart_says_the_same_as_its_table(client: TestClient) -> None:
    """One scale for all bars, and a name with markup in it stays text."""
    page = client.get("/op-tijd").text

    assert 'width="465"' in page  # 8 of 11 on 640
    assert "Beleid &amp; &lt;b&gt;Bestuur&lt;/b&gt;" in page
    assert "<b>Bestuur" not in page
    assert "style=" not in page
    assert "Evaluaties" not in page


@pytest.mark.parametrize("query", ["van=x", "van=2-7-2024&tot=1-7-2024", "tot=1-1-2044"])
def test_a_period_to_count_that_cannot_be_is_refused_kindly(client: TestClient, query: str) -> None:
    """On the page and in the table."""
    assert client.get(f"/op-tijd?{query}").status_code == 400
    assert client.get(f"/op-tijd.csv?{query}").status_code == 400
    assert client.get("/op-tijd.csv").headers["content-type"] == "text/csv; charset=utf-8"
