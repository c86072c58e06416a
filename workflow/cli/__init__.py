"""The command line: a public promise. Heavy libraries are imported inside the commands."""

import io
import sys

from workflow.cli.app import run


def main() -> None:
    """Run the command line and leave with its exit code.

    A terminal that cannot show a sign gets its number instead.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
