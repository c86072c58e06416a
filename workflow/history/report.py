"""What a verification found, and where."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

MAX_PER_CHECK = 100  # a history that was shifted whole would fill the screen for ever

LEAVES, TREE, DOSSIERS, REPLAY = "leaves", "tree", "dossiers", "replay"
CHECKS = (LEAVES, TREE, DOSSIERS, REPLAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that does not hold. `message` is a Dutch sentence that names the place."""

    check: str  # one of CHECKS
    seq: int | None = None  # the event it is about, or the last that touched the row
    kenmerk: str | None = None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """The answer of `audit verify`: unaltered or not, never whether it is true."""

    ok: bool
    events: int  # how many were read
    root: str | None  # base64, of the tree over the bytes read; None: events are missing
    checked: tuple[str, ...]
    problems: tuple[Problem, ...]  # by check, then by seq

    def as_json(self) -> dict[str, Any]:
        """The shape of `audit verify --json`."""
        return {
            "ok": self.ok,
            "events": self.events,
            "root": self.root,
            "checked": list(self.checked),
            "problems": [
                {
                    "check": one.check,
                    "seq": one.seq,
                    "kenmerk": one.kenmerk,
                    "message": one.message,
                }
                for one in self.problems
            ],
        }


class Findings:
    """Gathers problems; past MAX_PER_CHECK of one check it only counts."""

    def __init__(self) -> None:
        self._found: list[tuple[Problem, object]] = []
        self._count: Counter[str] = Counter()

    def add(
        self,
        check: str,
        message: str,
        *,
        seq: int | None = None,
        subject: object = None,
        kenmerk: str | None = None,
    ) -> None:
        """Note a problem; `subject` ("voorstel/<id>") is for who knows the kenmerk later."""
        self._count[check] += 1
        if self._count[check] <= MAX_PER_CHECK:
            problem = Problem(check=check, seq=seq, kenmerk=kenmerk, message=message)
            self._found.append((problem, subject))

    def resolve(self, kenmerk_of: Callable[[object], str | None]) -> None:
        """Give every problem that only has a subject its kenmerk, where it is known."""
        self._found = [
            (replace(problem, kenmerk=kenmerk_of(subject)), subject)
            if subject is not None and problem.kenmerk is None
            else (problem, subject)
            for problem, subject in self._found
        ]

    def problems(self) -> tuple[Problem, ...]:
        """All that was noted, and a last line for what was only counted."""
        found = [problem for problem, _ in self._found]
        for check, count in self._count.items():
            if count > MAX_PER_CHECK:
                more = f"Er zijn nog {count - MAX_PER_CHECK} problemen van deze soort."
                found.append(Problem(check=check, message=more))
        return tuple(sorted(found, key=_place))


def _place(problem: Problem) -> tuple[int, float]:
    """Where a problem stands in the report; without a seq it comes last."""
    return CHECKS.index(problem.check), float("inf") if problem.seq is None else problem.seq


def events_text(first: int, last: int) -> str:
    """ "gebeurtenis 5", or "gebeurtenissen 5 tot en met 8"."""
    if first == last:
        return f"gebeurtenis {first}"
    return f"gebeurtenissen {first} tot en met {last}"
