"""Where the voorstel goes: forward to what is open, back to what was held."""

from collections.abc import Iterator
from dataclasses import replace

from workflow.domain.dossier import Dossier
from workflow.domain.route import group_is_ready, group_of, step_holds, step_is_open
from workflow.domain.voorstel import Stap
from workflow.engine.machine import CompiledMachine
from workflow.engine.rules import Rules


def in_state(dossier: Dossier, state: str) -> Dossier:
    """The dossier with its voorstel in another state."""
    if state == dossier.voorstel.state:
        return dossier
    return replace(dossier, voorstel=replace(dossier.voorstel, state=state))


def go_on(dossier: Dossier, rules: Rules) -> Dossier:
    """The dossier at the step where work is open, as its machine allows.

    It stays while its own step (or one that runs in parallel) holds it. Else it
    goes forward to the first open step; with none ahead, back to the first open
    one; with none at all it stays, ready to be closed.
    """
    voorstel = dossier.voorstel
    here = voorstel.step(voorstel.state)
    machine = rules.route_machine(voorstel)
    if here is None:
        first = machine.next_state(voorstel.state, "begin")
        return start(dossier, first, rules) if first and voorstel.steps else dossier
    ready = group_is_ready(dossier, here, rules)
    for step in () if ready else (here, *group_of(dossier, here)):
        if step_holds(dossier, step, rules):
            return in_state(dossier, step.id)
    for state in _ahead(machine, here.id):
        if _is_open(dossier, state, rules):
            return in_state(dossier, state)
    first = machine.next_state(here.id, "opnieuw")
    for state in (first, *_ahead(machine, first)) if first else ():
        if _is_open(dossier, state, rules):
            return in_state(dossier, state)
    return dossier


def start(dossier: Dossier, first: str, rules: Rules) -> Dossier:
    """The dossier at its first open step, seen from `first`."""
    placed = in_state(dossier, first)
    step = placed.voorstel.step(first)
    if step is None or step_is_open(placed, step, rules):
        return placed
    return go_on(placed, rules)


def rearranged(dossier: Dossier, rules: Rules) -> Dossier:
    """The dossier at the first step that holds it, after its route was edited.

    Steps that run beside the one where it stands do not move it.
    """
    voorstel = dossier.voorstel
    here = voorstel.step(voorstel.state)
    if here is None:
        return dossier
    holding = [
        step
        for step in voorstel.steps
        if _is_open(dossier, step.id, rules) and step_holds(dossier, step, rules)
    ]
    first = next(iter(holding), None)
    if first is None:
        return go_on(dossier, rules)
    beside = first.group and first.group == here.group and here in holding
    return in_state(dossier, here.id if beside else first.id)


def _ahead(machine: CompiledMachine, state: str) -> Iterator[str]:
    """The steps after a state, in order."""
    following = machine.next_state(state, "verder")
    while following is not None:
        yield following
        following = machine.next_state(following, "verder")


def _is_open(dossier: Dossier, state: str, rules: Rules) -> bool:
    """Something must still happen at that step; not when enough of its group is done."""
    step: Stap | None = dossier.voorstel.step(state)
    if step is None or group_is_ready(dossier, step, rules):
        return False
    return step_is_open(dossier, step, rules)
