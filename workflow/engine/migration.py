"""A running case from one version of its route to another: what would happen, or why not.

The steps of a case come from its route, from its paper and from people. Merging keeps
all three apart: what the route said and still is as the route said it, becomes what the
new version says; what paper or people made of it stays; steps of its own keep their place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.route import POSITION_GAP, insert_row
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Stap
from workflow.engine.effects_route import new_row

MIGRATION = "migreer"  # the type of its event
BASIS = "migratie"  # of a row that a migration closed: another one may open it again
_ROW_FOLLOWS_STEP = ("overleg", "overleg_codes", "soort", "doel", "bekrachtiging")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """From one version to another, as asked.

    `old` and `new` are the steps that a new case on either version has; `mapping` says
    which step takes the place of which, those that keep their name included.
    """

    version: int
    digest: str
    old: tuple[Stap, ...]
    new: tuple[Stap, ...]
    mapping: Mapping[str, str]

    def old_step(self, step_id: str) -> Stap | None:
        """The step as the old version has it; None: the case's own."""
        return next((one for one in self.old if one.id == step_id), None)

    def new_step(self, step_id: str) -> Stap | None:
        """The step as the new version has it."""
        return next((one for one in self.new if one.id == step_id), None)

    def gone(self, step_id: str) -> bool:
        """A step of the old version that has no place in the new one."""
        return self.old_step(step_id) is not None and step_id not in self.mapping


def moved(dossier: Dossier, move: Move, reason: ErasableText) -> Dossier:
    """The dossier on the new version, at the same place; it has not gone on yet.

    Nothing is removed: an open row whose step is gone lapses with the reason. A step that
    comes before the place where the case stands is skipped. See `migration_why_not` for
    which dossiers this may be asked of.
    """
    steps = merged_steps(dossier, move)
    voorstel = replace(
        dossier.voorstel,
        steps=steps,
        state=move.mapping.get(dossier.voorstel.state, dossier.voorstel.state),
        route_version=move.version,
        route_digest=move.digest,
    )
    rows = tuple(_row(row, dossier, steps, move, reason) for row in dossier.behandelingen)
    return _with_new_rows(
        replace(dossier, voorstel=voorstel, behandelingen=rows), dossier.voorstel.steps, move
    )


def merged_steps(dossier: Dossier, move: Move) -> tuple[Stap, ...]:
    """The steps of the case on the new version, in order."""
    was = {move.mapping.get(step.id, step.id): step for step in dossier.voorstel.steps}
    placed = [
        _merged(was[step_id], move) if step_id in was else move.new_step(step_id)
        for step_id in _order(dossier.voorstel.steps, move)
    ]
    steps = tuple(step for step in placed if step is not None)
    passed = _passed(dossier, steps, move)
    return tuple(
        replace(step, skipped=True) if step.id not in was and place < passed else step
        for place, step in enumerate(steps)
    )


def _order(steps: Sequence[Stap], move: Move) -> list[str]:
    """The ids in order: the new version's, or the paper's where that differed from the old one."""
    of_route = [step.id for step in steps if move.old_step(step.id)]
    there = set(of_route)
    order = [step.id for step in move.new]
    if of_route != [step.id for step in move.old if step.id in there]:
        order = _with_added([move.mapping[one] for one in of_route if one in move.mapping], move)
    before: str | None = None
    for step in steps:  # its own steps stay right behind what they stood behind
        if move.gone(step.id):
            continue
        if move.old_step(step.id) is None:
            order.insert(order.index(before) + 1 if before else 0, step.id)
        before = move.mapping.get(step.id, step.id)
    return order


def _with_added(order: list[str], move: Move) -> list[str]:
    """An order of paper, with the new version's other steps right behind their predecessor."""
    before: str | None = None
    for step in move.new:
        if step.id not in order:
            order.insert(order.index(before) + 1 if before else 0, step.id)
        before = step.id
    return order


def _merged(step: Stap, move: Move) -> Stap:
    """A step of the case: as the new version says, but for what paper or people made of it."""
    old, new = move.old_step(step.id), move.new_step(move.mapping.get(step.id, ""))
    if old is None or new is None:
        repeats = move.mapping.get(step.origin or "")
        return replace(step, origin=repeats) if repeats else step
    own = {
        field.name: getattr(step, field.name)
        for field in fields(step)
        if getattr(step, field.name) != getattr(old, field.name)
    }
    return replace(new, **own)


def _passed(dossier: Dossier, steps: Sequence[Stap], move: Move) -> int:
    """How many of the steps the case has behind it: up to where it stands, or was treated."""
    state = move.mapping.get(dossier.voorstel.state, dossier.voorstel.state)
    done = {
        move.mapping.get(step.id, step.id)
        for step in dossier.voorstel.steps
        if (rows := dossier.rows_of(step.id))
        and any(row.state == "behandeld" for row in rows)
        and not any(row.is_open() for row in rows)
    }
    places = [place for place, one in enumerate(steps) if one.id == state or one.id in done]
    return max(places, default=-1) + 1


def _row(
    row: Behandeling, dossier: Dossier, steps: Sequence[Stap], move: Move, reason: ErasableText
) -> Behandeling:
    """A row on the new version: at its step's new name, lapsed, or open again."""
    before = dossier.voorstel.step(row.step)
    if before is None:
        return _open_again(row, steps)
    if move.gone(row.step):
        if not row.is_open():
            return row
        return replace(row, state="vervallen", basis=BASIS, reason=reason)
    after = next(one for one in steps if one.id == move.mapping.get(row.step, row.step))
    renamed = replace(row, step=after.id) if after.id != row.step else row
    if not row.is_open():
        return renamed
    follows: dict[str, Any] = {
        name: getattr(after, name)
        for name in _ROW_FOLLOWS_STEP
        if getattr(row, name) == getattr(before, name) != getattr(after, name)
    }
    return replace(renamed, **follows) if follows else renamed


def _open_again(row: Behandeling, steps: Sequence[Stap]) -> Behandeling:
    """A row that an earlier migration closed, when its step is there again."""
    step = next((one for one in steps if one.id == row.step and not one.skipped), None)
    if step is None or row.basis != BASIS or set(row.overleg_codes) != set(step.overleg_codes):
        return row
    return replace(row, state="gepland", basis=None, reason=None)


def _with_new_rows(dossier: Dossier, before: Sequence[Stap], move: Move) -> Dossier:
    """The dossier with a planned row at each step that came in and is not passed."""
    known = {move.mapping.get(step.id, step.id) for step in before}
    last: Behandeling | None = None
    for step in dossier.voorstel.steps:
        is_new = step.id not in known and not step.skipped
        if is_new and not any(row.is_open() for row in dossier.rows_of(step.id)):
            row = new_row(dossier, step, date=None)
            dossier = replace(dossier, behandelingen=_inserted(dossier, row, last))
        last = max(dossier.rows_of(step.id), key=lambda one: one.position, default=last)
    return dossier


def _inserted(
    dossier: Dossier, row: Behandeling, after: Behandeling | None
) -> tuple[Behandeling, ...]:
    """The table with a row below another one; below none: at the top."""
    if after is not None or not dossier.behandelingen:
        return insert_row(dossier, row, after)
    top = min(one.position for one in dossier.behandelingen)
    return (replace(row, position=top - POSITION_GAP), *dossier.behandelingen)
