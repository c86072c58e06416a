"""Each mail says why you get it, what to do, by when, and whom to call."""

import re
from datetime import date

import pytest
from jinja2 import UndefinedError, meta, nodes
from playwright.sync_api import Browser

from notifications import render as module
from notifications.message import Mailbox, Message
from notifications.render import TEMPLATES, common_inputs, inputs, render, situations
from tests.notifications.samples import COMMON, SAMPLES, values

EVERY_MAIL = pytest.mark.parametrize("sample", sorted(SAMPLES))
GLOBALS = {"layout", "delen"}


def test_every_situation_has_a_sample() -> None:
    """A mail that nobody has read is not sent."""
    assert {template for template, _ in SAMPLES.values()} == set(situations())


@EVERY_MAIL
def test_a_mail_says_why_to_whom_and_whom_to_ask(sample: str) -> None:
    """In both forms, and the form without HTML holds no markup."""
    mail = render(*values(sample))

    for form in (mail.text, mail.html):
        assert "Beste Sanne Bakker," in form
        assert "Waarom krijgt u deze mail?" in form
        assert "U bent contactpersoon van voorstel 24005969." in form
        assert "000 000 00 00" in form
        assert "secretariaat@regio.example" in form
        assert "https://besluitroute.example/voorstellen/24005969" in form
    assert not re.search(r"<[a-z/]|&[a-z]+;", mail.text)
    assert max(len(line) for line in mail.text.splitlines()) <= 72


@EVERY_MAIL
def test_a_mail_becomes_a_message(sample: str) -> None:
    """Subject and texts keep the limits of what can be sent."""
    mail = render(*values(sample))
    message = Message(
        key=sample,
        recipient=Mailbox(email="s.bakker@regio.example"),
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
    )
    assert 15 < len(message.subject) < 150


@EVERY_MAIL
def test_no_mail_reproaches_anyone(sample: str) -> None:
    """Reminders ask; they do not chide, and name no outcome before it is there."""
    text = render(*values(sample)).text.lower()
    assert not re.search(r"te laat|verzuim|nalaten|helaas|alsnog|dringend|vóór |!", text)


def test_a_deadline_is_named_as_officials_name_it() -> None:
    """The short day and the hour, as on an agenda."""
    assert "Uiterlijk do 4 juli, 12.00 uur" in render(*values("stukken_een")).text


def test_one_paper_and_more_papers_read_well() -> None:
    """Singular and plural are right in heading and request."""
    one, more = render(*values("stukken_een")), render(*values("stukken_onvolledig"))

    assert "Er ontbreekt nog een stuk" in one.html
    assert "Stuur het stuk als antwoord op deze mail" in " ".join(one.text.split())
    assert "Er ontbreken nog stukken" in more.html
    assert "- Raadsinformatiebrief\n- Voortgangsrapportage, periode 2022" in more.text


def test_several_gemeenten_are_asked_in_one_sentence() -> None:
    """One office that serves three gemeenten reads all three names."""
    assert "de gemeenteraden van Blaricum, Eemnes en Laren deze kregen" in " ".join(
        render(*values("verzending_ontbreekt")).text.split()
    )
    assert "de gemeenteraad van Huizen deze kreeg" in " ".join(
        render(*values("verzending_een")).text.split()
    )


def test_a_derived_meeting_day_says_so() -> None:
    """A day that is only the usual one is not passed off as known."""
    text = " ".join(render(*values("evaluatie_verwacht")).text.split())

    assert "donderdag 27 maart 2025 (de gewone vergaderdag, nog niet bevestigd)" in text
    assert "maandag 31 maart 2025 Te behandelen uiterlijk ma 31 maart" in text


def test_a_promise_that_slips_comes_with_a_draft_message() -> None:
    """The raad that was promised something hears of the delay."""
    late, creditorless = values("toezegging_verlopen"), values("toezegging_verlopen")
    creditorless[1]["schuldeiser"] = ""

    assert "Wij hebben u toegezegd" in render(*late).text
    assert "tussenbericht" not in render(*creditorless).text


def test_a_rehearsal_is_named_above_everything() -> None:
    """With a fixed day nobody takes the mail for real."""
    template, own = values("op_agenda")
    mail = render(template, {**own, "oefendag": date(2024, 6, 24)})

    assert mail.text.startswith("OEFENING: het programma doet alsof het maandag 24 juni 2024 is.")
    assert "Oefening." in mail.html


def test_values_are_escaped_in_html_and_plain_in_text() -> None:
    """What looks like markup in a subject stays words, and text shows no entities."""
    template, own = values("op_agenda")
    mail = render(template, {**own, "onderwerp": "<script>alert(1)</script> B&O"})

    assert "<script>" not in mail.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; B&amp;O" in mail.html
    assert "<script>alert(1)</script> B&O" in mail.text
    assert "B&O" in mail.subject


def test_a_value_cannot_pose_as_another_line() -> None:
    """A subject with line breaks adds no paragraph, no header and no list item."""
    template, own = values("op_agenda")
    evil = "Plan\r\nBcc: x@elders.example\n\n--\n\nWaarom krijgt u deze mail? Zomaar."
    mail = render(template, {**own, "onderwerp": evil})

    assert "\n" not in mail.subject
    assert mail.text.count("\n--\n") == 1


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd", "dossier"])
def test_only_a_web_address_becomes_a_link(link: str) -> None:
    """Without a public address there is no button, and no other scheme gets in."""
    template, own = values("op_agenda")
    mail = render(template, {**own, "link": link})

    assert "Bekijk het dossier" not in mail.text + mail.html
    assert "javascript" not in mail.html


def test_without_a_phone_number_the_mail_asks_to_write() -> None:
    """No empty number is offered."""
    template, own = values("op_agenda")
    mail = render(template, {**own, "contact_telefoon": ""})

    assert "Vragen? Mail naar secretariaat@regio.example." in mail.text
    assert "tel:" not in mail.html


def test_a_missing_or_unknown_value_is_named() -> None:
    """Half a mail never leaves."""
    template, own = values("op_agenda")
    own.pop("doel")
    with pytest.raises(ValueError, match="doel"):
        render(template, own)
    with pytest.raises(ValueError, match="extra"):
        render(template, {**own, "doel": "", "extra": "x"})
    with pytest.raises(ValueError, match="no mail template"):
        render("bestaat_niet", own)
    with pytest.raises(UndefinedError):
        module.environment("txt").from_string("{{ bestaat_niet }}").render()


@pytest.mark.parametrize("path", sorted(TEMPLATES.iterdir()), ids=lambda path: path.name)
def test_a_template_uses_what_its_first_line_lists(path: object) -> None:
    """Who writes a mail sees in one line what it may count on, and nothing listed is dead."""
    name = str(path).rpartition("/")[2]
    environment = module.environment("html" if ".html." in name else "txt")
    parsed = environment.parse((TEMPLATES / name).read_text(encoding="utf-8"))
    own = {node.name for node in parsed.find_all(nodes.Name) if node.ctx == "store"}
    macros = {"caller"}
    used = meta.find_undeclared_variables(parsed) - GLOBALS - own - macros - {"self"}
    shared = {"kenmerk", "onderwerp"} if name in {f"{s}.j2" for s in situations()} else set()

    assert used - module._listed(name) == set()
    assert module._listed(name) - used - shared == set()


def test_what_every_mail_needs_is_in_the_samples() -> None:
    """The layout asks for the reader, the reason, the sender and the link."""
    assert common_inputs() == COMMON.keys() - {"kenmerk", "onderwerp"}
    assert inputs("op_agenda") >= common_inputs()


@pytest.mark.browser
def test_every_mail_fits_a_telephone_and_a_desk(browser: Browser) -> None:
    """No mail needs sideways scrolling at 390 or 800 pixels."""
    for width in (390, 800):
        page = browser.new_page(viewport={"width": width, "height": 700})
        for sample in SAMPLES:
            page.set_content(render(*values(sample)).html)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, sample
        page.close()
