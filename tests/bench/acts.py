"""An act through the whole service, against the raw floor and against the usual way."""

import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from tests.bench.floor import RawPostgres, RawSqlite
from tests.bench.measure import Step, Times, heading, in_turn, line, ms
from tests.bench.usual import Usual
from tests.soak.walks import opened, plan, read_in, settings
from tests.tools.postgres import Postgres
from workflow.bootstrap import Register
from workflow.services.act import Act, perform

WARMING = 40  # acts that are not counted
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, for measuring without a disk


@contextmanager
def folder(parent: Path | None = None) -> Iterator[Path]:
    """A folder for a bench: on the disk of the checkout, unless another place is given."""
    with TemporaryDirectory(dir=parent or sys.prefix, prefix="bench-") as made:
        yield Path(made)


def measure(voorstellen: int) -> None:
    """Print section a."""
    heading("An act through the whole service")
    with folder() as place:
        acts, taken = on_sqlite(place, voorstellen)
    flushing = taken["flush"].median
    line("one flush of 4 kB to this disk, in turn with them, ms", taken["flush"].spread())
    of_floor("SQLite on disk", taken, wanted="0.25")
    of_each_kind(acts, taken["act"])
    if MEMORY.is_dir():
        with folder(MEMORY) as place:
            _, taken = on_sqlite(place, voorstellen)
        line("CPU of an act, SQLite in memory", f"{ms(taken['act'].mean_cpu)} ms", "1.0 ms")
        line("CPU of a step of the usual way", f"{ms(taken['usual'].mean_cpu)} ms")
        line("CPU of a step of the raw floor", f"{ms(taken['floor'].mean_cpu)} ms")
        on_other_disks(taken, (flushing, 0.00025, 0.001, 0.004))
    of_floor("PostgreSQL", on_postgresql(voorstellen), wanted="0.5")
    of_floor("PostgreSQL without flush", on_postgresql(voorstellen, fast=True))


def on_sqlite(place: Path, voorstellen: int) -> tuple[list[Act], dict[str, Times]]:
    """The acts, and what they, the floor and the usual way took, in the same folder."""
    register = opened(settings(f"sqlite:///{place / 'act.db'}"))
    acts = prepared(register, voorstellen)
    before = size_of(place / "act.db", register)
    taken = against(
        register,
        acts,
        floor=RawSqlite(place / "floor.db").step,
        usual=Usual(f"sqlite:///{place / 'usual.db'}").step,
        flush=Flush(place / "flush").step,
    )
    grown = size_of(place / "act.db", register) - before
    line("database bytes an act", f"{grown / len(acts):,.0f}")
    register.engine.dispose()
    return acts, taken


def on_postgresql(voorstellen: int, *, fast: bool = False) -> dict[str, Times]:
    """The same over one connection to a server with its usual durability, or `fast`: without."""
    with Postgres(fast=fast) as server:
        url = server.create_database()
        register = opened(settings(url))
        acts = prepared(register, voorstellen)
        floor, usual = RawPostgres(url), Usual(url)
        taken = against(register, acts, floor=floor.step, usual=usual.step)
        register.engine.dispose()
    return taken


def prepared(register: Register, voorstellen: int) -> list[Act]:
    """The acts that are counted; the others are done, so that nothing is done for the first time.

    Without command ids of our own, as the command line acts.
    """
    acts = [without_id(act) for act in plan(read_in(register, voorstellen))]
    for act in acts[:WARMING]:
        perform(register.session, act)
    return acts[WARMING:]


def without_id(act: Act) -> Act:
    """The act, with a command id to be made for it."""
    return Act(
        kenmerk=act.kenmerk,
        action=act.action,
        gemeente=act.gemeente,
        fields=act.fields,
        happened=act.happened,
    )


def against(register: Register, acts: list[Act], **others: Step) -> dict[str, Times]:
    """Acts, and the steps that they are compared with, in turn."""
    for _ in range(WARMING):
        for step in others.values():
            step()
    doing = {"act": [partial(perform, register.session, act) for act in acts]}
    return in_turn(doing | {name: [step] * len(acts) for name, step in others.items()})


def of_floor(where: str, taken: dict[str, Times], *, wanted: str = "") -> None:
    """How an act and a usual step stand to the floor."""
    for name, title in (("act", "an act"), ("usual", "a step the usual way"), ("floor", "floor")):
        line(f"{where}: {title}, ms", taken[name].spread())
    floor = taken["floor"].median
    line(f"{where}: speed of an act, of the floor's", f"{floor / taken['act'].median:.2f}", wanted)
    line(f"{where}: of the usual way, of the floor's", f"{floor / taken['usual'].median:.2f}")


def of_each_kind(acts: list[Act], taken: Times) -> None:
    """The median of every kind of act."""
    kinds: dict[str, list[float]] = defaultdict(list)
    for act, wall in zip(acts, taken.wall, strict=True):
        kinds[act.action].append(wall)
    for action, walls in kinds.items():
        line(f"  {action} ({len(walls)})", f"{ms(median(walls))} ms")


def on_other_disks(taken: dict[str, Times], flushes: Sequence[float]) -> None:
    """What the ratio is where a flush takes so many seconds: computed, from CPU and one flush."""
    for flushing in flushes:
        ratio = (taken["floor"].mean_cpu + flushing) / (taken["act"].mean_cpu + flushing)
        line(f"  computed: of the floor's, with a flush of {ms(flushing)} ms", f"{ratio:.2f}")


class Flush:
    """A file on the disk of the acts, to which 4 kB are appended and flushed at each step."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("wb", buffering=0)

    def step(self) -> None:
        """What every act and every step of the floor waits for once."""
        self._file.write(bytes(4096))
        os.fdatasync(self._file.fileno())


def size_of(file: Path, register: Register) -> int:
    """Bytes of a database, all of it in its own file."""
    with register.engine.connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return file.stat().st_size
