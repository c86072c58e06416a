"""The clock's tick: in a process of its own, or beside the web pages."""

import datetime as dt
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

from notifications.scheduler import Ticker
from workflow.bootstrap import Register, make_post
from workflow.services.cycles import make_due_drafts
from workflow.services.reminder import run

EVERY = timedelta(minutes=1)  # a conclusie that was just recorded is told of within this time


def background_ticker(opened: Register, *, every: timedelta = EVERY) -> Ticker:
    """A ticker for a thread beside the web pages: the caller starts and stops it.

    Each tick derives what is due and sends what is queued. As many processes as wanted
    may do so: each mail is sent once.
    """
    session, post = opened.session, make_post(opened)
    prepared: set[dt.date] = set()

    def tick() -> None:
        run(session, post, by_clock=True, stop=ticker.stopping)
        if session.today() not in prepared:  # once a day, and again after a restart
            make_due_drafts(session)  # last: what cannot be made must stop no mail
            prepared.clear()
            prepared.add(session.today())

    ticker = Ticker(tick, every=every)
    return ticker


def run_worker(
    opened: Register,
    *,
    every: timedelta = EVERY,
    started: Callable[[], None] = lambda: None,
) -> None:
    """Tick until the process is asked to stop (SIGTERM or SIGINT); then end after the mail at hand.

    Call it in the main thread. `started` is called when a signal no longer kills.
    """
    ticker = background_ticker(opened, every=every)
    with _stopped_by_signals(ticker.request_stop):
        started()
        ticker.run_until_stopped()


@contextmanager
def _stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Let SIGTERM and SIGINT ask to stop, for as long as the block lasts."""

    def asked(number: int, frame: FrameType | None) -> None:
        stop()

    before = {number: signal.signal(number, asked) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
