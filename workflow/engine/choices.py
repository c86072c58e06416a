"""The fields of an act as a person is asked them: label, kind, whether required, choices."""

from typing import Any

from workflow.domain.behandeling import Doel
from workflow.engine.attempt import OUTCOMES, Attempt
from workflow.engine.definition import Veld
from workflow.engine.edit_order import AFTER, BEFORE, places
from workflow.engine.effects_edit import points_to_choose
from workflow.engine.effects_route import treated_after
from workflow.engine.guards import is_late, still_open


def fields_view(attempt: Attempt) -> list[dict[str, Any]]:
    """The fields of `actions --json`; a field that is asked per beslispunt stands once for each."""
    found: list[dict[str, Any]] = []
    for field in attempt.act.velden:
        if not _is_asked(attempt, field.veld):
            continue
        if field.per_beslispunt:
            numbers = [one.number for one in attempt.dossier.voorstel.beslispunten if one.number]
            found += [
                _field(attempt, field, f"{field.veld}_{nr}", f"{field.naam} beslispunt {nr}")
                for nr in numbers
            ]
        else:
            found.append(_field(attempt, field, field.veld, field.naam))
    return found


def _is_asked(attempt: Attempt, name: str) -> bool:
    """A reason with a conclusion is asked only after its besluitenlijst was adopted.

    And where a row may move to, only on a side where it can.
    """
    if attempt.act.handeling == "verplaats" and attempt.row and name in (BEFORE, AFTER):
        return any(places(attempt.dossier, attempt.row, name))
    if (attempt.act.handeling, name) != ("leg_conclusie_vast", "reden"):
        return True
    return attempt.row is not None and is_late(attempt, attempt.row)


def _field(attempt: Attempt, field: Veld, name: str, label: str) -> dict[str, Any]:
    """One field."""
    return {
        "name": name,
        "type": field.soort,
        "required": field.verplicht or _needed_now(attempt, field.veld),
        "choices": _choices(attempt, field),
        "label": label,
        "hint": field.uitleg,
    }


def _needed_now(attempt: Attempt, name: str) -> bool:
    """A field that the definition leaves open, and that this dossier cannot do without.

    A conclusion may also be given for each beslispunt apart; asking for the general
    one is always right.
    """
    match attempt.act.handeling, name:
        case "rond_af", "reden":
            return bool(still_open(attempt))
        case "leg_conclusie_vast", "conclusie" | "reden":
            return True
        case "agendeer", "datum":
            return attempt.row is not None and attempt.row.date is None
        case "plan", "overleg" | "doel":
            return attempt.row is None
    return False


def _choices(attempt: Attempt, field: Veld) -> list[str] | None:
    """The values to choose from; null when anything may be typed."""
    match field.keuzes:
        case "conclusies":
            known = attempt.rules.choices_of(attempt.dossier.voorstel, attempt.row)
            return [code.value for code in known]
        case "doelen":
            return [doel.value for doel in Doel]
        case "overleggen":
            return list(attempt.rules.overleggen)
        case "gemeenten":
            return list(attempt.rules.gemeenten)
        case "rijen" if attempt.act.handeling == "verplaats" and attempt.row:
            return list(places(attempt.dossier, attempt.row, field.veld))
        case "rijen" if attempt.act.handeling == "voeg_toe":
            rows = attempt.dossier.behandelingen
            return [row.id for row in rows if treated_after(attempt.dossier, row) is None]
        case "uitkomsten":
            return list(OUTCOMES)
        case "punten":
            return points_to_choose(attempt)
        case "rijen":
            return [row.id for row in attempt.dossier.behandelingen]
    return None
