"""What a join rule means, said apart from the engine: who must be done before a case goes on."""

from collections.abc import Callable

from workflow.domain.dossier import Dossier
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.rounds import rows_at
from workflow.domain.voorstel import Stap
from workflow.services.act import Act

BACK_OR_OVER = ("teruggestuurd", "ingetrokken", "afgewezen")


def kept_its_joins(
    before: Dossier, after: Dossier, settled: Callable[[Raadsinformatie], bool], act: Act
) -> bool:
    """A voorstel that left a group or a round left it with as many done as its join rule asks."""
    left = before.voorstel.step(before.voorstel.state)
    state = after.voorstel.state
    if left is None or state == left.id or state in BACK_OR_OVER:
        return True
    if state == "afgerond" and act.fields.get("reden"):
        return True
    order = [one.id for one in after.voorstel.steps]
    if state in order and left.id in order and order.index(state) < order.index(left.id):
        return True  # back, to what was added or held
    together = [one for one in after.voorstel.steps if left.group and one.group == left.group]
    if together:
        reached = after.voorstel.step(state)
        if reached in together:
            return True
        join = next((one.join for one in together if one.join), None)
        return sum(_done(after, one, settled) for one in together) >= _needed(join, len(together))
    return _done(after, left, settled)


def _done(dossier: Dossier, step: Stap, settled: Callable[[Raadsinformatie], bool]) -> bool:
    """Nothing of this step that concerns the whole voorstel is still to be done."""
    if step.skipped or _does_not_concern(dossier, step):
        return True
    if step.per_gemeente:
        round_of = rows_at(dossier, step)
        ready = [one for one in round_of if settled(one)]
        return bool(round_of) and len(ready) >= _needed(step.join, len(round_of))
    rows = [row for row in dossier.behandelingen if row.step == step.id]
    return not any(row.state in ("gepland", "geagendeerd") and not row.punten for row in rows)


def _does_not_concern(dossier: Dossier, step: Stap) -> bool:
    """A fact that was laid down leaves the step out; a fact that nobody knows does not."""
    voorstel = dossier.voorstel
    known = {one.fact: one.value for one in voorstel.facts or ()} | {"thema": voorstel.theme}
    asked = {one.fact: one.values for one in step.only_if}
    return any(known[fact] not in asked[fact] for fact in asked if known.get(fact) is not None)


def _needed(join: str | None, total: int) -> int:
    """`eerste` is one, a number is that number or all there are, and `alle` is all."""
    wanted = {"eerste": 1, "alle": total, None: total}
    return min(total, wanted[join] if join in wanted else int(str(join)))
