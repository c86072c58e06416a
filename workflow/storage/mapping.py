"""Row ↔ domain value, and nothing else."""

import datetime as dt
import types
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Entity
from workflow.domain.fields import decoder_of, encode, names_of, per_class
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
    return {name: to_column(getattr(entity, name)) for name in names_of(type(entity))}


def from_row(cls: type[E], row: Mapping[str, Any] | RowMapping, texts: Texts = NO_TEXTS) -> E:
    """The entity of a row; `texts` gives the words behind its commitments."""
    values = {name: row[name] for name in names_of(cls)}
    for name, read in _readers(cls):
        if values[name] is not None:
            values[name] = read(values[name], texts)
    return cls(**values)


Read = Callable[[Any, Texts], Any]


@per_class
def _readers(cls: type[Any]) -> tuple[tuple[str, Read], ...]:
    """How the columns are read whose value is not that of the entity itself."""
    hints = get_type_hints(cls)
    found = ((name, _reader(hints[name])) for name in names_of(cls))
    return tuple((name, read) for name, read in found if read is not None)


def _reader(hint: Any) -> Read | None:
    """How a column with this type is read, when it holds something; None: as it is."""
    if get_origin(hint) in (types.UnionType, Union):
        return _reader(next(arg for arg in get_args(hint) if arg is not types.NoneType))
    if hint is ErasableText:
        return lambda value, texts: ErasableText(value, texts.get(value))
    if hint in (str, int, bool, dt.date):
        return None
    return decoder_of(hint)
