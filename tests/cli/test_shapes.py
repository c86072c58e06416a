"""The JSON that each command promises, and what `list`, `obligations` and `show` select."""

import json
from pathlib import Path

from tests.walk.command_line import CommandLine
from tests.walk.papers import voorblad

KENMERK = "24005969"

# --- shapes --------------------------------------------------------------------------

SHOW = {
    *("kenmerk", "onderwerp", "datum", "eenheid", "verspreiden", "state", "state_label", "route"),
    *("version", "beslispunten", "behandelingen", "raden", "afspraken", "contactpersonen"),
    *("bijlagen", "documenten", "as_of"),
}
ROW = {
    *("datum", "datum_ruw", "jaar_afgeleid", "periode", "overleg", "soort", "overleg_code"),
    *("doel", "doel_ruw", "conclusie", "conclusie_code", "id", "state", "vergadering"),
    "bekrachtiging",
}
EVENT = {
    *("seq", "dossier_seq", "type", "at", "recorded_at", "happened_on", "basis", "actor"),
    *("on_behalf_of", "from", "to", "remark", "definition_digest", "leaf_hash", "data"),
}
OWED = {
    *("id", "soort", "titel", "periode", "venster", "due", "bron", "eigenaars", "schuldeiser"),
    *("state", "afgedaan_door"),
}
RAAD = {"gemeente", "state", "datum_college", "zaaknummer", "verzonden_op", "versie", "eigen_tekst"}
LIST = {
    *("kenmerk", "onderwerp", "datum", "eenheid", "verspreiden", "state", "state_label", "route"),
    "version",
}


def test_shapes_are_those_of_the_contract(pilot: CommandLine) -> None:
    """No field that was promised is ever left out."""
    kenmerk = "24004592"
    pilot.on("2024-03-18").act(kenmerk, "leg_conclusie_vast", conclusie="akkoord")
    pilot.on("2024-03-21").act(kenmerk, "leg_conclusie_vast", conclusie="akkoord")
    show = pilot.show(kenmerk)
    assert show.keys() >= SHOW
    assert all(row.keys() >= ROW for row in show["behandelingen"])
    assert show["route"].keys() == {"id", "version", "digest"}
    assert show["beslispunten"][0]["conclusies"][0].keys() == {
        "behandeling",
        "overleg_code",
        "conclusie_code",
    }
    assert set(pilot.ask("list")["voorstellen"][0]) == LIST
    assert all(one.keys() >= OWED for one in pilot.ask("obligations")["afspraken"])
    assert all(
        one["venster"].keys() == {"van", "tot"} for one in pilot.ask("obligations")["afspraken"]
    )
    history = pilot.ask("history", kenmerk)
    assert all(one.keys() >= EVENT for one in history["events"])
    actions = pilot.ask("actions", kenmerk)
    assert (actions["kenmerk"], actions["state"]) == (kenmerk, "pfho")
    for one in actions["actions"]:
        assert one.keys() >= {"action", "label", "permitted", "reasons", "target", "fields"}
        assert one["target"].keys() >= {"behandeling", "gemeente"}
        assert all(f.keys() >= {"name", "type", "required", "choices"} for f in one["fields"])
        assert one["permitted"] is not bool(one["reasons"])
    verify = pilot.verified()
    assert verify.keys() == {"ok", "events", "root", "checked", "problems"}
    assert pilot.ask("definitions", "check").keys() == {"ok", "files", "routes", "problems"}


def test_shape_of_the_council_grid(report: CommandLine) -> None:
    """Each row says of which voorstel it is."""
    report.act(KENMERK, "sla_over", reden="zomer")
    report.act(KENMERK, "sla_over", reden="zomer")
    report.act(KENMERK, "start_raadsinformatie")

    rows = report.ask("council")["raden"]
    assert all(row.keys() >= RAAD | {"kenmerk"} for row in rows)
    assert {row["kenmerk"] for row in rows} == {KENMERK}
    assert all(row.keys() >= RAAD for row in report.show(KENMERK)["raden"])


def test_json_is_one_document_on_standard_output(report: CommandLine) -> None:
    """Messages and progress go elsewhere; dates, hashes and moments have their promised form."""
    said = report.run("--json", "history", KENMERK)
    event = json.loads(said.out)["events"][0]

    assert said.err == ""
    assert len(event["leaf_hash"]) == 44
    assert event["definition_digest"]
    assert report.verified()["root"].endswith("=")


def test_due_before_leaves_out_what_is_due_on_the_day(report: CommandLine) -> None:
    """'Before' a day is not on it; --open leaves out what is done."""
    before = report.ask("obligations", "--due-before", "2024-07-11")["afspraken"]
    after = report.ask("obligations", "--due-before", "2024-07-12")["afspraken"]

    dues = [one["due"] for one in after]
    assert "2024-07-11" in dues
    assert "2024-07-11" not in [one["due"] for one in before]
    assert {one["state"] for one in report.ask("obligations", "--open")["afspraken"]} == {
        "openstaand"
    }


def test_list_can_be_narrowed(report: CommandLine, tmp_path: Path) -> None:
    """By state, by overleg (its code, its name, or its soort), and to what still runs."""
    report.ask("import", voorblad(tmp_path, rows=[("13-6-2024", "DVC", "Adviseren")]))

    def kenmerken(*words: str) -> list[str]:
        return sorted(row["kenmerk"] for row in report.ask("list", *words)["voorstellen"])

    assert kenmerken() == ["24005969", "24009000"]
    assert kenmerken("--state", "do") == [KENMERK]
    for name in ("do_sd", "DO SD", "DO"):
        assert kenmerken("--overleg", name) == [KENMERK]
    assert kenmerken("--overleg", "DVC") == ["24009000"]
    report.act("24009000", "trek_in")
    assert kenmerken("--open") == [KENMERK]
    assert kenmerken("--state", "bestaat_niet") == []


# --- as of ---------------------------------------------------------------------------


def test_a_dossier_as_it_was_known(report: CommandLine) -> None:
    """At the end of a day, or at a moment; not before it was known at all."""
    report.on("2024-06-27").act(KENMERK, "leg_conclusie_vast", conclusie="akkoord", tekst="Ja")
    report.on("2024-07-11").act(KENMERK, "leg_conclusie_vast", conclusie="vastgesteld")

    then = report.show(KENMERK, "--as-of", "2024-06-27")
    assert (then["state"], then["version"], then["as_of"]) == ("pfho", 2, "2024-06-27")
    assert [row["state"] for row in then["behandelingen"]] == ["behandeld", "gepland"]
    assert then["behandelingen"][0]["conclusie"] == "Ja"
    assert report.show(KENMERK, "--as-of", "2024-06-26")["state"] == "do"
    moment = report.show(KENMERK, "--as-of", "2024-06-28T00:00:00+02:00")
    assert (moment["state"], moment["as_of"]) == ("pfho", "2024-06-27T22:00:00Z")
    assert report.show(KENMERK, "--as-of", "2024-06-26T22:00:00Z")["state"] == "do"
    assert report.show(KENMERK, "--as-of", "2026-01-01")["state"] == "raden"
