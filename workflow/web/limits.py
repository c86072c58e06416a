"""Slows down who guesses secret addresses: too many misses, and nobody is answered for a while."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from starlette.exceptions import HTTPException
from starlette.requests import Request

from workflow.domain.errors import NotFound

MISSES, PERIOD = 20, 60.0  # misses in so many seconds, over all addresses together


class Guesses:
    """Counts misses in a sliding period. All of them together: a guesser has many addresses."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._misses: deque[float] = deque(maxlen=MISSES)
        self._lock = Lock()

    def too_many(self) -> bool:
        """Whether no further try is answered now."""
        with self._lock:
            full = len(self._misses) == MISSES
            return full and self._monotonic() - self._misses[0] < PERIOD

    def missed(self) -> None:
        with self._lock:
            self._misses.append(self._monotonic())


@contextmanager
def guessing(request: Request) -> Iterator[None]:
    """Answer 429 after too many misses; a NotFound inside counts as one and goes on as it is."""
    guesses: Guesses = request.app.state.guesses
    if guesses.too_many():
        raise HTTPException(429)
    try:
        yield
    except NotFound:
        guesses.missed()
        raise
