"""JSON Schema of each kind of file, from the typed models: editors complete and check with it.

The models read text: `ja`, `12`, a single word where a list may stand. An editor sees what
YAML makes of that, so the schema allows what the program reads.
"""

from collections.abc import Set
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from workflow.domain.errors import NotFound
from workflow.engine.descriptions import description_of
from workflow.engine.files import FOLDERS, SINGLE

Json = dict[str, Any]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_HAS_FORM = frozenset({"pattern", "enum", "const", "format"})
_FOLDER_KINDS = {"machines": "machine", "routes": "route"}


def kinds() -> dict[str, type[BaseModel]]:
    """Each kind of file by the name of its schema: 'route', 'overleggen', 'conclusies', …"""
    single = {PurePosixPath(name).stem: model for name, model in SINGLE.items()}
    return {**single, **{_FOLDER_KINDS[folder]: model for folder, model in FOLDERS.items()}}


def schema_of(kind: str) -> Json:
    """The schema of one kind of file; NotFound for a kind that is not there."""
    known = kinds()
    if kind not in known:
        raise NotFound("Soort bestand", kind, tuple(known))
    made = known[kind].model_json_schema()
    parts = made.get("$defs", {})
    for name, part in (*parts.items(), (known[kind].__name__, made)):
        _explain(name, part)
    groups = {f"#/$defs/{name}" for name, part in parts.items() if part["type"] == "object"}
    return {"$schema": _DRAFT, "title": f"Besluitroute: {kind}", **_as_written(made, groups)}


def _explain(name: str, part: Json) -> None:
    """Put the Dutch meaning at each key of one model, and take what only programmers need out."""
    part.pop("title", None)
    part.pop("description", None)
    for key, found in part.get("properties", {}).items():
        found.pop("title", None)
        if found.get("default", ...) in (None, [], {}):
            del found["default"]
        if text := description_of(name, key):
            found["description"] = text


def _as_written(part: Any, groups: Set[str]) -> Any:
    """A schema of what may be written, from one of what the program holds.

    `groups` are the references to things with keys of their own.
    """
    if isinstance(part, list):
        return [_as_written(one, groups) for one in part]
    if not isinstance(part, dict):
        return part
    made = {key: _as_written(value, groups) for key, value in part.items()}
    kind = made.get("type")
    if kind == "boolean":
        told = {"default": "ja" if made["default"] else "nee"} if "default" in made else {}
        return {**_without(made, "type"), "enum": ["ja", "nee", True, False], **told}
    if kind == "string" and not _HAS_FORM & made.keys():
        return {**made, "type": ["string", "number", "boolean"]}  # `2024` and `ja` are texts too
    if kind == "array" and "items" in made and not _is_group(made["items"], groups):
        about = {key: made[key] for key in ("description", "default") if key in made}
        bare = _without(made, *about)
        return {**about, "anyOf": [bare, bare["items"]]}
    return made


def _is_group(items: Json, groups: Set[str]) -> bool:
    """Whether the members of a list are things with keys: then one of them needs its dash."""
    return items.get("$ref") in groups or items.get("type") == "object"


def _without(part: Json, *keys: str) -> Json:
    """A schema without some of its keys."""
    return {key: value for key, value in part.items() if key not in keys}
