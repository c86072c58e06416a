"""What the first page tells a reader to type does what it says."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.rules import source
from workflow.cli.app import run

NOT_HERE = ("make", ".", "git")  # set-up itself: another test's work
STEP = re.compile(r"^\$ (?P<command>.*?)(?:  # exit code (?P<code>\d))?$", flags=re.MULTILINE)


def _steps() -> list[tuple[list[str], int]]:
    """The commands of the README in order, each with the exit code that it promises."""
    blocks = re.findall(r"^```console\n(.*?)^```", source.text(Path("README.md")), re.M | re.S)
    found = [match for block in blocks for match in STEP.finditer(block)]
    steps = [(shlex.split(match["command"]), int(match["code"] or 0)) for match in found]
    return [(words, code) for words, code in steps if words[0] not in NOT_HERE]


def test_a_first_reader_can_type_what_the_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command of the first page ends as promised, one after the other."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "definitions").symlink_to(source.ROOT / "definitions")

    for words, code in _steps():
        if words[0] == "export":
            for assignment in words[1:]:
                monkeypatch.setenv(*assignment.split("=", 1))
        elif words[0] == "besluitroute":
            assert run(words[1:]) == code, words
        else:
            assert subprocess.run(words, check=False).returncode == code, words

    assert {"proef.db", "kopie.db", "mijn-regio"} <= {path.name for path in tmp_path.iterdir()}
