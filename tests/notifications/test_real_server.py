"""A mail server of the real world (Debian's opensmtpd) between us and the reader: `make soak`.

Without TLS: the opensmtpd of Debian 12 cannot show any certificate (its key process does
not work with OpenSSL 3). Protected lines are tried in `test_misconduct.py`.
"""

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy

import pytest

from notifications.bounce import read_bounce
from notifications.channels import Outcome, Result
from notifications.message import mail_id
from tests.notifications.fakes import NOW, a_message
from tests.notifications.servers import Server
from tests.notifications.test_smtp import a_channel

STARTS = 20.0  # seconds that it may take to start, or to pass on a mail
CONFIG = """
listen on 127.0.0.1 port {port} hostname mx.regio.example
action "on" relay host "smtp://127.0.0.1:{reader}"
match from any for any action "on"
"""


@dataclass(frozen=True, slots=True)
class Mta:
    """A running mail server, its port, and the reader's server behind it."""

    port: int
    reader: Server


@pytest.fixture(scope="module")
def mta(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mta]:
    """Started by the test as a process of its own; without it the test fails and says why."""
    program = shutil.which("smtpd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert program, "opensmtpd is needed for this test (Debian: apt-get install opensmtpd)"
    assert os.geteuid() == 0, "opensmtpd starts as root only; run this test as root"
    folder = tmp_path_factory.mktemp("mta")
    with Server() as reader, socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        settings = folder / "smtpd.conf"
        settings.touch(mode=0o600)
        settings.write_text(CONFIG.format(port=port, reader=reader.port), encoding="ascii")
        free.close()
        with running([program, "-d", "-f", str(settings)], port):
            yield Mta(port, reader)


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """A program that listens on `port`, for as long as the block lasts."""
    program = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: answers(port), "the mail server does not start")
        yield
    finally:
        program.terminate()
        program.wait()


def answers(port: int) -> bool:
    """Whether something listens."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(holds, why: str) -> None:  # type: ignore[no-untyped-def]
    """Wait for something that comes by itself."""
    end = time.monotonic() + STARTS
    while not holds():
        assert time.monotonic() < end, why
        time.sleep(0.05)


def sent(mta: Mta, key: str) -> Outcome:
    """One mail to the mail server."""
    message = a_message(key, name="Jänsen, Zoë")
    return a_channel(mta.port).send(message, at=NOW, about_to_send=lambda: True)


def new_key() -> str:
    """A key of this run alone: the mail server keeps its queue from run to run."""
    return f"proef/{secrets.token_hex(8)}"


def arrived(mta: Mta, key: str) -> bytes:
    """What came to the reader's server about a mail, as soon as it is there."""

    def found() -> list[bytes]:
        return [one for one in mta.reader.received if mail_id(key).encode() in one]

    wait_until(found, "the mail is not passed on")
    return found()[0]


@pytest.mark.soak
def test_a_mail_arrives_whole(mta: Mta) -> None:
    """Every letter and every dot as it was written, under the id that we know it by."""
    key = new_key()
    outcome = sent(mta, key)

    assert outcome.result is Result.SENT, outcome.reason
    wire = arrived(mta, key).replace(b"\r\n..", b"\r\n.")
    mail = message_from_bytes(wire, policy=policy.default)
    body = mail.get_body(("plain",))
    assert str(mail["To"]) == '"Jänsen, Zoë" <p.jansen@regio.example>'
    assert str(mail["Message-ID"]).startswith(f"<{mail_id(key)}@")
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == a_message().text


@pytest.mark.soak
def test_a_bounce_of_a_real_server_finds_its_mail(mta: Mta) -> None:
    """The reader's server knows nobody of that name; what comes back is understood."""
    key = new_key()
    mta.reader.once["RCPT"] = "550 5.1.1 no such user"

    assert sent(mta, key).result is Result.SENT

    found = read_bounce(arrived(mta, key))
    assert found is not None
    assert (found.mail_id, found.final, found.address_fails) == (mail_id(key), True, True)
    assert found.address == "p.jansen@regio.example"
    assert "550 5.1.1 no such user" in found.words
