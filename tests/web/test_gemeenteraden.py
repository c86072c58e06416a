"""The matrix of gemeenten: each round of a voorstel on a line of its own."""

from starlette.testclient import TestClient

from tests.web.fake_register import FakeRegister
from workflow.web.port import Json


def _row(gemeente: str, stap: str, deelroute: str, state: str, *, klaar: bool) -> Json:
    """A row of `council` of a beleidsplan."""
    return {
        "kenmerk": "26000001",
        "onderwerp": "Beleidsplan",
        "gemeente": gemeente,
        "state": state,
        "datum_college": None,
        "verzonden_op": None,
        "klaar": klaar,
        "stap": stap,
        "deelroute": deelroute,
        "ronde": 1,
        "laatste": True,
    }


def test_a_round_that_decides_is_not_told_as_one_that_informs(
    client: TestClient, register: FakeRegister
) -> None:
    """Colleges adopt and raden adopt: two lines, none of which says that raden were informed."""
    rows = [
        _row("Laren", "colleges", "collegebesluit", "vastgesteld", klaar=True),
        _row("Huizen", "colleges", "collegebesluit", "voorgelegd", klaar=False),
        _row("Laren", "raden", "raadsbesluit", "voorgelegd", klaar=False),
    ]
    register.council = lambda kenmerk=None: rows  # type: ignore[method-assign]

    page = client.get("/gemeenteraden").text

    assert "Colleges: 1 van 2 klaar" in page
    assert "Raden: 0 van 1 klaar" in page
    assert "geïnformeerd</span>" not in page
    assert "Vastgesteld" in page
