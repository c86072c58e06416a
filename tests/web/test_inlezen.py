"""Reading papers in: nothing is stored before the reader says so."""

import html
import re

import pytest
from starlette.testclient import TestClient

from tests.web import paper
from tests.web.fake_register import FakeRegister
from workflow.domain.errors import Conflict
from workflow.web.carry import pack, unpack
from workflow.web.review import corrections

PAPER = paper.TEXT.encode()


def _upload(*names: str) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("bestanden", (name, PAPER, "text/plain")) for name in names]


def _hidden(text: str) -> dict[str, str]:
    """The hidden fields of the review form."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in found}


def _review(client: TestClient, *names: str) -> dict[str, str]:
    return _hidden(client.post("/inlezen", files=_upload(*names)).text)


def test_reading_shows_paper_and_reading_side_by_side(
    client: TestClient, register: FakeRegister
) -> None:
    """Each doubt is named, marked on the paper and linked to its field; nothing is stored."""
    text = client.post("/inlezen", files=_upload("voorblad.txt")).text

    assert "Er is nog niets opgeslagen" in text
    assert "3 dingen om na te kijken" in text
    assert '<span class="line marked" id="regel-0-16">' in text
    assert 'href="#v0-behandelingen-0-datum"' in text
    assert 'id="v0-behandelingen-0-datum"' in text
    assert "Maak dossier aan" in text
    assert register.done == []


def test_what_the_reader_changed_goes_along_as_a_correction(
    client: TestClient, register: FakeRegister
) -> None:
    """Only changed fields are corrections; the paper itself goes on byte for byte."""
    sent = _review(client, "voorblad.txt") | {
        "0:onderwerp": "Programmalijn 3: Zorg en Veiligheid",
        "0:behandelingen[0].datum": "8 maart 2024",
        "0:behandelingen[1].doel": "informeren",
        "0:contactpersonen[1].organisatie": "Gemeente",
        "route-0": "vrij",
    }

    answer = client.post("/inlezen/opslaan", data=sent)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/voorstellen/24004592"
    assert register.done == [
        {
            "files": [("voorblad.txt", PAPER)],
            "route": "vrij",
            "corrections": {
                "behandelingen[0].datum": "2024-03-08",
                "contactpersonen[1].organisatie": "Gemeente",
            },
        }
    ]


def test_several_papers_at_once_each_get_their_own_result(
    client: TestClient, register: FakeRegister
) -> None:
    """A paper that is not understood is named and left out; the others are stored."""
    text = client.post("/inlezen", files=_upload("voorblad.txt", "foto.jpg", "brief.txt")).text
    assert "1 bestand is niet herkend" in text
    assert "foto.jpg" in text
    assert "Sla deze twee stukken op" in text

    answer = client.post("/inlezen/opslaan", data=_hidden(text))

    assert answer.status_code == 303
    assert [one["files"][0][0] for one in register.done] == ["voorblad.txt", "brief.txt"]
    assert "2 stukken ingelezen" in client.get(answer.headers["location"]).text


def test_a_refused_paper_is_shown_again_with_what_was_typed(
    client: TestClient, register: FakeRegister
) -> None:
    """A correction that was typed survives the refusal."""
    sent = _review(client, "voorblad.txt") | {"0:eenheid": "Beleid en Bestuur"}
    register.refusal = Conflict("Dit kenmerk hoort bij een ander voorstel.")

    answer = client.post("/inlezen/opslaan", data=sent)

    assert answer.status_code == 409
    assert "Dit kenmerk hoort bij een ander voorstel." in answer.text
    assert 'value="Beleid en Bestuur"' in answer.text


def test_a_correction_that_is_no_date_is_refused_at_once(
    client: TestClient, register: FakeRegister
) -> None:
    """A typed date is read strictly, as everywhere."""
    sent = _review(client, "voorblad.txt") | {"0:datum": "31-2-2024"}

    answer = client.post("/inlezen/opslaan", data=sent)

    assert answer.status_code == 400
    assert "‘31-2-2024’ is geen datum" in answer.text
    assert 'value="31-2-2024"' in answer.text
    assert register.done == []


def test_no_file_is_an_error_at_the_field(client: TestClient) -> None:
    """An empty choice says what to do."""
    answer = client.post("/inlezen", data={"x": "y"})

    assert answer.status_code == 400
    assert "Kies eerst een bestand." in answer.text


def test_nothing_understood_offers_no_button_to_store(client: TestClient) -> None:
    """There is nothing to store, and the page says so."""
    text = client.post("/inlezen", files=_upload("foto.jpg")).text

    assert "Hier valt niets van te maken" in text
    assert "/inlezen/opslaan" not in text


@pytest.mark.parametrize("broken", ["", "niet-base64", "eHg=", pack(b"x" * 99)[:-8]])
def test_a_paper_that_we_did_not_pack_is_refused(
    client: TestClient, register: FakeRegister, broken: str
) -> None:
    """What travels with the form is opened with care."""
    sent = _review(client, "voorblad.txt") | {"bestand-0": broken}

    answer = client.post("/inlezen/opslaan", data=sent)

    assert answer.status_code == 400
    assert register.done == []


def test_a_packed_paper_cannot_grow_beyond_the_limit() -> None:
    """A small field that unpacks to a huge paper is refused."""
    with pytest.raises(Exception, match="400"):
        unpack(pack(b"x" * 1000), 999)
    assert unpack(pack(b"x" * 1000), 1000) == b"x" * 1000


def test_a_field_that_was_not_read_is_no_correction() -> None:
    """Only what stands on the form can be corrected."""
    read = paper.voorblad()

    assert corrections(read, {"state": "afgerond", "behandelingen[9].doel": "x"}) == {}
    assert corrections(read, {"eenheid": "Beleid Bestuur"}) == {}
