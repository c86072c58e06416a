"""The clock's tick sends what is due, beside the pages or alone, and ends when asked."""

import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.reminding import REPORT, Reminding, reminding
from workflow.domain.errors import Conflict
from workflow.worker import background_ticker

PATIENCE = 30.0  # seconds; a busy machine starts slowly


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where mail is written."""
    return tmp_path / "post"


def rehearsed(url: str, folder: Path) -> None:
    """A register to rehearse with, in which a reminder is due on 13 June 2024."""
    with reminding(url, folder, since="2024-06-12") as made:
        made.rehearsing("2024-06-12").read(REPORT)


def wait_for_mail(folder: Path) -> None:
    """Until the first mail is there."""
    until = time.monotonic() + PATIENCE
    while not list(folder.glob("*.eml")):
        assert time.monotonic() < until, "no mail came"
        time.sleep(0.05)


def test_beside_the_pages_it_ticks_at_once(tmp_path: Path, folder: Path) -> None:
    """`serve` starts it; what is due leaves without waiting a minute."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, folder, since="2024-06-12") as made:
        opened = made.read(REPORT).at("2024-06-13").opened
        ticker = background_ticker(opened, every=timedelta(hours=1))
        ticker.start()
        wait_for_mail(folder)
        ticker.stop()

        assert Reminding(opened, folder).lines("queued") == []


def test_a_draft_that_cannot_be_made_stops_no_mail(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cycle that is defined wrongly is logged; who had to hear something, hears it."""
    monkeypatch.setattr("workflow.worker.make_due_drafts", _fails)
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, folder, since="2024-06-12") as made:
        opened = made.read(REPORT).at("2024-06-13").opened
        ticker = background_ticker(opened, every=timedelta(hours=1))
        ticker.start()
        wait_for_mail(folder)
        ticker.stop()

        assert Reminding(opened, folder).lines("queued") == []


def _fails(_: object) -> None:
    """A draft that cannot be made."""
    raise Conflict("Dit kan niet.")


def test_a_tick_that_fails_does_not_end_the_clock(tmp_path: Path, folder: Path) -> None:
    """The database was away for a moment; the next tick finds it again."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, folder, since="2024-06-12") as made:
        opened = made.read(REPORT).at("2024-06-13").opened
        failures = iter([True])
        clock = opened.session.clock

        def faltering() -> object:
            if next(failures, False):
                raise OSError("de schijf is even weg")
            return clock()

        session = replace(opened.session, clock=faltering)  # type: ignore[arg-type]
        ticker = background_ticker(replace(opened, session=session), every=timedelta(seconds=1))
        ticker.start()
        wait_for_mail(folder)
        ticker.stop()


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_ends_cleanly_when_asked(
    database_url: str, folder: Path, tmp_path: Path, asked: signal.Signals
) -> None:
    """After the mail at hand, with exit code 0 and no traceback; the mail is on record as sent."""
    rehearsed(database_url, folder)
    command = [sys.executable, "-m", "workflow", "--database", database_url]
    process = subprocess.Popen(
        [*command, "--today", "2024-06-13", "worker"],
        env={"BESLUITROUTE_MAIL_FOLDER": str(folder), "BESLUITROUTE_GO_LIVE": "2024-06-12"},
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for_mail(folder)
        process.send_signal(asked)
        _, complaints = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()

    assert process.returncode == 0
    assert complaints == ""
    with reminding(database_url, folder, since="2024-06-13") as made:
        assert [one[1] for one in made.lines("sent")] == ["stukken_onvolledig"]
