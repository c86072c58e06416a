"""`backup` and `upgrade`."""

import sys
from pathlib import Path

import click

from workflow.cli.options import as_json, command, register, settings
from workflow.cli.output import print_json, say


@command("backup")
@click.argument("file", metavar="BESTAND")
def backup(file: str) -> None:
    """Maak een reservekopie terwijl iedereen doorwerkt. BESTAND mag nog niet bestaan."""
    from workflow.storage.backup import back_up

    opened = register()
    shown = sys.stderr.isatty()
    with click.progressbar(length=1, label="Kopie", file=sys.stderr, hidden=not shown) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        made = back_up(opened.engine, Path(file), progress)
    if as_json():
        print_json({"bestand": str(made.file), "events": made.events, "bytes": made.size})
    else:
        say(f"Kopie gemaakt: {made.file} ({made.events} gebeurtenissen).")


@command("upgrade")
def upgrade() -> None:
    """Breng de database naar de nieuwste vorm, na een reservekopie ernaast."""
    from workflow.bootstrap import upgrade_database

    done = upgrade_database(settings())
    if as_json():
        print_json(
            {
                "before": done.before,
                "after": done.after,
                "backup": str(done.backup) if done.backup else None,
            }
        )
    elif done.before == done.after:
        say(f"Er is niets te doen: de database heeft al vorm {done.after}.")
    else:
        kept = f" De kopie van ervoor: {done.backup}." if done.backup else ""
        say(f"De database is van vorm {done.before} naar {done.after} gebracht.{kept}")


COMMANDS = (backup, upgrade)
