"""Values as plain fields: one codec for events, tables and replay.

A field is JSON: text, whole number, boolean, null, list or object. Dates are
ISO 8601; an ErasableText is `{"commit": "<base64>"}`, never its text.
"""

import datetime as dt
import types
from collections.abc import Callable, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from workflow.domain.text import ErasableText

Json = Any
Decode = Callable[[Json, Mapping[str, str | None]], object]
T = TypeVar("T")


def fields_of(value: object) -> dict[str, Json]:
    """The fields of a domain value, in the order of its class."""
    return {name: encode(getattr(value, name)) for name in names_of(type(value))}


def from_fields(
    cls: type[T], data: Mapping[str, Json], texts: Mapping[str, str | None] | None = None
) -> T:
    """The domain value that `fields_of` wrote; `texts` maps commitments to their text."""
    known = texts if texts is not None else {}
    return cls(
        **{name: decode(data[name], known) for name, decode in _decoders(cls) if name in data}
    )


_NAMES: dict[type[Any], tuple[str, ...]] = {}
_DECODERS: dict[type[Any], "tuple[tuple[str, Decode], ...]"] = {}


def names_of(cls: type[Any]) -> tuple[str, ...]:
    """The field names of a dataclass, in its order; looked up once."""
    if cls not in _NAMES:
        _NAMES[cls] = tuple(field.name for field in dataclass_fields(cls))
    return _NAMES[cls]


def encode(value: object) -> Json:
    """The plain JSON of one value; TypeError for a kind that has no form as a field."""
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, ErasableText):
        return {"commit": value.commitment}
    if is_dataclass(value):
        return fields_of(value)
    raise TypeError(f"no field form for {type(value).__name__}")


def _decoders(cls: type[Any]) -> tuple[tuple[str, Decode], ...]:
    """A decoder per field, made once from the type hints."""
    if cls not in _DECODERS:
        hints = get_type_hints(cls)
        _DECODERS[cls] = tuple((name, decoder_of(hints[name])) for name in names_of(cls))
    return _DECODERS[cls]


def decoder_of(hint: Any) -> Decode:
    """How a field with this type hint is read back."""
    origin = get_origin(hint)
    if origin in (types.UnionType, Union):
        inner = decoder_of(next(arg for arg in get_args(hint) if arg is not type(None)))
        return lambda value, texts: None if value is None else inner(value, texts)
    if origin is tuple:
        item = decoder_of(get_args(hint)[0])
        return lambda value, texts: tuple(item(one, texts) for one in value)
    if hint is ErasableText:
        return lambda value, texts: ErasableText(value["commit"], texts.get(value["commit"]))
    if hint is dt.date:
        return lambda value, texts: dt.date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda value, texts: hint(value)
    if is_dataclass(hint):
        return lambda value, texts: from_fields(hint, value, texts)  # type: ignore[arg-type]
    return lambda value, texts: value
