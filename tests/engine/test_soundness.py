"""A definition that could strand a voorstel is refused, with the shortest course that shows it."""

import sys

import pytest

from tests.engine.folders import reading_with, spoiled
from workflow.bootstrap import registries
from workflow.engine import check_soundness
from workflow.engine.check import judge
from workflow.engine.explore import explore

RADEN = "machines/raadsinformatie.yaml"
VOORSTEL = "machines/voorstel.yaml"
ROUTE = {
    "route": "gemaakt",
    "versie": 1,
    "titel": "Een gemaakte route",
    "stappen": [{"stap": "do", "overleg": "do_sd", "doel": "adviseren"}],
}


def test_the_course_that_shows_a_dead_end_is_told() -> None:
    """A voorstel that can never be closed is left standing after its last conclusion."""
    report = judge(spoiled(VOORSTEL, "van: [ingediend, '@stap']\n    naar: afgerond",
                           "van: [ingediend]\n    naar: afgerond"), registries())  # fmt: skip

    found = [one for one in report.problems if one.code == "doodlopend"]
    assert found
    assert all(one.path[0].startswith(("Dien in", "Leg feiten vast")) for one in found)
    assert all(" → ".join(one.path) in one.message for one in found)
    assert found[0].as_json()["path"] == list(found[0].path)


def test_a_walk_that_was_stopped_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not looked at is never passed over in silence, and is no fault either."""
    monkeypatch.setattr(
        check_soundness, "explore", lambda start, rules: explore(start, rules, limit=3)
    )
    monkeypatch.setattr(check_soundness, "_verdicts", {})

    report = judge(reading_with(ROUTE), registries())

    assert report.ok
    assert {one.code for one in report.notices} == {"niet_alles_nagegaan"}
    assert "notices" in report.as_json()


def test_nothing_in_a_definition_is_ever_run() -> None:
    """A command in every place where a text can stand starts no process and imports nothing."""
    seen: list[str] = []
    watching = True

    def watch(event: str, _args: object) -> None:
        if watching and event in ("os.system", "subprocess.Popen", "os.exec", "exec", "compile"):
            seen.append(event)

    sys.addaudithook(watch)
    command = "os.system"
    step = {"stap": "do", "overleg": "do_sd", "doel": "adviseren", "voorwaarde": [command]}
    route = {**ROUTE, "titel": command, "bron": command, "before": command, "stappen": [step]}

    report = judge(reading_with(route), registries())
    watching = False

    assert not report.ok
    assert seen == []
