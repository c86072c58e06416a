"""Walks over a route: at random through the real engine, and then straight to its end."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from workflow.domain.dossier import Dossier
from workflow.domain.errors import WorkflowError
from workflow.domain.text import ErasableText
from workflow.engine.attempt import Attempt
from workflow.engine.configuration import DAY, first_dossier
from workflow.engine.decide import Asked, decide, permitted, possibilities
from workflow.engine.definition import Route
from workflow.engine.explore import is_course
from workflow.engine.filling import Width, fillings
from workflow.engine.rules import Rules

ENDING = ("rond_af", "trek_in")
FINISHED = "afgerond"
ENOUGH = 400  # acts within which any case can be finished


class Walker:
    """One voorstel, and somebody who does what may be done with it."""

    def __init__(self, rules: Rules, route: Route, random: Random) -> None:
        self.rules, self.random = rules, random
        self.dossier = _undated(first_dossier(rules, route))
        self.done: list[str] = []
        self.round_of = tuple(rules.gemeenten)[: random.randint(1, 4)]

    @property
    def ended(self) -> bool:
        return self.rules.is_end(self.dossier.voorstel.state)

    def permitted(self) -> list[Attempt]:
        """What may be done now; a correction needs a history."""
        may = permitted(self.dossier, self.rules, today=DAY)
        return [attempt for attempt in may if attempt.act.handeling != "corrigeer"]

    def agrees(self) -> bool:
        """What is permitted is the same, asked with and without the reasons of all the rest."""
        told = possibilities(self.dossier, self.rules, today=DAY)
        found = [one.attempt for one in told if one.permitted]
        return found == list(permitted(self.dossier, self.rules, today=DAY))

    def wander(self, steps: int) -> None:
        """Do so many things at random; a case is seldom ended."""
        for _ in range(steps):
            attempts = self.permitted()
            going = [one for one in attempts if one.act.handeling not in ENDING]
            chosen = going if self.random.random() < 0.97 else attempts
            onward = [one for one in chosen if is_course(one)]
            chosen = onward if onward and self.random.random() < 0.5 else chosen
            names = sorted({one.act.handeling for one in chosen})
            if self.ended or not names:
                return
            name = self.random.choice(names)
            self.do(self.random.choice([one for one in chosen if one.act.handeling == name]))

    def do(self, attempt: Attempt, width: Width = Width.EVERY_CODE) -> bool:
        """One act, filled in somehow; whether any way of filling it in is taken."""
        ways = fillings(attempt, width=width, round_of=self.round_of)
        self.random.shuffle(ways)
        return any(self.ask(one.asked) for one in ways)

    def ask(self, asked: Asked) -> bool:
        """One act as asked; False when it is refused."""
        try:
            decision = decide(
                asked, self.dossier, self.rules, today=DAY, keep=lambda text: ErasableText("", text)
            )
        except WorkflowError:
            return False
        self.dossier = decision.after
        target = asked.behandeling or asked.gemeente or ""
        self.done.append(f"{asked.action} {target} {dict(asked.fields)} {dict(asked.points)}")
        return True

    def finish(self) -> bool:
        """Bring the case to its end: nothing skipped, no reason given. False: it is stranded."""
        for _ in range(ENOUGH):
            if self.ended:
                return True
            if not self.go_on():
                return False
        return False

    def go_on(self) -> bool:
        """The first of these that is possible: close, treat, inform, submit, or set a date."""
        attempts = self.permitted()
        for of_this_kind in ORDER:
            for attempt in filter(of_this_kind, attempts):
                if self.do(attempt, Width.ONWARD):
                    return True
        for row in self.dossier.open_rows():
            fields = {"datum": DAY.isoformat()}
            if row.date is None and self.ask(
                Asked(action="plan", behandeling=row.id, fields=fields)
            ):
                return True
        return False


def _undated(dossier: Dossier) -> Dossier:
    """As it begins in an office: no meeting has a date yet."""
    rows = tuple(replace(row, date=None) for row in dossier.behandelingen)
    return replace(dossier, behandelingen=rows)


def _act(*names: str) -> Callable[[Attempt], bool]:
    return lambda attempt: attempt.act.handeling in names


ORDER: tuple[Callable[[Attempt], bool], ...] = (
    _act("rond_af"),
    _act("dien_in", "dien_opnieuw_in"),
    _act("leg_conclusie_vast"),
    _act("start_raadsinformatie"),
    lambda attempt: attempt.raad is not None and not attempt.rules.settled(attempt.raad),
)
