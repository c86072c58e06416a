"""What the reminders are derived from: what is open, the rules, and who may be written to.

Plain values, filled by the service from state and definitions. They hold the reader's
name and address, so they are never written to an event.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflow.domain.calendar import Span

Plain = str | int | bool | dt.date | tuple["Plain", ...]

SITUATIONS = frozenset(
    {
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
UNITS = frozenset({"werkdagen", "dagen", "weken", "collegevergaderingen"})
ROLES = frozenset({"contactpersonen", "secretariaat", "gemeente", "eigenaars"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Someone, or a functional mailbox, that may get a reminder.

    `id` is the same whatever the name or address becomes. `bestuurder`: a wethouder or
    burgemeester in person; such a person gets no mail from this program.
    """

    id: str
    role: str
    name: str
    email: str | None = None
    bestuurder: bool = False

    @property
    def reachable(self) -> bool:
        """Whether this program may write to them."""
        return bool(self.email) and not self.bestuurder


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of `herinneringen.yaml`.

    `offsets` count in `unit` from the day of the anchor; negative is before it. `bundled`:
    it leaves with others of its reader, in one mail a day.
    Raises ValueError for a word outside the vocabulary, or collegevergaderingen before
    an anchor.
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

    def __post_init__(self) -> None:
        for word, known in (
            (self.situation, SITUATIONS),
            (self.anchor, ANCHORS),
            (self.unit, UNITS),
            *((role, ROLES) for role in self.to),
        ):
            if word not in known:
                raise ValueError(f"rule {self.name}: {word!r} is not one of {sorted(known)}")
        if self.unit == "collegevergaderingen" and min(self.offsets) < 1:
            raise ValueError(f"rule {self.name}: collegevergaderingen count from 1")


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


Fact = OpenBehandeling | OpenRaad | OpenAfspraak


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """How this organisation reminds.

    `go_live`: nothing for a date before it. `secretariat` gets what has no other
    reader. `catch_up`: how many working days late a reminder still makes sense.
    `apart`: working days that must lie between two notices from different rules about
    the same thing. `usual_college_weekday`: where a gemeente did not say (Monday is 0).
    `pepper`: a secret of this register, so that a key tells nothing of an address.
    """

    secretariat: Recipient
    go_live: dt.date | None = None
    catch_up: int = 7
    apart: int = 5
    usual_college_weekday: int = 1
    pepper: str = ""


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
