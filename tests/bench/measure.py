"""Measuring: pairs in turn, medians with their spread, and lines to print."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Step = Callable[[], object]


@dataclass(slots=True)
class Times:
    """What a step took, each time: seconds on the clock, and of the processor."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Do it once and note what it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        step()
        self.cpu.append(time.process_time() - cpu)
        self.wall.append(time.perf_counter() - wall)

    @property
    def median(self) -> float:
        return statistics.median(self.wall)

    @property
    def mean_cpu(self) -> float:
        return statistics.mean(self.cpu)

    @property
    def median_cpu(self) -> float:
        return statistics.median(self.cpu)

    def spread(self) -> str:
        """Median and the middle half, in ms."""
        low, middle, high = statistics.quantiles(self.wall, n=4)
        return f"{ms(middle)} [{ms(low)} - {ms(high)}]"


def in_turn(steps: dict[str, Sequence[Step]]) -> dict[str, Times]:
    """Each of these done as often as there are steps, one of each after the other.

    So a disk or neighbour that is slow for a while is slow for all of them.
    """
    taken = {name: Times() for name in steps}
    gc.collect()
    for row in zip(*steps.values(), strict=True):
        for name, step in zip(steps, row, strict=True):
            taken[name].take(step)
    return taken


def repeated(step: Step, times: int) -> Times:
    """The same step, so many times."""
    return in_turn({"": [step] * times})[""]


def ms(seconds: float) -> str:
    """Milliseconds, in as many digits as mean something."""
    return f"{seconds * 1000:.3f}" if seconds < 0.1 else f"{seconds * 1000:.0f}"


def heading(text: str) -> None:
    """The title of a section."""
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def line(name: str, value: str, wanted: str = "") -> None:
    """One figure, and what is wanted."""
    print(f"{name:<58}{value:>28}{'   wanted ' + wanted if wanted else ''}", flush=True)
