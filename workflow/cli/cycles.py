"""`cycles`: the drafts that reporting cycles make by themselves."""

from typing import Any

import click

from workflow.cli.options import as_json, command, group, register
from workflow.cli.output import print_json, print_table, say


@group("cycles")
def cycles() -> None:
    """Rapportages die terugkomen: welk voorstel moet worden klaargezet."""


@command("due")
def due() -> None:
    """Toon welke rapportages nu moeten worden klaargezet; er verandert niets."""
    from workflow.services.cycles import due_drafts

    rows = [one.as_json() for one in due_drafts(register().session)]
    if as_json():
        print_json({"rapportages": rows})
        return
    _show(rows)
    if not rows:
        say("Er hoeft nu geen rapportage te worden klaargezet.")


@command("run")
def run() -> None:
    """Zet klaar wat nu moet, als concept met voorgestelde data. Tweemaal is eenmaal.

    De klok (worker, serve) doet dit elke dag zelf.
    """
    from workflow.services.cycles import make_due_drafts

    made = [answer.as_json() for answer in make_due_drafts(register().session)]
    if as_json():
        print_json({"gemaakt": made})
        return
    for one in made:
        say(f"Voorstel {one['kenmerk']} staat klaar als concept.")
    if not made:
        say("Er hoeft nu geen rapportage te worden klaargezet.")


def _show(rows: list[dict[str, Any]]) -> None:
    """The reports for people."""
    print_table(
        ("Periode", "Vergadering", "Rapportage"),
        [(row["periode"], row["overlegdatum"] or "datum volgt", row["titel"]) for row in rows],
    )


for one in (due, run):
    cycles.add_command(one)

COMMANDS: tuple[click.Command, ...] = (cycles,)
