"""The voorblad with four beslispunten walks its route in a real browser, point by point."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.walk.papers import voorblad
from tests.web.desk import CONCLUDE, Desk, seated

pytestmark = pytest.mark.browser

PAPER, LATER = "24004592", "25000417"
POINTS = {1: "Akkoord", 2: "Akkoord", 3: "Gewijzigd vastgesteld", 4: "Aangehouden"}
NEW_TEXT = "Instemmen met een uitwerking, vóór 1 oktober 2024."


@pytest.fixture
def desk(tmp_path: Path, page: Page) -> Iterator[Desk]:
    """An empty register on 8 March 2024, and a browser in front of it."""
    with seated(tmp_path, page, kenmerk=PAPER, day="2024-03-08") as desk:
        yield desk


def _decide(desk: Desk) -> None:
    """The DO of 21 March: 1 and 2 agreed, 3 changed, 4 held until 18 April."""
    desk.set_day("2024-03-21")
    desk.page.goto(desk.dossier)
    desk.click(CONCLUDE)
    desk.page.get_by_label("Conclusie", exact=True).select_option(label="Akkoord")
    desk.page.get_by_label("Aangehouden tot").fill("18-4-2024")
    for number, conclusion in POINTS.items():
        field = desk.page.get_by_label(f"Conclusie op punt {number}")
        field.select_option(label=conclusion)
    desk.page.get_by_text("De tekst van punt 3 is gewijzigd").click()
    desk.page.get_by_label("Nieuwe tekst van punt 3").fill(NEW_TEXT)
    desk.done(CONCLUDE)


def _owed(desk: Desk) -> dict[str, str]:
    """The afspraken of the voorstel: soort and state."""
    return {one["soort"]: one["state"] for one in desk.register.dossier(PAPER)["afspraken"]}


def test_from_four_points_to_the_evaluation_of_a_year_later(desk: Desk, tmp_path: Path) -> None:
    """Decided per point, one held and agreed later, informed, reminded of and settled in 2025."""
    desk.read_in()
    desk.sees("BO Z&V")
    desk.act_page("leg_conclusie_vast", "b3")
    desk.sees("Nog geen conclusie van: BO Z&V")

    desk.conclude("2024-03-18", "Akkoord")
    _decide(desk)
    desk.sees(NEW_TEXT)
    assert _owed(desk) == {"evaluatie": "openstaand"}
    desk.conclude("2024-04-04", "Kennisgenomen", row="b4")
    desk.conclude("2024-04-18", "Akkoord", row="b5")
    assert _owed(desk) == {"evaluatie": "openstaand", "opdracht": "openstaand"}

    desk.page.goto(f"{desk.url}/herinneringen?van=1-1-2025&tot=31-3-2025")
    desk.sees("Evaluatie proefperiode Zorg en Veiligheid")

    _settle(desk, tmp_path)
    assert _owed(desk) == {"evaluatie": "afgedaan", "opdracht": "openstaand"}
    desk.page.goto(f"{desk.url}/afspraken?alle=1")
    desk.sees(f"door {LATER}")
    desk.verify()


def _settle(desk: Desk, folder: Path) -> None:
    """A voorstel of 2025 evaluates the pilot, and the PFHO treats it inside its quarter."""
    desk.set_day("2025-01-14")
    desk.kenmerk = LATER
    subject = "Evaluatie proefperiode Zorg en Veiligheid"
    rows = [("20-3-2025", "PFHO G&O", "Besluiten")]
    desk.read_in(
        Path(voorblad(folder, kenmerk=LATER, subject=subject, date="13-1-2025", rows=rows))
    )
    desk.conclude("2025-03-21", "Akkoord")
