"""What import-linter (in `make check`) cannot see: where in a file an import stands."""

import ast
import sys
from pathlib import Path

from tests.rules import source

PURE = ("workflow/domain", "workflow/history")


def test_no_import_hides_inside_a_function() -> None:
    """What a file needs stands at its top; only the command line loads parts late."""
    found = [
        source.at(name, node, "import inside a function")
        for name in source.python("definitions", "workflow", "notifications")
        if not name.is_relative_to("workflow/cli")
        for function in source.functions(name)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_no_cycle_hides_behind_type_checking() -> None:
    """An import is real or absent: `TYPE_CHECKING` would hide a cycle from the reader."""
    found = [
        source.at(name, node, "TYPE_CHECKING")
        for name in source.python()
        for node in ast.walk(source.tree(name))
        if (isinstance(node, ast.Name) and node.id == "TYPE_CHECKING")
        or (isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING")
    ]
    assert found == []


def test_no_import_is_relative() -> None:
    """One module has one name everywhere, so that one search finds all who use it."""
    found = [
        source.at(name, node, "relative import")
        for name in source.python()
        for node in ast.walk(source.tree(name))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert found == []


def test_domain_and_history_use_the_standard_library_only() -> None:
    """The rules of the field and the proof can be read and run without any framework."""
    found = [
        source.at(name, node, imported)
        for name in source.python("workflow")
        if any(name.is_relative_to(folder) for folder in PURE)
        for node in ast.walk(source.tree(name))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for imported in source.imported(node)
        if not _is_pure(imported)
    ]
    assert found == []


def _is_pure(module: str) -> bool:
    """Part of Python itself, or of the pure packages."""
    top = module.partition(".")[0]
    return top in sys.stdlib_module_names or any(
        Path(module.replace(".", "/")).is_relative_to(folder) for folder in PURE
    )
