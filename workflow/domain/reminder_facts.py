"""What the reminders are derived from: what is open, the rules, and who may be written to.

Plain values, filled by the service from state and definitions. They hold the reader's
name and address, so they are never written to an event.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workflow.domain.calendar import Span
from workflow.domain.recipient import Recipient
from workflow.domain.staff import NOBODY_AWAY, Staff

Plain = str | int | bool | dt.date | tuple["Plain", ...]

SITUATIONS = frozenset(
    {
        "bijdrage_verwacht",
        "blijft_liggen",
        "stukken_onvolledig",
        "op_agenda",
        "conclusie_vastgelegd",
        "conclusie_ontbreekt",
        "aan_te_bieden",
        "verzending_ontbreekt",
        "rapportage_verwacht",
        "evaluatie_verwacht",
        "toezegging_verwacht",
    }
)
ANCHORS = frozenset(
    {
        "agendavaststelling",
        "toestand_sinds",
        "papierdeadline",
        "vergadering",
        "vastlegging",
        "besluitdatum",
        "aanbieding",
        "venster_begin",
        "venster_einde",
        "laatste_overleg_in_venster",
    }
)
UNITS = frozenset({"werkdagen", "dagen", "weken", "maandagen", "collegevergaderingen"})
ROLES = frozenset({"contactpersonen", "secretariaat", "gemeente", "eigenaars"})
TONES = frozenset({"vraag", "herinnering", "dringend"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """When nothing happened: at another offset of the same anchor, to others, with its own why."""

    offsets: tuple[int, ...]
    to: tuple[str, ...]
    reason: str
    tone: str = "dringend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of `herinneringen.yaml`.

    `offsets` count in `unit` from the day of the anchor; negative is before it. `to` has
    roles and codes of functions. `while_in`: states in which it holds (none: any);
    `escalations`: who else hears of it when it stays open; `bundled`: it leaves with others
    of its reader, in one mail a day. Raises ValueError for a word outside the vocabulary, or
    collegevergaderingen before an anchor.
    """

    name: str
    version: int
    title: str
    situation: str
    anchor: str
    offsets: tuple[int, ...]
    unit: str = "werkdagen"
    to: tuple[str, ...]
    template: str
    in_recess: bool = False
    bundled: bool = False
    reason: str
    while_in: frozenset[str] = frozenset()
    tone: str = "vraag"
    escalations: tuple[Escalation, ...] = ()

    def __post_init__(self) -> None:
        for word, known in (
            (self.situation, SITUATIONS),
            (self.anchor, ANCHORS),
            (self.unit, UNITS),
            (self.tone, TONES),
        ):
            if word not in known:
                raise ValueError(f"rule {self.name}: {word!r} is not one of {sorted(known)}")
        if self.unit == "collegevergaderingen" and min(self.all_offsets) < 1:
            raise ValueError(f"rule {self.name}: collegevergaderingen count from 1")

    @property
    def all_offsets(self) -> tuple[int, ...]:
        """Its own offsets and those of its escalations."""
        return (*self.offsets, *(day for one in self.escalations for day in one.offsets))

    def occasions(self) -> Iterator[tuple["Rule", int]]:
        """Each offset, with the rule as it speaks then: an escalation has its own readers."""
        for offset in self.offsets:
            yield self, offset
        for one in self.escalations:
            louder = replace(self, to=one.to, reason=one.reason, tone=one.tone, escalations=())
            for offset in one.offsets:
                yield louder, offset


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPaper:
    """A paper that is not there yet. `owner`: id of the one contact who owes it; None: all."""

    title: str
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBehandeling:
    """A row of the behandeltabel: still to be treated, or treated not long ago.

    `papers_due` and `papers_hour` ("12:00") come from the meeting scheme of the overleg.
    `recorded_on`: the day on which its conclusie was recorded here; None when it was not,
    or when it came from paper.
    """

    id: str
    kenmerk: str
    subject: str
    overleg: str
    day: dt.date | None
    state: str
    doel: str = ""
    papers_due: dt.date | None = None
    papers_hour: str = "12:00"
    missing: tuple[MissingPaper, ...] = ()
    agenda_number: str = ""
    conclusie: str = ""  # the Dutch word for its code
    conclusie_text: str = ""  # its words on paper
    per_punt: tuple[str, ...] = ()  # "1: akkoord", where points differ
    recorded_on: dt.date | None = None
    contacts: tuple[Recipient, ...] = ()
    agenda_fixed: dt.date | None = None  # the day on which its agenda is fixed


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenVoorstel:
    """A voorstel that waits in one state. `since`: the day it came there; None: not known."""

    kenmerk: str
    subject: str
    state: str
    state_label: str  # in lower case: "terug bij de opsteller"
    since: dt.date | None
    contacts: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRaad:
    """The information of one gemeenteraad that is not finished yet.

    `college_weekday`: Monday is 0; None when the gemeente did not say. `office`: its
    functional mailbox; None when it is not known.
    """

    kenmerk: str
    subject: str
    gemeente: str  # code
    gemeente_name: str
    state: str
    decided_on: dt.date | None = None
    offered_on: dt.date | None = None
    college_weekday: int | None = None
    office: Recipient | None = None
    contacts: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDay:
    """The last meeting of an overleg in a window; `derived`: from its usual weekday."""

    overleg: str
    day: dt.date
    derived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAfspraak:
    """A report, evaluation, promise, assignment, reservation or action that is still owed.

    `window`: in which it must be treated. `last_meetings`: see `last_meetings_in`.
    `offices`: mailboxes of the gemeenten that owe a part of it.
    """

    id: str
    soort: str
    title: str
    state: str
    kenmerk: str | None = None
    subject: str = ""  # of the source
    period: str = ""  # in words: "eerste helft van 2024"
    creditor: str = ""
    window: Span | None = None
    owners: tuple[Recipient, ...] = ()
    offices: tuple[Recipient, ...] = ()
    contacts: tuple[Recipient, ...] = ()
    last_meetings: tuple[MeetingDay, ...] = ()
    part_of: str = ""  # id of the report that this is the local part of
    gemeente: str = ""  # whose local part it is


Fact = OpenBehandeling | OpenVoorstel | OpenRaad | OpenAfspraak


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """How this organisation reminds.

    `go_live`: nothing for a date before it. `secretariat` gets what has no other
    reader. `catch_up`: how many working days late a reminder still makes sense.
    `apart`: working days that must lie between two notices from different rules about
    the same thing. `usual_college_weekday`: where a gemeente did not say (Monday is 0).
    `pepper`: a secret of this register, so that a key tells nothing of an address.
    `staff`: who fills which function, and who is away. Mail leaves from `from_hour`, on
    Friday until `friday_until`; both in Europe/Amsterdam.
    """

    secretariat: Recipient
    go_live: dt.date | None = None
    catch_up: int = 7
    apart: int = 5
    usual_college_weekday: int = 1
    pepper: str = ""
    staff: Staff = NOBODY_AWAY
    from_hour: dt.time = dt.time(7, 30)
    friday_until: dt.time = dt.time(12, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReminder:
    """One reminder that is due on a day, with everything a mail or a list needs.

    `key` is unique for rule, version, subject, occurrence and reader. `status` is
    `planned`, or `skipped` with the reason in `note`. `data` goes into the template.
    """

    key: str
    due: dt.date
    rule: str
    rule_version: int
    subject_type: str
    subject_id: str
    kenmerk: str | None
    recipient: Recipient
    title: str
    reason: str
    template: str
    data: Mapping[str, Plain]
    status: str = "planned"
    note: str = ""

    def as_json(self, status: str | None = None) -> dict[str, object]:
        """The shape of `reminders preview` and `log` in the contract."""
        return {
            "key": self.key,
            "due": self.due.isoformat(),
            "rule": self.rule,
            "subject": {
                "type": self.subject_type,
                "id": self.subject_id,
                "kenmerk": self.kenmerk,
            },
            "recipient": {
                "role": self.recipient.role,
                "naam": self.recipient.name,
                "email": self.recipient.email,
            },
            "title": self.title,
            "reason": f"{self.reason} {self.note}".strip(),
            "status": status or self.status,
        }


def names(values: Sequence[str]) -> str:
    """'a, b en c'."""
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} en {values[-1]}"
