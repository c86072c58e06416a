"""A template lists in its first line what it needs, and gets exactly that."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, meta, nodes

from tests.rules import source
from workflow.web.page import environment

PAGES = Path("workflow/web/templates")
FIRST_LINE = re.compile(r"\{#-?\s*In:(.*?)-?#\}", flags=re.DOTALL)
EVERYWHERE = {"frame"}  # what every page shows, given by `page` itself


def _templates(folder: Path = PAGES) -> list[Path]:
    """Templates of the pages, by name."""
    return [name for name in source.files() if name.is_relative_to(folder)]


@cache
def _listed(name: Path) -> frozenset[str] | None:
    """Names in the first line of a template; None when it has no such line, or is not there."""
    found = FIRST_LINE.match(source.text(name)) if name in source.files() else None
    if not found:
        return None
    plain = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", found[1])
    return frozenset(
        word[0] for part in plain.split(",") if (word := re.findall(r"[a-z_]\w*", part.strip()))
    ) - {"nothing", *EVERYWHERE}


def _needed(name: Path) -> frozenset[str]:
    """What must be handed to a template; a name that nothing has when there is no such template."""
    listed = _listed(name)
    return frozenset({"(no such template)"}) if listed is None else listed


@cache
def _used(name: Path) -> frozenset[str]:
    """Names that a template takes from outside, its parents and parts included."""
    env: Environment = environment()
    parsed = env.parse(source.text(name))
    own = meta.find_undeclared_variables(parsed) - env.globals.keys() - EVERYWHERE
    drawn = [
        PAGES / node.template.value
        for node in parsed.find_all((nodes.Extends, nodes.Include))
        if isinstance(node, nodes.Extends | nodes.Include)
        and isinstance(node.template, nodes.Const)
    ]
    made: list[nodes.Node] = [node.target for node in parsed.find_all(nodes.Assign)]
    made += [node.target for node in parsed.find_all(nodes.For)]
    given = {
        name.name
        for target in made
        for name in ([target] if isinstance(target, nodes.Name) else target.find_all(nodes.Name))
    }
    macros = {node.target for node in parsed.find_all(nodes.Import)}
    macros |= {node.name for node in parsed.find_all(nodes.Macro)}
    return frozenset(own.union(*(_used(part) for part in drawn)) - given - macros)


def _calls() -> Iterator[tuple[str, Path, set[str], bool]]:
    """Each `page(request, template, …)`: place, template, names given; last: `**` adds more."""
    for name in source.python("workflow"):
        for node in ast.walk(source.tree(name)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "page":
                for template in ast.walk(node.args[1]):
                    if isinstance(template, ast.Constant):
                        names = {word.arg for word in node.keywords if word.arg}
                        more = any(word.arg is None for word in node.keywords)
                        place = source.at(name, node, str(template.value))
                        yield place, PAGES / str(template.value), names - {"status_code"}, more


def test_every_template_lists_what_it_needs() -> None:
    """Who writes a page sees in one line what it may count on."""
    assert [str(name) for name in _templates() if _listed(name) is None] == []


def test_a_template_uses_what_it_lists_and_nothing_else() -> None:
    """The first line is the truth about the template, parents and parts included."""
    found = [
        f"{name}: listed {sorted(listed)}, used {sorted(_used(name))}"
        for name in _templates()
        if (listed := _listed(name)) is not None and listed != _used(name)
    ]
    assert found == []


def test_a_page_is_given_what_its_template_lists() -> None:
    """A value too many is dead, one too few breaks the page before a user's eyes."""
    found = [
        f"{place}: given {sorted(names)}, listed {sorted(listed)}"
        for place, template, names, more in _calls()
        if (listed := _needed(template)) != names and not (more and names < listed)
    ]
    assert found == []
