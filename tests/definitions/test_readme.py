"""The guide for functional managers shows only what really works."""

import re
from collections.abc import Iterator

import pytest
import yaml
from pydantic import BaseModel

from tests.engine.organisation import SHIPPED
from workflow.domain import paper
from workflow.domain.behandeling import ConclusieCode, Doel
from workflow.engine import (
    definition,
    definition_owed,
    definition_parts,
    definition_reminders,
)
from workflow.engine.files import SINGLE, model_for
from workflow.engine.shape import read_model
from workflow.engine.source import read_source

README = (SHIPPED.parent / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def _models() -> list[type[BaseModel]]:
    """The typed form of everything that a file may hold."""
    return [
        each
        for module in (definition, definition_owed, definition_parts, definition_reminders)
        for each in vars(module).values()
        if isinstance(each, type)
        and issubclass(each, BaseModel)
        and each not in (definition.Definities, definition_parts.Model)
    ]


def test_every_key_of_a_definition_is_explained() -> None:
    """What may be written in a file stands in the guide."""
    keys = {key for model in _models() for key in model.model_fields}

    missing = {key for key in keys if not re.search(rf"\b{key}\b", README)}
    assert missing == set()


def test_every_key_of_a_definition_stands_in_an_example() -> None:
    """A reader can copy each key from a line that is right."""
    examples = "\n".join(EXAMPLES)
    missing = {
        f"{model.__name__}.{key}"
        for model in _models()
        for key in model.model_fields
        if not re.search(rf"(?<!\w){key}:(?=\s)", examples)
    }
    assert missing == set()


def test_an_example_has_no_key_that_is_none() -> None:
    """What was renamed or dropped does not live on in the guide."""
    models: list[type[BaseModel]] = [*_models(), definition.Definities]
    known = {key for model in models for key in model.model_fields}
    known |= {
        name.value
        for kind in (paper.Kind, paper.Veld, paper.Sectie, paper.Kolom, paper.Lijstwoord)
        for name in kind
    } | {name.value for kind in (Doel, ConclusieCode) for name in kind}
    known |= {"raakt_beleidsplan", "thema"}  # facts, which an organisation names itself
    found = {key for text in EXAMPLES for key in _keys(yaml.safe_load(text))}

    assert found - known == set()


def _keys(tree: object) -> Iterator[str]:
    """All keys of a tree."""
    if isinstance(tree, dict):
        yield from map(str, tree)
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _keys(part)


def test_every_file_is_named() -> None:
    """A reader finds each file of the folder in the guide."""
    assert [name for name in SINGLE if name not in README] == []


@pytest.mark.parametrize(
    ("file", "example"),
    re.findall(r"^## (\S+\.yaml)\n\n```yaml\n(.*?)```", README, re.MULTILINE | re.DOTALL),
    ids=lambda value: value if str(value).endswith(".yaml") else "",
)
def test_every_example_has_the_right_form(file: str, example: str) -> None:
    """What a reader copies from the guide is understood."""
    kind = model_for(file.replace("*", "voorbeeld"))
    assert kind is not None

    tree, problems = read_source(file, example.encode())
    _, wrong, _ = read_model(file, tree, kind)

    assert [str(problem) for problem in (*problems, *wrong)] == []
