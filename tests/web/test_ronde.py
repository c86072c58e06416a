"""One act for several gemeenten: a row each, its own event, its own result."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.fake_register import FakeRegister
from workflow.domain.errors import TransitionRefused

ROUND = "/voorstellen/24004101/raden/leg_collegebesluit_vast"
FORM = {
    "versie": "4",
    "opdracht": "opdracht-1",
    "gemeente": ["Eemnes", "Hilversum"],
    "datum-datum:Eemnes": "16 juli 2024",
    "veld-zaaknummer:Eemnes": "Z-1",
    "datum-datum:Hilversum": "",
    "veld-zaaknummer:Hilversum": "",
}


def test_the_dossier_offers_what_can_be_done_for_more_gemeenten(client: TestClient) -> None:
    """Two gemeenten that wait for the same act can have it in one go."""
    assert f'href="{ROUND}">Leg collegebesluit vast (2)</a>' in (
        client.get("/voorstellen/24004101").text
    )


def test_only_what_was_filled_in_is_recorded(client: TestClient, register: FakeRegister) -> None:
    """An empty row takes no part; each gemeente is one act with a command of its own."""
    answer = client.post(ROUND, data=FORM)

    assert answer.status_code == 303
    assert [one["gemeente"] for one in register.done] == ["Eemnes"]
    assert register.done[0]["fields"] == {"datum": "2024-07-16", "zaaknummer": "Z-1"}
    assert register.done[0]["command_id"] == "opdracht-1:Eemnes"
    assert register.done[0]["version"] == 4


def test_each_next_act_has_seen_the_one_before(client: TestClient, register: FakeRegister) -> None:
    """The second gemeente is not refused because of the first."""
    client.post(ROUND, data=FORM | {"datum-datum:Hilversum": "17-7-2024"})

    assert [one["version"] for one in register.done] == [4, 5]


def test_a_refused_gemeente_is_shown_again_and_the_others_stand(
    client: TestClient, register: FakeRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A result per row: who was recorded, who was not and why, with what was typed."""
    act = register.act

    def refuses_one(**given: Any) -> dict[str, Any]:
        if given["gemeente"] == "Hilversum":
            raise TransitionRefused("24004101", "Leg collegebesluit vast", "Eerst aanbieden.")
        return act(**given)

    monkeypatch.setattr(register, "act", refuses_one)
    answer = client.post(ROUND, data=FORM | {"datum-datum:Hilversum": "17-7-2024"})

    assert answer.status_code == 409
    assert "Vastgelegd voor Eemnes." in answer.text
    assert "Niet vastgelegd voor Hilversum" in answer.text
    assert "Eerst aanbieden." in answer.text
    assert 'value="17-7-2024"' in answer.text


def test_a_date_that_is_none_is_named_at_its_row(
    client: TestClient, register: FakeRegister
) -> None:
    """One wrong date stops only its own gemeente."""
    answer = client.post(ROUND, data=FORM | {"datum-datum:Hilversum": "later"})

    assert answer.status_code == 400
    assert "‘later’ is geen datum" in answer.text
    assert [one["gemeente"] for one in register.done] == ["Eemnes"]


def test_nobody_chosen_is_said(client: TestClient, register: FakeRegister) -> None:
    """An empty form records nothing and says what to do."""
    empty = FORM | {"datum-datum:Eemnes": "", "veld-zaaknummer:Eemnes": ""}

    answer = client.post(ROUND, data=empty)

    assert answer.status_code == 400
    assert "Kies minstens één gemeente." in answer.text
    assert register.done == []


def test_an_act_that_no_gemeente_can_have_is_404(client: TestClient) -> None:
    """There is no empty form to fill in."""
    assert client.get("/voorstellen/24004101/raden/ontplof").status_code == 404
