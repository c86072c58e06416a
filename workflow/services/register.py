"""The register as pages ask it: one object for one user, plain shapes in and out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflow.documents import read_document
from workflow.domain.outbox import AnswerDesk
from workflow.domain.permissions import Permission
from workflow.engine.terms import vocabulary
from workflow.services import (
    answers,
    audit,
    dossier,
    importing,
    letters,
    mail_queue,
    meeting,
    migration,
    migration_view,
    new,
    on_time,
    owed,
    papers,
    reminder,
    reminder_calendar,
    reminder_story,
    routes,
    work,
)
from workflow.services.act import Act, perform
from workflow.services.feeds import Calendars, calendar_of
from workflow.services.migration_plan import Migration
from workflow.services.reminder import Post
from workflow.services.review import corrected
from workflow.services.session import Session
from workflow.services.sheets import on_time_sheet, owed_sheet, reminder_sheet
from workflow.services.views import Json, paper_view

File = tuple[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRegister:
    """All that pages read and do; see `workflow/web/port.py`.

    `evidence` opens the stored history; `post` is its mail: what goes out, what became of it,
    and where mail is settled; `calendars` where those who follow one find it, `answers` where
    readers of mail answer.
    """

    session: Session
    evidence: audit.Evidence
    post: Post
    calendars: Calendars
    answers: AnswerDesk

    def today(self) -> dt.date:
        return self.session.today()

    def user(self) -> str:
        return self.session.actor.name

    def organisation(self) -> str:
        return self.session.rules.definities.organisatie.naam

    def rehearsal(self) -> bool:
        return self.session.rehearsal

    def may(self, permission: Permission) -> bool:
        return self.session.actor.may(permission)

    def choices(self) -> Json:
        rules = self.session.rules
        pairs = {
            "states": [
                (state.toestand, state.naam) for state in rules.machines["voorstel"].toestanden
            ],
            "overleggen": [(one.code, one.naam) for one in rules.definities.overleggen],
            "routes": [(route.route, route.titel) for route in rules.routes.values()],
            "gemeenten": [(one.code, one.naam) for one in rules.definities.gemeenten],
        }
        return {
            name: [{"value": value, "label": label} for value, label in found]
            for name, found in pairs.items()
        }

    def voorstellen(
        self,
        *,
        state: str | None = None,
        overleg: str | None = None,
        open_only: bool = False,
        search: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Json]:
        return dossier.overview(
            self.session,
            state=state,
            overleg=overleg,
            open_only=open_only,
            search=search,
            limit=limit,
            offset=offset,
        )

    def dossier(self, kenmerk: str, *, as_of: str | None = None) -> Json:
        return dossier.show(self.session, kenmerk, as_of=as_of)

    def proof(self, kenmerk: str) -> Json:
        return audit.prove(self.session, kenmerk)

    def actions(self, kenmerk: str) -> Json:
        return dossier.actions(self.session, kenmerk)

    def act(
        self,
        *,
        kenmerk: str,
        action: str,
        behandeling: str | None = None,
        gemeente: str | None = None,
        afspraak: str | None = None,
        punten: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
        happened: dt.date | None = None,
        remark: str | None = None,
        version: int | None = None,
        command_id: str | None = None,
    ) -> Json:
        asked = Act(
            kenmerk=kenmerk,
            action=action,
            behandeling=behandeling,
            gemeente=gemeente,
            afspraak=afspraak,
            points=punten or {},
            fields=fields or {},
            happened=happened,
            remark=remark,
            seen_version=version,
            command_id=command_id,
        )
        return perform(self.session, asked).as_json()

    def new(self, *, fields: Mapping[str, str], command_id: str | None = None) -> Json:
        return new.new(self.session, fields, command_id=command_id).as_json()

    def history(self, kenmerk: str) -> list[Json]:
        return dossier.history(self.session, kenmerk)

    def council(self, kenmerk: str | None = None) -> list[Json]:
        return dossier.council(self.session, kenmerk)

    def obligations(
        self,
        *,
        open_only: bool = False,
        owner: str | None = None,
        overleg: str | None = None,
        gemeente: str | None = None,
    ) -> list[Json]:
        wanted = owed.Wanted(open_only=open_only, owner=owner, overleg=overleg, gemeente=gemeente)
        return owed.obligations(self.session, wanted)

    def obligations_sheet(
        self,
        *,
        open_only: bool = False,
        overleg: str | None = None,
        gemeente: str | None = None,
    ) -> str:
        found = self.obligations(open_only=open_only, overleg=overleg, gemeente=gemeente)
        return owed_sheet(found)

    def work(self) -> Json:
        return work.work(self.session)

    def read(self, files: Sequence[File]) -> list[Json]:
        found = importing.import_files(self.session, files, dry_run=True)
        return [{**one.as_json(), "text": one.document.text} for one in found]

    def store(
        self,
        files: Sequence[File],
        *,
        route: str | None = None,
        corrections: Mapping[str, str] | None = None,
    ) -> list[Json]:
        self.session.require(Permission.VOORSTEL_BEHEREN, "Inlezen")
        if route is not None:
            self.session.rules.route(route)
        words = vocabulary(self.session.rules.definities)
        found: list[Json] = []
        for name, data in files:
            read = read_document(name, data, words)
            document = corrected(read, corrections or {}, self.session.rules)
            done = importing.store_document(self.session, document, data, route=route)
            found.append(done.as_json())
        return found

    def attach(self, kenmerk: str, filename: str, data: bytes, title: str | None = None) -> Json:
        answer, paper = papers.attach(self.session, kenmerk, filename, data, title=title)
        return {**answer.as_json(), "stuk": paper_view(paper)}

    def letters(self) -> list[Json]:
        return letters.waiting_letters(self.session)

    def link_letter(self, letter_id: str, kenmerk: str, command_id: str | None = None) -> Json:
        return letters.link_letter(
            self.session, letter_id, kenmerk, command_id=command_id
        ).as_json()

    def paper(self, kenmerk: str, paper_id: str, version: int) -> tuple[str, str, bytes]:
        return papers.paper_bytes(self.session, kenmerk, paper_id, version)

    def reminders(self, *, first: dt.date, last: dt.date) -> list[Json]:
        return reminder.preview(self.session, self.post, first, last)

    def reminder_log(self, kenmerk: str | None = None) -> list[Json]:
        return reminder.log(self.session, self.post, kenmerk)

    def reminder_calendar(self, first: dt.date, last: dt.date, asked: Mapping[str, str]) -> Json:
        wanted = reminder_calendar.Wanted(**asked)
        found = reminder_calendar.calendar(self.session, self.post, first, last, wanted)
        return found.as_json()

    def reminder_sheet(self, first: dt.date, last: dt.date, asked: Mapping[str, str]) -> str:
        wanted = reminder_calendar.Wanted(**asked)
        rows = reminder_calendar.both(self.session, self.post, first, last)
        return reminder_sheet(row for row in rows if wanted.takes(row))

    def on_time(self, first: dt.date, last: dt.date) -> Json:
        return on_time.on_time(self.session, self.post, first, last)

    def on_time_sheet(self, first: dt.date, last: dt.date) -> str:
        return on_time_sheet(self.on_time(first, last))

    def told(self, kenmerk: str) -> Json:
        return reminder_story.told(self.session, self.post, kenmerk)

    def mail_questions(self) -> list[Json]:
        return mail_queue.questions(self.session, self.post.desk)

    def settle_mail(
        self, key: str, settlement: str, *, reason: str | None = None, address: str | None = None
    ) -> Json:
        chosen = mail_queue.settlement_of(settlement)
        return mail_queue.settle(
            self.session, self.post.desk, key, chosen, reason=reason, address=address
        )

    def failing_addresses(self) -> list[Json]:
        return mail_queue.failing_addresses(self.session, self.post.desk)

    def clear_address(self, address: str) -> Json:
        return mail_queue.clear_address(self.session, self.post.desk, address)

    def calendar(self, token: str) -> bytes:
        return calendar_of(self.session, self.calendars, token)

    def question(self, secret: str) -> Json:
        return answers.question(self.session, self.answers, secret)

    def answer(self, secret: str, word: str, day: dt.date | None, words: str) -> Json:
        given = answers.Answered(answer=answers.answer_of(word), day=day, words=words)
        return answers.answer(self.session, self.answers, secret, given)

    def verify(self) -> Json:
        return audit.verify(self.session, self.evidence).as_json()

    def routes(self) -> list[Json]:
        self.session.require(Permission.LEZEN, "Bekijk de routes")
        return routes.routes(self.session.rules)

    def route(self, route_id: str, *, version: int | None = None) -> Json:
        self.session.require(Permission.LEZEN, "Bekijk een route")
        return routes.route(self.session.rules, route_id, version)

    def definitions(self) -> list[Json]:
        return migration_view.definitions(self.session)

    def migration(self, route: str, *, old: int, new: int, mapping: Mapping[str, str]) -> Json:
        asked = Migration(route=route, old=old, new=new, mapping=mapping)
        return migration_view.migration(self.session, asked)

    def migrate(
        self,
        route: str,
        *,
        old: int,
        new: int,
        mapping: Mapping[str, str],
        reason: str,
        seen: str,
    ) -> Json:
        asked = Migration(route=route, old=old, new=new, mapping=mapping, reason=reason)
        return migration.migrate(self.session, asked, seen=seen).as_json()

    def vergaderingen(self) -> list[Json]:
        return meeting.meetings(self.session)
