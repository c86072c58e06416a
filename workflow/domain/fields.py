"""Values as plain fields: one codec for events, tables and replay.

A field is JSON: text, whole number, boolean, null, list or object. Dates are
ISO 8601; an ErasableText is `{"commit": "<base64>"}`, never its text.
"""

import datetime as dt
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from workflow.domain.text import ErasableText

Json = Any
LATER = {"later": True}  # metadata of a field that a nested value got after the first release
Words = Mapping[str, str | None]  # what was said, by its commitment; None: erased
Decode = Callable[[Json, Words], object]
T = TypeVar("T")
R = TypeVar("R")


def per_class(make: Callable[[type[Any]], R]) -> Callable[[type[Any]], R]:
    """A function that makes its answer once for each class."""
    made: dict[type[Any], R] = {}

    def remembered(cls: type[Any]) -> R:
        if cls not in made:
            made[cls] = make(cls)
        return made[cls]

    return remembered


def fields_of(value: object) -> dict[str, Json]:
    """The fields of a domain value, in the order of its class."""
    return {name: encode(getattr(value, name)) for name in names_of(type(value))}


def from_fields(cls: type[T], data: Mapping[str, Json], texts: Words | None = None) -> T:
    """The domain value that `fields_of` wrote; `texts` maps commitments to their text."""
    known = texts if texts is not None else {}
    values = {name: data[name] for name in names_of(cls) if name in data}
    for name, decode in _decoders(cls):
        if name in values:
            values[name] = decode(values[name], known)
    return cls(**values)


@per_class
def names_of(cls: type[Any]) -> tuple[str, ...]:
    """The field names of a dataclass, in its order."""
    return tuple(field.name for field in dataclass_fields(cls))


def erasable_in(value: object) -> Iterator[ErasableText]:
    """The texts about persons in a domain value, however deep."""
    if isinstance(value, ErasableText):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from erasable_in(item)
    else:
        for name in _erasable_names(type(value)):
            yield from erasable_in(getattr(value, name))


def with_words(value: T, words: Words) -> T:
    """The same value, its texts about persons with what was said."""
    if isinstance(value, ErasableText):
        return type(value)(value.commitment, words.get(value.commitment))
    if isinstance(value, tuple):
        return type(value)(with_words(item, words) for item in value)
    names = [name for name in _erasable_names(type(value)) if getattr(value, name)]
    said = {name: with_words(getattr(value, name), words) for name in names}
    return replace(value, **said) if said else value  # type: ignore[type-var]


@per_class
def _erasable_names(cls: type[Any]) -> tuple[str, ...]:
    """The fields of a dataclass that can hold a text about a person; of another kind none."""
    if not is_dataclass(cls):
        return ()
    hints = get_type_hints(cls)
    return tuple(name for name in names_of(cls) if _can_erase(hints[name]))


def _can_erase(hint: Any) -> bool:
    """A type that is, or holds, a text about a person."""
    if hint is ErasableText:
        return True
    if isinstance(hint, type) and is_dataclass(hint):
        return bool(_erasable_names(hint))
    return any(_can_erase(arg) for arg in get_args(hint))


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
        return _nested(value)
    raise TypeError(f"no field form for {type(value).__name__}")


def _nested(value: object) -> dict[str, Json]:
    """A value inside another one, without the later fields that say nothing.

    So a value that was stored before such a field existed keeps its form, and a
    replay finds the old value of a change as it stood.
    """
    silent = {name for name, default in _later(type(value)) if getattr(value, name) == default}
    return {name: one for name, one in fields_of(value).items() if name not in silent}


@per_class
def _later(cls: type[Any]) -> tuple[tuple[str, object], ...]:
    """The fields that came later, with the value that says nothing."""
    return tuple((one.name, one.default) for one in dataclass_fields(cls) if one.metadata)


@per_class
def _decoders(cls: type[Any]) -> tuple[tuple[str, Decode], ...]:
    """A decoder for each field whose value is not its own JSON."""
    hints = get_type_hints(cls)
    found = ((name, decoder_of(hints[name])) for name in names_of(cls))
    return tuple((name, decode) for name, decode in found if decode is not _as_it_is)


def _as_it_is(value: Json, texts: Words) -> object:
    """Read a value that is its own JSON."""
    return value


def decoder_of(hint: Any) -> Decode:
    """How a field with this type hint is read back."""
    origin = get_origin(hint)
    if origin in (types.UnionType, Union):
        inner = decoder_of(next(arg for arg in get_args(hint) if arg is not type(None)))
        if inner is _as_it_is:
            return inner
        return lambda value, texts: None if value is None else inner(value, texts)
    if origin is tuple:
        item = decoder_of(get_args(hint)[0])
        if item is _as_it_is:
            return lambda value, texts: tuple(value)
        return lambda value, texts: tuple(item(one, texts) for one in value)
    if hint is ErasableText:
        return lambda value, texts: ErasableText(value["commit"], texts.get(value["commit"]))
    if hint is dt.date:
        return lambda value, texts: dt.date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda value, texts: hint(value)
    if is_dataclass(hint):
        return lambda value, texts: from_fields(hint, value, texts)  # type: ignore[arg-type]
    return _as_it_is
