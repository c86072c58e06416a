"""Mail servers that misbehave, one verb at a time, on the loopback address."""

import socket
import threading
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
    "DATA": "354 ga je gang",
    "TEXT": "",  # said as soon as the text begins to come in
    "DOT": "250 aangenomen als 42",
    "QUIT": "221 dag",
}


class Server:
    """Answers each verb as scripted; `received` holds every text whose dot arrived."""

    def __init__(self, **script: str) -> None:
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
        """One connection after the other."""
        while True:
            conversation, _ = self._listener.accept()
            with conversation:
                if self._over.is_set():
                    return
                try:
                    self._converse(conversation)
                except (OSError, EOFError):
                    continue

    def _converse(self, line: socket.socket) -> None:
        """Commands in, scripted answers out, until someone hangs up."""
        lines = line.makefile("rb")
        self._say(line, "CONNECT")
        while command := lines.readline():
            verb = command[:4].decode().strip().upper()
            self.verbs.append(verb)
            self._say(line, verb)
            if verb == "QUIT":
                return
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
        answer = self.script.get(verb, CLOSE)
        if answer == CLOSE:
            raise EOFError
        if answer == HANG:
            self._over.wait(5)
            raise EOFError
        if answer in {DRIP, ENDLESS}:
            part = b"2" if answer == DRIP else b"250-nog meer\r\n"
            while not self._over.wait(0.01):
                line.sendall(part)
            raise EOFError
        line.sendall(answer.encode() + b"\r\n")
