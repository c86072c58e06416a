"""`actions` and `act`: what can be done with a dossier, and doing it."""

import datetime as dt
from typing import Any

import click

from workflow.cli.options import COUNT, DAY, PAIR, as_json, command, register
from workflow.cli.output import print_json, say


@command("actions")
@click.argument("kenmerk", metavar="KENMERK")
def actions(kenmerk: str) -> None:
    """Toon elke handeling: wat nu kan, en waarom iets niet kan."""
    from workflow.services.dossier import actions as read

    view = read(register().session, kenmerk)
    if as_json():
        print_json(view)
        return
    for wanted, title in ((True, "Dit kan nu:"), (False, "\nDit kan nu niet:")):
        say(title)
        for one in view["actions"]:
            if one["permitted"] is wanted:
                target = _target(one["target"])
                about = f" ({target})" if target else ""
                why = f": {' '.join(one['reasons'])}" if one["reasons"] else ""
                fields = " ".join(
                    f"{field['name']}{'*' if field['required'] else ''}" for field in one["fields"]
                )
                shown = f"  [{fields}]" if fields and wanted else ""
                say(f"  {one['action']:<24} {one['label']}{about}{why}{shown}")


def _target(target: dict[str, Any]) -> str:
    """What an act is on: a row as 'b2', or a gemeente by its name and 'ronde 2'."""
    words = [str(value) for name, value in target.items() if value and name != "ronde"]
    if (target["ronde"] or 1) > 1:
        words.append(f"ronde {target['ronde']}")
    return ", ".join(words)


@command("act")
@click.argument("kenmerk", metavar="KENMERK")
@click.argument("action", metavar="HANDELING")
@click.option("--behandeling", metavar="ID", help="De rij, bijvoorbeeld b2. Standaard de huidige.")
@click.option("--gemeente", metavar="GEMEENTE", help="Naam of code. Standaard geen.")
@click.option("--afspraak", metavar="ID", help="De afspraak. Standaard de enige die openstaat.")
@click.option(
    "--beslispunt",
    "points",
    type=PAIR,
    multiple=True,
    metavar="NR=CODE",
    help="De conclusie op één beslispunt; mag vaker. Standaard geen.",
)
@click.option(
    "--set",
    "fields",
    type=PAIR,
    multiple=True,
    help="Een veld van de handeling; mag vaker. Standaard geen.",
)
@click.option(
    "--happened",
    type=DAY,
    help="De dag waarop het gebeurde (JJJJ-MM-DD). Standaard de dag van de "
    "vergadering, anders vandaag.",
)
@click.option("--remark", metavar="TEKST", help="Een opmerking of reden. Standaard geen.")
@click.option(
    "--version",
    "seen_version",
    type=COUNT,
    metavar="N",
    help="De versie die u zag. Standaard de huidige; een oudere wordt geweigerd.",
)
@click.option(
    "--command-id",
    metavar="ID",
    help="Een eigen kenmerk: tweemaal is eenmaal. Standaard een nieuw.",
)
def act(
    kenmerk: str,
    action: str,
    behandeling: str | None,
    gemeente: str | None,
    afspraak: str | None,
    points: tuple[tuple[str, str], ...],
    fields: tuple[tuple[str, str], ...],
    happened: dt.date | None,
    remark: str | None,
    seen_version: int | None,
    command_id: str | None,
) -> None:
    """Verricht één handeling. Welke er zijn, toont ‘actions’."""
    from workflow.services.act import Act, perform

    answer = perform(
        register().session,
        Act(
            kenmerk=kenmerk,
            action=action,
            behandeling=behandeling,
            gemeente=gemeente,
            afspraak=afspraak,
            points=dict(points),
            fields=dict(fields),
            happened=happened,
            remark=remark,
            seen_version=seen_version,
            command_id=command_id,
        ),
    )
    if as_json():
        print_json(answer.as_json())
    else:
        moved = (
            answer.to_state
            if answer.from_state == answer.to_state
            else (f"{answer.from_state} → {answer.to_state}")
        )
        say(f"{answer.kenmerk}: {action} vastgelegd (nr. {answer.event}, {moved}).")


COMMANDS = (actions, act)
