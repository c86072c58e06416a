"""An outbox that exists in memory only: for playing the clock forward without sending."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from notifications.outbox import Claim, OutboxState
from workflow.domain.calendar import Span
from workflow.domain.events import OutboxMail
from workflow.domain.outbox import OutboxDesk, StoredMail

Letter = Callable[[Sequence[StoredMail]], Mapping[str, object]]
_WAITS = frozenset({OutboxState.QUEUED, OutboxState.CLAIMED})
_TOKEN = "oefening"  # noqa: S105 - one worker holds every row, so all claims may share it


@dataclass(kw_only=True)
class ShadowOutbox:
    """Fills the outbox of one simulation, over a real one that is only read.

    What the real outbox holds already is never put again; what waits there, waits here
    too. `letter` gives the payload of a claimed mail, as for the real one.
    """

    real: OutboxDesk
    letter: Letter
    only: frozenset[str] | None = None
    rows: dict[str, StoredMail] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take over what waits in the real one."""
        waiting = set(self.real.waiting().values())
        for one in self.real.mails() if waiting else ():
            if one.mail.key in waiting:
                self._add(replace(one.mail, status=OutboxState.QUEUED.value), one.created_at)

    def limited_to(self, rules: Collection[str]) -> "ShadowOutbox":
        """The same rows, for a worker that sends mail of these rules only."""
        limited = ShadowOutbox.__new__(ShadowOutbox)
        limited.__dict__.update(self.__dict__, only=frozenset(rules))
        return limited

    # --- the desk ---------------------------------------------------------------------

    def put(self, mails: Sequence[OutboxMail], *, now: dt.datetime) -> int:
        known = self.statuses([mail.key for mail in mails])
        fresh = [one for one in mails if known.get(one.key, "cancelled") == "cancelled"]
        for mail in fresh:
            self._add(mail, now)
        return len(fresh)

    def waiting(self) -> Mapping[int, str]:
        return {one.id: key for key, one in self.rows.items() if one.mail.status in _WAITS}

    def cancel(self, ids: Collection[int], *, now: dt.datetime, reason: str) -> int:
        gone = [one for one in self.rows.values() if one.id in ids and one.mail.status in _WAITS]
        for one in gone:
            self._end(one, OutboxState.CANCELLED, now, reason)
        return len(gone)

    def statuses(self, keys: Collection[str]) -> Mapping[str, str]:
        mine = {key: self.rows[key].mail.status for key in keys if key in self.rows}
        return {**self.real.statuses([key for key in keys if key not in mine]), **mine}

    def mails(self, *, kenmerk: str | None = None, due: Span | None = None) -> Sequence[StoredMail]:
        found = (
            one
            for one in self.rows.values()
            if kenmerk in (None, one.mail.kenmerk) and (due is None or one.mail.due in due)
        )
        return sorted(found, key=lambda one: (one.mail.due, one.id))

    # --- the port of delivery ---------------------------------------------------------

    def recover(self, *, now: dt.datetime) -> Sequence[Claim]:
        return ()  # nobody dies in a simulation

    def claim(
        self, *, now: dt.datetime, lease_until: dt.datetime, per_minute: int | None = None
    ) -> Claim | None:
        for one in self.rows.values():
            if one.mail.status == OutboxState.QUEUED and self._mine(one):
                taken = self._moved(one, OutboxState.CLAIMED)
                return Claim(id=one.id, token=_TOKEN, payload=self.letter((taken,)))
        return None

    def mark_sending(self, claim: Claim, *, now: dt.datetime, lease_until: dt.datetime) -> bool:
        self._moved(self._row(claim), OutboxState.SENDING)
        return True

    def mark_sent(self, claim: Claim, *, now: dt.datetime, receipt: str) -> bool:
        return self._end(self._row(claim), OutboxState.SENT, now, receipt)

    def put_back(
        self,
        claim: Claim,
        *,
        now: dt.datetime,
        next_try: dt.datetime,
        reason: str,
        counted: bool,
    ) -> bool:
        return self._end(self._row(claim), OutboxState.FAILED, now, reason)

    def mark_failed(
        self, claim: Claim, *, now: dt.datetime, reason: str, reader_refused: bool = False
    ) -> bool:
        return self._end(self._row(claim), OutboxState.FAILED, now, reason)

    def mark_unsure(self, claim: Claim, *, now: dt.datetime, reason: str) -> bool:
        return self._end(self._row(claim), OutboxState.UNSURE, now, reason)

    def mark_skipped(self, claim: Claim, *, now: dt.datetime, reason: str) -> bool:
        return self._end(self._row(claim), OutboxState.SKIPPED, now, reason)

    # --- how --------------------------------------------------------------------------

    def _mine(self, one: StoredMail) -> bool:
        """This worker may send it."""
        return self.only is None or one.mail.rule in self.only

    def _row(self, claim: Claim) -> StoredMail:
        return next(one for one in self.rows.values() if one.id == claim.id)

    def _add(self, mail: OutboxMail, now: dt.datetime) -> None:
        """A new row, or one that was cancelled and waits again."""
        before = self.rows.get(mail.key)
        number = before.id if before else len(self.rows) + 1
        ended = now if mail.status == OutboxState.SKIPPED else None
        self.rows[mail.key] = StoredMail(
            id=number, mail=mail, attempts=0, created_at=now, ended_at=ended
        )

    def _moved(self, one: StoredMail, state: OutboxState) -> StoredMail:
        moved = replace(one, mail=replace(one.mail, status=state.value))
        self.rows[one.mail.key] = moved
        return moved

    def _end(self, one: StoredMail, state: OutboxState, now: dt.datetime, note: str) -> bool:
        ended = self._moved(one, state)
        mail = replace(ended.mail, note=note)
        self.rows[one.mail.key] = replace(ended, mail=mail, ended_at=now)
        return True
