"""Reads a bounce: which mail came back, whether for good, and whether the address is to blame.

Reports by RFC 3464 are taken at their word. Of a bounce in plain words as much as is sure:
it comes from a mail server, names exactly one mail of ours, and says that it is final. All
else (answers, out-of-office notes, read receipts, warnings) is no bounce here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

MAX_BOUNCE = 2_000_000  # bytes; a bounce brings the mail back at most
MAX_WORDS = 300  # characters of what the server said

_OUR_ID = re.compile(r"<([0-9a-f]{40})@")  # see `notifications.message.mail_id`
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")  # a status by RFC 3463
_FINAL = re.compile(r"(?<![\d.])5(?:\d\d[ -]|\.\d{1,3}\.\d{1,3}\b)")
_SERVER = re.compile(r"(mailer-daemon|postmaster|mail delivery (sub)?system)", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s;<>@\"]+@[^\s;<>@\"]+")
_THE_ADDRESS = re.compile(r"\b5\.(?:[12]\.\d{1,3}|4\.[14])\b")  # RFC 3463: address, mailbox, host


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """One mail that came back.

    `mail_id`: of our mail, see `notifications.message.mail_id`. `final`: it will not
    arrive; else the server still tries. `address_fails`: so will the next one to this
    address. `words`: the server's own, on one line.
    """

    mail_id: str
    final: bool
    address_fails: bool
    address: str | None = None
    words: str = ""


def read_bounce(content: bytes) -> Bounce | None:
    """The bounce in these bytes; None when it is none, or not surely one. Never raises."""
    if len(content) > MAX_BOUNCE:
        return None
    try:
        mail = message_from_bytes(content)
        return _report(mail) or _plain(mail)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # what even the parser of mail cannot take apart is not sure


def _report(mail: Message) -> Bounce | None:
    """A report by RFC 3464: what it says of the one reader of our mail."""
    parts = list(mail.walk())
    status = next((p for p in parts if p.get_content_type() == "message/delivery-status"), None)
    found = _one({one for part in parts for one in _original_ids(part)})
    if status is None or found is None:
        return None
    for block in _blocks(status):
        action = _field(block, "Action").casefold()
        if action not in {"failed", "delayed"}:
            continue
        address = _ADDRESS.search(_field(block, "Final-Recipient").partition(";")[2])
        said = _field(block, "Diagnostic-Code").partition(";")[2] or _explained(parts)
        words = _one_line(said or _field(block, "Status"))
        return Bounce(
            mail_id=found,
            final=action == "failed",
            address_fails=action == "failed"
            and (blames_address(_field(block, "Status")) or blames_address(words)),
            address=address[0] if address else None,
            words=words,
        )
    return None


def _plain(mail: Message) -> Bounce | None:
    """A bounce in words, as far as it is sure."""
    if mail.get_content_type() == "multipart/report" or _is_answer(mail):
        return None
    sender = _field(mail, "From")
    if not _SERVER.search(sender) and _field(mail, "Return-Path") != "<>":
        return None
    text = "\n".join(_texts(mail))
    found = _one(set(_OUR_ID.findall(text)))
    final = _FINAL.search(text)
    if found is None or final is None:
        return None
    line = text[text.rfind("\n", 0, final.start()) + 1 :].partition("\n")[0]
    address = _ADDRESS.search(_field(mail, "X-Failed-Recipients"))
    return Bounce(
        mail_id=found,
        final=True,
        address_fails=blames_address(line),
        address=address[0] if address else None,
        words=_one_line(line),
    )


def _is_answer(mail: Message) -> bool:
    """An out-of-office note, or another answer that a machine gives for a person."""
    return _field(mail, "Auto-Submitted").casefold().startswith("auto-replied")


def blames_address(status: str) -> bool:
    """Whether an enhanced status (RFC 3463) says that this address takes no mail."""
    return bool(_THE_ADDRESS.search(status))


def _original_ids(part: Message) -> Iterator[str]:
    """Our ids in the mail, or its headers, that a report brings back."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = part.get_payload()
        original = inner[0] if isinstance(inner, list) and inner else None
    elif kind == "text/rfc822-headers":
        original = message_from_string(_text(part))
    else:
        return
    if isinstance(original, Message):
        yield from _OUR_ID.findall(_field(original, "Message-ID"))


def _explained(parts: Iterable[Message]) -> str:
    """The line with a code in the words for people; OpenSMTPD has its reason only there."""
    for part in parts:
        if part.get_content_type() == "text/plain":
            return next((one for one in _text(part).splitlines() if _FINAL.search(one)), "")
    return ""


def _blocks(status: Message) -> Iterator[Message]:
    """The groups of fields of a delivery status."""
    inner = status.get_payload()
    if isinstance(inner, list):
        yield from (one for one in inner if isinstance(one, Message))


def _texts(mail: Message) -> Iterator[str]:
    """Every text in a mail, also of a mail within it."""
    for part in mail.walk():
        yield "\n".join(f"{name}: {value}" for name, value in part.items())
        if part.get_content_maintype() == "text":
            yield _text(part)


def _text(part: Message) -> str:
    """The decoded text of one part."""
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _field(mail: Message, name: str) -> str:
    """A header as plain text; '' when it is not there."""
    return str(mail.get(name, "")).strip()


def _one(found: set[str]) -> str | None:
    """The only one; None when there are none or more."""
    return next(iter(found)) if len(found) == 1 else None


def _one_line(words: str) -> str:
    """Printable, on one line, and not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return line[:MAX_WORDS]
