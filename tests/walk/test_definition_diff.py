"""`definitions diff`: a route, a folder, two folders, or the folder and what is in use."""

from pathlib import Path

import pytest

from tests.walk.command_line import CommandLine, Json
from tests.walk.versions import SHIPPED, Folder

REPORT, ROUTE = "24005969", "voortgangsrapportage"
ADDED = "Stap ‘bo’ (BO Z&V, adviseren) is toegevoegd na ‘do’."


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A second version of the route, an overleg with another deadline, an act with another name."""
    made = Folder(tmp_path / "regio")
    bo = "doel: adviseren}\n  - {stap: bo, overleg: bo_zv, doel: adviseren}\n"
    made.next_version(ROUTE, ("doel: adviseren}\n", bo))
    made.change("overleggen.yaml", "werkdagen: 5", "werkdagen: 7")
    made.change("machines/voorstel.yaml", "naam: Dien in", "naam: Lever aan")
    return made


def texts(diff: Json) -> list[str]:
    """The sentences."""
    return [one["text"] for one in diff["changes"]]


def test_route_against_its_version_before(report: CommandLine, folder: Folder) -> None:
    """With the cases that stay on the old one; asked the other way round it says the reverse."""
    line = report.under(folder.path)
    diff = line.ask("definitions", "diff", ROUTE)

    assert (diff["old"], diff["new"]) == (f"{ROUTE}@1", f"{ROUTE}@2")
    assert diff["changes"] == [{"kind": "toegevoegd", "subject": "Stap ‘bo’", "text": ADDED}]
    assert [(one["kenmerk"], one["state"]) for one in diff["voorstellen"]] == [(REPORT, "do")]
    back = line.ask("definitions", "diff", ROUTE, "--from", "2", "--to", "1")
    assert texts(back) == ["Stap ‘bo’ (BO Z&V, adviseren) is vervallen."]
    assert ADDED in line.run("definitions", "diff", ROUTE).out
    assert "geen versie vóór 1" in line.refused("definitions", "diff", "vrij")["message"]


def test_folder_against_folder_needs_no_register(empty: CommandLine, folder: Folder) -> None:
    """Everything that differs, also what is no route; without a register no cases are known."""
    for given in ((str(SHIPPED), str(folder.path)), (str(folder.path),)):
        diff = empty.ask("definitions", "diff", *given)
        assert diff["voorstellen"] is None
        assert f"Route ‘{ROUTE}’, versie 1 naar 2: {ADDED}" in texts(diff)
        assert any("‘werkdagen’ is nu 7 (was 5)" in text for text in texts(diff))
        renamed = (
            "Machine ‘voorstel’, handeling ‘dien_in’: de naam is nu ‘Lever aan’ (was ‘Dien in’)."
        )
        assert renamed in texts(diff)
    assert texts(empty.ask("definitions", "diff", str(folder.path), str(folder.path))) == []


def test_folder_against_what_is_in_use(report: CommandLine, folder: Folder) -> None:
    """Routes that run, and the table of conclusions that they keep."""
    line = report.under(folder.path)
    folder.change("machines/conclusies.yaml", "[aangehouden, verwezen]", "[verwezen]")
    diff = line.ask("definitions", "diff")

    assert diff["old"] == "in gebruik"
    assert [one["subject"] for one in diff["changes"]] == [
        f"Route ‘{ROUTE}’, stap ‘bo’",
        "Conclusies",
    ]
    assert [one["kenmerk"] for one in diff["voorstellen"]] == [REPORT]


def test_what_cannot_be_compared_is_refused(empty: CommandLine, folder: Folder) -> None:
    """A path that is not there, versions of a folder, three things, no register to compare with."""
    there = str(folder.path)
    assert empty.run("definitions", "diff", "nergens/dit").code == 4
    assert empty.run("definitions", "diff", there, "--from", "1").code == 2
    assert empty.run("definitions", "diff", there, there, there).code == 2
    assert empty.run("definitions", "diff").code == 4
    assert "niet gevonden" in empty.refused("definitions", "diff", "onbekend")["message"]
