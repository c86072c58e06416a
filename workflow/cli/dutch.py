"""Help and usage errors of click in Dutch."""

import click

UNREADABLE = "Op de opdrachtregel staan tekens die niet te lezen zijn."


class _Dutch:
    """Dutch headings in the help."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """'Gebruik: …'."""
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        for english, dutch in (("[OPTIONS]", "[OPTIES]"), ("COMMAND [ARGS]...", "OPDRACHT …")):
            pieces = pieces.replace(english, dutch)
        formatter.write_usage(ctx.command_path, pieces, prefix="Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under 'Opties'."""
        params = self.get_params(ctx)  # type: ignore[attr-defined]
        records = [record for param in params if (record := param.get_help_record(ctx))]
        if records:
            with formatter.section("Opties"):
                formatter.write_dl(
                    [(name, text.replace("required]", "verplicht]")) for name, text in records]
                )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """'--help' explained in Dutch."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Toon deze uitleg."
        found: click.Option | None = option
        return found


class DutchCommand(_Dutch, click.Command):
    """A command whose help is Dutch."""


class DutchGroup(_Dutch, click.Group):
    """A group of commands whose help is Dutch; without a command it shows that help."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands."""
        super().format_options(ctx, formatter)
        names = self.list_commands(ctx)
        found = [(name, self.get_command(ctx, name)) for name in names]
        rows = [(name, one.get_short_help_str(90)) for name, one in found if one]
        with formatter.section("Opdrachten"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work, not of the alphabet."""
        return list(self.commands)


def usage_message(error: click.ClickException) -> str:
    """A usage error as a Dutch sentence that says what to do."""
    match error:
        case click.NoSuchOption():
            maybe = f" Bedoelt u {error.possibilities[0]}?" if error.possibilities else ""
            text = f"De optie {error.option_name} bestaat niet.{maybe}"
        case click.MissingParameter():
            text = f"{_name_of(error.param)} ontbreekt."
        case click.BadOptionUsage():
            text = f"De optie {error.option_name} mist een waarde, of krijgt er een te veel."
        case click.BadParameter():
            text = f"{_name_of(error.param)}: {error.message}"
        case _:
            text = _plain(error)
    return f"{text} Zie {_help_of(error)}."


def _name_of(param: click.Parameter | None) -> str:
    """An option as it is typed, an argument as the help calls it."""
    if isinstance(param, click.Option):
        return param.opts[0]
    return param.human_readable_name if param else "een waarde"


def _plain(error: click.ClickException) -> str:
    """Other usage errors, recognised by the words of the library."""
    message = error.message
    if message == UNREADABLE:
        return message
    if message.startswith("No such command"):
        return f"De opdracht {message.split(maxsplit=3)[-1].rstrip('.')} bestaat niet."
    if message.startswith("Missing command"):
        return "Geef een opdracht."
    if message.startswith("Got unexpected extra argument"):
        return f"Er staat te veel op de opdrachtregel: {message.partition('(')[2].rstrip(')')}."
    return f"De opdrachtregel is niet begrepen: {message}"


def _help_of(error: click.ClickException) -> str:
    """Where the help is."""
    context = getattr(error, "ctx", None)
    return f"‘{context.command_path if context else 'besluitroute'} --help’"
