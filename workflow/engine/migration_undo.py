"""A migration taken back: exactly, as long as nothing it did was touched since."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier, key_of
from workflow.domain.fields import fields_of, from_fields
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Voorstel
from workflow.engine.migration import BASIS

_COUNTED = "version"  # counts every act, also those that touched nothing of this


def taken_back(
    dossier: Dossier, changes: Sequence[Mapping[str, Any]], reason: ErasableText
) -> Dossier | None:
    """The dossier as before a migration; None when something that it set is no longer so.

    `changes` are those of its event. A row that it made lapses with the reason: nothing
    is removed.
    """
    voorstel, rows = dossier.voorstel, {row.id: row for row in dossier.behandelingen}
    parts: tuple[Voorstel | Behandeling, ...] = (voorstel, *dossier.behandelingen)
    of = {key_of(one): one for one in parts}
    for change in changes:
        entity = of.get((change["entity"], change["id"]))
        if entity is None or not _still_so(entity, change["set"]):
            return None
        if isinstance(entity, Voorstel):
            voorstel = from_fields(Voorstel, _with(entity, change["was"]), {})
        elif isinstance(entity, Behandeling):
            rows[entity.id] = _row(entity, change["was"], reason)
    return replace(dossier, voorstel=voorstel, behandelingen=tuple(rows.values()))


def _still_so(entity: Voorstel | Behandeling, given: Mapping[str, Any]) -> bool:
    """Every field is still what the migration made it."""
    now = fields_of(entity)
    return all(now.get(name) == value for name, value in given.items() if name != _COUNTED)


def _with(entity: Voorstel | Behandeling, was: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an entity as they were."""
    return fields_of(entity) | {name: value for name, value in was.items() if name != _COUNTED}


def _row(row: Behandeling, was: Mapping[str, Any] | None, reason: ErasableText) -> Behandeling:
    """A row as it was; one that the migration made lapses."""
    if was is None:
        return replace(row, state="vervallen", basis=BASIS, reason=reason)
    return from_fields(Behandeling, _with(row, was), {})
