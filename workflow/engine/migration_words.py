"""What a migration does to one case, in Dutch sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from workflow.domain.dossier import Dossier
from workflow.domain.voorstel import Stap

_LABELS = {
    "doel": "het doel",
    "overleg": "het overleg",
    "join": "wanneer de stap klaar is",
    "group": "de groep",
    "conditions": "de voorwaarde",
    "bekrachtiging": "de bekrachtiging",
    "deelroute": "wat aan de gemeenten wordt gevraagd",
    "term": "de termijn",
    "only_if": "wanneer de stap geldt",
    "without_advice": "of het zonder advies mag",
    "positions": "of standpunten worden gevraagd",
}
_SHOWN_BY_ANOTHER = frozenset({"id", "soort", "overleg_codes", "skipped"})


def what_changes(before: Dossier, after: Dossier, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """What happens to a case, sentence by sentence; `mapping` says which step became which."""
    return tuple(_sentences(before, after, mapping))


def _sentences(before: Dossier, after: Dossier, mapping: Mapping[str, str]) -> Iterator[str]:
    """In the order of the route, then where the case goes."""
    was = {mapping.get(step.id, step.id): step for step in before.voorstel.steps}
    ids = [step.id for step in after.voorstel.steps]
    for place, step in enumerate(after.voorstel.steps):
        if step.id not in was:
            yield _added(step, ids[place - 1] if place else None)
        else:
            yield from _changed(was[step.id], step)
    for step_id, step in was.items():
        if step_id not in ids:
            yield f"Stap {_named(step)} vervalt."
    kept = [step_id for step_id in was if step_id in ids]
    if kept != [step_id for step_id in ids if step_id in was]:
        yield f"De volgorde wordt: {', '.join(ids)}."
    here, there = before.voorstel.state, after.voorstel.state
    if mapping.get(here, here) != there:
        yield f"Het voorstel gaat van ‘{here}’ naar ‘{there}’."


def _named(step: Stap) -> str:
    """The id of a step, and between brackets its overleg and doel."""
    parts = [step.overleg, step.doel.value if step.doel else ""]
    inside = ", ".join(part for part in parts if part)
    return f"‘{step.id}’ ({inside})" if inside else f"‘{step.id}’"


def _added(step: Stap, before: str | None) -> str:
    """A step that comes in, or that the case has behind it."""
    place = f"na ‘{before}’" if before else "als eerste"
    if step.skipped:
        return f"Stap {_named(step)} komt {place}, maar daar is het voorstel al voorbij."
    return f"Stap {_named(step)} komt erbij, {place}."


def _changed(old: Stap, new: Stap) -> Iterator[str]:
    """What becomes of a step that stays."""
    if old.id != new.id:
        yield f"Stap ‘{old.id}’ heet voortaan ‘{new.id}’."
    names = [
        _LABELS.get(field.name, f"‘{field.name}’")
        for field in fields(new)
        if field.name not in _SHOWN_BY_ANOTHER
        and getattr(old, field.name) != getattr(new, field.name)
    ]
    if names:
        yield f"Bij stap {_named(new)} verandert {', '.join(names)}."
