"""A reporting cycle makes its next draft voorstel itself: at the right time, once."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from workflow.domain.behandeling import Behandeling
from workflow.domain.calendar import Span
from workflow.domain.dossier import Dossier
from workflow.domain.permissions import Permission
from workflow.domain.planning import first_meeting_in, planned_before
from workflow.domain.reminder_days import OverlegRhythm
from workflow.engine.definition_owed import ConceptVooraf, Cyclus
from workflow.engine.reminder_rules import rhythms
from workflow.engine.rules import Rules
from workflow.engine.standing import Kind, Standing
from workflow.services.act import Act, perform
from workflow.services.new import concept_of
from workflow.services.once import Answer
from workflow.services.owed import OPEN, owed
from workflow.services.session import Session
from workflow.services.views import Json

PREPARES = "neem_in_voorbereiding"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDraft:
    """A report that is due to be prepared. `decided` is the meeting it is planned back from."""

    standing: Standing
    cyclus: Cyclus
    ahead: ConceptVooraf
    decided: dt.date | None  # None: no meeting is known yet

    def as_json(self) -> Json:
        """One line of `obligations drafts --json`."""
        return {
            "afspraak": self.standing.owed.id,
            "titel": self.standing.owed.title,
            "periode": self.standing.owed.period,
            "route": self.cyclus.route,
            "overlegdatum": self.decided.isoformat() if self.decided else None,
        }


def due_drafts(session: Session) -> list[DueDraft]:
    """The reports that are still to be started and whose time has come; oldest first.

    Their time comes so many weeks (`concept`) before their meeting, or before the first day
    that it can be; never for a report from before the register went live, nor for one that
    someone already works on.
    """
    session.require(Permission.LEZEN, "Bekijk de rapportages")
    today, rules = session.today(), session.rules
    waiting = {one.id for one in owed(session) if one.state == OPEN[0]}
    begun = {period for _, period in session.reader.report_dossiers()}
    return [
        one
        for one in _candidates(rules)
        if one.standing.owed.id in waiting
        and _is_time(one, today, session.go_live)
        and (one.standing.owed.period not in begun or _was_ours(session, one))
    ]


def _was_ours(session: Session, one: DueDraft) -> bool:
    """A clock made this draft and died before it said so of the report: that is still to do."""
    with session.units() as uow:
        return uow.act_by_command(_command(one)) is not None


def _command(one: DueDraft) -> str:
    """What makes the draft of a report happen once, whoever asks."""
    return f"concept/{one.standing.owed.id}"


def _candidates(rules: Rules) -> Iterator[DueDraft]:
    """The reports of the cycles that make drafts."""
    for one in rules.standing.values():
        if one.kind is Kind.REPORT and one.cyclus and one.cyclus.concept:
            yield DueDraft(
                standing=one,
                cyclus=one.cyclus,
                ahead=one.cyclus.concept,
                decided=_meeting(one, rules),
            )


def _meeting(one: Standing, rules: Rules) -> dt.date | None:
    """The meeting that was chosen for a report, else the first known one in its window."""
    known = (
        next((r.overlegdatum for r in one.cyclus.rapportages if r.periode == one.owed.period), None)
        if one.cyclus
        else None
    )
    if known or not (one.owed.window_from and one.owed.window_to):
        return known
    window = Span(first=one.owed.window_from, last=one.owed.window_to)
    rhythm = next(iter(rhythms(rules.definities, one.meets)), None)
    return first_meeting_in(window, rhythm, rules.calendar) if rhythm else None


def _is_time(one: DueDraft, today: dt.date, go_live: dt.date | None) -> bool:
    """Between the day that the draft is wanted and the end of the window of the report."""
    first, last = one.decided or one.standing.owed.window_from, one.standing.owed.window_to
    if first is None or last is None or (go_live is not None and last < go_live):
        return False
    return first - dt.timedelta(weeks=one.ahead.weken) <= today <= last


def make_due_drafts(session: Session) -> list[Answer]:
    """Make each draft that is due; its report is then in preparation. Twice is once.

    Two events a report: the draft in its own history, the afspraak in its own. A crash between
    the two is made good by the next time. Raises NotPermitted, Surroundings.
    """
    session.require(Permission.VOORSTEL_BEHEREN, "Zet een rapportage klaar")
    return [_make(session, one) for one in due_drafts(session)]


def _make(session: Session, one: DueDraft) -> Answer:
    """The draft of one report."""
    report = one.standing.owed
    answer = concept_of(
        session,
        {
            "onderwerp": report.title,
            "route": one.cyclus.route,
            "beslispunten": _points(report.title),
        },
        command_id=_command(one),
        finish=lambda dossier: _planned(dossier, one, session.rules),
    )
    asked = Act(
        kenmerk=report.id,
        action=PREPARES,
        fields={"door": answer.kenmerk},
        command_id=f"{_command(one)}/in_voorbereiding",
    )
    perform(session, asked)
    return answer


def _points(title: str) -> str:
    """The beslispunten that every report has."""
    return f"Kennisnemen en vaststellen van: {title}\nKennisnemen en vaststellen van de brief"


def _planned(dossier: Dossier, one: DueDraft, rules: Rules) -> Dossier:
    """The draft with a day for each meeting, counted back from the one it hangs on."""
    if one.decided is None:
        return dossier
    days = _days_of(dossier, one, one.decided, rules)
    rows = tuple(
        replace(row, date=days.get(row.id, row.date)) if row.date is None else row
        for row in dossier.behandelingen
    )
    return replace(dossier, behandelingen=rows)


def _days_of(
    dossier: Dossier, one: DueDraft, decided: dt.date, rules: Rules
) -> Mapping[str, dt.date]:
    """The planned day of each row up to the meeting that the report hangs on."""
    rows: list[Behandeling] = []
    for row in dossier.behandelingen:
        rows.append(row)
        if set(row.overleg_codes) & set(one.standing.meets):
            break
    else:
        return {}
    before = [_rhythm(row, rules) for row in rows[:-1]]
    found = planned_before(decided, before, rules.calendar, apart=one.ahead.tussentijd)
    planned = dict(zip((row.id for row in rows), (*found, decided), strict=True))
    return {row_id: day for row_id, day in planned.items() if day is not None}


def _rhythm(row: Behandeling, rules: Rules) -> OverlegRhythm | None:
    """The rhythm of the first overleg of a row; None when it is not known."""
    return next(iter(rhythms(rules.definities, row.overleg_codes[:1])), None)
