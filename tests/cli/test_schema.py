"""`definitions schema`: to the screen, or as files beside the definitions."""

import json
from pathlib import Path

from tests.walk.command_line import CommandLine
from workflow.engine.schema import kinds


def test_schemas_are_printed_or_written(tmp_path: Path) -> None:
    """One kind by itself, all of them together, or a file of each; no register is opened."""
    line = CommandLine(url="sqlite:////nergens/r.db")
    route = line.ask("definitions", "schema", "route")
    assert route["properties"]["stappen"]["description"] == "De stappen, van eerste naar laatste."
    assert list(line.ask("definitions", "schema")["schemas"]) == list(kinds())
    assert "Bekend zijn" in line.refused("definitions", "schema", "x")["message"]

    folder = tmp_path / "nieuw" / ".schema"
    answer = line.ask("definitions", "schema", "--output", str(folder))
    assert {file.name for file in folder.iterdir()} == set(answer["bestanden"])
    assert json.loads((folder / "route.schema.json").read_text(encoding="utf-8")) == route
