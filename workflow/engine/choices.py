"""The fields of an act as a person is asked them: label, kind, whether required, choices."""

from typing import Any

from workflow.domain.dutch import conclusie_in_words
from workflow.domain.feiten import missing_facts
from workflow.engine.attempt import Attempt
from workflow.engine.definition import GemeenteDefinitie, Veld
from workflow.engine.demands import demanded_at
from workflow.engine.edit_order import AFTER, BEFORE, places
from workflow.engine.effects_edit import points_to_choose
from workflow.engine.effects_route import treated_after
from workflow.engine.guards import asked_facts, is_late, still_open
from workflow.engine.inputs import choices_for, single_fields


def fields_view(attempt: Attempt) -> list[dict[str, Any]]:
    """The fields of `actions --json`; a field that is asked per beslispunt stands once for each."""
    found: list[dict[str, Any]] = []
    single = single_fields(attempt)
    for field in attempt.act.velden:
        if not _is_asked(attempt, field.veld):
            continue
        if field.per_beslispunt:
            numbers = [one.number for one in attempt.dossier.voorstel.beslispunten if one.number]
            found += [
                _field(attempt, field, f"{field.veld}_{nr}", f"{field.naam} beslispunt {nr}")
                for nr in numbers
            ]
        elif field.per_gemeente:
            found += [
                _field(attempt, field, f"{field.veld}_{one.code}", f"{field.naam} {one.naam}")
                for one in _asked_positions(attempt)
            ]
        elif field.per_feit:
            found += [
                _field(attempt, single[code], code, single[code].naam)
                for code in asked_facts(attempt)
            ]
        elif _is_asked(attempt, field.veld):
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


def _asked_positions(attempt: Attempt) -> tuple[GemeenteDefinitie, ...]:
    """The gemeenten whose position this step asks for."""
    row, voorstel = attempt.row, attempt.dossier.voorstel
    step = voorstel.step(row.step) if row else None
    if step is None or not step.positions:
        return ()
    return attempt.rules.members(voorstel.theme, attempt.day)


def _field(attempt: Attempt, field: Veld, name: str, label: str) -> dict[str, Any]:
    """One field."""
    return {
        "name": name,
        "type": field.soort,
        "required": field.verplicht or _needed_now(attempt, field.veld),
        "choices": _choices(attempt, field),
        "label": label,
        "hint": _hint(attempt, field),
    }


def _hint(attempt: Attempt, field: Veld) -> str | None:
    """What helps to fill it in, and at which conclusions it cannot be left out."""
    if attempt.act.handeling != "leg_conclusie_vast" or attempt.row is None:
        return field.uitleg
    table = attempt.rules.table_of(attempt.dossier.voorstel, attempt.row)
    codes = [conclusie_in_words(code) for code in demanded_at(field.veld, table)]
    needed = f"Verplicht bij: {', '.join(codes)}." if codes else ""
    return " ".join(part for part in (field.uitleg, needed) if part) or None


def _needed_now(attempt: Attempt, name: str) -> bool:
    """A field that the definition leaves open, and that this dossier cannot do without.

    A conclusion may also be given for each beslispunt apart; asking for the general
    one is always right.
    """
    match attempt.act.handeling, name:
        case "rond_af", "reden":
            return bool(still_open(attempt))
        case "leg_feiten_vast", _:
            return name in _facts_now(attempt)
        case "leg_conclusie_vast", "conclusie" | "reden":
            return True
        case "agendeer", "datum":
            return attempt.row is not None and attempt.row.date is None
        case "plan", "overleg" | "doel":
            return attempt.row is None
        case "bepaal_termijn", "datum":
            return attempt.afspraak is None or attempt.afspraak.proposed_period is None
    return False


def _choices(attempt: Attempt, field: Veld) -> list[str] | None:
    """The values to choose from; null when anything may be typed."""
    if field.keuzes == "rijen" and attempt.act.handeling == "verplaats" and attempt.row:
        return list(places(attempt.dossier, attempt.row, field.veld))
    if field.keuzes == "rijen" and attempt.act.handeling == "voeg_toe":
        rows = attempt.dossier.behandelingen
        return [row.id for row in rows if treated_after(attempt.dossier, row) is None]
    return points_to_choose(attempt) if field.keuzes == "punten" else choices_for(attempt, field)


def _facts_now(attempt: Attempt) -> tuple[str, ...]:
    """The facts that the step where the voorstel is waits for; else the first one to declare."""
    voorstel = attempt.dossier.voorstel
    step = voorstel.step(voorstel.state)
    missing = missing_facts(step, voorstel) if step else ()
    return missing or asked_facts(attempt)[:1]
