"""Time enters as an argument; one file reads the clock."""

import ast

from tests.rules import source

CLOCK = "workflow/bootstrap.py"
READS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}


def test_only_bootstrap_reads_the_clock() -> None:
    """Every other function is told what time it is, so that it can be tested and replayed."""
    found = [
        source.at(name, node, f"{base}.{node.attr}")
        for name in source.python("definitions", "workflow", "notifications")
        if name.as_posix() != CLOCK
        for node in ast.walk(source.tree(name))
        if isinstance(node, ast.Attribute)
        and (base := ast.unparse(node.value).rpartition(".")[2])
        and (base, node.attr) in READS
    ]
    assert found == []
