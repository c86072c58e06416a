"""`simulate`: the clock played forward, without sending."""

import datetime as dt
import sys
from typing import Any

import click

from workflow.cli.options import DAY, as_json, command, register
from workflow.cli.output import print_json, print_table, say, tell

_STATUS = {
    "planned": "gaat uit",
    "skipped": "overgeslagen",
    "cancelled": "vervallen",
    "failed": "mislukt",
}


class Stretch(click.ParamType[tuple[dt.date, dt.date]]):
    """Two dates with a colon: from the first up to and including the second."""

    name = "DAG:DAG"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[dt.date, dt.date]:
        """The two dates; a usage error for anything else."""
        if isinstance(value, tuple):
            return value
        first, _, last = str(value).partition(":")
        found = DAY.convert(first, param, ctx), DAY.convert(last, param, ctx)
        if found[1] < found[0]:
            self.fail(f"in ‘{value}’ ligt de laatste dag eerder dan de eerste.", param, ctx)
        return found


@command("simulate")
@click.option("--from", "first", type=DAY, required=True, help="Eerste dag (JJJJ-MM-DD).")
@click.option("--to", "last", type=DAY, required=True, help="Laatste dag, telt mee (JJJJ-MM-DD).")
@click.option(
    "--outage",
    "outages",
    type=Stretch(),
    multiple=True,
    help="Dagen waarop het programma stilstaat (JJJJ-MM-DD:JJJJ-MM-DD, beide tellen mee). "
    "Mag vaker. Standaard geen.",
)
def simulate(first: dt.date, last: dt.date, outages: tuple[tuple[dt.date, dt.date], ...]) -> None:
    """Speel kalender en herinneringen vooruit, zoals het register er nu voorstaat.

    Niemand handelt in die tijd; er gaat geen mail uit en er verandert niets.
    """
    from workflow.bootstrap import play_forward
    from workflow.domain.calendar import Span

    shown = sys.stderr.isatty()
    length = max((last - first).days + 1, 1)
    with click.progressbar(length=length, label="Dagen", file=sys.stderr, hidden=not shown) as bar:
        found = play_forward(
            register(),
            first,
            last,
            outages=[Span(first=begin, last=end) for begin, end in outages],
            progress=lambda done: bar.update(done - bar.pos),
        )
    if as_json():
        print_json(found.as_json())
    else:
        _tell(found.as_json())


def _tell(found: dict[str, Any]) -> None:
    """The days for people, and what it comes to."""
    print_table(
        ("Dag", "Stand", "Aan", "Kenmerk", "Herinnering"),
        [
            (
                day["day"],
                _STATUS[one["status"]],
                one["recipient"]["naam"],
                one["subject"]["kenmerk"],
                one["title"],
            )
            for day in found["days"]
            for one in day["reminders"]
        ],
    )
    count = found["totals"]["planned"]
    mails = "gaat 1 mail" if count == 1 else f"gaan {count} mails"
    say(f"Er {mails} uit van {found['from']} tot en met {found['to']}, als niemand iets doet.")
    if found["totals"]["failed"]:
        tell("Van sommige berichten kan geen mail worden gemaakt: zie ‘mislukt’.")


COMMANDS = (simulate,)
