"""Steps that run side by side: what their join rule waits for, and what it does not."""

from pathlib import Path

import pytest

from tests.engine.organisation import Organisation
from tests.walk.command_line import CommandLine
from tests.walk.papers import voorblad

KENMERK = "24009000"
ROUTE = """route: naast_elkaar
versie: 1
titel: Drie overleggen naast elkaar
stappen:
  - {{stap: do,   overleg: do_sd,   doel: adviseren, groep: advies, klaar: {klaar}}}
  - {{stap: dvc,  overleg: dvc,     doel: adviseren, groep: advies, klaar: {klaar}}}
  - {{stap: bo,   overleg: bo_zv,   doel: adviseren, groep: advies, klaar: {klaar}}}
  - {{stap: pfho, overleg: pfho_go, doel: besluiten}}
"""
ROWS = [
    ("6-6-2024", "DO SD", "Adviseren"),
    ("6-6-2024", "DVC", "Adviseren"),
    ("6-6-2024", "BO Z&V", "Adviseren"),
    ("13-6-2024", "PFHO G&O", "Besluiten"),
]


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    """A register of an organisation without routes of its own yet."""
    return CommandLine(url=f"sqlite:///{tmp_path / 'een.db'}", today="2024-06-13")


def started(line: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch, klaar: str) -> None:
    """A voorstel on the route with three parallel steps."""
    organisation = Organisation(folder)
    organisation.write("routes/naast_elkaar.yaml", ROUTE.format(klaar=klaar))
    monkeypatch.setenv("BESLUITROUTE_DEFINITIONS", str(organisation.folder))
    line.ask("import", voorblad(folder, rows=ROWS), "--route", "naast_elkaar")
    assert line.state(KENMERK) == "do"


def advised(line: CommandLine, row: str) -> str:
    """Where the voorstel is after the advice of one row."""
    done = line.act(KENMERK, "leg_conclusie_vast", "--behandeling", row, conclusie="akkoord")
    to: str = done["to"]
    return to


@pytest.mark.parametrize(
    ("klaar", "states"),
    [
        ("alle", ["do", "do", "pfho"]),
        ("eerste", ["pfho", "pfho", "pfho"]),
        ("2", ["do", "pfho", "pfho"]),
    ],
)
def test_a_group_waits_for_as_many_as_it_says(
    line: CommandLine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    klaar: str,
    states: list[str],
) -> None:
    """All three, the first, or two of them, in any order."""
    started(line, tmp_path, monkeypatch, klaar)

    assert [advised(line, row) for row in ("b3", "b2", "b1")] == states

    assert line.act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")["from"] == "pfho"
    assert line.act(KENMERK, "rond_af")["to"] == "afgerond"
    line.verified()


def test_advice_that_nobody_waited_for_lapses(
    line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the first is enough, the case ends without the others."""
    started(line, tmp_path, monkeypatch, "eerste")
    advised(line, "b1")
    line.act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")

    assert line.act(KENMERK, "rond_af")["to"] == "afgerond"

    states = [row["state"] for row in line.show(KENMERK)["behandelingen"]]
    assert states == ["behandeld", "vervallen", "vervallen", "behandeld"]
    line.verified()


def test_a_round_of_gemeenten_can_end_with_some(
    line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`klaar: 2`: two gemeenten that sent the letter are enough to close."""
    organisation = Organisation(tmp_path)
    route = "routes/voortgangsrapportage.yaml"
    organisation.replace(route, "klaar: alle", "klaar: 2")
    monkeypatch.setenv("BESLUITROUTE_DEFINITIONS", str(organisation.folder))
    rows = [("6-6-2024", "DO SD", "Adviseren", "Akkoord")]
    rows += [("13-6-2024", "PFHO G&O", "Vaststellen", "Vastgesteld")]
    line.ask("import", voorblad(tmp_path, rows=rows), "--route", "voortgangsrapportage")
    line.act(KENMERK, "start_raadsinformatie")
    line.act(KENMERK, "meld_niet_verzonden", "--gemeente", "Laren", reden="x")
    assert "Huizen" in line.no(KENMERK, "rond_af")
    line.act(KENMERK, "meld_niet_verzonden", "--gemeente", "Huizen", reden="x")

    assert line.act(KENMERK, "rond_af")["to"] == "afgerond"


def test_a_step_may_differ_from_its_doel(
    line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A route on which a negative advice ends the case, and 'besproken' is no advice."""
    own = """conclusies: {doelen: [adviseren], verder: [akkoord], blijft: [aangehouden],
                 terug: [terug_naar_opsteller], einde: [niet_akkoord]}"""
    organisation = Organisation(tmp_path)
    organisation.replace(
        "routes/voortgangsrapportage.yaml", "doel: adviseren}", f"doel: adviseren,\n     {own}}}"
    )
    monkeypatch.setenv("BESLUITROUTE_DEFINITIONS", str(organisation.folder))
    rows = [("6-6-2024", "DO SD", "Adviseren"), ("13-6-2024", "PFHO G&O", "Vaststellen")]
    line.ask("import", voorblad(tmp_path, rows=rows), "--route", "voortgangsrapportage")

    assert "Kies uit: akkoord, aangehouden" in line.no(
        KENMERK, "leg_conclusie_vast", conclusie="besproken"
    )
    assert line.act(KENMERK, "leg_conclusie_vast", conclusie="niet_akkoord")["to"] == "afgewezen"
    line.verified()
