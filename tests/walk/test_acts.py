"""Every act on a voorstel and its rows: once as it should go, once refused with its reason."""

from pathlib import Path

import pytest

from tests.walk.command_line import CommandLine
from tests.walk.papers import voorblad

KENMERK = "24005969"
DO_DAY, PFHO_DAY = "2024-06-27", "2024-07-11"


def concept(line: CommandLine, **fields: str) -> str:
    """The kenmerk of a voorstel that was typed in and not submitted."""
    given = {"onderwerp": "Regeling vervoer", "kenmerk": "24008888", **fields}
    sets = [word for name, value in given.items() for word in ("--set", f"{name}={value}")]
    made = line.ask("new", *sets)
    assert (made["to"], made["version"]) == ("concept", 1)
    kenmerk: str = made["kenmerk"]
    return kenmerk


# --- submit, return, withdraw, close -------------------------------------------------


def test_submitting_needs_a_complete_voorblad(report: CommandLine) -> None:
    """What is missing is named; with all of it the voorstel goes to its first row."""
    kenmerk = concept(report)
    refusal = report.no(kenmerk, "dien_in")
    assert "contactpersoon, beslispunten en behandeling" in refusal

    full = concept(
        report, kenmerk="24008889", contactpersoon="Pim Hagedoorn", beslispunt_1="Instemmen"
    )
    report.act(full, "plan", overleg="DO SD", doel="adviseren", datum="2024-06-20")
    assert report.act(full, "dien_in")["to"] == "do"
    assert "nu is het: bij Directie-overleg" in report.no(full, "dien_in")


def test_a_voorstel_sent_back_returns_to_where_it_was(report: CommandLine) -> None:
    """It lies with its author until it is handed in again; meanwhile its rows stand still."""
    report.act(KENMERK, "agendeer", datum=DO_DAY)
    back = report.act(KENMERK, "stuur_terug", reden="De raming ontbreekt")
    assert (back["from"], back["to"]) == ("do", "teruggestuurd")
    assert report.row(KENMERK, "b1")["state"] == "gepland"
    assert "ligt bij de opsteller" in report.on(DO_DAY).no(
        KENMERK, "leg_conclusie_vast", conclusie="akkoord"
    )

    again = report.act(KENMERK, "dien_opnieuw_in")

    assert (again["from"], again["to"]) == ("teruggestuurd", "do")
    assert "terug bij de opsteller" in report.no(KENMERK, "dien_opnieuw_in")


def test_a_conclusion_can_send_it_back(report: CommandLine) -> None:
    """'Terug naar opsteller' closes the row, and a new one waits for the next version."""
    done = report.on(DO_DAY).act(KENMERK, "leg_conclusie_vast", conclusie="terug_naar_opsteller")
    assert done["to"] == "teruggestuurd"

    report.on(DO_DAY).act(KENMERK, "dien_opnieuw_in")

    assert report.state(KENMERK) == "do"
    fresh = report.row(KENMERK, "b3")
    assert (fresh["overleg_code"], fresh["state"], fresh["datum"]) == ("do_sd", "gepland", None)


def test_withdrawing_ends_the_case(report: CommandLine) -> None:
    """The open rows lapse, the reason is kept, and nothing more can be done but correcting."""
    done = report.act(KENMERK, "trek_in", "--remark", "Niet meer nodig")

    assert done["to"] == "ingetrokken"
    dossier = report.show(KENMERK)
    assert [row["state"] for row in dossier["behandelingen"]] == ["vervallen", "vervallen"]
    assert dossier["reden"] == "Niet meer nodig"
    assert "al beëindigd (ingetrokken)" in report.no(KENMERK, "trek_in")
    assert report.ask("list", "--open")["voorstellen"] == []
    permitted = [
        one["action"] for one in report.ask("actions", KENMERK)["actions"] if one["permitted"]
    ]
    assert permitted == ["corrigeer"]


def test_closing_before_the_end_needs_a_reason(report: CommandLine) -> None:
    """What is still open is named."""
    refusal = report.no(KENMERK, "rond_af")
    assert "Directie-overleg, Portefeuillehoudersoverleg en het informeren" in refusal

    assert report.act(KENMERK, "rond_af", reden="Opgegaan in een ander plan")["to"] == "afgerond"
    assert "al beëindigd (afgerond)" in report.no(KENMERK, "rond_af", reden="nog eens")


# --- plan, add, skip -----------------------------------------------------------------


def test_planning_a_row(report: CommandLine) -> None:
    """The current row gets another day; without day or doel there is nothing to plan."""
    report.act(KENMERK, "plan", datum="2024-07-04")
    assert report.row(KENMERK, "b1")["datum"] == "2024-07-04"
    report.act(KENMERK, "plan", overleg="pfho_go", doel="besluiten")
    assert report.row(KENMERK, "b2")["doel"] == "besluiten"

    assert "Datum, doel of een ander overleg is verplicht" in report.no(KENMERK, "plan")
    assert "is niet bekend" in report.no(
        KENMERK, "plan", overleg="DO Ruimtevaart", doel="adviseren"
    )


def test_a_named_row_gets_another_overleg(report: CommandLine) -> None:
    """Who names the row means that row, not a new one."""
    report.act(KENMERK, "plan", "--behandeling", "b2", overleg="bo_zv")

    assert [row["overleg_code"] for row in report.show(KENMERK)["behandelingen"]] == [
        "do_sd",
        "bo_zv",
    ]


def test_planning_an_overleg_that_has_no_row_adds_one(report: CommandLine) -> None:
    """A BO that the paper does not name is a row of its own, before the gemeenteraden."""
    report.act(KENMERK, "plan", overleg="bo_zv", doel="adviseren", datum="2024-07-01")

    rows = report.show(KENMERK)["behandelingen"]
    assert [row["overleg_code"] for row in rows] == ["do_sd", "pfho_go", "bo_zv"]
    assert [row["id"] for row in rows] == ["b1", "b2", "b3"]


def test_an_added_row_is_treated_in_its_place(report: CommandLine) -> None:
    """The route of one voorstel grows while it runs, and the machine follows."""
    report.act(KENMERK, "voeg_toe", overleg="DB", doel="adviseren", na="b2", datum="2024-07-18")
    line = report.on("2024-07-18")
    line.act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    line.act(KENMERK, "leg_conclusie_vast", conclusie="vastgesteld")

    assert line.state(KENMERK) == "db"
    assert line.act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")["to"] == "raden"
    assert "Doel is verplicht" in line.no(KENMERK, "voeg_toe", overleg="AB")
    assert "b9" in line.no(KENMERK, "voeg_toe", overleg="AB", doel="informeren", na="b9")


def test_a_skipped_row_lapses_with_its_reason(report: CommandLine) -> None:
    """The voorstel goes on, and the reason stays with the row; without one it is refused."""
    assert "Reden is verplicht" in report.no(KENMERK, "sla_over")

    done = report.act(KENMERK, "sla_over", reden="Het DO vervalt in de zomer")

    assert done["to"] == "pfho"
    row = report.row(KENMERK, "b1")
    assert (row["state"], row["reden"]) == ("vervallen", "Het DO vervalt in de zomer")
    closed = report.no(KENMERK, "sla_over", "--behandeling", "b1", reden="nog eens")
    assert "al afgesloten" in closed


# --- agenda --------------------------------------------------------------------------


def test_a_row_stands_on_the_agenda_of_a_meeting(report: CommandLine) -> None:
    """By its date, or by a meeting that the calendar or the register knows."""
    report.act(KENMERK, "agendeer", datum=DO_DAY)
    row = report.row(KENMERK, "b1")
    assert (row["state"], row["vergadering"]) == ("geagendeerd", f"do_sd-{DO_DAY}")
    listed = {one["id"] for one in report.ask("meeting", "list")["vergaderingen"]}
    assert f"pfho_go-{PFHO_DAY}" in listed

    report.act(KENMERK, "agendeer", "--behandeling", "b2", vergadering=f"pfho_go-{PFHO_DAY}")

    agenda = report.ask("meeting", "show", f"pfho_go-{PFHO_DAY}")
    assert [point["kenmerk"] for point in agenda["punten"]] == [KENMERK]


def test_an_agenda_that_cannot_be_is_refused(report: CommandLine) -> None:
    """A meeting of another overleg, an unknown one, and two days at once."""
    wrong = report.no(KENMERK, "agendeer", vergadering=f"pfho_go-{PFHO_DAY}")
    unknown = report.no(KENMERK, "agendeer", vergadering="do_sd-1999")
    two = report.no(KENMERK, "agendeer", vergadering=f"do_sd-{DO_DAY}", datum="2024-07-04")

    assert "geen vergadering van het Directie-overleg" in wrong
    assert "niet bekend" in unknown
    assert "één van beide" in two


def test_a_point_taken_off_the_agenda_waits_for_a_date(report: CommandLine) -> None:
    """Its row is closed as it was, a new one has no date yet; what is not on it cannot leave it."""
    assert "nu is het: gepland" in report.no(KENMERK, "haal_van_agenda")
    report.act(KENMERK, "agendeer", datum=DO_DAY)

    report.act(KENMERK, "haal_van_agenda", reden="De wethouder is ziek")

    old, new = report.row(KENMERK, "b1"), report.row(KENMERK, "b3")
    assert (old["state"], old["datum"], old["reden"]) == (
        "van_de_agenda",
        DO_DAY,
        "De wethouder is ziek",
    )
    assert (new["state"], new["datum"], new["vergadering"]) == ("gepland", None, None)
    assert report.state(KENMERK) == "do"
    assert "volgt de datum nog" in report.on(DO_DAY).no(
        KENMERK, "leg_conclusie_vast", conclusie="akkoord"
    )


def test_a_point_without_time_moves_on(report: CommandLine) -> None:
    """Postponed to a later day, never to an earlier one."""
    assert "moet na de oude liggen" in report.no(KENMERK, "schuif_door", datum="2024-06-20")

    report.act(KENMERK, "schuif_door", datum="2024-09-05")

    assert report.row(KENMERK, "b1")["state"] == "doorgeschoven"
    new = report.row(KENMERK, "b3")
    assert (new["datum"], new["datum_ruw"], new["state"]) == ("2024-09-05", None, "gepland")
    rows = report.show(KENMERK)["behandelingen"]
    assert [row["id"] for row in rows] == ["b1", "b3", "b2"]


# --- conclusions ---------------------------------------------------------------------


def test_a_held_voorstel_gets_a_new_row(report: CommandLine) -> None:
    """'Aangehouden' closes its row; the next one is dated, or waits for a date."""
    done = report.on(DO_DAY).act(
        KENMERK, "leg_conclusie_vast", conclusie="aangehouden", aangehouden_tot="2024-09-05"
    )

    assert (done["from"], done["to"]) == ("do", "do")
    old, new = report.row(KENMERK, "b1"), report.row(KENMERK, "b3")
    assert (old["conclusie_code"], old["aangehouden_tot"]) == ("aangehouden", "2024-09-05")
    assert (new["datum"], new["doel"], new["punten"]) == ("2024-09-05", "adviseren", None)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"conclusie": "aangehouden", "aangehouden_tot": DO_DAY}, "na de vergadering"),
        ({"conclusie": "akkoord", "aangehouden_tot": "2024-09-05"}, "aangehouden"),
        ({"conclusie": "akkoord", "verwezen_naar": "AB"}, "verwezen"),
        ({"conclusie": "verwezen"}, "is verplicht"),
        ({"conclusie": "vastgesteld"}, "past niet bij het doel adviseren"),
        ({"conclusie": "misschien"}, "Kies uit: akkoord"),
        ({}, "Conclusie is verplicht"),
        ({"conclusie": "akkoord", "kleur": "x"}, "dit veld kent"),
    ],
)
def test_a_conclusion_that_cannot_be(
    report: CommandLine, fields: dict[str, str], reason: str
) -> None:
    """The fields of a conclusion must fit it, its day and the doel of its row."""
    assert reason in report.on(DO_DAY).no(KENMERK, "leg_conclusie_vast", **fields)
    assert report.show(KENMERK)["version"] == 1


def test_a_referred_voorstel_goes_to_the_other_overleg(report: CommandLine) -> None:
    """'Verwezen naar' makes the new row one of that overleg; the PFHO waits for it."""
    line = report.on(DO_DAY)
    line.act(KENMERK, "leg_conclusie_vast", conclusie="verwezen", verwezen_naar="BO Z&V")

    new = line.row(KENMERK, "b3")
    assert (new["overleg_code"], new["soort"], new["doel"]) == ("bo_zv", "BO", "adviseren")
    assert line.row(KENMERK, "b1")["verwezen_naar"] == "bo_zv"
    refusal = line.on(PFHO_DAY).no(
        KENMERK, "leg_conclusie_vast", "--behandeling", "b2", conclusie="vastgesteld"
    )
    assert "Bestuurlijk Overleg Zorg en Veiligheid" in refusal


def test_negative_advice_goes_on(report: CommandLine) -> None:
    """'Niet akkoord' on an advising row rejects nothing; the deciding overleg decides."""
    done = report.on(DO_DAY).act(KENMERK, "leg_conclusie_vast", conclusie="niet_akkoord")

    assert done["to"] == "pfho"
    decided = report.on(PFHO_DAY).act(KENMERK, "leg_conclusie_vast", conclusie="niet_akkoord")
    assert decided["to"] == "afgewezen"
    assert report.ask("list", "--state", "afgewezen")["voorstellen"][0]["kenmerk"] == KENMERK


def test_a_reservation_is_something_owed(report: CommandLine) -> None:
    """'Onder voorbehoud' decides, goes on, and opens an afspraak that clears it."""
    report.on(DO_DAY).act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    line = report.on(PFHO_DAY)
    done = line.act(
        KENMERK, "leg_conclusie_vast", "--beslispunt", "2=onder_voorbehoud", conclusie="vastgesteld"
    )

    assert done["to"] == "raden"
    owed = line.owed(KENMERK)["voorbehoud"]
    assert (owed["state"], owed["bron"]["beslispunten"]) == ("openstaand", ["2"])
    line.act(KENMERK, "doe_af", door="mail van het college, 15 juli")
    assert line.owed(KENMERK)["voorbehoud"]["state"] == "afgedaan"


def test_words_on_paper_stay_verbatim(report: CommandLine) -> None:
    """The code drives the machine; what the besluitenlijst says stands beside it."""
    words = "Akkoord, met dank aan de werkgroep – ‘graag eerder’"
    report.on(DO_DAY).act(KENMERK, "leg_conclusie_vast", conclusie="akkoord", tekst=words)

    assert report.row(KENMERK, "b1")["conclusie"] == words


def test_unknown_names_are_refused(report: CommandLine) -> None:
    """Kenmerk, act, row, beslispunt: each refusal says what there is."""
    line = report.on(DO_DAY)
    assert "‘99999999’ is niet gevonden" in line.no("99999999", "trek_in")
    assert "leg_conclusie_vast" in line.no(KENMERK, "besluit")
    assert "b1, b2" in line.no(KENMERK, "leg_conclusie_vast", "--behandeling", "b7")
    assert "Wel: 1 en 2" in line.no(KENMERK, "leg_conclusie_vast", "--beslispunt", "7=akkoord")
    assert "kent geen conclusie per beslispunt" in line.no(
        KENMERK, "trek_in", "--beslispunt", "1=akkoord"
    )


def test_nothing_happens_in_the_future(report: CommandLine) -> None:
    """An act cannot have happened on a day that has not come, whatever act it is."""
    refusal = report.no(KENMERK, "trek_in", "--happened", "2030-01-01")

    assert "moet nog komen" in refusal


def test_texts_are_bounded(report: CommandLine, tmp_path: Path) -> None:
    """A text that is far too long, or holds signs that no screen shows, is refused."""
    line = report.on(DO_DAY)
    assert "20000 tekens" in line.no(
        KENMERK, "leg_conclusie_vast", conclusie="akkoord", tekst="a" * 20_001
    )
    assert "20000 tekens" in line.no(KENMERK, "trek_in", "--remark", "a" * 20_001)
    assert "niet getoond" in line.no(KENMERK, "trek_in", reden="bel\x07")


def test_a_voorstel_that_needs_no_decision_may_carry_no_points(
    report: CommandLine, tmp_path: Path
) -> None:
    """A route with only an informing row walks to its end with one conclusion."""
    path = voorblad(tmp_path, rows=[("13-6-2024", "DO SD", "Informeren")])
    report.ask("import", path)
    line = report.on("2024-06-13")

    line.act("24009000", "leg_conclusie_vast", conclusie="kennisgenomen")

    assert line.act("24009000", "rond_af")["to"] == "afgerond"
