"""`serve`, `worker` and `demo`."""

import click

COMMANDS: tuple[click.Command, ...] = ()
