"""Why a running case cannot go to another version of its route: each reason says what to do."""

from collections.abc import Iterator

from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.dutch import day_in_words, join_words
from workflow.domain.rounds import rows_at
from workflow.domain.voorstel import Stap
from workflow.engine.migration import Move, merged_steps


def reasons_against(dossier: Dossier, move: Move) -> tuple[str, ...]:
    """All Dutch reasons against moving this case; none when it can."""
    double = tuple(_double_names(dossier, move))
    return tuple(
        dict.fromkeys(
            (
                *_gone(dossier, move),
                *_changed(dossier, move),
                *_other_round_first(dossier, move),
                *(double or _group(dossier, move)),
            )
        )
    )


def _named(step: Stap) -> str:
    """A step in a sentence."""
    return f"‘{step.id}’ ({step.overleg})" if step.overleg else f"‘{step.id}’"


def _gone(dossier: Dossier, move: Move) -> Iterator[str]:
    """Steps that the new version does not have, while something has happened there."""
    for step in dossier.voorstel.steps:
        if not move.gone(step.id):
            continue
        name = _named(step)
        if dossier.voorstel.state == step.id:
            yield (
                f"Het voorstel staat bij stap {name}, en die is er in versie {move.version} niet "
                f"meer. Wijs aan welke stap ervoor in de plaats komt: {step.id}=…"
            )
        if any(row.state == "behandeld" for row in dossier.rows_of(step.id)):
            yield (
                f"Bij stap {name} is al een conclusie vastgelegd, en die stap is er in versie "
                f"{move.version} niet meer. Wijs aan welke stap ervoor in de plaats komt: "
                f"{step.id}=…"
            )
        if step.per_gemeente and rows_at(dossier, step):
            yield f"De ronde langs de gemeenten is begonnen, en stap {name} is er niet meer."
        yield from (_on_agenda(row) for row in _on_agendas(dossier, step))


def _on_agendas(dossier: Dossier, step: Stap) -> list[Behandeling]:
    """The rows of a step that stand on the agenda of a meeting."""
    return [row for row in dossier.rows_of(step.id) if row.state == "geagendeerd"]


def _on_agenda(row: Behandeling) -> str:
    """A meeting counts on this row."""
    day = f" van {day_in_words(row.date)}" if row.date else ""
    return f"Het punt staat op de agenda van het {row.overleg}{day}. Haal het daar eerst van af."


def _changed(dossier: Dossier, move: Move) -> Iterator[str]:
    """Steps that stay, but cannot change under what is going on there."""
    after = {step.id: step for step in merged_steps(dossier, move)}
    for step in dossier.voorstel.steps:
        new = after.get(move.mapping.get(step.id, ""))
        if new is None or move.old_step(step.id) is None:
            continue
        if step.per_gemeente and rows_at(dossier, step) and new != step:
            yield (
                f"De ronde langs de gemeenten is begonnen, en stap {_named(step)} is in versie "
                f"{move.version} anders. Het voorstel blijft op zijn eigen versie."
            )
        if set(new.overleg_codes) != set(step.overleg_codes):
            yield from (_on_agenda(row) for row in _on_agendas(dossier, step))


def _other_round_first(dossier: Dossier, move: Move) -> Iterator[str]:
    """Rows of before there were more rounds belong to the first one: it must stay the first."""
    first = next((one.id for one in dossier.voorstel.steps if one.per_gemeente), None)
    unnamed = any(raad.step is None for raad in dossier.raden)
    if not unnamed or first is None or move.gone(first):
        return
    steps = merged_steps(dossier, move)
    now = next(one for one in steps if one.per_gemeente)
    if now.id != move.mapping.get(first, first):
        yield (
            f"De ronde langs de gemeenten is begonnen, en in versie {move.version} komt er een "
            f"andere ronde voor: stap {_named(now)}. Het voorstel blijft op zijn eigen versie."
        )


def _double_names(dossier: Dossier, move: Move) -> Iterator[str]:
    """A step of the case's own that bears the name of a step of the new version."""
    for step in dossier.voorstel.steps:
        if move.old_step(step.id) is None and move.new_step(step.id) is not None:
            yield (
                f"Dit voorstel heeft zelf al een stap {_named(step)}, en versie {move.version} "
                "heeft een andere stap met die naam. Het blijft op zijn eigen versie."
            )


def _group(dossier: Dossier, move: Move) -> Iterator[str]:
    """Steps that run in parallel now, and would no longer do so with the same ones."""
    here = dossier.voorstel.step(dossier.voorstel.state)
    if here is None or move.gone(here.id):
        return
    steps = merged_steps(dossier, move)
    new = next(one for one in steps if one.id == move.mapping.get(here.id, here.id))
    before = {move.mapping.get(one, one) for one in _together(here, dossier.voorstel.steps)}
    if here.group and before != _together(new, steps):
        names = join_words(sorted(_together(here, dossier.voorstel.steps)))
        yield (
            f"De stappen {names} lopen nu naast elkaar; in versie {move.version} is die groep "
            "anders. Wacht tot zij klaar zijn."
        )


def _together(step: Stap, steps: tuple[Stap, ...]) -> set[str]:
    """The ids of the steps that run in parallel with a step, itself included."""
    return {one.id for one in steps if step.group and one.group == step.group}
