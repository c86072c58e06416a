"""The program as its users start it: real processes, real pipes, awkward terminals."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.walk.command_line import CommandLine, example

KENMERK = "24005969"


def started(
    *words: bytes | str, folder: Path, encoding: str = "utf-8", **more: str
) -> subprocess.CompletedProcess[bytes]:
    """One process, in its own folder, with only the environment that is given."""
    environment = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": encoding, **more}
    return subprocess.run(
        [sys.executable, "-m", "workflow", *words],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_default_register_lies_in_the_working_directory(tmp_path: Path) -> None:
    """Without any option: besluitroute.db here, the real day, the user of the computer."""
    made = started("import", example("voorblad_24005969.txt"), "--json", folder=tmp_path)
    assert (made.returncode, made.stderr) == (0, b"")
    assert json.loads(made.stdout)["documents"][0]["result"] == "created"
    assert (tmp_path / "besluitroute.db").exists()

    shown = started("history", KENMERK, "--json", folder=tmp_path, LOGNAME="fleur")
    event = json.loads(shown.stdout)["events"][0]
    assert (event["rehearsal"], event["actor_unverified"]) == (False, True)
    verified = started("audit", "verify", folder=tmp_path)
    assert (verified.returncode, verified.stdout[:14]) == (0, b"Niet gewijzigd")


def test_a_terminal_that_knows_few_signs(report: CommandLine, tmp_path: Path) -> None:
    """In ASCII the answer is still complete, and JSON is still JSON."""
    line = ("--database", report.url, "--today", "2024-06-27")
    words = ("act", KENMERK, "leg_conclusie_vast", "--set", "conclusie=akkoord")
    acted = started(*line, *words, "--set", "tekst=één ’t", folder=tmp_path, encoding="ascii")
    assert (acted.returncode, acted.stderr) == (0, b"")

    shown = started(*line, "show", KENMERK, "--json", folder=tmp_path, encoding="ascii")

    rows = json.loads(shown.stdout)["behandelingen"]
    assert rows[0]["conclusie"] == "één ’t"


@pytest.mark.parametrize("words", [(b"show", b"\xff\xfe"), (b"\xff",), (b"list", b"--as", b"\xff")])
def test_bytes_that_are_no_text(
    report: CommandLine, tmp_path: Path, words: tuple[bytes, ...]
) -> None:
    """Such a command line cannot be read: exit code 2, without a traceback."""
    said = started(*words, "--json", "--database", report.url, folder=tmp_path)

    assert (said.returncode, said.stderr) == (2, b"")
    assert json.loads(said.stdout)["error"]["code"] == "aanroep"


def test_a_reader_that_goes_away(report: CommandLine, tmp_path: Path) -> None:
    """`besluitroute … | head` ends quietly."""
    command = [sys.executable, "-m", "workflow", "--database", report.url, "history", KENMERK]
    root = str(Path(__file__).resolve().parents[2])
    with subprocess.Popen(
        [*command, "--json"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        error = process.stderr.read()
        code = process.wait(timeout=60)

    assert (code, error) == (0, b"")


def test_interrupting_it(tmp_path: Path) -> None:
    """Ctrl-C ends without a traceback."""
    pipe = tmp_path / "wacht"
    os.mkfifo(pipe)
    root = str(Path(__file__).resolve().parents[2])
    with subprocess.Popen(
        [sys.executable, "-m", "workflow", "import", "--dry-run", str(pipe)],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        writer = os.open(pipe, os.O_WRONLY)  # returns when the program has opened the other end
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=60)
        os.close(writer)

    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in error


def test_help_answers_without_the_heavy_libraries(tmp_path: Path) -> None:
    """What only explains, loads no database and no state machine."""
    code = (
        "import sys; from workflow.cli.app import run; run(['act', '--help']);"
        "sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'transitions', 'pydantic')))"
    )
    root = str(Path(__file__).resolve().parents[2])

    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": root},
        capture_output=True,
        check=False,
    )

    assert said.returncode == 0, said.stderr


def test_same_act_asked_by_many_at_once(report: CommandLine, tmp_path: Path) -> None:
    """Four processes with one command id: one event, and the same answer for all."""
    words = ("act", KENMERK, "leg_conclusie_vast", "--set", "conclusie=akkoord", "--json")
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-m", "workflow", "--database", report.url]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": root,
        "BESLUITROUTE_TODAY": "2024-06-27",
    }
    running = [
        subprocess.Popen(
            [*command, *words, "--command-id", "samen"], env=environment, stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]
    answers = [process.communicate(timeout=60)[0] for process in running]

    assert [process.returncode for process in running] == [0] * 4
    assert len(set(answers)) == 1
    assert json.loads(answers[0])["event"] == 2
    assert report.verified()["events"] == 2
