"""The global options: accepted before and after the name of a command; the last one wins."""

import datetime as dt
import functools
import os
import re
from collections.abc import Callable
from typing import Any

import click

Command = Callable[..., Any]
_KEPT = "besluitroute.options"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[0-9]{1,15}")
_NAMES = ("database", "definitions", "today", "user", "as_json")


class Day(click.ParamType[dt.date]):
    """A date as 2024-07-11."""

    name = "JJJJ-MM-DD"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """The date; a usage error for anything else."""
        if isinstance(value, dt.date):
            return value
        try:
            if not _DAY.fullmatch(value):
                raise ValueError
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"‘{value}’ is geen datum. Schrijf hem als 2024-07-11.", param, ctx)


class Moment(click.ParamType[str]):
    """A date, or a moment with its time zone, as text."""

    name = "MOMENT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text; a usage error when it is no such date or moment."""
        text = str(value)
        if not _is_moment(text):
            self.fail(
                f"‘{text}’ is geen dag of moment. Schrijf 2024-07-11 of 2024-07-11T17:00:00+02:00.",
                param,
                ctx,
            )
        return text


def _is_moment(text: str) -> bool:
    """A date that exists, or a moment with its time zone."""
    try:
        if _DAY.fullmatch(text):
            return bool(dt.date.fromisoformat(text))
        return "T" in text and dt.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


class Count(click.ParamType[int]):
    """A whole number from 0."""

    name = "N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; a usage error for anything else."""
        text = str(value)
        if not _COUNT.fullmatch(text):
            self.fail(f"‘{text}’ is geen geheel getal.", param, ctx)
        return int(text)


class Pair(click.ParamType[tuple[str, str]]):
    """NAME=VALUE."""

    name = "NAAM=WAARDE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The name and the value; a usage error without '=' or without a name."""
        if isinstance(value, tuple):
            return value
        name, sign, rest = value.partition("=")
        if not sign or not name.strip():
            self.fail(f"‘{value}’ is geen NAAM=WAARDE.", param, ctx)
        return name.strip(), rest


DAY, MOMENT, COUNT, PAIR = Day(), Moment(), Count(), Pair()


def global_options(function: Command) -> Command:
    """The options that every command knows."""
    for option in (
        click.option(
            "--json",
            "as_json",
            is_flag=True,
            default=None,
            help="Eén JSON-document op de uitvoer in plaats van tekst. Standaard uit.",
        ),
        click.option(
            "--as",
            "user",
            metavar="PERSOON",
            help="Wie handelt: naam of e-mailadres. Standaard de gebruiker van de "
            "computer (BESLUITROUTE_USER).",
        ),
        click.option(
            "--today",
            type=DAY,
            help="Een vaste dag om mee te oefenen (JJJJ-MM-DD). Standaard de echte "
            "dag in Nederland (BESLUITROUTE_TODAY).",
        ),
        click.option(
            "--definitions",
            metavar="MAP",
            help="De map met definities. Standaard de meegeleverde (BESLUITROUTE_DEFINITIONS).",
        ),
        click.option(
            "--database",
            metavar="URL",
            help="sqlite:///bestand.db of postgresql://server/naam. Standaard "
            "sqlite:///besluitroute.db (BESLUITROUTE_DATABASE_URL).",
        ),
    ):
        function = option(function)
    return function


def remember(given: dict[str, Any]) -> None:
    """Keep the options that were given here, over those given before the command."""
    kept = click.get_current_context().find_root().meta.setdefault(_KEPT, {})
    kept.update({name: given[name] for name in _NAMES if given.get(name) is not None})


def command(name: str, **attributes: Any) -> Callable[[Command], click.Command]:
    """A command that knows the global options as well; they are kept, not passed on."""

    def decorate(function: Command) -> click.Command:
        @functools.wraps(function)
        def wrapped(**given: Any) -> Any:
            remember(given)
            return function(**{key: value for key, value in given.items() if key not in _NAMES})

        from workflow.cli.dutch import DutchCommand

        return click.command(name, cls=DutchCommand, **attributes)(global_options(wrapped))

    return decorate


def group(name: str) -> Callable[[Command], click.Group]:
    """A group of commands that takes the global options before the name of its command too."""

    def decorate(function: Command) -> click.Group:
        @functools.wraps(function)
        def wrapped(**given: Any) -> None:
            remember(given)

        from workflow.cli.dutch import DutchGroup

        made: click.Group = click.group(name, cls=DutchGroup, no_args_is_help=False)(
            global_options(wrapped)
        )
        return made

    return decorate


def as_json() -> bool:
    """Whether the answer is for a program."""
    return bool(_kept().get("as_json"))


def _kept() -> dict[str, Any]:
    """The global options of this call."""
    found: dict[str, Any] = click.get_current_context().find_root().meta.get(_KEPT, {})
    return found


def settings(**more: str | None) -> Any:
    """The settings in force: options over environment over defaults."""
    from workflow.settings import read_settings

    kept = _kept()
    today = kept.get("today") or _today_of_environment()
    given = {
        "database": kept.get("database"),
        "definitions": kept.get("definitions"),
        "user": kept.get("user"),
        "today": today.isoformat() if today else None,
        **{name: value for name, value in more.items() if value is not None},
    }
    return read_settings(os.environ, given)


def _today_of_environment() -> dt.date | None:
    """BESLUITROUTE_TODAY; one that is no date is an error of the command line."""
    value = os.environ.get("BESLUITROUTE_TODAY")
    return DAY.convert(value, None, None) if value else None


def register(access: str = "existing") -> Any:
    """The register that the settings name, opened for this command and closed after it."""
    from workflow.bootstrap import Access, open_register

    opened = open_register(settings(), Access(access))
    click.get_current_context().call_on_close(opened.engine.dispose)
    return opened
