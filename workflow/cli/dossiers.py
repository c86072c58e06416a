"""`new`, `attach`, `list`, `show`, `history`, `council`, `obligations`: dossiers made and read."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from workflow.cli.options import DAY, MOMENT, PAIR, as_json, command, register
from workflow.cli.output import print_json, print_table, say


@command("new")
@click.option(
    "--set",
    "fields",
    type=PAIR,
    multiple=True,
    required=True,
    help="Een veld, bijvoorbeeld onderwerp=…; mag vaker. Ook beslispunt_1=…, contactpersoon=…",
)
@click.option(
    "--command-id",
    metavar="ID",
    help="Een eigen kenmerk: tweemaal is eenmaal. Standaard een nieuw.",
)
def new(fields: tuple[tuple[str, str], ...], command_id: str | None) -> None:
    """Maak een voorstel zonder document; het begint als concept."""
    from workflow.services.new import new as make

    answer = make(register("create").session, dict(fields), command_id=command_id)
    if as_json():
        print_json(answer.as_json())
    else:
        say(f"Voorstel {answer.kenmerk} is aangemaakt als concept.")


@command("attach")
@click.argument("kenmerk", metavar="KENMERK")
@click.argument("file", metavar="BESTAND")
@click.option(
    "--title",
    metavar="TITEL",
    help="De titel van het stuk. Standaard de bijlage met deze naam, anders ‘Stuk’ en een nummer.",
)
@click.option(
    "--command-id",
    metavar="ID",
    help="Een eigen kenmerk: tweemaal is eenmaal. Standaard een nieuw.",
)
def attach(kenmerk: str, file: str, title: str | None, command_id: str | None) -> None:
    """Voeg een stuk toe, of een nieuwe versie ervan."""
    data = Path(file).read_bytes()
    from workflow.services.papers import attach as store
    from workflow.services.views import paper_view

    session = register().session
    answer, paper = store(
        session, kenmerk, Path(file).name, data, title=title, command_id=command_id
    )
    if as_json():
        print_json({**answer.as_json(), "stuk": paper_view(paper)})
    else:
        say(f"{paper.title}, versie {paper.version} (sha256 {paper.sha256[:16]}…)")


@command("list")
@click.option("--state", metavar="TOESTAND", help="Alleen in deze toestand. Standaard alle.")
@click.option(
    "--overleg", metavar="OVERLEG", help="Alleen met een open punt in dit overleg. Standaard alle."
)
@click.option(
    "--open", "open_only", is_flag=True, help="Alleen lopende voorstellen. Standaard uit."
)
def list_(state: str | None, overleg: str | None, open_only: bool) -> None:
    """Toon de voorstellen, het nieuwste eerst."""
    from workflow.services.dossier import overview

    rows = overview(register().session, state=state, overleg=overleg, open_only=open_only)
    if as_json():
        print_json({"voorstellen": rows})
        return
    print_table(
        ("Kenmerk", "Datum", "Waar", "Onderwerp"),
        [(row["kenmerk"], row["datum"], row["state_label"], row["onderwerp"]) for row in rows],
    )
    if not rows:
        say("Er zijn geen voorstellen.")


@command("show")
@click.argument("kenmerk", metavar="KENMERK")
@click.option(
    "--as-of",
    type=MOMENT,
    help="Zoals bekend op een dag (einde van die dag) of een moment met tijdzone. Standaard nu.",
)
def show(kenmerk: str, as_of: str | None) -> None:
    """Toon een dossier, nu of zoals het toen bekend was."""
    from workflow.services.dossier import show as read

    view = read(register().session, kenmerk, as_of=as_of)
    if as_json():
        print_json(view)
    else:
        _tell(view)


def _tell(view: dict[str, Any]) -> None:
    """A dossier for people."""
    say(f"{view['kenmerk']}  {view['onderwerp']}")
    say(f"{view['state_label']} · versie {view['version']} · route {view['route']['id']}")
    if view["as_of"]:
        say(f"Zoals bekend op {view['as_of']}.")
    say("\nBehandeling")
    print_table(
        ("Rij", "Datum", "Overleg", "Doel", "Conclusie", "Stand"),
        [
            (
                row["id"],
                row["datum"] or row["periode"] or "volgt",
                row["overleg"],
                row["doel"],
                row["conclusie"] or row["conclusie_code"],
                row["state_label"],
            )
            for row in view["behandelingen"]
        ],
    )
    if view["beslispunten"]:
        say("\nBeslispunten")
    for point in view["beslispunten"]:
        say(f"{point['nummer'] or '-'}. {point['tekst']}")
        for part in point["onderdelen"]:
            say(f"     {part['nummer'] or '-'} {part['tekst']}")
    if view["raden"]:
        say("\nGemeenteraden")
        print_table(
            ("Gemeente", "Stand", "Brief", "College", "Zaaknummer", "Verzonden"),
            [
                (
                    one["gemeente"],
                    one["state_label"],
                    one["brief"],
                    one["datum_college"],
                    one["zaaknummer"],
                    one["verzonden_op"],
                )
                for one in view["raden"]
            ],
        )
    for row in view["behandelingen"]:
        if row["bezwaar"]:
            state = "loopt" if row["bezwaar"]["loopt"] else "behandeld"
            say(f"\nBezwaar van het {row['bezwaar']['overleg']} tegen rij {row['id']}: {state}")
    for one in view["verbonden"]:
        points = ", ".join(one["beslispunten"])
        say(f"\n{one['soort'].replace('_', ' ').capitalize()} {one['kenmerk']}: punt {points}")
    for one in view["afspraken"]:
        say(f"\nAfspraak: {one['titel']} ({one['periode'] or 'geen datum'}): {one['state_label']}")


@command("history")
@click.argument("kenmerk", metavar="KENMERK")
def history(kenmerk: str) -> None:
    """Toon de geschiedenis van een dossier, het oudste eerst."""
    from workflow.services.dossier import history as read

    events = read(register().session, kenmerk)
    if as_json():
        print_json({"kenmerk": kenmerk, "events": events})
        return
    for event in events:
        remark = f" ‘{event['remark']}’" if event["remark"] else ""
        say(f"{event['seq']:>5}  {_local(event['at'])}  {event['sentence']}{remark}")


def _local(moment: str) -> str:
    """A moment of the register as people here read it, in Europe/Amsterdam."""
    from workflow.services.session import ZONE

    return f"{dt.datetime.fromisoformat(moment).astimezone(ZONE):%Y-%m-%d %H:%M}"


@command("council")
@click.argument("kenmerk", metavar="[KENMERK]", required=False)
def council(kenmerk: str | None) -> None:
    """Toon de informatie van elke gemeenteraad, van één dossier of van alle."""
    from workflow.services.dossier import council as read

    rows = read(register().session, kenmerk)
    if as_json():
        print_json({"raden": rows})
        return
    print_table(
        (
            "Kenmerk",
            "Gemeente",
            "Stand",
            "Aangeboden",
            "Brief",
            "College",
            "Zaaknummer",
            "Verzonden",
        ),
        [
            (
                row["kenmerk"],
                row["gemeente"],
                row["state_label"],
                row["aangeboden_op"],
                row["brief"],
                row["datum_college"],
                row["zaaknummer"],
                row["verzonden_op"],
            )
            for row in rows
        ],
    )
    if not rows:
        say("Er worden nog geen gemeenteraden geïnformeerd.")


@command("obligations")
@click.option("--open", "open_only", is_flag=True, help="Alleen wat nog openstaat. Standaard uit.")
@click.option(
    "--due-before", type=DAY, help="Alleen wat vóór deze dag (JJJJ-MM-DD) moet. Standaard alles."
)
@click.option("--kenmerk", metavar="KENMERK", help="Alleen uit dit voorstel. Standaard alles.")
@click.option("--owner", metavar="FUNCTIE", help="Alleen van deze rol of functie. Standaard alles.")
@click.option(
    "--overleg", metavar="OVERLEG", help="Alleen wat dit overleg moet behandelen. Standaard alles."
)
@click.option("--gemeente", metavar="GEMEENTE", help="Alleen van deze gemeente. Standaard alles.")
@click.option("--csv", "as_csv", is_flag=True, help="Als tabel voor een rekenblad. Standaard uit.")
def obligations(
    open_only: bool,
    due_before: dt.date | None,
    kenmerk: str | None,
    owner: str | None,
    overleg: str | None,
    gemeente: str | None,
    as_csv: bool,
) -> None:
    """Toon rapportages, evaluaties, toezeggingen en opdrachten."""
    from workflow.services.owed import Wanted
    from workflow.services.owed import obligations as read
    from workflow.services.sheets import owed_sheet

    session = register().session
    rows = read(
        session,
        Wanted(
            open_only=open_only,
            until=due_before - dt.timedelta(days=1) if due_before else None,
            kenmerk=kenmerk,
            owner=owner,
            overleg=session.rules.resolve_overleg(overleg)[0].code if overleg else None,
            gemeente=session.rules.resolve_gemeente(gemeente).code if gemeente else None,
        ),
    )
    if as_json():
        print_json({"afspraken": rows})
        return
    if as_csv:
        say(owed_sheet(rows).rstrip())
        return
    print_table(
        ("Uiterlijk", "Soort", "Stand", "Bron", "Wat"),
        [
            (
                row["due"] or row["periode"],
                row["soort"],
                row["state_label"],
                row["bron"]["kenmerk"],
                row["titel"],
            )
            for row in rows
        ],
    )


COMMANDS = (new, attach, list_, show, history, council, obligations)
