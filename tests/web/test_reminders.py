"""Deciding on mail that is in doubt: one button, and what is refused keeps what was typed."""

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
