"""Beslispunten that are held or rejected go on as a voorstel of their own."""

from pathlib import Path

import pytest

from tests.walk.command_line import CommandLine, Json
from tests.walk.test_proefperiode import EVALUATION, KENMERK, advise, decide

NEW = "24009999"
WHY = "Wacht op de raming"


def split(line: CommandLine, **fields: str) -> Json:
    """Point 4 leaves."""
    given = {"beslispunten": "4", "kenmerk": NEW, "reden": WHY, **fields}
    return line.act(KENMERK, "splits_af", **given)


@pytest.fixture
def held(pilot: CommandLine) -> CommandLine:
    """The DO held point 4 until 18 April; the rest goes to the PFHO."""
    advise(pilot)
    decide(pilot)
    return pilot.on("2024-03-25")


def test_a_held_point_goes_its_own_way(proefperiode: CommandLine) -> None:
    """One event: both dossiers show the link and the act, and both walk to their end."""
    advise(proefperiode)
    decide(proefperiode)
    line = proefperiode.on("2024-03-25")
    done = split(line)
    assert (done["kenmerk"], done["from"], done["to"]) == (KENMERK, "pfho", "pfho")

    old, new = line.show(KENMERK), line.show(NEW)
    assert old["verbonden"] == [
        {
            "soort": "afgesplitst_naar",
            "kenmerk": NEW,
            "onderwerp": new["onderwerp"],
            "beslispunten": ["4"],
            "reden": WHY,
        }
    ]
    assert [(one["soort"], one["kenmerk"]) for one in new["verbonden"]] == [
        ("afgesplitst_van", KENMERK)
    ]
    assert new["onderwerp"] == f"{old['onderwerp']} (beslispunt 4)"
    assert (new["state"], new["version"], new["route"]) == ("do", 1, old["route"])
    assert [point["nummer"] for point in new["beslispunten"]] == ["4"]
    assert [(row["overleg_code"], row["datum"]) for row in new["behandelingen"]] == [
        ("do_sd", "2024-04-18"),
        ("pfho_go", None),
    ]
    assert line.row(KENMERK, "b5")["state"] == "vervallen"
    told = [line.ask("history", one)["events"][-1] for one in (KENMERK, NEW)]
    assert [one["seq"] for one in told] == [done["event"], done["event"]]
    assert f"splitste beslispunt 4 af: dat gaat verder als voorstel {NEW}" in told[0]["sentence"]
    assert f"splitste dit voorstel af van voorstel {KENMERK}" in told[1]["sentence"]
    line.verified()

    to_the_end(line)
    line.verified()


def to_the_end(line: CommandLine) -> None:
    """The PFHO is informed of each; the opdracht arises where point 4 is agreed."""
    after = line.on("2024-04-04")
    after.act(KENMERK, "leg_conclusie_vast", conclusie="kennisgenomen")
    assert after.act(KENMERK, "rond_af")["to"] == "afgerond"
    line = line.on("2024-04-18")
    assert line.act(NEW, "leg_conclusie_vast", conclusie="akkoord")["to"] == "pfho"
    assert set(line.owed(KENMERK)) == {"evaluatie"}
    owed = line.owed(NEW)["opdracht"]
    assert (owed["id"], owed["bron"]["beslispunten"]) == (
        f"borging_pijler_veiligheid-{NEW}",
        ["4"],
    )
    line.act(NEW, "leg_conclusie_vast", "--happened", "2024-04-18", conclusie="kennisgenomen")
    assert line.act(NEW, "rond_af")["to"] == "afgerond"
    numbers = [one["dossier_seq"] for one in line.ask("history", NEW)["events"]]
    assert numbers == [None, 1, 2, 3]


def test_what_was_known_before_the_split(held: CommandLine) -> None:
    """As of the day before: one voorstel with a held point, and no other."""
    split(held)

    before = held.show(KENMERK, "--as-of", "2024-03-24")
    assert (before["verbonden"], before["behandelingen"][4]["state"]) == ([], "gepland")
    assert "op dat moment" in held.refused("show", NEW, "--as-of", "2024-03-24")["message"]
    assert held.show(NEW, "--as-of", "2024-03-25")["state"] == "do"


def test_the_kenmerk_of_the_new_one(held: CommandLine) -> None:
    """Without one it follows from the old; one that exists or is none is refused."""
    fields = {"beslispunten": "4", "reden": WHY}
    assert "bestaat al" in held.no(KENMERK, "splits_af", kenmerk=KENMERK, **fields)
    assert "hooguit 40 tekens" in held.no(KENMERK, "splits_af", kenmerk="niet dit", **fields)

    held.act(KENMERK, "splits_af", **fields)

    assert held.show(KENMERK)["verbonden"][0]["kenmerk"] == f"{KENMERK}-2"
    assert held.state(f"{KENMERK}-2") == "do"


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ("1", "punt 1 is niet aangehouden of afgewezen. Afsplitsen kan met: 4."),
        ("1, 4", "punt 1 is niet aangehouden"),
        ("9", "beslispunt ‘9’ staat niet op het voorblad"),
        ("", "Beslispunten is verplicht"),
    ],
)
def test_only_held_or_rejected_points_leave(held: CommandLine, points: str, why: str) -> None:
    """What was agreed goes on where it is."""
    assert why in held.no(KENMERK, "splits_af", beslispunten=points, reden=WHY)
    assert held.show(KENMERK)["verbonden"] == []


def test_nothing_to_split(pilot: CommandLine) -> None:
    """Without a held or rejected point there is nothing; and something must stay behind."""
    assert "geen beslispunt dat is aangehouden of afgewezen" in pilot.no(
        KENMERK, "splits_af", beslispunten="1", reden=WHY
    )
    advise(pilot)
    pilot.on("2024-03-21").act(KENMERK, "leg_conclusie_vast", conclusie="aangehouden")
    assert "blijft dan geen punt over" in pilot.on("2024-03-22").no(
        KENMERK, "splits_af", beslispunten="1,2,3,4", reden=WHY
    )


def test_a_rejected_point_is_tried_again_elsewhere(pilot: CommandLine) -> None:
    """The DO refused point 2; as a voorstel of its own it comes to the DO once more."""
    advise(pilot)
    line = pilot.on("2024-03-21")
    points = ("--beslispunt", "2=niet_akkoord")
    line.act(KENMERK, "leg_conclusie_vast", *points, conclusie="akkoord")
    split(line, beslispunten="2")

    new = line.show(NEW)
    assert (new["state"], new["behandelingen"][0]["datum"]) == ("do", None)
    line.act(NEW, "leg_conclusie_vast", "--happened", "2024-03-21", conclusie="akkoord")
    assert line.show(NEW)["beslispunten"][0]["conclusies"][0]["conclusie_code"] == "akkoord"
    line.verified()


def test_half_of_what_is_held_stays(pilot: CommandLine) -> None:
    """All points were held; one leaves, the others are decided here without it."""
    advise(pilot)
    line = pilot.on("2024-03-21")
    line.act(KENMERK, "leg_conclusie_vast", conclusie="aangehouden", aangehouden_tot="2024-04-18")
    split(line, beslispunten="3")
    assert line.show(NEW)["behandelingen"][0]["datum"] == "2024-04-18"

    line.on("2024-04-18").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")

    decided = {
        one["nummer"]: one["conclusies"][-1]["conclusie_code"]
        for one in line.show(KENMERK)["beslispunten"]
    }
    assert decided == {"1": "akkoord", "2": "akkoord", "3": "aangehouden", "4": "akkoord"}
    line.verified()


def test_what_was_split_off_is_not_decided_by_a_correction(held: CommandLine) -> None:
    """The words of the old conclusion can be put right; its outcome for point 4 cannot any more."""
    decided = held.ask("history", KENMERK)["events"][-1]["seq"]
    split(held)

    held.act(KENMERK, "corrigeer", event=str(decided), tekst="Punt 4 aangehouden")
    assert held.row(KENMERK, "b3")["per_punt"]["4"] == "aangehouden"
    assert held.show(KENMERK)["verbonden"][0]["kenmerk"] == NEW
    refusal = held.no(KENMERK, "corrigeer", "--beslispunt", "4=akkoord", event=str(decided))

    assert "de afsplitsing van een van de punten" in refusal
    held.verified()


def test_the_new_voorblad_can_be_corrected(held: CommandLine) -> None:
    """Its first event stands in the history of the old one; its number is known here too."""
    done = split(held)

    held.act(
        NEW, "corrigeer", event=str(done["event"]), onderwerp="Borging van de pijler veiligheid"
    )

    assert held.show(NEW)["onderwerp"] == "Borging van de pijler veiligheid"
    assert held.owed(KENMERK)["evaluatie"]["id"] == EVALUATION
    held.verified()


def test_the_papers_belong_to_both(held: CommandLine, tmp_path: Path) -> None:
    """Nobody has to hand them in again; a later version is of the one that it is added to."""
    file = tmp_path / "raming.txt"
    file.write_text("Raming", encoding="utf-8")
    held.ask("attach", KENMERK, str(file), "--title", "Raming")
    split(held)
    file.write_text("Raming, versie twee", encoding="utf-8")
    held.ask("attach", NEW, str(file), "--title", "Raming")

    versions = [
        [one["versie"] for one in held.show(kenmerk)["stukken"]] for kenmerk in (KENMERK, NEW)
    ]
    assert versions == [[1], [1, 2]]
    held.verified()


def test_asked_twice_it_is_split_once(held: CommandLine) -> None:
    """The same command id answers as the first time."""
    words = ("--command-id", "split-1")
    fields = {"beslispunten": "4", "reden": WHY}
    first = held.act(KENMERK, "splits_af", *words, **fields)

    assert held.act(KENMERK, "splits_af", *words, **fields) == first
    assert len(held.ask("list")["voorstellen"]) == 2
