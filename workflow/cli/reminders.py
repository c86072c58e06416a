"""`reminders`: what will be sent, what was sent, and sending it."""

import datetime as dt
from typing import Any

import click

from workflow.cli.options import DAY, as_json, command, group, register
from workflow.cli.output import print_json, print_table, say, tell

_STATUS = {
    "planned": "gepland",
    "queued": "staat klaar",
    "sent": "verzonden",
    "failed": "mislukt",
    "unsure": "onzeker",
    "skipped": "overgeslagen",
    "cancelled": "vervallen",
}
_COUNTS = (
    ("new", "nieuw"),
    ("sent", "verzonden"),
    ("retried", "later opnieuw"),
    ("failed", "mislukt"),
    ("unsure", "onzeker"),
    ("skipped", "overgeslagen"),
    ("cancelled", "vervallen"),
)


@group("reminders")
def reminders() -> None:
    """Herinneringen: wie wanneer wat te horen krijgt, en waarom."""


@command("preview")
@click.option("--from", "first", type=DAY, required=True, help="Eerste dag (JJJJ-MM-DD).")
@click.option("--to", "last", type=DAY, required=True, help="Laatste dag, telt mee (JJJJ-MM-DD).")
def preview(first: dt.date, last: dt.date) -> None:
    """Toon welke herinneringen uitgaan, zoals het er nu voorstaat; er verandert niets."""
    from workflow.bootstrap import make_post
    from workflow.services.reminder import preview as look_ahead

    opened = register()
    rows = look_ahead(opened.session, make_post(opened), first, last)
    _show(rows, f"Van {first} tot en met {last} gaat er niets uit.")


@command("run")
def run() -> None:
    """Leid af wat vandaag uitgaat en verstuur wat klaarstaat; tweemaal is eenmaal."""
    from workflow.bootstrap import make_post
    from workflow.domain.errors import Surroundings
    from workflow.services.reminder import run as tick

    opened = register()
    report = tick(opened.session, make_post(opened))
    counts = report.as_json()
    if report.server_down:
        raise Surroundings(f"{counts['waits']} ‘reminders log’ zegt waarom.", counts)
    if as_json():
        print_json({"run": counts})
        return
    done = [f"{counts[name]} {word}" for name, word in _COUNTS if counts[name]]
    say(", ".join(done).capitalize() + "." if done else "Er was niets te versturen.")
    if counts["waits"]:
        tell(str(counts["waits"]))


@command("log")
@click.argument("kenmerk", required=False)
def log(kenmerk: str | None) -> None:
    """Toon wat verzonden is, mislukte, onzeker is of niet uitging, elk met de reden."""
    from workflow.bootstrap import make_post
    from workflow.services.reminder import log as look_back

    opened = register()
    rows = look_back(opened.session, make_post(opened), kenmerk)
    _show(rows, "Er is nog niets verstuurd of klaargezet.")


def _show(rows: list[Any], empty: str) -> None:
    """The reminders, for a program or for people."""
    if as_json():
        print_json({"reminders": rows})
        return
    print_table(
        ("Dag", "Stand", "Aan", "Kenmerk", "Herinnering", "Reden"),
        [
            (
                row["due"],
                _STATUS[row["status"]],
                row["recipient"]["naam"],
                row["subject"]["kenmerk"],
                row["title"],
                row["reason"],
            )
            for row in rows
        ],
    )
    if not rows:
        say(empty)


for one in (preview, run, log):
    reminders.add_command(one)

COMMANDS: tuple[click.Command, ...] = (reminders,)
