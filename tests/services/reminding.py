"""A register and its mail, on a day and hour that a test chooses."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from workflow.bootstrap import Access, Register, load_rules, make_post, open_register
from workflow.domain.permissions import Actor
from workflow.engine.rules import Rules
from workflow.services import reminder
from workflow.services.act import Act, perform
from workflow.services.importing import import_files
from workflow.services.once import Answer
from workflow.services.papers import attach
from workflow.services.reminder import Post, TickReport
from workflow.services.session import ZONE
from workflow.settings import SHIPPED, read_settings
from workflow.storage.tables import OutboxRow, table_of

EXAMPLES = SHIPPED / "voorbeelden"
REPORT, PILOT = "24005969", "24004592"
OUTBOX = table_of(OutboxRow)
MORNING = dt.time(8, 0)

Line = tuple[str, str, str]
"""Day, rule, name of the reader."""


@cache
def shipped_rules() -> Rules:
    """The shipped definitions, read once."""
    return load_rules(read_settings({}, {}))


@dataclass(slots=True)
class Reminding:
    """A register, seen at one moment; `at` moves it. Not a rehearsal: the clock itself is moved."""

    opened: Register
    folder: Path

    def at(self, day: str, hour: dt.time = MORNING) -> "Reminding":
        """The same register at another moment, in Amsterdam."""
        moment = dt.datetime.combine(dt.date.fromisoformat(day), hour, ZONE).astimezone(dt.UTC)
        session = replace(self.opened.session, clock=_still(moment))
        return Reminding(replace(self.opened, session=session), self.folder)

    def since(self, day: str) -> "Reminding":
        """The same register, in use since another day."""
        session = replace(self.opened.session, go_live=dt.date.fromisoformat(day))
        return Reminding(replace(self.opened, session=session), self.folder)

    def rehearsing(self, day: str) -> "Reminding":
        """The same register on a fixed day."""
        session = replace(self.opened.session, fixed_day=dt.date.fromisoformat(day))
        return Reminding(replace(self.opened, session=session), self.folder)

    def acting(self, actor: Actor) -> "Reminding":
        """The same register with another user."""
        session = replace(self.opened.session, actor=actor)
        return Reminding(replace(self.opened, session=session), self.folder)

    def set(self, **given: str) -> "Reminding":
        """The same register with other settings."""
        return Reminding(
            replace(self.opened, settings=replace(self.opened.settings, **given)), self.folder
        )

    @property
    def post(self) -> Post:
        return make_post(self.opened)

    def read(self, kenmerk: str) -> "Reminding":
        """The example voorblad, read in now."""
        name = f"voorblad_{kenmerk}.txt"
        files = [(name, (EXAMPLES / name).read_bytes())]
        assert [one.result for one in import_files(self.opened.session, files)] == ["created"]
        return self

    def read_copy(self, kenmerk: str, other: str) -> "Reminding":
        """The example voorblad under another kenmerk, read in now."""
        content = (EXAMPLES / f"voorblad_{kenmerk}.txt").read_bytes()
        files = [(f"{other}.txt", content.replace(kenmerk.encode(), other.encode()))]
        assert [one.result for one in import_files(self.opened.session, files)] == ["created"]
        return self

    def act(self, kenmerk: str, action: str, **given: Any) -> Answer:
        """One act, now; `fields` and `points` by their own names, other values are fields."""
        own = {
            name: given.pop(name) for name in ("points", "gemeente", "happened") if name in given
        }
        return perform(
            self.opened.session, Act(kenmerk=kenmerk, action=action, fields=given, **own)
        )

    def with_papers(self, kenmerk: str, titles: Iterable[str]) -> "Reminding":
        """Papers with these titles, attached now."""
        for title in titles:
            attach(self.opened.session, kenmerk, "stuk.pdf", title.encode(), title=title)
        return self

    def tick(self, *, by_clock: bool = False) -> TickReport:
        """One tick, now."""
        return reminder.run(self.opened.session, self.post, by_clock=by_clock)

    def ticks(self, last: str) -> None:
        """A tick each day, up to and including `last`."""
        day = self.opened.session.today()
        while day <= dt.date.fromisoformat(last):
            self.at(day.isoformat()).tick(by_clock=True)
            day += dt.timedelta(days=1)

    def preview(self, first: str, last: str) -> list[dict[str, Any]]:
        """What stands in the preview."""
        days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        return reminder.preview(self.opened.session, self.post, *days)

    def log(self, kenmerk: str | None = None) -> list[dict[str, Any]]:
        """What stands in the log."""
        return reminder.log(self.opened.session, self.post, kenmerk)

    def lines(self, status: str, kenmerk: str | None = None) -> list[Line]:
        """The log as (day, rule, reader), of one status, sorted."""
        found = [one for one in self.log(kenmerk) if one["status"] == status]
        return sorted((one["due"], one["rule"], one["recipient"]["naam"]) for one in found)

    def sent_bodies(self) -> list[Mapping[str, Any]]:
        """The events of mails that were sent, oldest first."""
        events = self.opened.session.reader.all_events()
        return [one.body for one in events if one.body["type"] == "herinnering_verzonden"]

    def spoil_payloads(self) -> None:
        """Make every mail that waits unreadable, behind the program's back."""
        spoilt = sa.update(OUTBOX).values(payload={"template": "bestaat_niet", "values": {}})
        with self.opened.engine.connect() as connection, connection.begin():
            connection.execute(spoilt)

    def mails(self) -> list[EmailMessage]:
        """The mails that lie in the folder."""
        files = sorted(self.folder.glob("*.eml"))
        return [_read_mail(file.read_bytes()) for file in files]


def _still(moment: dt.datetime) -> Callable[[], dt.datetime]:
    """A clock that stands still."""
    return lambda: moment


def _read_mail(content: bytes) -> EmailMessage:
    """A mail as a mail program reads it."""
    parsed = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(parsed, EmailMessage)
    return parsed


@contextmanager
def reminding(
    url: str, folder: Path, *, since: str, rules: Rules | None = None
) -> Iterator[Reminding]:
    """A new register, in use since a day, that writes its mail into `folder`."""
    given = {"database": url, "mail_folder": str(folder), "user": "Noor de Wit"}
    opened = open_register(read_settings({}, given), Access.CREATE, rules or shipped_rules())
    try:
        yield Reminding(opened, folder).since(since).at(since)
    finally:
        opened.engine.dispose()
