"""What the tests of this folder share: an outbox in memory, a message, a moment."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock

from notifications.channels import Outcome, Result
from notifications.message import Mailbox, Message
from notifications.outbox import MAY_FOLLOW, Claim, OutboxState, TooFast

NOW = datetime(2024, 6, 20, 5, 30, tzinfo=UTC)  # Thursday, 07.30 in Amsterdam
SENDER = Mailbox(name="Secretariaat", email="secretariaat@regio.example")


def a_message(
    key: str = "stukken_onvolledig/1/24005969/2024-06-20/a", *, name: str = "Piet Jansen"
) -> Message:
    """A mail as the program sends them, to an invented person."""
    return Message(
        key=key,
        recipient=Mailbox(name=name, email="p.jansen@regio.example"),
        reply_to=SENDER,
        subject="Stukken voor het DO van 27 juni",
        text="Beste Piet,\n\nEr ontbreekt nog een stuk.\n.een regel met een punt ervoor\n",
        html="<html><body><!-- meldingen --><p>Beste Piet</p></body></html>",
        thread="voorstel/24005969",
    )


@dataclass(slots=True, kw_only=True)
class Row:
    """One outbox row, as storage would keep it."""

    id: int
    payload: Mapping[str, object]
    state: OutboxState = OutboxState.QUEUED
    token: str = ""
    attempts: int = 0
    next_try: datetime = NOW
    lease_until: datetime | None = None
    reason: str = ""
    past: list[OutboxState] = field(default_factory=list)


class MemoryOutbox:
    """An outbox that keeps the promises of `OutboxPort`, and refuses a wrong step loudly."""

    def __init__(self, *messages: Message) -> None:
        self.rows = {
            number: Row(id=number, payload=message.to_dict())
            for number, message in enumerate(messages, start=1)
        }
        self.begun: list[datetime] = []
        self.refused_readers: list[int] = []
        self._tokens = itertools.count(1)
        self._lock = Lock()

    @property
    def row(self) -> Row:
        """The only row."""
        (row,) = self.rows.values()
        return row

    @property
    def states(self) -> list[str]:
        """The states of all rows, in order."""
        return [row.state.value for row in self.rows.values()]

    def recover(self, *, now: datetime) -> list[Claim]:
        """See OutboxPort."""
        with self._lock:
            expired = [r for r in self.rows.values() if r.lease_until and r.lease_until <= now]
            for row in expired:
                if row.state is OutboxState.CLAIMED:
                    self._move(row, OutboxState.QUEUED)
            return [self._claim(row) for row in expired if row.state is OutboxState.SENDING]

    def claim(
        self, *, now: datetime, lease_until: datetime, per_minute: int | None = None
    ) -> Claim | None:
        """See OutboxPort."""
        with self._lock:
            begun = [one for one in self.begun if one > now - timedelta(minutes=1)]
            if per_minute is not None and len(begun) >= per_minute:
                raise TooFast
            for row in self.rows.values():
                if row.state is OutboxState.QUEUED and row.next_try <= now:
                    row.token, row.lease_until = f"token-{next(self._tokens)}", lease_until
                    self.begun.append(now)
                    self._move(row, OutboxState.CLAIMED)
                    return self._claim(row)
            return None

    def mark_sending(self, claim: Claim, *, now: datetime, lease_until: datetime) -> bool:
        """See OutboxPort."""
        return self._settle(claim, OutboxState.SENDING, {OutboxState.CLAIMED}, "", lease_until)

    def mark_sent(self, claim: Claim, *, now: datetime, receipt: str) -> bool:
        """See OutboxPort."""
        allowed = {OutboxState.SENDING, OutboxState.UNSURE}
        return self._settle(claim, OutboxState.SENT, allowed, receipt)

    def put_back(
        self, claim: Claim, *, now: datetime, next_try: datetime, reason: str, counted: bool
    ) -> bool:
        """See OutboxPort."""
        allowed = {OutboxState.CLAIMED, OutboxState.SENDING}
        if not self._settle(claim, OutboxState.QUEUED, allowed, reason):
            return False
        row = self.rows[claim.id]
        row.next_try, row.attempts = next_try, row.attempts + counted
        return True

    def mark_failed(
        self, claim: Claim, *, now: datetime, reason: str, reader_refused: bool = False
    ) -> bool:
        """See OutboxPort."""
        self.refused_readers += [claim.id] * reader_refused
        allowed = {OutboxState.CLAIMED, OutboxState.SENDING}
        return self._settle(claim, OutboxState.FAILED, allowed, reason)

    def mark_unsure(self, claim: Claim, *, now: datetime, reason: str) -> bool:
        """See OutboxPort."""
        return self._settle(claim, OutboxState.UNSURE, {OutboxState.SENDING}, reason)

    def mark_skipped(self, claim: Claim, *, now: datetime, reason: str) -> bool:
        """See OutboxPort."""
        return self._settle(claim, OutboxState.SKIPPED, {OutboxState.CLAIMED}, reason)

    def cancel(self, number: int) -> None:
        """What the service does when the work is done before the mail left."""
        with self._lock:
            self._move(self.rows[number], OutboxState.CANCELLED)

    def _settle(
        self,
        claim: Claim,
        state: OutboxState,
        allowed: set[OutboxState],
        reason: str,
        lease_until: datetime | None = None,
    ) -> bool:
        """Move the row when it still belongs to the claim."""
        with self._lock:
            row = self.rows[claim.id]
            if row.token != claim.token or row.state not in allowed:
                return False
            row.reason, row.lease_until = reason, lease_until
            self._move(row, state)
            return True

    def _move(self, row: Row, state: OutboxState) -> None:
        assert state in MAY_FOLLOW[row.state], f"{row.state} → {state}"
        row.past.append(row.state)
        row.state = state

    def _claim(self, row: Row) -> Claim:
        return Claim(id=row.id, token=row.token, payload=row.payload, attempts=row.attempts)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, step: timedelta) -> None:
        """Let time pass."""
        self.moment += step


class ScriptedChannel:
    """A channel that ends each try as told, and keeps what it was handed."""

    def __init__(self, *outcomes: Outcome | Exception, proof: bool = False) -> None:
        self.outcomes = list(outcomes)
        self.sent: list[Message] = []
        self.proof = proof

    def send(self, message: Message, *, at: datetime, about_to_send: Callable[[], bool]) -> Outcome:
        """The next outcome of the script; SENT when the script is empty."""
        outcome = self.outcomes.pop(0) if self.outcomes else Outcome(result=Result.SENT)
        if isinstance(outcome, Exception):
            raise outcome
        if outcome.server_failed or outcome.result is Result.SKIPPED:
            return outcome
        if not about_to_send():
            return Outcome(result=Result.WITHDRAWN)
        self.sent.append(message)
        return outcome

    def delivered(self, message: Message) -> bool:
        """As told."""
        return self.proof
