"""A second organisation, built with files only: another form, other words, the same program."""

from pathlib import Path

import pytest

from tests.engine.organisation import SHIPPED
from tests.walk.command_line import CommandLine
from workflow.engine.definition import Definities
from workflow.engine.loader import load_definitions

FOLDER = SHIPPED.parent / "voorbeeld_rietdelta"
EXAMPLES = FOLDER / "voorbeelden"
PLAN, SPENDING = "RD-2025-0042", "RD-2025-0051"


@pytest.fixture(scope="module")
def definities() -> Definities:
    """The definitions of the example."""
    return load_definitions(FOLDER).definities


@pytest.fixture
def register(tmp_path: Path) -> CommandLine:
    """An empty register that works with these definitions."""
    url = f"sqlite:///{tmp_path / 'rietdelta.db'}"
    return CommandLine(url=url, today="2025-03-19", definitions=str(FOLDER))


def read(register: CommandLine, kenmerk: str) -> dict[str, object]:
    """Read one of its papers; the document as `import` tells it."""
    paper = EXAMPLES / f"aanbiedingsformulier_{kenmerk}.txt"
    document: dict[str, object] = register.ask("import", str(paper))["documents"][0]
    return document


def conclude(register: CommandLine, kenmerk: str, day: str, code: str, *more: str) -> str:
    """Record a conclusion on the day of the meeting; the state that follows."""
    fields = (kenmerk, "leg_conclusie_vast", "--set", f"conclusie={code}", "--happened", day)
    return str(register.on(day).ask("act", *fields, *more)["to"])


def test_the_folder_holds_files_only_and_passes_the_check(register: CommandLine) -> None:
    """No line of Python belongs to an organisation."""
    suffixes = {path.suffix for path in FOLDER.rglob("*") if path.is_file()}

    assert suffixes == {".yaml", ".txt"}
    assert register.ask("definitions", "check", str(FOLDER))["problems"] == []


def test_it_shares_no_overleg_gemeente_or_route_with_the_region(definities: Definities) -> None:
    """Another form and other names; what per gemeente is, every organisation has."""
    other = load_definitions(SHIPPED).definities
    for mine, theirs in (
        ({one.naam for one in definities.overleggen}, {one.naam for one in other.overleggen}),
        ({one.code for one in definities.gemeenten}, {one.code for one in other.gemeenten}),
        ({one.titel for one in definities.routes}, {one.titel for one in other.routes}),
        ({one.regel for one in definities.herinneringen} - {"stukken_onvolledig"},
         {one.regel for one in other.herinneringen}),
    ):  # fmt: skip
        assert mine
        assert mine & theirs == set()


def test_its_papers_are_read_in_its_own_words(register: CommandLine) -> None:
    """Not one word of the usual voorblad stands above a value, and nothing is in doubt."""
    document = read(register, PLAN)
    sheet = document["voorblad"]
    assert isinstance(sheet, dict)

    assert document["warnings"] == []
    assert (document["kind"], document["route"]) == ("voorblad", "regionaal_plan")
    assert [row["doel"] for row in sheet["behandelingen"]] == [
        "adviseren",
        "adviseren",
        "vaststellen",
    ]
    assert sheet["behandelingen"][0]["conclusie_code"] == "akkoord"
    assert [one["nummer"] for one in sheet["beslispunten"]] == ["1", "2"]


def test_a_plan_walks_from_its_form_to_every_raad(register: CommandLine) -> None:
    """Directors prepare, portfolio-holders propose, the steering group decides, raden hear it."""
    assert read(register, PLAN)["state"] == "portefeuillehouders"
    assert conclude(register, PLAN, "2025-04-09", "akkoord") == "stuurgroep"
    assert conclude(register, PLAN, "2025-04-25", "vastgesteld") == "raden"

    may = register.on("2025-05-12")
    may.ask("act", PLAN, "start_raadsinformatie")
    told = [one["gemeente"] for one in may.ask("council", PLAN)["raden"]]
    assert told == ["Hazelbrink", "Lindevoort", "Oudermeer", "Veenhaven", "Zilverhorst"]
    assert "Stuur aan de gemeente (Veenhaven)" in may.run("actions", PLAN).out
    for gemeente in told:
        one = ("act", PLAN, "--gemeente", gemeente)
        may.ask(*one, "bied_aan")
        may.ask(*one, "leg_collegebesluit_vast", "--set", "datum=2025-05-06")
        may.ask(*one, "meld_verzonden", "--set", "datum=2025-05-08")

    assert may.ask("act", PLAN, "rond_af")["to"] == "afgerond"
    promise = may.ask("obligations")["afspraken"]
    assert [(one["soort"], one["due"]) for one in promise if one["bron"]["kenmerk"] == PLAN] == [
        ("toezegging", "2025-12-31")
    ]
    assert may.ask("audit", "verify")["ok"]


def test_directors_and_finance_look_side_by_side(register: CommandLine) -> None:
    """Either may come first; the steering group waits for both."""
    assert read(register, SPENDING)["state"] == "directeuren"
    assert conclude(register, SPENDING, "2025-04-16", "akkoord", "--behandeling", "b2") == (
        "directeuren"
    )
    assert conclude(register, SPENDING, "2025-04-17", "akkoord", "--behandeling", "b1") == (
        "stuurgroep"
    )


def test_a_red_light_of_the_directors_sends_it_back(register: CommandLine) -> None:
    """Its own table: no negative advice goes on, but only the steering group ends a voorstel."""
    read(register, PLAN)
    assert conclude(register, PLAN, "2025-04-09", "niet_akkoord") == "teruggestuurd"
    label = register.on("2025-04-10").ask("show", PLAN)["state_label"]
    assert label == "Terug op de tekentafel"


def test_its_reminders_are_its_own(register: CommandLine) -> None:
    """Ten and three working days before the papers are due, not five and one."""
    read(register, SPENDING)
    coming = register.ask("reminders", "preview", "--from", "2025-03-20", "--to", "2025-06-30")
    rules = {one["rule"] for one in coming["reminders"]}

    assert rules <= {"stukken_onvolledig", "afloop_ontbreekt", "te_sturen", "jaarbericht_verwacht"}
    assert "afloop_ontbreekt" in rules


def test_a_yearly_report_is_owed_once_a_year(register: CommandLine) -> None:
    """A cycle of one report a year has years, no half-years."""
    read(register, PLAN)
    owed = register.ask("obligations")["afspraken"]

    assert {one["periode"] for one in owed if one["soort"] == "rapportage"} <= {
        "2025", "2026", "2027", "2028"
    }  # fmt: skip
    assert any(one["soort"] == "rapportage" for one in owed)


def test_its_pictures_use_its_own_words(register: CommandLine) -> None:
    """A start and an end as its machine names them."""
    drawn = register.run("definitions", "diagram", "regionaal_plan", "--format", "tekst").out

    assert "   Aangeboden\n" in drawn
    assert drawn.rstrip().endswith("Klaar")
    assert "Stuurgroep Rietdelta: vaststellen (bestuurlijk)" in drawn
