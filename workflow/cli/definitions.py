"""`definitions`: checking, drawing and publishing what may happen."""

from pathlib import Path

import click

from workflow.cli import schemas, versions
from workflow.cli.options import COUNT, as_json, command, group, settings
from workflow.cli.output import Ended, print_json, say


@group("definitions")
def definitions() -> None:
    """Controleer en publiceer de definities."""


@command("check")
@click.argument("folder", metavar="[MAP]", required=False)
@click.option(
    "--register",
    "against",
    is_flag=True,
    help="Vergelijk ook met de versies die het register in gebruik heeft. Standaard niet: "
    "dan wordt geen database geopend.",
)
def check(folder: str | None, against: bool) -> None:
    """Controleer de map met definities van één organisatie. Standaard de map in gebruik."""
    from workflow.bootstrap import check_definitions

    report = check_definitions(settings(definitions=folder), against_register=against)
    if as_json():
        print_json(report.as_json())
    elif report.ok:
        say(f"In orde: {report.files} bestanden, {report.routes} routes.")
    else:
        for problem in report.problems:
            say(f"{problem.file}:{problem.line}: {problem.message} [{problem.code}]")
    for notice in () if as_json() else report.notices:
        say(f"Let op: {notice.file}:{notice.line}: {notice.message} [{notice.code}]")
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


@command("diagram")
@click.argument("route", metavar="ROUTE")
@click.option("--version", type=COUNT, help="De versie van de route. Standaard de nieuwste.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("svg", "mermaid", "tekst")),
    default="svg",
    help="svg (afbeelding, standaard), mermaid (voor documentatie) of tekst.",
)
@click.option("--output", metavar="BESTAND", help="Naar dit bestand. Standaard naar het scherm.")
def diagram(route: str, version: int | None, form: str, output: str | None) -> None:
    """Teken een route: als afbeelding, als Mermaid of in woorden."""
    from workflow.bootstrap import load_rules
    from workflow.engine.diagram_formats import FORMATS

    rules = load_rules(settings())
    found = rules.version_of(route, version)
    text = FORMATS[form](found, rules.definities)
    if output:
        Path(output).write_text(text, encoding="utf-8")
    if as_json():
        shown = {"route": found.route, "version": found.versie, "format": form, "file": output}
        print_json({**shown, "diagram": text})
    else:
        say(f"Getekend in {output}." if output else text.rstrip("\n"))


for one in (check, diagram, publish, *schemas.COMMANDS, *versions.COMMANDS):
    definitions.add_command(one)
COMMANDS = (definitions,)
