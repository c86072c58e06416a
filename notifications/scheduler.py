"""The one door to `apscheduler`: a tick, at start and again and again.

Nothing is scheduled per reminder and nothing is kept: what is due is derived anew every
tick, so a tick may be missed, late or double without harm. The jobs live in memory;
a job store shared by two processes fires a job twice, and forgets it when a function
gets another name.
"""

import logging
import threading
from collections.abc import Callable
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAILY = time(7, 30)  # before the working day; also far from the hour that October has twice


class Ticker:
    """Calls `tick` at once, `every` so often, and daily at `daily` in Europe/Amsterdam.

    Never two calls at the same time: one that comes while another runs is dropped. A
    call that raises is logged and does not stop the next. `tick` takes no arguments and
    asks `stopping` between two pieces of work, so that it ends soon after `stop`.
    """

    def __init__(
        self, tick: Callable[[], object], *, every: timedelta, daily: time = DAILY
    ) -> None:
        if every < timedelta(seconds=1):
            raise ValueError(f"every is {every}, must be at least a second")
        self._tick = tick
        self._stopping = threading.Event()
        self._scheduler = BackgroundScheduler(timezone=AMSTERDAM)
        self._scheduler.add_job(
            self._safely,
            trigger=_trigger(every, daily),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # however late after sleep: do it, once
        )

    def start(self) -> None:
        """Begin in a thread of its own; the first tick is at once."""
        self._scheduler.start()

    def run_until_stopped(self) -> None:
        """Begin, and return when `request_stop` was called."""
        self.start()
        try:
            while not self._stopping.wait(1.0):  # wakes so that signals are handled
                pass
        finally:
            self.stop()

    def stopping(self) -> bool:
        """Whether someone asked to stop."""
        return self._stopping.is_set()

    def request_stop(self) -> None:
        """Ask to stop without waiting: safe in a signal handler."""
        self._stopping.set()

    def stop(self) -> None:
        """End: no new tick begins, and a running one is waited for. Twice is once."""
        self._stopping.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _safely(self) -> None:
        """One tick; whatever it raises, the next one comes."""
        if self._stopping.is_set():
            return
        try:
            self._tick()
        except Exception:
            log.exception("the tick failed; the next one tries again")


def _trigger(every: timedelta, daily: time) -> OrTrigger:
    """Now, then every so often, and daily: one job, so that ticks never overlap."""
    return OrTrigger(
        [
            DateTrigger(timezone=AMSTERDAM),
            IntervalTrigger(seconds=int(every.total_seconds()), timezone=AMSTERDAM),
            CronTrigger(hour=daily.hour, minute=daily.minute, timezone=AMSTERDAM),
        ]
    )
