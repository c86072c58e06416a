"""The real command line, in this process: what it prints and how it ends."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workflow.cli.app import run

Json = dict[str, Any]
EXAMPLES = Path(__file__).resolve().parents[2] / "definitions" / "regio_gv" / "voorbeelden"
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Json:
        """The one JSON document on standard output."""
        document: Json = json.loads(self.out)
        return document


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandLine:
    """One register, asked through the command line on a fixed day."""

    url: str
    today: str | None = "2024-06-12"
    definitions: str | None = None  # None: the shipped ones

    def on(self, today: str | None) -> "CommandLine":
        """The same register on another day; None: the real one."""
        return replace(self, today=today)

    def under(self, folder: Path) -> "CommandLine":
        """The same register under other definitions."""
        return replace(self, definitions=str(folder))

    def run(self, *words: str) -> Said:
        """Run one command line; any exit code."""
        given = {"--today": self.today, "--definitions": self.definitions}
        before = [word for pair in given.items() if pair[1] for word in pair if word]
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["--database", self.url, *before, *words])
        said = Said(code=code, out=out.getvalue(), err=err.getvalue())
        assert "Traceback" not in said.out + said.err
        return said

    def ask(self, *words: str) -> Json:
        """The JSON of a command that succeeds."""
        said = self.run("--json", *words)
        assert said.code == 0, said.out
        return said.json

    def refused(self, *words: str, code: int = 1) -> Json:
        """The error of a command that ends with this exit code."""
        said = self.run("--json", *words)
        assert said.code == code, (said.code, said.out)
        error: Json = said.json["error"]
        assert set(error) == {"code", "message", "details"}
        return error

    def act(self, kenmerk: str, action: str, /, *options: str, **fields: str) -> Json:
        """The answer of an act that succeeds; keywords are its fields."""
        return self.ask("act", kenmerk, action, *options, *_sets(fields))

    def no(self, kenmerk: str, action: str, /, *options: str, **fields: str) -> str:
        """Why an act is refused, in Dutch."""
        message: str = self.refused("act", kenmerk, action, *options, *_sets(fields))["message"]
        return message

    def show(self, kenmerk: str, *options: str) -> Json:
        """The dossier."""
        return self.ask("show", kenmerk, *options)

    def state(self, kenmerk: str) -> str:
        """Where the voorstel is."""
        state: str = self.show(kenmerk)["state"]
        return state

    def row(self, kenmerk: str, row_id: str) -> Json:
        """One row of its behandeltabel."""
        rows = self.show(kenmerk)["behandelingen"]
        found: Json = next(row for row in rows if row["id"] == row_id)
        return found

    def owed(self, kenmerk: str) -> dict[str, Json]:
        """The afspraken from a voorstel, by soort."""
        rows = self.ask("obligations")["afspraken"]
        return {row["soort"]: row for row in rows if row["bron"]["kenmerk"] == kenmerk}

    def verified(self) -> Json:
        """The whole history, which must hold."""
        report = self.ask("audit", "verify")
        assert report["ok"], report["problems"]
        return report


def _sets(fields: dict[str, str]) -> list[str]:
    """Fields as options."""
    return [word for name, value in fields.items() for word in ("--set", f"{name}={value}")]


def example(name: str) -> str:
    """The path of an example document."""
    return str(EXAMPLES / name)
