"""The page that offers letters without a dossier."""

from starlette.testclient import TestClient

from tests.web.fake_register import FakeRegister
from workflow.domain.errors import NotFound


def test_a_waiting_letter_is_put_in_a_dossier(client: TestClient, register: FakeRegister) -> None:
    """The page says which letters wait; naming a kenmerk puts one there."""
    assert "Brieven zonder dossier" in client.get("/inlezen").text

    answer = client.post("/inlezen/koppelen", data={"brief": "d7", "kenmerk": "24005969"})

    assert answer.status_code == 303
    assert answer.headers["location"] == "/voorstellen/24005969#stukken"
    assert register.done[-1] == {"letter": "d7", "kenmerk": "24005969"}


def test_a_wrong_kenmerk_is_shown_again(client: TestClient, register: FakeRegister) -> None:
    """What was typed stays, beside the reason."""
    register.refusal = NotFound("Voorstel", "2400")

    answer = client.post("/inlezen/koppelen", data={"brief": "d7", "kenmerk": "2400"})

    assert answer.status_code == 404
    assert "‘2400’ is niet gevonden" in answer.text
    assert 'value="2400"' in answer.text
