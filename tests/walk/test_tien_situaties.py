"""Situations of real life, each as the sentence that describes it."""

from pathlib import Path

import pytest

from tests.engine.organisation import Organisation
from tests.walk.command_line import CommandLine, Json, example
from tests.walk.papers import voorblad

REPORT, PILOT = "24005969", "24004592"
DO_DAY, PFHO_DAY = "2024-06-27", "2024-07-11"


def gemeente(line: CommandLine, name: str) -> Json:
    """One row of the council grid."""
    rows = line.ask("council", REPORT)["raden"]
    found: Json = next(one for one in rows if one["gemeente"] == name)
    return found


def adopted(line: CommandLine) -> CommandLine:
    """The DO advised and the PFHO adopted; the day after the PFHO."""
    line.on(DO_DAY).act(REPORT, "leg_conclusie_vast", conclusie="akkoord")
    line.on(PFHO_DAY).act(REPORT, "leg_conclusie_vast", conclusie="vastgesteld")
    return line.on("2024-07-12")


def test_an_overleg_that_is_only_informed_objects_to_what_another_decided(
    pilot: CommandLine,
) -> None:
    """'Besproken, terug naar DO': the first conclusion stays, marked, and execution pauses."""
    pilot.on("2024-03-18").act(PILOT, "leg_conclusie_vast", conclusie="akkoord")
    pilot.on("2024-03-21").act(PILOT, "leg_conclusie_vast", conclusie="akkoord")
    line = pilot.on("2024-04-04")
    line.act(PILOT, "maak_bezwaar", uitkomst="terug_naar_overleg", reden="Geen dekking")

    first = line.row(PILOT, "b3")
    assert (first["conclusie_code"], first["bezwaar"]["loopt"]) == ("akkoord", True)
    assert line.row(PILOT, "b4")["conclusie_code"] == "besproken"
    assert line.state(PILOT) == "do"
    assert "Er loopt een bezwaar" in line.no(PILOT, "rond_af", reden="Toch uitvoeren")


def test_a_college_blocks_the_letter_and_another_rewrites_it(
    report: CommandLine, tmp_path: Path
) -> None:
    """'Niet verzonden' with its reason, a text of their own beside the regional one; five go on."""
    line = adopted(report)
    line.act(REPORT, "start_raadsinformatie")
    letter = tmp_path / "brief.txt"
    letter.write_text("Aan de raad", encoding="utf-8")
    line.ask("attach", REPORT, str(letter), "--title", "Raadsinformatiebrief")
    line.act(REPORT, "bied_aan", "--gemeente", "Hilversum")
    line.act(REPORT, "bied_aan", "--gemeente", "Gooise Meren", eigen_tekst="ja")

    assert "Reden is verplicht" in line.no(REPORT, "meld_niet_verzonden", "--gemeente", "Hilversum")
    line.act(REPORT, "meld_niet_verzonden", "--gemeente", "Hilversum", reden="Onjuiste cijfers")

    blocked = gemeente(line, "Hilversum")
    assert (blocked["state"], blocked["reden"]) == ("niet_verzonden", "Onjuiste cijfers")
    assert gemeente(line, "Gooise Meren")["brief"] == "eigen tekst"
    assert gemeente(line, "Huizen")["state"] == "aan_te_bieden"
    assert "Hilversum" not in line.no(REPORT, "rond_af")


def test_the_besluitenlijst_of_july_is_changed_when_adopted_in_september(
    rapportage: CommandLine,
) -> None:
    """Until then it was 'volgens concept'; the correction refers to what it puts right."""
    line = adopted(rapportage)
    line.act(REPORT, "start_raadsinformatie")
    wrong = next(
        event["seq"]
        for event in line.ask("history", REPORT)["events"]
        if event["to"] == "raden" and event["from"] == "pfho"
    )
    assert line.row(REPORT, "b2")["besluitenlijst"] == "concept"
    autumn = line.on("2024-09-12")
    words = "Vastgesteld, met de opmerking dat hoofdstuk 5 wordt aangevuld"
    autumn.act(REPORT, "corrigeer", event=str(wrong), tekst=words)
    autumn.ask("meeting", "act", f"pfho_go-{PFHO_DAY}", "stel_besluitenlijst_vast")

    row = autumn.row(REPORT, "b2")
    assert (row["conclusie"], row["besluitenlijst"]) == (words, "vastgesteld")
    then = autumn.show(REPORT, "--as-of", "2024-09-11")["behandelingen"][1]
    assert (then["conclusie"], then["besluitenlijst"]) == (None, "concept")
    refusal = autumn.no(REPORT, "corrigeer", event=str(wrong), conclusie="niet_akkoord")
    assert "is al vastgelegd: de ronde langs de gemeenteraden" in refusal
    autumn.verified()


@pytest.fixture
def promised(empty: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The PFHO promised the raden a next report in the third quarter."""
    organisation = Organisation(tmp_path)
    organisation.add(
        "routes/voortgangsrapportage.yaml",
        """
afspraken:
  - {afspraak: volgende_brief, soort: toezegging, titel: Volgende brief aan de raden, stap: pfho,
     uit: ['2'], venster: 2024-Q3, schuldeiser: raden, eigenaars: [contactpersonen]}
""",
    )
    monkeypatch.setenv("BESLUITROUTE_DEFINITIONS", str(organisation.folder))
    empty.ask("import", example(f"voorblad_{REPORT}.txt"))
    return adopted(empty)


def test_a_meeting_moves_to_september_and_a_promise_breaks(promised: CommandLine) -> None:
    """The meeting waits for a new date; the promise slips, visibly, and its reminders with it."""
    line = promised
    line.act(REPORT, "voeg_toe", overleg="pfho_go", doel="bespreken", datum="2024-07-25")
    line.act(REPORT, "agendeer", datum="2024-07-25")
    line.ask("meeting", "act", "pfho_go-2024-07-25", "gelast_af", "--set", "reden=Zomerreces")
    row = next(row for row in line.show(REPORT)["behandelingen"] if row["doel"] == "bespreken")
    assert (row["state"], row["datum"]) == ("gepland", None)
    line.act(REPORT, "plan", "--behandeling", row["id"], datum="2024-09-12")

    def due() -> set[str]:
        """The days on which somebody is reminded of the promise."""
        found = line.ask("reminders", "preview", "--from", "2024-07-12", "--to", "2025-03-01")
        return {one["due"] for one in found["reminders"] if "toezegging" in one["rule"]}

    before = due()
    line.act(REPORT, "verschuif", "--afspraak", f"volgende_brief-{REPORT}",
             periode="2024-Q4", reden="Het PFHO van juli verviel")  # fmt: skip

    owed = line.owed(REPORT)["toezegging"]
    assert (owed["verschoven"], owed["due"], owed["state"]) == (1, "2024-12-31", "openstaand")
    assert owed["reden"] == "Het PFHO van juli verviel"
    assert owed["schuldeiser"] == "raden"
    after = due()
    assert before
    assert after
    assert min(after) > min(before)


def test_three_gemeenten_share_one_staff(report: CommandLine) -> None:
    """Three rows, three colleges, one mail."""
    line = adopted(report)
    line.act(REPORT, "start_raadsinformatie")
    shared = ("Blaricum", "Eemnes", "Laren")
    for name in shared:
        line.act(REPORT, "bied_aan", "--gemeente", name)

    found = line.ask("reminders", "preview", "--from", "2024-07-12", "--to", "2024-12-31")
    mails = [one for one in found["reminders"] if one["rule"] == "verzending_ontbreekt"]

    assert len(mails) == 1
    assert all(name in mails[0]["reason"] for name in shared)
    line = line.on("2024-09-12")
    for number, name in enumerate(shared, start=1):
        day, zaak = f"2024-09-0{number}", f"Z.{number}"
        line.act(REPORT, "leg_collegebesluit_vast", "--gemeente", name, datum=day, zaaknummer=zaak)
    assert {gemeente(line, name)["zaaknummer"] for name in shared} == {"Z.1", "Z.2", "Z.3"}


def test_the_do_changes_point_3_on_thursday_and_the_papers_of_the_pfho_leave_the_same_day(
    pilot: CommandLine,
) -> None:
    """A new version of the point: the PFHO sees the text before and after."""
    pilot.on("2024-03-18").act(PILOT, "leg_conclusie_vast", conclusie="akkoord")
    before = pilot.show(PILOT)["beslispunten"][2]["tekst"]
    after = "Instemmen met een uitwerking vóór 1 december 2024."
    line = pilot.on("2024-03-21")
    line.act(PILOT, "leg_conclusie_vast", conclusie="akkoord", nieuwe_tekst_3=after)

    point = line.show(PILOT)["beslispunten"][2]

    assert line.state(PILOT) == "pfho"
    assert (point["tekst"], [one["tekst"] for one in point["eerder"]]) == (after, [before])
    assert point["eerder"][0]["gewijzigd_door"] == "b3"


# --- a plan that colleges and raden adopt ----------------------------------------------

PLAN = "24009100"
SEVEN = ("Blaricum", "Eemnes", "Gooise Meren", "Hilversum", "Huizen", "Laren", "Wijdemeren")


@pytest.fixture
def plan(empty: CommandLine, tmp_path: Path) -> CommandLine:
    """A beleidsplan on the day of the PFHO, which the DO has advised on."""
    rows = [("6-6-2024", "DO SD", "Adviseren"), ("13-6-2024", "PFHO G&O", "Instemmen")]
    line = empty.on("2024-06-13")
    line.ask("import", voorblad(tmp_path, kenmerk=PLAN, rows=rows), "--route", "beleidsplan")
    line.act(PLAN, "leg_conclusie_vast", conclusie="akkoord")
    return line


def test_one_says_onder_voorbehoud_van_mijn_college_and_another_wants_an_aantekening(
    plan: CommandLine,
) -> None:
    """A position per gemeente, a list of who clears by when; a refusal returns to the overleg."""
    plan.act(
        PLAN,
        "leg_conclusie_vast",
        conclusie="akkoord",
        standpunt_huizen="voorbehoud: van mijn college",
        standpunt_laren="aantekening: liever later",
    )

    positions = {
        one["gemeente"]: one["standpunt"]
        for one in plan.show(PLAN)["behandelingen"][1]["standpunten"]
    }
    assert positions == {"Huizen": "voorbehoud", "Laren": "aantekening"}
    owed = plan.owed(PLAN)["voorbehoud"]
    assert owed["state"] == "openstaand"
    plan.act(PLAN, "weiger_voorbehoud", "--afspraak", owed["id"], reden="Het college zegt nee")
    assert plan.state(PLAN) == "pfho"
    plan.verified()


def test_six_raden_adopt_the_plan_and_one_amends_it(plan: CommandLine) -> None:
    """The join does not hang: the overleg chooses, and the plan is in force per gemeente."""
    plan.act(PLAN, "leg_conclusie_vast", conclusie="akkoord")
    line = plan.on("2024-07-01")
    for state in ("colleges", "raden"):
        assert line.state(PLAN) == state
        line.act(PLAN, "start_raadsinformatie")
        for name in SEVEN[: 7 if state == "colleges" else 6]:
            line.act(PLAN, "meld_vastgesteld", "--gemeente", name, datum="2024-07-01")
    who = ("--gemeente", "Wijdemeren")
    line.act(PLAN, "meld_gewijzigd_vastgesteld", *who, datum="2024-07-01", tekst="Zonder bijlage 3")
    assert "Wijdemeren" in line.no(PLAN, "rond_af")

    line.act(PLAN, "bepaal_gevolg", *who, gevolg="lokale_afwijking", reden="Gekozen door het PFHO")

    force = {one["gemeente"]: one["in_werking"] for one in line.show(PLAN)["in_werking"]}
    assert force == {**dict.fromkeys(SEVEN, "ja"), "Wijdemeren": "afwijkend"}
    assert line.act(PLAN, "rond_af")["to"] == "afgerond"
    line.verified()
