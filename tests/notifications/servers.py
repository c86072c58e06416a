"""Mail servers that misbehave, one verb at a time, on the loopback address."""

import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

HANG: Final = "hang"  # take the command, say nothing
CLOSE: Final = "close"  # take the command, hang up
DRIP: Final = "drip"  # one byte now and then, never a whole line
ENDLESS: Final = "endless"  # a reply of which every line says that more follows

GOOD: Final = {
    "CONNECT": "220 klaar",
    "EHLO": "250 hallo",
    "HELO": "250 hallo",
    "MAIL": "250 goed",
    "RCPT": "250 goed",
    "STAR": "220 begin maar",
    "AUTH": "235 welkom",
    "DATA": "354 ga je gang",
    "TEXT": "",  # said as soon as the text begins to come in
    "DOT": "250 aangenomen als 42",
    "QUIT": "221 dag",
}


CERTIFICATES: Final = Path(__file__).parents[1] / "data" / "tls"


@cache
def certificate(name: str) -> ssl.SSLContext:
    """What a server shows: `good`, `expired`, of an `other` machine, or signed by it`self`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context


@cache
def trust() -> ssl.SSLContext:
    """A client that trusts the authority of these tests, and nobody else."""
    return ssl.create_default_context(cafile=str(CERTIFICATES / "authority.pem"))


class Server:
    """Answers each verb as scripted; `received` holds every text whose dot arrived.

    `tls`: the certificate with which STARTTLS goes on, or, `at_once`, the whole conversation.
    `once`: what it answers to the first of a verb, before the script holds.
    """

    def __init__(
        self,
        tls: ssl.SSLContext | None = None,
        *,
        at_once: bool = False,
        once: Mapping[str, str] | None = None,
        **script: str,
    ) -> None:
        self.tls, self.at_once = tls, at_once
        self.once = dict(once or {})
        self.script = {**GOOD, **script}
        self.received: list[bytes] = []
        self.verbs: list[str] = []
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        socket.create_connection(("127.0.0.1", self.port)).close()  # wakes accept
        self._thread.join()
        self._listener.close()

    def _listen(self) -> None:
        """Each connection in a thread of its own: who is kept waiting keeps nobody waiting."""
        talks: list[threading.Thread] = []
        while True:
            conversation, _ = self._listener.accept()
            if self._over.is_set():
                conversation.close()
                break
            talks.append(threading.Thread(target=self._talk, args=(conversation,), daemon=True))
            talks[-1].start()
        for talk in talks:
            talk.join()

    def _talk(self, conversation: socket.socket) -> None:
        """One connection, until it ends in whatever way."""
        with conversation, suppress(OSError, EOFError):
            self._converse(conversation)

    def _converse(self, line: socket.socket) -> None:
        """Commands in, scripted answers out, until someone hangs up."""
        if self.tls and self.at_once:
            line = self.tls.wrap_socket(line, server_side=True)
        lines = line.makefile("rb")
        self._say(line, "CONNECT")
        while command := lines.readline():
            verb = command[:4].decode().strip().upper()
            self.verbs.append(verb)
            self._say(line, verb)
            if verb == "QUIT":
                return
            if verb == "STAR" and self.tls:
                line = self.tls.wrap_socket(line, server_side=True)
                lines = line.makefile("rb")
            if verb == "DATA" and self.script["DATA"].startswith("354"):
                self._take_text(line, lines)

    def _take_text(self, line: socket.socket, lines: BinaryIO) -> None:
        """Read up to the dot."""
        if self.script["TEXT"]:
            self._say(line, "TEXT")
        text = b""
        while (part := lines.readline()) != b".\r\n":
            if not part:
                raise EOFError
            text += part
        self.received.append(text)
        self._say(line, "DOT")

    def _say(self, line: socket.socket, verb: str) -> None:
        """The scripted answer, or misconduct."""
        answer = self.once.pop(verb, self.script.get(verb, CLOSE))
        if answer == CLOSE:
            raise EOFError
        if answer == HANG:
            self._over.wait(20)
            raise EOFError
        if answer in {DRIP, ENDLESS}:
            part = b"2" if answer == DRIP else b"250-nog meer\r\n"
            while not self._over.wait(0.01):
                line.sendall(part)
            raise EOFError
        line.sendall(answer.encode() + b"\r\n")
