"""Every configuration that a voorstel on a route can come to, as the engine itself decides.

Breadth first, so that the way to a configuration is the shortest there is. There is no second
model of what an act does: `possibilities` says what may be done, `decide` what comes of it.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from workflow.domain.behandeling import Behandeling, ConclusieCode, Soort
from workflow.domain.dossier import Dossier
from workflow.domain.dutch import CONCLUSIE_WORDS
from workflow.domain.errors import WorkflowError
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.rounds import rows_at
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Stap
from workflow.engine.attempt import Attempt
from workflow.engine.conclusions import Outcome
from workflow.engine.configuration import DAY, configuration, is_straight
from workflow.engine.decide import decide, permitted
from workflow.engine.effects import CORRECTION
from workflow.engine.filling import Filled, Width, declares_facts, fillings
from workflow.engine.machine import FIRST, SAME
from workflow.engine.rules import Rules, sub_machine

GOOD_END = "afgerond"  # with nothing open: `rond_af` is then permitted without a reason
MAX_CONFIGURATIONS = 4_000  # of one route
_GEMEENTEN = 2  # in a round: one can be ready while the other is not


@dataclass(slots=True)
class Node:
    """A configuration, and how it was first come to."""

    dossier: Dossier
    depth: int = 0
    parent: "Node | None" = None
    step: str = ""  # what was done to come here, in Dutch
    before: list["Node"] = field(default_factory=list)  # from where, in the ordinary course
    looked_at: bool = False
    ahead: int = 0  # ways on from here, in the ordinary course

    @property
    def state(self) -> str:
        return self.dossier.voorstel.state

    def path(self) -> tuple[str, ...]:
        """What is done, from the start, to come here."""
        steps: list[str] = []
        node: Node | None = self
        while node and node.step:
            steps.append(node.step)
            node = node.parent
        return tuple(reversed(steps))


@dataclass(slots=True)
class Explored:
    """What a walk over all configurations saw. `whole` False: there were too many of them."""

    nodes: dict[Dossier, Node] = field(default_factory=dict)
    acts: set[str] = field(default_factory=set)  # that could be done somewhere
    codes: set[tuple[str, ConclusieCode]] = field(default_factory=set)  # by step, recorded
    rounds: set[str] = field(default_factory=set)  # steps at which a round was started
    left: list[tuple[Node, tuple[str, ...]]] = field(default_factory=list)  # running at an end
    whole: bool = True

    def treated(self, step: str) -> bool:
        """Something was done at a step: a conclusion, or a round."""
        return step in self.rounds or any(at == step for at, _ in self.codes)


def explore(start: Dossier, rules: Rules, *, limit: int = MAX_CONFIGURATIONS) -> Explored:
    """All configurations that can be come to from `start`, at most `limit` of them."""
    return _Walk(rules, limit).walk(start)


class _Walk:
    """One exploration."""

    def __init__(self, rules: Rules, limit: int) -> None:
        self.rules, self.limit = rules, limit
        self.seen = Explored()
        self.waiting: deque[Node] = deque()
        self.tried: set[tuple[str, str]] = set()  # acts beside the course, and where
        self.asides: set[tuple[str, str]] = set()  # kinds of parts, and states they were seen in
        self.round_of = tuple(rules.gemeenten)[:_GEMEENTEN]
        self.names: dict[str, str] = {}

    def walk(self, start: Dossier) -> Explored:
        self.names = _names(start.voorstel.steps)
        self.reach(configuration(start, self.rules), None, "", course=False)
        while self.waiting:
            node = self.waiting.popleft()
            if len(self.seen.nodes) >= self.limit:
                self.seen.whole = False
                break
            node.looked_at = True
            for attempt, filled, after in self.acts_from(node):
                self.take(node, attempt, filled, after)
        return self.seen

    def acts_from(self, node: Node) -> Iterator[tuple[Attempt, Filled, Dossier]]:
        """What is worth doing in a configuration, and the dossier after it."""
        may = self.permitted(node.dossier)
        if self.rules.is_end(node.state):
            self.note_left(node, may)
            return
        straight = is_straight(node.dossier)
        turns, raad = _turns(may, straight=straight), self.next_in_round(may)
        may = _without_early_facts(may, begins=node.parent is None)
        for attempt in may:
            if attempt.raad and attempt.raad != raad:
                continue  # gemeenten are alike: one after the other
            if is_course(attempt):
                if attempt.row and attempt.row not in turns:
                    continue  # it can as well be done when its turn comes
            elif not straight or (attempt.act.handeling, _at(attempt)) in self.tried:
                continue
            yield from ((attempt, *one) for one in self.done(attempt, straight=straight))

    def note_left(self, node: Node, may: list[Attempt]) -> None:
        """What is open at an end: a row, or a gemeente that nobody can help further."""
        going = {attempt.raad for attempt in may}
        left = [row.overleg for row in node.dossier.open_rows()]
        left += [
            one.name
            for one in node.dossier.raden
            if one not in going and not self.rules.settled(one)
        ]
        if left:
            self.seen.left.append((node, tuple(left)))

    def next_in_round(self, may: list[Attempt]) -> Raadsinformatie | None:
        """The gemeente to act on: one on its way, else one that must begin, else any other."""

        def place(raad: Raadsinformatie) -> int:
            if self.rules.settled(raad):
                return 2
            begin = self.rules.machines[sub_machine(raad.deelroute)].begin
            return 1 if raad.state == begin else 0

        return min((one.raad for one in may if one.raad), key=place, default=None)

    def permitted(self, dossier: Dossier) -> list[Attempt]:
        """What may be done now; a correction needs a history, and is left out."""
        may = permitted(dossier, self.rules, today=DAY)
        found = [attempt for attempt in may if attempt.act.handeling != CORRECTION]
        self.seen.acts |= {attempt.act.handeling for attempt in found}
        return found

    def done(self, attempt: Attempt, *, straight: bool = True) -> Iterator[tuple[Filled, Dossier]]:
        """The act done in every way that matters, as far as it can be."""
        step = attempt.row.step if attempt.row else ""
        known = any(at == step for at, _ in self.seen.codes)
        every = Width.EVERY_CODE if not known else Width.EVERY_OUTCOME
        width = every if straight else Width.ONWARD
        for filled in fillings(attempt, width=width, round_of=self.round_of):
            try:
                decision = decide(
                    filled.asked,
                    attempt.dossier,
                    self.rules,
                    today=DAY,
                    keep=lambda text: ErasableText("", text),
                )
            except WorkflowError:
                continue
            yield filled, decision.after

    def take(self, node: Node, attempt: Attempt, filled: Filled, after: Dossier) -> None:
        """Note what was done, and where it leads."""
        if attempt.row and filled.conclusie:
            self.seen.codes |= {
                (attempt.row.step, code) for code in (filled.conclusie, *filled.points.values())
            }
        if _starts_round(attempt):
            self.seen.rounds.add(node.state)
        self.aside(after)
        course = is_course(attempt)
        if not course:
            self.tried.add((attempt.act.handeling, _at(attempt)))
            if _is_edit(attempt) and not _only_closes(node.dossier, after):
                return  # it makes a route of its own, and is not what the definition says
        found = configuration(after, self.rules)
        if found != node.dossier:
            onward = course and filled.outcome in (None, Outcome.VERDER)
            self.reach(found, node, self.words(attempt, filled), course=onward)

    def reach(self, dossier: Dossier, parent: Node | None, step: str, *, course: bool) -> None:
        """Come to a configuration, for the first time or again."""
        node = self.seen.nodes.get(dossier)  # a Dossier is equal by value
        if node is None:
            depth = parent.depth + 1 if parent else 0
            node = Node(dossier=dossier, depth=depth, parent=parent, step=step)
            self.seen.nodes[dossier] = node
            self.waiting.append(node)
        if parent and course:
            node.before.append(parent)
            parent.ahead += 1

    def aside(self, dossier: Dossier) -> None:
        """Acts on what a configuration leaves out: rows on an agenda, afspraken."""
        waiting = [dossier]
        while waiting:
            one = waiting.pop()
            states = _states(one)
            if states <= self.asides:
                continue
            self.asides |= states
            for attempt in self.permitted(one):
                if not _concludes(attempt):
                    waiting += [after for _, after in self.done(attempt)]

    def words(self, attempt: Attempt, filled: Filled) -> str:
        """What was done, as a person would say it."""
        if attempt.row and filled.conclusie:
            words = CONCLUSIE_WORDS[filled.conclusie.value]
            apart = "".join(
                f", beslispunt {number} {CONCLUSIE_WORDS[code.value]}"
                for number, code in filled.points.items()
            )
            return f"{self.names.get(attempt.row.step, attempt.row.overleg)}: {words}{apart}"
        about = "een gemeente" if attempt.raad else filled.facts
        if attempt.row and attempt.machine != "voorstel":
            about = self.names.get(attempt.row.step, attempt.row.overleg)
        return f"{attempt.act.naam} ({about})" if about else attempt.act.naam


def _without_early_facts(may: list[Attempt], *, begins: bool) -> list[Attempt]:
    """Facts are declared at the beginning, or where the case can go no further without."""
    others = [attempt for attempt in may if not declares_facts(attempt)]
    if begins or not any(is_course(attempt) for attempt in others):
        return may
    return others


def _turns(may: list[Attempt], *, straight: bool) -> list[Behandeling]:
    """The rows that can be concluded now, as far as their order matters.

    Steps that run side by side are taken in every order. Where a beslispunt is held apart,
    the rest goes on first.
    """
    ready = [attempt.row for attempt in may if attempt.row and _concludes(attempt)]
    whole = [row for row in ready if row.punten is None]
    return whole if straight else (whole or ready)[:1]


def _concludes(attempt: Attempt) -> bool:
    """The act asks for a conclusion."""
    return any(one.keuzes == "conclusies" for one in attempt.act.velden)


def _starts_round(attempt: Attempt) -> bool:
    """The act asks which gemeenten take part, in a round that has none yet."""
    step = attempt.dossier.voorstel.step(attempt.dossier.voorstel.state)
    asks = any(one.soort == "gemeenten" for one in attempt.act.velden)
    return asks and step is not None and not rows_at(attempt.dossier, step)


def is_course(attempt: Attempt) -> bool:
    """A conclusion, a round, a gemeente further, in, or out: what a route is made of.

    Not what goes back or ends early, and no edit of the table or agenda.
    """
    if attempt.machine == "voorstel":
        declares = declares_facts(attempt) and not attempt.dossier.voorstel.facts
        return declares or _starts_round(attempt) or attempt.act.naar in (GOOD_END, FIRST)
    return attempt.machine == "raadsinformatie" or _concludes(attempt)


def _is_edit(attempt: Attempt) -> bool:
    """Not an act that takes the voorstel itself elsewhere."""
    return attempt.machine != "voorstel" or attempt.act.naar == SAME


def _only_closes(before: Dossier, after: Dossier) -> bool:
    """Rows were closed; none was made, changed or moved."""
    open_before = {row.id: row for row in before.open_rows()}
    return (
        after.voorstel.steps == before.voorstel.steps
        and len(after.behandelingen) == len(before.behandelingen)
        and len(after.open_rows()) < len(open_before)
        and all(open_before.get(row.id) == row for row in after.open_rows())
    )


def _at(attempt: Attempt) -> str:
    """Where an act is done: at the step of its row, or where the voorstel stands."""
    return attempt.row.step if attempt.row else attempt.dossier.voorstel.state


def _states(dossier: Dossier) -> set[tuple[str, str]]:
    """The states of all parts of a dossier but the voorstel itself."""
    return {
        *(("behandeling", row.state) for row in dossier.behandelingen),
        *((sub_machine(one.deelroute), one.state) for one in dossier.raden),
        *((f"afspraak {one.soort}", f"{one.state} {bool(one.asks)}") for one in dossier.afspraken),
    }


def _names(steps: tuple[Stap, ...]) -> dict[str, str]:
    """How each step is called in a path: by its soort where that is one, else by its name."""
    kinds = [step.soort for step in steps]
    return {
        step.id: step.soort.value
        if kinds.count(step.soort) == 1 and step.soort is not Soort.ANDERS
        else step.overleg or step.id
        for step in steps
    }
