"""One SMTP conversation on `smtplib`, with an end to every wait.

`smtplib` knows the verbs, TLS and AUTH, but waits per packet: a server that drips one
byte now and then holds it for hours. Here each step has a deadline, and the whole
conversation has one too.
"""

import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass

CHUNK = 65_536  # bytes
_DOT_AT_LINE_START = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said; code 0 when it said nothing, or nothing that can be read."""

    code: int = 0
    text: str = ""

    @property
    def positive(self) -> bool:
        """2xx: done, go on."""
        return 200 <= self.code < 300

    @property
    def refused_for_good(self) -> bool:
        """5xx: the same command will be refused again."""
        return 500 <= self.code < 600

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip() if self.code else "geen antwoord"


class _Lines:
    """Reads lines from a socket until a moment; stands in for the file of `smtplib`."""

    def __init__(self, sock: socket.socket, left: Callable[[], float]) -> None:
        self._sock, self._left, self._buffer = sock, left, b""

    def readline(self, limit: int) -> bytes:
        """A whole line, or `limit` bytes of one; b'' when the server closed.

        Raises TimeoutError when the time of this step is up.
        """
        while b"\n" not in self._buffer and len(self._buffer) < limit:
            self._sock.settimeout(self._left())
            received = self._sock.recv(CHUNK)
            if not received:
                return b""  # half a line is no answer
            self._buffer += received
        end = self._buffer.find(b"\n") + 1 or limit
        line, self._buffer = self._buffer[:end], self._buffer[end:]
        return line

    def spoke_or_left(self, seconds: float) -> bool:
        """Whether the server says something, or closes, within `seconds`."""
        if self._buffer:
            return True
        self._sock.settimeout(seconds)
        try:
            self._buffer = self._sock.recv(CHUNK)
        except TimeoutError:
            return False
        except OSError:
            pass
        return True

    def close(self) -> None:
        self._buffer = b""


class Wire(smtplib.SMTP):
    """`smtplib.SMTP` whose every step ends in time. All times are in seconds."""

    def __init__(
        self,
        *,
        host: str,
        hello_as: str,
        longest: float,
        tls_from_start: ssl.SSLContext | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(local_hostname=hello_as)
        self._host = host  # else STARTTLS checks the certificate against an empty name
        self._tls_from_start = tls_from_start
        self._monotonic = monotonic
        self._end_of_all = monotonic() + longest
        self._end_of_step = self._end_of_all

    def allow(self, seconds: float) -> None:
        """The next step may take this long, within the longest time of the whole."""
        self._end_of_step = min(self._monotonic() + seconds, self._end_of_all)
        self.timeout = self._left()

    def _left(self) -> float:
        """Time left for this step; TimeoutError when there is none."""
        left = self._end_of_step - self._monotonic()
        if left <= 0:
            raise TimeoutError("no time left")
        return left

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), self._left())
        # The final dot is a packet of its own: do not keep it until the other side has
        # confirmed the text, which it puts off for 40 ms.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls_from_start is None:
            return plain
        try:
            return self._tls_from_start.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise

    def getreply(self) -> tuple[int, bytes]:
        """As in `smtplib`, reading through the deadline."""
        if self.file is None and self.sock is not None:
            self.file = _Lines(self.sock, self._left)
        return super().getreply()

    def ask(self, command: str, seconds: float) -> Answer:
        """Send one command and give the answer; a lost connection is Answer 0."""
        try:
            self.allow(seconds)
            if self.sock is not None:
                self.sock.settimeout(self._left())
            self.putcmd(command)
            return self._answer()
        except (smtplib.SMTPException, OSError):
            return Answer()

    def push_text(self, content: bytes, seconds: float) -> bool:
        """Send the mail itself, without the final dot. False: it did not all go out."""
        stuffed = _DOT_AT_LINE_START.sub(b"..", content)
        if not stuffed.endswith(b"\r\n"):
            stuffed += b"\r\n"
        try:
            self.allow(seconds)
            for start in range(0, len(stuffed), CHUNK):
                if self.sock is not None:
                    self.sock.settimeout(self._left())
                self.send(stuffed[start : start + CHUNK])
        except (smtplib.SMTPException, OSError):
            return False
        return True

    def still_listening(self, seconds: float) -> bool:
        """Whether the server waits for the rest, as it should, after `seconds`."""
        return isinstance(self.file, _Lines) and not self.file.spoke_or_left(seconds)

    def finish_text(self, seconds: float) -> Answer:
        """Send the final dot. From its first byte on, no answer means doubt."""
        return self.ask(".", seconds)

    def _answer(self) -> Answer:
        code, text = self.getreply()
        words = " ".join(text.decode("utf-8", "replace").split())
        return Answer(code=max(code, 0), text=words[:300])
