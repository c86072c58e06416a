"""Each mail once: retried when that is safe, doubtful when it is not."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from notifications.channels import FileChannel, NoChannel, Outcome, Result
from notifications.delivery import (
    SERVER_DOWN,
    STOPPED,
    DeliverySettings,
    Ended,
    deliver,
    next_try,
)
from notifications.message import Mailbox
from notifications.outbox import MAY_FOLLOW, OutboxState
from notifications.smtp import SmtpSettings
from tests.notifications.fakes import (
    NOW,
    SENDER,
    Clock,
    MemoryOutbox,
    ScriptedChannel,
    a_message,
)

SETTINGS = DeliverySettings()
RETRY = Outcome(result=Result.RETRY, reason="450 later")
SERVER = Outcome(result=Result.RETRY, reason="niet bereikbaar", server_failed=True)
ENDINGS = [
    (Outcome(result=Result.SENT), "sent", Ended.SENT),
    (RETRY, "queued", Ended.RETRIED),
    (Outcome(result=Result.REFUSED, reason="550"), "failed", Ended.FAILED),
    (Outcome(result=Result.UNSURE, reason="?"), "unsure", Ended.UNSURE),
    (Outcome(result=Result.SKIPPED, reason="uit"), "skipped", Ended.SKIPPED),
    (SERVER, "queued", Ended.RETRIED),
]


def three() -> MemoryOutbox:
    """An outbox with three mails."""
    return MemoryOutbox(a_message("a"), a_message("b"), a_message("c"))


@pytest.mark.parametrize(("outcome", "state", "ended"), ENDINGS)
def test_each_ending_is_recorded(outcome: Outcome, state: str, ended: Ended) -> None:
    """What the channel knows is what the outbox says, with the reason."""
    outbox = MemoryOutbox(a_message())
    report = deliver(outbox, ScriptedChannel(outcome), settings=SETTINGS, clock=Clock())

    assert outbox.row.state == state
    assert outbox.row.reason == outcome.reason
    assert report.counts[ended] == 1


def test_a_mail_that_was_sent_is_not_sent_again() -> None:
    """A second run finds nothing to do."""
    outbox, channel = three(), ScriptedChannel()
    for _ in range(2):
        deliver(outbox, channel, settings=SETTINGS, clock=Clock())

    assert [message.key for message in channel.sent] == ["a", "b", "c"]


def test_pauses_grow_and_end() -> None:
    """A mail that is refused for now is tried seven times over almost two days, then failed."""
    outbox, clock = MemoryOutbox(a_message()), Clock()
    channel, waits = ScriptedChannel(*[RETRY] * 10), []
    while outbox.row.state is OutboxState.QUEUED:
        deliver(outbox, channel, settings=SETTINGS, clock=clock)
        waits.append(outbox.row.next_try - clock.moment)
        clock.moment = max(outbox.row.next_try, clock.moment)

    assert waits[:6] == list(SETTINGS.retry_after)
    assert waits[:6] == sorted(waits[:6])
    assert outbox.row.state is OutboxState.FAILED
    assert outbox.row.reason == "Na 7 pogingen gestopt. 450 later"
    assert next_try(7, settings=SETTINGS, now=NOW) is None


def test_a_mail_is_not_tried_before_its_moment() -> None:
    """Greylisting asks for patience."""
    outbox, clock, channel = MemoryOutbox(a_message()), Clock(), ScriptedChannel(RETRY)
    deliver(outbox, channel, settings=SETTINGS, clock=clock)
    clock.advance(timedelta(minutes=4))
    deliver(outbox, channel, settings=SETTINGS, clock=clock)
    assert len(channel.sent) == 1

    clock.advance(timedelta(minutes=1))
    deliver(outbox, channel, settings=SETTINGS, clock=clock)
    assert outbox.states == ["sent"]


def test_one_broken_mail_never_stops_the_rest() -> None:
    """A refused, a doubtful and an unforeseen ending leave the others on their way."""
    outbox = three()
    refused = Outcome(result=Result.REFUSED, reason="550")
    channel = ScriptedChannel(refused, RuntimeError("onvoorzien"))
    deliver(outbox, channel, settings=SETTINGS, clock=Clock())

    assert outbox.states == ["failed", "queued", "sent"]
    assert "RuntimeError" in outbox.rows[2].reason


def test_a_damaged_row_fails_alone() -> None:
    """A stored mail that cannot be read is a failure with a reason."""
    outbox = three()
    outbox.rows[1].payload = {"recipient": {"email": "geen adres"}}
    deliver(outbox, ScriptedChannel(), settings=SETTINGS, clock=Clock())

    assert outbox.states == ["failed", "sent", "sent"]
    assert "geen bruikbaar e-mailadres" in outbox.rows[1].reason


def test_a_server_that_is_away_ends_the_run_and_blames_no_mail() -> None:
    """However long an outage lasts, no mail fails by it."""
    outbox, clock = three(), Clock()
    for _ in range(20):
        report = deliver(outbox, ScriptedChannel(*[SERVER] * 3), settings=SETTINGS, clock=clock)
        clock.advance(timedelta(hours=1))

    assert report.stopped == SERVER_DOWN
    assert report.counts[Ended.RETRIED] == 2
    assert outbox.states == ["queued"] * 3
    assert [row.attempts for row in outbox.rows.values()] == [0, 0, 0]


def test_one_hiccup_of_the_server_does_not_end_the_run() -> None:
    """Only faults in a row say that the server is away."""
    outbox = three()
    deliver(outbox, ScriptedChannel(SERVER), settings=SETTINGS, clock=Clock())
    assert outbox.states == ["queued", "sent", "sent"]


def test_the_mail_stop_stops_all_mail() -> None:
    """Nothing leaves, nothing is lost, and the report says why."""
    outbox, channel = three(), ScriptedChannel()
    stopped = DeliverySettings(enabled=False)
    report = deliver(outbox, channel, settings=stopped, clock=Clock())

    assert report.stopped == STOPPED
    assert channel.sent == []
    assert outbox.states == ["queued"] * 3


def test_with_a_test_address_nobody_else_gets_mail() -> None:
    """All mail goes to that one address."""
    channel = ScriptedChannel()
    settings = DeliverySettings(test_address=Mailbox(email="proef@regio.example"))
    deliver(three(), channel, settings=settings, clock=Clock())

    assert {message.recipient.email for message in channel.sent} == {"proef@regio.example"}
    assert all("Piet Jansen" in message.notices[0] for message in channel.sent)


def test_a_run_sends_no_more_than_agreed() -> None:
    """The rest goes in the next run."""
    outbox = three()
    settings = DeliverySettings(per_run=2)
    deliver(outbox, ScriptedChannel(), settings=settings, clock=Clock())
    assert outbox.states == ["sent", "sent", "queued"]
    deliver(outbox, ScriptedChannel(), settings=settings, clock=Clock())
    assert outbox.states == ["sent"] * 3


def test_a_worker_that_must_stop_ends_between_two_mails() -> None:
    """No mail is cut off."""
    outbox, channel = three(), ScriptedChannel()
    deliver(outbox, channel, settings=SETTINGS, clock=Clock(), stop=lambda: bool(channel.sent))
    assert outbox.states == ["sent", "queued", "queued"]


def test_what_a_dead_worker_only_held_is_sent_by_the_next() -> None:
    """A claim without a send is free again when its lease ends."""
    outbox, clock, channel = MemoryOutbox(a_message()), Clock(), ScriptedChannel()
    outbox.claim(now=clock(), lease_until=clock() + SETTINGS.lease)
    deliver(outbox, channel, settings=SETTINGS, clock=clock)
    assert channel.sent == []

    clock.advance(SETTINGS.lease)
    deliver(outbox, channel, settings=SETTINGS, clock=clock)
    assert outbox.states == ["sent"]


def test_what_a_dead_worker_was_sending_is_never_sent_again_in_silence() -> None:
    """It becomes unsure, with a question for a person, and stays so."""
    outbox, clock, channel = MemoryOutbox(a_message()), Clock(), ScriptedChannel()
    claim = outbox.claim(now=clock(), lease_until=clock() + SETTINGS.lease)
    assert claim is not None
    outbox.mark_sending(claim, now=clock(), lease_until=clock() + SETTINGS.lease)
    for _ in range(3):
        clock.advance(SETTINGS.lease)
        deliver(outbox, channel, settings=SETTINGS, clock=clock)

    assert channel.sent == []
    assert outbox.states == ["unsure"]
    assert "Ga na of de mail is aangekomen" in outbox.row.reason


def test_a_file_that_lies_there_is_proof(tmp_path: Path) -> None:
    """After a crash between writing and recording, the file channel is not in doubt."""
    outbox, clock = MemoryOutbox(a_message()), Clock()
    channel = FileChannel(folder=tmp_path, sender=SENDER)
    claim = outbox.claim(now=clock(), lease_until=clock() + SETTINGS.lease)
    assert claim is not None
    outbox.mark_sending(claim, now=clock(), lease_until=clock() + SETTINGS.lease)
    channel.send(a_message(), at=clock(), about_to_send=lambda: True)
    clock.advance(SETTINGS.lease)
    report = deliver(outbox, channel, settings=SETTINGS, clock=clock)

    assert report.settled == 1
    assert outbox.states == ["sent"]


def test_a_late_answer_still_counts() -> None:
    """A worker that was thought dead and got its answer corrects unsure to sent."""
    outbox, clock = MemoryOutbox(a_message()), Clock()
    claim = outbox.claim(now=clock(), lease_until=clock())
    assert claim is not None
    outbox.mark_sending(claim, now=clock(), lease_until=clock())
    deliver(outbox, ScriptedChannel(), settings=SETTINGS, clock=clock)
    assert outbox.states == ["unsure"]

    assert outbox.mark_sent(claim, now=clock(), receipt="250")
    assert outbox.states == ["sent"]


def test_what_is_cancelled_while_it_is_claimed_does_not_leave() -> None:
    """The work was done in the seconds before the mail left: nobody gets it."""
    outbox = MemoryOutbox(a_message())

    class Cancelling(ScriptedChannel):
        """Someone finishes the work while the server is being asked."""

        def send(self, message, *, at, about_to_send):  # type: ignore[no-untyped-def]
            outbox.cancel(1)
            return super().send(message, at=at, about_to_send=about_to_send)

    channel = Cancelling()
    report = deliver(outbox, channel, settings=SETTINGS, clock=Clock())

    assert channel.sent == []
    assert outbox.states == ["cancelled"]
    assert report.counts[Ended.CANCELLED] == 1


def test_a_fault_after_the_moment_of_no_return_is_doubt() -> None:
    """Whatever breaks in our own code once the text may be out counts as doubt."""
    outbox = MemoryOutbox(a_message())

    class Breaking(ScriptedChannel):
        """Breaks after `sending` was recorded."""

        def send(self, message, *, at, about_to_send):  # type: ignore[no-untyped-def]
            super().send(message, at=at, about_to_send=about_to_send)
            raise RuntimeError("onvoorzien")

    deliver(outbox, Breaking(), settings=SETTINGS, clock=Clock())
    assert outbox.states == ["unsure"]


def test_mail_that_is_switched_off_is_logged_as_skipped() -> None:
    """Every reminder, sent or not, ends in the log with its reason."""
    outbox = MemoryOutbox(a_message())
    deliver(outbox, NoChannel(), settings=SETTINGS, clock=Clock())
    assert (outbox.states, outbox.row.reason) == (["skipped"], "Mail staat uit in de instellingen.")


def test_four_workers_send_each_mail_once() -> None:
    """Workers without a leader share one outbox."""
    outbox = MemoryOutbox(*[a_message(f"mail {number}") for number in range(200)])
    channels = [ScriptedChannel() for _ in range(4)]

    def work(channel: ScriptedChannel) -> None:
        while deliver(outbox, channel, settings=SETTINGS, clock=Clock()).counts[Ended.SENT]:
            pass

    threads = [threading.Thread(target=work, args=(channel,)) for channel in channels]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    keys = [message.key for channel in channels for message in channel.sent]
    assert len(keys) == len(set(keys)) == 200
    assert set(outbox.states) == {"sent"}


def test_the_longest_send_fits_in_the_lease() -> None:
    """No row is taken from a worker that is still busy with it."""
    longest = SmtpSettings(host="mail.example").longest
    assert SETTINGS.lease.total_seconds() >= 2 * longest


def test_users_see_no_machinery() -> None:
    """Claimed and sending are shown as queued; only a bounce undoes what was sent."""
    assert {state.shown for state in OutboxState} == {
        "queued", "sent", "failed", "unsure", "skipped", "cancelled",
    }  # fmt: skip
    assert OutboxState.CLAIMED.shown == OutboxState.SENDING.shown == "queued"
    assert MAY_FOLLOW[OutboxState.SENT] == {OutboxState.FAILED}
