"""What the definitions alone owe: reports of a cycle, local parts of them, and fixed afspraken.

None of these is stored before something happens to it; each is the same wherever it is asked
for. A cycle that was stopped owes what began before, and nothing that began after.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflow.domain.afspraken import Afspraak
from workflow.domain.calendar import reporting_periods
from workflow.domain.periods import days_of, period_in_words
from workflow.engine.definition import Definities
from workflow.engine.definition_owed import Cyclus, VasteAfspraak
from workflow.engine.members import members_on

OFFICE = "gemeente"  # the owner of a local part: the mailbox of its own gemeente


class Kind(StrEnum):
    """Why it is owed."""

    REPORT = "rapportage"
    PART = "bijdrage"
    FIXED = "vast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One thing owed by itself. `meets`: the overleggen whose last meetings in its window count.

    `report` is the id of the report that a local part belongs to.
    """

    owed: Afspraak
    kind: Kind
    meets: tuple[str, ...] = ()
    report: str | None = None
    cyclus: Cyclus | None = None
    fixed: VasteAfspraak | None = None


def standing(definities: Definities) -> Mapping[str, Standing]:
    """Everything that is owed by itself, by id, in order of the definitions."""
    found = [*_reports(definities), *_fixed(definities)]
    return {one.owed.id: one for one in found}


def periods_of(cyclus: Cyclus) -> tuple[str, ...]:
    """The periods that a cycle owes a report on: half-years or years, and those it names itself.

    Of a cycle that was stopped only those that had begun by then.
    """
    named = tuple(one.periode for one in cyclus.rapportages)
    rhythm = reporting_periods(cyclus.van, cyclus.tot, per_year=cyclus.per_jaar)
    return tuple(one for one in dict.fromkeys((*named, *rhythm)) if _began(cyclus, one))


def _began(cyclus: Cyclus, period: str) -> bool:
    """The period began before the cycle was stopped."""
    days = days_of(period)
    return cyclus.gestopt is None or (days is not None and days[0] < cyclus.gestopt.per)


def report_id(cyclus: Cyclus, period: str) -> str:
    """The id of the report of a cycle on a period."""
    return f"rapportage-{cyclus.cyclus}-{period.lower()}"


def report_owed(cyclus: Cyclus, period: str) -> Afspraak:
    """The report of a cycle on a period, as it is owed before anything happened to it.

    Its window is the one of the cycle, in days from the end of the period; the
    meeting that it hangs on, once chosen, is its due date.
    """
    known = next((one for one in cyclus.rapportages if one.periode == period), None)
    days = days_of(period)
    if days is None:
        raise ValueError(f"{period} is no period")
    first, last = (days[1] + dt.timedelta(days=offset) for offset in cyclus.venster)
    chosen = known.overlegdatum if known else None
    return Afspraak(
        id=report_id(cyclus, period),
        soort="rapportage",
        title=cyclus.titel.format(periode=period_in_words(period)),
        rule=cyclus.cyclus,
        period=period,
        window_from=min(first, chosen) if chosen else first,
        window_to=max(last, chosen) if chosen else last,
        due=chosen or last,
        owners=cyclus.eigenaars,
    )


def ordinals(cyclus: Cyclus) -> Mapping[str, int]:
    """Which report each period is: as named, and counted on from there."""
    named = {one.periode: one.rangnummer for one in cyclus.rapportages}
    numbers: dict[str, int] = {}
    last = 0
    for period in sorted(periods_of(cyclus), key=lambda one: (days_of(one) or _NEVER)[1]):
        if period in named and named[period] is None:
            continue  # named, and said not to count
        last = named.get(period) or last + 1
        numbers[period] = last
    return numbers


_NEVER = (dt.date.max, dt.date.max)


def _reports(definities: Definities) -> Iterator[Standing]:
    """The reports of all cycles, each with its local parts."""
    for cyclus in definities.cycli:
        for period in periods_of(cyclus):
            report = report_owed(cyclus, period)
            meets = (cyclus.overleg,)
            yield Standing(owed=report, kind=Kind.REPORT, meets=meets, cyclus=cyclus)
            if cyclus.lokale_bijdrage:
                yield from _parts(definities, cyclus, report)


def _parts(definities: Definities, cyclus: Cyclus, report: Afspraak) -> Iterator[Standing]:
    """What each gemeente adds to a report: due on the first day that the report may be treated."""
    days = days_of(report.period or "")
    theme = next((one.thema for one in definities.routes if one.route == cyclus.route), None)
    for gemeente in members_on(definities.gemeenten, theme, days[1]) if days else ():
        part = Afspraak(
            id=f"bijdrage-{cyclus.cyclus}-{(report.period or '').lower()}-{gemeente.code}",
            soort="actie",
            title=f"Lokale bijdrage van {gemeente.naam} aan: {report.title}",
            rule=cyclus.cyclus,
            period=report.period,
            due=report.due if _is_chosen(cyclus, report) else report.window_from,
            owners=(OFFICE,),
            gemeente=gemeente.code,
        )
        yield Standing(owed=part, kind=Kind.PART, report=report.id, cyclus=cyclus)


def _is_chosen(cyclus: Cyclus, report: Afspraak) -> bool:
    """The meeting that the report hangs on is known."""
    return any(one.periode == report.period and one.overlegdatum for one in cyclus.rapportages)


def _fixed(definities: Definities) -> Iterator[Standing]:
    """What a plan or a letter says, in its window."""
    for one in definities.vaste_afspraken:
        days = days_of(one.venster)
        owed = Afspraak(
            id=one.afspraak,
            soort=one.soort,
            title=one.titel,
            rule=one.afspraak,
            period=one.venster,
            window_from=days[0] if days else None,
            window_to=days[1] if days else None,
            due=days[1] if days else None,
            owners=one.eigenaars,
            creditor=one.schuldeiser,
        )
        meets = tuple(
            code
            for code in one.behandeld_door
            if any(overleg.code == code for overleg in definities.overleggen)
        )
        yield Standing(owed=owed, kind=Kind.FIXED, meets=meets, fixed=one)
