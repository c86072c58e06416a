"""Row ↔ domain value, and nothing else."""

import datetime as dt
import types
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Entity
from workflow.domain.fields import decoder_of, encode
from workflow.domain.overleg import Vergadering
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Document, Paper, Voorstel
from workflow.storage import tables

Texts = Mapping[str, str | None]
E = TypeVar("E", bound=Entity)

TABLES: dict[type[Entity], sa.Table] = {
    Voorstel: tables.table_of(tables.VoorstelRow),
    Behandeling: tables.table_of(tables.BehandelingRow),
    Raadsinformatie: tables.table_of(tables.RaadsinformatieRow),
    Afspraak: tables.table_of(tables.AfspraakRow),
    Vergadering: tables.table_of(tables.VergaderingRow),
    Paper: tables.table_of(tables.PaperRow),
    Document: tables.table_of(tables.DocumentRow),
}
NO_TEXTS: Texts = {}


def to_column(value: object) -> Any:
    """A field as its column holds it: dates as dates, words of persons as their commitment."""
    if value is None or isinstance(value, str | int | dt.date):
        return value.value if isinstance(value, StrEnum) else value
    if isinstance(value, ErasableText):
        return value.commitment
    return encode(value)


def to_row(entity: Entity) -> dict[str, Any]:
    """All columns of an entity."""
    return {name: to_column(getattr(entity, name)) for name, _ in _columns(type(entity))}


def from_row(cls: type[E], row: Mapping[str, Any] | RowMapping, texts: Texts = NO_TEXTS) -> E:
    """The entity of a row; `texts` gives the words behind its commitments."""
    return cls(**{name: read(row[name], texts) for name, read in _columns(cls)})


Read = Callable[[Any, Texts], Any]


_COLUMNS: dict[type[Any], tuple[tuple[str, Read], ...]] = {}


def _columns(cls: type[Any]) -> tuple[tuple[str, Read], ...]:
    """How each column of a class is read, made once from its type hints."""
    if cls not in _COLUMNS:
        hints = get_type_hints(cls)
        _COLUMNS[cls] = tuple((field.name, _reader(hints[field.name])) for field in fields(cls))
    return _COLUMNS[cls]


def _reader(hint: Any) -> Read:
    """How a column with this type is read."""
    if get_origin(hint) in (types.UnionType, Union):
        inner = _reader(next(arg for arg in get_args(hint) if arg is not types.NoneType))
        return lambda value, texts: None if value is None else inner(value, texts)
    if hint is ErasableText:
        return lambda value, texts: ErasableText(value, texts.get(value))
    if hint in (str, int, bool, dt.date):
        return lambda value, texts: value
    return decoder_of(hint)
