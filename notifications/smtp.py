"""Mail over SMTP, verb by verb, so that each ending is known for what it is.

    where it fails                             4xx, silence, closed    5xx
    connection, EHLO, STARTTLS, AUTH           retry, server           retry, server
    MAIL (our own sender address)              retry                   retry, server
    RCPT (the reader's address)                retry (greylisting)     refused
    DATA                                       retry                   refused
    the text, before the final dot             retry                   retry
    after the final dot                        4xx: retry              refused
                                               silence, closed: unsure

"server": the fault is the server's or that of our settings, and no mail is blamed.
Source: RFC 5321, 3.3, 4.2.1 and 6.1 (who is responsible after the final dot).
"""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from notifications.bounce import ENHANCED, blames_address
from notifications.channels import Outcome, Result
from notifications.message import Mailbox, Message, build_email
from notifications.wire import Answer, Wire

GOODBYE = 2.0  # seconds that a server may take to answer QUIT
PAUSE_BEFORE_DOT = 0.02  # seconds in which a server that gave up mid-text can still say so


class Security(StrEnum):
    """How the line is protected."""

    NONE = "geen"
    IF_OFFERED = "starttls_indien_mogelijk"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """Where mail goes out. Times in seconds.

    `connect`, `answer`, `final` bound one step each (`final`: the answer after the whole
    mail); `longest` bounds one mail, and must stay under the lease of `DeliverySettings`.
    ValueError when a password would go over an unprotected line.
    """

    host: str
    port: int = 25
    security: Security = Security.IF_OFFERED
    username: str = ""
    password: str = field(default="", repr=False)
    connect: float = 10.0
    answer: float = 30.0
    final: float = 120.0
    longest: float = 240.0

    def __post_init__(self) -> None:
        if self.username and self.security in {Security.NONE, Security.IF_OFFERED}:
            raise ValueError(
                "De mailserver vraagt een wachtwoord over een open lijn. "
                "Kies beveiliging ‘starttls’ of ‘tls’."
            )


class SmtpFault(Exception):
    """The conversation could not even begin; `str(error)` is Dutch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpChannel:
    """One connection per mail: what goes wrong with one never touches the next."""

    settings: SmtpSettings
    sender: Mailbox
    tls: ssl.SSLContext | None = None  # None: the system's certificates

    def send(self, message: Message, *, at: datetime, about_to_send: Callable[[], bool]) -> Outcome:
        """What is known after one conversation, by the table of this module."""
        content = build_email(message, sender=self.sender, at=at).as_bytes()
        wire = self._wire()
        try:
            self._open(wire)
            return self._transfer(wire, message.recipient.email, content, about_to_send)
        except SmtpFault as fault:
            return Outcome(result=Result.RETRY, reason=str(fault), server_failed=True)
        finally:
            wire.close()

    def delivered(self, message: Message) -> bool:
        """SMTP cannot be asked afterwards."""
        return False

    def _wire(self) -> Wire:
        at_once = self._context() if self.settings.security is Security.TLS else None
        return Wire(
            host=self.settings.host,
            hello_as=self.sender.email.rpartition("@")[2],
            longest=self.settings.longest,
            tls_from_start=at_once,
        )

    def _context(self) -> ssl.SSLContext:
        """Certificates are checked, except where encryption is only a bonus."""
        context = self.tls or ssl.create_default_context()
        if self.tls is None and self.settings.security is Security.IF_OFFERED:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _open(self, wire: Wire) -> None:
        """Connect, greet, protect, log in; SmtpFault with the reason when one fails."""
        where = f"Mailserver {self.settings.host}:{self.settings.port}"
        try:
            wire.allow(self.settings.connect)
            _expect(wire.connect(self.settings.host, self.settings.port), where)
            self._greet(wire, where)
            self._protect(wire, where)
            self._log_in(wire, where)
        except smtplib.SMTPServerDisconnected as fault:
            raise SmtpFault(f"{where} verbreekt de verbinding of zwijgt.") from fault
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            raise SmtpFault(f"{where} is niet te gebruiken ({_words(fault)}).") from fault

    def _greet(self, wire: Wire, where: str) -> None:
        wire.allow(self.settings.answer)
        answer = wire.ehlo()
        not_known = 500 <= answer[0] < 600  # a server of before 1995; any other no is a no
        _expect(wire.helo() if not_known else answer, where)

    def _protect(self, wire: Wire, where: str) -> None:
        """STARTTLS where it is required, or offered and wanted."""
        wanted = self.settings.security
        if wanted is Security.STARTTLS or (
            wanted is Security.IF_OFFERED and wire.has_extn("starttls")
        ):
            wire.allow(self.settings.answer)
            if not wire.has_extn("starttls"):
                raise SmtpFault(f"{where} biedt geen beveiligde lijn (STARTTLS) aan.")
            wire.starttls(context=self._context())
            self._greet(wire, where)

    def _log_in(self, wire: Wire, where: str) -> None:
        """Some servers hang up after a wrong password instead of saying so."""
        if not self.settings.username:
            return
        wire.allow(self.settings.answer)
        try:
            wire.login(self.settings.username, self.settings.password)
        except smtplib.SMTPException as fault:
            raise SmtpFault(f"{where} weigert de aanmelding. Controleer het wachtwoord.") from fault

    def _transfer(
        self, wire: Wire, recipient: str, content: bytes, about_to_send: Callable[[], bool]
    ) -> Outcome:
        """MAIL, RCPT, DATA, the text, the dot."""
        seconds = self.settings.answer
        answer = wire.ask(f"MAIL FROM:<{self.sender.email}>", seconds)
        if not answer.positive:
            return _no("de afzender", answer, server_failed=answer.refused_for_good)
        answer = wire.ask(f"RCPT TO:<{recipient}>", seconds)
        if not answer.positive:
            refused = _no("het adres van de ontvanger", answer)
            return replace(refused, reader_refused=_no_such_reader(answer))
        if not about_to_send():
            wire.ask("QUIT", GOODBYE)
            return Outcome(result=Result.WITHDRAWN)
        answer = wire.ask("DATA", seconds)
        if answer.code != 354:
            return _no("de mail", answer)
        if not wire.push_text(content, seconds) or not wire.still_listening(PAUSE_BEFORE_DOT):
            return Outcome(
                result=Result.RETRY,
                reason="De mailserver haakte af tijdens het versturen.",
                silent=True,
            )
        return self._after_dot(wire, wire.finish_text(self.settings.final))

    def _after_dot(self, wire: Wire, answer: Answer) -> Outcome:
        """The one place where silence means doubt."""
        if answer.positive:
            wire.ask("QUIT", GOODBYE)  # politeness; the mail is theirs now
            return Outcome(result=Result.SENT, reason=f"Aangenomen: {answer}")
        if 400 <= answer.code < 600:
            return _no("de mail", answer)
        reason = "De mailserver gaf na het versturen geen antwoord. Ga na of de mail er is."
        return Outcome(result=Result.UNSURE, reason=reason, silent=True)


def _no(what: str, answer: Answer, *, server_failed: bool = False) -> Outcome:
    """Refused for good (5xx) or for now, in one sentence with the server's own words."""
    for_good = answer.refused_for_good and not server_failed
    verb = "weigert" if answer.refused_for_good else "neemt nu niet aan:"
    return Outcome(
        result=Result.REFUSED if for_good else Result.RETRY,
        reason=f"De mailserver {verb} {what} ({answer}).",
        server_failed=server_failed,
        silent=not answer.code,
    )


def _no_such_reader(answer: Answer) -> bool:
    """Whether the address itself was refused, and not this mail or its sender."""
    if not answer.refused_for_good:
        return False
    return blames_address(answer.text) or not ENHANCED.search(answer.text)


def _expect(answer: tuple[int, bytes], where: str) -> None:
    """Raise SmtpFault unless the answer is 2xx."""
    if not 200 <= answer[0] < 300:
        raise SmtpFault(f"{where} is niet beschikbaar (antwoord {answer[0]}).")


def _words(fault: Exception) -> str:
    """The fault in a few words, without a Python class name when there is better."""
    if isinstance(fault, TimeoutError):
        return "geen antwoord"
    return " ".join(str(fault).split())[:200] or type(fault).__name__
