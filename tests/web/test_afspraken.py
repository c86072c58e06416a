"""What is owed, by who must act, with its story; and as a table."""

import pytest
from starlette.testclient import TestClient

from tests.web import sample
from tests.web.fake_register import FakeRegister
from workflow.web.port import Json

REPORT = "rapportage-2027-h1"


def _part(gemeente: str, state: str) -> Json:
    """The local part of a report."""
    return sample.afspraak(
        id=f"bijdrage-{gemeente}", soort="actie", titel="Lokale bijdrage", gemeente=gemeente,
        rapportage=REPORT, state=state, bron={"kenmerk": None, "beslispunten": []},
    )  # fmt: skip


@pytest.fixture
def owing(register: FakeRegister, monkeypatch: pytest.MonkeyPatch) -> FakeRegister:
    """A report with three local parts, and an evaluation that slipped."""
    slip = {"op": "2025-01-06", "was": "2025-03-31", "wordt": "2025-06-30", "reden": "Later klaar"}
    rows = [
        sample.afspraak(
            id=REPORT, soort="rapportage", titel="Rapportage 2027", rangnummer=3,
            bereik="2026 t/m eerste helft 2027", overleggen=["PFHO G&O"],
            bron={"kenmerk": None, "beslispunten": []},
        ),
        sample.afspraak(verschoven=1, verschuivingen=[slip], gevraagd=["begin", "einde"]),
        _part("Laren", "afgedaan"), _part("Huizen", "openstaand"), _part("Eemnes", "openstaand"),
    ]  # fmt: skip
    monkeypatch.setattr(register, "obligations", lambda **_: rows)
    return register


def test_a_report_says_whose_part_is_missing(client: TestClient, owing: FakeRegister) -> None:
    """The parts fold under their report; they are no rows of their own."""
    page = client.get("/afspraken").text

    assert "Lokale delen: 1 van 3 binnen" in page
    assert "Nog niet van Huizen en Eemnes." in page
    assert "nummer 3, over 2026 t/m eerste helft 2027" in page
    assert "bijdrage-Laren" not in page
    assert page.count("Lokale bijdrage") == 0


def test_every_slip_shows_its_dates_and_reason(client: TestClient, owing: FakeRegister) -> None:
    """And what paper leaves open is named."""
    page = client.get("/afspraken").text

    assert "1 keer verschoven" in page
    assert "Later klaar" in page
    assert "Nog niet bekend van de proefperiode: begin en einde." in page


def test_afspraken_stand_together_per_overleg(client: TestClient, owing: FakeRegister) -> None:
    """The name of an overleg keeps its own capitals."""
    page = client.get("/afspraken?per=overleg").text

    assert page.index("PFHO G&amp;O") < page.index("Geen overleg genoemd")


def test_a_grouping_that_nobody_knows_is_none(client: TestClient, owing: FakeRegister) -> None:
    """A typed address shows the list, not an error."""
    assert client.get("/afspraken?per=%3Cscript%3E").status_code == 200


def test_a_filter_that_finds_nothing_says_how_to_go_on(
    client: TestClient, register: FakeRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not 'er staat niets open': other afspraken may."""
    monkeypatch.setattr(register, "obligations", lambda **_: [])

    assert "Toon alle afspraken die openstaan" in client.get("/afspraken?gemeente=laren").text


def test_the_table_is_a_download(client: TestClient) -> None:
    """Under a name of its own."""
    answer = client.get("/afspraken.csv")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == "attachment; filename=afspraken.csv"
