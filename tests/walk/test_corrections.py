"""A mistake is put right by a later event that refers to it; nothing is rewritten."""

import json
from pathlib import Path

import pytest

from tests.walk.command_line import CommandLine, Json
from tests.walk.papers import voorblad

KENMERK = "24005969"
DO_DAY, PFHO_DAY = "2024-06-27", "2024-07-11"
REPORT = "rapportage-bescherming_en_opvang_2022_2025-2024-h1"


def conclude(line: CommandLine, conclusie: str, *options: str, **fields: str) -> int:
    """A conclusion; the number of its event."""
    done = line.act(KENMERK, "leg_conclusie_vast", *options, conclusie=conclusie, **fields)
    event: int = done["event"]
    return event


def afspraak(line: CommandLine, afspraak_id: str) -> Json:
    """One line of what is owed."""
    rows = line.ask("obligations")["afspraken"]
    found: Json = next(row for row in rows if row["id"] == afspraak_id)
    return found


def test_misread_fields_of_the_sheet(report: CommandLine) -> None:
    """Each field of the voorblad can be put right; the event tells what it was."""
    report.act(KENMERK, "corrigeer", event="1", onderwerp="Derde rapportage", datum="11-06-2024")
    report.act(KENMERK, "corrigeer", event="1", eenheid="Sociaal Domein", verspreiden="Nee")
    report.act(KENMERK, "corrigeer", event="1", beslispunt_2="De brief vaststellen")

    dossier = report.show(KENMERK)
    assert (dossier["onderwerp"], dossier["datum"]) == ("Derde rapportage", "2024-06-11")
    assert (dossier["eenheid"], dossier["verspreiden"]) == ("Sociaal Domein", False)
    assert dossier["beslispunten"][1]["tekst"] == "De brief vaststellen"
    events = report.ask("history", KENMERK)["events"]
    assert [event["corrects"] for event in events] == [None, 1, 1, 1]
    assert "corrigeerde wat onder nummer 1" in events[1]["sentence"]
    assert report.show(KENMERK, "--as-of", "2024-06-12")["version"] == 4
    report.verified()


def test_misread_contact_persons(report: CommandLine) -> None:
    """Names and addresses can be put right, and stand in no event."""
    report.act(
        KENMERK,
        "corrigeer",
        event="1",
        contactpersoon="Noor Verhaegh <n.verhaegh@regio.example>; Jip Aalders, Gemeente Huizen",
    )

    dossier = report.show(KENMERK)
    assert dossier["contactpersonen"] == [
        {"naam": "Noor Verhaegh", "organisatie": None, "email": "n.verhaegh@regio.example"},
        {"naam": "Jip Aalders", "organisatie": "Gemeente Huizen", "email": None},
    ]
    assert dossier["emails"] == ["n.verhaegh@regio.example"]
    data = [event["data"] for event in report.ask("history", KENMERK)["events"]]
    assert "Aalders" not in json.dumps(data)
    assert "schrijf" in report.no(KENMERK, "corrigeer", event="1", contactpersoon="<geen naam>")


def test_words_of_persons_stand_in_no_event(report: CommandLine) -> None:
    """Also when they come with a correction: the event has commitments only."""
    number = conclude(report.on(DO_DAY), "akkoord", tekst="Geheime woorden")
    line = report.on("2024-06-28")
    line.act(KENMERK, "corrigeer", event=str(number), tekst="Andere woorden", reden="Geheim")
    line.act(KENMERK, "corrigeer", event="1", toelichting="Geheime toelichting")

    assert line.row(KENMERK, "b1")["conclusie"] == "Andere woorden"
    events = line.ask("history", KENMERK)["events"]
    data = json.dumps([event["data"] for event in events])
    for word in ("Geheime", "Andere", "Geheim"):
        assert word not in data


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "Nummer in de geschiedenis is verplicht"),
        ({"event": "1"}, "gecorrigeerd veld"),
        ({"event": "99", "onderwerp": "x"}, "niet gevonden"),
        ({"event": "een", "onderwerp": "x"}, "geen nummer"),
        ({"event": "²", "onderwerp": "x"}, "geen nummer"),
        ({"event": "9" * 40, "onderwerp": "x"}, "geen nummer"),
        ({"event": "1", "onderwerp": "  "}, "leeg"),
        ({"event": "1", "kleur": "rood"}, "kan niet worden gecorrigeerd"),
        ({"event": "1", "datum": "31-6-2024"}, "bestaat niet"),
        ({"event": "1", "beslispunt_9": "x"}, "staat niet op het voorblad"),
        ({"event": "1", "kenmerk": "met spatie"}, "letters, cijfers"),
    ],
)
def test_a_correction_that_cannot_be(
    report: CommandLine, fields: dict[str, str], reason: str
) -> None:
    """An unknown event or field, or a value that cannot be, changes nothing."""
    assert reason in report.no(KENMERK, "corrigeer", **fields)
    assert report.show(KENMERK)["version"] == 1


def test_kenmerk_can_be_put_right(report: CommandLine, tmp_path: Path) -> None:
    """The dossier is found under its new kenmerk; one that is taken is refused."""
    report.ask("import", voorblad(tmp_path, kenmerk="24001111"))
    assert "al van een ander" in report.no(KENMERK, "corrigeer", event="1", kenmerk="24001111")

    done = report.act(KENMERK, "corrigeer", event="1", kenmerk="24005970")

    assert done["kenmerk"] == "24005970"
    assert report.show("24005970")["version"] == 2
    assert report.refused("show", KENMERK)["code"] == "niet_gevonden"
    report.verified()


def test_misread_cells_of_a_row(report: CommandLine) -> None:
    """Day, doel and overleg of one row; no other cell, and no row that is not there."""
    row = ("--behandeling", "b2")
    report.act(KENMERK, "corrigeer", *row, event="1", datum="18-07-2024", doel="besluiten")
    report.act(KENMERK, "corrigeer", *row, event="1", overleg="PFHO SD J&O")

    found = report.row(KENMERK, "b2")
    assert (found["datum"], found["doel"], found["overleg_code"]) == (
        "2024-07-18",
        "besluiten",
        "pfho_jo",
    )
    assert "niet bekend" in report.no(
        KENMERK, "corrigeer", "--behandeling", "b7", event="1", datum="18-07-2024"
    )
    assert "datum, doel" in report.no(KENMERK, "corrigeer", *row, event="1", kleur="rood")


def test_misread_conclusion_on_paper(pilot: CommandLine) -> None:
    """A conclusion that was read wrongly from paper gets its right words and code."""
    pilot.act(
        "24004592",
        "corrigeer",
        *("--behandeling", "b1"),
        event="1",
        conclusie="akkoord_mits",
        tekst="Akkoord, mits binnen budget",
    )

    row = pilot.row("24004592", "b1")
    assert (row["conclusie_code"], row["conclusie"], row["basis"]) == (
        "akkoord_mits",
        "Akkoord, mits binnen budget",
        "import",
    )
    assert set(row["per_punt"].values()) == {"akkoord_mits"}
    pilot.verified()


def test_right_words_for_a_conclusion(report: CommandLine) -> None:
    """With the same outcome only code and words change, also after the case went on."""
    number = conclude(report.on(DO_DAY), "akkoord", tekst="Akkoord")
    conclude(report.on(PFHO_DAY), "vastgesteld")

    done = report.on(PFHO_DAY).act(
        KENMERK, "corrigeer", event=str(number), conclusie="niet_akkoord", tekst="Niet akkoord"
    )

    assert (done["from"], done["to"]) == ("raden", "raden")
    row = report.row(KENMERK, "b1")
    assert (row["conclusie_code"], row["conclusie"], row["behandeld_op"]) == (
        "niet_akkoord",
        "Niet akkoord",
        DO_DAY,
    )
    report.verified()


def test_right_day_of_a_conclusion(report: CommandLine) -> None:
    """The day that a conclusion was taken can be put right, never before its meeting."""
    number = conclude(report.on("2024-07-04"), "akkoord", "--happened", "2024-07-04")
    line = report.on("2024-07-05")

    line.act(KENMERK, "corrigeer", "--happened", DO_DAY, event=str(number), conclusie="akkoord")

    assert line.row(KENMERK, "b1")["behandeld_op"] == DO_DAY
    assert "nog niet gehouden" in line.no(
        KENMERK, "corrigeer", "--happened", "2024-06-01", event=str(number), conclusie="akkoord"
    )


def test_another_outcome_takes_the_voorstel_back(report: CommandLine) -> None:
    """Akkoord that should have been aangehouden: back at the DO with a new row."""
    number = conclude(report.on(DO_DAY), "akkoord")

    done = report.on("2024-06-28").act(
        KENMERK, "corrigeer", event=str(number), conclusie="aangehouden"
    )

    assert (done["from"], done["to"]) == ("pfho", "do")
    assert report.row(KENMERK, "b1")["conclusie_code"] == "aangehouden"
    assert report.row(KENMERK, "b3")["state"] == "gepland"
    report.verified()


def test_a_correction_can_be_corrected(report: CommandLine) -> None:
    """What followed from the first correction lapses with it: no row is left behind."""
    number = str(conclude(report.on(DO_DAY), "akkoord"))
    line = report.on("2024-06-28")
    first = line.act(KENMERK, "corrigeer", event=number, conclusie="aangehouden")

    again = line.act(KENMERK, "corrigeer", event=str(first["event"]), conclusie="akkoord")

    assert again["to"] == "pfho"
    assert line.row(KENMERK, "b3")["state"] == "vervallen"
    last = line.act(KENMERK, "corrigeer", event=number, conclusie="aangehouden")
    assert last["to"] == "do"
    open_rows = [
        row["id"]
        for row in line.show(KENMERK)["behandelingen"]
        if row["state"] == "gepland" and row["overleg_code"] == "do_sd"
    ]
    assert len(open_rows) == 1
    line.verified()


def test_nothing_is_pulled_from_under_a_later_conclusion(report: CommandLine) -> None:
    """Another outcome is refused while the PFHO has decided on the strength of the first."""
    number = conclude(report.on(DO_DAY), "akkoord")
    conclude(report.on(PFHO_DAY), "vastgesteld")

    refusal = report.on(PFHO_DAY).no(
        KENMERK, "corrigeer", event=str(number), conclusie="aangehouden"
    )

    assert "Portefeuillehoudersoverleg" in refusal
    assert "Corrigeer dat eerst" in refusal


def test_a_report_is_owed_again_when_its_conclusion_was_wrong(report: CommandLine) -> None:
    """The PFHO held it after all: the report of the half-year is open, not lapsed."""
    conclude(report.on(DO_DAY), "akkoord")
    number = conclude(report.on(PFHO_DAY), "vastgesteld")
    assert afspraak(report, REPORT)["state"] == "afgedaan"

    line = report.on("2024-07-12")
    line.act(KENMERK, "corrigeer", event=str(number), conclusie="aangehouden")

    one = afspraak(line, REPORT)
    assert (one["state"], one["afgedaan_door"], one["afgedaan_op"]) == ("openstaand", None, None)
    line.verified()
    line.on("2024-07-18").act(
        KENMERK, "leg_conclusie_vast", "--happened", "2024-07-18", conclusie="vastgesteld"
    )
    assert afspraak(line, REPORT)["afgedaan_door"] == KENMERK
    line.verified()


def test_a_changed_point_that_was_forgotten(report: CommandLine) -> None:
    """The PFHO changed point 2 and the secretary wrote 'vastgesteld': the text follows."""
    conclude(report.on(DO_DAY), "akkoord")
    number = conclude(report.on(PFHO_DAY), "vastgesteld")
    line = report.on("2024-07-12")
    old = line.show(KENMERK)["beslispunten"][1]["tekst"]

    line.act(KENMERK, "corrigeer", event=str(number), nieuwe_tekst_2="De brief, zonder bijlage")

    point = line.show(KENMERK)["beslispunten"][1]
    assert point["tekst"] == "De brief, zonder bijlage"
    assert [one["tekst"] for one in point["eerder"]] == [old]
    assert line.row(KENMERK, "b2")["per_punt"] == {
        "1": "vastgesteld",
        "2": "gewijzigd_vastgesteld",
    }
    assert line.state(KENMERK) == "raden"
    line.verified()


def test_a_reservation_that_was_forgotten(report: CommandLine) -> None:
    """'Onder voorbehoud' instead of 'vastgesteld' opens what must be cleared."""
    conclude(report.on(DO_DAY), "akkoord")
    number = conclude(report.on(PFHO_DAY), "vastgesteld")

    report.on(PFHO_DAY).act(KENMERK, "corrigeer", event=str(number), conclusie="onder_voorbehoud")

    assert report.owed(KENMERK)["voorbehoud"]["state"] == "openstaand"
    report.verified()


def test_afspraken_follow_the_right_conclusion(pilot: CommandLine) -> None:
    """Points 1 and 2 turn out to be refused: nobody owes the evaluation any more."""
    kenmerk = "24004592"
    pilot.on("2024-03-18").act(kenmerk, "leg_conclusie_vast", conclusie="akkoord")
    number = pilot.on("2024-03-21").act(kenmerk, "leg_conclusie_vast", conclusie="akkoord")["event"]
    assert set(pilot.owed(kenmerk)) == {"evaluatie", "opdracht"}

    line = pilot.on("2024-03-22")
    line.act(
        kenmerk,
        "corrigeer",
        *("--beslispunt", "1=niet_akkoord", "--beslispunt", "2=niet_akkoord"),
        event=str(number),
        conclusie="akkoord",
    )

    owed = line.owed(kenmerk)
    assert (owed["evaluatie"]["state"], owed["opdracht"]["state"]) == ("vervallen", "openstaand")
    line.verified()


def test_settling_of_another_voorstel_is_undone(pilot: CommandLine, tmp_path: Path) -> None:
    """The evaluation was not treated after all: it is owed again by the voorstel of 2024."""
    kenmerk = "24004592"
    pilot.on("2024-03-18").act(kenmerk, "leg_conclusie_vast", conclusie="akkoord")
    pilot.on("2024-03-21").act(kenmerk, "leg_conclusie_vast", conclusie="akkoord")
    path = voorblad(
        tmp_path,
        kenmerk="25000417",
        subject="Evaluatie proefperiode Zorg en Veiligheid",
        date="13-1-2025",
        rows=[("20-3-2025", "PFHO G&O", "Besluiten")],
    )
    line = pilot.on("2025-03-20")
    line.ask("import", path)
    number = line.act("25000417", "leg_conclusie_vast", conclusie="akkoord")["event"]
    assert line.owed(kenmerk)["evaluatie"]["state"] == "afgedaan"

    line.act("25000417", "corrigeer", event=str(number), conclusie="aangehouden")

    one = line.owed(kenmerk)["evaluatie"]
    assert (one["state"], one["afgedaan_door"]) == ("openstaand", None)
    line.verified()


def test_council_date_and_number(report: CommandLine) -> None:
    """The day and zaaknummer of a gemeente are put right; a day to come is refused."""
    conclude(report.on(DO_DAY), "akkoord")
    conclude(report.on(PFHO_DAY), "vastgesteld")
    line = report.on("2024-09-10")
    line.act(KENMERK, "start_raadsinformatie")
    one = ("--gemeente", "Huizen")
    line.act(KENMERK, "bied_aan", *one)
    number = line.act(KENMERK, "leg_collegebesluit_vast", *one, datum="2024-09-03", zaaknummer="1")[
        "event"
    ]

    line.act(KENMERK, "corrigeer", event=str(number), datum="2024-09-10", zaaknummer="641788")

    row = next(r for r in line.ask("council", KENMERK)["raden"] if r["gemeente"] == "Huizen")
    assert (row["datum_college"], row["zaaknummer"]) == ("2024-09-10", "641788")
    assert "moet nog komen" in line.no(KENMERK, "corrigeer", event=str(number), datum="2024-10-01")
    assert "had die handeling niet" in line.no(
        KENMERK, "corrigeer", event=str(number), onderwerp="x"
    )
    line.verified()


def test_what_a_concept_lacks_can_be_filled_in(report: CommandLine) -> None:
    """A voorstel that was typed in half is completed, and then submitted."""
    made = report.ask("new", "--set", "onderwerp=Vervoer", "--set", "kenmerk=24008888")
    number = str(made["event"])
    report.act("24008888", "plan", overleg="DO SD", doel="adviseren", datum="2024-06-27")
    report.act(
        "24008888",
        "corrigeer",
        event=number,
        contactpersoon="Pim Hagedoorn",
        beslispunt_1="Instemmen",
        beslispunt_2="Evalueren",
    )

    assert report.act("24008888", "dien_in")["to"] == "do"
    points = report.show("24008888")["beslispunten"]
    assert [(one["nummer"], one["tekst"]) for one in points] == [
        ("1", "Instemmen"),
        ("2", "Evalueren"),
    ]


def test_a_closed_case_can_be_corrected(report: CommandLine) -> None:
    """A wrong word in the record of a closed case is put right without opening it."""
    number = conclude(report.on(DO_DAY), "akkoord")
    line = report.on("2024-07-01")
    line.act(KENMERK, "trek_in")

    done = line.act(KENMERK, "corrigeer", event=str(number), conclusie="akkoord_mits")

    assert (done["from"], done["to"]) == ("ingetrokken", "ingetrokken")
    assert line.row(KENMERK, "b1")["conclusie_code"] == "akkoord_mits"
    line.verified()
