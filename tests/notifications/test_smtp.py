"""Each way in which a conversation with a mail server can end."""

import asyncio
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from notifications.channels import Outcome, Result
from notifications.message import Mailbox, Message
from notifications.smtp import Security, SmtpChannel, SmtpFault, SmtpSettings
from notifications.wire import Wire
from tests.notifications.fakes import NOW, SENDER, a_message
from tests.notifications.servers import CLOSE, HANG, Server

PATIENT = 10.0  # seconds, for servers that do answer: also on a busy machine
QUICK = 0.6  # seconds that a silent server gets in these tests


def a_channel(port: int, **settings: Any) -> SmtpChannel:
    """A channel to a server on this machine."""
    patience = {"connect": PATIENT, "answer": PATIENT, "final": PATIENT, "longest": 30.0}
    security, tls = settings.pop("security", Security.NONE), settings.pop("tls", None)
    return SmtpChannel(
        settings=SmtpSettings(
            host="127.0.0.1", port=port, security=security, **{**patience, **settings}
        ),
        sender=SENDER,
        tls=tls,
    )


def send(
    channel: SmtpChannel,
    message: Message | None = None,
    about_to_send: Callable[[], bool] = lambda: True,
) -> Outcome:
    """Send one mail now."""
    return channel.send(message or a_message(), at=NOW, about_to_send=about_to_send)


def test_a_good_conversation_says_each_verb_once() -> None:
    """The reader's server gets the mail once, with the dot at a line start kept."""
    with Server() as server:
        outcome = send(a_channel(server.port))

    assert outcome == Outcome(result=Result.SENT, reason="Aangenomen: 250 aangenomen als 42")
    assert server.verbs == ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"]
    assert b"\r\n..een regel" in server.received[0]


def test_sending_is_recorded_after_rcpt_and_before_data() -> None:
    """The moment of no return lies between the accepted reader and the first byte of text."""
    with Server() as server:
        said: list[list[str]] = []

        def record() -> bool:
            said.append(list(server.verbs))
            return True

        send(a_channel(server.port), about_to_send=record)

    assert said == [["EHLO", "MAIL", "RCPT"]]


def test_a_cancelled_mail_stops_before_its_text() -> None:
    """What was cancelled while the server was being asked never leaves."""
    with Server() as server:
        outcome = send(a_channel(server.port), about_to_send=lambda: False)

    assert outcome.result is Result.WITHDRAWN
    assert server.verbs[-1] == "QUIT"
    assert server.received == []


def test_a_refused_reader_never_reaches_the_moment_of_no_return() -> None:
    """An unknown mailbox is known for good before anything is sent."""
    with Server(RCPT="550 onbekend postvak") as server:
        outcome = send(a_channel(server.port), about_to_send=lambda: pytest.fail("too early"))

    assert "550 onbekend postvak" in outcome.reason


def test_nobody_listens() -> None:
    """A server that is away is the server's fault and not the mail's."""
    with Server() as server:
        port = server.port
    outcome = send(a_channel(port))

    assert (outcome.result, outcome.server_failed) == (Result.RETRY, True)


def test_a_required_protected_line_is_never_replaced_by_an_open_one() -> None:
    """Without STARTTLS on offer nothing is said about the mail."""
    with Server() as server:
        outcome = send(a_channel(server.port, security=Security.STARTTLS))

    assert (outcome.result, outcome.server_failed) == (Result.RETRY, True)
    assert "STARTTLS" in outcome.reason
    assert "MAIL" not in server.verbs


def test_a_password_never_goes_over_an_open_line() -> None:
    """The settings refuse it before a connection is made."""
    with pytest.raises(ValueError, match="wachtwoord over een open lijn"):
        SmtpSettings(host="mail.example", username="post", security=Security.IF_OFFERED)


def test_a_password_is_not_shown() -> None:
    """Settings that end up in a log do not give it away."""
    settings = SmtpSettings(
        host="mail.example", username="post", password="geheim", security=Security.TLS
    )
    assert "geheim" not in repr(settings)


@pytest.mark.parametrize("answer", ["535 onjuist", CLOSE, HANG])
def test_a_refused_password_is_named(answer: str) -> None:
    """The functional manager reads what to mend, also when the server just hangs up."""
    settings = SmtpSettings(
        host="127.0.0.1", port=1, username="post", password="x", security=Security.TLS
    )
    channel = SmtpChannel(settings=settings, sender=SENDER)
    with Server(EHLO="250-hallo\r\n250 AUTH PLAIN", AUTH=answer) as server:
        wire = Wire(host="127.0.0.1", hello_as="regio.example", longest=QUICK)
        wire.connect("127.0.0.1", server.port)
        with pytest.raises(SmtpFault, match="weigert de aanmelding"):
            channel._log_in(wire, "Mailserver")
        wire.close()


class AnyPort(Controller):
    """A real SMTP server on a free port of its own choice."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


class Keeper:
    """A handler for a real SMTP server that keeps what it took."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802
        """Take the mail."""
        self.envelopes.append(envelope)
        return "250 OK"


def test_a_real_server_receives_what_was_written() -> None:
    """Envelope, names, subject and both texts arrive as they were meant."""
    keeper = Keeper()
    server = AnyPort(keeper, hostname="127.0.0.1", port=0)
    server.start()
    try:
        message = a_message(name="Jänsen, Zoë")
        outcome = send(a_channel(server.port), message)
    finally:
        server.stop()

    (envelope,) = keeper.envelopes
    assert isinstance(envelope.content, bytes)
    mail = message_from_bytes(envelope.content, policy=policy.default)
    body = mail.get_body(preferencelist=("plain",))
    assert outcome.result is Result.SENT
    assert envelope.mail_from == "secretariaat@regio.example"
    assert envelope.rcpt_tos == ["p.jansen@regio.example"]
    assert str(mail["To"]) == '"Jänsen, Zoë" <p.jansen@regio.example>'
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == message.text


def test_a_failed_handshake_never_goes_on_in_the_clear() -> None:
    """Who cannot prove to be the mail server hears nothing about the mail."""
    with Server(EHLO="250-hallo\r\n250 STARTTLS", STAR="220 begin maar") as server:
        outcome = send(a_channel(server.port, security=Security.STARTTLS))

    assert (outcome.result, outcome.server_failed) == (Result.RETRY, True)
    assert "MAIL" not in server.verbs


def test_a_reader_outside_ascii_is_refused_before_any_server_is_asked() -> None:
    """An address that mail cannot carry is a fault of the address."""
    with pytest.raises(ValueError, match="geen bruikbaar e-mailadres"):
        Mailbox(email="zoë@regio.example")
