"""What a reader of the code may count on finding beside it."""

import ast
import re

from tests.rules import source

PRODUCT = source.PRODUCT
MIGRATIONS = "workflow/storage/migrations/versions"
NODES_WITH_DOCSTRING = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def test_every_test_says_in_one_sentence_what_it_shows() -> None:
    """An auditor can read the tests without reading code."""
    found = [
        source.at(name, function, function.name)
        for name in source.python("tests")
        for function in source.functions(name)
        if function.name.startswith("test_") and not ast.get_docstring(function)
    ]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    """The first line of a file tells whether it is the one that a reader looks for."""
    found = [
        str(name)
        for name in source.python()
        if source.text(name).strip() and not ast.get_docstring(source.tree(name))
    ]
    assert found == []


def test_public_functions_and_classes_have_a_docstring() -> None:
    """What other files use says what comes back; what is private may speak for itself."""
    found = [
        source.at(name, node, node.name)
        for name in source.python(*PRODUCT)
        if not name.is_relative_to(MIGRATIONS)
        for node in source.tree(name).body
        if isinstance(node, NODES_WITH_DOCSTRING)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert found == []


def test_every_exception_to_a_check_names_its_rule() -> None:
    """`type: ignore` and `noqa` without a code would hide the next fault as well."""
    bare = re.compile(r"#\s*type:\s*ignore(?!\[)|#\s*noqa(?!:\s*[A-Z])")
    found = [
        f"{name}:{number}: {line.strip()}"
        for name in source.python()
        if name.as_posix() != "tests/rules/test_words.py"
        for number, line in enumerate(source.text(name).splitlines(), start=1)
        if bare.search(line)
    ]
    assert found == []
