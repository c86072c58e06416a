"""`reminders` on the command line: what it prints, and how it ends."""

from pathlib import Path

import pytest

from tests.walk.command_line import CommandLine

SHAPE = {"key", "due", "rule", "subject", "recipient", "title", "reason", "status"}
JUNE = ("--from", "2024-06-12", "--to", "2024-06-30")


def mails(folder: Path) -> list[str]:
    """The mails beside the database."""
    return sorted(file.name for file in (folder / "besluitroute-post").glob("*.eml"))


def test_preview_run_and_log_tell_one_story(
    rapportage: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same key is planned, then sent, and never sent again."""
    monkeypatch.setenv("BESLUITROUTE_MAIL_FOLDER", str(tmp_path / "post"))
    planned = rapportage.ask("reminders", "preview", *JUNE)["reminders"]
    later = rapportage.on("2024-06-13")
    ran = later.ask("reminders", "run")["run"]
    again = later.ask("reminders", "run")["run"]
    log = later.ask("reminders", "log")["reminders"]

    assert all(one.keys() >= SHAPE for one in (*planned, *log))
    assert (ran["sent"], again["sent"], ran["waits"]) == (1, 0, None)
    (sent,) = [one["key"] for one in log if one["status"] == "sent"]
    assert sent in [one["key"] for one in planned if one["due"] == "2024-06-13"]
    assert len(list((tmp_path / "post").glob("*.eml"))) == 1
    assert later.ask("reminders", "log", "24005969")["reminders"] == log


def test_mail_lies_beside_the_database(report: CommandLine, tmp_path: Path) -> None:
    """By default nothing leaves the computer: each mail is a file that can be opened."""
    report.on("2024-06-13").ask("reminders", "run")
    (name,) = mails(tmp_path)
    assert name.startswith("stukken_onvolledig_1_24005969_b1_2024-06-20-5_")


def test_people_read_a_table_and_a_sentence(report: CommandLine) -> None:
    """Dutch words for what is to come, what was done, and why nothing happened."""
    assert "gepland" in report.run("reminders", "preview", *JUNE).out
    assert "2 nieuw, 1 verzonden." in report.on("2024-06-13").run("reminders", "run").out
    assert "Van Sam Doornbos is geen e-mailadres bekend." in report.run("reminders", "log").out
    resting = report.on("2024-06-15").run("reminders", "run")
    assert resting.code == 0
    assert "niets te versturen" in resting.out
    assert "weekend" in resting.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("reminders", "preview", "--from", "2024-06-12"), 2),
        (("reminders", "preview", "--from", "2024-06-12", "--to", "morgen"), 2),
        (("reminders", "preview", "--from", "2024-06-12", "--to", "2024-06-11"), 1),
        (("reminders", "log", "99999999"), 1),
        (("reminders", "wis"), 2),
    ],
)
def test_what_cannot_be_asked_ends_with_its_own_code(
    report: CommandLine, words: tuple[str, ...], code: int
) -> None:
    """A command line that cannot be read is 2, a question that has no answer 1."""
    assert report.refused(*words, code=code)["message"]


def test_a_mail_server_that_is_away_ends_with_four(
    report: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script sees that the surroundings failed; the mail waits for the next time."""
    monkeypatch.setenv("BESLUITROUTE_MAIL", "smtp")
    monkeypatch.setenv("BESLUITROUTE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("BESLUITROUTE_SMTP_PORT", "1")
    error = report.on("2024-06-13").refused("reminders", "run", code=4)

    assert error["details"]["retried"] == 1
    monkeypatch.delenv("BESLUITROUTE_MAIL")
    statuses = [one["status"] for one in report.ask("reminders", "log")["reminders"]]
    assert sorted(statuses) == ["queued", "skipped"]
