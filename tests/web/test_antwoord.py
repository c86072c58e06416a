"""The page behind the link in a mail."""

import datetime as dt

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from tests.web.conftest import serving
from tests.web.fake_register import FakeRegister
from workflow.domain.errors import Conflict
from workflow.web.app import create_app
from workflow.web.limits import MISSES
from workflow.web.port import WebSettings

LINK = "/antwoord/geheim"


def test_opening_the_link_shows_three_buttons_and_does_nothing(
    client: TestClient, register: FakeRegister
) -> None:
    """GET and HEAD never act; the page leads nowhere else."""
    shown = client.get(LINK)
    client.head(LINK)
    assert shown.status_code == 200
    assert shown.text.count('type="submit"') == 3
    assert "<nav" not in shown.text
    assert "Noor de Wit" not in shown.text  # who the machine is set up for is no reader's business
    assert register.done == []


@pytest.mark.parametrize(
    ("form", "day", "words"),
    [
        ({"antwoord": "ingediend"}, None, ""),
        ({"antwoord": "lever_op", "datum": "11-7-2024"}, dt.date(2024, 7, 11), ""),
        ({"antwoord": "niet_ik", "wie": "Piet", "datum": "onzin"}, None, "Piet"),
    ],
)
def test_a_button_answers(
    client: TestClient,
    register: FakeRegister,
    form: dict[str, str],
    day: dt.date | None,
    words: str,
) -> None:
    """One act, and the page that thanks."""
    answer = client.post(LINK, data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, LINK)
    given = {"secret": "geheim", "word": form["antwoord"], "day": day, "words": words}
    assert register.done == [given]
    register.answered = {"antwoord": "ingediend", "beantwoord_op": "2024-07-02T08:00:00+00:00"}
    thanks = client.get(LINK).text
    assert "U antwoordde: <strong>ingediend</strong>" in thanks
    assert "<button" not in thanks


def test_a_day_that_cannot_be_read_keeps_what_was_typed(
    client: TestClient, register: FakeRegister
) -> None:
    """Nothing is recorded, and the reader sees why."""
    answer = client.post(LINK, data={"antwoord": "lever_op", "datum": "ergens in juli"})
    assert answer.status_code == 400
    assert "is geen datum" in answer.text
    assert 'value="ergens in juli"' in answer.text
    assert register.done == []


def test_a_second_answer_is_refused_in_words(client: TestClient, register: FakeRegister) -> None:
    """The page says that it was answered already."""
    register.refusal = Conflict("U heeft deze vraag al beantwoord.")
    answer = client.post(LINK, data={"antwoord": "ingediend"})
    assert answer.status_code == 409
    assert "al beantwoord" in answer.text


def test_guessing_is_slowed_down(client: TestClient) -> None:
    """Looking and answering count together."""
    for number in range(MISSES):
        ask = client.get if number % 2 else client.post
        assert ask(f"/antwoord/{number}").status_code == 404
    assert client.get(LINK).status_code == 429
    assert client.post(LINK, data={"antwoord": "ingediend"}).status_code == 429


def test_a_form_from_another_site_is_refused(client: TestClient, register: FakeRegister) -> None:
    """Nobody else can press the button for the reader."""
    answer = client.post(
        LINK, data={"antwoord": "ingediend"}, headers={"Origin": "https://elders.example"}
    )
    assert answer.status_code == 403
    assert register.done == []


def test_the_page_fits_a_telephone(browser: Browser) -> None:
    """Without script, at 390 pixels, every button in sight of a thumb."""
    with serving(lambda port: create_app(FakeRegister(), WebSettings(port=port))) as (_, url):
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.goto(url + LINK)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.get_by_role("button").count() == 3
        page.close()
