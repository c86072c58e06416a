"""The command line answers at once: nobody waits for what their command does not use."""

import resource
import subprocess
import sys

from tests.rules import source

LIMIT_SECONDS = 0.3
HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "alembic",
    "starlette",
    "pydantic",
    "transitions",
    "jinja2",
)


def _cpu_of_children() -> float:
    """Seconds of processor time of the children that ended, which load does not blur."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_help_takes_less_than_a_third_of_a_second() -> None:
    """Five times `--help`, the quickest counts: the machine may have been busy."""
    taken = []
    for _ in range(5):
        before = _cpu_of_children()
        command = [sys.executable, "-m", "workflow", "--help"]
        subprocess.run(command, cwd=source.ROOT, check=True, capture_output=True)
        taken.append(_cpu_of_children() - before)
    assert min(taken) < LIMIT_SECONDS


def test_help_loads_no_heavy_library() -> None:
    """Database, web and definitions are loaded by the commands that need them."""
    question = "import sys, workflow.cli.app; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", question],
        cwd=source.ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert {*HEAVY} & {*said.stdout.split()} == set()
