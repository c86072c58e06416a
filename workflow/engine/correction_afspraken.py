"""What is owed when a conclusion is taken again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workflow.domain.afspraken import Afspraak
from workflow.domain.dossier import Dossier
from workflow.domain.fields import fields_of, from_fields
from workflow.engine.rules import Rules

Events = Sequence[Mapping[str, Any]]


def touched_afspraken(chain: Events) -> set[str]:
    """The ids of the afspraken that these events made or changed, of other voorstellen too."""
    return {
        change["id"]
        for event in chain
        for change in event["changes"]
        if change["entity"] == "afspraak"
    }


def owed_before(chain: Events, dossier: Dossier) -> tuple[Afspraak, ...]:
    """The afspraken without what these events did to them; a version only grows."""
    made = _made(chain)
    return tuple(_restored(one, chain) for one in dossier.afspraken if one.id not in made)


def owed_after(
    chain: Events, current: Dossier, again: Dossier, rules: Rules
) -> tuple[Afspraak, ...]:
    """The afspraken after the right conclusion.

    One that only the wrong conclusion made, lapses; a report of a cycle that it
    settled is owed again. What happened since to one that both make, stays.
    """
    made, renewed = _made(chain), {one.id: one for one in again.afspraken}
    owed: list[Afspraak] = []
    for one in current.afspraken:
        right = renewed.pop(one.id, None)
        if right is None:
            right = _withdrawn(one, rules)
        elif one.id in made:
            revived = right.state if one.state == "vervallen" else one.state
            right = replace(one, punten=right.punten, state=revived)
        owed.append(right if _same(right, one) else replace(right, version=one.version + 1))
    return (*owed, *renewed.values())


def _made(chain: Events) -> set[str]:
    """The ids of the afspraken that these events made."""
    return {
        change["id"]
        for event in chain
        for change in event["changes"]
        if change["entity"] == "afspraak" and change["was"] is None
    }


def _restored(one: Afspraak, chain: Events) -> Afspraak:
    """An afspraak with the values that these events replaced."""
    version = one.version
    for event in reversed(chain):
        for change in event["changes"]:
            if change["was"] and (change["entity"], change["id"]) == ("afspraak", one.id):
                old = from_fields(Afspraak, {**fields_of(one), **change["was"]})
                one = replace(one, **{name: getattr(old, name) for name in change["was"]})
    return replace(one, version=version)


def _withdrawn(one: Afspraak, rules: Rules) -> Afspraak:
    """An afspraak that the right conclusion does not make."""
    by_itself = rules.standing.get(one.id)
    if by_itself is not None:
        return replace(by_itself.owed, version=one.version)
    state = rules.fixed("afspraak").next_state(one.state, "herroepen")
    return replace(one, state=state or one.state)


def _same(one: Afspraak, other: Afspraak) -> bool:
    """Nothing differs but the version."""
    return replace(one, version=other.version) == other
