"""The council round: one row per gemeente, offered, decided by its college, sent to its raad."""

from dataclasses import replace

from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.engine.attempt import Attempt
from workflow.engine.definition import GemeenteDefinitie
from workflow.engine.letter import offered_version


def start_round(attempt: Attempt) -> Dossier:
    """A row for each gemeente: those that take part on that day, or others with a reason."""
    dossier = attempt.dossier
    proposed = attempt.rules.members(dossier.voorstel.theme, attempt.day)
    chosen = attempt.given.values.get("gemeenten")
    gemeenten = chosen if isinstance(chosen, tuple) else proposed
    if not gemeenten:
        raise MissingField("gemeenten", "Gemeenten")
    differs = {one.code for one in gemeenten} != {one.code for one in proposed}
    if differs and not (attempt.given.text("reden") or attempt.remark):
        raise InvalidField("gemeenten", _deviation(gemeenten, proposed))
    rows = tuple(
        Raadsinformatie(voorstel_id=dossier.voorstel.id, gemeente=one.code, name=one.naam)
        for one in gemeenten
    )
    return replace(dossier, raden=rows)


def _deviation(
    chosen: tuple[GemeenteDefinitie, ...], proposed: tuple[GemeenteDefinitie, ...]
) -> str:
    """How the choice differs from the membership, and that it needs a reason."""
    extra = [one.naam for one in chosen if one not in proposed]
    missing = [one.naam for one in proposed if one not in chosen]
    parts = [f"niet: {', '.join(missing)}"] if missing else []
    parts += [f"wel: {', '.join(extra)}"] if extra else []
    return f"dit wijkt af van het lidmaatschap ({'; '.join(parts)}). Geef de reden."


def move_council(attempt: Attempt) -> Dossier:
    """One gemeente a step further, with the dates and numbers that belong to it."""
    raad, given = attempt.raad, attempt.given
    if raad is None:
        raise InvalidField("gemeente", "kies een gemeente.")
    action = attempt.act.handeling
    state = attempt.rules.fixed("raadsinformatie").next_state(raad.state, action)
    day = given.day("datum") or attempt.day
    if given.day("datum") and day > attempt.today:
        raise InvalidField("datum", "die dag moet nog komen. Meld wat al is gebeurd.")
    moved = replace(raad, state=state or raad.state)
    match action:
        case "bied_aan":
            moved = replace(
                moved,
                offered_on=day,
                paper_version=offered_version(attempt),
                own_text=bool(given.values.get("eigen_tekst", False)),
            )
        case "leg_collegebesluit_vast":
            moved = replace(moved, college_date=day, zaaknummer=given.text("zaaknummer"))
        case "meld_verzonden":
            moved = replace(moved, sent_on=day)
        case _:
            moved = replace(moved, closed_on=day, reason=attempt.reason())
    rows = tuple(moved if one.gemeente == raad.gemeente else one for one in attempt.dossier.raden)
    return replace(attempt.dossier, raden=rows)
