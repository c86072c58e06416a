"""The functional manager sees versions in use, previews a migration, and confirms its number."""

import shutil
from pathlib import Path

from starlette.testclient import TestClient

from tests.walk.crowd import ROUTE, V2, session_on, twenty_cases
from tests.walk.versions import Folder
from tests.web.conftest import ORIGIN, SETTINGS
from tests.web.fake_register import FakeRegister
from workflow.bootstrap import Access, open_register, web_register
from workflow.domain.errors import Conflict
from workflow.domain.permissions import Permission
from workflow.settings import read_settings
from workflow.web.app import create_app

MIGRATION = "/definities/voortgangsrapportage/migratie"
ASKED = f"{MIGRATION}?van=1&naar=2"
FORM = {"van": "1", "naar": "2", "gezien": "gezien-1", "reden": "Het BO adviseert mee"}


def test_definitions_show_versions_and_how_many_stand_on_each(client: TestClient) -> None:
    """From the footer; a version that only the register still has is said to be so."""
    assert 'href="/definities"' in client.get("/").text
    text = client.get("/definities").text

    assert "20 voorstellen" in text
    assert "Alleen nog in dit register bewaard" in text
    assert f'href="{ASKED.replace("&", "&amp;")}"' in text


def test_who_may_not_change_definitions_is_not_offered_them(
    client: TestClient, register: FakeRegister
) -> None:
    """Neither the link nor the pages."""
    register.permissions = {Permission.LEZEN}

    assert "/definities" not in client.get("/").text
    assert client.get("/definities").status_code == 403
    assert client.post(MIGRATION, data=FORM).status_code == 403


def test_preview_names_what_can_and_what_cannot_with_the_number_on_the_button(
    client: TestClient,
) -> None:
    """What changes, per case, and the reasons; a step without a place can be given one."""
    text = client.get(ASKED).text

    assert "18 voorstellen kunnen mee" in text
    assert "2 voorstellen blijven op versie 1" in text
    assert "De ronde langs de gemeenten is begonnen" in text
    assert ">Migreer 18 voorstellen</button>" in text
    assert '<select id="stap-1" name="stap_advies">' in text
    assert "waarschijnlijk dezelfde" in text


def test_confirming_migrates_what_was_seen(client: TestClient, register: FakeRegister) -> None:
    """With the mapping and the mark of the preview; the answer says how many."""
    answer = client.post(MIGRATION, data=FORM | {"stap_advies": "bo", "stap_x": ""})

    assert answer.status_code == 303
    assert register.done == [
        {
            "route": "voortgangsrapportage",
            "old": 1,
            "new": 2,
            "mapping": {"advies": "bo"},
            "reason": FORM["reden"],
            "seen": "gezien-1",
        }
    ]
    text = client.get(answer.headers["location"]).text
    assert "<h1>18 gemigreerd, 2 niet</h1>" in text
    assert "Draai terug" in text


def test_refused_migration_keeps_what_was_typed(client: TestClient, register: FakeRegister) -> None:
    """The new preview is shown with the reason that was typed."""
    register.refusal = Conflict("Er is intussen aan deze voorstellen gewerkt.")
    answer = client.post(MIGRATION, data=FORM)

    assert answer.status_code == 409
    assert "Er is niets gemigreerd" in answer.text
    assert FORM["reden"] in answer.text


def test_address_without_versions_is_not_found(client: TestClient) -> None:
    """A number is a number."""
    for query in ("", "?van=1", "?van=1&naar=x", "?van=1&naar=1234567"):
        assert client.get(f"{MIGRATION}{query}").status_code == 404


def test_page_migrates_eighteen_of_twenty_and_takes_them_back(tmp_path: Path) -> None:
    """On the real register, from the list to the result and back."""
    folder = Folder(tmp_path / "regio")
    folder.next_version(ROUTE, *V2)
    with session_on(f"sqlite:///{tmp_path / 'r.db'}", "2024-06-12") as session:
        twenty_cases(session)
    given = {
        "database": f"sqlite:///{tmp_path / 'r.db'}",
        "today": "2024-06-20",
        "definitions": str(folder.path),
    }
    opened = open_register(read_settings({}, given), Access.EXISTING)
    client = TestClient(
        create_app(web_register(opened), SETTINGS), base_url=ORIGIN, headers={"Origin": ORIGIN}
    )
    shutil.rmtree(folder.path)  # what is in use was read; nobody reads the folder again

    assert "20 voorstellen" in client.get("/definities").text
    for old, new, said in ((1, 2, "18 gemigreerd, 2 niet"), (2, 1, "18 gemigreerd, 0 niet")):
        shown = client.get(f"{MIGRATION}?van={old}&naar={new}").text
        assert ">Migreer 18 voorstellen</button>" in shown
        seen = shown.split('name="gezien" value="')[1].split('"')[0]
        form = {"van": str(old), "naar": str(new), "gezien": seen}
        assert "De reden is verplicht" in client.post(MIGRATION, data=form).text
        done = client.post(MIGRATION, data=form | {"reden": "Omdat"})
        assert said in done.text
        again = client.post(MIGRATION, data=form | {"reden": "Omdat"})
        assert "intussen aan deze voorstellen gewerkt" in again.text
    opened.engine.dispose()
