"""What a route can ask: facts, remarks, positions, a second person; and what it shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.organisation import Organisation
from tests.walk.command_line import CommandLine
from tests.walk.papers import voorblad

KENMERK = "24009200"
DAY = "2024-06-14"
SHEET = [("6-6-2024", "DO SD", "Adviseren"), ("13-6-2024", "PFHO G&O", "Besluiten")]
TABLE = """conclusies: {doelen: [besluiten], verder: [akkoord, akkoord_mits, onder_voorbehoud],
       blijft: [aangehouden, verwezen], terug: [terug_naar_opsteller], einde: [niet_akkoord],
       vraagt: [{conclusie: akkoord_mits, toelichting: ja, actie: ja},
                {conclusie: aangehouden, datum: ja},
                {conclusie: onder_voorbehoud, voorbehoud: ja}]}"""
ROUTE = f"""route: proef
versie: 1
titel: Proef met de taal
thema: bescherming_en_opvang
stappen:
  - {{stap: do,   overleg: do_sd,   doel: adviseren}}
  - {{stap: pfho, overleg: pfho_go, doel: besluiten, standpunten: ja, {TABLE}}}
  - {{stap: db,   overleg: db,      doel: besluiten, alleen_als: {{raakt_beleidsplan: ja}}}}
  - {{stap: ab,   overleg: ab,      doel: besluiten,
     alleen_als: {{raakt_beleidsplan: ja, geld: ja}}}}
afspraken:
  - {{afspraak: nadere_eis, soort: opdracht, titel: Nadere eis uitwerken,
     stap: pfho, uit: ['1'], bij: [akkoord_mits]}}
"""


@pytest.fixture
def organisation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Organisation:
    """The shipped organisation with a route of the test's own."""
    made = Organisation(tmp_path)
    made.write("routes/proef.yaml", ROUTE)
    monkeypatch.setenv("BESLUITROUTE_DEFINITIONS", str(made.folder))
    return made


@pytest.fixture
def line(organisation: Organisation, tmp_path: Path) -> Iterator[CommandLine]:
    """A voorstel on it, which no overleg has treated yet."""
    line = CommandLine(url=f"sqlite:///{tmp_path / 'een.db'}", today=DAY)
    line.ask("import", voorblad(tmp_path, kenmerk=KENMERK, rows=SHEET), "--route", "proef")
    yield line
    line.verified()


def concluded(line: CommandLine, *options: str, **fields: str) -> str:
    """Where the voorstel is after a conclusion on its current row."""
    to: str = line.act(KENMERK, "leg_conclusie_vast", *options, **fields)["to"]
    return to


def permitted(line: CommandLine, action: str) -> bool:
    """Whether an act can be done on any of its targets."""
    acts = line.ask("actions", KENMERK)["actions"]
    return any(one["permitted"] for one in acts if one["action"] == action)


# --- facts ---------------------------------------------------------------------------


def test_an_undeclared_fact_is_asked_when_the_route_comes_there(line: CommandLine) -> None:
    """Nothing is guessed: the voorstel waits at the step until a person says yes or no."""
    assert [one["waarde"] for one in line.show(KENMERK)["feiten"]] == [None, None]
    concluded(line, conclusie="akkoord")
    assert concluded(line, conclusie="akkoord") == "db"

    refusal = line.no(KENMERK, "leg_conclusie_vast", "--happened", DAY, conclusie="akkoord")
    assert "hangt af van: Raakt het voorstel het beleidsplan?" in refusal
    assert "nodig is" in line.no(KENMERK, "rond_af")
    fields = next(
        one["fields"]
        for one in line.ask("actions", KENMERK)["actions"]
        if one["action"] == "leg_feiten_vast"
    )
    assert [(one["name"], one["required"], one["choices"]) for one in fields] == [
        ("raakt_beleidsplan", True, ["ja", "nee"]),
        ("geld", False, ["ja", "nee"]),
        ("vertrouwelijk", False, ["ja", "nee"]),  # closes a dossier, whatever its route asks
    ]


def test_a_step_that_the_facts_leave_out_is_passed(line: CommandLine) -> None:
    """One no is enough: the money is not asked for when the plan is not touched."""
    line.act(KENMERK, "leg_feiten_vast", raakt_beleidsplan="nee")
    concluded(line, conclusie="akkoord")
    concluded(line, conclusie="akkoord")

    assert [one["status"] for one in line.show(KENMERK)["stappen"]][2:] == ["niet_nodig"] * 2
    reason = line.row(KENMERK, "b3")["reden"]
    assert reason == "Niet nodig. Raakt het voorstel het beleidsplan? nee."
    assert line.act(KENMERK, "rond_af")["to"] == "afgerond"


def test_a_fact_can_be_declared_otherwise_until_it_was_decided_upon(line: CommandLine) -> None:
    """The step comes back with a row of its own; after its conclusion the fact stands."""
    line.act(KENMERK, "leg_feiten_vast", raakt_beleidsplan="nee")
    line.act(KENMERK, "leg_feiten_vast", raakt_beleidsplan="ja", geld="nee")
    concluded(line, conclusie="akkoord")
    assert concluded(line, conclusie="akkoord") == "db"
    concluded(line, "--happened", DAY, conclusie="akkoord")

    assert "dit feit ligt vast" in line.no(KENMERK, "leg_feiten_vast", raakt_beleidsplan="nee")
    assert line.act(KENMERK, "rond_af")["to"] == "afgerond"


def test_a_fact_has_a_value_that_the_organisation_knows(line: CommandLine) -> None:
    """Yes or no, not something else; and only facts that exist."""
    assert "Kies uit: ja, nee" in line.no(KENMERK, "leg_feiten_vast", geld="misschien")
    assert "dit veld kent" in line.no(KENMERK, "leg_feiten_vast", kleur="rood")
    assert "Ten minste één feit" in line.no(KENMERK, "leg_feiten_vast")


# --- conclusions that ask something ----------------------------------------------------


def test_a_conclusion_can_demand_a_remark_and_an_action(line: CommandLine) -> None:
    """The action becomes an afspraak; the afspraak of this conclusion arises as well."""
    concluded(line, conclusie="akkoord")
    assert "Toelichting" in line.no(KENMERK, "leg_conclusie_vast", conclusie="akkoord_mits")
    mits = {"conclusie": "akkoord_mits", "toelichting": "Mits gedekt"}
    assert "Wat er moet gebeuren" in line.no(KENMERK, "leg_conclusie_vast", **mits)
    concluded(line, **mits, actie="Dekking zoeken", actie_tot="2024-09-01")

    owed = line.owed(KENMERK)
    assert (owed["actie"]["titel"], owed["actie"]["due"]) == ("Dekking zoeken", "2024-09-01")
    assert owed["opdracht"]["bron"]["beslispunten"] == ["1"]
    assert line.row(KENMERK, "b2")["toelichting"] == "Mits gedekt"


def test_an_afspraak_of_another_conclusion_does_not_arise(line: CommandLine) -> None:
    """`bij: akkoord_mits`: a plain agreement leaves nothing to work out."""
    concluded(line, conclusie="akkoord")
    concluded(line, conclusie="akkoord")

    assert line.owed(KENMERK) == {}


def test_holding_asks_for_a_date_or_says_that_it_follows(line: CommandLine) -> None:
    """One of the two, never neither."""
    concluded(line, conclusie="akkoord")
    assert "datum volgt" in line.no(KENMERK, "leg_conclusie_vast", conclusie="aangehouden")

    assert concluded(line, conclusie="aangehouden", datum_volgt="ja") == "pfho"


def test_a_reservation_names_who_clears_it(line: CommandLine) -> None:
    """It is an afspraak; when it is lifted, nothing stays behind."""
    concluded(line, conclusie="akkoord")
    assert "opheft" in line.no(KENMERK, "leg_conclusie_vast", conclusie="onder_voorbehoud")
    who = {"voorbehoud_van": "college van Huizen", "voorbehoud_tot": "2024-07-01"}
    concluded(line, conclusie="onder_voorbehoud", **who)
    owed = line.owed(KENMERK)["voorbehoud"]
    assert (owed["eigenaars"], owed["due"]) == (["college van Huizen"], "2024-07-01")

    line.act(KENMERK, "hef_voorbehoud_op")
    assert line.owed(KENMERK)["voorbehoud"]["state"] == "afgedaan"


# --- positions -------------------------------------------------------------------------


def test_each_gemeente_has_a_position_and_clears_its_own_reservation(line: CommandLine) -> None:
    """One is under reservation of its college, one wants a note; the list says who by when."""
    concluded(line, conclusie="akkoord")
    concluded(
        line,
        conclusie="akkoord",
        standpunt_huizen="voorbehoud: van mijn college",
        standpunt_laren="aantekening",
        voorbehoud_tot="2024-07-01",
    )

    positions = line.row(KENMERK, "b2")["standpunten"]
    assert [(one["gemeente"], one["standpunt"], one["woorden"]) for one in positions] == [
        ("Huizen", "voorbehoud", "van mijn college"),
        ("Laren", "aantekening", None),
    ]
    owed = line.owed(KENMERK)["voorbehoud"]
    assert (owed["gemeente"], owed["due"]) == ("Huizen", "2024-07-01")


def test_a_refused_reservation_returns_the_matter_to_the_overleg(line: CommandLine) -> None:
    """A new row for the same overleg; the first conclusion stays what it was."""
    line.act(KENMERK, "leg_feiten_vast", raakt_beleidsplan="nee")
    concluded(line, conclusie="akkoord")
    concluded(line, conclusie="akkoord", standpunt_huizen="voorbehoud")
    line.act(KENMERK, "weiger_voorbehoud", reden="Het college stemt niet in")

    assert line.state(KENMERK) == "pfho"
    rows = [one for one in line.show(KENMERK)["behandelingen"] if one["stap"] == "pfho"]
    assert [one["state"] for one in rows] == ["behandeld", "gepland"]
    assert not permitted(line, "hef_voorbehoud_op")
    concluded(line, "--happened", DAY, conclusie="akkoord")
    assert line.act(KENMERK, "rond_af")["to"] == "afgerond"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("standpunt_huizen", "misschien", "Kies uit: voor, tegen"),
        ("standpunt_weesp", "voor", "doet niet mee"),
        ("standpunt_utopia", "voor", "niet bekend"),
    ],
)
def test_a_position_that_cannot_be(line: CommandLine, field: str, value: str, reason: str) -> None:
    """A known position of a gemeente that takes part."""
    concluded(line, conclusie="akkoord")

    assert reason in line.no(KENMERK, "leg_conclusie_vast", conclusie="akkoord", **{field: value})


# --- advice that is not there yet ------------------------------------------------------


def test_a_decision_may_be_recorded_without_advice_and_shows_it(line: CommandLine) -> None:
    """It was on the agenda under reservation of advice; the advice is not asked any more."""
    row = ("--behandeling", "b2")
    line.act(KENMERK, "agendeer", *row, datum="2024-06-13")
    assert "Nog geen conclusie van" in line.no(
        KENMERK, "leg_conclusie_vast", *row, conclusie="akkoord"
    )
    reason = "Het DO viel uit"
    assert concluded(line, *row, conclusie="akkoord", zonder_advies=reason) == "db"

    first, second = (line.row(KENMERK, one) for one in ("b1", "b2"))
    assert (second["zonder_advies"], second["zonder_advies_reden"]) == (True, reason)
    assert (first["state"], first["reden"]) == ("vervallen", reason)
    event = line.ask("history", KENMERK)["events"][-1]
    assert event["afwijkingen"] == ["zonder_advies"]
    assert "zonder op het advies te wachten" in event["sentence"]


def test_a_step_can_forbid_to_decide_without_advice(
    organisation: Organisation, line: CommandLine, tmp_path: Path
) -> None:
    """`zonder_advies: nee`: no reason is good enough."""
    strict = ROUTE.replace("standpunten: ja", "zonder_advies: nee")
    organisation.write("routes/proef_2.yaml", strict.replace("versie: 1", "versie: 2"))
    paper = voorblad(tmp_path, kenmerk="24009201", rows=SHEET)
    line.ask("import", paper, "--route", "proef")

    refusal = line.no(
        "24009201",
        "leg_conclusie_vast",
        "--behandeling",
        "b2",
        conclusie="akkoord",
        zonder_advies="x",
    )
    assert "Nog geen conclusie van" in refusal


# --- who acts, and on what ground --------------------------------------------------------


def test_a_second_person_is_needed_or_a_reason_that_stays_visible(
    organisation: Organisation, line: CommandLine
) -> None:
    """Who put it on the agenda does not record the conclusion, unless forced."""
    organisation.replace(
        "machines/behandeling.yaml",
        "    eisen: [aan_de_beurt, vergadering_gehouden]\n",
        "    eisen: [aan_de_beurt, vergadering_gehouden]\n    vier_ogen: agendeer\n",
    )
    line.act(KENMERK, "agendeer", datum="2024-06-06")
    assert "tweede persoon" in line.no(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    assert not permitted(line, "leg_conclusie_vast")

    concluded(line, conclusie="akkoord", zonder_vier_ogen="Alleen op kantoor")
    shown = line.show(KENMERK)["afwijkingen"]
    assert [(one["regel"], one["reden"]) for one in shown] == [("vier_ogen", "Alleen op kantoor")]
    assert "zonder tweede persoon" in line.ask("history", KENMERK)["events"][-1]["sentence"]
    refusal = line.no(KENMERK, "leg_conclusie_vast", conclusie="akkoord", zonder_vier_ogen="x")
    assert "geldt die regel niet" in refusal


def test_an_act_can_be_kept_for_a_role(organisation: Organisation, line: CommandLine) -> None:
    """Beside the right; who has the right but not the role is told which role it takes."""
    file = "machines/voorstel.yaml"
    act = "    naam: Trek in\n"
    organisation.replace(file, act, f"{act}    rollen: [auditor]\n")

    assert "auditor" in line.no(KENMERK, "trek_in")
    assert not permitted(line, "trek_in")


def test_the_ground_on_which_an_overleg_decides_is_shown_or_visibly_missing(
    organisation: Organisation, line: CommandLine
) -> None:
    """By the date of the row; an overleg that advises needs none."""
    rows = line.show(KENMERK)["behandelingen"]
    assert [one["grond_ontbreekt"] for one in rows[:2]] == [False, True]
    organisation.replace(
        "overleggen.yaml",
        "    weekdag: donderdag\n    aanleveren: {werkdagen: 5, uur: '12:00'}\n  - code: pfho_jo\n",
        "    gronden: [{soort: mandaat, naam: Mandaat, datum: 2023-12-14, van: 2024-01-01}]\n"
        "  - code: pfho_jo\n",
    )

    row = line.row(KENMERK, "b2")
    assert row["grond"] == {"soort": "mandaat", "naam": "Mandaat", "datum": "2023-12-14"}
    assert not row["grond_ontbreekt"]


# --- ratification ------------------------------------------------------------------------


def test_a_decision_that_is_ratified_beforehand_waits_for_that_round(
    organisation: Organisation, line: CommandLine, tmp_path: Path
) -> None:
    """Seven colleges ratify, and then the PFHO decides."""
    organisation.write(
        "routes/vooraf.yaml",
        """route: vooraf
versie: 1
titel: Vooraf bekrachtigd
stappen:
  - {stap: colleges, overleg: colleges, per: gemeente, doel: bekrachtigen, klaar: alle}
  - {stap: pfho, overleg: pfho_go, doel: besluiten,
     bekrachtiging: {wanneer: vooraf, grond: reglement}}
""",
    )
    paper = voorblad(tmp_path, kenmerk="24009202", rows=SHEET[1:])
    line.ask("import", paper, "--route", "vooraf")
    ask = ("24009202", "leg_conclusie_vast")
    assert line.state("24009202") == "colleges"
    assert "Nog niet klaar" in line.no(*ask, conclusie="akkoord")
    line.act("24009202", "start_raadsinformatie", gemeenten="Huizen, Laren", reden="Proef")
    line.act("24009202", "meld_bekrachtigd", "--gemeente", "Huizen", datum=DAY)
    line.act("24009202", "meld_niet_bekrachtigd", "--gemeente", "Laren", datum=DAY, reden="Nee")
    line.act(
        "24009202", "bepaal_gevolg", "--gemeente", "Laren", gevolg="niet_van_kracht", reden="PFHO"
    )
    assert line.state("24009202") == "pfho"
    line.act(*ask, conclusie="akkoord")
    assert line.act("24009202", "rond_af")["to"] == "afgerond"


def test_ratification_afterwards_that_never_came_needs_a_reason_to_close(
    organisation: Organisation, line: CommandLine, tmp_path: Path
) -> None:
    """The decision stands, but the case does not end in silence."""
    organisation.write(
        "routes/achteraf.yaml",
        """route: achteraf
versie: 1
titel: Achteraf bekrachtigd
stappen:
  - {stap: pfho, overleg: pfho_go, doel: besluiten,
     bekrachtiging: {wanneer: achteraf, grond: reglement}}
""",
    )
    line.ask(
        "import", voorblad(tmp_path, kenmerk="24009203", rows=SHEET[1:]), "--route", "achteraf"
    )
    line.act("24009203", "leg_conclusie_vast", conclusie="akkoord")

    assert "de bekrachtiging achteraf" in line.no("24009203", "rond_af")
    assert line.act("24009203", "rond_af", reden="Volgt in 2025")["to"] == "afgerond"
