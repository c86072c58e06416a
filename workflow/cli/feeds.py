"""`feeds`: calendars that people follow from their own calendar program."""

import click

from workflow.cli.options import as_json, command, group, register
from workflow.cli.output import print_json, print_table, say, tell


@group("feeds")
def feeds() -> None:
    """Agenda’s om te volgen: van een persoon, een overleg of een gemeenteraad."""


@command("list")
def list_feeds() -> None:
    """Toon de agenda’s; hun geheime adres is nergens bewaard."""
    from workflow.bootstrap import make_calendars
    from workflow.services.feeds import feeds as all_feeds

    opened = register()
    rows = all_feeds(opened.session, make_calendars(opened))
    if as_json():
        print_json({"agendas": rows})
        return
    print_table(
        ("Id", "Soort", "Van", "Gemaakt", "Ingetrokken"),
        [
            (one["id"], one["soort"], one["naam"], one["gemaakt_op"], one["ingetrokken_op"])
            for one in rows
        ],
    )
    if not rows:
        say("Er is nog geen agenda om te volgen.")


@command("new")
@click.argument("kind", type=click.Choice(("persoon", "overleg", "gemeente")))
@click.argument("subject")
def new(kind: str, subject: str) -> None:
    """Maak een agenda: SUBJECT is een e-mailadres, of de code van een overleg of gemeente."""
    from workflow.bootstrap import make_calendars
    from workflow.services.feeds import make_feed

    opened = register()
    made = make_feed(opened.session, make_calendars(opened), kind, subject)
    if as_json():
        print_json({"agenda": made})
        return
    say(made["adres"])
    tell("Bewaar dit adres nu: het is nergens terug te vinden. Wie het kent, kan de agenda lezen.")


@command("revoke")
@click.argument("feed_id", metavar="ID")
def revoke(feed_id: str) -> None:
    """Trek een agenda in: haar adres werkt dan niet meer."""
    from workflow.bootstrap import make_calendars
    from workflow.services.feeds import revoke_feed

    opened = register()
    gone = revoke_feed(opened.session, make_calendars(opened), feed_id)
    if as_json():
        print_json({"agenda": gone})
        return
    say(f"De agenda van {gone['naam']} is ingetrokken.")


for one in (list_feeds, new, revoke):
    feeds.add_command(one)

COMMANDS: tuple[click.Command, ...] = (feeds,)
