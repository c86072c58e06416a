"""Code and definitions name the same guards, permissions and mail templates."""

from collections.abc import Iterator
from typing import Any

import yaml

from tests.rules import source
from workflow.domain.permissions import Permission
from workflow.engine.guards import GUARDS


def _values(key: str, data: Any = None) -> Iterator[str]:
    """Every text that stands under `key`, anywhere in the shipped definitions."""
    if data is None:
        for name in source.files():
            if name.parts[0] == "definitions" and name.suffix == ".yaml":
                yield from _values(key, yaml.safe_load(source.text(name)))
    elif isinstance(data, dict):
        found = data.get(key)
        yield from [found] if isinstance(found, str) else found or ()
        for value in data.values():
            yield from _values(key, value if value is not None else ())
    elif isinstance(data, list):
        for value in data:
            yield from _values(key, value if value is not None else ())


def test_every_guard_that_a_definition_names_exists() -> None:
    """A definition can only ask what the code can answer."""
    named = {*_values("eisen"), *_values("voorwaarde")}
    assert named - GUARDS.keys() == set()


def test_every_guard_is_used_by_a_definition() -> None:
    """A guard that nothing names is a rule that nobody keeps."""
    named = {*_values("eisen"), *_values("voorwaarde")}
    assert GUARDS.keys() - named == set()


def test_every_right_that_a_definition_names_is_a_permission() -> None:
    """An act without a real permission could be done by everybody or by nobody."""
    assert {*_values("recht")} <= {permission.value for permission in Permission}
