"""Kills what works on a register, and looks whether anything promised was lost."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Timer
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from notifications.message import message_id
from tests.rules import source
from tests.soak.nursery import Errand
from workflow.history.verify import verify
from workflow.services.act import Act
from workflow.storage.stored_history import stored_history

OPEN_ENDED = ("sending", "unsure", "sent")  # of a mail that may have reached its reader
_MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^@]+)@", re.MULTILINE | re.IGNORECASE)


class Nursery:
    """The program that forks workers, from outside."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.nursery"],
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
        self._process.kill()
        self._process.communicate()

    def start(self, errand: Errand) -> int:
        """Begin an errand; the id of the process that does it."""
        self.say(errand.as_line())
        word, number = next(self.lines())
        assert word == "pid"
        return int(number)

    def say(self, line: str) -> None:
        """A line to the nursery, or to its worker when that waits for one."""
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def lines(self) -> Iterator[list[str]]:
        """What it says, word by word, as it comes."""
        assert self._process.stdout
        for line in self._process.stdout:
            yield line.split()


@dataclass(slots=True)
class Ledger:
    """What was promised: the seq of every act that was answered."""

    acts: Sequence[Act]
    promised: dict[int, int] = field(default_factory=dict)
    over: bool = False

    @property
    def next(self) -> int:
        """The first act that nothing was heard of."""
        return max(self.promised, default=-1) + 1

    def note(self, words: list[str]) -> None:
        """Take down a line of a worker; a promise made before is made in the same words."""
        if words[0] == "act":
            number, seq = int(words[1]), int(words[2])
            assert self.promised.setdefault(number, seq) == seq
        self.over = self.over or words[0] == "over"


def kill_after(pid: int, seconds: float) -> Timer:
    """kill -9, a moment from now; `cancel` when the worker ended by itself."""

    def kill() -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    timer = Timer(seconds, kill)
    timer.start()
    return timer


def assert_promises_kept(engine: Engine, ledger: Ledger) -> None:
    """Every answered act is there under its seq; at most one more is; nothing is half applied."""
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT command_id, seq FROM event"))
        stored = {row.command_id: row.seq for row in rows if row.command_id}
    stored = {key: seq for key, seq in stored.items() if not key.startswith("import-")}
    ids = [str(act.command_id) for act in ledger.acts]
    assert {ids[number]: seq for number, seq in ledger.promised.items()}.items() <= stored.items()
    assert set(stored) - set(ids[: ledger.next]) <= set(ids[ledger.next : ledger.next + 1])
    with stored_history(engine) as history:
        report = verify(history)
    assert report.ok, report.problems


def assert_no_mail_twice(engine: Engine, received: Sequence[bytes]) -> None:
    """What the mail server took came once, and its row will never be sent again."""
    found = (match[1].decode() for text in received if (match := _MESSAGE_ID.search(text)))
    came = Counter(f"<{one}" for one in found)
    assert sum(came.values()) == len(received)
    assert [one for one, times in came.items() if times > 1] == []
    with engine.connect() as connection:
        rows = list(connection.execute(sa.text("SELECT key, status FROM outbox")))
    ended = {message_id(row.key, "").partition("@")[0]: row.status for row in rows}
    assert {ended[one] for one in came} <= set(OPEN_ENDED)
    assert {one for one, status in ended.items() if status == "sent"} <= set(came)
