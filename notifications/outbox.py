"""The outbox as `notifications` sees it; `workflow/storage` fills this port.

Every method is one short transaction that is committed when it returns. Every `mark_…`
and `put_back` touches the row only while it still belongs to the claim (same id, same
token) and answers whether it did; False means that someone else has settled the row, and
nothing was written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol


class OutboxState(StrEnum):
    """Where one outbox row stands."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"

    @property
    def shown(self) -> str:
        """The word that users and scripts see: what is under way is still queued."""
        under_way = self in {OutboxState.CLAIMED, OutboxState.SENDING}
        return OutboxState.QUEUED.value if under_way else self.value


# From each state, the states that may follow. Out of unsure and failed leads a person's
# act (and to sent also a late answer to the worker that was thought dead); into failed
# from sent or unsure a bounce; the rest is the machinery's. A row never leaves skipped;
# a cancelled one waits again when it is wanted again.
MAY_FOLLOW: Mapping[OutboxState, frozenset[OutboxState]] = MappingProxyType(
    {
        OutboxState.QUEUED: frozenset(
            {OutboxState.CLAIMED, OutboxState.CANCELLED, OutboxState.SKIPPED}
        ),
        OutboxState.CLAIMED: frozenset(
            {
                OutboxState.SENDING,
                OutboxState.QUEUED,
                OutboxState.FAILED,
                OutboxState.SKIPPED,
                OutboxState.CANCELLED,
            }
        ),
        OutboxState.SENDING: frozenset(
            {OutboxState.SENT, OutboxState.FAILED, OutboxState.UNSURE, OutboxState.QUEUED}
        ),
        OutboxState.UNSURE: frozenset(
            {OutboxState.SENT, OutboxState.QUEUED, OutboxState.SKIPPED, OutboxState.FAILED}
        ),
        OutboxState.FAILED: frozenset({OutboxState.SENT, OutboxState.QUEUED, OutboxState.SKIPPED}),
        OutboxState.SENT: frozenset({OutboxState.FAILED}),
        OutboxState.SKIPPED: frozenset(),
        OutboxState.CANCELLED: frozenset({OutboxState.QUEUED}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One mail that a worker holds. `payload` is what `Message.to_dict` gave, unchecked.

    `others`: rows that leave in the same mail; they share its token and every ending.
    """

    id: int
    token: str  # new for every claim; every later write is conditional on it
    payload: Mapping[str, object]
    attempts: int = 0  # counted attempts before this one
    others: tuple[int, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """All rows of this mail."""
        return (self.id, *self.others)


class TooFast(Exception):
    """As many mails as may leave in a minute have just left; the next one waits a little."""


class OutboxPort(Protocol):
    """What delivery needs from storage. All moments are aware, in UTC."""

    def recover(self, *, now: datetime) -> Sequence[Claim]:
        """Settle what dead workers left: rows whose lease ended at or before `now`.

        `claimed` goes back to `queued`, at once. Rows in `sending` are returned with
        their own token, and stay in `sending` until marked sent or unsure.
        """
        ...

    def claim(
        self, *, now: datetime, lease_until: datetime, per_minute: int | None = None
    ) -> Claim | None:
        """Take the oldest `queued` row whose next try is not after `now`; None: no such row.

        Raises TooFast when there is one, but `per_minute` rows were claimed in the minute
        before `now`, by whichever worker. Rows that go together for one reader come in one
        claim. It becomes `claimed`, with a fresh token, until
        `lease_until`. Two workers never get the same row (`FOR UPDATE SKIP LOCKED`, or
        `BEGIN IMMEDIATE`).
        """
        ...

    def mark_sending(self, claim: Claim, *, now: datetime, lease_until: datetime) -> bool:
        """`claimed → sending`, durable before it returns. False: a row was cancelled.

        The other rows of the claim are then `queued` again.
        """
        ...

    def mark_sent(self, claim: Claim, *, now: datetime, receipt: str) -> bool:
        """`sending` or `unsure → sent`, and its event, in one transaction.

        `receipt` is the server's answer to the last byte, or where the file lies.
        """
        ...

    def put_back(
        self, claim: Claim, *, now: datetime, next_try: datetime, reason: str, counted: bool
    ) -> bool:
        """`claimed` or `sending → queued`, not before `next_try`.

        Only the holder of the claim does this, knowing that nothing was delivered.
        `counted`: one more attempt of this mail.
        """
        ...

    def mark_failed(
        self, claim: Claim, *, now: datetime, reason: str, reader_refused: bool = False
    ) -> bool:
        """`claimed` or `sending → failed`: refused for good, or tried often enough.

        `reader_refused`: the address of its reader takes no mail, so neither the next one.
        """
        ...

    def mark_unsure(self, claim: Claim, *, now: datetime, reason: str) -> bool:
        """`sending → unsure`: may have arrived; only a person sends it again."""
        ...

    def mark_skipped(self, claim: Claim, *, now: datetime, reason: str) -> bool:
        """`claimed → skipped`: the organisation sends no mail."""
        ...
