"""Starts workers on one outbox, as many as wanted at the same time: they fork from here.

A program of its own (`python -m tests.soak.postmen`). In comes a line with a `Round` as
JSON; out comes the id of the process that walks it, until it is killed. Each worker puts in
the outbox what falls due, beginning a little before the others stopped, and sends.
"""

import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from notifications.delivery import DeliverySettings, deliver
from notifications.message import Mailbox, Message
from notifications.smtp import Security, SmtpChannel, SmtpSettings
from workflow.bootstrap import now
from workflow.domain.events import EventDraft, OutboxMail
from workflow.domain.outbox import StoredMail
from workflow.domain.text import ErasableText
from workflow.storage.database import open_engine
from workflow.storage.outbox import SqlOutbox

LEASE = dt.timedelta(seconds=0.4)  # so that a paused worker loses what it holds
AT_ONCE = 100  # reminders that fall due in one round
SENDER = Mailbox(name="Regio", email="post@regio.example")
DAY = dt.date(2024, 6, 20)


@dataclass(frozen=True, kw_only=True)
class Round:
    """Where a worker works, and from which reminder on it derives; there are `total`."""

    url: str
    smtp_port: int
    first: int
    total: int

    def as_line(self) -> str:
        return json.dumps(asdict(self)) + "\n"


def main() -> None:
    """Start a worker for every line; those that end are nobody's business."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        asked = Round(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            walk(asked)
            os._exit(0)
        os.write(1, f"{pid}\n".encode())


def walk(asked: Round) -> None:
    """Derive and send, round after round, until the end of time."""
    outbox, first = outbox_of(asked.url), asked.first
    channel = channel_of(asked.smtp_port)
    while True:
        mails = [a_mail(n) for n in range(first, min(first + AT_ONCE, asked.total))]
        outbox.put(mails, now=now())
        first = (first + AT_ONCE) % asked.total
        deliver(outbox, channel, settings=DeliverySettings(lease=LEASE, per_run=8), clock=now)


def outbox_of(url: str) -> SqlOutbox:
    """The outbox, with the smallest mails and events."""
    return SqlOutbox(open_engine(url), letter=letter, sent=sent_event)


def channel_of(port: int) -> SmtpChannel:
    """The way to the mail server of the test."""
    settings = SmtpSettings(host="127.0.0.1", port=port, security=Security.NONE)
    return SmtpChannel(settings=settings, sender=SENDER)


def a_mail(number: int) -> OutboxMail:
    """One of many reminders, the same for whoever derives it."""
    return OutboxMail(
        key=f"op_agenda.1/{number}/2024-06-27-3/ab",
        rule="op_agenda",
        rule_version=1,
        due=DAY,
        subject_type="behandeling",
        subject_id=f"b{number}",
        kenmerk=str(24_000_000 + number),
        recipient_role="contactpersoon",
        recipient_name="Anna Smit",
        recipient_email="a.smit@regio.example",
        title="Uw punt staat op de agenda",
        reason="U bent contactpersoon.",
        payload={},
    )


def letter(rows: Sequence[StoredMail]) -> Mapping[str, object]:
    """A short mail."""
    message = Message(
        key=rows[0].mail.key,
        recipient=Mailbox(name="Anna Smit", email="a.smit@regio.example"),
        subject="Uw punt staat op de agenda",
        text="Beste Anna,\n\nUw punt staat op de agenda.\n",
    )
    return message.to_dict()


def sent_event(stored: StoredMail) -> EventDraft:
    """The smallest event of a mail that was sent."""
    return EventDraft(
        stream=f"bericht/{stored.id}",
        type="herinnering_verzonden",
        at=now(),
        recorded_at=now(),
        rehearsal=False,
        actor=ErasableText("wie"),
        actor_unverified=True,
    )


if __name__ == "__main__":
    main()
