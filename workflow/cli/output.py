"""Tables and sentences for people, one JSON document for programs."""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click


class Ended(Exception):
    """A command ends with this exit code."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


def print_json(document: Mapping[str, Any]) -> None:
    """The one JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_error(
    as_json: bool, code: str, message: str, details: Mapping[str, object] | None = None
) -> None:
    """Why a command did not do its work: JSON on standard output, or a sentence on error."""
    if as_json:
        print_json({"error": {"code": code, "message": message, "details": dict(details or {})}})
    else:
        click.echo(message, err=True)


def print_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table in columns; on a narrow terminal the last column is cut, never the first."""
    if not rows:
        return
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [
        max(len(header), *(len(row[at]) for row in cells)) for at, header in enumerate(headers)
    ]
    room = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 10_000
    for line in (list(headers), ["─" * width for width in widths], *cells):
        text = "  ".join(value.ljust(width) for value, width in zip(line, widths, strict=True))
        text = text.rstrip()
        click.echo(text if len(text) <= room else text[: room - 1] + "…")


def _cell(value: object) -> str:
    """A value on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return " ".join(str(value).split())


def say(text: str) -> None:
    """A sentence for the user."""
    click.echo(text)


def tell(text: str) -> None:
    """A message that is no result: standard error."""
    click.echo(text, err=True)
