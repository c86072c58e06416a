"""From the conclusion per beslispunt to what happens to the whole."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from workflow.domain.behandeling import Behandeling, ConclusieCode
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField
from workflow.domain.route import group_taking_part, needed_of
from workflow.engine.definition import Doeltabel
from workflow.engine.rules import Rules


class Outcome(StrEnum):
    """What a conclusion leads to; the words of the table per doel."""

    VERDER = "verder"
    BLIJFT = "blijft"
    TERUG = "terug"
    EINDE = "einde"


# The whole of mixed points: the first that occurs among them gives its name.
_WEIGHT = (
    ConclusieCode.GEWIJZIGD_VASTGESTELD,
    ConclusieCode.ONDER_VOORBEHOUD,
    ConclusieCode.AKKOORD_MITS,
)


def outcome_of(code: ConclusieCode, table: Doeltabel) -> Outcome:
    """What one code leads to under a table."""
    if code in table.blijft:
        return Outcome.BLIJFT
    if code in table.terug:
        return Outcome.TERUG
    if code in table.einde:
        return Outcome.EINDE
    return Outcome.VERDER


def conclude_points(
    numbers: tuple[str, ...],
    general: ConclusieCode | None,
    points: Mapping[str, ConclusieCode],
) -> dict[str, ConclusieCode]:
    """The code of each treated point: its own, else the general one.

    Raises InvalidField for a point that this row is not about, MissingField
    when a point is left without a conclusion.
    """
    strange = [number for number in points if number not in numbers]
    if strange:
        raise InvalidField(
            "beslispunt", f"beslispunt {', '.join(strange)} staat hier niet (meer) ter behandeling."
        )
    if general is None and (not numbers or any(number not in points for number in numbers)):
        raise MissingField("conclusie", "Conclusie")
    return {number: points.get(number) or general or points[number] for number in numbers}


def whole_of(
    general: ConclusieCode | None, codes: Collection[ConclusieCode], table: Doeltabel
) -> ConclusieCode:
    """The conclusion of the whole: it follows from those per beslispunt."""
    distinct = tuple(dict.fromkeys(codes))
    if len(distinct) == 1:
        return distinct[0]
    if not distinct and general:
        return general
    outcomes = {outcome_of(code, table) for code in distinct}
    if outcomes != {Outcome.VERDER} and ConclusieCode.DEELS_AKKOORD in table.verder:
        return ConclusieCode.DEELS_AKKOORD
    for code in _WEIGHT:
        if code in distinct:
            return code
    return general or next(
        (code for code in distinct if outcome_of(code, table) is Outcome.VERDER), distinct[0]
    )


def rejected_points(dossier: Dossier, rules: Rules) -> frozenset[str]:
    """The beslispunten that a deciding row refused, and none did agree to after it.

    A point is decided anew only when its overleg treats it again. Refused by one of
    the steps of a parallel group, it goes on as long as their join rule can be met.
    """
    refused: set[str] = set()
    for row in sorted(dossier.behandelingen, key=lambda one: one.position):
        table = rules.table_of(dossier.voorstel, row)
        for one in row.per_punt:
            outcome = outcome_of(one.code, table)
            if outcome is Outcome.EINDE:
                if not _may_still_be_agreed(dossier, row, one.number, rules):
                    refused.add(one.number)
            elif outcome is Outcome.VERDER and table.einde:
                refused.discard(one.number)
    return frozenset(refused)


def _refused_at(dossier: Dossier, row: Behandeling, rules: Rules) -> frozenset[str]:
    """The beslispunten that a row refused."""
    table = rules.table_of(dossier.voorstel, row)
    return frozenset(
        one.number for one in row.per_punt if outcome_of(one.code, table) is Outcome.EINDE
    )


def _may_still_be_agreed(dossier: Dossier, row: Behandeling, number: str, rules: Rules) -> bool:
    """Enough steps beside this one have not refused the point; False for a step on its own."""
    step = dossier.voorstel.step(row.step)
    beside = group_taking_part(dossier, step) if step else ()
    left = [
        one
        for one in beside
        if not any(number in _refused_at(dossier, own, rules) for own in dossier.rows_of(one.id))
    ]
    return bool(step and beside) and len(left) >= needed_of(dossier, beside[0])


def agreed_points(
    dossier: Dossier,
    rows: Collection[Behandeling],
    rules: Rules,
    codes: Collection[ConclusieCode] = (),
) -> frozenset[str]:
    """The beslispunten that went on at these rows, by their last conclusion there.

    With `codes` only those with one of these conclusions.
    """
    last: dict[str, tuple[Outcome, ConclusieCode]] = {}
    for row in sorted(rows, key=lambda one: one.position):
        for one in row.per_punt:
            outcome = outcome_of(one.code, rules.table_of(dossier.voorstel, row))
            last[one.number] = outcome, one.code
    return frozenset(
        number
        for number, (outcome, code) in last.items()
        if (code in codes if codes else outcome is Outcome.VERDER)
    )
