"""The promises of the contract about every command: options, settings, exit codes, JSON."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.walk.command_line import CommandLine, example
from tests.walk.papers import voorblad
from workflow.cli.app import besluitroute

KENMERK = "24005969"


# --- global options and settings -----------------------------------------------------


def test_global_options_stand_on_both_sides(report: CommandLine) -> None:
    """Before the command, after it, or between a group and its command: the same answer."""
    before = report.run("--json", "list")
    after = report.run("list", "--json")
    assert before.out == after.out
    assert before.json["voorstellen"][0]["kenmerk"] == KENMERK
    for words in (
        ("--json", "audit", "verify"),
        ("audit", "--json", "verify"),
        ("audit", "verify", "--json"),
    ):
        assert report.run(*words).json["ok"] is True


def test_the_last_of_two_wins(report: CommandLine, tmp_path: Path) -> None:
    """An option after the command beats the one before it, also when both stand on one side."""
    other = f"sqlite:///{tmp_path / 'andere.db'}"
    assert report.run("list", "--database", other).code == 4
    assert report.run("--database", other, "list", "--database", report.url).code == 0
    line = report.on("2024-06-27")
    words = ("act", KENMERK, "leg_conclusie_vast", "--set", "conclusie=akkoord")
    assert line.run(*words, "--today", "2024-06-01", "--json").code == 1
    assert line.run("--today", "2024-06-01", *words, "--today", "2024-06-27").code == 0


def test_an_option_wins_over_its_variable(
    report: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Database, day, user and definitions can be set in the environment."""
    bare = CommandLine(url=report.url, today=None)
    monkeypatch.setenv("BESLUITROUTE_DATABASE_URL", "sqlite:///nergens/x.db")
    monkeypatch.setenv("BESLUITROUTE_TODAY", "2024-06-27")
    monkeypatch.setenv("BESLUITROUTE_USER", "Fleur van Dam")
    bare.act(KENMERK, "leg_conclusie_vast", conclusie="akkoord")
    bare.act(KENMERK, "agendeer", "--as", "Joris Bakker", "--today", "2024-06-28")

    events = bare.ask("history", KENMERK)["events"]
    assert [event["actor"] for event in events[1:]] == ["Fleur van Dam", "Joris Bakker"]
    assert [event["at"][:10] for event in events[1:]] == ["2024-06-27", "2024-06-28"]
    assert all(event["actor_unverified"] and event["rehearsal"] for event in events)
    monkeypatch.setenv("BESLUITROUTE_DEFINITIONS", str(tmp_path))
    assert bare.run("list").code == 1
    monkeypatch.setenv("BESLUITROUTE_TODAY", "morgen")
    assert bare.refused("list", code=2)["code"] == "aanroep"


# --- exit codes ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("besluit",),
        ("list", "--kleur"),
        ("show",),
        ("show", KENMERK, "nog iets"),
        ("import",),
        ("act", KENMERK),
        ("act", KENMERK, "trek_in", "--set", "reden"),
        ("act", KENMERK, "trek_in", "--set", "=x"),
        ("act", KENMERK, "trek_in", "--beslispunt", "1"),
        ("act", KENMERK, "trek_in", "--happened", "gisteren"),
        ("act", KENMERK, "trek_in", "--happened", "2024-02-30"),
        ("act", KENMERK, "trek_in", "--happened", "2024-W26-4"),
        ("act", KENMERK, "trek_in", "--version", "drie"),
        ("list", "--today", "11-07-2024"),
        ("list", "--today", "20240711"),
        ("show", KENMERK, "--as-of", "gisteren"),
        ("show", KENMERK, "--as-of", "2024-02-30"),
        ("show", KENMERK, "--as-of", "2024-06-27T12:00:00"),
        ("show", KENMERK, "--as-of", "2024-W26-4"),
        ("obligations", "--due-before", "Q1"),
        ("meeting",),
        ("meeting", "show"),
        ("audit",),
        ("audit", "checkpoint"),
        ("definitions", "migrate"),
        ("simulate",),
    ],
)
def test_a_line_that_cannot_be_read(report: CommandLine, words: tuple[str, ...]) -> None:
    """Exit code 2, with a Dutch sentence and, with --json, an error as JSON."""
    said = report.run(*words)
    assert (said.code, said.out) == (2, "")
    assert "--help" in said.err
    error = report.refused(*words, code=2)
    assert error["code"] == "aanroep"
    assert "Usage" not in error["message"]
    assert len(error["message"]) < 300


@pytest.mark.parametrize(
    "words",
    [
        ("show", "99999999"),
        ("show", "99999999", "--as-of", "2024-06-27"),
        ("show", KENMERK, "--as-of", "2024-06-01"),
        ("history", "99999999"),
        ("actions", "99999999"),
        ("council", "99999999"),
        ("act", KENMERK, "vlieg"),
        ("list", "--overleg", "DO Ruimtevaart"),
        ("meeting", "show", "do_sd-1999-01-01"),
        ("meeting", "act", "pfho_go-2024-07-11", "vlieg"),
        ("new", "--set", "kleur=rood"),
        ("new", "--set", "kenmerk=24001234"),
        ("new", "--set", "onderwerp=x", "--set", f"kenmerk={KENMERK}"),
        ("new", "--set", "onderwerp=x", "--set", "datum=31-6-2024"),
        ("new", "--set", "onderwerp=x", "--set", "route=onbekend"),
        ("new", "--set", "onderwerp=x", "--set", "thema=onbekend"),
        ("import", example("voorblad_24004592.txt"), "--route", "onbekend"),
    ],
)
def test_what_is_judged_and_refused(report: CommandLine, words: tuple[str, ...]) -> None:
    """Exit code 1: the command was understood, and the answer is no, with the reason."""
    said = report.run(*words)
    assert (said.code, said.out) == (1, "")
    assert said.err.strip()
    assert report.refused(*words)["message"] == said.err.strip()
    assert report.show(KENMERK)["version"] == 1


def test_surroundings_that_fail(report: CommandLine, tmp_path: Path) -> None:
    """Exit code 4: a path that is not there, a database that cannot be used."""
    missing = str(tmp_path / "nergens.txt")
    assert "nergens.txt" in report.refused("import", missing, code=4)["message"]
    assert report.refused("attach", KENMERK, missing, code=4)["code"] == "omgeving"
    report.refused("list", "--definitions", missing, code=4)
    report.refused("definitions", "check", missing, code=4)
    (tmp_path / "tekst.db").write_text("dit is geen database, maar wel lang genoeg om te lezen")
    for url in (
        f"sqlite:///{tmp_path / 'tekst.db'}",
        f"sqlite:///{tmp_path}",
        f"sqlite:///{tmp_path / 'geen' / 'map.db'}",
        "mysql://localhost/x",
        "sqlite://",
        "geen adres",
        "postgresql://localhost:1/x",
    ):
        report.refused("list", "--database", url, code=4)


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("show", KENMERK),
        ("actions", KENMERK),
        ("act", KENMERK, "trek_in"),
        ("history", KENMERK),
        ("council",),
        ("obligations",),
        ("meeting", "list"),
        ("audit", "verify"),
        ("attach", KENMERK, example("voorblad_24005969.txt")),
        ("backup", "kopie.db"),
        ("upgrade",),
    ],
)
def test_a_missing_database_is_not_made(empty: CommandLine, words: tuple[str, ...]) -> None:
    """Only import and new make a register; every other command says that there is none."""
    error = empty.refused(*words, code=4)

    assert "is er nog niet" in error["message"]
    assert not Path(empty.url.removeprefix("sqlite:///")).exists()


def test_rehearsing_an_import_opens_no_database(empty: CommandLine) -> None:
    """--dry-run and `definitions check` make none, and need none that works."""
    said = empty.ask("import", example("voorblad_24005969.txt"), "--dry-run")
    assert said["documents"][0]["result"] == "dry-run"
    assert not Path(empty.url.removeprefix("sqlite:///")).exists()
    broken = CommandLine(url="postgresql://localhost:1/x")
    assert broken.run("import", example("voorblad_24005969.txt"), "--dry-run").code == 0
    assert broken.run("definitions", "check").code == 0


def test_fixed_day_is_refused_in_a_real_register(empty: CommandLine, tmp_path: Path) -> None:
    """Rehearsing and working never mix; the other way round is allowed."""
    real = empty.on(None)
    real.ask("import", example("voorblad_24005969.txt"))
    error = empty.on("2024-06-27").refused("list")
    assert (error["code"], "--today" in error["message"]) == ("strijdig", True)
    event = real.ask("history", KENMERK)["events"][0]
    assert (event["rehearsal"], event["at"]) == (False, event["recorded_at"])
    real.verified()


def test_a_fixed_day_marks_its_events(report: CommandLine) -> None:
    """`at` is that day at the present time, `recorded_at` the true clock."""
    event = report.ask("history", KENMERK)["events"][0]

    assert event["at"].startswith("2024-06-12T")
    assert event["at"].endswith("Z")
    assert event["recorded_at"] > "2025"
    assert event["rehearsal"] is True


# --- help ----------------------------------------------------------------------------


def test_every_command_has_help(report: CommandLine) -> None:
    """Each with its options; nothing is left in English."""
    said = CommandLine(url=report.url, today=None).run("--help")
    assert said.code == 0
    names = [
        *("import", "new", "attach", "list", "show", "actions", "act", "history", "council"),
        *("obligations", "meeting", "reminders", "audit", "definitions", "backup", "upgrade"),
        *("serve", "worker", "demo"),
    ]
    for name in names:
        assert name in said.out
        text = report.run(name, "--help")
        assert text.code == 0
        assert "Gebruik:" in text.out
        assert "Usage" not in text.out
        assert "Show this" not in text.out


def commands(group: click.Command) -> Iterator[click.Command]:
    """The command and all below it."""
    yield group
    for one in getattr(group, "commands", {}).values():
        yield from commands(one)


@pytest.mark.parametrize("one", list(commands(besluitroute)), ids=lambda one: str(one.name))
def test_each_option_says_its_default(one: click.Command) -> None:
    """Required, or with a default in its help; and no word of the library's own English."""
    text = one.get_help(click.Context(one))

    assert not [word for word in ("required", "default:", "Usage", "TEXT") if word in text]
    for option in (param for param in one.params if isinstance(param, click.Option)):
        said = option.required or "tandaard" in (option.help or "")
        assert said, option.opts


# --- once, and only on what was seen -------------------------------------------------


def test_a_repeated_command_is_answered_as_the_first_time(report: CommandLine) -> None:
    """Act, new, attach and meeting act: twice asked is once done."""
    words = ("--command-id", "c1")
    first = report.act(KENMERK, "agendeer", *words, datum="2024-06-27")
    assert report.act(KENMERK, "agendeer", *words, "--version", "1", datum="2024-06-27") == first
    made = ("new", "--set", "onderwerp=Vervoer", "--command-id", "c2")
    assert report.ask(*made) == report.ask(*made)
    paper = ("attach", KENMERK, example("brief_21.0008702.txt"), "--command-id", "c3")
    attached = report.ask(*paper)
    report.ask("attach", KENMERK, example("brief_DOC-26016206.txt"))
    report.ask(
        "attach", KENMERK, example("voorblad_24004592.txt"), "--title", "brief_DOC-26016206.txt"
    )
    assert report.ask(*paper) == attached
    held = ("meeting", "act", "do_sd-2024-06-27", "stel_agenda_vast", "--command-id", "c4")
    assert report.ask(*held) == report.ask(*held)
    right = ("corrigeer", "--command-id", "c5")
    fixed = report.act(KENMERK, *right, event="1", kenmerk="24005970")
    assert report.act(KENMERK, *right, event="1", kenmerk="24005970") == fixed
    assert report.verified()["events"] == 8


def test_a_command_id_belongs_to_one_dossier(report: CommandLine, tmp_path: Path) -> None:
    """The id of another command answers nothing: that would hide that nothing was done."""
    report.ask("import", voorblad(tmp_path))
    report.act(KENMERK, "agendeer", "--command-id", "c1", datum="2024-06-27")

    error = report.refused("act", "24009000", "trek_in", "--command-id", "c1")

    assert error["code"] == "strijdig"
    assert report.state("24009000") == "do"


@pytest.mark.parametrize(
    "words",
    [
        ("trek_in",),
        ("agendeer", "--set", "datum=2024-07-04"),
        ("agendeer", "--set", "datum=2024-06-27", "--behandeling", "b2"),
        ("agendeer", "--set", "datum=2024-06-27", "--remark", "Op verzoek"),
        ("agendeer",),
    ],
)
def test_a_command_id_belongs_to_one_act(report: CommandLine, words: tuple[str, ...]) -> None:
    """Another act, field, row or remark under it is refused, and the first act is named."""
    once = ("--command-id", "c1")
    first = report.act(KENMERK, "agendeer", *once, datum="2024-06-27")

    error = report.refused("act", KENMERK, *words, *once)

    assert error["code"] == "strijdig"
    assert f"‘Zet op agenda’, nummer {first['event']}" in error["message"]
    assert report.show(KENMERK)["version"] == first["version"]
    same = ("--behandeling", "b1", "--set", "datum= 2024-06-27 ")
    assert report.ask("act", KENMERK, "agendeer", *once, *same) == first


def test_words_and_points_under_a_command_id_are_compared_too(report: CommandLine) -> None:
    """Words about persons stand apart from their event, and still tell one request from another."""
    line = report.on("2024-06-27")
    words = ("leg_conclusie_vast", "--command-id", "c1", "--remark", "Zie de lijst")
    points = ("--beslispunt", "1=akkoord", "--beslispunt", "2=AKKOORD mits")
    first = line.act(KENMERK, *words, *points, tekst="Akkoord")

    assert line.act(KENMERK, *words, *points, tekst=" Akkoord") == first
    for other in ("Niet akkoord", "akkoord"):
        assert "met andere gegevens" in line.no(KENMERK, *words, *points, tekst=other)
    other_points = ("--beslispunt", "1=akkoord", "--beslispunt", "2=akkoord")
    assert "met andere gegevens" in line.no(KENMERK, *words, *other_points, tekst="Akkoord")


def test_a_command_id_of_a_paper_meeting_or_new_voorstel(report: CommandLine) -> None:
    """Other bytes, another act on the meeting, another subject: all of these are refused."""
    paper = ("attach", KENMERK, "--command-id", "c1")
    report.ask(*paper, example("brief_21.0008702.txt"))
    meeting = ("meeting", "act", "do_sd-2024-06-27", "--command-id", "c2")
    report.ask(*meeting, "stel_agenda_vast")
    made = ("new", "--command-id", "c3", "--set")
    report.ask(*made, "onderwerp=Vervoer")

    for again in (
        (*paper, example("brief_DOC-26016206.txt")),
        (*meeting, "gelast_af"),
        (*made, "onderwerp=Wonen"),
        ("act", KENMERK, "trek_in", "--command-id", "c1"),
    ):
        assert report.refused(*again)["code"] == "strijdig"


@pytest.mark.parametrize("version", ["0", "1", "99"])
def test_another_version_than_the_current_one(report: CommandLine, version: str) -> None:
    """Older or newer: the answer is that somebody else was first, and what they did."""
    report.act(KENMERK, "agendeer", datum="2024-06-27")

    error = report.refused("act", KENMERK, "trek_in", "--version", version)

    assert error["code"] == "verouderd"
    assert error["details"]["current"] == 2
    assert "op de agenda" in error["message"]


def test_a_meeting_that_somebody_else_changed(report: CommandLine) -> None:
    """The seen version guards a meeting as it does a dossier."""
    meeting = ("meeting", "act", "do_sd-2024-06-27")
    report.act(KENMERK, "agendeer", datum="2024-06-27")
    report.ask(*meeting, "stel_agenda_vast")

    error = report.refused(*meeting, "gelast_af", "--version", "1")

    assert error["code"] == "verouderd"


# --- papers --------------------------------------------------------------------------


def test_a_paper_and_its_versions(report: CommandLine, tmp_path: Path) -> None:
    """Kept by hash; the same bytes again are no new version, an older text is."""
    file = tmp_path / "brief.txt"
    file.write_text("een")
    first = report.ask("attach", KENMERK, str(file), "--title", "Brief")
    assert (first["stuk"]["versie"], first["stuk"]["titel"]) == (1, "Brief")
    assert "al was" in report.refused("attach", KENMERK, str(file), "--title", "Brief")["message"]
    file.write_text("twee")
    assert report.ask("attach", KENMERK, str(file), "--title", "brief")["stuk"]["versie"] == 2
    file.write_text("een")
    assert report.ask("attach", KENMERK, str(file), "--title", "Brief")["stuk"]["versie"] == 3
    file.write_text("")
    assert "leeg" in report.refused("attach", KENMERK, str(file))["message"]
    assert [one["versie"] for one in report.show(KENMERK)["stukken"]] == [1, 2, 3]
    report.verified()


def test_a_paper_finds_its_line_on_the_voorblad(report: CommandLine, tmp_path: Path) -> None:
    """A file named as a bijlage becomes that bijlage."""
    file = tmp_path / "brief-aan-de-gemeenteraden.pdf"
    file.write_bytes(b"%PDF-1.7")

    report.ask("attach", KENMERK, str(file))

    assert report.show(KENMERK)["bijlagen"][1] == {
        "nummer": "2",
        "omschrijving": "Brief aan de gemeenteraden",
        "stuk": "p1",
    }


# --- new -----------------------------------------------------------------------------


def test_a_voorstel_without_a_document(empty: CommandLine) -> None:
    """Only a subject is needed; it gets the next number of its year, and makes the register."""
    made = empty.ask("new", "--set", "onderwerp=Regeling vervoer")
    assert made == {
        "kenmerk": "2024-0001",
        "from": None,
        "to": "concept",
        "event": 1,
        "version": 1,
    }
    assert empty.ask("new", "--set", "onderwerp=Nog een")["kenmerk"] == "2024-0002"
    dossier = empty.show("2024-0001")
    assert (dossier["datum"], dossier["route"]["id"]) == ("2024-06-12", "vrij")
    empty.verified()


def test_fields_of_a_typed_voorstel(empty: CommandLine) -> None:
    """Points by number or as lines, persons with organisation and address."""
    empty.ask(
        *("new", "--set", "onderwerp=Voortgangsrapportage", "--set", "kenmerk=24001234"),
        *("--set", "datum=3-6-2024", "--set", "verspreiden=Nee", "--set", "beslispunt_II=Ja"),
        *("--set", "contactpersoon=Pim Hagedoorn, Gemeente Huizen <p.hagedoorn@huizen.example>"),
    )
    dossier = empty.show("24001234")
    assert (dossier["datum"], dossier["verspreiden"]) == ("2024-06-03", False)
    assert dossier["route"]["id"] == "voortgangsrapportage"
    assert [one["nummer"] for one in dossier["beslispunten"]] == ["II"]
    assert dossier["contactpersonen"] == [
        {
            "naam": "Pim Hagedoorn",
            "organisatie": "Gemeente Huizen",
            "email": "p.hagedoorn@huizen.example",
        }
    ]
    empty.ask(
        *("new", "--set", "onderwerp=x", "--set", "kenmerk=2", "--set", "beslispunten=een; twee"),
        *("--set", "contactpersonen=Pim Hagedoorn", "--set", "email=p.hagedoorn@regio.example"),
    )
    second = empty.show("2")
    assert [one["tekst"] for one in second["beslispunten"]] == ["een", "twee"]
    assert second["emails"] == ["p.hagedoorn@regio.example"]
