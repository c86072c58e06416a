"""What is wrong in a definition: file, line, a stable code and a Dutch sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from workflow.domain.errors import WorkflowError


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing that is wrong. `file` is relative to the folder, `line` counts from 1.

    `path` is the shortest course of a voorstel that shows it, in Dutch; empty where none is needed.
    """

    file: str
    line: int
    code: str
    message: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"

    def as_json(self) -> dict[str, Any]:
        """As in `definitions check --json`; `path` only where there is one."""
        found = {"file": self.file, "line": self.line, "code": self.code, "message": self.message}
        return {**found, "path": list(self.path)} if self.path else found


class DefinitionError(WorkflowError):
    """The definitions cannot be used. `problems` has all of them, in order of file and line."""

    code = "definities_ongeldig"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        more = f" En nog {len(self.problems) - 1} meer." if len(self.problems) > 1 else ""
        super().__init__(
            f"De definities kunnen niet worden gebruikt. {first}{more} "
            "Bekijk alles met: besluitroute definitions check.",
            {"problems": [str(problem) for problem in self.problems]},
        )


def hint(wrong: str, known: Iterable[str]) -> str:
    """' Bedoelt u ‘…’?' when one of `known` looks like `wrong`, else an empty text."""
    by_lower = {name.lower(): name for name in known}
    near = get_close_matches(wrong.lower(), by_lower, n=1, cutoff=0.6)
    return f" Bedoelt u ‘{by_lower[near[0]]}’?" if near else ""


def listed(names: Iterable[str]) -> str:
    """'a, b en c', for a sentence."""
    items = list(names)
    return " en ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def shortened(text: str, length: int = 60) -> str:
    """`text` on one line of at most `length` signs, for use inside a sentence."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else f"{flat[: length - 1]}…"
