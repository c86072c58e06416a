"""As much of JSON Schema as our schemas use, to judge files as an editor would."""

import re
from typing import Any

_TYPES: dict[str, type] = {
    "string": str,
    "object": dict,
    "array": list,
    "null": type(None),
    "boolean": bool,
}


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "") -> list[str]:
    """Where a value does not fit a schema; none: it does. Unknown words in a schema raise."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    found: list[str] = []
    for word, rule in schema.items():
        found += _judge(word, rule, value, schema, root, at)
    return found


def _judge(
    word: str, rule: Any, value: Any, schema: dict[str, Any], root: dict[str, Any], at: str
) -> list[str]:
    """What one word of a schema has against a value."""
    match word:
        case "$schema" | "$defs" | "title" | "description" | "default" | "format":
            return []
        case "type":
            kinds = rule if isinstance(rule, list) else [rule]
            return [] if any(_is(value, kind) for kind in kinds) else [f"{at}: geen {rule}"]
        case "enum":
            fits = any(value == one and type(value) is type(one) for one in rule)
            return [] if fits else [f"{at}: {value!r} niet in {rule}"]
        case "const":
            return [] if value == rule else [f"{at}: {value!r} is niet {rule!r}"]
        case "anyOf":
            tried = [faults(value, one, root, at) for one in rule]
            return [] if not all(tried) else min(tried, key=len)
        case "required":
            return [f"{at}: {key} ontbreekt" for key in rule if key not in _keys(value)]
        case "properties":
            return [
                fault
                for key, one in _keys(value).items()
                if key in rule
                for fault in faults(one, rule[key], root, f"{at}/{key}")
            ]
        case "additionalProperties":
            known = schema.get("properties", {})
            more = {key: one for key, one in _keys(value).items() if key not in known}
            if rule is False:
                return [f"{at}: onbekende sleutel {key}" for key in more]
            return [f for key, one in more.items() for f in faults(one, rule, root, f"{at}/{key}")]
        case "propertyNames":
            return [f for key in _keys(value) for f in faults(key, rule, root, f"{at}/{key}")]
        case "items":
            members = value if isinstance(value, list) else []
            return [fault for one in members for fault in faults(one, rule, root, f"{at}/*")]
        case "prefixItems":
            pairs = zip(value, rule, strict=True)
            return [f for one, part in pairs for f in faults(one, part, root, at)]
        case "pattern":
            wrong = isinstance(value, str) and not re.search(rule, value)
            return [f"{at}: {value!r} past niet"] if wrong else []
        case "minItems" | "maxItems" | "minLength" | "maxLength":
            if not isinstance(value, list | str):
                return []
            fits = len(value) >= rule if word.startswith("min") else len(value) <= rule
            return [] if fits else [f"{at}: lengte {len(value)}"]
        case "minimum" | "maximum":
            if not _is(value, "number"):
                return []
            fits = value >= rule if word == "minimum" else value <= rule
            return [] if fits else [f"{at}: {value}"]
    raise AssertionError(f"a word that this judge does not know: {word}")


def _is(value: Any, kind: str) -> bool:
    """Whether a value is of a kind; true is no number."""
    if kind == "integer":
        return type(value) is int
    if kind == "number":
        return type(value) in (int, float)
    return isinstance(value, _TYPES[kind])


def _keys(value: Any) -> dict[str, Any]:
    """The keys of a group; of anything else none."""
    return value if isinstance(value, dict) else {}
