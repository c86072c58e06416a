"""`letter`: letters that wait for their dossier."""

import click

from workflow.cli.options import as_json, command, group, register
from workflow.cli.output import print_json, print_table, say


@group("letter")
def letter() -> None:
    """Brieven waarvan het dossier nog niet bekend is."""


@command("list")
def list_() -> None:
    """Toon de brieven die op een dossier wachten."""
    from workflow.services.letters import waiting_letters

    rows = waiting_letters(register().session)
    if as_json():
        print_json({"brieven": rows})
        return
    print_table(
        ("Id", "Gelezen", "Kenmerk", "Zaaknummer", "Onderwerp"),
        [(r["id"], r["gelezen_op"], r["kenmerk"], r["zaaknummer"], r["onderwerp"]) for r in rows],
    )
    if not rows:
        say("Er wachten geen brieven op een dossier.")


@command("link")
@click.argument("letter_id", metavar="ID")
@click.argument("kenmerk", metavar="KENMERK")
@click.option(
    "--command-id",
    metavar="ID",
    help="Een eigen kenmerk: tweemaal is eenmaal. Standaard een nieuw.",
)
def link(letter_id: str, kenmerk: str, command_id: str | None) -> None:
    """Voeg een bewaarde brief bij een dossier."""
    from workflow.services.letters import link_letter

    answer = link_letter(register().session, letter_id, kenmerk, command_id=command_id)
    if as_json():
        print_json(answer.as_json())
    else:
        say(f"De brief hoort nu bij {answer.kenmerk} (nr. {answer.event}).")


for one in (list_, link):
    letter.add_command(one)
COMMANDS = (letter,)
