"""What each situation says: whether a rule applies to a fact, since when, to whom, about what."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from workflow.domain.calendar import Span
from workflow.domain.recipient import Recipient
from workflow.domain.reminder_facts import (
    ROLES,
    Fact,
    Office,
    OpenAfspraak,
    OpenBehandeling,
    OpenRaad,
    OpenVoorstel,
    Plain,
    Rule,
    names,
)
from workflow.domain.staff import FUNCTION

OPEN_ROWS = frozenset({"gepland", "geagendeerd"})
OWED = frozenset({"openstaand", "in_voorbereiding"})
NOT_SENT = frozenset({"aangeboden", "collegebesluit"})
PROMISED = frozenset({"toezegging", "opdracht", "voorbehoud", "actie"})
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One fact under one rule and offset, before it is known on which day it is due.

    `about` is the stable name of the subject in keys. `by_due`: notices about the same
    subject, for the same reader on the same day, are one mail (several gemeenten with
    one office). `own`: what only that reader is told, over `data`. `matter`: what the reader
    sees as one and the same, when that is more than the subject.
    """

    anchor: dt.date
    subject_type: str
    subject_id: str
    about: str
    kenmerk: str | None
    context: str  # what the title adds to that of the rule
    readers: tuple[Recipient, ...]
    data: Mapping[str, Plain]
    words: Mapping[str, Plain] = field(default_factory=dict)  # for the reason only, beside data
    own: Mapping[str, Mapping[str, Plain]] = field(default_factory=dict)  # by id of the reader
    college_weekday: int = 0
    by_due: bool = False
    matter: str = ""


def kind_of(rule: Rule) -> type[Fact]:
    """The kind of fact that the rule speaks of; of another kind it has nothing to say."""
    return _KINDS.get(rule.situation, OpenAfspraak)


def notices(rule: Rule, offset: int, fact: Fact, office: Office) -> tuple[Notice, ...]:
    """What `fact` gives under `rule`: nothing when it does not apply or is done."""
    if rule.while_in and fact.state not in rule.while_in:
        return ()
    match fact:
        case OpenVoorstel():
            return _waiting(rule, fact, _readers(rule, fact, office))
        case OpenBehandeling():
            found = _BEHANDELING.get(rule.situation, _nothing)
            return found(rule, fact, _readers(rule, fact, office))
        case OpenRaad():
            return _raad(rule, fact, _readers(rule, fact, office), office)
        case OpenAfspraak():
            return _afspraak(rule, offset, fact, _readers(rule, fact, office))


def filled(text: str, values: Mapping[str, Plain]) -> str:
    """`text` with each `{name}` that `values` knows filled in; others stay as they are."""

    def word(match: re.Match[str]) -> str:
        value = values.get(match[1])
        if isinstance(value, tuple):
            return names([str(part) for part in value])
        return match[0] if value is None else str(value)

    return _PLACEHOLDER.sub(word, text)


def _readers(rule: Rule, fact: Fact, office: Office) -> tuple[Recipient, ...]:
    """The people and mailboxes that the rule names, for this fact."""
    found: list[Recipient] = []
    for role in rule.to:
        if role == "secretariaat":
            found.append(office.secretariat)
        elif role == "contactpersonen":
            found.extend(fact.contacts)
        elif role == "eigenaars" and isinstance(fact, OpenAfspraak):
            found.extend(fact.owners)
        elif role == "gemeente" and isinstance(fact, OpenAfspraak):
            found.extend(fact.offices)
        elif role == "gemeente" and isinstance(fact, OpenRaad) and fact.office:
            found.append(fact.office)
        elif role not in ROLES:
            found.append(_function(role, office))
    return tuple(found)


def _function(code: str, office: Office) -> Recipient:
    """A function as reader: who fills it is known on the day itself."""
    known = office.staff.functions.get(code)
    return Recipient(
        id=f"{FUNCTION}{code}", role=code, name=known.name if known else code, email=None
    )


# --- a voorstel that waits -----------------------------------------------------------


def _waiting(rule: Rule, fact: OpenVoorstel, readers: tuple[Recipient, ...]) -> tuple[Notice, ...]:
    """Nothing happened with it since a day."""
    if rule.situation != "blijft_liggen" or fact.since is None:
        return ()
    return (
        Notice(
            anchor=fact.since,
            subject_type="voorstel",
            subject_id=fact.kenmerk,
            about=f"{fact.kenmerk}.{fact.state}",
            kenmerk=fact.kenmerk,
            context=fact.subject,
            readers=readers,
            data={
                "kenmerk": fact.kenmerk,
                "onderwerp": fact.subject,
                "toestand": fact.state_label,
                "sinds": fact.since,
            },
        ),
    )


# --- a row of the behandeltabel ------------------------------------------------------


def _nothing(
    rule: Rule, fact: OpenBehandeling, readers: tuple[Recipient, ...]
) -> tuple[Notice, ...]:
    """A rule about something else."""
    return ()


def _missing(
    rule: Rule, fact: OpenBehandeling, readers: tuple[Recipient, ...]
) -> tuple[Notice, ...]:
    """Papers not complete: each reader hears only of what they themselves owe.

    A paper whose owner cannot be written to is asked of all. The same papers go to every
    overleg: to the reader that is one matter, whichever deadline comes first.
    """
    if fact.state not in OPEN_ROWS or fact.day is None or fact.papers_due is None:
        return ()
    reachable = {reader.id for reader in readers if reader.reachable}
    own = {}
    for reader in readers:
        mine = tuple(
            paper.title
            for paper in fact.missing
            if paper.owner == reader.id or paper.owner not in reachable
        )
        if mine:
            own[reader.id] = {"stukken": mine}
    if not fact.missing or (readers and not own):
        return ()
    data = {
        **_row_data(fact),
        "uiterlijk": fact.papers_due,
        "uur": fact.papers_hour.replace(":", "."),
        "stukken": tuple(paper.title for paper in fact.missing),
    }
    owing = tuple(reader for reader in readers if reader.id in own)
    anchor = _anchor_of_row(rule, fact, fact.papers_due)
    if anchor is None:
        return ()
    notice = _row(fact, anchor, owing, data)
    return (replace(notice, own=own, matter=f"{fact.kenmerk}.stukken"),)


def _on_agenda(
    rule: Rule, fact: OpenBehandeling, readers: tuple[Recipient, ...]
) -> tuple[Notice, ...]:
    """'Uw punt is agendapunt 5': only what stands on an agenda."""
    if fact.state != "geagendeerd" or fact.day is None:
        return ()
    data = {**_row_data(fact), "agendapunt": fact.agenda_number, "doel": fact.doel}
    anchor = _anchor_of_row(rule, fact, fact.day)
    return (_row(fact, anchor, readers, data),) if anchor else ()


def _recorded(
    rule: Rule, fact: OpenBehandeling, readers: tuple[Recipient, ...]
) -> tuple[Notice, ...]:
    """What was concluded, after it was recorded here; a corrected conclusie is news again."""
    if fact.recorded_on is None or not fact.conclusie or fact.day is None:
        return ()
    data = {
        **_row_data(fact),
        "conclusie": fact.conclusie,
        "conclusie_tekst": fact.conclusie_text,
        "per_punt": fact.per_punt,
    }
    content = "|".join((fact.conclusie, *fact.per_punt))
    stamp = hashlib.sha256(content.encode()).hexdigest()[:8]
    notice = _row(fact, fact.recorded_on, readers, data)
    return (replace(notice, about=f"{notice.about}.{stamp}"),)


def _not_recorded(
    rule: Rule, fact: OpenBehandeling, readers: tuple[Recipient, ...]
) -> tuple[Notice, ...]:
    """The meeting was, and its conclusion is not known here."""
    if fact.state not in OPEN_ROWS or fact.day is None:
        return ()
    return (_row(fact, fact.day, readers, _row_data(fact)),)


_BEHANDELING: Mapping[
    str, Callable[[Rule, OpenBehandeling, tuple[Recipient, ...]], tuple[Notice, ...]]
] = MappingProxyType(
    {
        "stukken_onvolledig": _missing,
        "op_agenda": _on_agenda,
        "conclusie_vastgelegd": _recorded,
        "conclusie_ontbreekt": _not_recorded,
    }
)


# Of what kind of fact a situation speaks; those that are not here: of an afspraak.
_KINDS: Mapping[str, type[Fact]] = MappingProxyType(
    {
        **dict.fromkeys(_BEHANDELING, OpenBehandeling),
        "blijft_liggen": OpenVoorstel,
        "aan_te_bieden": OpenRaad,
        "verzending_ontbreekt": OpenRaad,
    }
)


def _anchor_of_row(rule: Rule, fact: OpenBehandeling, usual: dt.date) -> dt.date | None:
    """The day that the rule counts from: of the situation itself, or as the rule says."""
    if rule.anchor == "agendavaststelling":
        return fact.agenda_fixed
    return fact.day if rule.anchor == "vergadering" else usual


def _row_data(fact: OpenBehandeling) -> dict[str, Plain]:
    """What every mail about a row tells."""
    return {
        "kenmerk": fact.kenmerk,
        "onderwerp": fact.subject,
        "overleg": fact.overleg,
        "vergaderdag": fact.day or "",
    }


def _row(
    fact: OpenBehandeling,
    anchor: dt.date,
    readers: tuple[Recipient, ...],
    data: Mapping[str, Plain],
) -> Notice:
    return Notice(
        anchor=anchor,
        subject_type="behandeling",
        subject_id=fact.id,
        about=f"{fact.kenmerk}.{fact.id}",
        kenmerk=fact.kenmerk,
        context=f"{fact.subject} ({fact.overleg})",
        readers=readers,
        data=data,
    )


# --- the information of a gemeenteraad -----------------------------------------------


def _raad(
    rule: Rule, fact: OpenRaad, readers: tuple[Recipient, ...], office: Office
) -> tuple[Notice, ...]:
    """To offer, or offered and not reported as sent. Nobody is reminded of an answer."""
    if rule.situation == "aan_te_bieden" and fact.state == "aan_te_bieden":
        anchor, day_name = fact.decided_on, "besluitdag"
    elif rule.situation == "verzending_ontbreekt" and fact.state in NOT_SENT:
        anchor, day_name = fact.offered_on, "aangeboden_op"
    else:
        return ()
    if anchor is None:
        return ()
    weekday = fact.college_weekday
    return (
        Notice(
            anchor=anchor,
            subject_type="raadsinformatie",
            subject_id=fact.gemeente,
            about=fact.kenmerk,
            kenmerk=fact.kenmerk,
            context=fact.subject,
            readers=readers,
            data={
                "kenmerk": fact.kenmerk,
                "onderwerp": fact.subject,
                "gemeenten": (fact.gemeente_name,),
                day_name: anchor,
            },
            college_weekday=office.usual_college_weekday if weekday is None else weekday,
            by_due=True,
        ),
    )


# --- a thing owed --------------------------------------------------------------------


def _afspraak(
    rule: Rule, offset: int, fact: OpenAfspraak, readers: tuple[Recipient, ...]
) -> tuple[Notice, ...]:
    """A report, an evaluation or a promise; only with a window, for without one nothing is due."""
    if fact.state not in OWED or fact.window is None or not _is_about(rule, fact):
        return ()
    if fact.part_of:
        return (_part(rule, offset, fact, fact.window, readers),)
    data: dict[str, Plain] = {
        "kenmerk": fact.kenmerk or "",
        "onderwerp": fact.subject or fact.title,
        "afspraak": fact.title,
        "venster_tot": fact.window.last,
        "verlopen": rule.anchor == "venster_einde" and offset > 0,
        **_of_its_kind(rule, fact, fact.window),
    }
    return tuple(
        Notice(
            anchor=anchor,
            subject_type="afspraak",
            subject_id=fact.id,
            about=fact.id,
            kenmerk=fact.kenmerk,
            context=fact.title,
            readers=readers,
            data=data,
            words={
                "soort": fact.soort,
                "periode": fact.period,
                "schuldeiser": fact.creditor,
            },
        )
        for anchor in _anchors(rule, fact)
    )


def _part(
    rule: Rule, offset: int, fact: OpenAfspraak, window: Span, readers: tuple[Recipient, ...]
) -> Notice:
    """What a gemeente adds to a report: one mail for gemeenten that share an office."""
    return Notice(
        anchor=window.last,
        subject_type="afspraak",
        subject_id=fact.id,
        about=f"bijdrage.{fact.part_of}",
        kenmerk=None,
        context=fact.subject,
        readers=readers,
        data={
            "kenmerk": "",
            "onderwerp": fact.subject,
            "afspraak": fact.subject,
            "gemeenten": (fact.gemeente,),
            "periode": fact.period,
            "venster_tot": window.last,
            "verlopen": offset > 0,
        },
        words={"soort": fact.soort},
        by_due=True,
    )


def _of_its_kind(rule: Rule, fact: OpenAfspraak, window: Span) -> dict[str, Plain]:
    """What only the mail of this situation tells."""
    if rule.situation == "rapportage_verwacht":
        return {"venster_van": window.first, "periode": fact.period}
    if rule.situation == "evaluatie_verwacht":
        meetings = tuple((last.overleg, last.day, last.derived) for last in fact.last_meetings)
        return {"venster_van": window.first, "overleggen": meetings}
    return {"soort": fact.soort, "schuldeiser": fact.creditor}


def _is_about(rule: Rule, fact: OpenAfspraak) -> bool:
    """Whether the rule speaks of this kind of afspraak."""
    if rule.situation == "bijdrage_verwacht" or fact.part_of:
        return rule.situation == "bijdrage_verwacht" and bool(fact.part_of)
    if rule.situation == "toezegging_verwacht":
        return fact.soort in PROMISED
    return rule.situation == f"{fact.soort}_verwacht"


def _anchors(rule: Rule, fact: OpenAfspraak) -> tuple[dt.date, ...]:
    """The days from which the rule counts."""
    if fact.window is None:
        return ()
    if rule.anchor == "venster_begin":
        return (fact.window.first,)
    if rule.anchor == "venster_einde":
        return (fact.window.last,)
    if rule.anchor == "laatste_overleg_in_venster":
        return tuple(sorted({meeting.day for meeting in fact.last_meetings}))
    return ()
