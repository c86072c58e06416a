"""A register that answers with sample data and remembers what it was asked to do."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.web import paper as papers
from tests.web import sample, sample_acts, sample_lists, sample_migration, sample_reminders
from workflow.bootstrap import load_rules
from workflow.domain.errors import NotFound
from workflow.domain.permissions import Permission
from workflow.services import routes
from workflow.settings import read_settings
from workflow.web.port import File, Json

RULES = load_rules(read_settings({}, {}))


class FakeRegister:
    """Full by default; `empty` holds nothing yet. `refusal` is raised by every act."""

    def __init__(self, *, empty: bool = False) -> None:
        self.empty = empty
        self.refusal: Exception | None = None
        self.done: list[dict[str, Any]] = []
        self.answered: Json = {}
        self.permissions = set(Permission)
        self.fixed_day = False
        self.shown = {
            sample.KENMERK: sample.dossier(),
            "24004101": sample.with_councils() | {"kenmerk": "24004101"},
            "24004592": sample.long_route(),
            "24008888": sample.twelve_steps(),
        }
        self.verdict: Json = {
            "ok": True,
            "events": 131,
            "root": "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
            "checked": ["leaves", "tree", "dossiers", "replay", "checkpoints"],
            "problems": [],
        }

    def today(self) -> date:
        return date(2024, 7, 2)

    def user(self) -> str:
        return "Noor de Wit"

    def organisation(self) -> str:
        return "Regio Gooi en Vechtstreek"

    def rehearsal(self) -> bool:
        return self.fixed_day

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def choices(self) -> Json:
        return sample_lists.CHOICES

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
        if self.empty:
            return []
        found = [row for row in sample_lists.listing() if (search or "") in row["onderwerp"]]
        return found[offset:][: limit or len(found)]

    def dossier(self, kenmerk: str, *, as_of: str | None = None) -> Json:
        if kenmerk not in self.shown:
            raise NotFound("Voorstel", kenmerk)
        return self.shown[kenmerk] | ({"as_of": f"{as_of}T21:59:59Z"} if as_of else {})

    def routes(self) -> list[Json]:
        return routes.routes(RULES)

    def route(self, route_id: str, *, version: int | None = None) -> Json:
        return routes.route(RULES, route_id, version)

    def proof(self, kenmerk: str) -> Json:
        return {
            "ok": self.verdict["ok"],
            "since": "2024-06-28T13:20:00Z",
            "first_seq": 118,
            "last_seq": 131,
            "problems": [one["message"] for one in self.verdict["problems"]],
        }

    def actions(self, kenmerk: str) -> Json:
        self.dossier(kenmerk)
        return sample_acts.actions(kenmerk)

    def act(self, *, kenmerk: str, action: str, **given: Any) -> Json:
        self._refuse()
        self.done.append({"kenmerk": kenmerk, "action": action, **given})
        return {"kenmerk": kenmerk, "from": "do", "to": "pfho", "event": 132, "version": 5}

    def new(self, *, fields: Mapping[str, str], command_id: str | None = None) -> Json:
        self._refuse()
        self.done.append({"action": "new", "fields": dict(fields), "command_id": command_id})
        return {"kenmerk": sample.KENMERK}

    def history(self, kenmerk: str) -> list[Json]:
        return sample_lists.history()

    def council(self, kenmerk: str | None = None) -> list[Json]:
        if self.empty:
            return []
        case = self.shown["24004101"]
        return [
            row | {"kenmerk": "24004101", "onderwerp": "Regiovisie huiselijk geweld"}
            for row in case["raden"]
        ]

    def obligations(
        self,
        *,
        open_only: bool = False,
        owner: str | None = None,
        overleg: str | None = None,
        gemeente: str | None = None,
    ) -> list[Json]:
        if self.empty:
            return []
        late = sample.afspraak(id="a2", soort="rapportage", titel="Voortgangsrapportage 2024-H2",
                               due=None, periode="2024-H2", schuldeiser="de raad van Huizen",
                               bron={"kenmerk": None, "beslispunten": []})  # fmt: skip
        return [sample.afspraak(), late]

    def obligations_sheet(
        self,
        *,
        open_only: bool = False,
        overleg: str | None = None,
        gemeente: str | None = None,
    ) -> str:
        return "Id\r\n" + "".join(f"{one['id']}\r\n" for one in self.obligations())

    def work(self) -> Json:
        if self.empty:
            return {"late": [], "this_week": [], "items": [], "running": [], "meetings": []}
        return sample_lists.work()

    def read(self, files: Sequence[File]) -> list[Json]:
        kinds = {"brief": papers.brief, "foto": papers.unknown}
        return [
            kinds.get(name.split(".")[0], papers.voorblad)() | {"file": name} for name, _ in files
        ]

    def store(
        self,
        files: Sequence[File],
        *,
        route: str | None = None,
        corrections: Mapping[str, str] | None = None,
    ) -> list[Json]:
        self._refuse()
        self.done.append({"files": list(files), "route": route, "corrections": corrections})
        return [one | {"result": "created"} for one in self.read(files)]

    def attach(self, kenmerk: str, filename: str, data: bytes, title: str | None = None) -> Json:
        self._refuse()
        self.done.append({"kenmerk": kenmerk, "file": filename, "data": data, "title": title})
        return {"kenmerk": kenmerk}

    def letters(self) -> list[Json]:
        letter = {"id": "d7", "bestand": "brief.txt", "kind": "raadsmededeling", "kenmerk": None}
        more = {"zaaknummer": "641787", "onderwerp": "Voortgang", "gelezen_op": "2024-06-10"}
        return [] if self.empty else [{**letter, **more}]

    def link_letter(self, letter_id: str, kenmerk: str, command_id: str | None = None) -> Json:
        self._refuse()
        self.done.append({"letter": letter_id, "kenmerk": kenmerk})
        return {"kenmerk": kenmerk}

    def paper(self, kenmerk: str, paper_id: str, version: int) -> tuple[str, str, bytes]:
        return "rapportage één.html", "text/html", b"<script>alert(1)</script>"

    def reminders(self, *, first: date, last: date) -> list[Json]:
        if self.empty:
            return []
        return [
            sample_lists.reminder("2024-07-09", "Uw punt staat op de agenda van het PFHO"),
            sample_lists.reminder(
                "2024-07-15",
                "Bied de brief aan zeven gemeenten aan",
                recipient={"role": "secretariaat", "naam": None, "email": None},
            ),
        ]

    def reminder_calendar(self, first: date, last: date, asked: Mapping[str, str]) -> Json:
        return sample_reminders.calendar(first, last, asked, empty=self.empty)

    def reminder_sheet(self, first: date, last: date, asked: Mapping[str, str]) -> str:
        return "Dag;Stand\r\n"

    def on_time(self, first: date, last: date) -> Json:
        return sample_reminders.on_time(empty=self.empty)

    def on_time_sheet(self, first: date, last: date) -> str:
        return "Wat;Eenheid\r\n"

    def told(self, kenmerk: str) -> Json:
        return sample_reminders.told(kenmerk, empty=self.empty)

    def mail_questions(self) -> list[Json]:
        return [] if self.empty else sample_lists.questions()

    def settle_mail(
        self, key: str, settlement: str, *, reason: str | None = None, address: str | None = None
    ) -> Json:
        if self.refusal:
            raise self.refusal
        self.done.append(
            {"key": key, "settlement": settlement, "reason": reason, "address": address}
        )
        return {"key": key, "from": "unsure", "to": settlement}

    def failing_addresses(self) -> list[Json]:
        return [] if self.empty else sample_lists.FAILING

    def clear_address(self, address: str) -> Json:
        if self.refusal:
            raise self.refusal
        self.done.append({"works": address})
        return {"address": address}

    def calendar(self, token: str) -> bytes:
        if token != "geheim":
            raise NotFound("Agenda", "dit adres")
        return b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"

    def question(self, secret: str) -> Json:
        if secret != "geheim":
            raise NotFound("Vraag", "dit adres")
        return sample_lists.QUESTION | self.answered

    def answer(self, secret: str, word: str, day: date | None, words: str) -> Json:
        if self.refusal:
            raise self.refusal
        self.done.append({"secret": secret, "word": word, "day": day, "words": words})
        return self.question(secret)

    def reminder_log(self, kenmerk: str | None = None) -> list[Json]:
        if self.empty:
            return []
        return [
            sample_lists.reminder(
                "2024-06-25",
                "Stukken nog niet compleet voor het DO",
                status="sent",
                answer="lever_op",
                answer_date="2024-06-27",
            ),
            sample_lists.reminder("2024-06-26", "Stukken ontbreken", status="unsure"),
        ]

    def verify(self) -> Json:
        return self.verdict

    def definitions(self) -> list[Json]:
        return sample_migration.definitions()

    def migration(self, route: str, *, old: int, new: int, mapping: Mapping[str, str]) -> Json:
        return sample_migration.migration(route, old, new, dict(mapping))

    def migrate(self, route: str, **given: Any) -> Json:
        self._refuse()
        self.done.append({"route": route, **given})
        return {"totals": {"gemigreerd": 18, "niet_gemigreerd": 2}}

    def vergaderingen(self) -> list[Json]:
        return [] if self.empty else sample_lists.vergaderingen()

    def _refuse(self) -> None:
        if self.refusal is not None:
            raise self.refusal
