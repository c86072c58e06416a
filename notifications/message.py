"""What is sent: one recipient, one subject, texts, and a key that makes it unique.

A `Message` is a plain value. It is stored in the outbox as JSON and turned into an
e-mail only at the moment of sending, so that a changed sender or test address counts
for mail that already waits.
"""

import hashlib
import html as html_module
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Self

NOTICE_PLACE = "<!-- meldingen -->"  # where the HTML layout wants the notices

MAX_KEY = 400
MAX_NAME = 120
MAX_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
MAX_SUBJECT = 200
MAX_TEXT = 100_000
MAX_HTML = 300_000

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class MessageRefused(ValueError):
    """This can never become a correct e-mail; `str(error)` is Dutch and says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A name and an address, both safe to stand in a header.

    Raises MessageRefused for a line break or other control character, an address that
    is not `local@domain`, letters outside ASCII before the `@`, and for what is too long
    (name 120, address 254 characters). A domain with other letters is kept in its
    IDNA form, as mail servers want it.
    """

    name: str = ""
    email: str

    def __post_init__(self) -> None:
        _refuse_control(self.name, "De naam van de ontvanger", MAX_NAME)
        object.__setattr__(self, "email", _checked_address(self.email))

    def header(self) -> Address:
        """This mailbox for a header: a comma in the name stays part of the name."""
        # '=?' would let a name pretend to be an encoded word and read as another name
        return Address(display_name=self.name.replace("=?", "= ?"), addr_spec=self.email)

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One mail to one reader, with everything but the sender and the moment.

    `key` is unique per mail and decides its Message-ID and file name. `thread` is the
    same for all mail about one dossier ("voorstel/24005969"), so that mail programs
    show them together. `calendar` is a calendar file that goes along. `notices` are lines
    above the text ("Dit is een proefmail").

    Raises MessageRefused when a header would be unsafe, a text is empty or something is
    longer than the limits of this module.
    """

    key: str
    recipient: Mailbox
    subject: str
    text: str
    html: str | None = None
    reply_to: Mailbox | None = None
    thread: str | None = None
    link: str | None = None
    calendar: str | None = None
    notices: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        _refuse_control(self.key, "De sleutel van de mail", MAX_KEY)
        _refuse_control(self.subject, "Het onderwerp van de mail", MAX_SUBJECT)
        if not self.key or not self.subject or not self.text.strip():
            raise MessageRefused("De mail heeft geen sleutel, onderwerp of tekst. Vul deze aan.")
        if (
            max(len(self.text), len(self.calendar or "")) > MAX_TEXT
            or len(self.html or "") > MAX_HTML
        ):
            raise MessageRefused("De tekst van de mail is te lang. Kort de tekst in.")
        for text in (self.text, self.html or "", *self.notices):
            if _CONTROL_IN_TEXT.search(text):
                raise MessageRefused("De tekst van de mail bevat een teken dat niet mag.")

    def to_dict(self) -> dict[str, object]:
        """The message as plain JSON values, for the outbox."""
        return {
            "key": self.key,
            "recipient": _mailbox_to_dict(self.recipient),
            "reply_to": _mailbox_to_dict(self.reply_to) if self.reply_to else None,
            "subject": self.subject,
            "text": self.text,
            "html": self.html,
            "thread": self.thread,
            "link": self.link,
            "calendar": self.calendar,
            "notices": list(self.notices),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, object]) -> Self:
        """The message that `to_dict` gave. Raises MessageRefused when it is not one."""
        recipient = _mailbox_from(stored.get("recipient"))
        notices = stored.get("notices") or []
        if recipient is None or not isinstance(notices, list):
            raise MessageRefused("De bewaarde mail is niet te lezen. Maak hem opnieuw aan.")
        return cls(
            key=_text(stored, "key"),
            recipient=recipient,
            reply_to=_mailbox_from(stored.get("reply_to")),
            subject=_text(stored, "subject"),
            text=_text(stored, "text"),
            html=_text(stored, "html") or None,
            thread=_text(stored, "thread") or None,
            link=_text(stored, "link") or None,
            calendar=_text(stored, "calendar") or None,
            notices=tuple(str(notice) for notice in notices),
        )


def redirected(message: Message, to: Mailbox) -> Message:
    """The same mail for the test address; it says for whom it was meant."""
    meant = f"Dit is een proefmail. In het echt gaat deze mail naar {message.recipient}."
    return replace(
        message,
        recipient=to,
        subject=shortened(f"[proef] {message.subject}", MAX_SUBJECT),
        notices=(meant, *message.notices),
    )


def message_id(key: str, domain: str) -> str:
    """The Message-ID that belongs to `key`: the same key always gives the same one."""
    return f"<{mail_id(key)}@{domain}>"


def mail_id(key: str) -> str:
    """What stands before the @ in the Message-ID of `key`: 40 hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def file_name(key: str) -> str:
    """A file name for `key`: readable, safe on every system, unique, ending in `.eml`."""
    readable = re.sub(r"[^A-Za-z0-9-]+", "_", key).strip("_")[:80]
    return f"{readable}-{hashlib.sha256(key.encode()).hexdigest()[:16]}.eml"


def build_email(message: Message, *, sender: Mailbox, at: datetime) -> EmailMessage:
    """The e-mail as it goes over the line, with text and (when given) HTML.

    `at` becomes the Date header and must be aware; ValueError otherwise. The Message-ID
    follows from the key and the sender's domain alone: sending again gives the same one.
    """
    if at.tzinfo is None:
        raise ValueError("at must be an aware moment")
    domain = sender.email.rpartition("@")[2]
    mail = EmailMessage(policy=MAIL_POLICY)
    mail["From"] = sender.header()
    mail["To"] = message.recipient.header()
    if message.reply_to:
        mail["Reply-To"] = message.reply_to.header()
    mail["Subject"] = message.subject.replace("=?", "= ?")
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id(message.key, domain)
    if message.thread:
        root = message_id(f"thread/{message.thread}", domain)
        mail["In-Reply-To"] = root
        mail["References"] = root
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, no loops
    mail["X-Auto-Response-Suppress"] = "All"  # what Exchange looks at instead
    mail["Content-Language"] = "nl"
    mail.set_content(_text_with_notices(message), cte="quoted-printable")
    if message.html:
        mail.add_alternative(
            _html_with_notices(message.html, message.notices),
            subtype="html",
            cte="quoted-printable",
        )
    if message.calendar:
        mail.add_attachment(
            message.calendar.encode(),
            maintype="text",
            subtype="calendar",
            filename="agenda.ics",
            params={"method": "PUBLISH", "charset": "utf-8"},
        )
    return mail


def shortened(text: str, limit: int) -> str:
    """`text` on one line and at most `limit` characters, with … where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


class _OneLineAddresses(EmailPolicy):
    """Python up to 3.13 drops the quotes of a long name when it folds the line.

    Then `"Jansen, Piet …"` reads as two recipients. A name in ASCII therefore stays on
    one line (at most 400 characters here, the limit is 998); other names are encoded
    words, which fold without harm.
    """

    def fold(self, name: str, value: str) -> str:
        if name.lower() in {"to", "from", "reply-to"} and str(value).isascii():
            return f"{name}: {value}{self.linesep}"
        folded: str = super().fold(name, value)
        return folded

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")


MAIL_POLICY = _OneLineAddresses(linesep="\r\n", cte_type="7bit")


def _checked_address(email: str) -> str:
    """The address with its domain in ASCII, or MessageRefused."""
    local, at, domain = email.rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    labels = ascii_domain.split(".")
    good = (
        at
        and len(email) <= MAX_ADDRESS
        and len(local) <= 64
        and _LOCAL.fullmatch(local)
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) for label in labels)
    )
    if not good:
        shown = shortened(_CONTROL.sub(" ", email), 80)
        raise MessageRefused(f"‘{shown}’ is geen bruikbaar e-mailadres. Verbeter het adres.")
    return f"{local}@{ascii_domain}"


def _refuse_control(value: str, what: str, limit: int) -> None:
    """Raise MessageRefused for a control character or too many characters."""
    if _CONTROL.search(value):
        raise MessageRefused(f"{what} bevat een regeleinde of stuurteken. Haal dat weg.")
    if len(value) > limit:
        raise MessageRefused(f"{what} is langer dan {limit} tekens. Kort deze in.")


def _text_with_notices(message: Message) -> str:
    """The plain text with the notices above it."""
    above = "".join(f"{notice}\n\n" for notice in message.notices)
    return above + message.text.rstrip() + "\n"


def _html_with_notices(page: str, notices: tuple[str, ...]) -> str:
    """The HTML with the notices, escaped, at the place that the layout reserved."""
    style = "margin:0 0 16px;padding:12px 16px;background:#fdf1d8;border-left:4px solid #714500"
    shown = "".join(f'<p style="{style}">{html_module.escape(notice)}</p>' for notice in notices)
    if not shown:
        return page
    return page.replace(NOTICE_PLACE, shown, 1) if NOTICE_PLACE in page else shown + page


def _mailbox_to_dict(mailbox: Mailbox) -> dict[str, str]:
    return {"name": mailbox.name, "email": mailbox.email}


def _mailbox_from(stored: object) -> Mailbox | None:
    """The mailbox in a stored message; None when there is none."""
    if not isinstance(stored, Mapping):
        return None
    return Mailbox(name=_text(stored, "name"), email=_text(stored, "email"))


def _text(stored: Mapping[str, object], name: str) -> str:
    value = stored.get(name)
    return value if isinstance(value, str) else ""
