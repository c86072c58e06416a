"""Things owed: reports, evaluations, promises, assignments, reservations, actions."""

import datetime as dt
from dataclasses import dataclass

from workflow.domain.text import ErasableText


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One time that it became later: on which day that was said, from when to when, and why."""

    on: dt.date
    was: dt.date | None
    until: dt.date | None
    reason: ErasableText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Afspraak:
    """One thing owed. `version` guards against lost updates: several voorstellen may settle it.

    Due inside `window_from` … `window_to` (dates, inclusive). Settled when it
    was treated by an overleg inside that window, not when it was handed in.
    """

    id: str
    soort: str
    title: str
    state: str = "openstaand"
    version: int = 1
    rule: str | None = None  # the afspraak or cyclus in the definitions it comes from
    voorstel_id: str | None = None  # source; None: from a cyclus
    kenmerk: str | None = None  # of the source
    punten: tuple[str, ...] = ()  # the agreed beslispunten it rests on
    period: str | None = None  # 2025-Q1, 2024-H1
    window_from: dt.date | None = None
    window_to: dt.date | None = None
    due: dt.date | None = None
    owners: tuple[str, ...] = ()  # functions
    creditor: str | None = None
    settled_by: str | None = None  # kenmerk or document
    settled_on: dt.date | None = None
    slips: int = 0
    reason: ErasableText | None = None
    gemeente: str | None = None  # code: whose reservation it is
    row: str | None = None  # id of the behandeling whose reservation it is
    since: dt.date | None = None  # the day it arose here; None: not recorded
    slipped: tuple[Slip, ...] | None = None  # oldest first
    asks: tuple[str, ...] | None = None  # what is not on paper and must be asked: begin, einde, …
    begin_on: dt.date | None = None  # of the pilot that it is about
    end_on: dt.date | None = None
    interim: tuple[dt.date, ...] | None = None  # moments in between
    proposed_period: str | None = None  # offered where paper has no date; to be confirmed
