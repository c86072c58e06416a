"""Where an open row may stand in the route: no advice too late, nothing put before what happened.

A row moves as the step that it is; of a step with more rows it gets one of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workflow.domain.behandeling import DECIDING, Behandeling, Doel
from workflow.domain.dossier import Dossier
from workflow.domain.rounds import rows_at
from workflow.domain.route import POSITION_GAP, order_of
from workflow.domain.verdict import YES, Verdict
from workflow.domain.voorstel import Stap, Voorstel

BEFORE, AFTER = "voor", "na"


def places(dossier: Dossier, row: Behandeling, side: str) -> Iterator[str]:
    """The ids of the rows before (or after) which a row may be put; one for each step."""
    for step in dossier.voorstel.steps:
        rows = dossier.rows_of(step.id)
        if rows:
            target = rows[0] if side == BEFORE else rows[-1]
            if why_not(dossier, row, target, side):
                yield target.id


def why_not(dossier: Dossier, row: Behandeling, target: Behandeling, side: str) -> Verdict:
    """Yes, or why the row may not be put before or after the step of `target`."""
    here, there = order_of(dossier, row.step), order_of(dossier, target.step)
    steps = dossier.voorstel.steps
    up = there < here
    beyond = there + (side == AFTER)
    passed = steps[beyond:here] if up else steps[here + 1 : beyond]
    if here == there or not passed:
        return Verdict("Daar staat de rij al.")
    for step in passed:
        verdict = _may_pass(dossier, row, step, up=up)
        if not verdict:
            return verdict
    grouped = any(step.group for step in steps)
    if grouped and not _groups_hold(moved(dossier, row, target, side).voorstel.steps):
        return Verdict("Daar lopen overleggen naast elkaar. Zet de rij voor of na die overleggen.")
    return YES


def _may_pass(dossier: Dossier, row: Behandeling, step: Stap, *, up: bool) -> Verdict:
    """Yes, or why the row may not come before (`up`) or after a step."""
    rows = dossier.rows_of(step.id)
    treated = next((one for one in rows if one.state == "behandeld"), None)
    if up and treated:
        return Verdict(f"Het {treated.overleg} heeft al geconcludeerd: wat is gebeurd, gaat voor.")
    if step.per_gemeente:
        return _may_pass_round(dossier, row, step, up=up)
    for one in rows:
        advice, decision = (one, row) if up else (row, one)
        if one.is_open() and advice.doel is Doel.ADVISEREN and decision.doel in DECIDING:
            return Verdict(
                f"Het {decision.overleg} besluit dan voordat het {advice.overleg} heeft "
                "geadviseerd. Sla dat advies eerst over, als het niet nodig is."
            )
    return YES


def _may_pass_round(dossier: Dossier, row: Behandeling, step: Stap, *, up: bool) -> Verdict:
    """A round that runs stays where it is; the raden are not told before there is a decision."""
    if up and rows_at(dossier, step):
        return Verdict("De ronde langs de gemeenten is al gestart.")
    if not up and row.doel in DECIDING and step.doel is Doel.INFORMEREN:
        return Verdict(f"De gemeenten horen het dan voordat het {row.overleg} heeft besloten.")
    return YES


def _groups_hold(steps: Sequence[Stap]) -> bool:
    """The steps of each group stand together."""
    groups = [step.group for step in steps]
    runs = [
        group
        for place, group in enumerate(groups)
        if group and groups[place - 1 : place] != [group]
    ]
    return len(runs) == len(set(runs))


def moved(dossier: Dossier, row: Behandeling, target: Behandeling, side: str) -> Dossier:
    """The dossier with the row, and its step, before or after the step of another row."""
    voorstel, step = dossier.voorstel, dossier.voorstel.step(row.step)
    if step is None:
        return dossier
    rest = list(voorstel.steps)
    if [one.id for one in dossier.rows_of(row.step)] == [row.id]:
        rest.remove(step)
    else:
        step = own_step(voorstel, step)
    place = next(i for i, one in enumerate(rest) if one.id == target.step) + (side == AFTER)
    steps = (*rest[:place], step, *rest[place:])
    grown = replace(dossier, voorstel=replace(voorstel, steps=steps))
    return _in_its_place(grown, replace(row, step=step.id), target, side)


def own_step(voorstel: Voorstel, step: Stap) -> Stap:
    """A step of its own that repeats another; it runs beside nothing."""
    origin = voorstel.origin(step.id)
    return replace(step, id=free_id(voorstel, origin), origin=origin, group=None, join=None)


def free_id(voorstel: Voorstel, stem: str) -> str:
    """The first id of this stem that the route does not have yet: do, do_2, do_3."""
    taken = {step.id for step in voorstel.steps}
    names = (stem, *(f"{stem}_{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _in_its_place(dossier: Dossier, row: Behandeling, target: Behandeling, side: str) -> Dossier:
    """The table with a row next to those of another step; the others keep their order."""
    others = [one for one in dossier.behandelingen if one.id != row.id]
    at = [place for place, one in enumerate(others) if one.step == target.step]
    place = at[0] if side == BEFORE else at[-1] + 1
    low = others[place - 1].position if place else 0
    high = others[place].position if place < len(others) else low + 2 * POSITION_GAP
    middle = (low + high) // 2
    rows = [*others[:place], replace(row, position=middle), *others[place:]]
    if middle in (low, high):  # no room left between the two: all rows get a place anew
        rows = [
            replace(one, position=number * POSITION_GAP) for number, one in enumerate(rows, start=1)
        ]
    return replace(dossier, behandelingen=tuple(rows))
