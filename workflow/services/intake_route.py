"""The route of a voorstel from its paper: the steps of its route met with the rows of its table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workflow.documents import Voorblad
from workflow.documents.model import GelezenBehandeling
from workflow.domain.behandeling import Soort
from workflow.domain.errors import NotFound
from workflow.domain.voorstel import Stap
from workflow.engine.conclusions import Outcome, outcome_of
from workflow.engine.definition import (
    Route,
)
from workflow.engine.definition_parts import (
    Herkenning,
)
from workflow.engine.rules import Rules, normalise
from workflow.engine.steps import step_of

FREE = "vrij"  # the route that is the behandeltabel itself


def route_for(rules: Rules, sheet: Voorblad, asked: str | None) -> Route:
    """The route that was asked for; else the one whose `herkenning` matches; else the free one.

    Raises NotFound for an unknown one. Two that match leave it to a person: the free one.
    """
    if asked is not None:
        return rules.route(asked)
    found = [route for route in rules.routes.values() if _matches(route.herkenning, sheet)]
    if len(found) == 1:
        return found[0]
    free = [route for route in rules.routes.values() if route.uit_behandeltabel]
    if not free:
        raise NotFound("Route", FREE, tuple(rules.routes))
    return free[0]


def _matches(known: Herkenning | None, sheet: Voorblad) -> bool:
    """All that the definition asks for stands on the sheet."""
    if known is None or not (known.onderwerp or known.tekst or known.overleggen):
        return False
    subject = (sheet.onderwerp or "").casefold()
    texts = [subject, (sheet.toelichting or "").casefold()]
    texts += [point.tekst.casefold() for point in sheet.beslispunten]
    kinds = {row.soort for row in sheet.behandelingen}
    return (
        all(text.casefold() in subject for text in known.onderwerp)
        and not any(text.casefold() in subject for text in known.niet_in_onderwerp)
        and all(any(text.casefold() in one for one in texts) for text in known.tekst)
        and all(kind in kinds for kind in known.overleggen)
    )


def theme_of(rules: Rules, sheet: Voorblad, route: Route) -> str | None:
    """The theme of the route; else the first whose words stand in subject or explanation."""
    if route.thema is not None:
        return route.thema
    words = normalise(f"{sheet.onderwerp or ''} {sheet.toelichting or ''}")
    for theme in rules.definities.themas:
        if any(f" {normalise(text)} " in f" {words} " for text in theme.herkenning):
            return theme.code
    return None


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of the paper, or none for a step that is not on paper, at its step."""

    step: Stap
    row: GelezenBehandeling | None


def lay_out(rules: Rules, route: Route, rows: Sequence[GelezenBehandeling]) -> list[Placed]:
    """The steps in order, each with its rows; the paper's order and doel win over the route's.

    A row without a step becomes a step of its own below the row before it; a
    second row of an overleg that held the first one stands in the same step.
    """
    steps = [step_of(rules, step) for step in route.stappen]
    matched: list[Matched] = []
    free = list(steps)
    for row in rows:
        again = _held_before(rules, row, matched)
        known = matched[again].step if again is not None else None
        step = known or next((one for one in free if _fits(one, row)), None)
        if step in free:
            free.remove(step)
        matched.append(Matched(row, step, again))
    steps = _in_paper_order(steps, [one.step for one in matched if one.step])
    return _with_rows(rules, steps, matched)


@dataclass(frozen=True, slots=True)
class Matched:
    """A row of the paper, the step of the route that it fits, and the held row it comes after."""

    row: GelezenBehandeling
    step: Stap | None
    again: int | None


def _fits(step: Stap, row: GelezenBehandeling) -> bool:
    """The row is of the step's overleg; of one that was not recognised, its kind decides."""
    if row.overleg_codes:
        return bool(set(row.overleg_codes) & set(step.overleg_codes))
    return row.soort is not None and row.soort is not Soort.ANDERS and row.soort is step.soort


def _held_before(rules: Rules, row: GelezenBehandeling, matched: Sequence[Matched]) -> int | None:
    """The place of an earlier row of the same overleg that was held or sent back."""
    for place in reversed(range(len(matched))):
        earlier, step = matched[place].row, matched[place].step
        if earlier.overleg_codes != row.overleg_codes or not earlier.conclusie_code:
            continue
        if not row.overleg_codes and earlier.overleg != row.overleg:
            continue
        doel = earlier.doel or (step.doel if step else None)
        if outcome_of(earlier.conclusie_code, rules.table(doel)) in (Outcome.BLIJFT, Outcome.TERUG):
            return place
    return None


def _in_paper_order(steps: list[Stap], on_paper: list[Stap]) -> list[Stap]:
    """The steps of the route, those that are on paper in the paper's order."""
    order = list(dict.fromkeys(step.id for step in on_paper))
    places = [place for place, step in enumerate(steps) if step.id in order]
    by_id = {step.id: step for step in steps}
    for place, step_id in zip(places, order, strict=True):
        steps[place] = by_id[step_id]
    return steps


def _with_rows(
    rules: Rules,
    steps: list[Stap],
    matched: Sequence[Matched],
) -> list[Placed]:
    """Each step with its rows; new steps for rows that had none."""
    rows_of: dict[str, list[GelezenBehandeling]] = {}
    place, found = 0, list[Stap]()
    for one in matched:
        step = one.step or (found[one.again] if one.again is not None else None)
        if step is None:
            step = _new_step(rules, one.row, {known.id for known in steps})
            steps.insert(place, step)
        found.append(step)
        place = next(at for at, known in enumerate(steps) if known.id == step.id) + 1
        rows_of.setdefault(step.id, []).append(one.row)
    placed: list[Placed] = []
    for step in steps:
        rows = rows_of.get(step.id, [])
        renewed = _as_on_paper(rules, step, rows[0]) if rows else step
        placed += [Placed(renewed, row) for row in rows] or [Placed(renewed, None)]
    return placed


def _as_on_paper(rules: Rules, step: Stap, row: GelezenBehandeling) -> Stap:
    """A step with the doel of the paper, and called as the paper calls its overleg.

    What stands on paper takes part, whatever facts the route would ask for.
    """
    renewed = replace(step, overleg=row.overleg or step.overleg, only_if=())
    if row.doel is None or row.doel is step.doel:
        return renewed
    asks = rules.deelroute_for(row.doel, step.soort) if step.per_gemeente else None
    return replace(renewed, doel=row.doel, deelroute=asks)


def _new_step(rules: Rules, row: GelezenBehandeling, taken: set[str]) -> Stap:
    """A step for a row that the route does not foresee."""
    stem = row.soort.value.lower() if row.soort else "anders"
    names = [stem, *(f"{stem}_{number}" for number in range(2, len(taken) + 3))]
    found = [rules.overleggen[code] for code in row.overleg_codes if code in rules.overleggen]
    per_gemeente = bool(found) and found[0].per_gemeente
    return Stap(
        id=next(name for name in names if name not in taken),
        doel=row.doel,
        soort=row.soort or Soort.ANDERS,
        overleg=row.overleg or "overleg",
        overleg_codes=row.overleg_codes,
        per_gemeente=per_gemeente,
        join="alle" if per_gemeente else None,
        deelroute=rules.deelroute_for(row.doel, found[0].soort) if per_gemeente else None,
    )
