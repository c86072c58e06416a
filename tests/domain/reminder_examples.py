"""Example facts and rules that the tests about reminders share."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from workflow.domain.calendar import Calendar, Span
from workflow.domain.recipient import Recipient
from workflow.domain.reminder_days import OverlegRhythm, last_meetings_in
from workflow.domain.reminder_facts import (
    DueReminder,
    Fact,
    MissingPaper,
    Office,
    OpenAfspraak,
    OpenBehandeling,
    OpenRaad,
    OpenVoorstel,
    Rule,
)
from workflow.domain.reminders import due_between, due_on

CALENDAR = Calendar(
    confirmed_until=date(2025, 12, 31),
    holidays=frozenset({date(2024, 5, 9), date(2024, 5, 10), date(2025, 4, 18), date(2025, 4, 21)}),
    recess=(
        Span(first=date(2024, 7, 20), last=date(2024, 9, 1)),
        Span(first=date(2024, 12, 21), last=date(2025, 1, 5)),
        Span(first=date(2025, 2, 15), last=date(2025, 2, 23)),
    ),
    meetings=(("do", date(2025, 3, 13)), ("bo", date(2025, 1, 13))),
)
YEAR = (date(2024, 1, 1), date(2025, 12, 31))

DESK = Recipient(
    id="secretariaat", role="secretariaat", name="Secretariaat", email="desk@regio.example"
)
ANNA = Recipient(id="p1", role="contactpersoon", name="Anna Smit", email="a.smit@regio.example")
BRAM = Recipient(id="p2", role="contactpersoon", name="Bram Vos", email="b.vos@stad.example")
OFFICE = Office(secretariat=DESK, pepper="zout")

PAPERS = Rule(
    name="stukken",
    version=1,
    title="Stukken nog niet compleet",
    situation="stukken_onvolledig",
    anchor="papierdeadline",
    offsets=(-5, -1),
    to=("contactpersonen",),
    template="stukken_onvolledig",
    reason="U bent contactpersoon van voorstel {kenmerk}.",
)
AGENDA = replace(PAPERS, name="agenda", situation="op_agenda", anchor="vergadering", offsets=(-3,))
RECORDED = replace(
    PAPERS, name="vast", situation="conclusie_vastgelegd", anchor="vastlegging", offsets=(0,)
)
UNRECORDED = replace(
    PAPERS,
    name="conclusie",
    situation="conclusie_ontbreekt",
    anchor="vergadering",
    offsets=(2,),
    to=("secretariaat",),
)
OFFER = replace(
    UNRECORDED, name="aanbieden", situation="aan_te_bieden", anchor="besluitdatum", offsets=(2,)
)
SENDING = replace(
    OFFER,
    name="verzending",
    situation="verzending_ontbreekt",
    anchor="aanbieding",
    unit="collegevergaderingen",
    to=("gemeente",),
)
REPORT = replace(
    PAPERS,
    name="rapportage",
    situation="rapportage_verwacht",
    anchor="venster_begin",
    offsets=(-8, -3),
    unit="weken",
    to=("eigenaars", "gemeente"),
)
LAST_MEETING = replace(
    PAPERS,
    name="laatste",
    situation="evaluatie_verwacht",
    anchor="laatste_overleg_in_venster",
    offsets=(-20,),
    to=("eigenaars",),
)
NEARING = replace(
    LAST_MEETING, name="nadert", anchor="venster_einde", offsets=(-90, -30), unit="dagen"
)
EXPIRED = replace(NEARING, name="verlopen", offsets=(1,), to=("eigenaars", "secretariaat"))
EVALUATION = (LAST_MEETING, NEARING, EXPIRED)
PROMISE = replace(NEARING, name="toezegging", situation="toezegging_verwacht", offsets=(-30,))
RULES = (PAPERS, AGENDA, RECORDED, UNRECORDED, OFFER, SENDING, REPORT, *EVALUATION, PROMISE)

ROW = OpenBehandeling(
    id="b1",
    kenmerk="24005969",
    subject="Voortgangsrapportage",
    overleg="Directie-overleg",
    day=date(2024, 6, 27),
    state="gepland",
    papers_due=date(2024, 6, 20),
    missing=(MissingPaper(title="Raadsinformatiebrief"),),
    contacts=(ANNA,),
)
RAAD = OpenRaad(
    kenmerk="24005969",
    subject="Voortgangsrapportage",
    gemeente="laren",
    gemeente_name="Laren",
    state="aangeboden",
    decided_on=date(2024, 6, 6),
    offered_on=date(2024, 6, 10),
    college_weekday=1,
    office=Recipient(id="g:laren", role="gemeente", name="Laren", email="griffie@laren.example"),
)
STILL = OpenVoorstel(
    kenmerk="24007115",
    subject="Toegang tot beschermd wonen",
    state="teruggestuurd",
    state_label="terug bij de opsteller",
    since=date(2024, 5, 13),
    contacts=(ANNA,),
)
PILOT = OpenAfspraak(
    id="evaluatie-24004592",
    soort="evaluatie",
    title="Evaluatie van de proefperiode",
    state="openstaand",
    kenmerk="24004592",
    window=Span(first=date(2025, 1, 1), last=date(2025, 3, 31)),
    owners=(ANNA,),
    last_meetings=last_meetings_in(
        Span(first=date(2025, 1, 1), last=date(2025, 3, 31)),
        (
            OverlegRhythm(code="bo", name="BO", weekday=0),
            OverlegRhythm(code="do", name="DO", weekday=3),
            OverlegRhythm(code="pfho", name="PFHO", weekday=3),
        ),
        CALENDAR,
    ),
)
PART = OpenAfspraak(
    id="bijdrage-laren",
    soort="actie",
    title="Lokale bijdrage van Laren aan: Rapportage",
    state="openstaand",
    subject="Rapportage",
    period="eerste helft 2025",
    window=Span(first=date(2025, 5, 22), last=date(2025, 5, 22)),
    offices=(RAAD.office,) if RAAD.office else (),
    part_of="rapportage-2025-h1",
    gemeente="Laren",
)


def preview(*facts: Fact, rules: tuple[Rule, ...] = RULES, **office: Any) -> list[DueReminder]:
    """All reminders of two years."""
    return list(due_between(rules, facts, CALENDAR, *YEAR, office=replace(OFFICE, **office)))


def tick(day: date, *facts: Fact, rules: tuple[Rule, ...] = RULES) -> list[DueReminder]:
    """What one day puts in the outbox."""
    return list(due_on(rules, facts, CALENDAR, day, office=OFFICE))


def at(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    """A moment in Amsterdam."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Amsterdam"))


def days(reminders: list[DueReminder]) -> list[str]:
    """The days of the reminders that would be sent."""
    return [r.due.isoformat() for r in reminders if r.status == "planned"]
