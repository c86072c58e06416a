"""`definitions diff` and `definitions migrate`: what a new version changes, and moving to it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from workflow.cli.options import COUNT, PAIR, as_json, command, register, settings
from workflow.cli.output import print_json, print_table, say


@command("diff")
@click.argument("what", metavar="[ROUTE | MAP [MAP]]", nargs=-1)
@click.option(
    "--from", "old", type=COUNT, metavar="N", help="De oude versie. Standaard die ervoor."
)
@click.option(
    "--to", "new", type=COUNT, metavar="N", help="De nieuwe versie. Standaard de laatste."
)
def diff(what: tuple[str, ...], old: int | None, new: int | None) -> None:
    """Zeg in woorden wat er verandert: in een ROUTE, of in een MAP met definities.

    Eén map wordt vergeleken met de map in gebruik, twee mappen met elkaar. Zonder
    argument: de map in gebruik met wat het register in gebruik heeft.
    """
    from workflow.bootstrap import open_if_there
    from workflow.services.definition_diff import with_cases

    if len(what) > 2:
        raise click.UsageError("Geef één route, of één of twee mappen.")
    found = _compared(what, old, new)
    opened = open_if_there(settings())
    if opened is not None:
        click.get_current_context().call_on_close(opened.engine.dispose)
        found = with_cases(found, opened.session)
    if as_json():
        print_json(found.as_json())
        return
    say(f"Van {found.old} naar {found.new}:")
    for one in found.changes:
        say(f"  {one.text}")
    if not found.changes:
        say("  Er verandert niets.")
    _say_cases(found.cases)


def _compared(what: tuple[str, ...], old: int | None, new: int | None) -> Any:
    """The diff of what was asked: folders when the first one is a folder, else a route."""
    from workflow.bootstrap import definitions_folder, folder_rules, load_rules, open_if_there
    from workflow.services.definition_diff import folders_diff, in_use_diff, route_diff

    given = settings()
    folder = str(definitions_folder(given))
    if what and not Path(what[0]).is_dir():
        if len(what) > 1 or "/" in what[0]:
            raise FileNotFoundError(2, "map", what[0])
        opened = open_if_there(given)
        rules = opened.session.rules if opened else load_rules(given)
        return route_diff(rules, what[0], old, new)
    if old is not None or new is not None:
        raise click.UsageError("--from en --to horen bij een route.")
    if not what:
        return in_use_diff(register().session.rules, folder)
    before, after = what if len(what) == 2 else (folder, what[0])
    return folders_diff(folder_rules(before), folder_rules(after), (before, after))


def _say_cases(cases: Any) -> None:
    """Which running cases it is about."""
    if cases is None:
        return
    if not cases:
        say("Er loopt geen voorstel op een versie die hierdoor wordt vervangen.")
        return
    one = len(cases) == 1
    say(
        f"{len(cases)} {'lopend voorstel blijft' if one else 'lopende voorstellen blijven'} "
        "op de oude versie, totdat u migreert (‘definitions migrate’):"
    )
    print_table(
        ("Kenmerk", "Route", "Staat", "Onderwerp"),
        [
            (
                row["kenmerk"],
                f"{row['route']['id']}@{row['route']['version']}",
                row["state"],
                row["onderwerp"],
            )
            for row in cases
        ],
    )


@command("migrate")
@click.argument("route", metavar="ROUTE")
@click.option("--from", "old", type=COUNT, required=True, metavar="N", help="De oude versie.")
@click.option("--to", "new", type=COUNT, required=True, metavar="N", help="De nieuwe versie.")
@click.option(
    "--map",
    "mapping",
    type=PAIR,
    multiple=True,
    metavar="OUD=NIEUW",
    help="Een stap die in de nieuwe versie anders heet; mag vaker. Standaard: gelijke namen.",
)
@click.option(
    "--reason", metavar="TEKST", help="Waarom. Verplicht zonder --dry-run; standaard geen."
)
@click.option("--dry-run", is_flag=True, help="Toon alleen wat er zou gebeuren. Standaard uit.")
def migrate(
    route: str,
    old: int,
    new: int,
    mapping: tuple[tuple[str, str], ...],
    reason: str | None,
    dry_run: bool,
) -> None:
    """Breng de lopende voorstellen op een versie van een route naar een andere versie.

    Elk voorstel is een eigen vastlegging. Nogmaals uitvoeren doet wat nog niet gedaan is;
    van de nieuwe naar de oude versie draait het terug.
    """
    from workflow.services import migration
    from workflow.services.migration_plan import Migration

    if len({name for name, _ in mapping}) < len(mapping):
        raise click.UsageError("--map noemt een stap tweemaal.")
    session = register().session
    asked = Migration(route=route, old=old, new=new, mapping=dict(mapping), reason=reason)
    with _progress("Bekijken" if dry_run else "Migreren") as progress:
        if dry_run:
            found = migration.preview(session, asked, progress)
        else:
            found = migration.migrate(session, asked, progress=progress)
    if as_json():
        print_json(found.as_json())
        return
    _say_migrated(found.as_json())


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, none elsewhere."""
    shown = sys.stderr.isatty()
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=not shown) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield progress


def _say_migrated(view: dict[str, Any]) -> None:
    """The result, for people: those that can, then those that cannot with the reason."""
    if not view["voorstellen"]:
        say(f"Er loopt geen voorstel op versie {view['from']} van route ‘{view['route']}’.")
        return
    for possible in (True, False):
        rows = [
            row
            for row in view["voorstellen"]
            if (row["result"] in ("kan", "gemigreerd")) is possible
        ]
        if not rows:
            continue
        title = {True: "Kan", False: "Kan niet"} if view["dry_run"] else _DONE
        say(f"{title[possible]}: {len(rows)}")
        for row in rows:
            told = row["changes"] if possible else row["reasons"]
            say(f"  {row['kenmerk']}  {row['onderwerp']}")
            for text in told or ["De stappen blijven gelijk."]:
                say(f"    {text}")


_DONE = {True: "Gemigreerd", False: "Niet gemigreerd"}
COMMANDS = (diff, migrate)
