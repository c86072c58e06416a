"""Mijn werk: what the secretariaat must do now, what runs, and which overleggen come."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.calendar import Calendar
from workflow.domain.deadlines import add_working_days
from workflow.domain.dossier import Dossier
from workflow.domain.dutch import date_in_words, join_words
from workflow.domain.feiten import missing_facts, takes_part
from workflow.domain.periods import period_in_words
from workflow.domain.permissions import Permission
from workflow.domain.raadsinformatie import INFORM, Raadsinformatie
from workflow.domain.rounds import rows_at
from workflow.domain.voorstel import Stap
from workflow.engine.terms import calendar
from workflow.services.dossier import ended_states, overview
from workflow.services.meeting import meetings
from workflow.services.owed import Wanted, owed
from workflow.services.session import Session
from workflow.services.views import Json, iso

RECORD_WITHIN = 2  # working days after a meeting to record its conclusion
OFFER_WITHIN = 2  # working days after the decision to offer the letter to the gemeenten
ASK_AFTER = 20  # working days after the offer to ask whether the letter was sent
AHEAD = dt.timedelta(days=60)  # how far ahead meetings and afspraken are shown
RUNNING = 50  # how many running voorstellen are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do, at the latest on `due`; None: no date on paper."""

    due: dt.date | None
    what: str
    detail: str
    kenmerk: str | None
    subject: str
    label: str  # of the button
    action: str | None = None  # the act that does it; None: the dossier itself
    behandeling: str | None = None


def work(session: Session) -> Json:
    """The page 'Mijn werk': tasks in order of their date, running voorstellen, meetings to come."""
    session.require(Permission.LEZEN, "Bekijk uw werk")
    today = session.today()
    days = calendar(session.rules.definities)
    tasks = [
        task
        for dossier in session.reader.open_dossiers(without=ended_states(session))
        for task in _tasks_of(dossier, session, days)
    ]
    tasks += list(_owed_tasks(session, today))
    tasks.sort(key=lambda task: (task.due or dt.date.max, task.kenmerk or ""))
    items = [_view(task, today) for task in tasks]
    week_end = today + dt.timedelta(days=6 - today.weekday())
    return {
        "late": [one for one in items if one["late"]],
        "this_week": [
            one for one in items if not one["late"] and (one["due"] or "9") <= week_end.isoformat()
        ],
        "items": items,
        "running": overview(session, open_only=True, limit=RUNNING),
        "meetings": [
            {
                "id": one["id"],
                "date": one["datum"],
                "overleg": one["overleg"],
                "papers_due": one["papers_due"],
                "papers_hour": one["papers_hour"],
                "points": len(one["punten"]),
            }
            for one in meetings(session, first=today, last=today + AHEAD)
            if one["state"] != "afgelast"
        ],
    }


def _view(task: Task, today: dt.date) -> Json:
    """A task as JSON."""
    return {
        "due": iso(task.due),
        "what": task.what,
        "detail": task.detail,
        "kenmerk": task.kenmerk,
        "onderwerp": task.subject,
        "action_label": task.label,
        "action": task.action,
        "behandeling": task.behandeling,
        "late": task.due is not None and task.due < today,
    }


def _tasks_of(dossier: Dossier, session: Session, days: Calendar) -> Iterator[Task]:
    """What one dossier asks of the secretariaat now."""
    state, today = dossier.voorstel.state, session.today()
    if state == "concept":
        yield _task(dossier, None, "Voorstel indienen", "nog een concept", "Bekijk")
        return
    if state == "teruggestuurd":
        yield _task(dossier, None, "Wacht op de opsteller", "teruggestuurd", "Bekijk")
        return
    for row in dossier.open_rows():
        if row.step == state or row.punten is not None:
            yield from _row_tasks(dossier, row, today, days)
    step = dossier.voorstel.step(state)
    if step and takes_part(step, dossier.voorstel) is None:
        names = [session.rules.fact_name(one) for one in missing_facts(step, dossier.voorstel)]
        what = f"Vastleggen: {join_words(names)}"
        yield _task(dossier, None, what, step.overleg, "Leg vast", "leg_feiten_vast")
    elif step and step.per_gemeente:
        yield from _council_tasks(dossier, step, session, days)
    elif step and not dossier.open_rows():
        yield _task(dossier, None, "Voorstel afronden", "alles is behandeld", "Rond af", "rond_af")


def _row_tasks(
    dossier: Dossier, row: Behandeling, today: dt.date, days: Calendar
) -> Iterator[Task]:
    """A row that was treated but not recorded, or that has no date yet."""
    if row.date is None:
        what = f"Datum kiezen voor het {row.overleg}"
        yield _task(dossier, None, what, row.period or "datum volgt", "Plan", "plan", row)
    elif row.date <= today:
        due = add_working_days(row.date, RECORD_WITHIN, closed=days.closed)
        what = f"Conclusie van het {row.overleg} vastleggen"
        yield _task(dossier, due, what, "", "Leg vast", "leg_conclusie_vast", row)


def _council_tasks(
    dossier: Dossier, step: Stap, session: Session, days: Calendar
) -> Iterator[Task]:
    """Starting a round, offering to the gemeenten, and asking what became of it."""
    treated = [row.happened_on for row in dossier.behandelingen if row.happened_on]
    decided = max(treated, default=dossier.voorstel.created_on or session.today())
    due = add_working_days(decided, OFFER_WITHIN, closed=days.closed)
    rows = rows_at(dossier, step)
    waiting = [one for one in rows if not session.rules.settled(one)]
    what = "Raadsinformatie aan de gemeenten aanbieden"
    if (step.deelroute or INFORM) != INFORM:
        what = f"Aan de gemeenten voorleggen: {words_of(step)}"
    if not rows:
        yield _task(dossier, due, what, "", "Start", "start_raadsinformatie")
        return
    if not waiting:
        yield _task(dossier, None, "Voorstel afronden", "alle raden", "Rond af", "rond_af")
        return
    to_offer = [one for one in waiting if one.state == "aan_te_bieden"]
    if to_offer:
        yield _task(dossier, due, what, _names(to_offer), "Bied aan")
    for one in waiting:
        yield from _waiting_task(dossier, one, session, days)


def _waiting_task(
    dossier: Dossier, one: Raadsinformatie, session: Session, days: Calendar
) -> Iterator[Task]:
    """A gemeente of which something should have been heard by now, or that waits for a choice."""
    today = session.today()
    if one.answer is not None:
        what = f"{one.name}: het gevolg bepalen"
        yield _task(dossier, None, what, one.answer.replace("_", " "), "Bepaal het gevolg")
    elif one.deadline is not None:
        if one.deadline < today:
            what = f"{one.name}: nog geen antwoord gemeld"
            detail = f"termijn tot en met {date_in_words(one.deadline)}"
            yield _task(dossier, one.deadline, what, detail, "Vraag na")
    elif one.offered_on and (one.deelroute or INFORM) == INFORM:
        ask = add_working_days(one.offered_on, ASK_AFTER, closed=days.closed)
        if ask <= today:
            what = f"{one.name}: verzending aan de raad nog niet gemeld"
            detail = f"aangeboden {date_in_words(one.offered_on)}"
            yield _task(dossier, ask, what, detail, "Vraag na")


def words_of(step: Stap) -> str:
    """What a round asks: 'raadsbesluit'."""
    return (step.deelroute or INFORM).replace("_", " ")


def _names(raden: list[Raadsinformatie]) -> str:
    """'Eén gemeente en 2 andere'."""
    first = raden[0].name
    return first if len(raden) == 1 else f"{first} en {len(raden) - 1} andere"


def _owed_tasks(session: Session, today: dt.date) -> Iterator[Task]:
    """Afspraken that come near, and what must be asked of those that paper leaves open."""
    for one in owed(session, Wanted(open_only=True)):
        if one.id in session.rules.standing and one.gemeente:
            continue  # a local part: asked of the gemeente itself; it stands with its report
        yield from _asked_of(one)
        if one.due is None or one.due > today + AHEAD:
            continue
        if session.go_live and one.due < session.go_live:
            continue  # of before this register: it stands under afspraken
        yield Task(
            due=one.due,
            what=one.title,
            detail=f"uit {one.kenmerk}" if one.kenmerk else one.soort,
            kenmerk=one.kenmerk,
            subject="",
            label="Bekijk",
        )


def _asked_of(one: Afspraak) -> Iterator[Task]:
    """What is not on paper: a date, or begin and end of a pilot."""
    if one.kenmerk is None or one.soort == "voorbehoud":
        return
    open_questions = []
    if one.due is None:
        offered = f"voorstel: {period_in_words(one.proposed_period)}" if one.proposed_period else ""
        open_questions.append(("Termijn bepalen", offered, "bepaal_termijn"))
    if one.asks:
        open_questions.append(
            ("Proefperiode vastleggen", join_words(one.asks), "leg_proefperiode_vast")
        )
    for what, detail, action in open_questions:
        yield Task(
            due=None,
            what=f"{what}: {one.title}",
            detail=detail,
            kenmerk=one.kenmerk,
            subject="",
            label="Vul in",
            action=action,
        )


def _task(
    dossier: Dossier,
    due: dt.date | None,
    what: str,
    detail: str,
    label: str,
    action: str | None = None,
    row: Behandeling | None = None,
) -> Task:
    """A task of a dossier, with the act that does it."""
    return Task(
        due=due,
        what=what,
        detail=detail,
        kenmerk=dossier.voorstel.kenmerk,
        subject=dossier.voorstel.subject,
        label=label,
        action=action,
        behandeling=row.id if row else None,
    )
