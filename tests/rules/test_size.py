"""Nothing is longer than a reader can hold in mind."""

from tests.rules import source

LONGEST_FUNCTION = 60
LONGEST_FILE = 500


def test_no_function_is_longer_than_sixty_lines() -> None:
    """A function fits on a screen, its signature and docstring included."""
    found = [
        source.at(name, function, f"{function.name} has {length} lines")
        for name in source.python()
        for function in source.functions(name)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert found == []


def test_no_file_is_longer_than_five_hundred_lines() -> None:
    """A file has one subject; what outgrows it is split by meaning."""
    found = [
        f"{name}: {length} lines"
        for name in source.files()
        if name.suffix in {".py", ".html", ".css"}
        and (length := source.text(name).count("\n")) > LONGEST_FILE
    ]
    assert found == []
