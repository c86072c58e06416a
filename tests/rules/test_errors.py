"""Every refusal that a user can meet has been read by someone, in a test."""

import ast

from tests.rules import source

BASE = "WorkflowError"


def _error_classes() -> dict[str, str]:
    """Each class of the error tree with its place, found by following the names of bases."""
    classes = [
        (name, node)
        for name in source.python("workflow", "notifications")
        for node in ast.walk(source.tree(name))
        if isinstance(node, ast.ClassDef)
    ]
    found = {BASE: ""}
    for _ in range(5):  # deeper than any tree that a reader can follow
        for name, node in classes:
            if any(ast.unparse(base).rpartition(".")[2] in found for base in node.bases):
                found[node.name] = source.at(name, node, node.name)
    del found[BASE]
    return found


def _tested_messages() -> set[str]:
    """Error classes whose message a test compares: `pytest.raises(X, match=…)`."""
    return {
        ast.unparse(kind).rpartition(".")[2]
        for name in source.python("tests")
        for node in ast.walk(source.tree(name))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "pytest.raises"
        and any(keyword.arg == "match" for keyword in node.keywords)
        for kind in (node.args[0].elts if isinstance(node.args[0], ast.Tuple) else node.args[:1])
    }


def test_every_error_has_a_test_of_its_dutch_message() -> None:
    """A refusal that nobody ever read is a refusal that nobody understands."""
    tested = _tested_messages()
    missing = [place for error, place in _error_classes().items() if error not in tested]
    assert missing == []


def test_every_error_is_made_somewhere() -> None:
    """A kind of error that nothing raises is a promise that nobody keeps."""
    made = {
        ast.unparse(node.func).rpartition(".")[2]
        for name in source.python("workflow", "notifications")
        for node in ast.walk(source.tree(name))
        if isinstance(node, ast.Call)
    }
    idle = [place for error, place in _error_classes().items() if error not in made]
    assert idle == []


def test_no_error_is_raised_without_a_message() -> None:
    """The bare class would show an empty line to the user."""
    errors = set(_error_classes())
    bare = [
        source.at(name, node, ast.unparse(node))
        for name in source.python("workflow", "notifications")
        for node in ast.walk(source.tree(name))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and node.exc.id in errors
    ]
    assert bare == []
