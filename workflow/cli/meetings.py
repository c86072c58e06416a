"""`meeting`: vergaderingen, their points, and what is done with them."""

import datetime as dt
from typing import Any

import click

from workflow.cli.options import COUNT, DAY, PAIR, as_json, command, group, register
from workflow.cli.output import print_json, print_table, say


@group("meeting")
def meeting() -> None:
    """Vergaderingen: wat er op de agenda staat, en of zij gehouden zijn."""


@command("list")
@click.option("--from", "first", type=DAY, help="Vanaf deze dag (JJJJ-MM-DD). Standaard alle.")
@click.option("--to", "last", type=DAY, help="Tot en met deze dag (JJJJ-MM-DD). Standaard alle.")
def list_(first: dt.date | None, last: dt.date | None) -> None:
    """Toon de vergaderingen, de oudste eerst."""
    from workflow.services.meeting import meetings

    rows = meetings(register().session, first=first, last=last)
    if as_json():
        print_json({"vergaderingen": rows})
        return
    print_table(
        ("Id", "Datum", "Overleg", "Stand", "Punten"),
        [(r["id"], r["datum"], r["overleg"], r["state_label"], len(r["punten"])) for r in rows],
    )
    if not rows:
        say("Er zijn nog geen vergaderingen.")


@command("show")
@click.argument("meeting_id", metavar="ID")
def show(meeting_id: str) -> None:
    """Toon één vergadering met haar punten."""
    from workflow.services.meeting import show_meeting

    view = show_meeting(register().session, meeting_id)
    if as_json():
        print_json(view)
        return
    say(f"{view['overleg']}, {view['datum']}: {view['state_label']}")
    print_table(
        ("Nr", "Kenmerk", "Doel", "Conclusie", "Onderwerp"),
        [
            (p["nummer"], p["kenmerk"], p["doel"], p["conclusie"], p["onderwerp"])
            for p in view["punten"]
        ],
    )


@command("act")
@click.argument("meeting_id", metavar="ID")
@click.argument("action", metavar="HANDELING")
@click.option(
    "--set", "fields", type=PAIR, multiple=True, help="Een veld; mag vaker. Standaard geen."
)
@click.option("--happened", type=DAY, help="De dag waarop het gebeurde. Standaard vandaag.")
@click.option("--remark", metavar="TEKST", help="Een opmerking of reden. Standaard geen.")
@click.option(
    "--version",
    "seen_version",
    type=COUNT,
    metavar="N",
    help="De versie die u zag. Standaard de huidige.",
)
@click.option(
    "--command-id",
    metavar="ID",
    help="Een eigen kenmerk: tweemaal is eenmaal. Standaard een nieuw.",
)
def act(meeting_id: str, action: str, **given: Any) -> None:
    """Verricht een handeling, zoals meld_gehouden of stel_besluitenlijst_vast."""
    from workflow.services.meeting import act_on_meeting

    done = act_on_meeting(
        register().session, meeting_id, action, **{**given, "fields": dict(given["fields"])}
    )
    if as_json():
        print_json(done)
    else:
        say(f"{done['id']}: {done['from']} → {done['to']} (nr. {done['event']}).")


for one in (list_, show, act):
    meeting.add_command(one)
COMMANDS = (meeting,)
