"""Editing the route of one voorstel while it runs: move, repeat, split off, object."""

from dataclasses import replace

from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField
from workflow.domain.route import insert_row
from workflow.engine.attempt import Attempt
from workflow.engine.bezwaar import after_objection, as_discussed
from workflow.engine.edit_order import AFTER, BEFORE, moved, why_not
from workflow.engine.effects_conclusie import conclude
from workflow.engine.effects_route import successor
from workflow.engine.place import rearranged
from workflow.engine.splitting import POINTS, chosen, splittable


def move(attempt: Attempt) -> Dossier:
    """The row before or after another one; the voorstel at the first that is open now."""
    row, given, dossier = _row(attempt), attempt.given, attempt.dossier
    asked = [(side, given.text(side)) for side in (BEFORE, AFTER) if given.text(side)]
    if not asked:
        raise MissingField(AFTER, "Na welke rij, of voor welke rij")
    if len(asked) > 1:
        raise InvalidField(BEFORE, "geef één van beide: voor of na welke rij.")
    side, target_id = asked[0]
    target = dossier.behandeling(target_id or "") or row
    verdict = why_not(dossier, row, target, side)
    if not verdict:
        raise InvalidField(side, verdict.reason)
    placed = moved(dossier, replace(row, reason=attempt.reason()), target, side)
    return rearranged(placed, attempt.rules)


def repeat(attempt: Attempt) -> Dossier:
    """A new row for the same overleg and doel, treated before what follows."""
    row, dossier = _row(attempt), attempt.dossier
    numbers = chosen(attempt)
    fresh = replace(
        successor(dossier, row, date=attempt.given.day("datum")),
        punten=numbers or row.punten,
        answers=None,
        reason=attempt.reason(),
    )
    gone = dossier.voorstel.departed().intersection(numbers)
    if gone:
        raise InvalidField(
            POINTS, f"punt {', '.join(sorted(gone))} is een eigen voorstel geworden."
        )
    grown = replace(dossier, behandelingen=insert_row(dossier, fresh, row))
    return rearranged(grown, attempt.rules)


def object_to(attempt: Attempt) -> Dossier:
    """'Besproken, terug naar …', or a decision of its own; what was decided waits meanwhile."""
    row = _row(attempt)
    discussed = conclude(as_discussed(attempt)) if row.is_open() else attempt.dossier
    return after_objection(attempt, discussed)


def points_to_choose(attempt: Attempt) -> list[str]:
    """The beslispunten that an act may be about, in the order of the paper."""
    if attempt.act.handeling == "splits_af":
        return list(splittable(attempt.dossier, attempt.rules))
    gone = attempt.dossier.voorstel.departed()
    numbers = (one.number for one in attempt.dossier.voorstel.beslispunten)
    return [number for number in numbers if number and number not in gone]


def _row(attempt: Attempt) -> Behandeling:
    """The row that the act is about; the guards have seen that it is there."""
    if attempt.row is None:
        raise InvalidField("behandeling", "kies een rij.")
    return attempt.row
