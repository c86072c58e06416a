"""More rounds along the gemeenten: what each is asked, what it answers, where it is in force."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.walk.command_line import CommandLine, Json
from tests.walk.papers import voorblad
from tests.walk.registers import DATABASES, Registers

PLAN = "24009100"
ROWS = [("6-6-2024", "DO SD", "Adviseren"), ("13-6-2024", "PFHO G&O", "Instemmen")]
SEVEN = ("Blaricum", "Eemnes", "Gooise Meren", "Hilversum", "Huizen", "Laren", "Wijdemeren")


@pytest.fixture(params=DATABASES)
def on_both(
    request: pytest.FixtureRequest, registers: Registers, tmp_path: Path
) -> Iterator[CommandLine]:
    """A beleidsplan that the PFHO of 13 June agreed to, on either database."""
    with registers.copy(request.param, "rapportage", tmp_path) as line:
        yield decided(line, tmp_path, "beleidsplan")


@pytest.fixture
def plan(registers: Registers, tmp_path: Path) -> Iterator[CommandLine]:
    """The same, on SQLite."""
    with registers.copy("sqlite", "rapportage", tmp_path) as line:
        yield decided(line, tmp_path, "beleidsplan")


@pytest.fixture
def at_raden(registers: Registers, tmp_path: Path) -> Iterator[CommandLine]:
    """The seven colleges have agreed and the seven raden were asked, on SQLite."""
    with registers.copy("sqlite", "rapportage", tmp_path) as line:
        line = decided(line, tmp_path, "beleidsplan")
        round_of(line, "vastgesteld", "2024-06-25")
        yield started(line)


def decided(line: CommandLine, folder: Path, route: str) -> CommandLine:
    """DO and PFHO have done their part."""
    line = line.on("2024-06-14")
    line.ask("import", voorblad(folder, kenmerk=PLAN, rows=ROWS), "--route", route)
    line.act(PLAN, "leg_conclusie_vast", conclusie="akkoord")
    if line.state(PLAN) == "pfho":
        line.act(PLAN, "leg_conclusie_vast", conclusie="akkoord")
    return line.on("2024-07-01")


def started(line: CommandLine, **fields: str) -> CommandLine:
    """A round of the seven, offered."""
    line.act(PLAN, "start_raadsinformatie", **fields)
    return line


def round_of(line: CommandLine, word: str, day: str, gemeenten: tuple[str, ...] = SEVEN) -> None:
    """A round in which each gemeente said the same; started when it was not."""
    if not any(row["stap"] == line.state(PLAN) for row in rows(line)):
        started(line)
    for one in gemeenten:
        line.act(PLAN, f"meld_{word}", "--gemeente", one, datum=day)


def rows(line: CommandLine) -> list[Json]:
    """The council rows, of all rounds."""
    found: list[Json] = line.show(PLAN)["raden"]
    return found


def row(line: CommandLine, gemeente: str) -> Json:
    """The last row of a gemeente."""
    return [one for one in rows(line) if one["gemeente"] == gemeente and one["laatste"]][-1]


def force(line: CommandLine) -> dict[str, str | None]:
    """Where the paper is in force."""
    return {one["gemeente"]: one["in_werking"] for one in line.show(PLAN)["in_werking"]}


def test_colleges_and_then_all_raden_adopt_the_plan(on_both: CommandLine) -> None:
    """Two rounds of seven, each with its own deadline; the history replays to the same rows."""
    plan = on_both
    assert plan.state(PLAN) == "colleges"
    round_of(plan, "vastgesteld", "2024-06-25")
    assert plan.state(PLAN) == "raden"
    started(plan, ingangsdatum="2025-01-01")

    assert [(one["ronde"], one["uiterlijk"]) for one in rows(plan)][::7] == [
        (1, "2024-08-12"),
        (2, "2024-09-30"),
    ]
    round_of(plan, "vastgesteld", "2024-07-01")
    assert set(force(plan).values()) == {"ja"}
    assert plan.show(PLAN)["in_werking"][0]["sinds"] == "2025-01-01"
    assert len(plan.ask("council", PLAN)["raden"]) == 14
    assert plan.act(PLAN, "rond_af")["to"] == "afgerond"
    plan.verified()


def test_one_raad_amends_and_the_join_does_not_hang(at_raden: CommandLine) -> None:
    """Six adopt, one amends: the overleg chooses a local deviation, and says why."""
    round_of(at_raden, "vastgesteld", "2024-07-01", SEVEN[1:])
    who = ("--gemeente", "Blaricum")
    at_raden.act(
        PLAN, "meld_gewijzigd_vastgesteld", *who, datum="2024-07-01", tekst="Zonder bijlage 3"
    )

    assert "Blaricum" in at_raden.no(PLAN, "rond_af")
    assert force(at_raden)["Blaricum"] is None
    at_raden.act(PLAN, "bepaal_gevolg", *who, gevolg="lokale_afwijking", reden="PFHO 4 juli")
    assert force(at_raden) == {**dict.fromkeys(SEVEN, "ja"), "Blaricum": "afwijkend"}
    assert row(at_raden, "Blaricum")["antwoord_tekst"] == "Zonder bijlage 3"
    assert at_raden.act(PLAN, "rond_af")["to"] == "afgerond"
    at_raden.verified()


def test_a_raad_that_refuses_is_asked_again(at_raden: CommandLine) -> None:
    """A new round for that one gemeente; its first answer stays as it was."""
    who = ("--gemeente", "Laren")
    at_raden.act(PLAN, "meld_niet_vastgesteld", *who, datum="2024-07-01", reden="Te duur")
    refusal = at_raden.no(PLAN, "bepaal_gevolg", *who, gevolg="lokale_afwijking", reden="x")
    assert "Kies uit: nieuwe_ronde, niet_van_kracht" in refusal
    at_raden.act(PLAN, "bepaal_gevolg", *who, gevolg="nieuwe_ronde", reden="Na overleg")

    laren = [(one["ronde"], one["state"]) for one in rows(at_raden) if one["code"] == "laren"]
    assert laren == [(1, "vastgesteld"), (2, "nieuwe_ronde"), (3, "aan_te_bieden")]
    round_of(at_raden, "vastgesteld", "2024-07-01")
    assert at_raden.act(PLAN, "rond_af")["to"] == "afgerond"
    at_raden.verified()


def test_the_plan_can_be_out_of_force_in_one_gemeente(at_raden: CommandLine) -> None:
    """The others go on; nothing is called adopted that was not."""
    at_raden.act(
        PLAN, "meld_niet_vastgesteld", "--gemeente", "Laren", datum="2024-07-01", reden="Te duur"
    )
    at_raden.act(
        PLAN, "bepaal_gevolg", "--gemeente", "Laren", gevolg="niet_van_kracht", reden="PFHO"
    )

    assert force(at_raden)["Laren"] == "nee"


def test_who_takes_part_follows_from_the_day_the_paper_takes_effect(plan: CommandLine) -> None:
    """In 2027 Wijdemeren is part of Hilversum, so it is not proposed; asking it needs a reason."""
    seven = ", ".join(SEVEN)
    refusal = plan.no(PLAN, "start_raadsinformatie", ingangsdatum="2027-01-01", gemeenten=seven)
    assert "wel: Wijdemeren" in refusal
    started(plan, ingangsdatum="2027-01-01")

    assert [one["gemeente"] for one in rows(plan)] == list(SEVEN[:-1])
    assert plan.show(PLAN)["ingangsdatum"] == "2027-01-01"


def test_an_ended_gemeente_hands_over_to_its_successor(plan: CommandLine) -> None:
    """On 1 January 2027 the open row of Wijdemeren passes to Hilversum."""
    started(plan, uiterlijk="2027-02-01")
    who = ("--gemeente", "Wijdemeren")
    assert "bestaat nog" in plan.no(PLAN, "draag_over", *who)
    later = plan.on("2027-01-04")

    later.act(PLAN, "draag_over", *who, reden="Samenvoeging")

    assert row(later, "Wijdemeren")["state"] == "gemeente_opgeheven"
    assert row(later, "Hilversum")["neemt_over"] == ["wijdemeren"]
    round_of(later, "vastgesteld", "2027-01-04", SEVEN[:-1])
    assert later.state(PLAN) == "raden"
    later.verified()


def test_a_successor_that_has_answered_is_asked_again(at_raden: CommandLine) -> None:
    """What stood open with Wijdemeren is asked of Hilversum in a round of its own."""
    round_of(at_raden, "vastgesteld", "2024-07-01", SEVEN[:-1])
    later = at_raden.on("2027-01-04")
    later.act(PLAN, "draag_over", "--gemeente", "Wijdemeren")

    assert row(later, "Hilversum")["ronde"] == 3
    assert row(later, "Hilversum")["state"] == "aan_te_bieden"
    later.act(PLAN, "meld_vastgesteld", "--gemeente", "Hilversum", datum="2027-01-04")
    assert later.act(PLAN, "rond_af")["to"] == "afgerond"


def test_a_gemeente_joins_and_another_leaves_during_the_round(plan: CommandLine) -> None:
    """Each with a reason; who left counts as ready, who joined is waited for."""
    six = tuple(one for one in SEVEN if one != "Eemnes")
    started(plan, gemeenten=", ".join(six), reden="Eemnes treedt later toe")
    assert "doet al mee" in plan.no(PLAN, "voeg_gemeente_toe", gemeenten="Laren", reden="x")
    assert "bestaat nu niet" in plan.no(PLAN, "voeg_gemeente_toe", gemeenten="Weesp", reden="x")
    plan.act(PLAN, "meld_niet_van_toepassing", "--gemeente", "Laren", reden="Trad uit")
    plan.act(PLAN, "voeg_gemeente_toe", gemeenten="Eemnes", reden="Trad toe")
    assert "doen al mee" in plan.no(PLAN, "voeg_gemeente_toe", gemeenten="Laren", reden="x")

    round_of(plan, "vastgesteld", "2024-07-01", tuple(one for one in six if one != "Laren"))
    assert plan.state(PLAN) == "colleges"
    assert row(plan, "Eemnes")["uiterlijk"] == "2024-08-12"
    round_of(plan, "vastgesteld", "2024-07-01", ("Eemnes",))
    assert plan.state(PLAN) == "raden"


def test_a_later_round_is_reached_only_when_the_first_is_done(plan: CommandLine) -> None:
    """Adopting by the raden waits for the colleges."""
    started(plan)
    for one in SEVEN[:-1]:
        plan.act(PLAN, "meld_vastgesteld", "--gemeente", one, datum="2024-07-01")

    assert plan.state(PLAN) == "colleges"
    assert "al gestart" in plan.no(PLAN, "start_raadsinformatie")


def test_what_can_be_done_is_said_for_the_round_that_runs(at_raden: CommandLine) -> None:
    """Every act that is called permitted succeeds for that gemeente."""
    acts = at_raden.ask("actions", PLAN)["actions"]
    open_acts = {one["action"] for one in acts if one["permitted"] and one["target"]["gemeente"]}

    assert open_acts == {
        "bied_aan",
        "meld_vastgesteld",
        "meld_gewijzigd_vastgesteld",
        "meld_niet_vastgesteld",
        "meld_niet_van_toepassing",
    }
    assert {one["target"]["ronde"] for one in acts if one["target"]["gemeente"]} == {2}
