"""`make bench`: measures and prints; asserts nothing. BENCH_FULL=1 measures at full scale."""

import os
import platform
import sqlite3

from tests.bench import acts, pages, small
from tests.bench.measure import line

FULL = os.environ.get("BENCH_FULL") == "1"


def main() -> None:
    """Everything, one section after the other."""
    line("cores", str(os.cpu_count()))
    line("Python, SQLite", f"{platform.python_version()}, {sqlite3.sqlite_version}")
    acts.measure(voorstellen=60 if FULL else 20)
    pages.measure(large=100_000 if FULL else 10_000)
    small.measure()


if __name__ == "__main__":
    main()
