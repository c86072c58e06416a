"""Every way that matters to fill in an act: for walking a route without people.

The values are the plain texts that a person would type, so that they pass the same reading
and the same guards. What they say is of no importance; where they lead is.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice, product

from workflow.domain.behandeling import ConclusieCode
from workflow.domain.route import points_for
from workflow.engine.attempt import Attempt
from workflow.engine.choices import fields_view
from workflow.engine.conclusions import Outcome, outcome_of, rejected_points
from workflow.engine.decide import Asked
from workflow.engine.demands import FIELD_OF, demanded_at

_TEXT = "x"
_FACTS = 64  # combinations of facts
_AFTER = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """An act as somebody could ask it; its conclusion, when it has one, and where that leads."""

    asked: Asked
    conclusie: ConclusieCode | None = None
    outcome: Outcome | None = None
    facts: str = ""
    points: Mapping[str, ConclusieCode] = field(default_factory=dict)


class Width(Enum):
    """In how many ways a row is concluded."""

    ONWARD = 1  # what goes on, once
    EVERY_OUTCOME = 2  # each outcome once
    EVERY_CODE = 3  # each code once; and one beslispunt held or refused while the rest goes on


def fillings(attempt: Attempt, *, width: Width, round_of: tuple[str, ...]) -> list[Filled]:
    """The act of an attempt, filled in: once for each thing that it can lead to.

    `round_of` are the gemeenten to start a round with.
    """
    if any(one.keuzes == "conclusies" for one in attempt.act.velden):
        return list(_conclusions(attempt, width))
    if declares_facts(attempt):
        return list(_facts(attempt))
    fields = _fields(attempt, round_of)
    return [Filled(asked=asked(attempt, one)) for one in _every_choice(attempt, fields)]


def _every_choice(attempt: Attempt, fields: dict[str, str]) -> Iterator[dict[str, str]]:
    """For a gemeente the fields once for each choice there is; else as they are."""
    asks = [one for one in fields_view(attempt) if one["required"] and one["choices"]]
    if not attempt.raad or not asks:
        yield fields
        return
    for choice in asks[0]["choices"]:
        yield {**fields, asks[0]["name"]: str(choice)}


def declares_facts(attempt: Attempt) -> bool:
    """The act asks for facts of the voorstel."""
    return any(one.per_feit for one in attempt.act.velden)


def _facts(attempt: Attempt) -> Iterator[Filled]:
    """Each combination of the facts that the route asks for, as far as there are few enough."""
    known = [one for one in fields_view(attempt) if one["choices"]]
    ways = product(*(one["choices"] for one in known))
    for values in islice(ways, _FACTS):
        fields = {one["name"]: str(value) for one, value in zip(known, values, strict=True)}
        words = ", ".join(f"{name}: {value}" for name, value in fields.items())
        yield Filled(asked=asked(attempt, fields), facts=words)


def asked(
    attempt: Attempt, fields: Mapping[str, str], points: Mapping[str, ConclusieCode] | None = None
) -> Asked:
    """The attempt, asked with these fields."""
    return Asked(
        action=attempt.act.handeling,
        behandeling=attempt.row.id if attempt.row else None,
        gemeente=attempt.raad.code if attempt.raad else None,
        afspraak=attempt.afspraak.id if attempt.afspraak else None,
        points={number: code.value for number, code in (points or {}).items()},
        fields=fields,
    )


def _fields(attempt: Attempt, round_of: tuple[str, ...]) -> dict[str, str]:
    """The required fields; and of an act that asks nothing in particular, all that it knows."""
    known = fields_view(attempt)
    wanted = [one for one in known if one["required"]]
    if any(one["type"] == "gemeenten" for one in known):
        wanted += [one for one in known if one["name"] in ("gemeenten", "reden")]
    if not wanted and attempt.act.handeling in _ASKS_SOMETHING:
        wanted = [one for one in known if one["type"] == "datum"]
    return {one["name"]: _value(one, attempt, round_of) for one in wanted}


_ASKS_SOMETHING = frozenset({"plan", "verschuif"})  # nothing is required, and not all may be left


def _value(one: Mapping[str, object], attempt: Attempt, round_of: tuple[str, ...]) -> str:
    """A text that fits a field."""
    choices = one["choices"]
    match one["type"]:
        case "datum":
            return attempt.today.isoformat()
        case "gemeenten":
            return ", ".join(round_of)
        case "nummer":
            return "1"
        case "ja_nee":
            return "nee"
    return str(choices[0]) if isinstance(choices, list) and choices else _TEXT


def _conclusions(attempt: Attempt, width: Width) -> Iterator[Filled]:
    """The row concluded: in one word for all points, and with the last point apart."""
    row, dossier, rules = attempt.row, attempt.dossier, attempt.rules
    if row is None:
        return
    table = rules.table_of(dossier.voorstel, row)
    codes = rules.choices_of(dossier.voorstel, row)
    first: dict[Outcome, ConclusieCode] = {}
    for code in codes:
        first.setdefault(outcome_of(code, table), code)
    numbers = points_for(dossier, row, rejected_points(dossier, rules))
    onward = first.get(Outcome.VERDER)
    if width is Width.ONWARD:
        codes = (onward,) if onward else ()
    elif width is Width.EVERY_OUTCOME:
        codes = tuple(first.values())
    for code in codes:
        yield _concluded(attempt, code, outcome_of(code, table), {}, numbers)
    if onward and len(numbers) > 1 and width is Width.EVERY_CODE:
        for outcome in (Outcome.BLIJFT, Outcome.EINDE):
            if outcome in first:
                apart = {numbers[-1]: first[outcome]}
                yield _concluded(attempt, onward, Outcome.VERDER, apart, numbers)


def _asked_by(used: set[ConclusieCode], attempt: Attempt) -> set[str]:
    """The fields that these conclusions cannot do without."""
    row, rules = attempt.row, attempt.rules
    table = rules.table_of(attempt.dossier.voorstel, row) if row else rules.table(None)
    asked = {name for name in FIELD_OF.values() if used & set(demanded_at(name, table))}
    return asked | ({"verwezen_naar"} if ConclusieCode.VERWEZEN in used else set())


def _demanded(name: str, attempt: Attempt) -> str:
    """What a conclusion demands beside it: a later day, an overleg, or words."""
    kinds = {one.veld: one.soort for one in attempt.act.velden}
    match kinds.get(name):
        case "datum":
            return (attempt.today + _AFTER).isoformat()
        case "overleg":
            return next(iter(attempt.rules.overleggen))
    return _TEXT


def _concluded(
    attempt: Attempt,
    general: ConclusieCode,
    outcome: Outcome,
    points: Mapping[str, ConclusieCode],
    numbers: tuple[str, ...],
) -> Filled:
    """One conclusion, with what its codes demand beside them."""
    per_point = {number: points.get(number, general) for number in numbers}
    used = {general, *points.values()}
    fields = {
        one["name"]: _value(one, attempt, ()) for one in fields_view(attempt) if one["required"]
    }
    fields["conclusie"] = general.value
    fields |= {name: _demanded(name, attempt) for name in _asked_by(used, attempt)}
    for number, code in per_point.items():
        if code is ConclusieCode.GEWIJZIGD_VASTGESTELD:
            fields[f"nieuwe_tekst_{number}"] = _TEXT
    return Filled(
        asked=asked(attempt, fields, points),
        conclusie=general,
        outcome=outcome,
        points=points,
    )
