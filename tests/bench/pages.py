"""Pages and checks on a large register, against the same on a small one."""

import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench.acts import folder, size_of
from tests.bench.bulk import A_DAY, grow
from tests.bench.measure import Times, heading, in_turn, line, ms
from tests.soak.walks import START, opened, settings
from workflow.bootstrap import Register, make_post
from workflow.history.report import VerifyReport
from workflow.history.stored import StoredHistory
from workflow.history.verify import verify, verify_tree
from workflow.services.dossier import actions, history, overview, show
from workflow.services.reminder import preview
from workflow.storage.stored_history import stored_history

SMALL = 1000
TIMES = 100
Page = Callable[[Register, str], object]
PAGES: dict[str, Page] = {
    "dossier page: show, actions, history": lambda register, kenmerk: (
        show(register.session, kenmerk),
        actions(register.session, kenmerk),
        history(register.session, kenmerk),
    ),
    "history of one dossier": lambda register, kenmerk: history(register.session, kenmerk),
    "list page: 50 voorstellen": lambda register, _: overview(register.session, limit=50),
    "due reminders of one day": lambda register, _: due(register),
}


def measure(large: int) -> None:
    """Print section b."""
    heading(f"Pages at {large:,} voorstellen, against {SMALL:,}")
    with folder() as place:
        small, few = grown(place / "small.db", SMALL)
        started = time.perf_counter()
        big, many = grown(place / "large.db", large)
        line(f"made {large:,} voorstellen, {large * 10:,} events", f"{seconds(started)} s")
        line("database bytes an event", f"{size_of(place / 'large.db', big) / large / 10:,.0f}")
        wanted = {"history of one dossier": "1 ms", "due reminders of one day": "5 ms"}
        for name, page in PAGES.items():
            taken = compared(page, small, few, big, many)
            line(name, taken["large"].spread(), wanted.get(name, ""))
            ratio = taken["large"].median / taken["small"].median
            line("  of its time at 1,000", f"{ratio:.2f}", "1.5")
            line("  CPU of it, ms", ms(taken["large"].median_cpu))
        line("  found that day, in its open register", f"{due(big)} reminders")
        for title, check in (("leaves and tree", verify_tree), ("everything", verify)):
            speed(big, title, check)
        for register in (small, big):
            register.engine.dispose()


def grown(file: Path, count: int) -> tuple[Register, list[str]]:
    """A register with so many voorstellen, and some of their kenmerken."""
    register = opened(settings(f"sqlite:///{file}"))
    kenmerken = grow(register, count)
    return register, random.Random(count).sample(kenmerken, TIMES)  # noqa: S311


def compared(
    page: Page, small: Register, few: list[str], big: Register, many: list[str]
) -> dict[str, Times]:
    """A page of both registers, in turn, another dossier each time."""
    page(small, few[0])
    page(big, many[0])
    return in_turn(
        {
            "small": [partial(page, small, kenmerk) for kenmerk in few],
            "large": [partial(page, big, kenmerk) for kenmerk in many],
        }
    )


def due(register: Register) -> int:
    """How many reminders fall on the day on which the last voorstellen were treated.

    All voorstellen are open, and every five of them were treated on the same days.
    """
    today = START.date()
    found = len(preview(register.session, make_post(register), today, today))
    assert found >= A_DAY
    return found


def speed(register: Register, title: str, check: Callable[[StoredHistory], VerifyReport]) -> None:
    """Events a second of a verification, on the clock and of the processor."""
    reports: list[VerifyReport] = []
    times = Times()
    with stored_history(register.engine) as stored:
        times.take(lambda: reports.append(check(stored)))
    (report,) = reports
    assert report.ok, report.problems
    wanted = "100,000" if check is verify_tree else ""
    for per, taken in (("second", times.median), ("second of CPU", times.median_cpu)):
        line(f"audit verify, {title}: events a {per}", f"{report.events / taken:,.0f}", wanted)


def seconds(started: float) -> str:
    """Since then."""
    return f"{time.perf_counter() - started:.0f}"
