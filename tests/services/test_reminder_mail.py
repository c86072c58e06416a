"""The mail that a reader gets, and what the history keeps of it."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from notifications.delivery import SERVER_DOWN
from tests.services.reminding import REPORT, Reminding, reminding, shipped_rules

NOOR = "n.verhaegh@regio.example"


class Mailboxes:
    """A mail server that keeps what it accepts."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], EmailMessage]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        """Keep the readers and the mail."""
        content = envelope.content
        parsed = BytesParser(policy=policy.default).parsebytes(
            content if isinstance(content, bytes) else b""
        )
        assert isinstance(parsed, EmailMessage)
        self.received.append((list(envelope.rcpt_tos), parsed))
        return "250 aangenomen"


@pytest.fixture
def server() -> Iterator[tuple[Mailboxes, str]]:
    """A real mail server on the loopback address, and its port."""
    boxes = Mailboxes()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    controller = Controller(boxes, hostname="127.0.0.1", port=port)
    controller.start()
    yield boxes, str(port)
    controller.stop()


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Reminding]:
    """24005969 was read on 12 June 2024; the reminder about its papers is due the day after."""
    url = f"sqlite:///{tmp_path / 'besluitroute.db'}"
    with reminding(url, tmp_path / "post", since="2024-06-12") as made:
        yield made.read(REPORT).at("2024-06-13")


def plain(mail: EmailMessage) -> str:
    """The text of a mail, on one line."""
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def test_a_mail_says_why_what_and_whom_to_call(register: Reminding) -> None:
    """Everything that its reader needs, in text and in HTML, with a way to the dossier."""
    register.set(base_url="https://besluitroute.regio.example/").tick()

    (mail,) = register.mails()
    assert mail["From"] == "Regio Gooi en Vechtstreek <besluitroute@regio-gv.example>"
    assert mail["Reply-To"].addresses[0].addr_spec == "secretariaat@regio-gv.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = plain(mail)
    for words in (
        "Beste Noor Verhaegh,",
        "Brief aan de gemeenteraden",
        "do 20 juni, 12.00 uur",
        "U bent contactpersoon van voorstel 24005969",
        "https://besluitroute.regio.example/voorstellen/24005969",
        "Bel 000 000 00 00",
    ):
        assert words in text
    html = mail.get_body(("html",))
    assert html is not None
    assert "Brief aan de gemeenteraden" in html.get_content()


def test_over_a_real_mail_server_from_import_to_inbox(
    register: Reminding, server: tuple[Mailboxes, str]
) -> None:
    """Accepted, recorded as sent with the server's words, and in the history."""
    boxes, port = server
    over_smtp = register.set(
        mail="smtp", smtp_host="127.0.0.1", smtp_port=port, smtp_security="geen"
    )

    assert over_smtp.tick().as_json()["sent"] == 1
    assert over_smtp.tick().as_json()["sent"] == 0

    ((readers, mail),) = boxes.received
    assert readers == [NOOR]
    assert "Stukken" in str(mail["Subject"])
    (row,) = [one for one in register.log() if one["status"] == "sent"]
    assert "aangenomen" in row["note"]
    (body,) = register.sent_bodies()
    assert body["inputs"]["rule"] == "stukken_onvolledig"


def test_a_mail_server_that_is_away_is_named_and_nothing_is_lost(register: Reminding) -> None:
    """The mail waits; when the server is back it goes."""
    away = register.set(mail="smtp", smtp_host="127.0.0.1", smtp_port="1", smtp_security="geen")

    report = away.tick()

    assert report.server_down
    assert report.as_json()["waits"] == SERVER_DOWN
    assert {one["status"] for one in register.log() if one["recipient"]["email"]} == {"queued"}
    assert register.at("2024-06-14").tick().as_json()["sent"] == 1


def test_a_test_address_gets_all_mail_and_the_history_says_so(register: Reminding) -> None:
    """Nobody outside is written to, and nobody can later say that they were."""
    register.set(test_address="proef@regio.example").tick()

    (mail,) = register.mails()
    assert mail["To"].addresses[0].addr_spec == "proef@regio.example"
    assert NOOR in plain(mail)
    assert [body["inputs"]["test"] for body in register.sent_bodies()] == [True]


def test_the_history_keeps_no_name_and_no_address(register: Reminding) -> None:
    """The reader stands in the event as a commitment, whose words can be erased."""
    register.tick()
    (body,) = register.sent_bodies()

    assert "verhaegh" not in str(body).casefold()
    assert body["basis"] == "systeem"
    assert body["inputs"]["kenmerk"] == REPORT
    commitment = body["inputs"]["recipient"]["commit"]
    words = register.opened.session.reader.texts([commitment])
    assert words == {commitment: f"Noor Verhaegh <{NOOR}>"}
    (row,) = [one for one in register.log() if one["status"] == "sent"]
    assert body["inputs"]["key"] == row["key"].rpartition("/")[0]  # its last part is the reader


def test_a_mail_that_waits_follows_the_settings_of_the_day_it_leaves(register: Reminding) -> None:
    """The link of a mail is made when it goes out, not when it was put in the outbox."""
    register.set(mail_stop="ja", base_url="http://oud.example").tick()
    register.set(base_url="https://nieuw.example").at("2024-06-14").tick()

    (mail,) = register.mails()
    assert "https://nieuw.example/voorstellen/24005969" in plain(mail)


def test_where_rules_ask_for_it_a_reader_gets_one_mail_a_day(tmp_path: Path) -> None:
    """The papers of two voorstellen come in one mail; log and history have each of them."""
    rules = shipped_rules()
    together = tuple(
        one.model_copy(update={"bundelen": True}) for one in rules.definities.herinneringen
    )
    definities = rules.definities.model_copy(update={"herinneringen": together})
    url = f"sqlite:///{tmp_path / 'samen.db'}"
    bundled = replace(rules, definities=definities)
    with reminding(url, tmp_path / "post", since="2024-06-12", rules=bundled) as made:
        day = made.read(REPORT).read_copy(REPORT, "24005970").at("2024-06-13")
        day.tick()

        (mail,) = day.mails()
        assert str(mail["Subject"]) == "2 herinneringen, over 2 voorstellen"
        assert mail["References"] is None
        text = plain(mail)
        for kenmerk in (REPORT, "24005970"):
            assert f"/voorstellen/{kenmerk}" in text
            assert [one["status"] for one in day.log(kenmerk) if one["recipient"]["email"]] == [
                "sent"
            ]
        assert len(day.sent_bodies()) == 2
        assert len({body["inputs"]["key"] for body in day.sent_bodies()}) == 2


def test_a_mail_about_a_besloten_subject_brings_the_link_only(register: Reminding) -> None:
    """Also when it was declared after the mail was put in the outbox; no calendar goes along."""
    register.set(mail_stop="ja").tick()
    register.act(REPORT, "agendeer", datum="2024-06-27")
    register.act(REPORT, "leg_feiten_vast", vertrouwelijk="ja")
    register.tick()
    register.at("2024-06-24").tick()

    mails = register.mails()
    assert len(mails) == 2
    for mail in mails:
        assert str(mail["Subject"]) == "Bericht over een besloten onderwerp"
        assert f"/voorstellen/{REPORT}" in plain(mail)
        assert "Bel 000 000 00 00" in plain(mail)
        whole = str(mail)
        for word in ("Voortgangsrapportage", "gemeenteraden", "Directie-overleg", "27 juni"):
            assert word not in whole
        assert list(mail.iter_attachments()) == []


def test_what_cannot_become_a_mail_fails_with_a_reason(register: Reminding) -> None:
    """An outbox that was tampered with stops no other mail."""
    register.set(mail_stop="ja").tick()
    register.spoil_payloads()

    assert register.tick().as_json()["failed"] == 1
    (row,) = [one for one in register.log() if one["recipient"]["email"]]
    assert row["status"] == "failed"
    assert "niet te lezen" in row["reason"]
