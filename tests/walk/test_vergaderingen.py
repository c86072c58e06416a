"""Vergaderingen: from plan to besluitenlijst, and what a closed or cancelled one still takes."""

import pytest

from tests.walk.command_line import CommandLine, Json

KENMERK = "24005969"
DO_DAY = "2024-06-27"
MEETING = "do_sd-2024-06-27"


def test_a_meeting_from_plan_to_besluitenlijst(report: CommandLine) -> None:
    """Agenda fixed, held on its day, besluitenlijst adopted; each once and in that order."""
    report.act(KENMERK, "agendeer", datum="2024-06-27")
    meeting = ("meeting", "act", "do_sd-2024-06-27")
    report.ask(*meeting, "stel_agenda_vast")
    assert "pas op" in report.refused(*meeting, "meld_gehouden")["message"]
    line = report.on("2024-06-27")
    assert line.ask(*meeting, "meld_gehouden")["to"] == "gehouden"
    assert "nu: gehouden" in line.refused(*meeting, "gelast_af")["message"]
    assert line.ask(*meeting, "stel_besluitenlijst_vast")["to"] == "besluitenlijst_vastgesteld"
    assert "Handeling" in line.refused(*meeting, "trek_in")["message"]
    line.verified()


def test_a_conclusion_shows_that_the_meeting_was_held(report: CommandLine) -> None:
    """Nobody has to say so twice."""
    report.on("2024-06-27").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")

    shown = report.ask("meeting", "show", "do_sd-2024-06-27")

    assert shown["state"] == "gehouden"
    assert shown["punten"][0]["conclusie"] == "akkoord"


def test_the_reason_of_a_cancelled_meeting_is_kept(report: CommandLine) -> None:
    """As the remark of its event, whichever way it was given; and its points can move on."""
    report.act(KENMERK, "agendeer", datum="2024-06-27")
    meeting = ("meeting", "act", "do_sd-2024-06-27")
    assert (
        "moet nog komen"
        in report.refused(*meeting, "gelast_af", "--happened", "2024-06-20")["message"]
    )
    report.ask(*meeting, "gelast_af", "--set", "reden=Te weinig punten")

    assert "afgelast" in report.no(KENMERK, "agendeer", "--behandeling", "b1", datum="2024-06-27")
    report.act(KENMERK, "schuif_door", datum="2024-07-04")
    assert report.row(KENMERK, "b3")["datum"] == "2024-07-04"
    report.verified()


@pytest.fixture
def closed(report: CommandLine) -> CommandLine:
    """The DO of 27 June adopted its besluitenlijst; our point was on its agenda, untreated."""
    report.act(KENMERK, "agendeer", datum=DO_DAY)
    line = report.on("2024-06-28")
    line.ask("meeting", "act", MEETING, "meld_gehouden")
    line.ask("meeting", "act", MEETING, "stel_besluitenlijst_vast")
    return line


def test_a_closed_besluitenlijst_takes_no_point(closed: CommandLine) -> None:
    """What is not on the list goes to a later meeting."""
    assert "besluitenlijst van die vergadering is al vastgesteld" in closed.no(
        KENMERK, "agendeer", datum=DO_DAY
    )

    closed.act(KENMERK, "schuif_door", datum="2024-07-04")

    assert closed.row(KENMERK, "b3")["datum"] == "2024-07-04"


def test_a_closed_besluitenlijst_takes_no_first_conclusion_in_silence(
    closed: CommandLine,
) -> None:
    """Refused with the way out; with the reason why it comes so late it is recorded, marked."""
    offered = next(
        one
        for one in closed.ask("actions", KENMERK)["actions"]
        if one["action"] == "leg_conclusie_vast" and one["target"]["behandeling"] == "b1"
    )
    refusal = closed.no(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    assert (
        "De besluitenlijst van donderdag 27 juni 2024 is al vastgesteld. Schuif het punt door"
        in refusal
    )
    assert not offered["permitted"]
    assert ("reden", True) in [(one["name"], one["required"]) for one in offered["fields"]]

    closed.act(
        KENMERK, "leg_conclusie_vast", conclusie="akkoord", reden="Overgeslagen bij het typen"
    )

    row = closed.row(KENMERK, "b1")
    assert (row["conclusie_code"], row["reden"]) == ("akkoord", "Overgeslagen bij het typen")
    closed.verified()


def test_a_conclusion_on_a_closed_besluitenlijst_can_be_corrected(report: CommandLine) -> None:
    """A correction is no first conclusion: the list closing does not stop it."""
    line = report.on("2024-06-28")
    wrong = line.act(KENMERK, "leg_conclusie_vast", "--happened", DO_DAY, conclusie="akkoord")
    line.ask("meeting", "act", MEETING, "stel_besluitenlijst_vast")

    line.act(KENMERK, "corrigeer", event=str(wrong["event"]), conclusie="akkoord_mits")

    assert line.row(KENMERK, "b1")["conclusie_code"] == "akkoord_mits"
    line.verified()


def reasons(line: CommandLine, action: str) -> list[str]:
    """Why an act cannot be done now."""
    found = [one for one in line.ask("actions", KENMERK)["actions"] if one["action"] == action]
    return [reason for one in found for reason in one["reasons"]]


def test_the_points_of_a_cancelled_meeting_wait_for_another_day(
    rapportage: CommandLine,
) -> None:
    """One event: the meeting is cancelled and its points leave it; the dossier tells so."""
    line = rapportage
    line.act(KENMERK, "agendeer", datum=DO_DAY)
    before = line.show(KENMERK)["version"]
    done = line.ask("meeting", "act", MEETING, "gelast_af", "--set", "reden=Te weinig punten")

    row = line.row(KENMERK, "b1")
    assert (row["state"], row["datum"], row["vergadering"]) == ("gepland", None, None)
    assert line.row(KENMERK, "b2")["datum"] == "2024-07-11"
    shown = line.ask("meeting", "show", MEETING)
    assert (shown["punten"], shown["afgevoerd"]) == (
        [],
        [{"kenmerk": KENMERK, "onderwerp": line.show(KENMERK)["onderwerp"], "behandeling": "b1"}],
    )
    last: Json = line.ask("history", KENMERK)["events"][-1]
    assert (last["seq"], last["type"], last["dossier_seq"]) == (done["event"], "gelast_af", None)
    assert "gelastte de vergadering van het" in last["sentence"]
    assert "wacht op een nieuwe datum" in last["sentence"]
    assert line.show(KENMERK)["version"] == before + 1
    stale = line.refused("act", KENMERK, "trek_in", "--version", str(before))
    assert "gelastte de vergadering" in stale["message"]
    line.verified()


def test_a_cancelled_meeting_is_part_of_what_was_known(report: CommandLine) -> None:
    """As of the day before, the point still stood on the agenda; as of that day it did not."""
    report.act(KENMERK, "agendeer", datum=DO_DAY)
    later = report.on("2024-06-20")
    later.ask("meeting", "act", MEETING, "gelast_af")

    def state(day: str) -> str:
        rows = later.show(KENMERK, "--as-of", day)["behandelingen"]
        found: str = rows[0]["state"]
        return found

    assert (state("2024-06-19"), state("2024-06-20")) == ("geagendeerd", "gepland")
    assert (
        "vergadering van donderdag 27 juni 2024 is afgelast"
        in reasons(later, "leg_conclusie_vast")[0]
    )
