"""`definitions`: checking, drawing and publishing what may happen."""

from pathlib import Path

import click

from workflow.cli.options import as_json, command, group, settings
from workflow.cli.output import Ended, print_json, say


@group("definitions")
def definitions() -> None:
    """Controleer en publiceer de definities."""


@command("check")
@click.argument("folder", metavar="[MAP]", required=False)
def check(folder: str | None) -> None:
    """Controleer de map met definities van één organisatie. Standaard de map in gebruik."""
    from workflow.bootstrap import check_definitions

    report = check_definitions(settings(definitions=folder))
    if as_json():
        print_json(report.as_json())
    elif report.ok:
        say(f"In orde: {report.files} bestanden, {report.routes} routes.")
    else:
        for problem in report.problems:
            say(f"{problem.file}:{problem.line}: {problem.message} [{problem.code}]")
    if not report.ok:
        raise Ended(1)


@command("publish")
@click.argument("folder", metavar="[MAP]", required=False)
def publish(folder: str | None) -> None:
    """Leg de inhoud van elke routeversie vast, zodat die niet meer ongemerkt verandert."""
    from workflow.bootstrap import definitions_folder
    from workflow.engine.publish import publish_routes

    done = publish_routes(Path(definitions_folder(settings(definitions=folder))))
    if as_json():
        print_json({"gepubliceerd": list(done)})
    else:
        say(f"Gepubliceerd: {', '.join(done) or 'niets nieuws'}.")


for one in (check, publish):
    definitions.add_command(one)
COMMANDS = (definitions,)
