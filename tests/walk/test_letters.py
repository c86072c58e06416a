"""Letters that wait for a dossier are offered, and a person says where they belong."""

from pathlib import Path

from tests.walk.command_line import CommandLine, Json, example

KENMERK = "24005969"


def test_a_waiting_letter_is_put_in_the_dossier_that_a_person_names(empty: CommandLine) -> None:
    """What could not be known is asked; then the letter stands in the dossier and its history."""
    empty.ask("import", example("voorblad_24005969.txt"), example("brief_21.0008702.txt"))
    [letter] = empty.ask("letter", "list")["brieven"]
    assert letter["kenmerk"] == "21.0008702"
    assert letter["onderwerp"].startswith("Vastgesteld beleidsplan")

    done = empty.ask("letter", "link", letter["id"], KENMERK, "--command-id", "een")

    assert done["version"] == 2
    assert empty.ask("letter", "link", letter["id"], KENMERK, "--command-id", "een") == done
    assert empty.ask("letter", "list")["brieven"] == []
    kinds = [one["kind"] for one in empty.ask("show", KENMERK)["documenten"]]
    assert sorted(kinds) == ["raadsinformatiebrief", "voorblad"]
    assert empty.ask("history", KENMERK)["events"][-1]["type"] == "koppel_brief"
    assert empty.ask("audit", "verify")["ok"]


def test_only_a_waiting_letter_and_a_known_dossier_will_do(empty: CommandLine) -> None:
    """A wrong name is refused, and the letter keeps waiting."""
    empty.ask("import", example("voorblad_24005969.txt"), example("brief_21.0008702.txt"))
    [letter] = empty.ask("letter", "list")["brieven"]

    assert "niet gevonden" in empty.refused("letter", "link", letter["id"], "99")["message"]
    assert "niet gevonden" in empty.refused("letter", "link", "onzin", KENMERK)["message"]
    assert empty.ask("letter", "list")["brieven"] == [letter]


def changed_letter(folder: Path, name: str, old: str, new: str) -> str:
    """The path of an example letter with one text changed."""
    text = Path(example(name)).read_text(encoding="utf-8")
    assert old in text
    path = folder / f"nieuw_{len(list(folder.iterdir()))}_{name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


def differences(document: Json) -> dict[str, tuple[object, object]]:
    """What a file says otherwise than was read before, by field."""
    return {
        warning["field"]: (warning["details"]["eerste"], warning["details"]["tweede"])
        for warning in document["warnings"]
        if warning["code"] == "verschil_tussen_versies"
    }


def test_a_changed_letter_that_waits_is_an_update_and_waits_once(
    empty: CommandLine, tmp_path: Path
) -> None:
    """Its differences are shown, its last version is offered, and all versions go along."""
    name = "brief_21.0008702.txt"
    newer = changed_letter(tmp_path, name, "23 december 2021", "24 december 2021")
    empty.ask("import", example("voorblad_24005969.txt"), example(name))

    [again] = empty.ask("import", newer)["documents"]

    assert (again["result"], again["kenmerk"]) == ("updated", "21.0008702")
    assert differences(again) == {"datum": ("2021-12-23", "2021-12-24")}
    assert empty.ask("import", newer)["documents"][0]["result"] == "unchanged"
    [letter] = empty.ask("letter", "list")["brieven"]
    assert letter["bestand"] == Path(newer).name
    empty.ask("letter", "link", letter["id"], KENMERK)
    assert empty.ask("letter", "list")["brieven"] == []
    kinds = [one["kind"] for one in empty.show(KENMERK)["documenten"]]
    assert sorted(kinds) == ["raadsinformatiebrief", "raadsinformatiebrief", "voorblad"]
    empty.verified()


def test_a_changed_letter_goes_where_its_first_version_went(
    empty: CommandLine, tmp_path: Path
) -> None:
    """It belongs to the dossier that a person chose, though it names none itself."""
    name = "brief_21.0008702.txt"
    empty.ask("import", example("voorblad_24005969.txt"), example(name))
    [letter] = empty.ask("letter", "list")["brieven"]
    empty.ask("letter", "link", letter["id"], KENMERK)

    newer = changed_letter(tmp_path, name, "Vastgesteld beleidsplan", "Het beleidsplan")
    [again] = empty.ask("import", newer)["documents"]

    assert (again["result"], again["kenmerk"]) == ("updated", KENMERK)
    assert list(differences(again)) == ["onderwerp"]
    assert len(empty.show(KENMERK)["documenten"]) == 3
    assert empty.ask("history", KENMERK)["events"][-1]["type"] == "werk_brief_bij"
    empty.verified()


def test_a_changed_letter_that_names_a_dossier_takes_its_first_version_along(
    empty: CommandLine, tmp_path: Path
) -> None:
    """What could not be known before is known now: nothing stays waiting."""
    name = "brief_21.0008702.txt"
    empty.ask("import", example("voorblad_24005969.txt"), example(name))
    newer = changed_letter(
        tmp_path, name, "Geachte raadsleden,", f"Geachte raadsleden,\n\nZie voorstel {KENMERK}."
    )

    [again] = empty.ask("import", newer)["documents"]

    assert (again["result"], again["kenmerk"]) == ("linked", KENMERK)
    assert "verwijst_naar" in differences(again)
    assert empty.ask("letter", "list")["brieven"] == []
    assert len(empty.show(KENMERK)["documenten"]) == 3
    empty.verified()
