"""Row ↔ domain value, and nothing else."""

import datetime as dt
import json
import types
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import sqlalchemy as sa

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Entity
from workflow.domain.fields import decoder_of, encode, names_of, per_class, with_words
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
_KEPT = 1024  # rows of one entity, and texts of one column, that are not read anew


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


@per_class
def select_of(cls: type[Any]) -> sa.Select[Any]:
    """The rows of an entity as `from_row` reads them: a list or object as its JSON text."""
    columns = (TABLES[cls].c[name] for name in names_of(cls))
    return sa.select(
        *(
            sa.cast(one, sa.Text).label(one.name) if isinstance(one.type, sa.JSON) else one
            for one in columns
        )
    )


def from_row(cls: type[E], row: Sequence[Any], texts: Texts = NO_TEXTS) -> E:
    """The entity of a row of its `select_of`; `texts` gives the words behind its commitments."""
    entity: E = _made(cls)(tuple(row))
    return with_words(entity, texts) if texts else entity


Read = Callable[[Any], Any]


@per_class
def _made(cls: type[Any]) -> Callable[[tuple[Any, ...]], Any]:
    """Makes an entity of its columns: of the same columns once, for it never changes.

    Most rows that an act or a page reads were read just before, and are still the same.
    """
    names, readers = names_of(cls), _readers(cls)

    @lru_cache(maxsize=_KEPT)
    def made(columns: tuple[Any, ...]) -> Any:
        values = dict(zip(names, columns, strict=True))
        for name, read in readers:
            if values[name] is not None:
                values[name] = read(values[name])
        return cls(**values)

    return made


def _readers(cls: type[Any]) -> tuple[tuple[str, Read], ...]:
    """How the columns are read whose value is not that of the entity itself."""
    hints, columns = get_type_hints(cls), TABLES[cls].c
    found = (
        (name, _json_reader(hints[name]))
        if isinstance(columns[name].type, sa.JSON)
        else (name, _reader(hints[name]))
        for name in names_of(cls)
    )
    return tuple((name, read) for name, read in found if read is not None)


def _reader(hint: Any) -> Read | None:
    """How a column with this type is read, when it holds something; None: as it is."""
    if get_origin(hint) in (types.UnionType, Union):
        return _reader(next(arg for arg in get_args(hint) if arg is not types.NoneType))
    if hint is ErasableText:
        return ErasableText
    if hint in (str, int, bool, dt.date):
        return None
    decode = decoder_of(hint)
    return lambda value: decode(value, NO_TEXTS)


def _json_reader(hint: Any) -> Read:
    """How JSON text is read: steps, overleggen and empty lists say the same in most rows."""
    decode = decoder_of(hint)
    return lru_cache(maxsize=_KEPT)(lambda text: decode(json.loads(text), NO_TEXTS))
