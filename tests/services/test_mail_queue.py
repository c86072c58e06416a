"""Mail in doubt is decided by a person; mail that came back finds its row, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notifications.message import mail_id
from notifications.outbox import OutboxState
from tests.notifications import bounces
from tests.notifications.servers import CLOSE, Server
from tests.services.reminding import OUTBOX, REPORT, Reminding, reminding
from workflow.domain.errors import Conflict, InvalidField, NotFound
from workflow.domain.outbox import Settlement
from workflow.history.verify import verify
from workflow.services import mail_queue
from workflow.storage.mail_desk import writing
from workflow.storage.stored_history import stored_history

NOOR = "n.verhaegh@regio.example"
DESK = "secretariaat@regio-gv.example"


@pytest.fixture
def register(database_url: str, tmp_path: Path) -> Iterator[Reminding]:
    """24005969 was read on 12 June 2024; the reminder about its papers is due the day after."""
    with reminding(database_url, tmp_path / "post", since="2024-06-12") as made:
        yield made.read(REPORT).at("2024-06-13")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Reminding]:
    """The same on SQLite, for what the database has no part in."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, tmp_path / "post", since="2024-06-12") as made:
        yield made.read(REPORT).at("2024-06-13")


def row(register: Reminding, key: str) -> dict[str, Any]:
    """The line of a mail in the log."""
    return next(one for one in register.log() if one["key"] == key)


def doubtful(register: Reminding) -> str:
    """The key of a mail that may have arrived."""
    with Server(DOT=CLOSE) as server:
        over_smtp(register, server).tick()
    (one,) = mail_queue.questions(register.opened.session, register.post.desk)
    assert one["status"] == "unsure"
    return str(one["key"])


def over_smtp(register: Reminding, server: Server) -> Reminding:
    """The register with a mail server."""
    given = {"mail": "smtp", "smtp_host": "127.0.0.1", "smtp_port": str(server.port)}
    return register.set(smtp_security="geen", **given)


def settle(register: Reminding, key: str, word: Settlement, **given: str) -> dict[str, Any]:
    """A person decides."""
    return mail_queue.settle(register.opened.session, register.post.desk, key, word, **given)


def bodies(register: Reminding, kind: str) -> list[Any]:
    """The events of one kind, oldest first; the history holds."""
    with stored_history(register.opened.engine) as history:
        report = verify(history)
    assert report.ok, report.problems
    events = register.opened.session.reader.all_events()
    return [one.body for one in events if one.body["type"] == kind]


def failing(register: Reminding) -> list[dict[str, Any]]:
    """The addresses that take no mail."""
    return mail_queue.failing_addresses(register.opened.session, register.post.desk)


@pytest.mark.parametrize(
    ("word", "status"),
    [(Settlement.SENT, "sent"), (Settlement.QUEUED, "queued"), (Settlement.DROPPED, "skipped")],
)
def test_a_person_decides_once_and_the_history_says_so(
    register: Reminding, word: Settlement, status: str
) -> None:
    """Each of the three decisions is an event; a second one is refused."""
    key = doubtful(register)

    done = settle(register, key, word, reason="Gebeld.")

    assert done == {"key": key, "from": "unsure", "to": status}
    assert row(register, key)["status"] == status
    (body,) = bodies(register, "mail_beslist")
    assert (body["from"], body["to"], body["inputs"]["settlement"]) == ("unsure", status, word)
    assert body["inputs"]["kenmerk"] == REPORT
    assert list(register.opened.session.reader.texts([body["remark"]]).values()) == ["Gebeld."]
    if word is not Settlement.QUEUED:
        with pytest.raises(Conflict, match="anders was eerder"):
            settle(register, key, Settlement.SENT)


def test_what_goes_once_more_goes_also_when_it_is_no_longer_derived(register: Reminding) -> None:
    """A person asked for it: weeks later, with all papers there, the tick still sends it."""
    key = doubtful(register)
    settle(register, key, Settlement.QUEUED)
    register.with_papers(REPORT, ("Brief aan de gemeenteraden", "Voortgangsrapportage"))

    register.at("2024-07-08").tick()

    assert row(register, key)["status"] == "sent"


def test_what_was_dropped_stays_so(register: Reminding) -> None:
    """The rule still derives it; the person said no."""
    key = doubtful(register)
    settle(register, key, Settlement.DROPPED)
    register.at("2024-06-14").tick()
    assert row(register, key)["status"] == "skipped"
    assert register.mails() == []


def test_it_may_go_to_another_address(register: Reminding) -> None:
    """The corrected address gets it; in the event it is a commitment only."""
    key = doubtful(register)
    settle(register, key, Settlement.QUEUED, address="noor@regio.example")
    register.tick()

    (mail,) = register.mails()
    assert mail["To"].addresses[0].addr_spec == "noor@regio.example"
    (body,) = bodies(register, "mail_beslist")
    assert "noor" not in str(body)
    commitment = body["inputs"]["address"]["commit"]
    assert register.opened.session.reader.texts([commitment]) == {commitment: "noor@regio.example"}


@pytest.mark.parametrize(
    ("word", "address", "why"),
    [
        (Settlement.QUEUED, "geen adres", "geen bruikbaar e-mailadres"),
        (Settlement.SENT, "noor@regio.example", "hoort bij ‘nog eens sturen’"),
    ],
)
def test_an_address_that_cannot_be_is_refused_and_nothing_changes(
    small: Reminding, word: Settlement, address: str, why: str
) -> None:
    """The mail still waits for its decision."""
    key = doubtful(small)
    with pytest.raises(InvalidField, match=why):
        settle(small, key, word, address=address)
    assert row(small, key)["status"] == "unsure"


# --- mail that came back -----------------------------------------------------------------


def dropped(register: Reminding, form: str, **given: str) -> Reminding:
    """The register, with a bounce of its only sent mail in its folder."""
    sent = [one["key"] for one in register.log() if one["status"] == "sent"]
    folder = register.folder.parent / "terug"
    folder.mkdir(exist_ok=True)
    number = len(list(folder.rglob("*.eml")))
    content = bounces.written(form, id=mail_id(sent[0]), **given)
    (folder / f"{number}.eml").write_bytes(content.replace(b"a.smit", b"n.verhaegh"))
    return register.set(bounce_folder=str(folder))


def to_desk(register: Reminding) -> list[Any]:
    """The mails that went to the secretariaat."""
    mails = register.mails()
    return [one for one in mails if one["To"].addresses[0].addr_spec == DESK]


def test_a_bounce_returns_to_its_mail_and_marks_the_address(register: Reminding) -> None:
    """Failed with the server's words, an event, one mail to the secretariaat; read once."""
    register.tick()
    back = dropped(register, bounces.POSTFIX)
    for _ in range(2):
        back.tick()

    (one,) = mail_queue.questions(back.opened.session, back.post.desk)
    assert one["status"] == "failed"
    assert "550 5.1.1" in one["note"]
    (body,) = bodies(back, "herinnering_teruggekomen")
    assert (body["from"], body["to"]) == ("sent", "failed")
    assert "verhaegh" not in str(body)
    assert [str(one["Subject"]) for one in to_desk(back)] == [f"E-mailadres werkt niet: {NOOR}"]
    (marked,) = failing(back)
    assert (marked["address"], marked["since"]) == (NOOR, "2024-06-13")


def test_later_mail_for_a_failing_address_goes_to_the_secretariaat_and_says_so(
    register: Reminding,
) -> None:
    """Its reader stands above it; until a person says that the address works again."""
    register.tick()
    back = dropped(register, bounces.EXIM)
    back.tick()

    back.at("2024-06-19").tick()

    passed_on = [one for one in to_desk(back) if "werkt niet" not in str(one["Subject"])]
    assert passed_on
    for mail in passed_on:
        text = " ".join(str(mail.get_body(("plain",)).get_content()).split())
        assert f"Deze mail is voor Noor Verhaegh <{NOOR}>. Dat adres neemt geen mail aan" in text
    late = [one for one in back.log() if one["due"] == "2024-06-19" and one["status"] == "sent"]
    assert ["neemt geen mail aan" in one["note"] for one in late] == [True] * len(passed_on)

    mail_queue.clear_address(back.opened.session, back.post.desk, NOOR)
    assert failing(back) == []
    assert len(bodies(back, "adres_werkt")) == 1
    with pytest.raises(NotFound):
        mail_queue.clear_address(back.opened.session, back.post.desk, NOOR)


def test_an_address_that_the_server_refuses_at_once_is_marked_too(register: Reminding) -> None:
    """No bounce is needed when the server itself says that nobody lives there."""
    with Server(once={"RCPT": "550 5.1.1 onbekend"}) as server:
        over_smtp(register, server).tick()

    assert [one["address"] for one in failing(register)] == [NOOR]
    told = [one["rule"] for one in register.log() if one["recipient"]["email"] == DESK]
    assert told == ["adres_faalt"]


@pytest.mark.parametrize("answer", ["550 5.7.1 geen vertrouwen in deze afzender", "450 later"])
def test_a_refusal_for_another_reason_marks_no_address(small: Reminding, answer: str) -> None:
    """A filter that dislikes us, or a queue that is full, says nothing of the address."""
    with Server(RCPT=answer) as server:
        over_smtp(small, server).tick()
    assert failing(small) == []


def test_a_refused_test_address_marks_nobody(small: Reminding) -> None:
    """What the server says of the test address says nothing of the reader."""
    with Server(RCPT="550 5.1.1 onbekend") as server:
        over_smtp(small, server).set(test_address="proef@regio.example").tick()
    assert failing(small) == []


def test_a_warning_and_a_stranger_change_nothing_and_are_put_away(small: Reminding) -> None:
    """Delayed is not failed; what is no bounce lies apart for a person."""
    small.tick()
    back = dropped(small, bounces.POSTFIX, action="delayed", status="4.4.1")
    dropped(small, bounces.OUT_OF_OFFICE)
    back.tick()

    assert {one["status"] for one in back.log() if one["recipient"]["email"]} == {"sent"}
    folder = small.folder.parent / "terug"
    assert (folder / "verwerkt" / "0.eml").is_file()
    assert (folder / "niet-begrepen" / "1.eml").is_file()


def test_a_bounce_that_is_faster_than_the_answer_waits(register: Reminding) -> None:
    """While a mail is under way its bounce stays in the folder, and counts at the next round."""
    register.tick()
    back = dropped(register, bounces.POSTFIX)

    def move(before: OutboxState, after: OutboxState) -> None:
        change = OUTBOX.update().values(status=after.value).where(OUTBOX.c.status == before.value)
        with writing(back.opened.engine) as connection:
            connection.execute(change)

    desk, session = back.post.desk, back.opened.session
    move(OutboxState.SENT, OutboxState.SENDING)
    assert mail_queue.collect(session, desk, back.post.inbox).returned == 0
    move(OutboxState.SENDING, OutboxState.UNSURE)
    assert mail_queue.collect(session, desk, back.post.inbox).returned == 1


def test_a_folder_that_is_not_there_stops_nothing(small: Reminding) -> None:
    """Mail goes out all the same."""
    assert small.set(bounce_folder="bestaat/niet").tick().as_json()["sent"] == 1
