"""A copy of the shipped definitions that a test may spoil."""

import shutil
from pathlib import Path

from workflow.domain.permissions import Permission
from workflow.engine.check import CheckReport, check_folder
from workflow.engine.effects import HANDLERS
from workflow.engine.guards import GUARDS, STEP_CONDITIONS
from workflow.engine.problems import Problem

SHIPPED = Path(__file__).resolve().parents[2] / "definitions" / "regio_gv"


class Organisation:
    """One organisation's folder in a test's own directory."""

    def __init__(self, parent: Path) -> None:
        self.folder = parent / "organisatie"
        shutil.copytree(SHIPPED, self.folder)
        (self.folder / "gepubliceerd.yaml").unlink(missing_ok=True)

    def path(self, file: str) -> Path:
        """Where a file of the folder is."""
        return self.folder / file

    def write(self, file: str, text: str) -> None:
        """A file with this text and no other."""
        self.path(file).write_text(text, encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        """Replace the one or first place where `old` stands; it must stand there."""
        text = self.path(file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {file}"
        self.write(file, text.replace(old, new, 1))

    def add(self, file: str, text: str) -> None:
        """Put lines at the end of a file."""
        self.write(file, self.path(file).read_text(encoding="utf-8") + text)

    def line(self, file: str, mark: str) -> int:
        """The line (from 1) of the first place where `mark` stands."""
        text = self.path(file).read_text(encoding="utf-8")
        return text[: text.index(mark)].count("\n") + 1

    def check(self, published: dict[str, str] | None = None) -> CheckReport:
        """The verdict, with the names that the program really has."""
        return check_folder(
            self.folder,
            guards=GUARDS,
            permissions=[permission.value for permission in Permission],
            handlers=HANDLERS,
            conditions=STEP_CONDITIONS,
            published=published,
        )

    def problem(self, code: str) -> Problem:
        """The one problem with this code; a failure that lists all when there is none."""
        problems = self.check().problems
        found = [problem for problem in problems if problem.code == code]
        assert found, f"no {code} among {[str(problem) for problem in problems]}"
        return found[0]
