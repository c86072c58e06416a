"""One row per key, one worker per row, and no sent mail without its event; on both databases."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from notifications.outbox import MAY_FOLLOW, Claim, OutboxState, TooFast
from workflow.domain.events import EventDraft, OutboxMail
from workflow.domain.outbox import StoredMail
from workflow.domain.text import ErasableText
from workflow.storage.database import WRITES, open_engine
from workflow.storage.migrate import migrate
from workflow.storage.outbox import SqlOutbox
from workflow.storage.tables import EventRow, OutboxRow, table_of

NOW = dt.datetime(2024, 6, 20, 5, 30, tzinfo=dt.UTC)
LEASE = dt.timedelta(minutes=10)
OUTBOX, EVENT = table_of(OutboxRow), table_of(EventRow)
MAIL = OutboxMail(
    key="op_agenda.1/24005969.b1/2024-06-27-3/ab",
    rule="op_agenda",
    rule_version=1,
    due=dt.date(2024, 6, 20),
    subject_type="behandeling",
    subject_id="b1",
    kenmerk="24005969",
    recipient_role="contactpersoon",
    recipient_name="Anna Smit",
    recipient_email="a.smit@regio.example",
    title="Uw punt staat op de agenda",
    reason="U bent contactpersoon.",
    payload={"template": "op_agenda", "values": {}},
)


def a_mail(number: int = 1, **other: Any) -> OutboxMail:
    """One of several mails."""
    return replace(MAIL, **{"key": f"sleutel/{number}", **other})


def letter(rows: Sequence[StoredMail]) -> Mapping[str, object]:
    """The payload of a claim in these tests: the keys alone."""
    return {"key": "+".join(one.mail.key for one in rows)}


def sent_event(stored: StoredMail) -> EventDraft:
    """The smallest event of a mail that was sent."""
    return EventDraft(
        stream=f"bericht/{stored.id}",
        type="herinnering_verzonden",
        at=NOW,
        recorded_at=NOW,
        rehearsal=False,
        actor=ErasableText("wie"),
        actor_unverified=True,
    )


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An empty register."""
    made = open_engine(database_url)
    migrate(made)
    yield made
    made.dispose()


@pytest.fixture
def outbox(engine: Engine) -> SqlOutbox:
    """Its outbox."""
    return SqlOutbox(engine, letter=letter, sent=sent_event)


def claimed(outbox: SqlOutbox, now: dt.datetime = NOW) -> Claim:
    """The next row, claimed."""
    claim = outbox.claim(now=now, lease_until=now + LEASE)
    assert claim is not None
    return claim


def sending(outbox: SqlOutbox) -> Claim:
    """The next row, with its text about to go over the line."""
    claim = claimed(outbox)
    assert outbox.mark_sending(claim, now=NOW, lease_until=NOW + LEASE)
    return claim


def status(outbox: SqlOutbox) -> list[str]:
    """The status of every row."""
    return [one.mail.status for one in outbox.mails()]


def events(engine: Engine) -> list[str]:
    """The streams of all events."""
    with engine.connect() as connection:
        return list(connection.execute(sa.select(EVENT.c.stream).order_by(EVENT.c.seq)).scalars())


# --- filling -------------------------------------------------------------------------


def test_a_key_is_put_once(outbox: SqlOutbox) -> None:
    """Whoever derives the same reminder again, adds nothing."""
    assert outbox.put([a_mail(1), a_mail(2)], now=NOW) == 2
    assert outbox.put([a_mail(2, title="Anders"), a_mail(3)], now=NOW) == 1
    assert [one.mail.title for one in outbox.mails()] == [MAIL.title] * 3


def test_workers_that_put_at_once_make_one_row(outbox: SqlOutbox) -> None:
    """The unique key decides, not who looked first."""
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: outbox.put([a_mail(1), a_mail(2)], now=NOW), range(16)))

    assert sum(made) == 2
    assert status(outbox) == ["queued", "queued"]


def test_only_a_cancelled_mail_waits_again(outbox: SqlOutbox) -> None:
    """A mail that left, or was skipped, is never put back by deriving it again."""
    outbox.put([a_mail(1), a_mail(2), a_mail(3, status="skipped", note="Valt samen.")], now=NOW)
    outbox.mark_sent(sending(outbox), now=NOW, receipt="250")
    outbox.cancel(outbox.waiting(), now=NOW, reason="Verplaatst.")
    assert status(outbox) == ["sent", "cancelled", "skipped"]

    assert outbox.put([a_mail(1), a_mail(2), a_mail(3)], now=NOW) == 1
    assert status(outbox) == ["sent", "queued", "skipped"]
    assert outbox.mails()[1].mail.note is None


def test_what_is_claimed_may_still_be_cancelled_and_then_does_not_leave(outbox: SqlOutbox) -> None:
    """The work was done a moment before the mail would have gone."""
    outbox.put([a_mail()], now=NOW)
    claim = claimed(outbox)

    assert outbox.cancel(outbox.waiting(), now=NOW, reason="Gedaan.") == 1
    assert not outbox.mark_sending(claim, now=NOW, lease_until=NOW + LEASE)
    assert status(outbox) == ["cancelled"]


def test_what_is_being_sent_cannot_be_cancelled(outbox: SqlOutbox) -> None:
    """Nobody is told that a mail was held back which may have arrived."""
    outbox.put([a_mail()], now=NOW)
    (number,) = outbox.waiting()
    sending(outbox)

    assert outbox.waiting() == {}
    assert outbox.cancel([number], now=NOW, reason="Gedaan.") == 0
    assert status(outbox) == ["sending"]


# --- claiming ------------------------------------------------------------------------


def test_two_workers_never_hold_the_same_row(outbox: SqlOutbox) -> None:
    """Forty mails, eight workers: each row is claimed once."""
    outbox.put([a_mail(number) for number in range(40)], now=NOW)

    def work(_: int) -> list[int]:
        found = []
        while claim := outbox.claim(now=NOW, lease_until=NOW + LEASE):
            found.append(claim.id)
        return found

    with ThreadPoolExecutor(8) as pool:
        taken = [number for part in pool.map(work, range(8)) for number in part]
    taken += work(0)

    assert len(taken) == len(set(taken)) == 40


def test_the_oldest_due_row_is_claimed_first_and_none_before_its_time(outbox: SqlOutbox) -> None:
    """A mail that must wait does not hold up the others."""
    later = NOW + dt.timedelta(minutes=5)
    outbox.put([a_mail(1)], now=NOW)
    outbox.put([a_mail(2)], now=later)

    assert claimed(outbox).payload == {"key": "sleutel/1"}
    assert outbox.claim(now=NOW, lease_until=NOW + LEASE) is None
    assert claimed(outbox, later).payload == {"key": "sleutel/2"}


def test_all_workers_together_keep_the_pace(outbox: SqlOutbox) -> None:
    """Eight workers at once begin five mails in a minute, not five each; then five more."""
    outbox.put([a_mail(number) for number in range(12)], now=NOW)

    def begin(now: dt.datetime) -> int:
        try:
            return int(outbox.claim(now=now, lease_until=now + LEASE, per_minute=5) is not None)
        except TooFast:
            return 0

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(begin, [NOW] * 16)) == 5
        assert sum(pool.map(begin, [NOW + dt.timedelta(seconds=59)] * 8)) == 0
        assert sum(pool.map(begin, [NOW + dt.timedelta(seconds=61)] * 16)) == 5


def test_what_must_stand_is_not_among_what_deriving_may_cancel(outbox: SqlOutbox) -> None:
    """A mail that no rule derives is never taken for one that is no longer needed."""
    outbox.put([a_mail(1), a_mail(2, standing=True)], now=NOW)
    assert list(outbox.waiting().values()) == ["sleutel/1"]


def test_a_limited_worker_leaves_other_rules_alone(outbox: SqlOutbox) -> None:
    """In recess only the rules that ask for it send."""
    outbox.put([a_mail(1), a_mail(2, rule="altijd")], now=NOW)
    limited = outbox.limited_to({"altijd"})

    assert claimed(limited).payload == {"key": "sleutel/2"}
    assert limited.claim(now=NOW, lease_until=NOW + LEASE) is None
    assert limited.limited_to(()).claim(now=NOW, lease_until=NOW + LEASE) is None


def test_a_dead_worker_leaves_a_claim_that_is_free_and_a_send_that_is_doubtful(
    outbox: SqlOutbox,
) -> None:
    """Nothing happens before the lease ends; then what was only claimed goes again."""
    outbox.put([a_mail(1), a_mail(2)], now=NOW)
    left, held = sending(outbox), claimed(outbox)
    assert outbox.recover(now=NOW) == []

    (found,) = outbox.recover(now=NOW + LEASE)

    assert (found.id, found.token) == (left.id, left.token)
    assert status(outbox) == ["sending", "queued"]
    assert not outbox.mark_sending(held, now=NOW, lease_until=NOW + LEASE)  # no longer its own


# --- ending --------------------------------------------------------------------------


def test_a_sent_mail_and_its_event_are_one_thing(engine: Engine, outbox: SqlOutbox) -> None:
    """The row says sent, and the history says so too."""
    outbox.put([a_mail()], now=NOW)
    claim = sending(outbox)

    assert outbox.mark_sent(claim, now=NOW, receipt="250 aangenomen")
    assert not outbox.mark_sent(claim, now=NOW, receipt="250 aangenomen")

    (stored,) = outbox.mails()
    assert (stored.mail.status, stored.mail.note) == ("sent", "250 aangenomen")
    assert stored.ended_at == NOW
    assert events(engine) == [f"bericht/{claim.id}"]


def test_without_its_event_a_mail_is_not_marked_sent(engine: Engine) -> None:
    """When the event cannot be written the row stays in doubt, as it is."""

    def broken(stored: StoredMail) -> EventDraft:
        raise RuntimeError("no event")

    outbox = SqlOutbox(engine, letter=letter, sent=broken)
    outbox.put([a_mail()], now=NOW)
    claim = sending(outbox)

    with pytest.raises(RuntimeError):
        outbox.mark_sent(claim, now=NOW, receipt="250")

    assert status(outbox) == ["sending"]
    assert events(engine) == []


def test_a_late_answer_settles_a_doubt(engine: Engine, outbox: SqlOutbox) -> None:
    """The worker that was thought dead still hears that its mail was accepted."""
    outbox.put([a_mail()], now=NOW)
    claim = sending(outbox)
    assert outbox.mark_unsure(claim, now=NOW, reason="Ga het na.")
    assert outbox.mark_sent(claim, now=NOW, receipt="250")
    assert status(outbox) == ["sent"]


def test_a_mail_that_is_put_back_comes_later_and_counts_its_tries(outbox: SqlOutbox) -> None:
    """A full mailbox counts; a server that is away does not."""
    outbox.put([a_mail()], now=NOW)
    for counted in (True, False, True):
        claim = claimed(outbox)
        assert outbox.put_back(claim, now=NOW, next_try=NOW, reason="Vol.", counted=counted)

    assert claimed(outbox).attempts == 2
    assert outbox.mails()[0].mail.note == "Vol."


@pytest.mark.parametrize("state", list(OutboxState))
def test_no_row_takes_a_step_that_the_port_does_not_know(
    engine: Engine, outbox: SqlOutbox, state: OutboxState
) -> None:
    """Each ending is tried from each state, with the right token; `MAY_FOLLOW` holds."""
    steps: dict[OutboxState, Callable[[Claim], bool]] = {
        OutboxState.SENDING: lambda c: outbox.mark_sending(c, lease_until=NOW + LEASE, now=NOW),
        OutboxState.SENT: lambda c: outbox.mark_sent(c, receipt="250", now=NOW),
        OutboxState.FAILED: lambda c: outbox.mark_failed(c, reason="Nee.", now=NOW),
        OutboxState.UNSURE: lambda c: outbox.mark_unsure(c, reason="Misschien.", now=NOW),
        OutboxState.SKIPPED: lambda c: outbox.mark_skipped(c, reason="Uit.", now=NOW),
        OutboxState.QUEUED: lambda c: outbox.put_back(
            c, next_try=NOW, reason="Vol.", counted=True, now=NOW
        ),
        OutboxState.CANCELLED: lambda c: bool(outbox.cancel([c.id], reason="Weg.", now=NOW)),
    }
    for number, (after, step) in enumerate(steps.items()):
        outbox.put([a_mail(number)], now=NOW)
        claim = _in_state(engine, f"sleutel/{number}", state)
        assert not step(claim) or after in MAY_FOLLOW[state], f"{state} → {after}"


def _in_state(engine: Engine, key: str, state: OutboxState) -> Claim:
    """A row forced into a state, held by a token."""
    change = sa.update(OUTBOX).where(OUTBOX.c.key == key).values(status=state.value, token="t")
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.execute(change)
        number = connection.execute(sa.select(OUTBOX.c.id).where(OUTBOX.c.key == key)).scalar_one()
    return Claim(id=number, token="t", payload={})


# --- reading -------------------------------------------------------------------------


def test_the_log_is_in_order_of_day_and_can_be_of_one_voorstel(outbox: SqlOutbox) -> None:
    """What was due first stands first, whenever it was put in."""
    early = a_mail(1, due=dt.date(2024, 6, 1), kenmerk="24004592")
    outbox.put([a_mail(2), early], now=NOW)

    assert [one.mail.key for one in outbox.mails()] == ["sleutel/1", "sleutel/2"]
    assert [one.mail.key for one in outbox.mails(kenmerk="24005969")] == ["sleutel/2"]
    assert outbox.statuses(["sleutel/1", "sleutel/9"]) == {"sleutel/1": "queued"}
    assert outbox.mails()[0].created_at == NOW
