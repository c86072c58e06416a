"""Papers in: each file its own transaction, again is nothing new, a change is shown."""

from pathlib import Path

import pytest

from tests.walk.command_line import SEEDS, CommandLine, Json, example
from tests.walk.papers import voorblad

KENMERK = "24005969"
NEW = "24009000"


def read(line: CommandLine, *words: str, code: int = 0) -> list[Json]:
    """The documents of an import that ends with this exit code."""
    said = line.run("--json", "import", *words)
    assert said.code == code, said
    documents: list[Json] = said.json["documents"]
    return documents


def test_shape_of_an_imported_file(empty: CommandLine) -> None:
    """Each file with its kind, result, route, state, voorblad or brief, and warnings."""
    [sheet, letter] = read(empty, example("voorblad_24005969.txt"), example("brief_21.0008702.txt"))

    keys = {"file", "kind", "kenmerk", "result", "route", "state", "voorblad", "brief", "warnings"}
    assert sheet.keys() == letter.keys() == keys
    assert (sheet["result"], sheet["brief"], sheet["state"]) == ("created", None, "do")
    assert (letter["result"], letter["voorblad"], letter["state"]) == ("kept", None, None)
    assert all(
        warning.keys() == {"code", "field", "message", "line", "details"}
        for warning in (*sheet["warnings"], *letter["warnings"])
    )


def test_same_bytes_again_change_nothing(empty: CommandLine) -> None:
    """Whatever the result was then: created, kept or linked."""
    names = ("voorblad_23003187.txt", "brief_21.0008702.txt", "raadsmededeling_641787.txt")
    first = read(empty, *map(example, names))
    assert [one["result"] for one in first] == ["created", "kept", "linked"]

    again = read(empty, *map(example, names))

    assert [one["result"] for one in again] == ["unchanged"] * 3
    assert (again[0]["kenmerk"], again[0]["state"]) == ("23003187", "raden")
    assert empty.verified()["events"] == 3


def test_a_letter_waits_for_its_dossier(empty: CommandLine) -> None:
    """The mededeling on the first half of 2023 is kept, and linked when that report comes."""
    assert read(empty, example("raadsmededeling_641787.txt"))[0]["result"] == "kept"
    assert read(empty, example("voorblad_24005969.txt"))[0]["result"] == "created"
    assert [one["kind"] for one in empty.show(KENMERK)["documenten"]] == ["voorblad"]

    read(empty, example("voorblad_23003187.txt"))

    kinds = [one["kind"] for one in empty.show("23003187")["documenten"]]
    assert sorted(kinds) == ["raadsmededeling", "voorblad"]
    assert read(empty, example("raadsmededeling_641787.txt"))[0]["result"] == "unchanged"
    empty.verified()


def test_a_folder_with_one_bad_file(empty: CommandLine, tmp_path: Path) -> None:
    """The others are stored; the bad ones appear as skipped, and the exit code tells."""
    folder = tmp_path / "map"
    (folder / "dieper").mkdir(parents=True)
    voorblad(folder, name="b.txt")
    voorblad(folder / "dieper", kenmerk="24009001", name="d.txt")
    (folder / "a.txt").write_text("")
    (folder / "c.bin").write_bytes(bytes(range(256)) * 10)
    (folder / "groot.txt").write_bytes(b"a" * (20 * 1024 * 1024 + 1))
    (folder / ".verborgen.txt").write_text("niet lezen")

    found = {one["file"]: one for one in read(empty, str(folder), code=1)}

    assert {name: one["result"] for name, one in found.items()} == {
        "a.txt": "skipped",
        "b.txt": "created",
        "c.bin": "skipped",
        "d.txt": "created",
        "groot.txt": "skipped",
    }
    assert {found[name]["kind"] for name in ("a.txt", "c.bin", "groot.txt")} == {"onbekend"}
    codes = {name: [w["code"] for w in one["warnings"]] for name, one in found.items()}
    assert (codes["a.txt"], codes["c.bin"], codes["groot.txt"]) == (
        ["leeg"],
        ["binair"],
        ["te_groot"],
    )
    assert len(empty.ask("list")["voorstellen"]) == 2
    assert empty.verified()["events"] == 2


def test_an_empty_path_is_no_path(empty: CommandLine) -> None:
    """'' is not the folder that one happens to stand in."""
    assert empty.refused("import", "", "--dry-run", code=4)["code"] == "omgeving"


def test_a_changed_file_is_an_update(empty: CommandLine, tmp_path: Path) -> None:
    """What the new paper says is taken over, and each difference is a warning with both values."""
    read(empty, voorblad(tmp_path))
    path = voorblad(tmp_path, subject="Afspraken over opvang", date="4-6-2024")

    [one] = read(empty, path)

    assert one["result"] == "updated"
    details = {
        warning["field"]: warning["details"]
        for warning in one["warnings"]
        if warning["code"] == "verschil_tussen_versies"
    }
    assert details == {
        "onderwerp": {"eerste": "Afspraken over de opvang", "tweede": "Afspraken over opvang"},
        "datum": {"eerste": "2024-06-03", "tweede": "2024-06-04"},
    }
    dossier = empty.show(NEW)
    assert (dossier["onderwerp"], dossier["version"]) == ("Afspraken over opvang", 2)
    assert [event["type"] for event in empty.ask("history", NEW)["events"]] == [
        "importeer",
        "werk_bij",
    ]
    empty.verified()


def test_a_conclusion_that_comes_on_paper(empty: CommandLine, tmp_path: Path) -> None:
    """A newer voorblad that bears 'Akkoord' makes the row treated by import, and the case moves."""
    rows = [("13-6-2024", "DO SD", "Adviseren"), ("27-6-2024", "PFHO G&O", "Vaststellen")]
    read(empty, voorblad(tmp_path, rows=rows))
    [one] = read(
        empty, voorblad(tmp_path, rows=[("13-6-2024", "DO SD", "Adviseren", "Akkoord"), rows[1]])
    )

    assert (one["result"], one["state"]) == ("updated", "pfho")
    row = empty.row(NEW, "b1")
    assert (row["state"], row["basis"], row["conclusie"]) == ("behandeld", "import", "Akkoord")
    empty.verified()


def test_a_refusal_on_paper_ends_the_case(empty: CommandLine, tmp_path: Path) -> None:
    """'Niet akkoord' of a deciding overleg: no raad is informed about what was rejected."""
    rows = [
        ("13-6-2024", "DO SD", "Adviseren", "Akkoord"),
        ("27-6-2024", "PFHO G&O", "Vaststellen"),
    ]
    subject = "Voortgangsrapportage opvang"
    [one] = read(empty, voorblad(tmp_path, rows=rows, subject=subject))
    assert (one["route"], one["state"]) == ("voortgangsrapportage", "pfho")
    rows[1] = ("27-6-2024", "PFHO G&O", "Vaststellen", "Niet akkoord")

    [updated] = read(empty, voorblad(tmp_path, rows=rows, subject=subject))

    assert (updated["result"], updated["state"]) == ("updated", "afgewezen")
    empty.verified()


def test_what_was_concluded_here_stays(empty: CommandLine, tmp_path: Path) -> None:
    """A paper that says otherwise is shown as a difference; the register does not follow."""
    read(empty, voorblad(tmp_path))
    empty.on("2024-06-13").act(NEW, "leg_conclusie_vast", conclusie="akkoord")
    rows = [("13-6-2024", "DO SD", "Adviseren", "Niet akkoord")]

    [one] = read(empty, voorblad(tmp_path, rows=rows))

    assert empty.row(NEW, "b1")["conclusie_code"] == "akkoord"
    fields = [w["field"] for w in one["warnings"] if w["code"] == "verschil_tussen_versies"]
    assert fields == ["behandelingen[0].conclusie"]


def test_an_incomplete_voorblad_stays_a_concept(empty: CommandLine, tmp_path: Path) -> None:
    """What is missing is a warning; the completed paper submits it."""
    [one] = read(empty, voorblad(tmp_path, points=()))
    assert (one["result"], one["state"]) == ("created", "concept")
    assert "veld_ontbreekt" in [w["code"] for w in one["warnings"]]

    [two] = read(empty, voorblad(tmp_path))

    assert (two["result"], two["state"]) == ("updated", "do")


def test_a_route_can_be_chosen(empty: CommandLine, tmp_path: Path) -> None:
    """Recognised by its subject, else free; or the one that is asked for."""
    assert read(empty, voorblad(tmp_path))[0]["route"] == "vrij"
    other = voorblad(tmp_path, kenmerk="24009001")
    [one] = read(empty, other, "--route", "voortgangsrapportage")

    assert (one["route"], one["state"]) == ("voortgangsrapportage", "do")
    steps = [step["id"] for step in empty.show("24009001")["stappen"]]
    assert steps == ["do", "pfho", "raden"]


def test_rows_held_on_paper(empty: CommandLine, tmp_path: Path) -> None:
    """'Aangehouden' waits for its next row: the one on paper, or a new one without a date."""
    rows = [
        ("6-6-2024", "DO SD", "Adviseren", "Aangehouden"),
        ("4-7-2024", "PFHO G&O", "Besluiten"),
    ]
    [one] = read(empty, voorblad(tmp_path, rows=rows))
    assert one["state"] == "do"
    table = empty.show(NEW)["behandelingen"]
    assert [(row["overleg_code"], row["state"], row["datum"]) for row in table] == [
        ("do_sd", "behandeld", "2024-06-06"),
        ("do_sd", "gepland", None),
        ("pfho_go", "gepland", "2024-07-04"),
    ]

    again = [rows[0], ("20-6-2024", "DO SD", "Adviseren"), rows[1]]
    [two] = read(empty, voorblad(tmp_path, kenmerk="24009001", rows=again))
    assert two["state"] == "do"
    assert len(empty.show("24009001")["behandelingen"]) == 3


def test_all_treated_on_paper(empty: CommandLine, tmp_path: Path) -> None:
    """A voorstel whose rows are all done waits to be closed."""
    read(empty, voorblad(tmp_path, rows=[("6-6-2024", "DO SD", "Besluiten", "Akkoord")]))

    assert empty.show(NEW)["behandelingen"][0]["state"] == "behandeld"
    assert empty.act(NEW, "rond_af")["to"] == "afgerond"


def test_importing_creates_no_afspraak(empty: CommandLine) -> None:
    """What papers promise is proposed, never made an afspraak by itself."""
    read(empty.on("2024-03-08"), example("voorblad_24004592.txt"))

    assert empty.owed("24004592") == {}
    assert len(empty.show("24004592")["toezeggingen"]) == 2


def test_text_output_tells_the_same(empty: CommandLine) -> None:
    """Without --json: a line a file, and below it what to look at."""
    said = empty.run("import", example("voorblad_24005969.txt"))

    assert said.code == 0
    assert "dossier gemaakt" in said.out
    assert "let op" in said.out
    assert "al eerder gelezen" in empty.run("import", example("voorblad_24005969.txt")).out


def test_example_folder_becomes_a_register(empty: CommandLine) -> None:
    """Five voorbladen, two letters and a mededeling, on their own days, in one go."""
    found = read(empty.on("2026-06-01"), str(Path(example("."))), code=1)

    papers = {one["file"]: one for one in found if one["kind"] != "onbekend"}
    assert len(papers) == 8
    states = {one["kenmerk"]: one["state"] for one in papers.values() if one["voorblad"]}
    assert states == {
        "23003187": "raden",
        "24004592": "bo",
        "24005969": "do",
        "24007115": "ao",
        "24007428": "pfho",
    }
    empty.verified()


@pytest.mark.skipif(not SEEDS.exists(), reason="the papers lie outside the repository")
def test_the_first_papers_themselves(empty: CommandLine) -> None:
    """All five are read, in one command, and again change nothing."""
    first = read(empty.on("2026-06-01"), str(SEEDS))
    assert [(one["kind"], one["result"]) for one in first] == [
        ("voorblad", "created"),
        ("raadsmededeling", "kept"),
        ("raadsinformatiebrief", "kept"),
        ("raadsinformatiebrief", "kept"),
        ("voorblad", "created"),
    ]
    again = read(empty.on("2026-06-01"), str(SEEDS))
    assert {one["result"] for one in again} == {"unchanged"}
    empty.verified()


def test_a_file_that_cannot_be_opened_stops_no_other(empty: CommandLine, tmp_path: Path) -> None:
    """It is named as skipped, the others are stored, and the exit code tells it apart."""
    folder = tmp_path / "map"
    folder.mkdir()
    voorblad(folder, name="b.txt")
    (folder / "a.txt").symlink_to(tmp_path / "weg.txt")
    (folder / "met een spatie\nen regel.txt").write_text("lunch")

    found = {one["file"]: one for one in read(empty, str(folder), code=4)}

    assert {name: one["result"] for name, one in found.items()} == {
        "a.txt": "skipped",
        "b.txt": "created",
        "met een spatie\nen regel.txt": "skipped",
    }
    assert found["a.txt"]["kind"] == "onbekend"
    assert "kan niet worden geopend" in found["a.txt"]["warnings"][0]["message"]
    assert empty.verified()["events"] == 1


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Agenda DO SD 27 juni 2024", "agenda"),
        ("Besluitenlijst DO SD 27 juni 2024", "besluitenlijst"),
    ],
)
def test_a_list_that_names_dossiers_touches_none(
    empty: CommandLine, tmp_path: Path, title: str, kind: str
) -> None:
    """An agenda or besluitenlijst is recognised and said not to be read; no dossier changes."""
    read(empty, voorblad(tmp_path))
    path = tmp_path / "lijst.txt"
    path.write_text(
        f"{title}\n\nNummer\tOnderwerp\tKenmerk\tConclusie\n1\tAfspraken\t{NEW}\tAkkoord\n"
        f"2\tAndere afspraken\t24009999\tAangehouden\n"
    )

    for extra in (["--dry-run"], [], []):
        [one] = read(empty, str(path), *extra, code=1)
        assert (one["kind"], one["result"]) == (kind, "skipped")
        assert (one["voorblad"], one["brief"], one["kenmerk"]) == (None, None, None)
        assert [warning["code"] for warning in one["warnings"]] == ["niet_begrepen"]
    assert [one["kenmerk"] for one in empty.ask("list")["voorstellen"]] == [NEW]
    assert empty.show(NEW)["version"] == 1
    assert empty.verified()["events"] == 1
