"""On time, moved or late, per eenheid: counted from what is stored, each count with its meaning."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.calendar import Span
from workflow.domain.deadlines import add_working_days
from workflow.domain.dossier import Dossier
from workflow.domain.permissions import Permission
from workflow.domain.reminder_notices import OPEN_ROWS
from workflow.engine.rules import Rules
from workflow.engine.standing import Kind
from workflow.services.facts import missing_papers, papers_due_of
from workflow.services.owed import owed
from workflow.services.reminder import Post, around_of, checked_period
from workflow.services.reminder_setup import Around
from workflow.services.session import Session
from workflow.services.views import Json

ON_TIME, MOVED, LATE = "op_tijd", "verschoven", "te_laat"
HOWS = (ON_TIME, MOVED, LATE)
NO_UNIT = "Zonder eenheid"
WITHIN = 2  # working days after the meeting
_LAPSED = "vervallen"

SUBJECTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "rapportage": (
            "Rapportages",
            "Op tijd: behandeld uiterlijk op de afgesproken dag. Verschoven: die dag is verzet en "
            "nog niet voorbij of gehaald. Te laat: die dag ging voorbij zonder behandeling. "
            "Wat vervallen is, telt niet mee, en wat al voorbij was toen dit register in gebruik "
            "kwam alleen als bekend is hoe het ging.",
        ),
        "evaluatie": (
            "Evaluaties",
            "Op tijd: behandeld uiterlijk op de afgesproken dag. Verschoven en te laat: zoals bij "
            "de rapportages.",
        ),
        "toezegging": (
            "Toezeggingen, opdrachten, voorbehouden en acties",
            "Op tijd: afgedaan uiterlijk op de afgesproken dag. Verschoven en te laat: zoals bij "
            "de rapportages.",
        ),
        "bijdrage": (
            "Lokale bijdragen aan een rapportage",
            "Op tijd: de bijdrage van een gemeente is afgedaan uiterlijk op de eerste dag waarop "
            "de rapportage behandeld kan worden. Te laat: zoals bij de rapportages. Een bijdrage "
            "die pas met de rapportage zelf is afgedaan, telt niet mee.",
        ),
        "stukken": (
            "Stukken",
            "Op tijd: op de uiterste dag van het overleg lagen alle bijlagen van het voorblad in "
            "het dossier. Alleen behandelingen met bijlagen, een vergaderschema en een dossier "
            "dat er toen al was.",
        ),
        "conclusie": (
            "Conclusies",
            "Op tijd: vastgelegd binnen twee werkdagen na de vergadering. Wat van papier is "
            "overgenomen, telt niet mee, want dan is niet bekend wanneer het is opgeschreven. "
            "Ook vergaderingen van voor de ingebruikname tellen niet mee.",
        ),
    }
)
"""What is counted, in order: its name, and in words what the counts mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One thing that was counted."""

    subject: str
    unit: str
    how: str


def on_time(session: Session, post: Post, first: dt.date, last: dt.date) -> Json:
    """How what fell due from `first` up to and including `last` went, per subject and eenheid.

    {"from", "to", "subjects": [{"subject", "title", "meaning", "units": [{"unit", "op_tijd",
    "verschoven", "te_laat"}]}]}; only what can be said by today counts. Errors as `preview`.
    """
    session.require(Permission.LEZEN, "Bekijk wat op tijd was")
    checked_period(first, last)
    counted = Counter(_outcomes(session, post, Span(first=first, last=last)))
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "subjects": [
            {
                "subject": code,
                "title": title,
                "meaning": meaning,
                "units": _units(counted, code),
            }
            for code, (title, meaning) in SUBJECTS.items()
        ],
    }


def _units(counted: Counter[Outcome], subject: str) -> list[Json]:
    """The three counts of each eenheid with one, by name; without eenheid at the end."""
    units = {one.unit for one in counted if one.subject == subject}
    return [
        {
            "unit": unit,
            **{how: counted[Outcome(subject=subject, unit=unit, how=how)] for how in HOWS},
        }
        for unit in sorted(units, key=lambda unit: (unit == NO_UNIT, unit.casefold()))
    ]


def _outcomes(session: Session, post: Post, period: Span) -> Iterator[Outcome]:
    """Everything in the period of which can be said how it went."""
    today = session.today()
    units = {row["kenmerk"]: row["unit"] for row in session.reader.voorstellen()}
    for one in owed(session):
        day = one.window_to or one.due
        if day is None or day not in period:
            continue
        if how := how_owed(one, day, today, since=session.go_live):
            yield Outcome(
                subject=_subject(one, session.rules),
                unit=units.get(one.kenmerk) or NO_UNIT,
                how=how,
            )
    around = around_of(session, post)
    spans = {"vergadering": period, "besluitdatum": period}
    for dossier in post.due.dossiers(spans):
        unit = dossier.voorstel.unit or NO_UNIT
        for row in dossier.behandelingen:
            if how := how_recorded(row, dossier, period, around):
                yield Outcome(subject="conclusie", unit=unit, how=how)
            if how := how_papers(row, dossier, period, around):
                yield Outcome(subject="stukken", unit=unit, how=how)


def _subject(one: Afspraak, rules: Rules) -> str:
    """Under which heading an afspraak is counted."""
    by_itself = rules.standing.get(one.id)
    if by_itself is not None and by_itself.kind is Kind.PART:
        return str(Kind.PART)
    return one.soort if one.soort in SUBJECTS else "toezegging"


def how_owed(one: Afspraak, day: dt.date, today: dt.date, *, since: dt.date | None = None) -> str:
    """How an afspraak went that is due on `day`; '' when that cannot be said yet, or it lapsed.

    `since`: the day that the register came into use. What stands open from before it may have
    been settled on paper.
    """
    if one.state == _LAPSED:
        return ""
    if one.settled_on is not None:
        return (MOVED if one.slips else ON_TIME) if one.settled_on <= day else LATE
    if one.settled_by is not None:
        return ""  # settled, and nobody said when
    if day < today:
        return LATE if since is None or day >= since else ""
    return MOVED if one.slips else ""


def how_recorded(row: Behandeling, dossier: Dossier, period: Span, around: Around) -> str:
    """Whether a conclusie was recorded in time; '' when that cannot be said."""
    day = row.happened_on or row.date
    cancelled = any((code, row.date) in around.cancelled for code in row.overleg_codes)
    if day is None or day not in period or cancelled:
        return ""
    until = add_working_days(day, WITHIN, closed=around.calendar.closed)
    since = around.office.go_live
    if since is not None and until < since:
        return ""  # before this register was in use
    if row.recorded_on is not None:
        return ON_TIME if row.recorded_on <= until else LATE
    under_way = dossier.voorstel.step(dossier.voorstel.state) is not None
    awaited = under_way and row in dossier.open_rows() and row.state in OPEN_ROWS
    return LATE if awaited and until < around.today else ""


def how_papers(row: Behandeling, dossier: Dossier, period: Span, around: Around) -> str:
    """Whether all papers lay in the dossier on the last day for them; '' when that is unknown."""
    voorstel = dossier.voorstel
    if row.date is None or row.date not in period or not voorstel.attachments:
        return ""
    deadline = papers_due_of(row, around)
    made = voorstel.created_on
    if deadline is None or deadline[0] >= around.today or made is None or made > deadline[0]:
        return ""
    there = [paper for paper in dossier.papers if paper.added_on <= deadline[0]]
    return LATE if missing_papers(voorstel.attachments, there) else ON_TIME
