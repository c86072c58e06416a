"""The pages of the routes: pictures, steps in words, versions."""

import pytest
from starlette.testclient import TestClient


def test_every_route_stands_on_one_page_with_its_picture(client: TestClient) -> None:
    """The route for all other voorstellen comes last; each leads to its own page."""
    text = client.get("/routes").text

    assert text.count('role="img"') == 2 * text.count('class="panel route-card"')
    assert '<a href="/routes/voortgangsrapportage">Halfjaarlijkse voortgangsrapportage</a>' in text
    assert text.index("Volgens de behandeltabel") > text.index("Halfjaarlijkse")


def test_a_route_says_its_steps_in_words(client: TestClient) -> None:
    """Who, for what, and where each conclusion leads."""
    text = client.get("/routes/voortgangsrapportage").text

    assert "Directie-overleg Sociaal Domein: adviseren" in text
    assert "Pas een conclusie als alle gevraagde adviezen er zijn." in text
    assert "Einde, het voorstel is afgewezen: niet akkoord." in text
    assert "Per gemeente een eigen rij. Klaar als alle gemeenten klaar zijn." in text
    assert "In het onderwerp</dt><dd>voortgangsrapportage" in text


def test_a_dossier_leads_to_the_version_of_its_route(client: TestClient) -> None:
    """A running voorstel keeps the version with which it began."""
    text = client.get("/voorstellen/24005969").text

    assert 'href="/routes/voortgangsrapportage?versie=1"' in text
    assert client.get("/routes/voortgangsrapportage?versie=1").status_code == 200


@pytest.mark.parametrize(
    "path", ["/routes/bestaat-niet", "/routes/vrij?versie=99", "/routes/vrij?versie=een"]
)
def test_a_route_or_version_that_is_not_there_is_404(client: TestClient, path: str) -> None:
    """With a page that says so."""
    assert client.get(path).status_code == 404
