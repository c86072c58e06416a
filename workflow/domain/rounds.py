"""The rounds of a voorstel along the gemeenten: which rows count, and what the next is called."""

from workflow.domain.dossier import Dossier
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.voorstel import Stap


def step_of(dossier: Dossier, raad: Raadsinformatie) -> str | None:
    """The id of the step that a row belongs to; one of before there were rounds: the first."""
    if raad.step is not None:
        return raad.step
    return next((step.id for step in dossier.voorstel.steps if step.per_gemeente), None)


def all_rows_at(dossier: Dossier, step: Stap) -> tuple[Raadsinformatie, ...]:
    """Every row of a step, of earlier rounds too."""
    return tuple(raad for raad in dossier.raden if step_of(dossier, raad) == step.id)


def rows_at(dossier: Dossier, step: Stap) -> tuple[Raadsinformatie, ...]:
    """The rows of a step that count: of each gemeente the one of its last round."""
    last: dict[str, Raadsinformatie] = {}
    for raad in all_rows_at(dossier, step):
        known = last.get(raad.code)
        if known is None or known.number < raad.number:
            last[raad.code] = raad
    return tuple(last.values())


def is_last(dossier: Dossier, raad: Raadsinformatie) -> bool:
    """No later round of the same step has this gemeente again."""
    here = step_of(dossier, raad)
    return not any(
        one.code == raad.code and one.number > raad.number and step_of(dossier, one) == here
        for one in dossier.raden
    )


def new_round(dossier: Dossier) -> int:
    """The number of a round that starts now."""
    return max((raad.number for raad in dossier.raden), default=0) + 1


def again(dossier: Dossier, step: Stap, code: str) -> int:
    """The round in which a gemeente is asked again: the running one, or a new one after its own."""
    running = max((raad.number for raad in all_rows_at(dossier, step)), default=1)
    taken = {raad.number for raad in dossier.raden if raad.code == code}
    return running if running not in taken else new_round(dossier)
