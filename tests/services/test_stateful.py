"""Whatever people do, in whatever order, on whatever route: only what is offered can be done."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from tests.engine.generated import routes
from tests.services.joins import kept_its_joins
from tests.services.offers import Filling
from workflow.bootstrap import Access, evidence_of, load_rules, open_register
from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier, key_of
from workflow.domain.errors import Stale, WorkflowError
from workflow.domain.fields import fields_of
from workflow.domain.route import current_row, points_for
from workflow.engine.conclusions import rejected_points
from workflow.engine.definition import Route
from workflow.engine.rules import Rules
from workflow.history.replay import Replay, differences
from workflow.services.act import Act, perform
from workflow.services.audit import verify
from workflow.services.dossier import actions, find
from workflow.services.meeting import act_on_meeting
from workflow.services.new import new
from workflow.services.session import Session
from workflow.settings import Settings, read_settings

KENMERK = "24009000"
FIRST_DAY = date(2024, 6, 3)
MEMORY = Path("/dev/shm")  # noqa: S108 - where there is one, nothing waits for a disk
CLOSES = "rond_af"
ENDING = ("trek_in", CLOSES)
FORWARD = {  # what brings a case further
    *("dien_in", "dien_opnieuw_in", "leg_conclusie_vast", "start_raadsinformatie", "bied_aan"),
    *("leg_collegebesluit_vast", "meld_verzonden", "meld_ter_kennisname", "meld_geagendeerd"),
}
DOING = (  # what a person does, in the measure in which people do it
    *["go_on"] * 8,
    *["do_what_is_offered"] * 3,
    *["do_what_is_not_offered"] * 3,
    *["wait", "act_on_an_old_page", "move_a_meeting", "correct_a_conclusie"],
)
CLOSED = ("afgelast", "besluitenlijst_vastgesteld")
CHOICE = st.integers(0, 10**6)

Json = Mapping[str, Any]


@cache
def shipped() -> Rules:
    """The shipped definitions, read once."""
    return load_rules(read_settings({}, {}))


def with_route(route: Route) -> Rules:
    """The shipped definitions and one route more."""
    definities = shipped().definities
    more = definities.model_copy(update={"routes": (*definities.routes, route)})
    digests = {**shipped().route_digests, f"{route.route}@{route.versie}": "gemaakt"}
    return replace(shipped(), definities=more, route_digests=digests)


def settings_of(folder: Path) -> Settings:
    """The settings of a register in this folder."""
    own = {"database": f"sqlite:///{folder / 'een.db'}", "user": "Noor de Wit"}
    return read_settings({}, own)


class Secretariaat(RuleBasedStateMachine):
    """Somebody who does whatever is offered, and now and then what is not."""

    template: Path  # an empty register

    @initialize(
        route=st.one_of(st.sampled_from(sorted(shipped().routes)), routes()),
        points=st.integers(1, 3),
    )
    def begin(self, route: str | dict[str, Any], points: int) -> None:
        """A voorstel of this run's own, on a shipped route or one that nobody wrote."""
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
        shutil.copyfile(self.template, self.folder / "een.db")
        self.today, self.replay, self.seen = FIRST_DAY, Replay(), 0
        made = None if isinstance(route, str) else Route.model_validate(route)
        rules = with_route(made) if made else shipped()
        self.register = open_register(settings_of(self.folder), Access.EXISTING, rules)
        sheet = {
            "onderwerp": "Afspraken over de opvang",
            "kenmerk": KENMERK,
            "contactpersoon": "Pim Hagedoorn <p.hagedoorn@regio.example>",
            "beslispunten": "; ".join(f"Punt {number}" for number in range(1, points + 1)),
            "route": made.route if made else str(route),
        }
        event = new(self.session, sheet).event
        self.follow(f"voorstel/{self.dossier().voorstel.id}", event)

    @property
    def session(self) -> Session:
        """The user, today at noon."""
        noon = datetime.combine(self.today, time(12), UTC)
        return replace(self.register.session, clock=lambda: noon)

    def dossier(self) -> Dossier:
        """The dossier as it is stored."""
        return find(self.session, KENMERK)

    def offers(self, *, permitted: bool) -> list[Json]:
        """What `actions` says that can, or cannot, be done; a case is seldom ended."""
        found = actions(self.session, KENMERK)["actions"]
        return [one for one in found if one["permitted"] is permitted]

    def asked(self, offer: Json, number: int) -> Act:
        """The act that an offer stands for, filled in."""
        dossier, target = self.dossier(), offer["target"]
        row = dossier.behandeling(target["behandeling"] or "")
        filling = Filling(
            today=self.today,
            number=number,
            points=self.points_of(dossier, row),
            day=row.date if row else None,
            closed=self.closed_days(row),
        )
        fields = filling.fields_of(offer)
        if offer["action"] == "corrigeer":
            fields = {"event": "1", "onderwerp": f"Onderwerp {number}"}
        return Act(
            kenmerk=KENMERK,
            action=offer["action"],
            behandeling=target["behandeling"],
            gemeente=target["gemeente"],
            afspraak=target["afspraak"],
            points=filling.own,
            fields=fields,
        )

    def points_of(self, dossier: Dossier, row: Behandeling | None) -> tuple[str, ...]:
        """The beslispunten that a row is about."""
        rules = self.session.rules
        return points_for(dossier, row, rejected_points(dossier, rules)) if row else ()

    def closed_days(self, row: Behandeling | None) -> set[date]:
        """The days on which a meeting of the row's overleg is over or cancelled."""
        known = self.session.reader.vergaderingen() if row else ()
        return {one.date for one in known if one.state in CLOSED}

    def follow(self, stream: str, event: int) -> None:
        """Replaying the new event gives what is stored."""
        done = self.session.reader.last_event(stream)
        assert done is not None
        assert done.seq == event
        assert self.replay.fold(done.seq, done.body["changes"]) == []
        dossier = self.dossier()
        self.stream, self.seen = f"voorstel/{dossier.voorstel.id}", dossier.voorstel.version
        for entity in dossier.entities():
            stored = fields_of(entity)
            assert differences(stored, self.replay.rows[key_of(entity)]) == []

    @rule(doing=st.sampled_from(DOING), choice=CHOICE, number=CHOICE)
    def step(self, doing: str, choice: int, number: int) -> None:
        """One thing that somebody does."""
        getattr(self, doing)(choice, number)

    def wait(self, choice: int, _number: int) -> None:
        """Days go by."""
        self.today += timedelta(days=1 + choice % 30)

    def go_on(self, choice: int, number: int) -> None:
        """What brings the case further; when nothing can, its next row gets today as its day."""
        offers = self.offers(permitted=True)
        ahead = [one for one in offers if one["action"] in FORWARD]
        if ahead:
            self.perform(ahead[choice % len(ahead)], number)
            return
        row = current_row(self.dossier())
        if row and any(one["action"] == "plan" for one in offers):
            fields = {"datum": self.today.isoformat()}
            act = Act(kenmerk=KENMERK, action="plan", behandeling=row.id, fields=fields)
            self.follow(self.stream, perform(self.session, act).event)
            return
        for offer in offers:
            if offer["action"] == CLOSES and choice % 2:
                self.perform(offer, number)

    def do_what_is_offered(self, choice: int, number: int) -> None:
        """Any act that is offered, each kind as often as another; a case is seldom ended."""
        offers = self.offers(permitted=True)
        names = sorted({one["action"] for one in offers} - {*(() if choice % 7 == 0 else ENDING)})
        if names:
            name = names[choice % len(names)]
            same = [one for one in offers if one["action"] == name]
            self.perform(same[choice // len(names) % len(same)], number)

    def perform(self, offer: Json, number: int) -> None:
        """It succeeds, replaying it gives what is stored, and no join was passed over."""
        asked, before = self.asked(offer, number), self.dossier()

        answer = perform(self.session, asked)

        self.follow(self.stream, answer.event)
        after = self.dossier()
        assert after.voorstel.version == before.voorstel.version + 1
        assert after.voorstel.state == answer.to_state
        assert kept_its_joins(before, after, self.session.rules.settled, asked)

    def do_what_is_not_offered(self, choice: int, number: int) -> None:
        """It is refused with one of the reasons that were told, and nothing changes."""
        offers = self.offers(permitted=False)
        if not offers:
            return
        one = offers[choice % len(offers)]
        asked = self.asked(one, number)
        if any("reden" in reason for reason in one["reasons"]):  # a reason would lift it
            fields = {name: value for name, value in asked.fields.items() if name != "reden"}
            asked = replace(asked, fields=fields)
        before = self.dossier()

        with pytest.raises(WorkflowError) as refusal:
            perform(self.session, asked)

        told = any(reason in str(refusal.value) for reason in one["reasons"])
        assert told or self.has_nothing_to_name(one), (str(refusal.value), one)
        assert self.dossier() == before

    def has_nothing_to_name(self, one: Json) -> bool:
        """There is no row, or no choice for a field: what is wrong can be told in more ways."""
        machine = self.session.rules.acts[one["action"]].machine
        no_target = machine != "voorstel" and not any(one["target"].values())
        return no_target or any(field["choices"] == [] for field in one["fields"])

    def act_on_an_old_page(self, choice: int, number: int) -> None:
        """Who saw an older version is told, and nothing changes."""
        offers = self.offers(permitted=True)
        if self.seen < 2 or not offers:
            return
        asked = self.asked(offers[choice % len(offers)], number)

        with pytest.raises(Stale):
            perform(self.session, replace(asked, seen_version=self.seen - 1))

        assert self.dossier().voorstel.version == self.seen

    def move_a_meeting(self, choice: int, _number: int) -> None:
        """A meeting is held, closed or cancelled, or cannot be; the voorstel stays where it is."""
        dossier = self.dossier()
        ids = sorted({row.vergadering for row in dossier.behandelingen if row.vergadering})
        names = sorted(self.session.rules.meeting_acts)
        if not ids:
            return
        meeting, name = ids[choice % len(ids)], names[choice // len(ids) % len(names)]

        try:
            done = act_on_meeting(self.session, meeting, name, fields={})
        except WorkflowError:
            assert self.dossier() == dossier
        else:
            self.follow(f"vergadering/{meeting}", done["event"])

        assert self.dossier().voorstel.state == dossier.voorstel.state

    def correct_a_conclusie(self, choice: int, number: int) -> None:
        """An earlier conclusie is put right, or cannot be any more; the history stays whole."""
        acts = self.session.reader.events(self.stream)
        told = [one.seq for one in acts if one.body["type"] == "leg_conclusie_vast"]
        if not told:
            return
        event, before = told[choice % len(told)], self.dossier()
        codes = ("akkoord", "aangehouden", "niet_akkoord", "kennisgenomen", "vastgesteld")
        fields = {"event": str(event), "conclusie": codes[number % len(codes)]}

        try:
            answer = perform(self.session, Act(kenmerk=KENMERK, action="corrigeer", fields=fields))
        except WorkflowError:
            assert self.dossier() == before
        else:
            self.follow(self.stream, answer.event)

    def teardown(self) -> None:
        """The whole history holds: leaves, tree, dossiers, and the state that follows from it."""
        if hasattr(self, "register"):
            report = verify(self.session, evidence_of(self.register.engine))
            assert report.ok, report.problems
            self.register.engine.dispose()
            shutil.rmtree(self.folder)


def run(folder: Path, *, runs: int, random: bool) -> None:
    """So many runs of fifty steps, each on a fresh copy of an empty register."""
    open_register(settings_of(folder), Access.CREATE, shipped()).engine.dispose()
    named = type("Somebody", (Secretariaat,), {"template": folder / "een.db"})
    run_state_machine_as_test(
        named,
        settings=settings(
            max_examples=runs,
            stateful_step_count=50,
            deadline=None,
            derandomize=not random,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_only_what_is_offered_can_be_done(tmp_path: Path) -> None:
    """Permitted acts succeed, others are refused as told, joins hold, and so does the history."""
    run(tmp_path, runs=50, random=False)


@pytest.mark.soak
def test_only_what_is_offered_can_be_done_at_length(tmp_path: Path) -> None:
    """The same, ten times as often, and in another order each time."""
    run(tmp_path, runs=500, random=True)
