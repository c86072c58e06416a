"""Claim, send, record: each mail once, retried when that is safe, doubtful when it is not.

                 ┌────────── lease expired, or the channel knows that nothing went out
                 ▼                    │
    queued → claimed → sending → sent │
                         │  └─────────┤→ failed   (refused for good, or tried often enough)
                         └─ lease expired, or no answer after the last byte → unsure

Exactly-once does not exist over mail. `sending` is recorded after the server accepted
the recipient and before the text goes over the line: whoever finds a row in `sending`
later cannot know whether it arrived, so it becomes `unsure` and a person decides.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from notifications.channels import Channel, Outcome, Result
from notifications.message import Mailbox, Message, MessageRefused, redirected
from notifications.outbox import Claim, OutboxPort, TooFast

log = logging.getLogger(__name__)

STOPPED = "Alle mail staat stil (mailstop). Wat klaarstaat, blijft wachten."
SERVER_DOWN = "De mailserver werkt niet mee. De rest van de mail wacht tot de volgende ronde."
PACED = "Er gaan per minuut niet meer mails uit dan is ingesteld. De rest volgt vanzelf."


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySettings:
    """How mail leaves; the defaults suit one organisation with one mail server.

    `enabled` False is the global mail stop. `test_address`: all mail goes there and says
    so. `per_run`: most mails in one run. `lease`: how long one worker may hold a row; it
    must be longer than one send can last. `retry_after`: the growing pauses between
    attempts; after the last one the mail has failed. `server_pause` and `server_strikes`:
    when the server itself fails so often in a row the run ends, and this does not count
    as an attempt of any mail; when it falls silent so often the run ends too. `per_minute`:
    most mails that all workers together begin in a minute; None: as fast as it goes.
    """

    enabled: bool = True
    test_address: Mailbox | None = None
    per_run: int = 100
    per_minute: int | None = None
    lease: timedelta = timedelta(minutes=10)
    retry_after: tuple[timedelta, ...] = (
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=4),
        timedelta(hours=12),
        timedelta(hours=24),
    )
    server_pause: timedelta = timedelta(minutes=5)
    server_strikes: int = 2


class Ended(StrEnum):
    """What one attempt came to, as counted in the report."""

    SENT = "sent"
    RETRIED = "retried"
    FAILED = "failed"
    UNSURE = "unsure"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


@dataclass(slots=True, kw_only=True)
class DeliveryReport:
    """What one run did: numbers per ending, and in Dutch why it ended early ('' if not)."""

    counts: dict[Ended, int] = field(default_factory=lambda: dict.fromkeys(Ended, 0))
    settled: int = 0  # found in `sending` after a crash, now sent or unsure
    stopped: str = ""

    def add(self, ended: Ended) -> None:
        self.counts[ended] += 1


def deliver(
    outbox: OutboxPort,
    channel: Channel,
    *,
    settings: DeliverySettings,
    clock: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
) -> DeliveryReport:
    """Send what is queued and due, one mail after the other, and record each ending.

    `clock` gives the present moment in UTC; `stop` is asked before each mail, so that a
    worker can end cleanly. Rows that a dead worker left behind are settled first. A mail
    or server that fails never stops the rest, until the server itself failed
    `server_strikes` times in a row. Whatever `outbox` raises is raised: the database is
    away, and the rows become free when their lease ends.
    """
    report = DeliveryReport(settled=_settle_left_behind(outbox, channel, clock))
    if not settings.enabled:
        report.stopped = STOPPED
        return report
    strikes, failed = 0, False
    for _ in range(settings.per_run):
        if stop() or strikes >= settings.server_strikes:
            break
        now = clock()
        try:
            claim = outbox.claim(
                now=now, lease_until=now + settings.lease, per_minute=settings.per_minute
            )
        except TooFast:
            report.stopped = PACED
            break
        if claim is None:
            break
        outcome = _attempt(outbox, channel, claim, settings, clock)
        report.add(_record(outbox, claim, outcome, settings, clock()))
        failed = outcome.server_failed
        strikes = strikes + 1 if failed or outcome.silent else 0
    if failed or strikes >= settings.server_strikes:  # also with no mail left to try again
        report.stopped = SERVER_DOWN
    return report


def next_try(attempts: int, *, settings: DeliverySettings, now: datetime) -> datetime | None:
    """When a mail that was tried `attempts` times (1 or more) may go again; None: never."""
    pauses = settings.retry_after
    return now + pauses[attempts - 1] if attempts <= len(pauses) else None


def _settle_left_behind(outbox: OutboxPort, channel: Channel, clock: Callable[[], datetime]) -> int:
    """Free expired claims; `sending` becomes sent when provable, else unsure."""
    doubtful = outbox.recover(now=clock())
    for claim in doubtful:
        if _provably_delivered(channel, claim.payload):
            outbox.mark_sent(claim, now=clock(), receipt="Teruggevonden na een onderbreking.")
        else:
            reason = "Het versturen werd onderbroken. Ga na of de mail is aangekomen."
            outbox.mark_unsure(claim, now=clock(), reason=reason)
    return len(doubtful)


def _provably_delivered(channel: Channel, payload: Mapping[str, object]) -> bool:
    try:
        return channel.delivered(Message.from_dict(payload))
    except (MessageRefused, OSError):
        return False


def _attempt(
    outbox: OutboxPort,
    channel: Channel,
    claim: Claim,
    settings: DeliverySettings,
    clock: Callable[[], datetime],
) -> Outcome:
    """One try; an unforeseen fault counts as doubt once `sending` was recorded."""
    recorded = False

    def about_to_send() -> bool:
        nonlocal recorded
        now = clock()
        recorded = outbox.mark_sending(claim, now=now, lease_until=now + settings.lease)
        return recorded

    try:
        message = Message.from_dict(claim.payload)
        if settings.test_address:
            message = redirected(message, settings.test_address)
        return channel.send(message, at=clock(), about_to_send=about_to_send)
    except MessageRefused as refusal:
        return Outcome(result=Result.REFUSED, reason=str(refusal))
    except Exception as fault:
        log.exception("unforeseen fault while sending outbox row %s", claim.id)
        reason = f"Er ging iets mis bij het versturen ({type(fault).__name__})."
        return Outcome(result=Result.UNSURE if recorded else Result.RETRY, reason=reason)


def _record(
    outbox: OutboxPort, claim: Claim, outcome: Outcome, settings: DeliverySettings, now: datetime
) -> Ended:
    """Write the ending of one attempt."""
    reason = outcome.reason
    match outcome.result:
        case Result.SENT:
            outbox.mark_sent(claim, now=now, receipt=reason)
            return Ended.SENT
        case Result.REFUSED:
            theirs = outcome.reader_refused and not settings.test_address
            outbox.mark_failed(claim, now=now, reason=reason, reader_refused=theirs)
            return Ended.FAILED
        case Result.UNSURE:
            outbox.mark_unsure(claim, now=now, reason=reason)
            return Ended.UNSURE
        case Result.SKIPPED:
            outbox.mark_skipped(claim, now=now, reason=reason)
            return Ended.SKIPPED
        case Result.WITHDRAWN:  # someone cancelled the row meanwhile; it is no longer ours
            return Ended.CANCELLED
    return _record_retry(outbox, claim, outcome, settings, now)


def _record_retry(
    outbox: OutboxPort, claim: Claim, outcome: Outcome, settings: DeliverySettings, now: datetime
) -> Ended:
    """Back to the queue, or failed when this was the last attempt."""
    if outcome.server_failed:
        later = now + settings.server_pause
        outbox.put_back(claim, now=now, next_try=later, reason=outcome.reason, counted=False)
        return Ended.RETRIED
    tried = claim.attempts + 1
    moment = next_try(tried, settings=settings, now=now)
    if moment is None:
        reason = f"Na {tried} pogingen gestopt. {outcome.reason}"
        outbox.mark_failed(claim, now=now, reason=reason)
        return Ended.FAILED
    outbox.put_back(claim, now=now, next_try=moment, reason=outcome.reason, counted=True)
    return Ended.RETRIED
