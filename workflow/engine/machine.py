"""State + trigger → next state: the one place where `transitions` runs.

A machine is immutable, built once per content (`Rules` keeps it) and shared by
all cases and threads; a case is a small object with a state. No string of a
definition ever reaches the library as a callback: guards are asked by us,
before, so that a refusal has its reason.
"""

from collections.abc import Iterable

from transitions import Machine

from workflow.engine.definition import MachineDefinitie

STEP, FIRST, NEXT, SAME = "@stap", "@eerste", "@volgende", "@zelfde"
NO_STEP = "ingediend"  # where a submitted voorstel waits that has no step yet

Move = tuple[str, str, str]  # trigger, from, to
_NOTHING: frozenset[str] = frozenset()


class _Case:
    """What a machine moves: nothing but a state."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class CompiledMachine:
    """A machine ready for use, safe to share between threads."""

    __slots__ = ("_machine", "_next", "_triggers", "steps")

    def __init__(
        self, states: Iterable[str], moves: Iterable[Move], steps: tuple[str, ...]
    ) -> None:
        names = tuple(dict.fromkeys(states))
        self.steps = steps
        self._machine = Machine(
            model=None,
            states=list(names),
            initial=names[0],
            auto_transitions=False,
            queued=False,
            send_event=True,
        )
        triggers: dict[str, set[str]] = {name: set() for name in names}
        for trigger, source, dest in moves:
            self._machine.add_transition(trigger, source, dest)
            triggers[source].add(trigger)
        self._triggers = {name: frozenset(found) for name, found in triggers.items()}
        self._next: dict[tuple[str, str], str] = {}

    def triggers(self, state: str) -> frozenset[str]:
        """What a case in `state` knows; nothing for a state that is not there."""
        return self._triggers.get(state, _NOTHING)

    def allows(self, state: str, trigger: str) -> bool:
        """Whether a case in `state` knows `trigger`."""
        return trigger in self._triggers.get(state, _NOTHING)

    def next_state(self, state: str, trigger: str) -> str | None:
        """Where `trigger` leads from `state`; None when it is not known there.

        The library is asked once: a machine never changes.
        """
        if not self.allows(state, trigger):
            return None
        if (state, trigger) not in self._next:
            case = _Case(state)
            self._machine.events[trigger].trigger(case)
            self._next[state, trigger] = case.state
        return self._next[state, trigger]


def compile_machine(definition: MachineDefinitie, steps: tuple[str, ...] = ()) -> CompiledMachine:
    """The machine of a definition; for a voorstel, with the steps of its own route as states."""
    states = [state.toestand for state in definition.toestanden] + list(steps)
    moves: list[Move] = []
    for trigger, sources, dest in _rows(definition):
        for source in _expand(sources, steps):
            to = _target(dest, source, steps)
            if to is not None:
                moves.append((trigger, source, to))
    ordered = [definition.begin, *(state for state in states if state != definition.begin)]
    return CompiledMachine(ordered, moves, steps)


def _rows(definition: MachineDefinitie) -> Iterable[tuple[str, tuple[str, ...], str]]:
    """Acts and consequences alike: trigger, sources, destination."""
    for act in definition.handelingen:
        yield act.handeling, act.van, act.naar
    for consequence in definition.gevolgen:
        yield consequence.gevolg, consequence.van, consequence.naar


def _expand(sources: tuple[str, ...], steps: tuple[str, ...]) -> Iterable[str]:
    """The states that the sources stand for."""
    for source in sources:
        if source == STEP:
            yield from steps
        else:
            yield source


def _target(dest: str, source: str, steps: tuple[str, ...]) -> str | None:
    """The state a destination stands for; None: there is none from here."""
    if dest == SAME:
        return source
    if dest == FIRST:
        return steps[0] if steps else NO_STEP
    if dest == NEXT:
        place = steps.index(source) + 1
        return steps[place] if place < len(steps) else None
    return dest
