"""Workers killed and paused while reminders fall due: none twice, none lost, each doubt listed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from types import TracebackType
from typing import Self

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from notifications.delivery import DeliverySettings, deliver
from tests.notifications.servers import Server
from tests.rules import source
from tests.soak.killing import assert_no_mail_twice
from tests.soak.postmen import LEASE, Round, a_mail, channel_of, outbox_of
from workflow.bootstrap import now
from workflow.history.verify import verify
from workflow.storage.database import open_engine
from workflow.storage.mail_desk import SqlMailDesk
from workflow.storage.migrate import migrate
from workflow.storage.stored_history import stored_history

LONGEST = 0.12  # seconds between a sign of life and a blow at most
ASLEEP = 1.0  # seconds that a paused worker may keep all others waiting
PATIENCE = 60.0  # seconds until a sign of life
PAUSED = 0.3  # the part of the blows that only pause a worker


class Workers:
    """Processes that share one outbox; one that is killed is replaced."""

    def __init__(self, url: str, post_office: Server, *, total: int, seed: int) -> None:
        self._url, self._post_office, self._total = url, post_office, total
        self._chance = random.Random(seed)  # noqa: S311
        self._awake: list[int] = []
        self._paused: list[int] = []

    def __enter__(self) -> Self:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.postmen"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=source.ROOT,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pid in (*self._awake, *self._paused):
            signalled(pid, signal.SIGKILL)
        self._program.kill()
        self._program.communicate()

    def start(self) -> None:
        """One more worker, which derives from somewhere on."""
        first = self._chance.randrange(self._total)
        port = self._post_office.port
        asked = Round(url=self._url, smtp_port=port, first=first, total=self._total)
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.write(asked.as_line())
        self._program.stdin.flush()
        self._awake.append(int(self._program.stdout.readline()))

    def blow(self) -> None:
        """Kill or pause one of them in the middle; who was paused goes on after its lease ended."""
        self._wait_for_mail()
        time.sleep(self._chance.uniform(0, LONGEST))
        while self._paused and self._chance.random() < 0.5:
            self._wake()
        pid = self._awake.pop(self._chance.randrange(len(self._awake)))
        if self._awake and self._chance.random() < PAUSED:
            signalled(pid, signal.SIGSTOP)
            self._paused.append(pid)
            return
        signalled(pid, signal.SIGKILL)
        self.start()

    def _wait_for_mail(self) -> None:
        """They are under way, however busy this machine is.

        A paused one may hold the lock that the others wait for; after a while all go on.
        """
        seen, begun = len(self._post_office.verbs), time.monotonic()
        while len(self._post_office.verbs) == seen:
            waited = time.monotonic() - begun
            assert waited < PATIENCE, "no worker sends anything"
            while waited > ASLEEP and self._paused:
                self._wake()
            time.sleep(0.002)

    def _wake(self) -> None:
        """The one that was paused first goes on."""
        self._awake.append(self._paused.pop(0))
        signalled(self._awake[-1], signal.SIGCONT)


def signalled(pid: int, number: signal.Signals) -> None:
    """Send a signal to a worker that may have gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def campaign(url: str, *, workers: int, blows: int, total: int, seed: int, drain: bool) -> None:
    """Workers start, are struck, and are looked at: the outbox, the server and the history."""
    engine = open_engine(url)
    migrate(engine)
    with Server() as post_office:
        with Workers(url, post_office, total=total, seed=seed) as crowd:
            for _ in range(workers):
                crowd.start()
            for _ in range(blows):
                crowd.blow()
        time.sleep(LEASE.total_seconds())
        finish(url, post_office, total=total, drain=drain)
        assert_nothing_lost(engine, post_office, total=total)
        if drain:
            assert "queued" not in statuses(engine)
    engine.dispose()


def finish(url: str, post_office: Server, *, total: int, drain: bool) -> None:
    """A last worker that nobody disturbs: it derives all, settles, and when asked sends all."""
    outbox = outbox_of(url)
    outbox.put([a_mail(number) for number in range(total)], now=now())
    calm = DeliverySettings(enabled=drain, per_run=total)
    deliver(outbox, channel_of(post_office.port), settings=calm, clock=now)


def assert_nothing_lost(engine: Engine, post_office: Server, *, total: int) -> None:
    """Each reminder has one row; what may have arrived twice did not; each doubt is listed."""
    assert_no_mail_twice(engine, post_office.received)
    found = statuses(engine)
    assert found.keys() <= {"sent", "unsure", "queued"}
    assert sum(found.values()) == total
    doubts = SqlMailDesk(engine).open_questions()
    assert {one.mail.status for one in doubts} <= {"unsure"}
    assert len(doubts) == found["unsure"]
    assert len(post_office.received) - found["sent"] <= found["unsure"]
    with engine.connect() as connection:
        streams = Counter(connection.execute(sa.text("SELECT stream FROM event")).scalars())
    assert set(streams.values()) <= {1}
    assert len(streams) == found["sent"] > 0
    with stored_history(engine) as history:
        report = verify(history)
    assert report.ok, report.problems


def statuses(engine: Engine) -> Counter[str]:
    """How many mails have each status."""
    with engine.connect() as connection:
        query = sa.text("SELECT status, count(*) AS n FROM outbox GROUP BY status")
        return Counter({row.status: row.n for row in connection.execute(query)})


@pytest.mark.parametrize(
    ("database_url", "workers", "blows"),
    [("sqlite", 2, 25), ("postgresql", 2, 10), ("postgresql", 4, 15)],
    indirect=["database_url"],
)
def test_struck_workers_send_nothing_twice_and_lose_nothing(
    database_url: str, workers: int, blows: int
) -> None:
    """Fifty blows on three crowds, while two thousand reminders fall due."""
    campaign(database_url, workers=workers, blows=blows, total=2_000, seed=blows, drain=False)


@pytest.mark.soak
@pytest.mark.parametrize(
    ("database_url", "workers", "blows"),
    [("sqlite", 2, 1_000), ("postgresql", 2, 100), ("postgresql", 4, 100)],
    indirect=["database_url"],
)
def test_struck_workers_send_nothing_twice_and_lose_nothing_for_long(
    database_url: str, workers: int, blows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand blows on SQLite, two hundred on PostgreSQL; ten thousand reminders, all sent."""
    monkeypatch.setattr("notifications.smtp.PAUSE_BEFORE_DOT", 0.0005)  # of the last worker only
    campaign(database_url, workers=workers, blows=blows, total=10_000, seed=blows, drain=True)
