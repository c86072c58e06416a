"""Editing the route of one voorstel while it runs: what is sound is done, the rest is refused."""

import pytest

from tests.walk.command_line import CommandLine, Json

REPORT, PILOT = "24005969", "24004592"
DO_DAY, PFHO_DAY = "2024-06-27", "2024-07-11"
WHY = "Op verzoek van de voorzitter"


def offered(line: CommandLine, kenmerk: str, action: str, row: str | None = None) -> Json:
    """An act of `actions`, on a row when one is named."""
    acts = line.ask("actions", kenmerk)["actions"]
    found: Json = next(
        one
        for one in acts
        if one["action"] == action and row in (None, one["target"]["behandeling"])
    )
    return found


def overleggen(line: CommandLine, kenmerk: str) -> list[str]:
    """The overleggen in the order of the route, and of the table, which is the same."""
    dossier = line.show(kenmerk)
    rows: list[str] = [row["overleg_code"] for row in dossier["behandelingen"]]
    order = [one["id"] for one in dossier["stappen"]]
    places = [order.index(row["stap"]) for row in dossier["behandelingen"]]
    assert places == sorted(places)
    return rows


def sentence(line: CommandLine, kenmerk: str) -> str:
    """The last thing in the history."""
    told: str = line.ask("history", kenmerk)["events"][-1]["sentence"]
    return told


@pytest.fixture
def longer(pilot: CommandLine) -> CommandLine:
    """The pilot, with the DB advising before the DO decides: AO, BO, DB, DO, PFHO."""
    pilot.act(PILOT, "voeg_toe", overleg="DB", doel="adviseren", na="b2")
    assert overleggen(pilot, PILOT) == ["ao_bo", "bo_zv", "db", "do_sd", "pfho_go"]
    return pilot


# --- move ----------------------------------------------------------------------------


def test_a_row_moves_before_another(longer: CommandLine) -> None:
    """The DB advises first: the voorstel waits there now, and the BO comes after it."""
    done = longer.act(PILOT, "verplaats", "--behandeling", "b5", voor="b2", reden=WHY)

    assert (done["from"], done["to"]) == ("bo", "db")
    assert overleggen(longer, PILOT) == ["ao_bo", "db", "bo_zv", "do_sd", "pfho_go"]
    assert longer.row(PILOT, "b5")["reden"] == WHY
    assert "verplaatste de behandeling in het" in sentence(longer, PILOT)
    refusal = longer.on("2024-03-18").no(
        PILOT, "leg_conclusie_vast", "--behandeling", "b2", conclusie="akkoord"
    )
    assert "Nog geen conclusie van" in refusal
    longer.verified()


def test_a_row_moves_after_another_and_back(longer: CommandLine) -> None:
    """The current row goes behind the next; moving it back restores the order."""
    done = longer.act(PILOT, "verplaats", "--behandeling", "b2", na="b5", reden=WHY)
    assert done["to"] == "db"

    again = longer.act(PILOT, "verplaats", "--behandeling", "b2", voor="b5", reden=WHY)

    assert again["to"] == "bo"
    assert overleggen(longer, PILOT) == ["ao_bo", "bo_zv", "db", "do_sd", "pfho_go"]


@pytest.mark.parametrize(
    ("row", "fields", "why"),
    [
        ("b3", {"voor": "b2"}, "besluit dan voordat het BO Z&V heeft geadviseerd"),
        ("b2", {"na": "b3"}, "Sla dat advies eerst over"),
        ("b5", {"voor": "b1"}, "heeft al geconcludeerd: wat is gebeurd, gaat voor"),
        ("b1", {"na": "b2"}, "nog openstaat"),
        ("b2", {"na": "b1"}, "Daar staat de rij al"),
        ("b2", {"na": "b5", "voor": "b3"}, "één van beide"),
        ("b2", {}, "Na welke rij, of voor welke rij is verplicht"),
    ],
)
def test_a_move_that_is_not_sound_is_refused(
    longer: CommandLine, row: str, fields: dict[str, str], why: str
) -> None:
    """No decision before its advice, nothing put before what happened; the reason is given."""
    version = longer.show(PILOT)["version"]

    refusal = longer.no(PILOT, "verplaats", "--behandeling", row, reden=WHY, **fields)

    assert why in refusal
    assert longer.show(PILOT)["version"] == version


def test_only_sound_places_are_offered(longer: CommandLine) -> None:
    """The choices are what succeeds, on each side that has any; a reason is always asked."""
    fields = {one["name"]: one for one in offered(longer, PILOT, "verplaats", "b5")["fields"]}

    assert fields["voor"]["choices"] == ["b2"]
    assert fields["na"]["choices"] == ["b1"]
    assert fields["reden"]["required"]
    assert "Reden is verplicht" in longer.no(PILOT, "verplaats", "--behandeling", "b5", voor="b2")


def test_a_row_that_can_stand_nowhere_else_is_not_offered(report: CommandLine) -> None:
    """Of one advice and one decision, neither can pass the other."""
    assert not offered(report, REPORT, "verplaats", "b2")["permitted"]
    assert "nergens anders" in offered(report, REPORT, "verplaats", "b1")["reasons"][0]


# --- repeat --------------------------------------------------------------------------


def test_an_overleg_treats_it_once_more(report: CommandLine) -> None:
    """The DO has advised; it is asked again before the PFHO decides."""
    report.on(DO_DAY).act(REPORT, "leg_conclusie_vast", conclusie="akkoord")
    line = report.on("2024-07-01")
    done = line.act(REPORT, "herhaal", "--behandeling", "b1", datum="2024-07-04", reden=WHY)

    assert (done["from"], done["to"]) == ("pfho", "do")
    fresh = line.row(REPORT, "b3")
    assert (fresh["overleg_code"], fresh["datum"], fresh["doel"], fresh["reden"]) == (
        "do_sd",
        "2024-07-04",
        "adviseren",
        WHY,
    )
    assert line.row(REPORT, "b1")["conclusie_code"] == "akkoord"
    assert "zette het punt opnieuw op de route van het Directie-overleg" in sentence(line, REPORT)
    line.on("2024-07-04").act(REPORT, "leg_conclusie_vast", conclusie="niet_akkoord")
    assert line.state(REPORT) == "pfho"
    line.verified()


def test_a_rejected_point_can_be_decided_anew(pilot: CommandLine) -> None:
    """Treated again by the overleg that refused it, its last word counts; the first one stays."""
    line = pilot.on("2024-03-21")
    line.act(PILOT, "leg_conclusie_vast", conclusie="akkoord")
    line.act(PILOT, "leg_conclusie_vast", "--beslispunt", "4=niet_akkoord", conclusie="akkoord")
    line.act(
        PILOT, "herhaal", "--behandeling", "b3", beslispunten="4", datum="2024-03-21", reden=WHY
    )
    assert line.row(PILOT, "b5")["punten"] == ["4"]

    line.act(PILOT, "leg_conclusie_vast", "--behandeling", "b5", conclusie="akkoord")

    assert set(line.owed(PILOT)) == {"evaluatie", "opdracht"}
    line.on("2024-04-04").act(PILOT, "leg_conclusie_vast", conclusie="kennisgenomen")
    told = [one["nummer"] for one in line.show(PILOT)["beslispunten"] if len(one["conclusies"])]
    assert told == ["1", "2", "3", "4"]
    line.verified()


def test_what_cannot_be_repeated(report: CommandLine) -> None:
    """An open row is planned, not repeated; after the round has started it is too late."""
    assert "al is behandeld of overgeslagen" in report.no(
        REPORT, "herhaal", "--behandeling", "b1", reden=WHY
    )
    line = report.on("2024-07-15")
    line.act(REPORT, "leg_conclusie_vast", conclusie="akkoord")
    line.act(REPORT, "leg_conclusie_vast", conclusie="vastgesteld")
    line.act(REPORT, "start_raadsinformatie")

    assert "de ronde langs de gemeenten al gestart" in line.no(
        REPORT, "herhaal", "--behandeling", "b2", reden=WHY
    )


# --- plan ----------------------------------------------------------------------------


def test_what_was_treated_is_not_planned_again(report: CommandLine) -> None:
    """Another date or overleg for a treated row would rewrite what happened."""
    line = report.on(DO_DAY)
    line.act(REPORT, "leg_conclusie_vast", conclusie="akkoord")

    refusal = line.no(REPORT, "plan", "--behandeling", "b1", datum="2024-07-04")

    assert "heeft dit al behandeld. Herhaal de behandeling." in refusal
    assert line.row(REPORT, "b1")["state"] == "behandeld"


def test_another_overleg_is_shown_in_the_route_too(report: CommandLine) -> None:
    """The BO decides instead of the PFHO: the row says so, the picture too, and the state."""
    report.act(REPORT, "plan", "--behandeling", "b2", overleg="bo_zv", doel="besluiten")
    step = report.show(REPORT)["stappen"][1]
    assert (step["id"], step["soort"], step["doel"]) == ("pfho", "BO", "besluiten")

    report.on(DO_DAY).act(REPORT, "leg_conclusie_vast", conclusie="akkoord")

    assert report.show(REPORT)["state_label"] == "Bij het BO"
    report.verified()


# --- add -----------------------------------------------------------------------------


def test_a_row_is_not_added_before_what_was_treated(report: CommandLine) -> None:
    """A place before the advice of the DO is in the past; by itself it comes after that."""
    report.act(REPORT, "voeg_toe", overleg="DB", doel="adviseren", na="b1")
    line = report.on(PFHO_DAY)
    for row in ("b1", "b3"):
        line.act(REPORT, "leg_conclusie_vast", "--behandeling", row, "--happened", PFHO_DAY,
                 conclusie="akkoord")  # fmt: skip
    choices = {one["name"]: one["choices"] for one in offered(line, REPORT, "voeg_toe")["fields"]}

    assert choices["na"] == ["b3", "b2"]
    assert "heeft al geconcludeerd. Kies een plaats daarna" in line.no(
        REPORT, "voeg_toe", overleg="AB", doel="adviseren", na="b1"
    )
    line.act(REPORT, "voeg_toe", overleg="AB", doel="adviseren", na="b3")
    assert overleggen(line, REPORT) == ["do_sd", "db", "ab", "pfho_go"]
    line.verified()
