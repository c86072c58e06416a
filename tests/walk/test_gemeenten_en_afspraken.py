"""The council round per gemeente, and afspraken: acts and their refusals."""

from pathlib import Path

import pytest

from tests.walk.command_line import CommandLine, Json

KENMERK = "24005969"
ONE = ("--gemeente", "Huizen")


@pytest.fixture
def councils(report: CommandLine) -> CommandLine:
    """The PFHO of 11 July has decided, and the round of seven has started."""
    report.on("2024-06-27").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    report.on("2024-07-11").act(KENMERK, "leg_conclusie_vast", conclusie="vastgesteld")
    line = report.on("2024-07-15")
    line.act(KENMERK, "start_raadsinformatie")
    return line


def row(line: CommandLine, gemeente: str = "Huizen") -> Json:
    """One row of the council grid."""
    rows = line.ask("council", KENMERK)["raden"]
    found: Json = next(one for one in rows if one["gemeente"] == gemeente)
    return found


def test_the_round_starts_once(councils: CommandLine) -> None:
    """The gemeenten of a round are chosen at its start."""
    assert "worden al geïnformeerd" in councils.no(KENMERK, "start_raadsinformatie")


def test_a_route_without_gemeenteraden(pilot: CommandLine) -> None:
    """The voorstel of the pilot informs no raad, until somebody adds that step."""
    assert "geen stap voor de gemeenteraden" in pilot.no("24004592", "start_raadsinformatie")
    pilot.act("24004592", "voeg_toe", overleg="raden", doel="informeren", na="b4")
    line = pilot.on("2024-04-04")
    for conclusie in ("akkoord", "akkoord", "kennisgenomen"):
        line.act("24004592", "leg_conclusie_vast", conclusie=conclusie)
    assert line.state("24004592") == "raden"
    line.act("24004592", "start_raadsinformatie")
    assert len(line.ask("council", "24004592")["raden"]) == 7
    line.verified()


def test_the_round_waits_for_the_decision(report: CommandLine) -> None:
    """What it waits for is named."""
    refusal = report.no(KENMERK, "start_raadsinformatie")
    assert "Nog geen conclusie van: Directie-overleg en Portefeuillehoudersoverleg" in refusal
    assert "nog niet gestart" in report.no(KENMERK, "bied_aan", *ONE)


def test_another_choice_of_gemeenten_needs_a_reason(report: CommandLine) -> None:
    """Proposed is who takes part on that day; leaving one out is said why."""
    line = report.on("2024-07-15")
    line.act(KENMERK, "sla_over", reden="x")
    line.act(KENMERK, "sla_over", reden="x")
    six = "Blaricum, Eemnes, gooise_meren, Hilversum, Huizen, Laren"
    refusal = line.no(KENMERK, "start_raadsinformatie", gemeenten=six)
    assert "niet: Wijdemeren" in refusal
    assert "niet bekend" in line.no(KENMERK, "start_raadsinformatie", gemeenten="Utrecht")
    assert "wel: Weesp" in line.no(KENMERK, "start_raadsinformatie", gemeenten=f"{six}, Weesp")

    line.act(KENMERK, "start_raadsinformatie", "--remark", "Wijdemeren stuurt zelf", gemeenten=six)

    assert len(line.ask("council", KENMERK)["raden"]) == 6


def letter(line: CommandLine, folder: Path, *texts: str) -> None:
    """The letter to the raden as a paper, a version for each text."""
    file = folder / "brief.txt"
    for text in texts:
        file.write_text(text, encoding="utf-8")
        line.ask("attach", KENMERK, str(file), "--title", "Brief aan de gemeenteraden")


def test_what_is_offered_is_a_version_that_the_dossier_has(
    councils: CommandLine, tmp_path: Path
) -> None:
    """Unnamed it is the newest letter; a version that is not there is refused."""
    refusal = councils.no(KENMERK, "bied_aan", *ONE, versie="1")
    assert "heeft nog geen brief" in refusal
    councils.act(KENMERK, "bied_aan", "--gemeente", "Blaricum")
    letter(councils, tmp_path, "versie een", "versie twee")
    (tmp_path / "cijfers.txt").write_text("cijfers", encoding="utf-8")
    councils.ask("attach", KENMERK, str(tmp_path / "cijfers.txt"), "--title", "Cijfers")

    assert "versie 3 van de brief is er niet. Wel: 1 en 2." in councils.no(
        KENMERK, "bied_aan", *ONE, versie="3"
    )
    councils.act(KENMERK, "bied_aan", *ONE)
    councils.act(KENMERK, "bied_aan", "--gemeente", "Laren", versie="1")
    councils.act(KENMERK, "bied_aan", "--gemeente", "Eemnes", eigen_tekst="ja")

    told = {
        one["gemeente"]: (one["versie"], one["brief"]) for one in councils.show(KENMERK)["raden"]
    }
    assert told["Huizen"] == (2, "regionale brief, versie 2")
    assert told["Laren"] == (1, "regionale brief, versie 1")
    assert told["Eemnes"] == (None, "eigen tekst")
    assert told["Blaricum"] == (None, "regionale brief, versie onbekend")
    assert told["Hilversum"] == (None, None)
    assert row(councils, "Laren")["brief"] == "regionale brief, versie 1"
    councils.verified()


def test_one_gemeente_step_by_step(councils: CommandLine, tmp_path: Path) -> None:
    """Offered, decided, sent, on the agenda of its raad; each step only after the one before."""
    letter(councils, tmp_path, "versie een", "versie twee")
    assert "nu is het: nog aan te bieden" in councils.no(
        KENMERK, "meld_verzonden", *ONE, datum="2024-07-15"
    )
    councils.act(KENMERK, "bied_aan", *ONE, versie="2", eigen_tekst="ja", datum="2024-07-12")
    assert "Datum collegebesluit is verplicht" in councils.no(
        KENMERK, "leg_collegebesluit_vast", *ONE
    )
    assert "moet nog komen" in councils.no(
        KENMERK, "leg_collegebesluit_vast", *ONE, datum="2024-09-03"
    )
    later = councils.on("2024-09-12")
    later.act(KENMERK, "leg_collegebesluit_vast", *ONE, datum="3-9-2024", zaaknummer="Z.123")
    later.act(KENMERK, "meld_verzonden", *ONE, datum="2024-09-05")
    later.act(KENMERK, "meld_geagendeerd", *ONE)

    found = row(later)
    assert (found["state"], found["versie"], found["eigen_tekst"]) == ("geagendeerd", 2, True)
    assert (found["datum_college"], found["zaaknummer"], found["verzonden_op"]) == (
        "2024-09-03",
        "Z.123",
        "2024-09-05",
    )
    assert found["afgesloten_op"] == "2024-09-12"
    assert "nu is het: geagendeerd" in later.no(KENMERK, "meld_ter_kennisname", *ONE)
    event = later.ask("history", KENMERK)["events"][-3]
    assert (event["type"], event["happened_on"]) == ("leg_collegebesluit_vast", "2024-09-03")


def test_a_gemeente_that_does_not_send(councils: CommandLine) -> None:
    """Only with a reason; it then counts as settled."""
    assert "Reden is verplicht" in councils.no(KENMERK, "meld_niet_verzonden", *ONE)
    assert "Reden is verplicht" in councils.no(
        KENMERK, "meld_niet_van_toepassing", "--gemeente", "Laren"
    )
    councils.act(KENMERK, "meld_niet_verzonden", *ONE, reden="Eigen brief in juni")
    councils.act(KENMERK, "meld_niet_van_toepassing", "--gemeente", "Laren", reden="Doet niet mee")

    assert (row(councils)["state"], row(councils)["reden"]) == (
        "niet_verzonden",
        "Eigen brief in juni",
    )
    assert "Huizen" not in councils.no(KENMERK, "rond_af")


def test_a_gemeente_must_be_known_and_named(councils: CommandLine) -> None:
    """Name or code; not one outside the round, and not none."""
    councils.act(KENMERK, "bied_aan", "--gemeente", "gooise_meren")
    councils.act(KENMERK, "bied_aan", "--gemeente", "HUIZEN")
    assert "om welke gemeente" in councils.no(KENMERK, "bied_aan")
    assert "niet bekend" in councils.no(KENMERK, "bied_aan", "--gemeente", "Utrecht")
    assert "Weesp" in councils.no(KENMERK, "bied_aan", "--gemeente", "Weesp")


# --- afspraken -----------------------------------------------------------------------


@pytest.fixture
def owing(pilot: CommandLine) -> CommandLine:
    """The DO agreed: an evaluation and an opdracht are owed."""
    pilot.on("2024-03-18").act("24004592", "leg_conclusie_vast", conclusie="akkoord")
    pilot.on("2024-03-21").act("24004592", "leg_conclusie_vast", conclusie="akkoord")
    return pilot.on("2024-12-02")


EVALUATION, TASK = "evaluatie_proefperiode-24004592", "borging_pijler_veiligheid-24004592"


def test_an_afspraak_is_prepared_deferred_and_settled(owing: CommandLine) -> None:
    """By the kenmerk of its voorstel and its own id, or by its id alone."""
    one = ("--afspraak", EVALUATION)
    owing.act("24004592", "neem_in_voorbereiding", *one)
    assert "Reden is verplicht" in owing.no("24004592", "verschuif", *one, periode="2025-Q2")
    owing.act("24004592", "verschuif", *one, periode="2025-Q2", reden="De proef begon later")
    deferred = owing.owed("24004592")["evaluatie"]
    assert (deferred["state"], deferred["periode"], deferred["due"], deferred["verschoven"]) == (
        "in_voorbereiding",
        "2025-Q2",
        "2025-06-30",
        1,
    )
    done = owing.act(EVALUATION, "doe_af", door="Notitie van 1 december")
    assert done["kenmerk"] == "24004592"
    assert owing.owed("24004592")["evaluatie"]["state"] == "afgedaan"
    assert "nu is het: afgedaan" in owing.no(
        "24004592", "verschuif", *one, datum="2025-01-01", reden="x"
    )
    owing.verified()


def test_an_afspraak_that_lapses(owing: CommandLine) -> None:
    """Only with a reason."""
    assert "Reden is verplicht" in owing.no(TASK, "laat_vervallen")
    owing.act(TASK, "laat_vervallen", reden="Nu een taak van het Rijk")
    task = owing.owed("24004592")["opdracht"]
    assert (task["state"], task["reden"]) == ("vervallen", "Nu een taak van het Rijk")


def test_what_an_afspraak_cannot(owing: CommandLine) -> None:
    """Which of two, an unknown one, a period that is none, no date at all."""
    assert "staan er meer open" in owing.no("24004592", "laat_vervallen", reden="x")
    assert "niet gevonden" in owing.no(
        "24004592", "laat_vervallen", "--afspraak", "evaluatie-1", reden="x"
    )
    assert "geen periode" in owing.no(EVALUATION, "verschuif", periode="lente", reden="x")
    assert "is verplicht" in owing.no(EVALUATION, "verschuif", reden="x")
    assert "is verplicht" in owing.no(EVALUATION, "doe_af")
    assert "‘99999999’ is niet gevonden" in owing.no(EVALUATION, "doe_af", door="99999999")
    assert "niet gevonden" in owing.no("evaluatie-1", "doe_af", door="x")
    assert "niet gevonden" in owing.no(EVALUATION, "trek_in")


def test_a_report_of_the_cycle_is_an_afspraak_too(report: CommandLine) -> None:
    """It has no dossier; its own id is enough, and its version guards it."""
    owed = "rapportage-bescherming_en_opvang_2022_2025-2024-h2"
    first = report.act(owed, "verschuif", datum="2025-03-01", reden="PFHO is verzet")
    assert first["from"] == first["to"] == "openstaand"
    assert (
        report.refused("act", owed, "laat_vervallen", "--version", "1", "--set", "reden=x")["code"]
        == "verouderd"
    )
    report.act(owed, "doe_af", door=KENMERK, reden="In de derde opgenomen")
    rows = {one["id"]: one for one in report.ask("obligations")["afspraken"]}
    assert (rows[owed]["state"], rows[owed]["verschoven"]) == ("afgedaan", 1)
    report.verified()
