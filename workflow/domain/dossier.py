"""A dossier: a voorstel with all that belongs to it, and what an act changed in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.fields import encode, fields_of, names_of
from workflow.domain.overleg import Vergadering
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.voorstel import Document, Paper, Voorstel

Entity = Voorstel | Behandeling | Raadsinformatie | Afspraak | Vergadering | Paper | Document
Key = tuple[str, str]

ENTITIES: dict[str, type[Entity]] = {
    "voorstel": Voorstel,
    "behandeling": Behandeling,
    "raadsinformatie": Raadsinformatie,
    "afspraak": Afspraak,
    "vergadering": Vergadering,
    "paper": Paper,
    "document": Document,
}


def key_of(entity: Entity) -> Key:
    """The name of an entity in events: its kind and its id."""
    match entity:
        case Behandeling():
            return "behandeling", f"{entity.voorstel_id}/{entity.id}"
        case Raadsinformatie():
            return "raadsinformatie", f"{entity.voorstel_id}/{entity.gemeente}"
        case Paper():
            return "paper", f"{entity.voorstel_id}/{entity.id}/{entity.version}"
        case Voorstel():
            return "voorstel", entity.id
        case Afspraak():
            return "afspraak", entity.id
        case Vergadering():
            return "vergadering", entity.id
        case Document():
            return "document", entity.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A voorstel and what belongs to it. Afspraken and vergaderingen may be shared with others."""

    voorstel: Voorstel
    behandelingen: tuple[Behandeling, ...] = ()
    raden: tuple[Raadsinformatie, ...] = ()
    afspraken: tuple[Afspraak, ...] = ()
    vergaderingen: tuple[Vergadering, ...] = ()
    papers: tuple[Paper, ...] = ()
    documents: tuple[Document, ...] = ()

    def entities(self) -> Iterator[Entity]:
        """Every part, the voorstel first."""
        yield self.voorstel
        yield from self.behandelingen
        yield from self.raden
        yield from self.afspraken
        yield from self.vergaderingen
        yield from self.papers
        yield from self.documents

    def behandeling(self, row_id: str) -> Behandeling | None:
        return next((row for row in self.behandelingen if row.id == row_id), None)

    def rows_of(self, step_id: str) -> tuple[Behandeling, ...]:
        return tuple(row for row in self.behandelingen if row.step == step_id)

    def open_rows(self) -> tuple[Behandeling, ...]:
        """The rows that an overleg must still treat; a round of gemeenten has its own grid."""
        rounds = {step.id for step in self.voorstel.steps if step.per_gemeente}
        return tuple(row for row in self.behandelingen if row.is_open() and row.step not in rounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entity before and after an act; `before` None: it was made by the act."""

    before: Entity | None
    after: Entity

    def changed(self) -> tuple[str, ...]:
        """The names of the fields that differ, in the order of the class; of a new one all."""
        return tuple(
            name
            for name in names_of(type(self.after))
            if self.before is None or getattr(self.before, name) != getattr(self.after, name)
        )

    def as_fields(self) -> dict[str, Any]:
        """The change as it stands in an event: only what differs, old and new value."""
        name, key = key_of(self.after)
        if self.before is None:
            return {"entity": name, "id": key, "was": None, "set": fields_of(self.after)}
        changed = self.changed()
        return {
            "entity": name,
            "id": key,
            "was": {field: encode(getattr(self.before, field)) for field in changed},
            "set": {field: encode(getattr(self.after, field)) for field in changed},
        }


def changes_between(before: Dossier | None, after: Dossier) -> tuple[Change, ...]:
    """What differs, in the order of the dossier. Nothing is ever removed."""
    was: Mapping[Key, Entity] = (
        {key_of(entity): entity for entity in before.entities()} if before else {}
    )
    pairs = ((was.get(key_of(entity)), entity) for entity in after.entities())
    return tuple(
        Change(before=old, after=new) for old, new in pairs if old is not new and old != new
    )
