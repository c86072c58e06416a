"""kill -9 in the middle of acts and of mail: what was answered stays, nothing is half done."""

import random
from pathlib import Path

import pytest

from tests.notifications.servers import Server
from tests.soak.killing import (
    Ledger,
    Nursery,
    assert_no_mail_twice,
    assert_promises_kept,
    kill_after,
)
from tests.soak.nursery import Errand
from tests.soak.walks import opened, plan, read_in, settings

LONGEST = 0.45  # seconds that a worker lives at most


def test_nothing_answered_is_lost_by_kill_9(tmp_path: Path) -> None:
    """Thirty workers are killed while they act and send; the register stands as they promised."""
    campaign(tmp_path, kills=30, seed=1)


@pytest.mark.soak
def test_nothing_answered_is_lost_by_kill_9_for_long(tmp_path: Path) -> None:
    """The same, three hundred times."""
    campaign(tmp_path, kills=300, seed=2)


def campaign(folder: Path, *, kills: int, seed: int) -> None:
    """Start a worker, kill it, look; the next one begins where nothing is known."""
    chance = random.Random(seed)  # noqa: S311
    url = f"sqlite:///{folder / 'besluitroute.db'}"
    register = opened(settings(url))
    kenmerken = read_in(register, count=8 + kills // 3)
    ledger = Ledger(plan(kenmerken))
    with Nursery() as nursery, Server() as post_office:
        for turn in range(kills):
            errand = Errand(
                url=url,
                kenmerken=kenmerken,
                first=ledger.next,
                turn=turn,
                smtp_port=post_office.port,
            )
            pid = nursery.start(errand)
            timer = kill_after(pid, chance.uniform(0, LONGEST))
            for words in nursery.lines():
                if words[0] == "gone":
                    break
                ledger.note(words)
            timer.cancel()
            assert not ledger.over, "the plan is too short to be killed this often"
            assert_promises_kept(register.engine, ledger)
            assert_no_mail_twice(register.engine, post_office.received)
        assert len(ledger.promised) > kills
        assert len(post_office.received) > kills // 10
    register.engine.dispose()
