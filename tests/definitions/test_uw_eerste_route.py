"""The tutorial for functional managers: who types it over gets what it says."""

import io
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from tests.engine.organisation import SHIPPED
from workflow.cli.app import run

TUTORIAL = SHIPPED.parent / "uw_eerste_route.md"
BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S
)
COMMAND = re.compile(r"^\$ (?P<words>.*?)(?:  # antwoord (?P<code>\d):.*)?$")


def _blocks() -> list[re.Match[str]]:
    """The files to write and the commands to type, in order."""
    return list(BLOCK.finditer(TUTORIAL.read_text(encoding="utf-8")))


def _typed(text: str) -> Iterator[tuple[list[str], int, list[str]]]:
    """Each command of a block with its exit code and the answer that the page shows."""
    words, code, shown = [""], 0, list[str]()
    for line in [*text.splitlines(), "$ end"]:
        if found := COMMAND.match(line):
            if words != [""]:
                yield words, code, shown
            words, code, shown = shlex.split(found["words"]), int(found["code"] or 0), []
        elif line.strip():
            shown.append(line.strip())


def _do(words: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Type one command: its exit code and what it says."""
    if words[0] == "cp":
        shutil.copytree(words[-2], words[-1])
        return 0, ""
    if words[0] == "export":
        monkeypatch.setenv(*words[1].split("=", 1))
        return 0, ""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = run(words[1:])
    return code, said.getvalue()


def test_the_tutorial_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is written and every command typed, one after the other, to the end."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "definitions").symlink_to(SHIPPED.parent)
    typed = 0

    for block in _blocks():
        if block["file"]:
            Path(block["file"]).write_text(block["text"], encoding="utf-8")
            continue
        for words, code, shown in _typed(block["text"]):
            ended, said = _do(words, monkeypatch)
            assert ended == code, (words, said)
            assert [line for line in shown if line not in said] == [], (words, said)
            typed += 1

    assert typed > 20
    assert Path("subsidieregeling.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_every_block_is_a_file_or_commands() -> None:
    """No example stands loose: what a reader sees, the test does."""
    assert all(bool(block["file"]) != (block["kind"] == "console") for block in _blocks())
    assert len(_blocks()) > 12
