"""A version of a route that a case runs on keeps its content, whatever becomes of the folder."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.walk.command_line import CommandLine, example
from tests.walk.versions import Folder
from workflow.storage.database import open_engine

REPORT, PILOT = "24005969", "24004592"
REPORT_FILE, PILOT_FILE = (
    "routes/voortgangsrapportage.yaml",
    "routes/proefperiode_zorg_en_veiligheid.yaml",
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Definitions to change."""
    return Folder(tmp_path / "regio")


def test_changed_content_of_a_version_in_use_is_refused(
    rapportage: CommandLine, folder: Folder
) -> None:
    """The refusal names file and line and says what to do; a new version file is the way."""
    line = rapportage.under(folder.path)
    line.show(REPORT)
    folder.change(REPORT_FILE, "doel: vaststellen", "doel: instemmen")
    error = line.refused("show", REPORT)

    assert error["code"] == "definities_ongeldig"
    assert "routes/voortgangsrapportage.yaml:4:" in error["message"]
    assert "maak versie 2 in een nieuw bestand" in error["message"]
    assert line.refused("act", REPORT, "agendeer")["message"] == error["message"]
    assert line.refused("serve")["message"] == error["message"]

    assert line.ask("definitions", "check")["ok"]  # opens no register
    said = line.run("--json", "definitions", "check", "--register")
    assert said.code == 1
    assert [one["code"] for one in said.json["problems"]] == ["gepubliceerd_gewijzigd"]

    folder.change(REPORT_FILE, "doel: instemmen", "doel: vaststellen")
    folder.next_version("voortgangsrapportage", ("doel: vaststellen", "doel: instemmen"))
    assert line.show(REPORT)["route"]["version"] == 1
    assert line.ask("definitions", "check", "--register")["ok"]


def test_a_version_that_no_case_uses_may_still_change(report: CommandLine, folder: Folder) -> None:
    """Only what cases run on is fixed by the register."""
    folder.change(PILOT_FILE, "doel: informeren", "doel: bespreken")

    assert report.under(folder.path).show(REPORT)["state"] == "do"


def test_case_runs_on_when_the_folder_lost_its_version(pilot: CommandLine, folder: Folder) -> None:
    """Its afspraken still arise from the content that the register kept."""
    folder.next_version(
        "proefperiode_zorg_en_veiligheid", ("stap: do\n", "stap: pfho\n"), keep=False
    )
    line = pilot.under(folder.path).on("2024-03-22")
    line.act(PILOT, "leg_conclusie_vast", "--happened", "2024-03-18", conclusie="akkoord")
    line.act(PILOT, "leg_conclusie_vast", "--happened", "2024-03-21", conclusie="akkoord")

    assert set(line.owed(PILOT)) == {"evaluatie", "opdracht"}
    assert line.show(PILOT)["route"]["version"] == 2
    line.verified()


def test_case_keeps_the_table_of_conclusions_of_its_first_day(
    report: CommandLine, folder: Folder
) -> None:
    """A table that changes counts for versions that are not in use yet: nobody is stranded."""
    line = report.under(folder.path)
    folder.change("machines/conclusies.yaml", "[aangehouden, verwezen]", "[verwezen]")
    line.act(REPORT, "agendeer", datum="2024-06-27")
    fields = {"conclusie": "aangehouden", "aangehouden_tot": "2024-07-04"}
    later = line.on("2024-06-28")
    later.act(REPORT, "leg_conclusie_vast", "--happened", "2024-06-27", **fields)

    assert later.state(REPORT) == "do"


def test_register_of_before_versions_were_kept_is_taken_over(
    rapportage: CommandLine, folder: Folder
) -> None:
    """What its cases are pinned to is kept at the first opening; other content is refused."""
    engine = open_engine(rapportage.url)
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM kept_route"))
    line = rapportage.under(folder.path)
    folder.change(REPORT_FILE, "doel: vaststellen", "doel: instemmen")
    assert "maak versie 2" in line.refused("show", REPORT)["message"]
    rapportage.show(REPORT)
    with engine.begin() as connection:
        kept = connection.execute(sa.text("SELECT route, version FROM kept_route")).all()
    engine.dispose()

    assert [tuple(row) for row in kept] == [("voortgangsrapportage", 1)]


def test_kept_content_that_was_changed_by_hand_is_noticed(report: CommandLine) -> None:
    """A case must not run on what somebody wrote into the database."""
    engine = open_engine(report.url)
    with engine.begin() as connection:
        connection.execute(sa.text('UPDATE kept_route SET content = \'{"route": "vrij"}\''))
    assert "in een vorm die dit programma niet kent" in report.refused("show", REPORT)["message"]
    content = '{"route": "voortgangsrapportage", "versie": 1, "titel": "Anders"}'
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE kept_route SET content = :new"), {"new": content})
    engine.dispose()

    assert "is in dit register veranderd" in report.refused("show", REPORT)["message"]


def test_reading_a_first_paper_keeps_its_route(empty: CommandLine, folder: Folder) -> None:
    """From the first case on, and not before."""
    line = empty.under(folder.path)
    line.ask("import", "--dry-run", example("voorblad_24005969.txt"))
    line.ask("new", "--set", "onderwerp=Iets anders")
    folder.change(REPORT_FILE, "doel: vaststellen", "doel: instemmen")
    line.ask("import", example("voorblad_24005969.txt"))
    folder.change(REPORT_FILE, "doel: instemmen", "doel: vaststellen")

    assert "is gepubliceerd" in line.refused("list")["message"]


def test_machine_keeps_the_states_in_which_something_stands(rapportage: CommandLine) -> None:
    """A state of the organisation's own that is taken away is asked back while it is in use."""
    assert rapportage.ask("definitions", "check", "--register")["ok"]
    engine = open_engine(rapportage.url)
    add = "INSERT INTO raadsinformatie (voorstel_id, gemeente, name, state, own_text) "
    with engine.begin() as connection:
        values = "SELECT id, 'laren', 'Laren', 'ter_inzage', 1 = 0 FROM voorstel"
        connection.execute(sa.text(add + values))
    engine.dispose()

    error = rapportage.refused("show", REPORT)
    assert "De toestand ‘ter_inzage’ is weg" in error["message"]
    assert "Zet haar terug" in error["message"]
    said = rapportage.run("--json", "definitions", "check", "--register")
    assert said.code == 1
    assert [one["code"] for one in said.json["problems"]] == ["toestand_in_gebruik"]
