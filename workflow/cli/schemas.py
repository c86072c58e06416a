"""`definitions schema`: with which an editor completes and checks the files."""

import json
from pathlib import Path

import click

from workflow.cli.options import as_json, command
from workflow.cli.output import print_json, say


@command("schema")
@click.argument("kind", metavar="[SOORT]", required=False)
@click.option(
    "--output",
    metavar="MAP",
    help="Schrijf elk schema als bestand in deze map. Standaard naar het scherm.",
)
def schema(kind: str | None, output: str | None) -> None:
    """Geef het JSON Schema van een soort bestand, zodat een editor aanvult en controleert.

    Zonder SOORT: van alle soorten.
    """
    from workflow.engine.schema import kinds, schema_of

    found = {one: schema_of(one) for one in ([kind] if kind else kinds())}
    if output is None:
        print_json(found[kind] if kind else {"schemas": found})
        return
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in found.items():
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (folder / f"{name}.schema.json").write_text(f"{text}\n", encoding="utf-8")
    names = [f"{name}.schema.json" for name in found]
    if as_json():
        print_json({"map": output, "bestanden": names})
    else:
        say(f"In {output}: {', '.join(names)}.")


COMMANDS = (schema,)
