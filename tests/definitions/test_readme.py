"""The guide for functional managers shows only what really works."""

import re

import pytest
from pydantic import BaseModel

from tests.engine.organisation import SHIPPED
from workflow.engine import definition
from workflow.engine.files import SINGLE, model_for
from workflow.engine.shape import read_model
from workflow.engine.source import read_source

README = (SHIPPED.parent / "README.md").read_text(encoding="utf-8")


def test_every_key_of_a_definition_is_explained() -> None:
    """What may be written in a file stands in the guide."""
    models = [
        each
        for each in vars(definition).values()
        if isinstance(each, type)
        and issubclass(each, BaseModel)
        and each is not definition.Definities
    ]
    keys = {key for model in models for key in model.model_fields}

    missing = {key for key in keys if not re.search(rf"\b{key}\b", README)}
    assert missing == set()


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
