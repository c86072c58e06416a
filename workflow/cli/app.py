"""The commands, what may stand before and after them, and how every ending becomes an exit code."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from workflow.cli import (
    acts,
    audit,
    cycles,
    definitions,
    documents,
    dossiers,
    feeds,
    letters,
    maintenance,
    meetings,
    reminders,
    server,
    simulate,
)
from workflow.cli.dutch import UNREADABLE, DutchGroup, usage_message
from workflow.cli.options import global_options, remember
from workflow.cli.output import Ended, print_error

COMMANDS = (
    *documents.COMMANDS,
    *letters.COMMANDS,
    *dossiers.COMMANDS,
    *acts.COMMANDS,
    *meetings.COMMANDS,
    *cycles.COMMANDS,
    *reminders.COMMANDS,
    *feeds.COMMANDS,
    *simulate.COMMANDS,
    *audit.COMMANDS,
    *definitions.COMMANDS,
    *maintenance.COMMANDS,
    *server.COMMANDS,
)

INTERRUPTED = 130  # as a shell counts Ctrl-C


@click.group(cls=DutchGroup, no_args_is_help=False)
@global_options
def besluitroute(**given: Any) -> None:
    """Begeleidt een voorstel door de overleggen en bewijst wat er is besloten."""
    remember(given)


for command in COMMANDS:
    besluitroute.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; the exit code of the contract. Never a traceback."""
    as_json = "--json" in arguments
    try:
        return _run(list(arguments), as_json)
    except BrokenPipeError:
        _silence_output()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: list[str], as_json: bool) -> int:
    """Run it; an error that is not foreseen is one of the surroundings."""
    try:
        _refuse_unreadable(arguments)
        with besluitroute.make_context("besluitroute", arguments) as context:
            besluitroute.invoke(context)
    except Ended as ended:
        return ended.code
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.Abort:
        print_error(as_json, "afgebroken", "Afgebroken.")
        return INTERRUPTED
    except click.ClickException as error:
        print_error(as_json, "aanroep", usage_message(error))
        return 2
    except BrokenPipeError:
        raise
    except Exception as error:
        return _ended(error, as_json)
    return 0


def _refuse_unreadable(arguments: Sequence[str]) -> None:
    """UsageError for bytes on the command line that are no text."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            raise click.UsageError(UNREADABLE) from None


def _ended(error: Exception, as_json: bool) -> int:
    """The exit code of an error that a command met."""
    from workflow.cli.failure import failure_of

    if os.environ.get("BESLUITROUTE_DEBUG"):
        raise error
    failure = failure_of(error)
    print_error(as_json, failure.code, failure.message, failure.details)
    return failure.exit_code


def _silence_output() -> None:
    """The reader of our output went away: say nothing more."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
