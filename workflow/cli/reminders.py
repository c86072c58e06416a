"""`reminders`: what will be sent, what was sent, and sending it."""

import click

COMMANDS: tuple[click.Command, ...] = ()
