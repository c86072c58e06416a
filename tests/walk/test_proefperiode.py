"""The story of voorblad 24004592: a conclusion per beslispunt, and what is owed because of it."""

from pathlib import Path

import pytest

from tests.walk.command_line import SEEDS, CommandLine, Json
from tests.walk.papers import voorblad

KENMERK = "24004592"
NEW_TEXT = "Instemmen met een uitwerking van de ondersteuning, vóór 1 oktober 2024."
POINTS = {"1": "akkoord", "2": "akkoord", "3": "gewijzigd_vastgesteld", "4": "aangehouden"}
EVALUATION = f"evaluatie_proefperiode-{KENMERK}"


def per_point(points: dict[str, str]) -> list[str]:
    """The conclusion per beslispunt as options."""
    return [
        word for number, code in points.items() for word in ("--beslispunt", f"{number}={code}")
    ]


def advise(line: CommandLine) -> None:
    """The BO of 18 March advises."""
    done = line.on("2024-03-18").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    assert (done["from"], done["to"]) == ("bo", "do")


def decide(line: CommandLine, *target: str) -> Json:
    """The DO of 21 March: 1 and 2 agreed, 3 changed, 4 held until 18 April."""
    return line.on("2024-03-21").act(
        KENMERK,
        "leg_conclusie_vast",
        *target,
        *per_point(POINTS),
        nieuwe_tekst_3=NEW_TEXT,
        aangehouden_tot="2024-04-18",
    )


def walked(line: CommandLine, *, pfho_first: bool, named: bool) -> None:
    """The whole route: the second DO after the PFHO or before it, rows by id or by themselves."""
    row = (lambda row_id: ("--behandeling", row_id)) if named else (lambda row_id: ())
    advise(line)
    decide(line, *row("b3"))
    if not pfho_first:
        line.on("2024-03-28").act(KENMERK, "plan", "--behandeling", "b5", datum="2024-03-28")
        second_do(line.on("2024-03-28"), *row("b5"))
    informed = line.on("2024-04-04").act(
        KENMERK,
        "leg_conclusie_vast",
        *row("b4"),
        *("--happened", "2024-04-04"),
        conclusie="kennisgenomen",
    )
    if pfho_first:
        assert informed["to"] == "do"
        second_do(line.on("2024-04-18"), *row("b5"))
        late = line.row(KENMERK, "b6")
        assert (late["overleg_code"], late["punten"], late["doel"]) == (
            "pfho_go",
            ["4"],
            "informeren",
        )
        assert line.state(KENMERK) == "pfho"
        line.on("2024-05-16").act(KENMERK, "plan", *row("b6"), datum="2024-05-16")
        line.on("2024-05-16").act(
            KENMERK, "leg_conclusie_vast", *row("b6"), conclusie="kennisgenomen"
        )


def second_do(line: CommandLine, *target: str) -> None:
    """The DO agrees to the point that it held."""
    day = ("--happened", str(line.today))
    line.act(KENMERK, "leg_conclusie_vast", *target, *day, conclusie="akkoord")


def test_paper_stands_at_its_first_open_row(proefperiode: CommandLine) -> None:
    """The AO of 7 March is treated by import, and the voorstel waits for the BO."""
    dossier = proefperiode.show(KENMERK)
    first = dossier["behandelingen"][0]

    assert (dossier["state"], dossier["route"]["id"]) == (
        "bo",
        "proefperiode_zorg_en_veiligheid",
    )
    assert (first["state"], first["basis"], first["conclusie"], first["conclusie_code"]) == (
        "behandeld",
        "import",
        "Akkoord",
        "akkoord",
    )
    assert first["overleg_codes"] == ["ao_bo", "ao_zv"]
    assert dossier["afspraken"] == []
    assert [one["periode"] for one in dossier["toezeggingen"]] == ["2025-Q1", "2025-Q1"]


@pytest.mark.parametrize("pfho_first", [True, False])
@pytest.mark.parametrize("named", [True, False])
def test_whole_route(proefperiode: CommandLine, *, pfho_first: bool, named: bool) -> None:
    """Every point reaches every overleg once, in either order, and the history holds."""
    walked(proefperiode, pfho_first=pfho_first, named=named)

    line = proefperiode.on("2024-06-01")
    conclusions = {
        point["nummer"]: [
            (one["overleg_code"], one["conclusie_code"]) for one in point["conclusies"]
        ]
        for point in line.show(KENMERK)["beslispunten"]
    }
    advised = [("ao_bo", "akkoord"), ("bo_zv", "akkoord")]
    informed = ("pfho_go", "kennisgenomen")
    assert conclusions["1"] == [*advised, ("do_sd", "akkoord"), informed]
    assert conclusions["3"] == [*advised, ("do_sd", "gewijzigd_vastgesteld"), informed]
    assert conclusions["4"] == [
        *advised,
        ("do_sd", "aangehouden"),
        ("do_sd", "akkoord"),
        informed,
    ]
    assert line.act(KENMERK, "rond_af")["to"] == "afgerond"
    line.verified()


def test_decision_before_the_advice_is_refused(pilot: CommandLine) -> None:
    """The DO waits for the BO, and says so."""
    refusal = pilot.on("2024-03-21").no(
        KENMERK, "leg_conclusie_vast", "--behandeling", "b3", *per_point(POINTS)
    )

    assert "Nog geen conclusie van: BO Z&V" in refusal


def test_changed_point_keeps_both_texts(pilot: CommandLine) -> None:
    """Point 3 has its new text, and what it was; the others are as on paper."""
    advise(pilot)
    before = {one["nummer"]: one for one in pilot.show(KENMERK)["beslispunten"]}
    decide(pilot)
    after = {one["nummer"]: one for one in pilot.show(KENMERK)["beslispunten"]}

    assert after["3"]["tekst"] == NEW_TEXT
    assert after["3"]["eerder"] == [
        {
            "tekst": before["3"]["tekst"],
            "onderdelen": before["3"]["onderdelen"],
            "gewijzigd_door": "b3",
        }
    ]
    assert [after[number]["tekst"] for number in "124"] == [
        before[number]["tekst"] for number in "124"
    ]


def test_changed_point_needs_its_text(pilot: CommandLine) -> None:
    """'Gewijzigd' without what it became is refused, and so is a text for a point that was not."""
    advise(pilot)
    line = pilot.on("2024-03-21")

    missing = line.refused("act", KENMERK, "leg_conclusie_vast", *per_point(POINTS))
    strange = line.no(
        KENMERK, "leg_conclusie_vast", *per_point({**POINTS, "3": "akkoord"}), nieuwe_tekst_3="x"
    )

    assert (missing["code"], missing["details"]) == ("veld_ontbreekt", {"field": "nieuwe_tekst_3"})
    assert "niet gewijzigd" in strange


def test_agreed_points_go_on_while_one_is_held(pilot: CommandLine) -> None:
    """The DO agrees in part: the voorstel goes to the PFHO, point 4 waits in a row of its own."""
    advise(pilot)
    done = decide(pilot)

    assert (done["from"], done["to"]) == ("do", "pfho")
    assert pilot.row(KENMERK, "b3")["conclusie_code"] == "deels_akkoord"
    held = pilot.row(KENMERK, "b5")
    assert (held["overleg_code"], held["punten"], held["state"], held["datum"]) == (
        "do_sd",
        ["4"],
        "gepland",
        "2024-04-18",
    )


def test_case_does_not_end_while_a_point_is_held(pilot: CommandLine) -> None:
    """After the PFHO the voorstel returns to the DO for point 4, and closing needs a reason."""
    advise(pilot)
    decide(pilot)
    pilot.on("2024-04-04").act(KENMERK, "leg_conclusie_vast", conclusie="kennisgenomen")

    assert pilot.state(KENMERK) == "do"
    assert "Nog open: DO SD" in pilot.on("2024-04-05").no(KENMERK, "rond_af")


def test_afspraken_arise_from_agreed_points_only(proefperiode: CommandLine) -> None:
    """The evaluation comes from 1 and 2 at the first DO, the opdracht from 4 only at the second."""
    advise(proefperiode)
    assert proefperiode.owed(KENMERK) == {}
    decide(proefperiode)

    owed = proefperiode.owed(KENMERK)
    assert set(owed) == {"evaluatie"}
    evaluation = owed["evaluatie"]
    assert (evaluation["id"], evaluation["periode"]) == (EVALUATION, "2025-Q1")
    assert evaluation["venster"] == {"van": "2025-01-01", "tot": "2025-03-31"}
    assert (evaluation["due"], evaluation["state"]) == ("2025-03-31", "openstaand")
    assert evaluation["bron"] == {"kenmerk": KENMERK, "beslispunten": ["1", "2"]}

    second_do(proefperiode.on("2024-04-18"), "--behandeling", "b5")
    owed = proefperiode.owed(KENMERK)
    assert set(owed) == {"evaluatie", "opdracht"}
    assert owed["opdracht"]["bron"]["beslispunten"] == ["4"]
    assert owed["opdracht"]["due"] is None
    assert owed["evaluatie"] == evaluation


def test_rejected_points_bring_no_afspraak(pilot: CommandLine) -> None:
    """What the DO refused is not owed by anyone."""
    advise(pilot)
    points = {"1": "niet_akkoord", "2": "niet_akkoord", "3": "akkoord", "4": "akkoord"}
    pilot.on("2024-03-21").act(KENMERK, "leg_conclusie_vast", *per_point(points))

    assert set(pilot.owed(KENMERK)) == {"opdracht"}


LATER = "25000417"


def read_later(line: CommandLine, tmp: Path, rows: list[tuple[str, str, str]]) -> None:
    """A voorblad of 2025 that evaluates the pilot."""
    path = voorblad(
        tmp,
        kenmerk=LATER,
        subject="Evaluatie proefperiode Zorg en Veiligheid",
        date="13-1-2025",
        rows=rows,
    )
    line.on("2025-01-14").ask("import", path)


def test_later_voorstel_settles_the_evaluation(proefperiode: CommandLine, tmp_path: Path) -> None:
    """Treated by the PFHO in March 2025 it is afgedaan by itself; saying so again is answered."""
    walked(proefperiode, pfho_first=True, named=True)
    read_later(
        proefperiode,
        tmp_path,
        [("6-3-2025", "DO SD", "Adviseren"), ("20-3-2025", "PFHO G&O", "Besluiten")],
    )
    line = proefperiode.on("2025-03-21")
    assert line.owed(KENMERK)["evaluatie"]["state"] == "openstaand"
    line.act(LATER, "leg_conclusie_vast", conclusie="akkoord")
    assert line.owed(KENMERK)["evaluatie"]["state"] == "openstaand"
    settled = line.act(LATER, "leg_conclusie_vast", conclusie="akkoord")

    evaluation = line.owed(KENMERK)["evaluatie"]
    assert (evaluation["state"], evaluation["afgedaan_door"]) == ("afgedaan", LATER)
    assert evaluation["afgedaan_op"] == "2025-03-20"
    assert line.owed(KENMERK)["opdracht"]["state"] == "openstaand"
    again = line.act(KENMERK, "doe_af", door=LATER, afspraak=EVALUATION)
    assert again["event"] == settled["event"]
    assert line.act(KENMERK, "doe_af", door=LATER)["event"] == settled["event"]
    line.verified()


def test_typed_voorstel_settles_the_evaluation(pilot: CommandLine) -> None:
    """A voorstel without a document counts just as much."""
    walked(pilot, pfho_first=False, named=True)
    line = pilot.on("2025-03-03")
    line.ask(
        *("new", "--set", "onderwerp=Evaluatie van de proefperiode Zorg en Veiligheid"),
        *("--set", f"kenmerk={LATER}", "--set", "contactpersoon=Sam Doornbos"),
        *("--set", "beslispunt_1=De werkgroep voortzetten"),
    )
    line.act(LATER, "plan", overleg="bo_zv", doel="besluiten", datum="2025-03-17")
    line.act(LATER, "dien_in")
    line.on("2025-03-17").act(LATER, "leg_conclusie_vast", conclusie="akkoord")

    assert pilot.owed(KENMERK)["evaluatie"]["afgedaan_door"] == LATER


def test_treatment_outside_the_window_settles_nothing_without_a_reason(
    pilot: CommandLine, tmp_path: Path
) -> None:
    """April is not Q1: the evaluation stays open until somebody says why that will do."""
    walked(pilot, pfho_first=True, named=True)
    read_later(pilot, tmp_path, [("10-4-2025", "PFHO G&O", "Besluiten")])
    line = pilot.on("2025-04-10")
    line.act(LATER, "leg_conclusie_vast", conclusie="akkoord")

    assert line.owed(KENMERK)["evaluatie"]["state"] == "openstaand"
    refusal = line.no(KENMERK, "doe_af", afspraak=EVALUATION, door=LATER)
    assert "2025-Q1" in refusal
    line.act(KENMERK, "doe_af", afspraak=EVALUATION, door=LATER, reden="Het PFHO van maart verviel")
    assert line.owed(KENMERK)["evaluatie"]["state"] == "afgedaan"
    line.verified()


def test_handing_in_is_not_treating(pilot: CommandLine, tmp_path: Path) -> None:
    """A voorstel that no overleg has treated yet settles nothing."""
    walked(pilot, pfho_first=True, named=True)
    read_later(pilot, tmp_path, [("20-3-2025", "PFHO G&O", "Besluiten")])

    refusal = pilot.on("2025-03-01").no(KENMERK, "doe_af", afspraak=EVALUATION, door=LATER)

    assert "nog in geen overleg behandeld" in refusal


def test_voorstel_itself_says_which_afspraak_it_settles(pilot: CommandLine, tmp_path: Path) -> None:
    """Of two open afspraken, `doe_af` takes the one that the later voorstel is about."""
    walked(pilot, pfho_first=True, named=True)
    read_later(pilot, tmp_path, [("13-3-2025", "DO SD", "Besluiten")])
    line = pilot.on("2025-03-14")
    line.act(LATER, "leg_conclusie_vast", conclusie="akkoord")
    assert line.owed(KENMERK)["evaluatie"]["state"] == "openstaand"

    line.act(KENMERK, "doe_af", door=LATER)

    assert line.owed(KENMERK)["evaluatie"]["state"] == "afgedaan"
    assert line.owed(KENMERK)["opdracht"]["state"] == "openstaand"


@pytest.mark.skipif(not SEEDS.exists(), reason="the papers lie outside the repository")
def test_the_paper_itself_walks_the_same_way(empty: CommandLine) -> None:
    """The voorblad that this product was conceived from gives the same dossier as our text."""
    line = empty.on("2024-03-08")
    found = line.ask("import", *map(str, SEEDS.glob("004_*")))["documents"][0]

    assert (found["result"], found["route"], found["state"]) == (
        "created",
        "proefperiode_zorg_en_veiligheid",
        "bo",
    )
    walked(line, pfho_first=True, named=False)
    assert set(line.owed(KENMERK)) == {"evaluatie", "opdracht"}
    line.verified()
