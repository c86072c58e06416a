"""A real voorblad walks its whole route in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.desk import Desk, seated

pytestmark = pytest.mark.browser

PAPER = "24005969"


@pytest.fixture
def desk(tmp_path: Path, page: Page) -> Iterator[Desk]:
    """An empty register on 12 June 2024, and a browser in front of it."""
    with seated(tmp_path, page, kenmerk=PAPER, day="2024-06-12") as desk:
        yield desk


def _council(desk: Desk, gemeente: str, act: str, **typed: str) -> None:
    """One act on one gemeente, from its row."""
    row = desk.page.get_by_role("row").filter(has_text=gemeente)
    row.get_by_role("link", name=act).first.click()
    for label, value in typed.items():
        desk.page.get_by_label(label.replace("_", " ").capitalize()).fill(value)
    desk.click(act)
    expect(desk.page).to_have_url(f"{desk.dossier}#nu")


def _inform(desk: Desk, gemeente: str) -> None:
    """From offering to the report that the letter was sent."""
    _council(desk, gemeente, "Bied aan")
    _council(desk, gemeente, "Leg collegebesluit vast", datum_collegebesluit="16 juli 2024")
    _council(desk, gemeente, "Meld verzending aan de raad", datum_van_verzending="18-7-2024")


def test_from_paper_to_seven_raden(desk: Desk) -> None:
    """Read in, advised on 27 June, adopted on 11 July, sent to seven raden, closed and verified."""
    desk.read_in()
    later = desk.register.dossier(PAPER)["behandelingen"][1]["id"]
    desk.page.goto(f"{desk.dossier}/doe/leg_conclusie_vast?behandeling={later}")
    desk.sees("Nog geen conclusie van: Directie-overleg")

    desk.conclude("2024-06-28", "Akkoord")
    desk.sees("Staat donderdag 11 juli 2024 ter vaststelling in het PFHO.")
    desk.conclude("2024-07-12", "Vastgesteld")

    desk.set_day("2024-07-20")
    desk.page.goto(desk.dossier)
    desk.click("Start het informeren van de raden")
    desk.click("Start het informeren van de raden")
    names = [row["gemeente"] for row in desk.register.council(PAPER)]
    assert len(names) == 7
    for name in names[:-2]:
        _inform(desk, name)
    desk.sees("5 van 7 raden geïnformeerd")

    desk.page.goto(f"{desk.dossier}/doe/rond_af")
    desk.sees("Dit kan alleen met een reden.")
    desk.sees(f"Nog open: {names[-2]} en {names[-1]}.")
    desk.click("Rond af")
    assert desk.register.dossier(PAPER)["state"] == "raden"

    desk.page.goto(desk.dossier)
    for name in names[-2:]:
        _inform(desk, name)
    desk.click("Rond af")
    desk.click("Rond af")
    desk.sees("Dit voorstel is afgerond.")
    desk.sees("Niet gewijzigd sinds 20 juli 2024")

    desk.verify()


def test_a_double_click_happens_once(desk: Desk) -> None:
    """Impatience writes no second event."""
    desk.read_in()
    desk.set_day("2024-06-28")
    desk.page.goto(desk.dossier)
    desk.click("Leg conclusie vast")
    desk.page.get_by_label("Conclusie", exact=True).select_option(label="Akkoord")
    desk.page.get_by_role("button", name="Leg conclusie vast").dblclick()
    expect(desk.page).to_have_url(f"{desk.dossier}#nu")

    assert [one["type"] for one in desk.register.history(PAPER)][1:] == ["leg_conclusie_vast"]


def test_the_second_of_two_is_told_who_was_first(desk: Desk) -> None:
    """What the second typed is still there, and pressing again acts on the dossier of now."""
    desk.read_in()
    desk.set_day("2024-06-20")
    second = desk.page.context.new_page()
    for page in (desk.page, second):
        page.goto(f"{desk.dossier}/doe/stuur_terug")
        page.get_by_label("Reden").fill("Bijlage 1 ontbreekt nog")
    desk.page.goto(desk.dossier)
    desk.click("Zet op agenda")
    desk.click("Zet op agenda")

    second.get_by_role("button", name="Stuur terug naar de opsteller").click()

    expect(second.get_by_role("alert")).to_contain_text("Noor de Wit")
    expect(second.get_by_label("Reden")).to_have_value("Bijlage 1 ontbreekt nog")
    second.get_by_role("button", name="Stuur terug naar de opsteller").click()
    expect(second).to_have_url(f"{desk.dossier}#nu")
    assert desk.register.dossier(PAPER)["state"] == "teruggestuurd"
