"""Correcting an earlier act by a later one that refers to it; nothing is rewritten.

A conclusion is taken again on the dossier as it was before it; what only
followed from the wrong one lapses. A misread field of the voorblad, a cell of
a row or a date of a gemeente gets its right value.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workflow.domain.behandeling import ConclusieCode
from workflow.domain.dossier import Dossier
from workflow.domain.errors import MissingField, TransitionRefused
from workflow.domain.text import ErasableText
from workflow.engine.attempt import Inputs
from workflow.engine.correction_conclusie import CONCLUSION, OWN, conclude_again
from workflow.engine.correction_sheet import (
    COUNCIL_DATES,
    correct_council,
    correct_row,
    correct_sheet,
)
from workflow.engine.decide import Asked, Decision, known_act, refuse_future
from workflow.engine.migration import MIGRATION
from workflow.engine.rules import Rules


def correct(
    asked: Asked,
    chain: Sequence[Mapping[str, Any]],
    dossier: Dossier,
    rules: Rules,
    *,
    today: dt.date,
    keep: Callable[[str], ErasableText],
) -> Decision:
    """The dossier with an earlier act put right.

    `chain` has the body of the event that is corrected and of the corrections
    that it had already, oldest first. Raises TransitionRefused when something
    later rests on it, InvalidField for a field that it did not have.
    """
    given = {name: value for name, value in asked.fields.items() if name not in OWN and value}
    event, row, raad = chain[0], None, None
    if event["type"] == MIGRATION:
        raise TransitionRefused(
            dossier.voorstel.kenmerk,
            "Corrigeer",
            "Een migratie draait u terug met een migratie naar de vorige versie.",
        )
    points: Mapping[str, ConclusieCode] = {}
    target = event["inputs"].get("target", {})
    row_id = asked.behandeling or target.get("behandeling")
    if event["type"] == CONCLUSION and (given or asked.points or asked.happened):
        after, row, points = conclude_again(
            asked, chain, given, dossier, rules, today=today, keep=keep
        )
    elif not given and not asked.points:
        raise MissingField("event", "Ten minste één gecorrigeerd veld")
    else:
        refuse_future(asked.happened, today)
        if event["type"] in COUNCIL_DATES:
            after, raad = correct_council(event["type"], target, given, dossier, today)
        elif row_id:
            after, row = correct_row(row_id, given, dossier, rules, keep)
        else:
            after = correct_sheet(given, dossier, keep)
    return Decision(
        after=after,
        act=known_act(rules, asked.action).act,
        row=row,
        raad=raad,
        afspraak=None,
        inputs=Inputs(values={"event": event["seq"]}, points=points),
    )
