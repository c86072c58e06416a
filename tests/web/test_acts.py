"""An act on its own page: what is sent, what is kept when it is refused."""

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.web import sample
from tests.web.fake_register import FakeRegister
from workflow.domain.errors import (
    Conflict,
    InvalidField,
    NotPermitted,
    Stale,
    TransitionRefused,
    WorkflowError,
)

ACT = f"/voorstellen/{sample.KENMERK}/doe/leg_conclusie_vast"
FORM = {
    "versie": "4",
    "opdracht": "opdracht-1",
    "behandeling": "b2",
    "veld-conclusie": "gewijzigd_vastgesteld",
    "veld-tekst": "Vastgesteld, met dank & lof",
    "veld-nieuwe_tekst_2": "Kennisnemen van de brief",
    "datum-aangehouden_tot": "12 september 2024",
    "punt-1": "",
    "punt-2": "aangehouden",
    "gebeurd-op": "11-7-2024",
    "opmerking": "Zo besproken",
}


def test_a_form_becomes_one_act(client: TestClient, register: FakeRegister) -> None:
    """All that was filled in reaches the register once, dates as ISO, empty fields not at all."""
    answer = client.post(ACT, data=FORM)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/voorstellen/24005969#nu"
    assert register.done == [
        {
            "kenmerk": "24005969",
            "action": "leg_conclusie_vast",
            "behandeling": "b2",
            "gemeente": None,
            "afspraak": None,
            "punten": {"2": "aangehouden"},
            "fields": {
                "conclusie": "gewijzigd_vastgesteld",
                "tekst": "Vastgesteld, met dank & lof",
                "nieuwe_tekst_2": "Kennisnemen van de brief",
                "aangehouden_tot": "2024-09-12",
            },
            "happened": date(2024, 7, 11),
            "remark": "Zo besproken",
            "version": 4,
            "command_id": "opdracht-1",
        }
    ]


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (TransitionRefused("24005969", "Leg conclusie vast", "Het DO adviseerde nog niet."), 409),
        (Stale("24005969", 4, 5, "Mats Hoving zette het op de agenda"), 409),
        (InvalidField("conclusie", "Kies een conclusie."), 400),
        (NotPermitted("Leg conclusie vast", "conclusie vastleggen"), 403),
        (Conflict("Dit bestaat al."), 409),
    ],
)
def test_a_refusal_keeps_all_that_was_typed(
    client: TestClient, register: FakeRegister, refusal: WorkflowError, status: int
) -> None:
    """Nobody types a conclusion twice, whatever the reason of the refusal."""
    register.refusal = refusal

    answer = client.post(ACT, data=FORM)

    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    for typed in ("Vastgesteld, met dank &amp; lof", "Kennisnemen van de brief", "Zo besproken"):
        assert typed in answer.text
    for typed in ("12 september 2024", "11-7-2024", "opdracht-1"):
        assert f'value="{typed}"' in answer.text
    assert re.search(r'value="gewijzigd_vastgesteld" selected', answer.text)
    assert re.search(r'value="aangehouden" selected', answer.text)


def test_who_changed_it_first_is_named(client: TestClient, register: FakeRegister) -> None:
    """The second of two people is told what the first did, and gets the version of now."""
    register.refusal = Stale("24005969", 4, 5, "Mats Hoving zette het op de agenda")
    register.shown["24005969"] = sample.dossier(version=5)

    answer = client.post(ACT, data=FORM)

    assert "Iemand anders was u voor" in answer.text
    assert "Mats Hoving zette het op de agenda" in answer.text
    assert 'name="versie" value="5"' in answer.text


def test_an_error_links_to_its_field(client: TestClient, register: FakeRegister) -> None:
    """From the summary it is one click to the field, which says the reason itself."""
    register.refusal = InvalidField("conclusie", "Kies een conclusie.")

    text = client.post(ACT, data=FORM).text

    assert '<a href="#veld-conclusie">Conclusie</a>: Kies een conclusie.' in text
    assert 'aria-invalid="true"' in text
    assert 'id="veld-conclusie-fout"' in text


@pytest.mark.parametrize("field", ["datum-aangehouden_tot", "gebeurd-op"])
@pytest.mark.parametrize("typed", ["30-2-2024", "morgen", "7-3"])
def test_what_is_no_date_is_refused_at_its_field(
    client: TestClient, register: FakeRegister, field: str, typed: str
) -> None:
    """A date is never guessed or rolled to another day."""
    answer = client.post(ACT, data=FORM | {field: typed})

    assert answer.status_code == 400
    assert f"‘{typed}’ is geen datum" in answer.text
    assert register.done == []


def test_what_was_typed_survives_an_act_that_is_gone(
    client: TestClient, register: FakeRegister
) -> None:
    """When the dossier moved on so far that the act is no longer known, the words are shown."""
    register.refusal = TransitionRefused("24005969", "Verzet", "Dat kan niet meer.")

    answer = client.post(
        f"/voorstellen/{sample.KENMERK}/doe/verzet", data=FORM | {"veld-reden": "Ziek"}
    )

    assert answer.status_code == 409
    assert "Wat u had ingevuld" in answer.text
    assert "Ziek" in answer.text


def test_each_form_carries_a_command_of_its_own(client: TestClient) -> None:
    """A double click happens once; opening the form again is a new command."""
    found = [re.findall(r'name="opdracht" value="([^"]+)"', client.get(ACT).text) for _ in "ab"]

    assert len(found[0]) == len(found[1]) == 1
    assert found[0] != found[1]
    assert len(found[0][0]) >= 20


@pytest.mark.parametrize("broken", [{"versie": "x"}, {"opdracht": ""}, {"versie": ""}])
def test_a_form_that_is_not_ours_is_refused(
    client: TestClient, register: FakeRegister, broken: dict[str, str]
) -> None:
    """Without a seen version and a command nothing is done."""
    assert client.post(ACT, data=FORM | broken).status_code == 400
    assert register.done == []


def test_an_act_that_cannot_be_done_says_why(client: TestClient) -> None:
    """Following an old link gives the reason, not a form that will fail."""
    answer = client.get(f"/voorstellen/{sample.KENMERK}/doe/start_raadsinformatie")

    assert answer.status_code == 200
    assert "Het PFHO heeft nog geen conclusie." in answer.text
    assert "<form" not in answer.text


def test_what_a_reason_can_lift_is_offered_with_its_form(client: TestClient) -> None:
    """Closing with open gemeenten is possible, with a reason: the page says so and asks it."""
    text = client.get(f"/voorstellen/{sample.KENMERK}/doe/rond_af").text

    assert "Dit kan alleen met een reden." in text
    assert "De gemeenteraden zijn nog niet geïnformeerd." in text
    assert 'name="veld-reden"' in text


def test_an_unknown_act_is_404(client: TestClient) -> None:
    """An act that no definition knows is no page."""
    assert client.get(f"/voorstellen/{sample.KENMERK}/doe/ontplof").status_code == 404


def test_beslispunten_are_ticked_with_their_words(
    client: TestClient, register: FakeRegister
) -> None:
    """A number alone says little: its first words stand beside it, and the numbers are sent."""
    address = f"/voorstellen/{sample.KENMERK}/doe/splits_af"
    shown = client.get(address).text
    assert re.search(r'type="checkbox" name="veld-beslispunten" value="2"> 2\. \w', shown)

    form = {"versie": "4", "opdracht": "opdracht-1", "veld-reden": "Wacht"}
    client.post(address, data=form | {"veld-beslispunten": ["2"]})

    assert register.done[0]["fields"] == {"beslispunten": "2", "reden": "Wacht"}


def test_what_was_split_off_and_objected_to_is_shown(client: TestClient) -> None:
    """The point says where it goes on, the row who objected, the side which voorstel it became."""
    shown = client.get("/voorstellen/24004101").text

    assert "Bezwaar van het PFHO SD G&amp;O, nog niet behandeld" in shown
    assert re.search(r'Gaat verder als voorstel <a href="/voorstellen/24004592">', shown)
    assert re.search(r'Afgesplitst naar <a href="/voorstellen/24004592">', shown)
