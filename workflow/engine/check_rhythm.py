"""Reporting cycles: periods that exist, names that are known."""

from collections.abc import Iterator

from workflow.domain.calendar import reporting_periods
from workflow.domain.periods import days_of
from workflow.engine.definition_owed import (
    Cyclus,
)
from workflow.engine.files import CyclusBestand, Part, Reading
from workflow.engine.names import (
    Names,
    Path,
    doubles,
    owners,
    placeholders,
    reversed_dates,
    unknown,
)
from workflow.engine.problems import Problem

IN_TITLE = ("periode",)


def check_rhythm(reading: Reading, names: Names) -> Iterator[Problem]:
    """Everything wrong with the reporting cycles of a folder."""
    for cycles in reading.of(CyclusBestand):
        codes = enumerate(cycles.model.cycli)
        yield from doubles(
            cycles, "code", ((("cycli", i, "cyclus"), one.cyclus, one.cyclus) for i, one in codes)
        )
        for i, cycle in enumerate(cycles.model.cycli):
            yield from _cycle(cycles, ("cycli", i), cycle, names)
            yield from _reports(cycles, ("cycli", i), cycle)


def _cycle(part: Part[CyclusBestand], at: Path, cycle: Cyclus, names: Names) -> Iterator[Problem]:
    yield from unknown(part, (*at, "route"), "route", cycle.route, names.routes)
    yield from unknown(part, (*at, "overleg"), "overleg", cycle.overleg, names.overleggen)
    for j, owner in enumerate(cycle.eigenaars):
        yield from unknown(part, (*at, "eigenaars", j), "rol", owner, owners(names))
    yield from placeholders(part, (*at, "titel"), cycle.titel, IN_TITLE)
    yield from reversed_dates(part, (*at, "venster"), *cycle.venster)
    try:
        periods = reporting_periods(cycle.van, cycle.tot, per_year=cycle.per_jaar)
    except ValueError:
        kind = "halfjaren (2023-H1)" if cycle.per_jaar == 2 else "jaren (2023)"
        message = f"Bij per_jaar: {cycle.per_jaar} horen bij van en tot {kind}."
        yield part.problem((*at, "van"), "periode_past_niet", message)
        return
    if not periods:
        message = f"De cyclus eindigt ({cycle.tot}) voordat zij begint ({cycle.van})."
        yield part.problem((*at, "tot"), "einde_voor_begin", message)


def _reports(part: Part[CyclusBestand], at: Path, cycle: Cyclus) -> Iterator[Problem]:
    """What is known of single reports: each period and ordinal once, none after the last."""
    known = list(enumerate(cycle.rapportages))
    periods = (((*at, "rapportages", i), one.periode, one.periode) for i, one in known)
    yield from doubles(part, "periode", periods)
    ordinals = (
        ((*at, "rapportages", i, "rangnummer"), one.rangnummer, str(one.rangnummer))
        for i, one in known
        if one.rangnummer is not None
    )
    yield from doubles(part, "rangnummer", ordinals)
    end = days_of(cycle.tot)
    for i, one in known:
        days = days_of(one.periode)
        if days and end and days[1] > end[1]:
            message = f"De periode {one.periode} valt na de laatste van de cyclus ({cycle.tot})."
            yield part.problem((*at, "rapportages", i, "periode"), "periode_past_niet", message)
