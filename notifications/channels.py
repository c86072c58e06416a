"""How a mail leaves: as a file, not at all, or (in `smtp.py`) over SMTP."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from notifications.message import Mailbox, Message, build_email, file_name


class Result(StrEnum):
    """What a channel knows after one try."""

    SENT = "sent"  # accepted by the other side
    RETRY = "retry"  # certainly not delivered; may be tried again
    REFUSED = "refused"  # certainly not delivered; trying again is of no use
    UNSURE = "unsure"  # may have been delivered
    SKIPPED = "skipped"  # this channel sends nothing
    WITHDRAWN = "withdrawn"  # `about_to_send` said no; nothing was delivered


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The end of one try. `reason` is Dutch and may hold the server's own words.

    `server_failed`: the fault lies with the server or our settings, not with this mail.
    `silent`: it did not answer in the middle of a conversation; one mail may be the cause,
    several in a row are not. `reader_refused`: the reader's address takes no mail.
    """

    result: Result
    reason: str = ""
    server_failed: bool = False
    silent: bool = False
    reader_refused: bool = False


class Channel(Protocol):
    """One way out."""

    def send(self, message: Message, *, at: datetime, about_to_send: Callable[[], bool]) -> Outcome:
        """Deliver one mail and tell what is known of it.

        Calls `about_to_send` exactly once when all is ready and nothing is delivered
        yet; False means: stop, nothing may go out. Raises MessageRefused when the
        message cannot become a correct mail; network and disk faults are outcomes.
        """
        ...

    def delivered(self, message: Message) -> bool:
        """True only when this channel can prove that the mail was delivered."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChannel:
    """Writes each mail as one `.eml` file, whole or not at all. The default.

    The name follows from the key, so a second write replaces the first.
    """

    folder: Path
    sender: Mailbox

    def send(self, message: Message, *, at: datetime, about_to_send: Callable[[], bool]) -> Outcome:
        """SENT with the path; RETRY when the folder cannot be written."""
        content = build_email(message, sender=self.sender, at=at).as_bytes()
        target = self.folder / file_name(message.key)
        draft = self.folder / f".{target.name}.deel"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write_durably(draft, content)
        except OSError as fault:
            return self._not_written(fault)
        if not about_to_send():
            draft.unlink(missing_ok=True)
            return Outcome(result=Result.WITHDRAWN)
        try:
            draft.replace(target)
            _sync_folder(self.folder)
        except OSError as fault:
            return self._not_written(fault)
        return Outcome(result=Result.SENT, reason=f"Geschreven als {target.name}.")

    def delivered(self, message: Message) -> bool:
        """The file is there, complete: it got its name in one step."""
        return (self.folder / file_name(message.key)).is_file()

    def _not_written(self, fault: OSError) -> Outcome:
        return Outcome(
            result=Result.RETRY,
            reason=f"De map {self.folder} is niet te schrijven ({fault.strerror}).",
            server_failed=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoChannel:
    """Sends nothing, and records so."""

    def send(self, message: Message, *, at: datetime, about_to_send: Callable[[], bool]) -> Outcome:
        """Always SKIPPED."""
        return Outcome(result=Result.SKIPPED, reason="Mail staat uit in de instellingen.")

    def delivered(self, message: Message) -> bool:
        """Never."""
        return False


def _write_durably(path: Path, content: bytes) -> None:
    """Write and flush to disk; readable by the owner only."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
