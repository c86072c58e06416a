"""Afspraken en toezeggingen: what is owed, by whom, when, and what settled it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workflow.domain.afspraken import Afspraak
from workflow.domain.periods import days_of
from workflow.domain.permissions import Permission
from workflow.engine.definition import Cyclus
from workflow.engine.effects_afspraak import periods_of, report_owed
from workflow.services.session import Session
from workflow.services.views import Json, afspraak_view

OPEN = ("openstaand", "in_voorbereiding")
AHEAD = dt.timedelta(days=366)  # how far ahead reports of a cycle are listed


def owed(
    session: Session, *, open_only: bool = False, until: dt.date | None = None
) -> list[Afspraak]:
    """Everything owed, in order of its date; without one at the end.

    Reports of a cycle stand in it from a year before their half-year ends,
    also before anything happened to them. `until` leaves out what is due later.
    """
    session.require(Permission.LEZEN, "Bekijk de afspraken")
    stored = {one.id: one for one in session.reader.afspraken()}
    found = {one.id: one for one in cyclic_reports(session)} | stored
    chosen = [
        one
        for one in found.values()
        if (not open_only or one.state in OPEN) and (until is None or _due_by(one, until))
    ]
    return sorted(chosen, key=lambda one: (one.due or dt.date.max, one.id))


def cyclic_reports(session: Session) -> list[Afspraak]:
    """The reports that the cycles owe, as far as their half-year has come near.

    One that was treated on paper, before this register, is settled by it.
    """
    horizon = session.today() + AHEAD
    treated = session.reader.treated_reports()
    found: list[Afspraak] = []
    for cyclus in session.rules.definities.cycli:
        for period in periods_of(cyclus):
            days = days_of(period)
            if days and days[1] <= horizon:
                found.append(_settled_on_paper(report_owed(cyclus, period), cyclus, treated))
    return found


def _settled_on_paper(
    one: Afspraak, cyclus: Cyclus, treated: Sequence[Mapping[str, Any]]
) -> Afspraak:
    """The report as settled, when the overleg that it hangs on treated it."""
    for row in treated:
        same = row["route_id"] == cyclus.route and row["report_period"] == one.period
        if same and cyclus.overleg in row["overleg_codes"]:
            return replace(one, state="afgedaan", settled_by=row["kenmerk"], settled_on=row["date"])
    return one


def _due_by(one: Afspraak, until: dt.date) -> bool:
    """Due on or before a day."""
    return one.due is not None and one.due <= until


def obligations(
    session: Session, *, open_only: bool = False, until: dt.date | None = None
) -> list[Json]:
    """The rows of `obligations --json`."""
    found = owed(session, open_only=open_only, until=until)
    return [afspraak_view(one, session.rules) for one in found]
