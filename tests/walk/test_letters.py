"""Letters that wait for a dossier are offered, and a person says where they belong."""

from tests.walk.command_line import CommandLine, example

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
