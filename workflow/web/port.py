"""What the pages ask of the register. `workflow/bootstrap.py` puts the real one in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from workflow.domain.permissions import Permission

Json = dict[str, Any]
"""One object in the shape that the command line prints with `--json`."""

File = tuple[str, bytes]
"""A name as the user's computer gave it, and the bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """Where the pages are served, and how much one request may carry.

    `port` is what browsers type: the Host header must name it. `max_body` is in
    bytes: a paper of 20 MB and its form. Counts are per request.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    max_body: int = 21 * 1024 * 1024
    max_fields: int = 1000
    max_files: int = 50


class Register(Protocol):
    """All that pages read and do, for the one configured user.

    Answers are plain dicts and lists in the shapes of the command line's JSON.
    What cannot be is a `WorkflowError`, whose Dutch text is shown as it is.
    Every act checks the permission again; `may` only decides what a page offers.
    """

    def today(self) -> date:
        """The day on which the register acts, in Europe/Amsterdam."""

    def user(self) -> str:
        """The name shown top right."""

    def organisation(self) -> str: ...

    def rehearsal(self) -> bool:
        """Whether `today` is a fixed day; every screen then says so."""

    def may(self, permission: Permission) -> bool:
        """Whether the configured user holds `permission`."""

    def choices(self) -> Json:
        """What the definitions offer, each a list of {"value", "label"}.

        Keys: "states", "overleggen", "routes", "gemeenten".
        """

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
        """`list`: newest first; `limit` rows from `offset`."""

    def dossier(self, kenmerk: str, *, as_of: str | None = None) -> Json:
        """`show`, now or as it was known at the end of the day `as_of` (ISO)."""

    def proof(self, kenmerk: str) -> Json:
        """This dossier's own events, recomputed now.

        {"ok", "since" (moment of its last event), "first_seq", "last_seq",
         "problems" (Dutch sentences)}.
        """

    def actions(self, kenmerk: str) -> Json:
        """`actions`; a field may also carry "label" and "hint"."""

    def act(
        self,
        *,
        kenmerk: str,
        action: str,
        behandeling: str | None = None,
        gemeente: str | None = None,
        afspraak: str | None = None,
        punten: Mapping[str, str] = ...,
        fields: Mapping[str, str] = ...,
        happened: date | None = None,
        remark: str | None = None,
        version: int | None = None,
        command_id: str | None = None,
    ) -> Json:
        """`act`. `punten` maps the number of a beslispunt to a code of a conclusie."""

    def new(self, *, fields: Mapping[str, str], command_id: str | None = None) -> Json:
        """`new`: a voorstel without a document; the answer names its "kenmerk"."""

    def history(self, kenmerk: str) -> list[Json]:
        """The events, oldest first, each with "sentence" (Dutch)."""

    def council(self, kenmerk: str | None = None) -> list[Json]:
        """`council`: the rows, each with "kenmerk"."""

    def obligations(
        self,
        *,
        open_only: bool = False,
        owner: str | None = None,
        overleg: str | None = None,
        gemeente: str | None = None,
    ) -> list[Json]:
        """`obligations`: the afspraken; of one owner, overleg or gemeente (codes) when given."""

    def obligations_sheet(
        self,
        *,
        open_only: bool = False,
        overleg: str | None = None,
        gemeente: str | None = None,
    ) -> str:
        """The same as a table for a spreadsheet."""

    def work(self) -> Json:
        """Mijn werk.

        {"late": [...], "this_week": [...],
         "items": [{"due", "what", "detail", "kenmerk", "onderwerp", "action_label",
                    "action", "behandeling", "late"}],
         "running": [rows of `list`],
         "meetings": [{"date", "overleg", "papers_due", "papers_hour", "points"}]}.
        """

    def read(self, files: Sequence[File]) -> list[Json]:
        """`import --dry-run`: the documents, each with "text" (the paper as read)."""

    def store(
        self,
        files: Sequence[File],
        *,
        route: str | None = None,
        corrections: Mapping[str, str] | None = None,
    ) -> list[Json]:
        """`import`: `corrections` maps a field path, as warnings name it, to its value."""

    def attach(self, kenmerk: str, filename: str, data: bytes, title: str | None = None) -> Json:
        """`attach`: a paper, or the next version of the one with this title."""

    def letters(self) -> list[Json]:
        """Letters that wait for a dossier: {"id", "bestand", "kind", "kenmerk", "zaaknummer",
        "onderwerp", "gelezen_op"}."""

    def link_letter(self, letter_id: str, kenmerk: str, command_id: str | None = None) -> Json:
        """Put a waiting letter in a dossier; the answer is that of `act`."""

    def paper(self, kenmerk: str, paper_id: str, version: int) -> tuple[str, str, bytes]:
        """File name, media type and bytes of one version."""

    def reminders(self, *, first: date, last: date) -> list[Json]:
        """`reminders preview`: both days included."""

    def reminder_calendar(self, first: date, last: date, asked: Mapping[str, str]) -> Json:
        """Plan and log in one, both days included.

        `asked` may have "kenmerk", "rule", "reader" and "status". {"from", "to", "totals" (per
        status), "rules" (each {"value", "label"}), "parts": every day in one of them:
        {"from", "to", "why" (no mail) or None, "today", "reminders"}}.
        """

    def reminder_sheet(self, first: date, last: date, asked: Mapping[str, str]) -> str:
        """The same mails as a table for a spreadsheet."""

    def on_time(self, first: date, last: date) -> Json:
        """`reminders on-time`: what was on time, moved or late, per subject and eenheid."""

    def on_time_sheet(self, first: date, last: date) -> str:
        """The same counts as a table for a spreadsheet."""

    def told(self, kenmerk: str) -> Json:
        """`reminders story`: {"kenmerk", "sent", "questions", "planned", "skipped", "cancelled"
        (all lines of `reminders log`), "not_now": [{"rule", "title", "why"}]}."""

    def reminder_log(self, kenmerk: str | None = None) -> list[Json]:
        """`reminders log`."""

    def mail_questions(self) -> list[Json]:
        """The mails that are unsure or failed, as lines of `reminders log`."""

    def settle_mail(
        self, key: str, settlement: str, *, reason: str | None = None, address: str | None = None
    ) -> Json:
        """`reminders settle`: `settlement` is sent, queued or dropped."""

    def failing_addresses(self) -> list[Json]:
        """The addresses that take no mail: {"address", "since", "reason"}."""

    def clear_address(self, address: str) -> Json:
        """`reminders works`: the address takes mail again."""

    def calendar(self, token: str) -> bytes:
        """The calendar under a secret address."""

    def question(self, secret: str) -> Json:
        """What the link in a mail asks: {"titel", "onderwerp", "kenmerk", "lezer", "antwoord",
        "beantwoord_op"}."""

    def answer(self, secret: str, word: str, day: date | None, words: str) -> Json:
        """The answer of its reader: `word` is ingediend, lever_op or niet_ik; as `question`."""

    def verify(self) -> Json:
        """`audit verify`: the whole history, recomputed now."""

    def routes(self) -> list[Json]:
        """The newest version of each route.

        {"route", "titel", "versie", "versies" (newest first), "bron", "uit_behandeltabel",
         "herkenning" or None, "picture" (a Picture), "stappen" (StepInWords, in order)}.
        """

    def route(self, route_id: str, *, version: int | None = None) -> Json:
        """One of them, or an earlier version of it."""

    def definitions(self) -> list[Json]:
        """Every route with its versions, newest first, and how many cases stand on each.

        {"route", "titel", "versions": [{"version", "running", "ended", "newest", "in_folder"}]}.
        """

    def migration(self, route: str, *, old: int, new: int, mapping: Mapping[str, str]) -> Json:
        """`definitions migrate --dry-run`, and what a page needs beside it.

        "titel"; "differences" (what the new version changes, in sentences); "gone" (steps
        without a place: {"step", "label", "suggested"}); "steps" of the new version, each
        {"value", "label"}; "seen", the mark of this preview.
        """

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
        """`definitions migrate`; a Conflict when the preview marked `seen` is no longer true."""

    def vergaderingen(self) -> list[Json]:
        """The vergaderingen, by date.

        {"id", "overleg", "overleg_code", "datum", "state", "papers_due", "papers_hour",
         "punten": [{"nummer", "kenmerk", "onderwerp", "doel", "behandeling",
                     "state", "conclusie"}]}.
        """
