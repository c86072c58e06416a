"""Digests of what a definition means: layout, comments and quotes do not count.

The content is the typed model without the keys that have their default value, so
that a key that a later release adds does not change the digest of an older file.
A default, once released, therefore never changes.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from workflow.engine.definition import Route


def digest_of(model: BaseModel) -> str:
    """SHA-256 in standard base64 of the canonical JSON of one definition."""
    return _digest(content_of(model))


def content_of(model: BaseModel) -> dict[str, Any]:
    """What one definition means, in plain JSON: what its digest is taken of."""
    return model.model_dump(mode="json", exclude_defaults=True)


def digest_of_all(digests: Mapping[str, str]) -> str:
    """One digest over the digests of all files, by name; order does not count."""
    return _digest(dict(digests))


def route_name(route: Route) -> str:
    """'voortgangsrapportage@1': how a published version of a route is named."""
    return f"{route.route}@{route.versie}"


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
