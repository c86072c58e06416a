"""The story of voorblad 24005969: from paper over DO and PFHO to seven gemeenteraden."""

import pytest

from tests.walk.command_line import SEEDS, CommandLine, Json, example

KENMERK = "24005969"
GEMEENTEN = ("Blaricum", "Eemnes", "Gooise Meren", "Hilversum", "Huizen", "Laren", "Wijdemeren")


def test_paper_becomes_a_dossier_at_its_first_row(rapportage: CommandLine) -> None:
    """A complete voorblad is submitted on arrival and waits for the DO."""
    dossier = rapportage.show(KENMERK)

    assert (dossier["state"], dossier["version"]) == ("do", 1)
    assert dossier["route"]["id"] == "voortgangsrapportage"
    assert [row["datum"] for row in dossier["behandelingen"]] == ["2024-06-27", "2024-07-11"]
    assert [row["overleg_code"] for row in dossier["behandelingen"]] == ["do_sd", "pfho_go"]
    assert [row["state"] for row in dossier["behandelingen"]] == ["gepland", "gepland"]


def test_whole_route_with_its_refusals(rapportage: CommandLine) -> None:
    """From import to afgerond: each wrong turn is refused with its reason; the history holds."""
    refuse_what_comes_too_early(rapportage)
    advise_and_decide(rapportage)
    inform_the_councils(rapportage)

    assert rapportage.state(KENMERK) == "afgerond"
    events = rapportage.ask("history", KENMERK)["events"]
    report = rapportage.verified()
    assert report["events"] == len(events) == rapportage.show(KENMERK)["version"]
    assert [event["dossier_seq"] for event in events] == list(range(1, len(events) + 1))
    assert report["checked"][:4] == ["leaves", "tree", "dossiers", "replay"]


def refuse_what_comes_too_early(line: CommandLine) -> None:
    """The PFHO cannot decide before the advice, and no meeting of the future can conclude."""
    decide = ("act", KENMERK, "leg_conclusie_vast", "--behandeling", "b2")
    early = line.on("2024-07-11").refused(*decide, "--set", "conclusie=vastgesteld")
    assert early["code"] == "kan_niet"
    assert "Nog geen conclusie van: Directie-overleg" in early["message"]
    assert "nog niet gehouden" in line.on("2024-06-26").no(
        KENMERK, "leg_conclusie_vast", conclusie="akkoord"
    )
    assert "moet nog komen" in line.on("2024-06-26").no(
        KENMERK, "leg_conclusie_vast", "--happened", "2024-06-27", conclusie="akkoord"
    )
    assert line.show(KENMERK)["version"] == 1


def advise_and_decide(line: CommandLine) -> None:
    """The DO advises on 27 June, the PFHO decides on 11 July; an old version is refused."""
    done = line.on("2024-06-27").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    assert done == {"kenmerk": KENMERK, "from": "do", "to": "pfho", "event": 2, "version": 2}

    stale = line.on("2024-07-11").refused(
        "act", KENMERK, "leg_conclusie_vast", "--version", "1", "--set", "conclusie=vastgesteld"
    )
    assert stale["code"] == "verouderd"
    assert (stale["details"]["seen"], stale["details"]["current"]) == (1, 2)

    decided = line.on("2024-07-12").act(
        KENMERK,
        "leg_conclusie_vast",
        *("--behandeling", "b2", "--happened", "2024-07-11", "--version", "2"),
        conclusie="vastgesteld",
        tekst="Vastgesteld conform voorstel",
    )
    assert (decided["from"], decided["to"]) == ("pfho", "raden")
    row = line.row(KENMERK, "b2")
    assert (row["conclusie"], row["conclusie_code"], row["behandeld_op"]) == (
        "Vastgesteld conform voorstel",
        "vastgesteld",
        "2024-07-11",
    )


def inform_the_councils(line: CommandLine) -> None:
    """Seven gemeenten; the case does not close while two are open and nobody says why."""
    line = line.on("2024-07-15")
    line.act(KENMERK, "start_raadsinformatie")
    rows = line.ask("council", KENMERK)["raden"]
    assert tuple(row["gemeente"] for row in rows) == GEMEENTEN
    assert {row["state"] for row in rows} == {"aan_te_bieden"}
    for gemeente in GEMEENTEN[:5]:
        inform(line, gemeente)
    refusal = line.no(KENMERK, "rond_af")
    assert "Laren" in refusal
    assert "Wijdemeren" in refusal
    assert "reden" in refusal
    for gemeente in GEMEENTEN[5:]:
        inform(line, gemeente)
    done = line.on("2024-09-20").act(KENMERK, "rond_af")
    assert (done["from"], done["to"]) == ("raden", "afgerond")


def inform(line: CommandLine, gemeente: str) -> None:
    """Offered, decided by its college, sent to its raad, and there for information."""
    one = ("--gemeente", gemeente)
    line.act(KENMERK, "bied_aan", *one)
    line.on("2024-09-03").act(
        KENMERK, "leg_collegebesluit_vast", *one, datum="2024-09-03", zaaknummer=f"Z-{gemeente}"
    )
    line.on("2024-09-05").act(KENMERK, "meld_verzonden", *one, datum="2024-09-05")
    line.on("2024-09-19").act(KENMERK, "meld_ter_kennisname", *one)
    row = council_row(line, gemeente)
    assert (row["datum_college"], row["zaaknummer"], row["verzonden_op"], row["state"]) == (
        "2024-09-03",
        f"Z-{gemeente}",
        "2024-09-05",
        "ter_kennisname",
    )


def council_row(line: CommandLine, gemeente: str) -> Json:
    """The row of one gemeente."""
    rows = line.ask("council", KENMERK)["raden"]
    found: Json = next(row for row in rows if row["gemeente"] == gemeente)
    return found


def test_round_closes_early_with_a_reason(rapportage: CommandLine) -> None:
    """A gemeente that never confirms does not hold the case for ever: a reason closes it."""
    advise_and_decide(rapportage)
    line = rapportage.on("2024-09-20")
    line.act(KENMERK, "start_raadsinformatie")
    for gemeente in GEMEENTEN[:5]:
        line.act(KENMERK, "meld_niet_verzonden", "--gemeente", gemeente, reden="zelf verstuurd")

    done = line.act(KENMERK, "rond_af", reden="Laren en Wijdemeren antwoorden niet")

    assert done["to"] == "afgerond"
    assert line.show(KENMERK)["reden"] == "Laren en Wijdemeren antwoorden niet"
    line.verified()


def test_report_of_the_cycle_is_settled_by_the_pfho(rapportage: CommandLine) -> None:
    """The third report is owed until the PFHO has treated it, not until it was handed in."""
    owed = "rapportage-bescherming_en_opvang_2022_2025-2024-h1"

    def report(line: CommandLine) -> Json:
        rows = line.ask("obligations")["afspraken"]
        found: Json = next(row for row in rows if row["id"] == owed)
        return found

    before = report(rapportage)
    assert (before["state"], before["due"]) == ("openstaand", "2024-07-11")
    advise_and_decide(rapportage)
    after = report(rapportage)
    assert (after["state"], after["afgedaan_door"]) == ("afgedaan", KENMERK)


def test_a_cancelled_meeting_concludes_nothing(rapportage: CommandLine) -> None:
    """What a cancelled DO would have said cannot be recorded; a new date makes it possible."""
    line = rapportage.on("2024-06-20")
    line.act(KENMERK, "agendeer", datum="2024-06-27")
    meeting = line.row(KENMERK, "b1")["vergadering"]
    line.ask("meeting", "act", meeting, "gelast_af")

    refusal = line.on("2024-06-28").no(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    line.on("2024-06-28").act(KENMERK, "plan", datum="2024-07-04")

    assert "afgelast" in refusal
    done = line.on("2024-07-04").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    assert done["to"] == "pfho"


def test_nothing_was_concluded_before_the_meeting(rapportage: CommandLine) -> None:
    """A conclusion that 'happened' before the day of the meeting is refused."""
    refusal = rapportage.on("2024-06-28").no(
        KENMERK, "leg_conclusie_vast", "--happened", "2024-06-20", conclusie="akkoord"
    )

    assert "nog niet gehouden" in refusal
    assert rapportage.state(KENMERK) == "do"


@pytest.mark.skipif(not SEEDS.exists(), reason="the papers lie outside the repository")
def test_the_paper_itself_walks_the_same_way(empty: CommandLine) -> None:
    """The voorblad that this product was conceived from gives the same dossier as our text."""
    ours = empty.ask("import", example("voorblad_24005969.txt"), "--dry-run")["documents"][0]
    found = empty.ask("import", *map(str, SEEDS.glob("000_*")))["documents"][0]

    assert (found["kind"], found["result"], found["state"]) == ("voorblad", "created", "do")
    assert found["voorblad"]["behandelingen"] == ours["voorblad"]["behandelingen"]
    assert [one["code"] for one in found["warnings"]] == [one["code"] for one in ours["warnings"]]
    advise_and_decide(empty)
    inform_the_councils(empty)
    empty.verified()
