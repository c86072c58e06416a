"""The file channel leaves whole files, and none can be switched to."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from notifications.channels import FileChannel, NoChannel, Result
from notifications.message import file_name
from tests.notifications.fakes import NOW, SENDER, a_message


def a_channel(folder: Path) -> FileChannel:
    """A file channel in a folder that may not exist yet."""
    return FileChannel(folder=folder, sender=SENDER)


def test_a_mail_becomes_one_file_that_a_mail_program_opens(tmp_path: Path) -> None:
    """The default way out needs no mail server."""
    outcome = a_channel(tmp_path / "post").send(a_message(), at=NOW, about_to_send=lambda: True)
    (file,) = (tmp_path / "post").iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)

    assert outcome.result is Result.SENT
    assert file.name == file_name(a_message().key)
    assert file.name in outcome.reason
    assert mail["Subject"] == a_message().subject


def test_sending_is_recorded_before_the_file_gets_its_name(tmp_path: Path) -> None:
    """At the moment of no return no reader of the folder sees the mail yet."""
    seen: list[list[str]] = []

    def record() -> bool:
        seen.append([path.name for path in tmp_path.glob("*.eml")])
        return True

    channel = a_channel(tmp_path)
    channel.send(a_message(), at=NOW, about_to_send=record)

    assert seen == [[]]
    assert channel.delivered(a_message())


def test_a_cancelled_mail_leaves_no_file(tmp_path: Path) -> None:
    """Nothing is left, not even a draft."""
    channel = a_channel(tmp_path)
    outcome = channel.send(a_message(), at=NOW, about_to_send=lambda: False)

    assert outcome.result is Result.WITHDRAWN
    assert list(tmp_path.iterdir()) == []
    assert not channel.delivered(a_message())


def test_writing_twice_gives_one_file(tmp_path: Path) -> None:
    """The name follows from the key."""
    for _ in range(2):
        a_channel(tmp_path).send(a_message(), at=NOW, about_to_send=lambda: True)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_nobodys_mail_fault(tmp_path: Path) -> None:
    """The mail waits until the folder is mended."""
    (tmp_path / "post").write_text("een bestand op de plaats van de map")
    outcome = a_channel(tmp_path / "post").send(
        a_message(), at=NOW, about_to_send=lambda: pytest.fail("too early")
    )
    assert (outcome.result, outcome.server_failed) == (Result.RETRY, True)
    assert "niet te schrijven" in outcome.reason


def test_no_channel_sends_nothing_and_says_so() -> None:
    """Mail can be off while reminders are still derived and logged."""
    outcome = NoChannel().send(a_message(), at=NOW, about_to_send=lambda: pytest.fail("too early"))

    assert outcome.result is Result.SKIPPED
    assert not NoChannel().delivered(a_message())
