"""The clock's tick: at once, again, never twice at a time, and gone when told."""

import logging
import threading
import time as clock
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from notifications import scheduler
from notifications.scheduler import Ticker

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def test_the_first_tick_comes_at_once() -> None:
    """After a night off the reminders of the morning do not wait for the next round."""
    ticked = threading.Event()
    ticker = Ticker(ticked.set, every=timedelta(hours=1))
    ticker.start()
    try:
        assert ticked.wait(2)
    finally:
        ticker.stop()


def test_a_tick_that_fails_does_not_stop_the_next(caplog: pytest.LogCaptureFixture) -> None:
    """One bad moment of the database is not the end of all reminders."""
    ticks = threading.Semaphore(0)

    def fail() -> None:
        ticks.release()
        raise RuntimeError("onvoorzien")

    ticker = Ticker(fail, every=timedelta(seconds=1))
    with caplog.at_level(logging.ERROR):
        ticker.start()
        try:
            assert ticks.acquire(timeout=3)
            assert ticks.acquire(timeout=3)
        finally:
            ticker.stop()

    assert "the tick failed" in caplog.text


def test_two_ticks_never_run_together() -> None:
    """A slow mail server cannot make rounds pile up."""
    running, most = 0, 0

    def slow() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        clock.sleep(1.5)
        running -= 1

    ticker = Ticker(slow, every=timedelta(seconds=1))
    ticker.start()
    clock.sleep(2.2)
    ticker.stop()

    assert most == 1


def test_stop_waits_for_the_tick_that_runs() -> None:
    """No mail is cut off, and after the stop nothing happens any more."""
    begun, ended = threading.Event(), threading.Event()

    def tick() -> None:
        begun.set()
        clock.sleep(0.2)
        ended.set()

    ticker = Ticker(tick, every=timedelta(hours=1))
    ticker.start()
    assert begun.wait(2)
    ticker.stop()
    ticker.stop()

    assert ended.is_set()
    assert ticker.stopping()


def test_a_worker_runs_until_it_is_asked_to_stop() -> None:
    """The worker's main thread waits, and ends cleanly on request."""
    ticker = Ticker(lambda: ticker.request_stop(), every=timedelta(hours=1))
    worker = threading.Thread(target=ticker.run_until_stopped)
    worker.start()
    worker.join(timeout=5)
    assert not worker.is_alive()


def test_a_round_of_no_time_is_refused() -> None:
    """Zero would ask the database without end."""
    with pytest.raises(ValueError, match="at least a second"):
        Ticker(lambda: None, every=timedelta(0))


def test_the_day_begins_at_half_past_seven_in_both_seasons() -> None:
    """On the Sunday that the clock goes back the daily tick comes once, at the same hour."""
    trigger = scheduler._trigger(timedelta(days=30), time(7, 30))
    moment = datetime(2024, 10, 26, 12, 0, tzinfo=AMSTERDAM)
    fires = []
    for _ in range(3):
        moment = trigger.get_next_fire_time(moment, moment + timedelta(seconds=1))
        fires.append(moment.isoformat())

    assert fires == [
        "2024-10-27T07:30:00+01:00",
        "2024-10-28T07:30:00+01:00",
        "2024-10-29T07:30:00+01:00",
    ]
