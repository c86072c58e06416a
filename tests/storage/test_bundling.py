"""One mail a reader a day, each matter with its own row, key and event; on both databases."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.engine import Engine

from notifications.outbox import Claim, OutboxState
from tests.storage.test_outbox import LEASE, NOW, a_mail, events, letter, sent_event, status
from workflow.services.reminder import mail_day
from workflow.storage.bundling import MOMENT, MOST, Bundling
from workflow.storage.database import open_engine
from workflow.storage.migrate import migrate
from workflow.storage.outbox import SqlOutbox

TOMORROW = dt.datetime(2024, 6, 21, 5, 30, tzinfo=dt.UTC)  # 07.30 in Amsterdam
ANNA, PIET = "a.smit@regio.example", "p.jansen@regio.example"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An empty register."""
    made = open_engine(database_url)
    migrate(made)
    yield made
    made.dispose()


@pytest.fixture
def outbox(engine: Engine) -> SqlOutbox:
    """Its outbox, in which `op_agenda` goes together and `los` does not."""
    bundling = Bundling(rules=frozenset({"op_agenda"}), day=mail_day)
    return SqlOutbox(engine, letter=letter, sent=sent_event, bundling=bundling)


def claimed(outbox: SqlOutbox, now: dt.datetime = NOW) -> Claim | None:
    """The next mail."""
    return outbox.claim(now=now, lease_until=now + LEASE)


def send(outbox: SqlOutbox, now: dt.datetime = NOW) -> list[str]:
    """Send all that may leave now; the payloads, in order."""
    sent = []
    while claim := claimed(outbox, now):
        assert outbox.mark_sending(claim, now=now, lease_until=now + LEASE)
        assert outbox.mark_sent(claim, now=now, receipt="250")
        sent.append(str(claim.payload["key"]))
    return sent


def test_the_matters_of_one_reader_leave_in_one_mail(engine: Engine, outbox: SqlOutbox) -> None:
    """Another reader has another mail, another rule as well; every row has its own event."""
    outbox.put(
        [a_mail(1), a_mail(2, recipient_email=PIET), a_mail(3), a_mail(4, rule="los")], now=NOW
    )

    assert send(outbox) == ["sleutel/1+sleutel/3", "sleutel/2", "sleutel/4"]
    assert status(outbox) == ["sent"] * 4
    assert sorted(events(engine)) == [f"bericht/{number}" for number in (1, 2, 3, 4)]


def test_a_second_mail_of_the_day_waits_for_tomorrow_morning(outbox: SqlOutbox) -> None:
    """What comes up in the afternoon does not bring a second mail."""
    outbox.put([a_mail(1)], now=NOW)
    assert send(outbox) == ["sleutel/1"]
    later = NOW + dt.timedelta(hours=8)
    outbox.put([a_mail(2), a_mail(3), a_mail(4, recipient_email=PIET)], now=later)

    assert send(outbox, later) == ["sleutel/4"]
    assert send(outbox, TOMORROW - MOMENT) == []
    assert send(outbox, TOMORROW) == ["sleutel/2+sleutel/3"]


def test_what_a_person_sends_once_more_waits_for_nobody(outbox: SqlOutbox) -> None:
    """A decision is carried out at once, on its own."""
    outbox.put([a_mail(1)], now=NOW)
    send(outbox)
    outbox.put([a_mail(2, standing=True), a_mail(3)], now=NOW)
    assert send(outbox) == ["sleutel/2"]


def test_a_matter_that_is_settled_meanwhile_does_not_leave_with_the_rest(outbox: SqlOutbox) -> None:
    """The mail is made anew without it; the others lose no time."""
    outbox.put([a_mail(1), a_mail(2), a_mail(3)], now=NOW)
    claim = claimed(outbox)
    assert claim is not None
    (second,) = [number for number, key in outbox.waiting().items() if key == "sleutel/2"]
    outbox.cancel([second], now=NOW, reason="Gedaan.")

    assert not outbox.mark_sending(claim, now=NOW, lease_until=NOW + LEASE)
    assert send(outbox) == ["sleutel/1+sleutel/3"]
    assert status(outbox) == ["sent", "cancelled", "sent"]


def test_a_dead_worker_leaves_one_doubt_with_all_its_matters(outbox: SqlOutbox) -> None:
    """Each row becomes unsure under the same mail; the next day brings only what is new."""
    outbox.put([a_mail(1), a_mail(2)], now=NOW)
    claim = claimed(outbox)
    assert claim is not None
    outbox.mark_sending(claim, now=NOW, lease_until=NOW + LEASE)

    (left,) = outbox.recover(now=NOW + LEASE)

    assert (left.ids, left.payload) == (claim.ids, claim.payload)
    outbox.mark_unsure(left, now=NOW + LEASE, reason="?")
    assert status(outbox) == [OutboxState.UNSURE.value] * 2
    outbox.put([a_mail(3)], now=NOW)
    assert send(outbox, NOW + LEASE) == []
    assert send(outbox, TOMORROW) == ["sleutel/3"]


def test_a_refused_try_puts_all_matters_back(outbox: SqlOutbox) -> None:
    """Greylisting asks all of them to come later, and they come together."""
    outbox.put([a_mail(1), a_mail(2)], now=NOW)
    claim = claimed(outbox)
    assert claim is not None
    later = NOW + dt.timedelta(minutes=5)
    outbox.put_back(claim, now=NOW, next_try=later, reason="450", counted=True)

    assert claimed(outbox) is None
    again = claimed(outbox, later)
    assert again is not None
    assert (again.ids, again.attempts) == (claim.ids, 1)


def test_a_mail_does_not_grow_without_end(outbox: SqlOutbox) -> None:
    """Whoever was away for a month gets a readable mail, and the rest the next day."""
    outbox.put([a_mail(number) for number in range(MOST + 3)], now=NOW)
    assert [len(one.split("+")) for one in send(outbox)] == [MOST]
    assert [len(one.split("+")) for one in send(outbox, TOMORROW)] == [3]


def test_eight_workers_make_one_mail_a_reader(outbox: SqlOutbox) -> None:
    """However they come between each other, nobody is written to twice that day."""
    readers = [f"lezer{number}@regio.example" for number in range(6)]
    mails = [a_mail(n, recipient_email=readers[n % 6]) for n in range(60)]
    outbox.put(mails, now=NOW)

    with ThreadPoolExecutor(8) as pool:
        sent = [one for part in pool.map(lambda _: send(outbox), range(8)) for one in part]
    sent += send(outbox, NOW + MOMENT)

    late = send(outbox, TOMORROW)
    assert len(sent) == 6
    assert sorted("+".join(sent + late).split("+")) == sorted(one.key for one in mails)
