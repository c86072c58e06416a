"""From settings to the way out of mail: a file, a mail server, or nothing."""

from pathlib import Path

from notifications.channels import Channel, FileChannel, NoChannel
from notifications.delivery import DeliverySettings
from notifications.message import Mailbox, MessageRefused
from notifications.smtp import Security, SmtpChannel, SmtpSettings
from workflow.domain.errors import InvalidField
from workflow.engine.rules import Rules
from workflow.settings import SETTINGS, Settings

CHANNELS = ("bestand", "smtp", "geen")
_YES_NO = {"ja": True, "nee": False}


def sender_of(rules: Rules) -> Mailbox:
    """Who the mail comes from: the organisation, at its own address for this program."""
    organisation = rules.definities.organisatie
    return Mailbox(name=organisation.naam, email=organisation.afzender)


def channel_of(settings: Settings, rules: Rules, *, beside: Path | None = None) -> Channel:
    """How mail leaves. `beside`: the folder of the database, where a default folder goes.

    Raises InvalidField, naming the setting, for a value that cannot be.
    """
    sender = sender_of(rules)
    match settings.mail:
        case "bestand":
            return FileChannel(folder=_folder(settings, beside), sender=sender)
        case "smtp":
            return SmtpChannel(settings=_smtp(settings), sender=sender)
        case "geen":
            return NoChannel()
    raise _wrong("mail", f"kies uit: {', '.join(CHANNELS)}.")


def delivery_of(settings: Settings) -> DeliverySettings:
    """The mail stop and the test address. Raises InvalidField, naming the setting."""
    stopped = _YES_NO.get(settings.mail_stop.strip().casefold())
    if stopped is None:
        raise _wrong("mail_stop", "schrijf ja of nee.")
    address = settings.test_address.strip()
    try:
        test = Mailbox(name="Proefadres", email=address) if address else None
    except MessageRefused as refused:
        raise _wrong("test_address", str(refused)) from None
    return DeliverySettings(
        enabled=not stopped, test_address=test, per_minute=_per_minute(settings)
    )


def _per_minute(settings: Settings) -> int | None:
    """Most mails in a minute; None: no limit."""
    text = settings.mail_per_minute.strip()
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) <= 10_000:
        raise _wrong("mail_per_minute", "schrijf een getal van 1 tot en met 10000, of niets.")
    return int(text)


def _folder(settings: Settings, beside: Path | None) -> Path:
    """The folder for files: the default one lies beside the database."""
    folder = Path(settings.mail_folder)
    is_default = settings.mail_folder == SETTINGS["mail_folder"].default
    return beside / folder if is_default and beside is not None else folder


def _smtp(settings: Settings) -> SmtpSettings:
    """The mail server, with its port and protection checked."""
    if not settings.smtp_port.isdecimal() or not 0 < int(settings.smtp_port) < 65536:
        raise _wrong("smtp_port", "schrijf een getal van 1 tot en met 65535.")
    if settings.smtp_security not in list(Security):
        raise _wrong("smtp_security", f"kies uit: {', '.join(Security)}.")
    try:
        return SmtpSettings(
            host=settings.smtp_host,
            port=int(settings.smtp_port),
            security=Security(settings.smtp_security),
            username=settings.smtp_user,
            password=_password(settings),
        )
    except ValueError as refused:
        raise _wrong("smtp_security", str(refused)) from None


def _password(settings: Settings) -> str:
    """The password from its variable, or from the first line of its file."""
    if not settings.smtp_password_file:
        return settings.smtp_password
    if settings.smtp_password:
        raise _wrong("smtp_password_file", "het wachtwoord staat al in een variabele. Kies er een.")
    try:
        lines = Path(settings.smtp_password_file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise _wrong("smtp_password_file", "dit bestand is niet te lezen.") from None
    return lines[0].strip() if lines else ""


def _wrong(name: str, reason: str) -> InvalidField:
    """The refusal of a setting, under the name that people set it by."""
    return InvalidField(SETTINGS[name].variable, reason)
