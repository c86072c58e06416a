"""An overleg that is only informed objects: what was decided waits until that is settled."""

import pytest

from tests.walk.command_line import CommandLine, Json
from tests.walk.test_proefperiode import KENMERK, advise

WHY = "De kosten zijn niet gedekt"
PFHO_DAY = "2024-04-04"


@pytest.fixture
def decided(pilot: CommandLine) -> CommandLine:
    """The DO agreed to all four points; the PFHO of 4 April is informed of it."""
    return agreed(pilot)


def agreed(line: CommandLine) -> CommandLine:
    """After BO and DO, on the day of the PFHO."""
    advise(line)
    line.on("2024-03-21").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    return line.on(PFHO_DAY)


def object_to(line: CommandLine, outcome: str, **fields: str) -> Json:
    """The PFHO objects."""
    given = {"uitkomst": outcome, "reden": WHY, **fields}
    return line.act(KENMERK, "maak_bezwaar", "--behandeling", "b4", **given)


def table(line: CommandLine) -> list[tuple[str, str, str | None]]:
    """The behandeltabel: overleg, doel and conclusion of each row."""
    return [
        (row["overleg_code"], row["doel"], row["conclusie_code"])
        for row in line.show(KENMERK)["behandelingen"][2:]
    ]


def test_discussed_and_back_to_the_overleg_that_decided(proefperiode: CommandLine) -> None:
    """The first conclusion stays, marked; the DO decides once more and the PFHO hears of it."""
    line = agreed(proefperiode)
    done = object_to(line, "terug_naar_overleg", datum="2024-04-18")

    assert (done["from"], done["to"]) == ("pfho", "do")
    assert table(line) == [
        ("do_sd", "besluiten", "akkoord"),
        ("do_sd", "besluiten", None),
        ("pfho_go", "informeren", "besproken"),
        ("pfho_go", "informeren", None),
    ]
    assert line.row(KENMERK, "b3")["bezwaar"] == {
        "behandeling": "b4",
        "overleg": "PFHO SD G&O",
        "loopt": True,
    }
    told = line.ask("history", KENMERK)["events"][-1]["sentence"]
    assert "legde bezwaar van het PFHO SD G&O vast" in told
    line.verified()

    line.on("2024-04-18").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")

    assert line.row(KENMERK, "b3")["bezwaar"]["loopt"] is False
    assert line.state(KENMERK) == "pfho"
    after = line.on("2024-05-16")
    after.act(KENMERK, "leg_conclusie_vast", "--happened", "2024-05-16", conclusie="kennisgenomen")
    assert after.act(KENMERK, "rond_af")["to"] == "afgerond"
    line.verified()


def test_a_decision_of_its_own(proefperiode: CommandLine) -> None:
    """The overleg that was only informed decides itself; its refusal ends the case."""
    line = agreed(proefperiode)
    assert set(line.owed(KENMERK)) == {"evaluatie", "opdracht"}
    done = object_to(line, "eigen_besluit", datum="2024-05-16")

    assert done["to"] == "pfho_2"
    assert table(line)[-1] == ("pfho_go", "besluiten", None)
    end = line.on("2024-05-16").act(KENMERK, "leg_conclusie_vast", conclusie="niet_akkoord")

    assert end["to"] == "afgewezen"
    assert {one["state"] for one in line.owed(KENMERK).values()} == {"vervallen"}
    assert line.row(KENMERK, "b3")["conclusie_code"] == "akkoord"
    line.verified()


def test_execution_waits_for_the_objection(decided: CommandLine) -> None:
    """Nothing is told to the raden and the case is not closed, with or without a reason."""
    decided.act(KENMERK, "voeg_toe", overleg="raden", doel="informeren", na="b4")
    decided.act(KENMERK, "leg_conclusie_vast", "--behandeling", "b4", conclusie="kennisgenomen")
    decided.act(KENMERK, "start_raadsinformatie")
    decided.act(KENMERK, "bied_aan", "--gemeente", "Huizen")
    object_to(decided, "terug_naar_overleg", beslispunten="2", datum="2024-04-18")

    for act in (("bied_aan", "--gemeente", "Laren"), ("rond_af", "--remark", "Toch")):
        assert "Er loopt een bezwaar van het PFHO SD G&O" in decided.no(KENMERK, *act)
    later = decided.on("2024-04-18")
    later.act(KENMERK, "leg_collegebesluit_vast", "--gemeente", "Huizen", datum="2024-04-16")
    later.act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")

    later.act(KENMERK, "bied_aan", "--gemeente", "Laren")
    later.verified()


@pytest.mark.parametrize(
    ("row", "fields", "why"),
    [
        ("b3", {"uitkomst": "eigen_besluit"}, "Alleen een overleg dat wordt geïnformeerd"),
        ("b4", {"uitkomst": "weg ermee"}, "Kies uit: terug_naar_overleg, eigen_besluit"),
        ("b4", {}, "Wat wil het overleg is verplicht"),
    ],
)
def test_who_may_object(decided: CommandLine, row: str, fields: dict[str, str], why: str) -> None:
    """An overleg that decided has had its say."""
    assert why in decided.no(KENMERK, "maak_bezwaar", "--behandeling", row, reden=WHY, **fields)


def test_not_before_there_is_a_decision_or_a_meeting(pilot: CommandLine) -> None:
    """There must be something to object to, and a meeting that did."""
    row = ("--behandeling", "b4")
    fields = {"uitkomst": "terug_naar_overleg", "reden": WHY}
    assert "nog geen besluit" in pilot.no(KENMERK, "maak_bezwaar", *row, **fields)
    line = agreed(pilot)

    assert "nog niet gehouden" in line.on("2024-04-02").no(KENMERK, "maak_bezwaar", *row, **fields)
    object_to(line, "terug_naar_overleg")
    assert "Er loopt al een bezwaar" in line.no(KENMERK, "maak_bezwaar", *row, **fields)


def test_an_objection_that_is_dropped(decided: CommandLine) -> None:
    """Skipping the row that should settle it, with the reason, lets everything go on."""
    object_to(decided, "terug_naar_overleg")
    decided.act(KENMERK, "sla_over", "--behandeling", "b5", reden="Bezwaar ingetrokken")

    assert decided.state(KENMERK) == "pfho"
    assert decided.row(KENMERK, "b3")["bezwaar"]["loopt"] is False
    decided.act(KENMERK, "sla_over", "--behandeling", "b6", reden="Is bekend")
    assert decided.act(KENMERK, "rond_af")["to"] == "afgerond"
    decided.verified()
