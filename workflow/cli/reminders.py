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
_STORY = (
    ("sent", "Verzonden"),
    ("questions", "Wacht op een beslissing"),
    ("planned", "Volgt"),
    ("skipped", "Niet verstuurd"),
    ("cancelled", "Vervallen"),
)
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
@click.option("--csv", "as_csv", is_flag=True, help="Als tabel voor een rekenblad. Standaard uit.")
def preview(first: dt.date, last: dt.date, as_csv: bool) -> None:
    """Toon welke herinneringen uitgaan, zoals het er nu voorstaat; er verandert niets."""
    from workflow.bootstrap import make_post
    from workflow.services.reminder import preview as look_ahead

    opened = register()
    rows = look_ahead(opened.session, make_post(opened), first, last)
    _show(rows, f"Van {first} tot en met {last} gaat er niets uit.", as_csv=as_csv)


@command("compare")
@click.argument("folder", metavar="MAP")
@click.option("--from", "first", type=DAY, help="Eerste dag (JJJJ-MM-DD). Standaard vandaag.")
@click.option(
    "--to", "last", type=DAY, help="Laatste dag, telt mee (JJJJ-MM-DD). Standaard 90 dagen later."
)
def compare(folder: str, first: dt.date | None, last: dt.date | None) -> None:
    """Toon wat er meer en minder uitgaat als de definities in MAP zouden gelden."""
    from dataclasses import replace

    from workflow.bootstrap import load_rules, make_post
    from workflow.services.reminder_compare import PERIOD
    from workflow.services.reminder_compare import compare as set_side_by_side

    opened = register()
    other = load_rules(replace(opened.settings, definitions=folder))
    begin = first or opened.session.today()
    found = set_side_by_side(
        opened.session, make_post(opened), other, begin, last or begin + PERIOD
    )
    if as_json():
        print_json(found.as_json())
        return
    rows = [("erbij", row) for row in found.added] + [("weg", row) for row in found.gone]
    rows.sort(key=lambda one: (one[1]["due"], one[1]["rule"]))
    print_table(
        ("Dag", "", "Aan", "Kenmerk", "Herinnering"),
        [
            (row["due"], mark, row["recipient"]["naam"], row["subject"]["kenmerk"], row["title"])
            for mark, row in rows
        ],
    )
    say(found.sentence())


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
@click.option("--csv", "as_csv", is_flag=True, help="Als tabel voor een rekenblad. Standaard uit.")
def log(kenmerk: str | None, as_csv: bool) -> None:
    """Toon wat verzonden is, mislukte, onzeker is of niet uitging, elk met de reden."""
    from workflow.bootstrap import make_post
    from workflow.services.reminder import log as look_back

    opened = register()
    rows = look_back(opened.session, make_post(opened), kenmerk)
    _show(rows, "Er is nog niets verstuurd of klaargezet.", as_csv=as_csv)


@command("story")
@click.argument("kenmerk")
def story(kenmerk: str) -> None:
    """Toon van één voorstel wie wat kreeg, wat volgt, en waarom iets niet uitgaat."""
    from workflow.bootstrap import make_post
    from workflow.services.reminder_story import told

    opened = register()
    found = told(opened.session, make_post(opened), kenmerk)
    if as_json():
        print_json({"story": found})
        return
    for name, title in _STORY:
        if found[name]:
            say(f"{title}:")
            _table(found[name])
            say("")
    say("Waarom er geen ander bericht komt:")
    print_table(("Herinnering", "Reden"), [(one["title"], one["why"]) for one in found["not_now"]])


@command("on-time")
@click.option("--from", "first", type=DAY, required=True, help="Eerste dag (JJJJ-MM-DD).")
@click.option("--to", "last", type=DAY, required=True, help="Laatste dag, telt mee (JJJJ-MM-DD).")
@click.option("--csv", "as_csv", is_flag=True, help="Als tabel voor een rekenblad. Standaard uit.")
def on_time(first: dt.date, last: dt.date, as_csv: bool) -> None:
    """Tel per eenheid wat op tijd was, verschoof of te laat is."""
    from workflow.bootstrap import make_post
    from workflow.services.on_time import on_time as count
    from workflow.services.sheets import on_time_sheet

    opened = register()
    found = count(opened.session, make_post(opened), first, last)
    if as_json():
        print_json({"on_time": found})
    elif as_csv:
        click.echo(on_time_sheet(found), nl=False)
    else:
        for one in found["subjects"]:
            if one["units"]:
                say(f"{one['title']}. {one['meaning']}")
                print_table(
                    ("Eenheid", "Op tijd", "Verschoven", "Te laat"),
                    [tuple(row.values()) for row in one["units"]],
                )
                say("")


@command("settle")
@click.argument("key")
@click.argument("outcome", type=click.Choice(("sent", "queued", "dropped")))
@click.option(
    "--reason", metavar="TEKST", help="Waarop dit berust, in uw eigen woorden. Standaard niets."
)
@click.option(
    "--to",
    "address",
    metavar="ADRES",
    help="Bij queued: stuur de mail hierheen. Standaard als eerst.",
)
def settle(key: str, outcome: str, reason: str | None, address: str | None) -> None:
    """Beslis over een mail die onzeker of mislukt is.

    sent: hij is toch aangekomen. queued: stuur hem nog eens. dropped: laat maar.
    """
    from workflow.bootstrap import make_post
    from workflow.services.mail_queue import settle as decide
    from workflow.services.mail_queue import settlement_of

    opened = register()
    desk = make_post(opened).desk
    done = decide(opened.session, desk, key, settlement_of(outcome), reason=reason, address=address)
    if as_json():
        print_json({"mail": done})
        return
    say(f"Vastgelegd: {_STATUS[done['from']]} → {_STATUS[done['to']]}.")


@command("addresses")
def addresses() -> None:
    """Toon de adressen die geen mail aannemen; hun mail gaat naar het secretariaat."""
    from workflow.bootstrap import make_post
    from workflow.services.mail_queue import failing_addresses

    opened = register()
    rows = failing_addresses(opened.session, make_post(opened).desk)
    if as_json():
        print_json({"adressen": rows})
        return
    print_table(
        ("Adres", "Sinds", "Reden"), [(one["address"], one["since"], one["reason"]) for one in rows]
    )
    if not rows:
        say("Alle adressen nemen mail aan, voor zover bekend.")


@command("works")
@click.argument("address")
def works(address: str) -> None:
    """Zeg dat een adres weer mail aanneemt."""
    from workflow.bootstrap import make_post
    from workflow.services.mail_queue import clear_address

    opened = register()
    done = clear_address(opened.session, make_post(opened).desk, address)
    if as_json():
        print_json({"adres": done})
        return
    say(f"Mail voor {done['address']} gaat daar weer heen.")


def _show(rows: list[Any], empty: str, *, as_csv: bool = False) -> None:
    """The reminders, for a program, a spreadsheet or people."""
    if as_json():
        print_json({"reminders": rows})
        return
    if as_csv:
        from workflow.services.sheets import reminder_sheet

        click.echo(reminder_sheet(rows), nl=False)
        return
    _table(rows)
    if not rows:
        say(empty)


def _table(rows: list[Any]) -> None:
    """The reminders as a table for people."""
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


for one in (preview, compare, run, log, story, on_time, settle, addresses, works):
    reminders.add_command(one)

COMMANDS: tuple[click.Command, ...] = (reminders,)
