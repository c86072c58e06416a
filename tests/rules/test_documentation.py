"""What can be set or asked stands in the documentation, with the default it really has."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from tests.rules import source
from tests.tools.browser import VARIABLE as BROWSER
from workflow.cli.app import besluitroute
from workflow.settings import SETTINGS

README = Path("README.md")
OPERATIONS = Path("docs/operations.md")
COMMANDS = Path("docs/commands.md")
FOR_DEVELOPERS = {BROWSER, "BESLUITROUTE_DEBUG"}
VARIABLE = re.compile(r"BESLUITROUTE_[A-Z_]+[A-Z]")


def test_every_setting_stands_in_the_manual_with_its_default() -> None:
    """The table in the manual says what the program does when nothing is set."""
    rows = {
        cells[0].strip("` "): cells[1].strip("` ")
        for line in source.text(OPERATIONS).splitlines()
        if line.startswith("| `BESLUITROUTE_")
        for cells in [line.strip("| ").split(" | ")]
    }
    assert rows == {one.variable: one.default or "leeg" for one in SETTINGS.values()}


def test_no_document_names_a_setting_that_is_not_there() -> None:
    """Who follows the documentation sets something that has an effect."""
    known = {one.variable for one in SETTINGS.values()} | FOR_DEVELOPERS
    found = [
        f"{name}: {variable}"
        for name in source.files()
        if name.suffix in {".md", ".py", ".html", ".yaml"}
        for variable in VARIABLE.findall(source.text(name))
        if variable not in known
    ]
    assert found == []


def test_the_readme_leads_to_every_document() -> None:
    """A first reader finds all there is from the first page."""
    documents = {
        name.as_posix()
        for name in source.files()
        if name.suffix == ".md" and name.parts[0] == "docs"
    }
    linked = set(re.findall(r"\]\((docs/[^)#]+)", source.text(README)))
    linked |= {name for name in documents if name.startswith("docs/decisions/0")}
    assert documents - linked == set()


def test_every_decision_stands_in_the_list() -> None:
    """Decisions are found by their subject, in order."""
    listed = re.findall(r"\]\((\d{4}-[^)]+)\)", source.text(Path("docs/decisions/README.md")))
    written = [
        name.name
        for name in source.files()
        if name.parent == Path("docs/decisions") and name.name != "README.md"
    ]
    assert listed == written


def _commands(
    group: click.Group = besluitroute, before: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, `reminders preview` and the like."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, (*before, name))
        else:
            yield " ".join((*before, name)), command


def _sections() -> dict[str, str]:
    """The text on each command in the manual, by its name."""
    found: dict[str, str] = {}
    for part in re.split(r"^### ", source.text(COMMANDS), flags=re.MULTILINE)[1:]:
        heading = part.partition("\n")[0].strip("`")
        words = re.split(r" [\[A-Z-]", heading)[0]
        found[words] = part
    return found


def test_the_manual_describes_every_command_and_no_other() -> None:
    """What can be typed can be looked up, and what can be looked up can be typed."""
    assert _sections().keys() == {name for name, _ in _commands()}


def test_the_manual_names_every_option() -> None:
    """A script can be written from the page alone."""
    sections = _sections()
    everywhere = {option for one in besluitroute.params for option in one.opts} | {"--help"}
    missing = [
        f"{name}: {option}"
        for name, command in _commands()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option not in everywhere and option not in sections.get(name, "")
    ]
    assert missing == []


def test_every_option_explains_itself() -> None:
    """`--help` says what an option is for, on every command."""
    silent = [
        f"{name}: {parameter.name}"
        for name, command in _commands()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not (parameter.help or "").strip()
    ]
    silent += [name for name, command in _commands() if not (command.help or "").strip()]
    assert silent == []
