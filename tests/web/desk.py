"""A secretary's browser at a real register: what a walk through the pages is made of."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.web.conftest import serving
from tests.web.live import EXAMPLES, on_day, opened_register
from workflow.services.register import LiveRegister
from workflow.web.app import create_app
from workflow.web.port import WebSettings

CONCLUDE = "Leg conclusie vast"


@dataclass
class Desk:
    """A secretary's browser at a real register, in front of the dossier of `kenmerk`."""

    page: Page
    url: str
    register: LiveRegister
    set_day: Callable[[str], None]
    kenmerk: str

    @property
    def dossier(self) -> str:
        """The address of the dossier's page."""
        return f"{self.url}/voorstellen/{self.kenmerk}"

    def click(self, name: str) -> None:
        """Press a button or follow a link by its words."""
        both = self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        )
        both.first.click()

    def sees(self, text: str) -> None:
        """The words stand on the page."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def read_in(self, paper: Path | None = None) -> None:
        """From the first page to a dossier, with the review between."""
        first = not self.register.voorstellen()
        self.page.goto(self.url)
        self.click("Lees een voorblad in" if first else "Voorblad inlezen")
        self.page.get_by_label("Voorbladen, brieven").set_input_files(
            paper or EXAMPLES / f"voorblad_{self.kenmerk}.txt"
        )
        self.click("Lees en laat zien")
        self.sees("Er is nog niets opgeslagen")
        assert self.kenmerk not in [one["kenmerk"] for one in self.register.voorstellen()]
        self.click("Maak dossier aan")
        expect(self.page).to_have_url(self.dossier)

    def act_page(self, action: str, row: str | None = None) -> None:
        """The form of an act, on a row when one is named."""
        self.page.goto(f"{self.dossier}/doe/{action}" + (f"?behandeling={row}" if row else ""))

    def conclude(self, day: str, conclusion: str, row: str | None = None) -> None:
        """Record one conclusion of a row, or of the overleg whose turn it is."""
        self.set_day(day)
        if row:
            self.act_page("leg_conclusie_vast", row)
        else:
            self.page.goto(self.dossier)
            self.click(CONCLUDE)
        self.page.get_by_label("Conclusie", exact=True).select_option(label=conclusion)
        self.done(CONCLUDE)

    def done(self, name: str) -> None:
        """Press the button of a form, and come back to the dossier."""
        self.page.get_by_role("button", name=name, exact=True).click()
        expect(self.page).to_have_url(f"{self.dossier}#nu")

    def verify(self) -> None:
        """Have the whole history recomputed, and read that it holds."""
        self.page.goto(f"{self.url}/geschiedenis")
        self.click("Reken nu na")
        self.sees("Niet gewijzigd")


@contextmanager
def seated(folder: Path, page: Page, *, kenmerk: str, day: str) -> Iterator[Desk]:
    """An empty register on a day, and a browser in front of it."""
    opened = opened_register(folder, day)
    register = on_day(opened, day)
    with serving(lambda port: create_app(register, WebSettings(port=port))) as (app, url):

        def set_day(day: str) -> None:
            app.state.register = on_day(opened, day)

        yield Desk(page=page, url=url, register=register, set_day=set_day, kenmerk=kenmerk)
