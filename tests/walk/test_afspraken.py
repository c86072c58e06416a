"""What paper leaves open is asked, and every slip keeps its reason."""

from typing import Any

from tests.walk.command_line import CommandLine

KENMERK = "24004592"


def _decided(line: CommandLine) -> CommandLine:
    """BO and DO agreed to all points, on 18 and 21 March 2024."""
    day = line.on("2024-03-19")
    day.act(KENMERK, "leg_conclusie_vast", "--happened", "2024-03-18", conclusie="akkoord")
    day = line.on("2024-03-22")
    day.act(KENMERK, "leg_conclusie_vast", "--happened", "2024-03-21", conclusie="akkoord")
    return day


def _owed(line: CommandLine, soort: str) -> dict[str, Any]:
    found: dict[str, Any] = line.owed(KENMERK)[soort]
    return found


def test_begin_and_end_of_the_pilot_are_asked(proefperiode: CommandLine) -> None:
    """They are not on paper; what was answered is no longer asked."""
    line = _decided(proefperiode)
    evaluation = _owed(line, "evaluatie")
    assert evaluation["gevraagd"] == ["begin", "einde", "tussentijds"]

    line.act(
        KENMERK,
        "leg_proefperiode_vast",
        afspraak=evaluation["id"],
        begin="2024-05-01",
        tussentijds="2024-09-01",
    )

    after = _owed(line, "evaluatie")
    assert after["gevraagd"] == ["einde"]
    assert after["proefperiode"] == {
        "begin": "2024-05-01",
        "einde": None,
        "tussentijds": ["2024-09-01"],
    }
    line.verified()


def test_a_first_date_is_no_slip_and_a_later_one_is(proefperiode: CommandLine) -> None:
    """The assignment from point 4 has no date on paper: Q1 2025 is offered, and confirmed."""
    line = _decided(proefperiode)
    task = _owed(line, "opdracht")
    assert (task["due"], task["voorgestelde_periode"]) == (None, "2025-Q1")

    line.act(KENMERK, "bepaal_termijn", afspraak=task["id"])
    assert (_owed(line, "opdracht")["due"], _owed(line, "opdracht")["verschoven"]) == (
        "2025-03-31",
        0,
    )
    assert "Verschuif" in line.no(KENMERK, "bepaal_termijn", afspraak=task["id"])
    line.act(
        KENMERK, "verschuif", afspraak=task["id"], periode="2025-Q2", reden="Wacht op de evaluatie"
    )

    slipped = _owed(line, "opdracht")
    assert slipped["verschoven"] == 1
    assert slipped["verschuivingen"] == [
        {
            "op": "2024-03-22",
            "was": "2025-03-31",
            "wordt": "2025-06-30",
            "reden": "Wacht op de evaluatie",
        }
    ]
    line.verified()


def test_a_promise_on_paper_becomes_an_afspraak_by_a_person(pilot: CommandLine) -> None:
    """Importing proposes; a person takes it over, with the raad as creditor."""
    promises = pilot.ask("show", KENMERK)["toezeggingen"]

    pilot.act(KENMERK, "neem_toezegging_over", toezegging="1", schuldeiser="raden")

    made = _owed(pilot, "toezegging")
    assert made["titel"] == promises[0]["tekst"]
    assert (made["schuldeiser"], made["voorgestelde_periode"]) == ("raden", promises[0]["periode"])
    assert "Kies uit: 1" in pilot.no(KENMERK, "neem_toezegging_over", toezegging="9")


def test_a_person_writes_down_one_afspraak_after_another(pilot: CommandLine) -> None:
    """Each under its own number, whatever its kind and however many there are already."""
    pilot.act(KENMERK, "maak_afspraak", titel="Cijfers sturen", datum="2024-06-01")
    pilot.act(KENMERK, "maak_afspraak", titel="Raden bijpraten", datum="2024-07-01")
    pilot.act(KENMERK, "maak_afspraak", titel="Uitzoeken", soort="actie")
    pilot.act(KENMERK, "neem_toezegging_over", toezegging="1", schuldeiser="raden")

    made = pilot.ask("obligations", "--kenmerk", KENMERK)["afspraken"]
    assert sorted(one["id"] for one in made) == [
        f"actie-{KENMERK}-3",
        f"toezegging-{KENMERK}-1",
        f"toezegging-{KENMERK}-2",
        f"toezegging-{KENMERK}-4",
    ]
    pilot.verified()


def test_afspraken_are_found_by_who_must_act(proefperiode: CommandLine) -> None:
    """Per dossier, owner, overleg and gemeente, also as a table for a spreadsheet."""
    line = _decided(proefperiode)

    def found(*which: str) -> set[str]:
        return {one["soort"] for one in line.ask("obligations", "--open", *which)["afspraken"]}

    assert found("--kenmerk", KENMERK) == {"evaluatie", "opdracht"}
    assert found("--owner", "contactpersonen") == {"evaluatie", "opdracht"}
    assert found("--overleg", "PFHO G&O") == {"rapportage"}
    assert found("--gemeente", "Laren") == set()
    table = line.run("obligations", "--kenmerk", KENMERK, "--csv")
    assert "Evaluatie proefperiode" in table.out
