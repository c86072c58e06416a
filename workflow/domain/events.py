"""What an act wants to be remembered as, before it has its place in the history."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflow.domain.dossier import Change
from workflow.domain.text import ErasableText


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """Words about persons that an act brings, with the salt of their commitment."""

    commitment: str
    salt: bytes
    text: str
    shared: bool = False  # may be in the register already: an actor


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """One act, with all that follows from it. Storage gives it its numbers and its hash.

    `at` and `recorded_at` are moments in UTC; `happened_on` is a day in the
    time zone of the organisation.
    """

    stream: str
    type: str
    at: dt.datetime
    recorded_at: dt.datetime
    rehearsal: bool
    actor: ErasableText
    actor_unverified: bool
    happened_on: dt.date | None = None
    basis: str | None = None
    on_behalf_of: ErasableText | None = None
    from_state: str | None = None
    to_state: str | None = None
    remark: ErasableText | None = None
    command_id: str | None = None
    definition: str | None = None
    corrects: int | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    texts: tuple[NewText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMail:
    """A mail that is due; the key makes it unique."""

    key: str
    rule: str
    rule_version: int
    due: dt.date
    subject_type: str
    subject_id: str
    kenmerk: str | None
    recipient_role: str
    recipient_name: str | None
    recipient_email: str | None
    title: str
    reason: str
    payload: Mapping[str, Any]
    status: str = "queued"
    note: str | None = None
    standing: bool | None = None  # True: nothing derives it, so deriving never cancels it


class LostRace(Exception):
    """Another transaction was first; the whole act is tried again on what is true now."""
