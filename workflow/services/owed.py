"""Afspraken en toezeggingen: what is owed, by whom, when, and what settled it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workflow.domain.afspraken import Afspraak
from workflow.domain.periods import days_of, range_in_words
from workflow.domain.permissions import Permission
from workflow.engine.definition_owed import Cyclus
from workflow.engine.rules import Rules
from workflow.engine.standing import Kind, Standing, ordinals
from workflow.services.session import Session
from workflow.services.views import Json, afspraak_view

OPEN = ("openstaand", "in_voorbereiding")
AHEAD = dt.timedelta(days=366)  # how far ahead reports of a cycle are listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which afspraken are asked for; None: any. `until` is included.

    `owner` is a function or role, `overleg` and `gemeente` are codes of the definitions.
    """

    open_only: bool = False
    until: dt.date | None = None
    kenmerk: str | None = None
    owner: str | None = None
    overleg: str | None = None
    gemeente: str | None = None

    def holds(self, one: Afspraak, rules: Rules) -> bool:
        """Whether this one is asked for."""
        return (
            (not self.open_only or one.state in OPEN)
            and (self.until is None or (one.due is not None and one.due <= self.until))
            and self.kenmerk in (None, one.kenmerk)
            and (self.owner is None or self.owner in one.owners)
            and (self.overleg is None or self.overleg in overleggen_of(one, rules))
            and self.gemeente in (None, one.gemeente)
        )


def owed(session: Session, wanted: Wanted | None = None) -> list[Afspraak]:
    """Everything owed, in order of its date; without one at the end.

    What is owed by itself stands in it from a year before its period ends, also before
    anything happened to it. A stored part of a cycle that was stopped has lapsed.
    """
    session.require(Permission.LEZEN, "Bekijk de afspraken")
    rules, asked = session.rules, wanted or Wanted()
    stored = {one.id: _unless_stopped(one, rules) for one in session.reader.afspraken()}
    everything = (*stored.values(), *_by_itself(session, stored))
    chosen = [one for one in everything if asked.holds(one, rules)]
    return sorted(chosen, key=lambda one: (one.due or dt.date.max, one.id))


def _unless_stopped(one: Afspraak, rules: Rules) -> Afspraak:
    """A stored report that its cycle no longer owes is a ghost: it has lapsed."""
    cyclus = rules.cycli.get(one.rule or "")
    if cyclus is None or cyclus.gestopt is None or one.id in rules.standing:
        return one
    return replace(one, state="vervallen") if one.state in OPEN else one


def _by_itself(session: Session, stored: Mapping[str, Afspraak]) -> Iterator[Afspraak]:
    """What the definitions owe, as far as it has come near and nothing happened to it yet."""
    horizon = session.today() + AHEAD
    treated = session.reader.treated_reports()
    reports: dict[str, Afspraak] = dict(stored)
    for one in session.rules.standing.values():
        days = days_of(one.owed.period or "")
        if days is None or days[1] > horizon or one.owed.id in stored:
            continue
        stands = as_it_stands(one, reports.get(one.report or ""), treated)
        reports[one.owed.id] = stands
        yield stands


def as_it_stands(
    one: Standing, report: Afspraak | None, treated: Sequence[Mapping[str, Any]]
) -> Afspraak:
    """A standing afspraak: a report as paper settled it, a local part with its report.

    Nobody said when that part came in, so it has no day of its own.
    """
    if one.kind is Kind.REPORT and one.cyclus is not None:
        return _settled_on_paper(one.owed, one.cyclus, treated)
    if report is None or report.state in OPEN:
        return one.owed
    return replace(one.owed, state=report.state, settled_by=report.settled_by)


def _settled_on_paper(
    one: Afspraak, cyclus: Cyclus, treated: Sequence[Mapping[str, Any]]
) -> Afspraak:
    """The report as settled, when the overleg that it hangs on treated it before this register."""
    for row in treated:
        same = row["route_id"] == cyclus.route and row["report_period"] == one.period
        if same and cyclus.overleg in row["overleg_codes"]:
            return replace(one, state="afgedaan", settled_by=row["kenmerk"], settled_on=row["date"])
    return one


def overleggen_of(one: Afspraak, rules: Rules) -> tuple[str, ...]:
    """The codes of the overleggen that may settle it; none: any of a level, or not said."""
    by_itself = rules.standing.get(one.id)
    if by_itself is not None:
        return by_itself.meets
    rule = rules.owed.get(one.rule or "")
    return tuple(code for code in rule.behandeld_door if code in rules.overleggen) if rule else ()


def obligations(session: Session, wanted: Wanted | None = None) -> list[Json]:
    """The rows of `obligations --json`."""
    return [owed_view(one, session.rules) for one in owed(session, wanted)]


def owed_view(one: Afspraak, rules: Rules) -> Json:
    """An afspraak with what the definitions say of it: its overleggen, ordinal and range."""
    by_itself = rules.standing.get(one.id)
    cyclus = by_itself.cyclus if by_itself and by_itself.kind is Kind.REPORT else None
    return {
        **afspraak_view(one, rules),
        "rapportage": by_itself.report if by_itself else None,
        "overleggen": [rules.overleggen[code].naam for code in overleggen_of(one, rules)],
        "rangnummer": ordinals(cyclus).get(one.period or "") if cyclus else None,
        "bereik": range_in_words(cyclus.cumulatief_vanaf, one.period or "")
        if cyclus and cyclus.cumulatief_vanaf
        else None,
    }
