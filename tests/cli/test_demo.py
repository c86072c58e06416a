"""The demo makes its own register anew, and never touches somebody else's."""

from pathlib import Path

import pytest

from tests.rules import source
from workflow.cli.app import run

EXAMPLES = source.ROOT / "definitions" / "regio_gv" / "voorbeelden"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Databases stand in the test's own folder."""
    monkeypatch.chdir(tmp_path)


def test_the_demo_starts_anew_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Who tried something in the demo has a fresh one at the next start."""
    assert run(["demo", "--no-serve"]) == 0
    demo = ["--database", "sqlite:///besluitroute-demo.db", "--today", "2024-10-15"]
    assert run(["act", "24007428", "trek_in", "--remark", "om te proberen", *demo]) == 0
    assert run(["demo", "--no-serve"]) == 0
    capsys.readouterr()

    assert run(["list", "--open", *demo]) == 0
    assert "24007428" in capsys.readouterr().out
    assert run(["audit", "verify", *demo]) == 0


def test_the_demo_refuses_a_register_that_it_did_not_make(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A real dossier may bear the kenmerk of an example: it is still not the demo's to wipe."""
    mine = ["--database", "sqlite:///mijn.db"]
    paper = str(EXAMPLES / "voorblad_24005969.txt")
    assert run(["import", paper, *mine, "--today", "2024-06-12"]) == 0

    assert run(["demo", "--no-serve", *mine]) == 1

    assert "niet van de demo" in capsys.readouterr().err
    assert run(["history", "24005969", *mine, "--today", "2024-06-12"]) == 0
    assert "las het voorblad in" in capsys.readouterr().out
