"""The routes that the documents describe, each walked to an end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.walk.command_line import CommandLine
from tests.walk.papers import voorblad
from tests.walk.registers import DATABASES, Registers

KENMERK = "24009300"
SEVEN = ("Blaricum", "Eemnes", "Gooise Meren", "Hilversum", "Huizen", "Laren", "Wijdemeren")
TOGETHER = [
    ("3-6-2024", "BO Z&V", "Adviseren"),
    ("3-6-2024", "ZVH", "Adviseren"),
    ("6-6-2024", "DO SD", "Besluiten"),
    ("6-6-2024", "PFHO G&O", "Besluiten"),
    ("6-6-2024", "DVC", "Besluiten"),
]


@pytest.fixture(params=DATABASES)
def both(
    request: pytest.FixtureRequest, registers: Registers, tmp_path: Path
) -> Iterator[CommandLine]:
    """A register on either database, a day after the meetings."""
    with registers.copy(request.param, "rapportage", tmp_path) as line:
        yield line.on("2024-06-14")


@pytest.fixture
def line(registers: Registers, tmp_path: Path) -> Iterator[CommandLine]:
    """A register on SQLite."""
    with registers.copy("sqlite", "rapportage", tmp_path) as line:
        yield line.on("2024-06-14")


def concluded(line: CommandLine, row: str, code: str) -> str:
    """Where the voorstel is after the conclusion of a row."""
    to: str = line.act(KENMERK, "leg_conclusie_vast", "--behandeling", row, conclusie=code)["to"]
    return to


def integral(line: CommandLine, folder: Path) -> None:
    """Advice was given; three overleggen decide side by side."""
    paper = voorblad(
        folder, kenmerk=KENMERK, subject="Integrale aanpak Zorg en Veiligheid", rows=TOGETHER
    )
    read = line.ask("import", paper)["documents"][0]
    assert read["route"] == "integraal_zorg_en_veiligheid"
    for row in ("b1", "b2"):
        concluded(line, row, "akkoord")


def test_three_overleggen_decide_apart_and_the_plan_is_not_touched(
    both: CommandLine, tmp_path: Path
) -> None:
    """DO, PFHO and DVC in any order; DB and AB only when the fact says so."""
    integral(both, tmp_path)
    assert [concluded(both, row, "akkoord") for row in ("b5", "b3", "b4")] == ["do", "pfho", "db"]
    assert both.act(KENMERK, "leg_feiten_vast", raakt_beleidsplan="nee")["to"] == "db"
    assert both.act(KENMERK, "rond_af")["to"] == "afgerond"
    both.verified()


def test_one_refusal_ends_what_all_three_must_agree_to(line: CommandLine, tmp_path: Path) -> None:
    """`klaar: alle` can no longer be met, so nobody else is asked."""
    integral(line, tmp_path)

    assert concluded(line, "b5", "niet_akkoord") == "afgewezen"
    states = [row["state"] for row in line.show(KENMERK)["behandelingen"]]
    assert states[2:4] == ["vervallen", "vervallen"]
    line.verified()


def test_a_programme_from_the_second_on_asks_the_raden_first(
    line: CommandLine, tmp_path: Path
) -> None:
    """Zienswijzen within eight weeks, one too late, one not received, one answered."""
    rows = [("6-6-2024", "DO SD", "Adviseren"), ("13-6-2024", "PFHO G&O", "Instemmen")]
    paper = voorblad(tmp_path, kenmerk=KENMERK, rows=rows)
    line.ask("import", paper, "--route", "uitvoeringsprogramma")
    assert concluded(line, "b1", "akkoord") == "zienswijzen"
    assert "eerder uitvoeringsprogramma" in line.no(KENMERK, "start_raadsinformatie")
    line.act(KENMERK, "leg_feiten_vast", eerder_programma="ja")
    line.act(KENMERK, "start_raadsinformatie")
    for one in SEVEN:
        line.act(KENMERK, "bied_aan", "--gemeente", one)
    blaricum, eemnes, gooise_meren = (("--gemeente", one) for one in SEVEN[:3])
    line.act(KENMERK, "leg_zienswijze_vast", *blaricum, datum="2024-06-14", tekst="Meer opvang")
    assert "loopt nog tot en met" in line.no(KENMERK, "meld_niet_ontvangen", *gooise_meren)
    late = line.on("2024-08-12")
    late.act(KENMERK, "leg_zienswijze_vast", *eemnes, datum="2024-08-12")
    late.act(KENMERK, "meld_niet_ontvangen", *gooise_meren)
    for one in SEVEN[3:]:
        late.act(KENMERK, "meld_geen_zienswijze", "--gemeente", one)

    answers = [one["antwoord"] for one in late.show(KENMERK)["raden"]]
    assert answers == ["zienswijze", "te_laat", "niet_ontvangen", *["geen_zienswijze"] * 4]
    assert late.state(KENMERK) == "pfho"
    assert "een reactie aan de raad van Blaricum" in late.no(KENMERK, "rond_af")
    late.act(KENMERK, "geef_reactie", *blaricum, tekst="Dank")
    assert late.show(KENMERK)["raden"][0]["reactie"] == "Dank"
    late.verified()


def test_the_first_programme_asks_no_raad_and_the_colleges_adopt_it(
    line: CommandLine, tmp_path: Path
) -> None:
    """No zienswijze round; seven colleges adopt, and the raden are told."""
    rows = [("6-6-2024", "DO SD", "Adviseren"), ("13-6-2024", "PFHO G&O", "Instemmen")]
    paper = voorblad(tmp_path, kenmerk=KENMERK, rows=rows)
    line.ask("import", paper, "--route", "uitvoeringsprogramma")
    line.act(KENMERK, "leg_feiten_vast", eerder_programma="nee")
    assert concluded(line, "b1", "akkoord") == "pfho"
    assert concluded(line, "b2", "akkoord") == "colleges"
    line.act(KENMERK, "start_raadsinformatie")
    for one in SEVEN:
        line.act(KENMERK, "meld_vastgesteld", "--gemeente", one, datum="2024-06-14")

    assert line.state(KENMERK) == "raden"
    assert {one["in_werking"] for one in line.show(KENMERK)["in_werking"]} == {"ja"}


def test_the_evaluation_settles_what_the_pilot_promised(line: CommandLine, tmp_path: Path) -> None:
    """Recognised by its subject; a conditional agreement leaves work to be done."""
    rows = [
        ("3-6-2024", "BO Z&V", "Adviseren", "Akkoord"),
        ("6-6-2024", "DO SD", "Adviseren", "Akkoord"),
        ("13-6-2024", "PFHO G&O", "Besluiten"),
    ]
    subject = "Evaluatie proefperiode Zorg en Veiligheid"
    paper = voorblad(tmp_path, kenmerk=KENMERK, subject=subject, rows=rows)
    read = line.ask("import", paper)["documents"][0]
    assert read["route"] == "evaluatie_proefperiode_zorg_en_veiligheid"
    line.act(KENMERK, "sla_over", "--behandeling", "b1", reden="Kwam niet bijeen")
    row = next(one["id"] for one in line.show(KENMERK)["behandelingen"] if one["soort"] == "PFHO")
    concluded(line, row, "akkoord_mits")

    assert line.owed(KENMERK)["opdracht"]["titel"].startswith("Uitwerken")
    assert line.act(KENMERK, "rond_af")["to"] == "afgerond"


@pytest.mark.parametrize(
    ("subject", "rows", "route"),
    [
        ("Beleidsplan opvang", [("6-6-2024", "DO SD", "Adviseren")], "vrij"),
        ("Voortgangsrapportage beleidsplan", TOGETHER, "voortgangsrapportage"),
        ("Evaluatie van het uitvoeringsprogramma", TOGETHER, "vrij"),
        ("Zorg en Veiligheid", TOGETHER[:1], "vrij"),
    ],
)
def test_a_route_is_recognised_only_when_it_is_plainly_so(
    line: CommandLine, tmp_path: Path, subject: str, rows: list[tuple[str, ...]], route: str
) -> None:
    """A word in the subject is not enough: the behandeltabel must look like it too."""
    paper = voorblad(tmp_path, kenmerk=KENMERK, subject=subject, rows=rows)

    assert line.ask("import", "--dry-run", paper)["documents"][0]["route"] == route
