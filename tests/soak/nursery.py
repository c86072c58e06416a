"""Starts workers fast, one after the other: this process has imported everything, they fork.

A program of its own (`python -m tests.soak.nursery`), spoken to over pipes. In comes a
line with an `Errand` as JSON; out come the lines of its worker, written unbuffered:

    pid N        the worker was started
    act I SEQ    act I of the plan is answered: it must be there for ever
    sent N       N mails were reported as sent
    away         the database is away; the worker goes on after a line "again"
    over         the plan is done
    gone         the worker has ended, by itself or not
"""

import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from tests.soak.walks import START, opened, plan, rules, settings
from workflow.bootstrap import make_post
from workflow.domain.errors import Surroundings
from workflow.services import reminder
from workflow.services.act import perform

T = TypeVar("T")
PAUSE = dt.timedelta(minutes=11)  # between two workers: longer than a lease on a mail


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What a worker is to do: go through the plan from `first`, sending mail on the way."""

    url: str
    kenmerken: list[str]
    first: int
    turn: int  # each worker lives a pause later than the one before
    smtp_port: int
    tick_every: int = 6  # acts between two ticks

    def as_line(self) -> str:
        return json.dumps(asdict(self))


def main() -> None:
    """Serve errands until the input ends."""
    rules()
    for line in sys.stdin:
        errand = Errand(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            work(errand)
            os._exit(0)
        say("pid", pid)
        os.waitpid(pid, 0)
        say("gone")


def work(errand: Errand) -> None:
    """Act and send until the plan is done or this process is killed."""
    worker = Worker(pauses=errand.turn)
    mail = {"mail": "smtp", "smtp_host": "127.0.0.1", "smtp_port": str(errand.smtp_port)}
    chosen = settings(errand.url, smtp_security="geen", **mail)
    register = worker.persist(partial(opened, chosen, clock=worker.clock))
    post = worker.persist(partial(make_post, register))
    acts = plan(errand.kenmerken)
    for number in range(errand.first, len(acts)):
        answer = worker.persist(partial(perform, register.session, acts[number]))
        say("act", number, answer.event)
        if number % errand.tick_every == 0:
            report = worker.persist(partial(reminder.run, register.session, post))
            say("sent", report.as_json()["sent"])
    say("over")


@dataclass(slots=True)
class Worker:
    """Goes on when the database came back, a pause later by its own clock."""

    pauses: int

    def clock(self) -> dt.datetime:
        return START + self.pauses * PAUSE

    def persist(self, do: Callable[[], T]) -> T:
        """Do it, again as long as the database is away."""
        while True:
            try:
                return do()
            except (Surroundings, DBAPIError):
                say("away")
                sys.stdin.readline()
                self.pauses += 1


def say(*words: object) -> None:
    """One line, out before anything else happens."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


if __name__ == "__main__":
    main()
