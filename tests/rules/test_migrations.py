"""Migrations are one line from the first schema to the last, each named by what it does."""

import ast
import re
from pathlib import Path

from tests.rules import source

VERSIONS = Path("workflow/storage/migrations/versions")


def _migrations() -> list[Path]:
    """The migration files, in the order of their names."""
    return [
        name
        for name in source.files()
        if name.parent == VERSIONS and name.suffix == ".py" and name.name != "__init__.py"
    ]


def _constant(name: Path, wanted: str) -> object:
    """The value that a migration gives to a name at its top level."""
    for node in source.tree(name).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == wanted:
                return ast.literal_eval(value)
            case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value) if (
                found == wanted
            ):
                return ast.literal_eval(value)
    return None


def test_migrations_are_numbered_without_gap_and_named_by_a_sentence() -> None:
    """The folder reads as the history of the schema."""
    numbers = [name.name[:4] for name in _migrations()]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert all(re.fullmatch(r"\d{4}(_[a-z0-9]+)+\.py", name.name) for name in _migrations())


def test_each_migration_follows_the_one_before_it() -> None:
    """One line, one head: no schema can be reached in two ways."""
    revisions = [_constant(name, "revision") for name in _migrations()]
    before = [_constant(name, "down_revision") for name in _migrations()]
    assert revisions == [name.name[:4] for name in _migrations()]
    assert before == [None, *revisions][: len(revisions)]


def test_a_step_back_is_refused_or_real() -> None:
    """Each migration says how to go back, were it only: restore the backup."""
    without = [
        str(name)
        for name in _migrations()
        if not any(function.name == "downgrade" for function in source.functions(name))
    ]
    assert without == []
