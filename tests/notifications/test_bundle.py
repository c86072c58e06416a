"""One mail with all that is for one reader today."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from notifications.bundle import Part, render_bundle
from tests.notifications.samples import SAMPLES, values

OTHER = "24004592"
FOUR = [
    Part(template=values(name)[0], values=values(name)[1])
    for name in ("stukken_onvolledig", "op_agenda", "verzending_ontbreekt")
]
OWED = values("evaluatie_verwacht")
FOUR.append(
    Part(
        template=OWED[0],
        values={
            **OWED[1],
            "kenmerk": OTHER,
            "onderwerp": "Proefperiode <Zorg & Veiligheid>",
            "link": f"https://besluitroute.example/voorstellen/{OTHER}",
        },
    )
)


def test_matters_are_grouped_by_dossier_each_with_its_reason() -> None:
    """Who, why, what, by when, and whom to call: for each matter, and once for the mail."""
    mail = render_bundle(FOUR)
    text = " ".join(mail.text.split())

    assert mail.subject == "4 herinneringen, over 2 voorstellen"
    assert text.count("Beste Sanne Bakker,") == 1
    assert text.count("== 24005969: ") == text.count(f"== {OTHER}: ") == 1
    assert text.count("Waarom u: U bent contactpersoon") == 4
    assert "Uiterlijk do 20 juni, 12.00 uur" in text
    assert text.count("000 000 00 00") == 1
    assert mail.text.index("24005969") < mail.text.index(OTHER)
    assert max(len(line) for line in mail.text.splitlines()) <= 72


def test_both_forms_lead_to_each_dossier_and_escape_what_people_wrote() -> None:
    """A name with a bracket is a name, also in a mail that is put together."""
    mail = render_bundle(FOUR)
    for kenmerk in ("24005969", OTHER):
        link = f"https://besluitroute.example/voorstellen/{kenmerk}"
        assert mail.html.count(link) == mail.text.count(link) == 1
    assert "&lt;Zorg &amp; Veiligheid&gt;" in mail.html
    assert "<Zorg" not in mail.html
    assert "&amp;lt;" not in mail.html
    assert "<Zorg & Veiligheid>" in mail.text


def test_two_matters_of_one_dossier_name_it_in_the_subject() -> None:
    """The reader knows before opening what it is about."""
    assert render_bundle(FOUR[:2]).subject == "2 herinneringen over voorstel 24005969"


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_every_mail_can_be_a_part(sample: str) -> None:
    """What a mail says on its own, it says in a bundle too."""
    template, given = values(sample)
    mail = render_bundle([Part(template=template, values=given), FOUR[3]])
    assert not re.search(r"<[a-z/]", mail.text.replace("<Zorg", ""))
    assert "Vandaag zijn er 2 punten voor u." in mail.text


def test_a_part_with_a_value_too_few_is_refused() -> None:
    """As in a mail of its own."""
    short = {name: value for name, value in FOUR[1].values.items() if name != "doel"}
    with pytest.raises(ValueError, match="doel"):
        render_bundle([FOUR[0], replace(FOUR[1], values=short)])


def test_the_mail_fits_a_telephone_and_a_desk(browser: Browser) -> None:
    """Nothing sticks out at 390 or 800 pixels."""
    page = browser.new_page()
    page.set_content(render_bundle(FOUR).html)
    for width in (390, 800):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
