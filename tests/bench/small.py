"""The small things that are done all the time."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.bench.acts import folder
from tests.bench.measure import heading, line, repeated
from tests.soak.walks import opened, read_in, rules, settings
from workflow.domain.voorstel import Stap
from workflow.engine.decide import permitted, possibilities
from workflow.engine.machine import compile_machine
from workflow.services.dossier import find
from workflow.services.importing import import_files
from workflow.settings import SHIPPED

TIMES = 200
PAPER = SHIPPED / "voorbeelden" / "voorblad_24005969.txt"


def measure() -> None:
    """Print section c."""
    heading("Small things")
    steps = tuple(f"stap_{number}" for number in range(30))
    definition = rules().machines["voorstel"]
    compiled = repeated(lambda: compile_machine(definition, steps), 20)
    line("compile a route of 30 steps, ms", compiled.spread())
    with folder() as place:
        ask_what_may_be_done(place)
        read_a_file(place)
    line("besluitroute --help, ms", helped(), "300")


def ask_what_may_be_done(place: Path) -> None:
    """Which acts are permitted now: of the state alone, and with every guard and reason."""
    register = opened(settings(f"sqlite:///{place / 'asked.db'}"))
    dossier = find(register.session, read_in(register, 1)[0])
    machine = rules().route_machine(dossier.voorstel)
    state, names = dossier.voorstel.state, tuple(rules().acts)
    known = repeated(lambda: [machine.allows(state, name) for name in names], TIMES)
    line(f"which of {len(names)} acts a state knows", f"{known.median * 1e6:.1f} µs")
    today = register.session.today()
    asked = repeated(lambda: list(possibilities(dossier, rules(), today=today)), TIMES)
    may = repeated(lambda: list(permitted(dossier, rules(), today=today)), TIMES)
    line("the permitted acts, without reasons", f"{may.median * 1e6:.0f} µs", "50 µs")
    line("every act with its reasons", f"{asked.median * 1e6:.0f} µs")
    long = replace(dossier.voorstel, steps=tuple(Stap(id=f"s{number}") for number in range(30)))
    found = repeated(lambda: rules().route_machine(long), TIMES)
    line("find the machine of a route of 30 steps again", f"{found.median * 1e6:.1f} µs")
    register.engine.dispose()


def read_a_file(place: Path) -> None:
    """Read one voorblad: to look at, and into the register."""
    register = opened(settings(f"sqlite:///{place / 'read.db'}"))
    text = PAPER.read_bytes()

    def look() -> None:
        list(import_files(register.session, [(PAPER.name, text)], dry_run=True))

    line("read a voorblad, to look at, ms", repeated(look, 30).spread())
    numbers = iter(range(24_200_000, 24_300_000))

    def store() -> None:
        other = text.replace(b"24005969", str(next(numbers)).encode())
        (done,) = import_files(register.session, [(PAPER.name, other)])
        assert done.result == "created"

    line("read a voorblad into the register, ms", repeated(store, 30).spread())
    register.engine.dispose()


def helped() -> str:
    """The command line from its start to its end."""
    program = [sys.executable, "-m", "workflow", "--help"]
    return repeated(
        lambda: subprocess.run(program, check=True, stdout=subprocess.DEVNULL), 15
    ).spread()
