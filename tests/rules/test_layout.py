"""Everything has its place, and a stranger finds it."""

import re
import subprocess
from pathlib import Path

from tests.rules import source

TOP = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "definitions",
    "docs",
    "notifications",
    "pyproject.toml",
    "requirements-mutants.lock",
    "requirements.lock",
    "tests",
    "workflow",
}
OWN_FOLDERS_OF_TESTS = {"rules", "tools", "bench", "walk", "soak", "data"}


def test_the_top_level_holds_what_the_readme_explains() -> None:
    """A new thing at the top is a decision, not an accident."""
    assert {name.parts[0] for name in source.files()} <= TOP


def test_tests_mirror_the_folders_of_the_product() -> None:
    """Who changes a folder knows where its tests are."""
    product = {
        name.parts[1] if name.parts[0] == "workflow" and len(name.parts) > 2 else name.parts[0]
        for name in source.python(*source.PRODUCT)
    }
    folders = {name.parts[1] for name in source.python("tests") if len(name.parts) > 2}
    assert folders <= product | OWN_FOLDERS_OF_TESTS


def test_files_that_another_file_links_to_exist() -> None:
    """A link in the documentation leads somewhere."""
    broken = [
        f"{name}: {target}"
        for name in source.files()
        if name.suffix == ".md"
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", source.text(name))
        if not (source.ROOT / name.parent / target).exists()
    ]
    assert broken == []


def test_make_alone_lists_every_target() -> None:
    """What can be done is told by `make`, one line each."""
    makefile = source.text(Path("Makefile"))
    promised = set(re.findall(r"^\.PHONY:(.*)$", makefile, flags=re.MULTILINE)[0].split())
    listed = subprocess.run(
        ["make", "--no-print-directory", "-s"],
        cwd=source.ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert {line.split()[0] for line in listed.splitlines() if line.startswith("  ")} == promised


def test_ci_runs_what_a_developer_runs() -> None:
    """There is one way to test, and it is `make test`."""
    commands = [
        line
        for line in source.text(Path(".ci/run")).splitlines()
        if line and not line.startswith(("#", "set ", "cd "))
    ]
    assert commands == ["exec make test"]
