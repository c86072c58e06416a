"""Running cases to a new version of their route: previewed, recorded, resumed, taken back."""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.tools.postgres import Postgres
from tests.walk.command_line import CommandLine
from tests.walk.crowd import ALL, OWN_STEP, ROUND_RUNS, ROUTE, V2, session_on, twenty_cases
from tests.walk.versions import Folder
from workflow.domain.errors import NotPermitted
from workflow.domain.permissions import Actor, Role
from workflow.services.migration import migrate, preview
from workflow.services.migration_plan import Migration

MADE, MOVED, BACK = "2024-06-12", "2024-06-20", "2024-06-27"
REASON = "Het BO Z&V adviseert voortaan mee"
UP = ("definitions", "migrate", ROUTE, "--from", "1", "--to", "2", "--reason", REASON)
DOWN = ("definitions", "migrate", ROUTE, "--from", "2", "--to", "1", "--reason", "Toch niet")
CHILD = """
import sys
from tests.walk.crowd import ROUTE, session_on
from workflow.services.migration import migrate
from workflow.services.migration_plan import Migration

def progress(done, total):
    if done == 7:
        print("seven", flush=True)
        sys.stdin.read()

with session_on(sys.argv[1], "2024-06-20", sys.argv[2]) as session:
    migrate(session, Migration(route=ROUTE, old=1, new=2, reason="x"), progress=progress)
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with twenty cases, made once."""
    file = tmp_path_factory.mktemp("crowd") / "twintig.db"
    with session_on(f"sqlite:///{file}", MADE) as session:
        twenty_cases(session)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Definitions with a second version of the route."""
    made = Folder(tmp_path / "regio")
    made.next_version(ROUTE, *V2)
    return made


@pytest.fixture
def line(template: Path, folder: Folder, tmp_path: Path) -> CommandLine:
    """The register of twenty cases, on the day that version 2 is there."""
    copy = shutil.copyfile(template, tmp_path / "besluitroute.db")
    return CommandLine(url=f"sqlite:///{copy}", today=MOVED).under(folder.path)


@pytest.fixture(params=("sqlite", "postgresql"))
def either(
    request: pytest.FixtureRequest, line: CommandLine, folder: Folder
) -> Iterator[CommandLine]:
    """The same on either database."""
    if request.param == "sqlite":
        yield line
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create_database()
    with session_on(url, MADE) as session:
        twenty_cases(session)
    yield CommandLine(url=url, today=MOVED).under(folder.path)
    server.drop_database(url)


def walks(line: CommandLine) -> dict[str, Any]:
    """Of a case at each place: where it is, its steps, and the acts that it permits."""
    found = {}
    for kenmerk in (ALL[0], ALL[12], ALL[15]):
        view = line.show(kenmerk)
        acts = [
            (one["action"], one["target"])
            for one in line.ask("actions", kenmerk)["actions"]
            if one["permitted"]
        ]
        steps = [(step["id"], step["doel"], step["status"]) for step in view["stappen"]]
        open_rows = [row for row in view["behandelingen"] if row["state"] == "gepland"]
        found[kenmerk] = (view["state"], view["route"], steps, open_rows, acts)
    return found


def migrations(line: CommandLine, kenmerk: str) -> int:
    """How often a case was migrated."""
    events = line.ask("history", kenmerk)["events"]
    return sum(one["type"] == "migreer" for one in events)


def test_twenty_run_eighteen_can_two_stay_with_their_reason(either: CommandLine) -> None:
    """They stay until asked; the preview says what happens; then 18 move, and back again."""
    line = either
    assert line.show(ALL[0])["route"]["version"] == 1
    before = walks(line)

    shown = line.ask(*UP[:-2], "--dry-run")
    assert shown["totals"] == {"kan": 18, "kan_niet": 2}
    assert [one["kenmerk"] for one in shown["voorstellen"] if one["reasons"]] == [
        OWN_STEP,
        ROUND_RUNS,
    ]
    assert walks(line) == before

    done = line.ask(*UP)
    assert done["totals"] == {"gemigreerd": 18, "niet_gemigreerd": 2}
    assert line.ask("history", ALL[0])["events"][-1]["remark"] == REASON
    assert [step["id"] for step in line.show(ALL[0])["stappen"]] == ["do", "bo", "pfho", "raden"]
    then = line.show(ALL[0], "--as-of", MADE)
    assert (then["route"]["version"], len(then["stappen"])) == (1, 3)
    line.verified()

    back = line.on(BACK)
    assert back.ask(*DOWN)["totals"] == {"gemigreerd": 18, "niet_gemigreerd": 0}
    assert walks(back) == before
    back.verified()


def test_preview_says_what_happens_to_each_case(line: CommandLine) -> None:
    """In words, with the step's overleg and doel; a step that is passed is said to be."""
    shown = {one["kenmerk"]: one for one in line.ask(*UP, "--dry-run")["voorstellen"]}

    assert shown[ALL[0]]["changes"] == [
        "Stap ‘bo’ (Bestuurlijk Overleg Zorg en Veiligheid, adviseren) komt erbij, na ‘do’.",
        "Bij stap ‘pfho’ (Portefeuillehoudersoverleg Sociaal Domein "
        "Gezondheid & Ondersteuning, instemmen) "
        "verandert het doel.",
        "Bij stap ‘raden’ (Gemeenteraden, informeren) verandert wanneer de stap klaar is.",
    ]
    at_pfho = shown[ALL[12]]
    assert at_pfho["from"] == at_pfho["to"] == "pfho"
    assert "maar daar is het voorstel al voorbij" in at_pfho["changes"][0]
    assert "heeft zelf al een stap ‘bo’" in shown[OWN_STEP]["reasons"][0]
    assert "De ronde langs de gemeenten is begonnen" in shown[ROUND_RUNS]["reasons"][0]
    text = line.run(*UP[:-2], "--dry-run").out
    assert "Kan: 18" in text
    assert "Kan niet: 2" in text


def test_case_walks_on_along_its_new_route(line: CommandLine) -> None:
    """After the DO comes the BO, then the PFHO with its new doel; the history holds."""
    line.ask(*UP)
    line.act(ALL[0], "leg_conclusie_vast", "--happened", MOVED, conclusie="akkoord")
    assert line.state(ALL[0]) == "bo"
    line.act(ALL[0], "leg_conclusie_vast", "--happened", MOVED, conclusie="akkoord")
    row = next(r for r in line.show(ALL[0])["behandelingen"] if r["aan_de_beurt"])

    assert (line.state(ALL[0]), row["doel"]) == ("pfho", "instemmen")
    number = line.ask("history", ALL[1])["events"][-1]["seq"]
    told = line.no(ALL[1], "corrigeer", event=str(number), onderwerp="Anders")
    assert "Een migratie draait u terug" in told
    refused = {one["kenmerk"]: one["reasons"] for one in line.ask(*DOWN)["voorstellen"]}
    assert "is al een conclusie vastgelegd" in refused[ALL[0]][0]
    assert refused[ALL[1]] == []
    line.verified()


def test_killed_in_the_middle_it_is_resumed(line: CommandLine, folder: Folder) -> None:
    """What was done stays done, each case once; asking again does the rest."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, line.url, str(folder.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "seven\n"
    child.kill()
    child.communicate()

    assert line.ask(*UP)["totals"] == {"gemigreerd": 11, "niet_gemigreerd": 2}
    assert line.ask(*UP)["totals"] == {"gemigreerd": 0, "niet_gemigreerd": 2}
    assert [migrations(line, one) for one in (ALL[0], ALL[6], ALL[7], OWN_STEP)] == [1, 1, 1, 0]
    line.verified()


def test_two_migrations_at_once_move_each_case_once(either: CommandLine) -> None:
    """Together they do all of it; what the other did is said to be done."""
    asked = Migration(route=ROUTE, old=1, new=2, reason=REASON)

    def run(_number: int) -> list[tuple[str, bool]]:
        with session_on(either.url, MOVED, either.definitions) as session:
            done = migrate(session, asked)
            return [(one.case.kenmerk, one.possible) for one in done.outcomes]

    with ThreadPoolExecutor(2) as pool:
        found = [one for part in pool.map(run, range(2)) for one in part]

    moved = Counter(kenmerk for kenmerk, possible in found if possible)
    assert len(moved) == 18
    assert set(moved.values()) == {1}
    either.verified()


def test_confirmed_preview_that_is_no_longer_true_moves_nothing(line: CommandLine) -> None:
    """Who confirms eighteen must not get another eighteen."""
    asked = Migration(route=ROUTE, old=1, new=2, reason=REASON)
    with session_on(line.url, MOVED, line.definitions) as session:
        seen = preview(session, asked).seen
        line.act(ALL[0], "trek_in")
        with pytest.raises(Exception, match="intussen aan deze voorstellen gewerkt"):
            migrate(session, asked, seen=seen)
        assert migrations(line, ALL[1]) == 0
        assert migrate(session, asked, seen=preview(session, asked).seen).possible == 17


def test_renamed_step_takes_its_cases_along_and_back(line: CommandLine, folder: Folder) -> None:
    """With a mapping; the way back needs none, for the history says what became of what."""
    folder.change(f"routes/{ROUTE}_2.yaml", "stap: do,", "stap: directie,")
    stays = line.ask(*UP, "--dry-run")["totals"]
    assert stays == {"kan": 3, "kan_niet": 17}  # only a concept has nothing at that step yet
    before = walks(line)

    assert line.ask(*UP, "--map", "do=directie")["totals"]["gemigreerd"] == 18
    assert line.state(ALL[0]) == "directie"
    assert line.row(ALL[12], "b1")["conclusie_code"] == "akkoord"
    assert line.ask(*DOWN)["totals"]["gemigreerd"] == 18
    assert walks(line) == before
    line.verified()


def test_only_who_manages_definitions_may_migrate(line: CommandLine) -> None:
    """The service says so, whatever page or command asks."""
    asked = Migration(route=ROUTE, old=1, new=2, reason=REASON)
    with session_on(line.url, MOVED, line.definitions) as session:
        clerk = replace(session, actor=Actor(name="Kim", roles=frozenset({Role.SECRETARIAAT})))
        for act in (preview, migrate):
            with pytest.raises(NotPermitted, match="definities beheren"):
                act(clerk, asked)
    assert migrations(line, ALL[0]) == 0


def test_what_cannot_be_asked_is_refused_whole(line: CommandLine) -> None:
    """An unknown route, version or step, one place for two, no reason: nothing is moved."""
    base = ("definitions", "migrate", ROUTE, "--from", "1", "--to")
    assert "Route ‘x’ is niet gevonden" in line.refused(*UP[:2], "x", *UP[3:])["message"]
    assert "Bekend zijn: 1, 2" in line.refused(*base, "3", "--reason", "x")["message"]
    assert "kies een andere versie" in line.refused(*base, "1", "--reason", "x")["message"]
    assert "Wel: do, pfho, raden" in line.refused(*UP, "--map", "ao=bo")["message"]
    assert "op één plaats: bo" in line.refused(*UP, "--map", "do=bo", "--map", "pfho=bo")["message"]
    assert "De reden is verplicht" in line.refused(*base, "2")["message"]
    assert line.run(*UP, "--map", "do").code == 2
    assert line.run(*UP, "--map", "do=do", "--map", "do=bo").code == 2
    assert migrations(line, ALL[0]) == 0
