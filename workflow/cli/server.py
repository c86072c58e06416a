"""`serve`, `worker` and `demo`: the web application and the clock's tick."""

import socket
from pathlib import Path
from typing import Any

import click

from workflow.cli.options import as_json, command, settings
from workflow.cli.output import print_json, say

HOST, PORT = "127.0.0.1", 8000
DEMO_DATABASE = "sqlite:///besluitroute-demo.db"

_host = click.option(
    "--host",
    default=HOST,
    metavar="ADRES",
    help=f"Alleen een adres van deze computer zelf. Standaard {HOST}.",
)
_port = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=PORT,
    metavar="POORT",
    help=f"Het nummer van de poort. Standaard {PORT}.",
)


@command("serve")
@_host
@_port
@click.option("--no-worker", is_flag=True, help="Zonder herinneringen. Standaard uit.")
def serve(host: str, port: int, no_worker: bool) -> None:
    """Start de webtoepassing; een oudere database wordt eerst bijgewerkt, na een kopie."""
    from workflow.web.server import check_loopback

    check_loopback(host)
    _require_free(host, port)
    from workflow.bootstrap import Access, open_register

    opened = open_register(settings(), Access.UPGRADE)
    _tell_upgraded(opened)
    say(f"Besluitroute draait op http://{host}:{port}/  (stoppen: Ctrl+C)")
    _run(opened, host, port, with_worker=not no_worker)


@command("worker")
def worker() -> None:
    """Laat de klok lopen: leid af wat herinnerd moet worden en verstuur wat klaarstaat."""
    from workflow.bootstrap import Access, open_register
    from workflow.worker import run_worker

    opened = open_register(settings(), Access.UPGRADE)
    _tell_upgraded(opened)
    say("De klok loopt. Stoppen: Ctrl+C")
    run_worker(opened)


@command("demo")
@_host
@_port
@click.option("--no-serve", is_flag=True, help="Maak alleen de database. Standaard uit.")
def demo(host: str, port: int, no_serve: bool) -> None:
    """Maak een vers proefregister met voorbeelden en start de webtoepassing."""
    from workflow.web.server import check_loopback

    check_loopback(host)
    if not no_serve:
        _require_free(host, port)
    from workflow.bootstrap import open_demo

    opened = open_demo(_demo_settings())
    day = opened.session.today()
    kenmerken = [row["kenmerk"] for row in _running(opened)]
    if as_json():
        print_json({"database": opened.settings.database, "vandaag": day.isoformat()})
    else:
        _welcome(opened, day, kenmerken, None if no_serve else f"http://{host}:{port}/")
    if not no_serve:
        _run(opened, host, port, with_worker=False)


def _demo_settings() -> Any:
    """The settings, with a database of its own unless one was given."""
    import os

    from workflow.settings import SETTINGS

    chosen = settings()
    if chosen.database != SETTINGS["database"].default or os.environ.get(
        SETTINGS["database"].variable
    ):
        return chosen
    return settings(database=DEMO_DATABASE)


def _running(opened: Any) -> list[dict[str, Any]]:
    """The voorstellen that run."""
    from workflow.services.dossier import overview

    return overview(opened.session, open_only=True)


def _welcome(opened: Any, day: Any, kenmerken: list[str], address: str | None) -> None:
    """What a newcomer does first."""
    from workflow.domain.dutch import day_in_words

    name = opened.settings.database.removeprefix("sqlite:///")
    say(
        f"Het proefregister {Path(name).name} staat klaar met {len(kenmerken)} lopende voorstellen."
    )
    say(f"Het is daar {day_in_words(day)}: een vaste dag, om te oefenen.\n")
    say("Begin zo:")
    if address:
        say(f"  1. Open {address} in uw browser.")
        say("  2. ‘Mijn werk’ zegt wat er nu moet: leg de conclusie van het overleg vast.")
        say("  3. Kijk in het dossier bij ‘Geschiedenis’ en reken die na.")
        say("\nDe verstuurde mails staan in besluitroute-demo-post, als .eml-bestanden.")
        say("Stoppen: Ctrl+C. Elke start van de demo begint opnieuw.")
    else:
        say(f"  besluitroute serve --database {opened.settings.database} --today {day}")


def _run(opened: Any, host: str, port: int, *, with_worker: bool) -> None:
    """Serve the pages until stopped, with the clock beside them."""
    from workflow.bootstrap import web_register
    from workflow.web.app import create_app
    from workflow.web.port import WebSettings
    from workflow.web.server import serve as run_server

    app = create_app(web_register(opened), WebSettings(host=host, port=port))
    if not with_worker:
        run_server(app, host, port)
        return
    from workflow.worker import background_ticker

    ticker = background_ticker(opened)
    ticker.start()
    try:
        run_server(app, host, port)
    finally:
        ticker.stop()


def _tell_upgraded(opened: Any) -> None:
    """What opening did to the database."""
    done = opened.upgraded
    if done and done.before and done.before != done.after:
        say(f"De database is bijgewerkt van vorm {done.before} naar {done.after}.")
        say(f"De kopie van ervoor: {done.backup}")


def _require_free(host: str, port: int) -> None:
    """Raise Surroundings when something listens there already."""
    from workflow.domain.errors import Surroundings

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        if probe.connect_ex((host.strip("[]"), port)) == 0:
            raise Surroundings(
                f"Op {host}:{port} draait al iets. Stop dat, of kies met --port een andere poort."
            )


COMMANDS = (serve, worker, demo)
