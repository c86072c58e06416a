"""The command line: a public promise. Heavy libraries are imported inside the commands."""

import sys

from workflow.cli.app import run


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))
