"""The pages in a real browser: accessibility, keyboard, small screens, no script."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web import paper
from tests.web.conftest import Site, serving
from tests.web.live import EXAMPLES, on_day, opened_register
from workflow.domain.errors import InvalidField, Stale
from workflow.web.app import create_app
from workflow.web.port import WebSettings

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 390)
DOSSIER = "/voorstellen/24005969"
LONG = "/voorstellen/24008888"
ACT = f"{DOSSIER}/doe/leg_conclusie_vast?behandeling=b2"

REACHABLE = (
    "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, "
    "textarea, summary')]"
)
FOCUSED = """() => {
    const one = document.activeElement;
    const top = Math.round(one.getBoundingClientRect().top + scrollY);
    return [one.tagName, one.textContent.trim(), one.id, top, getComputedStyle(one).outlineStyle];
}"""

SPILLING = """[...document.querySelectorAll('.panel, .side, tbody td, tbody th')]
    .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
    .map(one => one.className + ': ' + one.textContent.trim().slice(0, 60))"""

SHOWN = (
    "/",
    "/voorstellen",
    "/voorstellen?zoek=bestaat-niet",
    DOSSIER,
    "/voorstellen/24004101",
    "/voorstellen/24004592",
    LONG,
    "/routes",
    "/routes/voortgangsrapportage",
    "/definities",
    "/definities/voortgangsrapportage/migratie?van=1&naar=2",
    "/definities/voortgangsrapportage/migratie/klaar?van=1&naar=2&gemigreerd=18",
    f"{DOSSIER}?op=24-6-2024",
    "/voorstellen/24004101/raden/leg_collegebesluit_vast",
    f"{DOSSIER}/geschiedenis",
    f"{DOSSIER}/stukken",
    f"{DOSSIER}/stukken?titel=Voortgangsrapportage",
    ACT,
    f"{DOSSIER}/doe/voeg_toe",
    f"{DOSSIER}/doe/splits_af",
    f"{DOSSIER}/doe/rond_af",
    f"{DOSSIER}/doe/start_raadsinformatie",
    "/nieuw",
    "/inlezen",
    "/inlezen/klaar?r=created:24005969&r=kept:",
    "/overleggen",
    "/gemeenteraden",
    "/herinneringen",
    "/herinneringen?van=morgen",
    "/antwoord/geheim",
    "/op-tijd",
    "/op-tijd?van=morgen",
    "/geschiedenis",
    "/geschiedenis?nagerekend=nu",
    "/afspraken",
    "/bestaat-niet",
)
EMPTY = ("/", "/voorstellen", "/overleggen", "/gemeenteraden", "/herinneringen", "/geschiedenis",
         "/afspraken")  # fmt: skip


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    """A page that fails the test on any script, error or content-policy report.

    A status of 4xx that a test asks for is no error of the page.
    """
    context = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    shown = context.new_page()
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    shown.on("console", lambda line: complaints.append(line.text))
    yield shown
    context.close()
    assert [text for text in complaints if "responded with a status of 4" not in text] == []


def _check(screen: Page) -> None:
    """No violation and nothing beside the screen, at both widths, with all folds open."""
    screen.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    for width in WIDTHS:
        screen.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(screen, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert found.violations_count == 0, f"{width} px\n{found.generate_report()}"
        assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert screen.evaluate(SPILLING) == [], width


@pytest.mark.parametrize("path", SHOWN)
def test_a_full_page_is_accessible(site: Site, screen: Page, path: str) -> None:
    """Every page with content, and the error pages, for every reader."""
    screen.goto(site.url + path)

    _check(screen)


@pytest.mark.parametrize("path", EMPTY)
def test_an_empty_page_is_accessible(empty_site: Site, screen: Page, path: str) -> None:
    """Every page before there is anything to show."""
    screen.goto(empty_site.url + path)

    _check(screen)


@pytest.fixture(scope="module")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Served pages of the real register, filled with the example papers."""
    register = on_day(opened_register(tmp_path_factory.mktemp("live"), "2024-07-12"), "2024-07-12")
    register.store([(one.name, one.read_bytes()) for one in sorted(EXAMPLES.iterdir())])
    register.act(kenmerk="23003187", action="start_raadsinformatie")
    with serving(lambda port: create_app(register, WebSettings(port=port))) as (_, url):
        yield url


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/voorstellen",
        "/voorstellen/24005969",
        "/voorstellen/24004592",
        "/voorstellen/23003187",
        "/voorstellen/23003187/raden/bied_aan",
        "/voorstellen/24004592/geschiedenis",
        "/voorstellen/24005969/doe/leg_conclusie_vast",
        "/overleggen",
        "/gemeenteraden",
        "/herinneringen",
        "/geschiedenis?nagerekend=nu",
        "/afspraken?alle=1",
    ],
)
def test_the_real_register_is_accessible(example_site: str, screen: Page, path: str) -> None:
    """What the example papers become is shown without a violation."""
    screen.goto(example_site + path)

    _check(screen)


def _stale(site: Site, screen: Page) -> None:
    site.register.refusal = Stale("24005969", 4, 5, "Mats Hoving zette het op de agenda")
    screen.goto(site.url + ACT)
    screen.get_by_label("Woorden op papier").fill("Vastgesteld met dank")
    screen.get_by_role("button", name="Leg conclusie vast").click()
    assert screen.get_by_label("Woorden op papier").input_value() == "Vastgesteld met dank"


def _faulty(site: Site, screen: Page) -> None:
    site.register.refusal = InvalidField("conclusie", "Kies een conclusie.")
    screen.goto(site.url + ACT)
    screen.get_by_role("button", name="Leg conclusie vast").click()
    assert screen.get_by_role("alert").is_visible()


def _faulty_new(site: Site, screen: Page) -> None:
    site.register.refusal = InvalidField("kenmerk", "Dit kenmerk bestaat al.")
    screen.goto(f"{site.url}/nieuw")
    screen.get_by_label("Kenmerk").fill("1")
    screen.get_by_label("Onderwerp").fill("Plan")
    screen.get_by_role("button", name="Maak dossier aan").click()
    assert screen.get_by_role("alert").is_visible()


def _review(site: Site, screen: Page) -> None:
    screen.goto(f"{site.url}/inlezen")
    files = [
        {"name": name, "mimeType": "text/plain", "buffer": paper.TEXT.encode()}
        for name in ("voorblad.txt", "brief.txt", "foto.jpg")
    ]
    screen.get_by_label("Voorbladen, brieven").set_input_files(files)  # type: ignore[arg-type]
    screen.get_by_role("button", name="Lees en laat zien").click()
    assert screen.get_by_role("heading", name="Klopt dit?").is_visible()


def _broken(site: Site, screen: Page) -> None:
    site.register.verdict = {
        "ok": False, "events": 1, "root": "x", "checked": [],
        "problems": [{"check": "leaves", "seq": 1, "kenmerk": "24005969", "message": "Wijkt af."}],
    }  # fmt: skip
    screen.goto(f"{site.url}/geschiedenis?nagerekend=nu")


def _broken_dossier(site: Site, screen: Page) -> None:
    _broken(site, screen)
    screen.goto(site.url + DOSSIER)


def _rehearsal(site: Site, screen: Page) -> None:
    site.register.fixed_day = True
    screen.goto(site.url)


@pytest.mark.parametrize(
    "reach",
    [_stale, _faulty, _faulty_new, _review, _broken, _broken_dossier, _rehearsal],
    ids=lambda reach: reach.__name__.strip("_"),
)
def test_a_page_in_trouble_is_accessible(
    site: Site, screen: Page, reach: Callable[[Site, Page], None]
) -> None:
    """Refused, stale, doubtful, broken and rehearsed: each state for every reader."""
    reach(site, screen)

    _check(screen)


@pytest.mark.parametrize("path", ["/", DOSSIER, ACT])
def test_the_keyboard_reaches_everything(site: Site, screen: Page, path: str) -> None:
    """Tab visits every link, button and field in the order of the page, and shows where it is."""
    screen.goto(site.url + path)
    reach = screen.evaluate(f"{REACHABLE}.filter(one => one.checkVisibility()).length")
    seen: list[tuple[object, ...]] = []
    for _ in range(reach):
        screen.keyboard.press("Tab")
        seen.append(tuple(screen.evaluate(FOCUSED)))

    assert seen[0][1] == "Naar de inhoud"
    assert len(set(seen)) >= reach - 1  # two links may read the same at one height
    assert {one[-1] for one in seen} == {"solid"}


def test_the_skip_link_leads_to_the_content(site: Site, screen: Page) -> None:
    """One key past the menu."""
    screen.goto(site.url)
    screen.keyboard.press("Tab")
    screen.keyboard.press("Enter")

    assert screen.evaluate("document.activeElement.id") == "inhoud"


def test_the_small_menu_opens_and_closes_by_keyboard(site: Site, screen: Page) -> None:
    """At 390 pixels the menu is one button; Escape closes what Enter opened."""
    screen.set_viewport_size({"width": 390, "height": 800})
    screen.goto(site.url)
    menu = screen.get_by_role("navigation", name="Hoofdmenu")
    assert menu.is_hidden()

    screen.get_by_role("button", name="Menu").focus()
    screen.keyboard.press("Enter")
    assert menu.get_by_role("link").count() == 6
    screen.keyboard.press("Tab")
    assert screen.evaluate("document.activeElement.textContent") == "Mijn werk"
    _check(screen)
    screen.set_viewport_size({"width": 390, "height": 800})
    screen.keyboard.press("Escape")
    assert menu.is_hidden()


def test_rows_become_cards_on_a_small_screen(site: Site, screen: Page) -> None:
    """One row is one card, and each cell says its own label before its value."""
    screen.set_viewport_size({"width": 390, "height": 800})
    screen.goto(site.url)

    row = screen.locator("table.work tbody tr").first
    assert row.evaluate("one => getComputedStyle(one).display") == "block"
    labels = row.locator("[data-label]").evaluate_all(
        "cells => cells.map(one => getComputedStyle(one, '::before').content)"
    )
    assert labels[:3] == ['"Uiterlijk"', '"Wat"', '"Voorstel"']


@pytest.mark.parametrize("path", ["/", DOSSIER, "/voorstellen/24004101", ACT, "/gemeenteraden"])
def test_nothing_falls_off_the_narrowest_screen(site: Site, screen: Page, path: str) -> None:
    """At 320 pixels, 400% zoom on a desk, all is still in one column."""
    screen.set_viewport_size({"width": 320, "height": 800})
    screen.goto(site.url + path)

    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_what_of_mijn_werk_is_the_widest_column(site: Site, screen: Page) -> None:
    """What to do is read at a glance, not in a narrow column."""
    screen.goto(site.url)

    widths = screen.locator("table.work thead th").evaluate_all(
        "cells => cells.map(one => one.getBoundingClientRect().width)"
    )

    assert max(widths) == widths[1]


@pytest.mark.parametrize("width", [1280, 1000, 780])
def test_type_in_the_picture_of_a_route_is_never_small(
    site: Site, screen: Page, width: int
) -> None:
    """Twelve steps with a group wrap into rows: no letter below 14 pixels, nothing beside."""
    screen.set_viewport_size({"width": width, "height": 900})
    screen.goto(site.url + LONG)
    shown = screen.locator(".route-picture").filter(visible=True)
    sizes = shown.evaluate(
        """svg => [...svg.querySelectorAll('text')].map(
            one => parseFloat(getComputedStyle(one).fontSize) * svg.getScreenCTM().a)"""
    )

    assert shown.count() == 1
    assert min(sizes) >= 14
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_route_is_a_list(site: Site, screen: Page) -> None:
    """At 390 pixels the steps stand below each other, the group as such, with where you are."""
    screen.set_viewport_size({"width": 390, "height": 900})
    screen.goto(site.url + LONG)
    steps = screen.get_by_role("list", name="De route in stappen")

    assert screen.locator(".route-picture").filter(visible=True).count() == 0
    assert steps.get_by_text("Naast elkaar: alle drie nodig").is_visible()
    assert steps.locator("[aria-current=step]").inner_text().startswith("DVC: besluiten")
    assert steps.get_by_text("eerder aangehouden 4 maart").is_visible()


def test_on_paper_the_route_is_a_picture(site: Site, screen: Page) -> None:
    """A sheet of A4 gets the narrow drawing."""
    screen.goto(site.url + LONG)
    screen.set_viewport_size({"width": 672, "height": 900})
    screen.emulate_media(media="print")

    assert screen.locator(".route-narrow .route-picture").is_visible()
    assert screen.locator(".route-wide .route-picture").is_hidden()


def test_paper_shows_the_dossier_without_the_screen(site: Site, screen: Page) -> None:
    """Printed, the menu and the buttons are gone and the table stays."""
    screen.goto(site.url + DOSSIER)
    screen.emulate_media(media="print")

    assert screen.get_by_role("navigation", name="Hoofdmenu").is_hidden()
    assert screen.get_by_role("link", name="Leg conclusie vast").is_hidden()
    assert screen.get_by_text("27-06-24").is_visible()
    assert screen.get_by_text("Niet gewijzigd sinds").is_visible()


def test_the_pages_work_without_script(browser: Browser, site: Site) -> None:
    """With JavaScript switched off an act is still done."""
    context = browser.new_context(java_script_enabled=False)
    screen = context.new_page()
    screen.goto(site.url + DOSSIER)
    screen.get_by_role("link", name="Leg conclusie vast").click()
    screen.get_by_label("Conclusie", exact=False).first.select_option("vastgesteld")
    screen.get_by_role("button", name="Leg conclusie vast").click()

    assert screen.url == f"{site.url}{DOSSIER}#nu"
    assert site.register.done[0]["fields"] == {"conclusie": "vastgesteld"}
    context.close()
