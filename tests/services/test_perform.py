"""What is offered succeeds, what is not offered is refused, and the history holds all the while."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.walk.command_line import CommandLine
from tests.walk.registers import Registers
from workflow.bootstrap import Access, Register, evidence_of, open_register
from workflow.domain.errors import NotPermitted, WorkflowError
from workflow.domain.permissions import Actor, Role
from workflow.services.act import Act, perform
from workflow.services.audit import verify
from workflow.services.dossier import actions, show
from workflow.services.session import Session
from workflow.settings import read_settings

KENMERKEN = {"rapportage": "24005969", "proefperiode": "24004592"}


def opened(url: str, day: str) -> Register:
    """The register of a command line, for its services."""
    return open_register(read_settings({}, {"database": url, "today": day}), Access.EXISTING)


def filled(one: Mapping[str, Any], number: int, today: date) -> dict[str, str]:
    """The required fields of an act, and of the optional ones what an act cannot do without."""
    values: dict[str, str] = {}
    names = {field["name"] for field in one["fields"]}
    for field in one["fields"]:
        if field["required"]:
            values[field["name"]] = value_of(field, number, today)
    if one["action"] in ("plan", "verschuif") and "datum" in names:
        values["datum"] = today.isoformat()
    if one["action"] in ("voeg_toe", "schuif_door") and one["target"]["behandeling"] is None:
        values["datum"] = today.isoformat()
    if one["action"] == "verplaats":
        places = {field["name"]: field["choices"] for field in one["fields"]}
        side = next((name for name in ("na", "voor") if places.get(name)), "na")
        values[side] = (places.get(side) or ["b1"])[number % len(places.get(side) or ["b1"])]
    if one["action"] == "corrigeer":
        values |= {"event": "1", "onderwerp": f"Onderwerp {number}"}
    if values.get("conclusie") == "verwezen":
        values["verwezen_naar"] = "bo_zv"
    if values.get("conclusie") == "gewijzigd_vastgesteld":
        numbers = [name for name in names if name.startswith("nieuwe_tekst_")]
        values |= dict.fromkeys(numbers, "Nieuwe tekst")
    return values


def value_of(field: Mapping[str, Any], number: int, today: date) -> str:
    """A value that fits a field."""
    if field["choices"]:
        return str(field["choices"][number % len(field["choices"])])
    return today.isoformat() if field["type"] == "datum" else f"tekst {number}"


class Secretariaat(RuleBasedStateMachine):
    """Somebody who does whatever is offered, and now and then what is not."""

    template: Path
    kenmerk: str

    @initialize(days=st.sampled_from((40, 15, 0)))
    def open_a_copy(self, days: int) -> None:
        """A register of this run's own; its meetings are still to come, or have been."""
        self.folder = Path(tempfile.mkdtemp(prefix="besluitroute-"))
        shutil.copyfile(self.template, self.folder / "een.db")
        self.today = date(2024, 6, 12) + timedelta(days=days)
        self.register = opened(f"sqlite:///{self.folder / 'een.db'}", self.today.isoformat())

    @property
    def session(self) -> Session:
        """The user, today."""
        return replace(self.register.session, fixed_day=self.today)

    def act(self, one: Mapping[str, Any], number: int) -> Act:
        """The act that an offer stands for."""
        target = one["target"]
        point = self.numbers[number % len(self.numbers)]
        split = one["action"] == "leg_conclusie_vast" and number % 3 == 0
        row = target["behandeling"]
        own = {point: "aangehouden"} if split and point in self.open_points(row) else {}
        return Act(
            kenmerk=self.kenmerk,
            action=one["action"],
            behandeling=row,
            gemeente=target["gemeente"],
            afspraak=target.get("afspraak"),
            points=own,
            fields=filled(one, number, self.today),
        )

    @property
    def numbers(self) -> list[str]:
        """The beslispunten."""
        points = show(self.session, self.kenmerk)["beslispunten"]
        return [point["nummer"] for point in points]

    def open_points(self, row_id: str | None) -> list[str]:
        """The points that a row may hold: those that it names itself."""
        rows = show(self.session, self.kenmerk)["behandelingen"]
        row = next((row for row in rows if row["id"] == row_id), None)
        if row is None or row["doel"] in ("informeren", "kennisnemen"):
            return []
        return row["punten"] or []

    @rule(days=st.integers(1, 30))
    def wait(self, days: int) -> None:
        """Days go by."""
        self.today += timedelta(days=days)

    @precondition(lambda self: self.offers(permitted=True))
    @rule(choice=st.integers(0, 999), number=st.integers(0, 999))
    def do_what_is_offered(self, choice: int, number: int) -> None:
        """It succeeds, and the dossier is one version further."""
        offers = self.offers(permitted=True)
        names = sorted({one["action"] for one in offers})
        same = [one for one in offers if one["action"] == names[choice % len(names)]]
        before = show(self.session, self.kenmerk)["version"]

        answer = perform(self.session, self.act(same[number % len(same)], number))

        after = show(self.session, self.kenmerk)
        assert (after["version"], after["state"]) == (before + 1, answer.to_state)

    @precondition(lambda self: self.offers(permitted=False))
    @rule(choice=st.integers(0, 999), number=st.integers(0, 999))
    def do_what_is_not_offered(self, choice: int, number: int) -> None:
        """It is refused with a reason, and nothing changes."""
        offers = self.offers(permitted=False)
        one = offers[choice % len(offers)]
        asked = self.act(one, number)
        fields = {name: value for name, value in asked.fields.items() if name != "reden"}
        before = show(self.session, self.kenmerk)

        with pytest.raises(WorkflowError) as refusal:
            perform(self.session, replace(asked, fields=fields, points={}))

        assert str(refusal.value)
        assert show(self.session, self.kenmerk) == before

    def offers(self, *, permitted: bool) -> list[Mapping[str, Any]]:
        """What `actions` says that can, or cannot, be done; a case is seldom ended."""
        seldom = ("trek_in", "rond_af") if permitted else ()
        found = actions(self.session, self.kenmerk)["actions"]
        return [
            one
            for one in found
            if one["permitted"] is permitted
            and (one["action"] not in seldom or self.today.day == 1)
        ]

    def teardown(self) -> None:
        """Replaying all events gives the stored state."""
        if hasattr(self, "register"):
            report = verify(self.session, evidence_of(self.register.engine))
            assert report.ok, report.problems
            self.register.engine.dispose()
            shutil.rmtree(self.folder)


@pytest.mark.parametrize("papers", ["rapportage", "proefperiode"])
def test_what_is_offered_is_what_can_be_done(
    registers: Registers, tmp_path: Path, papers: str
) -> None:
    """Whatever order the acts come in: permitted ones succeed, others do not, history holds."""
    with registers.copy("sqlite", papers, tmp_path):
        named = {"template": tmp_path / "besluitroute.db", "kenmerk": KENMERKEN[papers]}
        run_state_machine_as_test(
            type("OfThesePapers", (Secretariaat,), named),
            settings=settings(
                max_examples=15,
                stateful_step_count=30,
                deadline=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )


# --- permissions ---------------------------------------------------------------------


def as_role(line: CommandLine, *roles: Role) -> tuple[Register, Session]:
    """A session of somebody with these roles."""
    register = opened(line.url, "2024-06-27")
    actor = Actor(name="Fleur van Dam", roles=frozenset(roles), unverified=False)
    return register, replace(register.session, actor=actor)


@pytest.mark.parametrize("role", [Role.LEZER, Role.AUDITOR, Role.BEHEERDER])
def test_only_the_secretariaat_acts(report: CommandLine, role: Role) -> None:
    """Others may read; each act of theirs is refused with the right that it needs."""
    register, session = as_role(report, role)

    offered = actions(session, "24005969")["actions"]

    assert not any(one["permitted"] for one in offered)
    for one in offered:
        act = Act(kenmerk="24005969", action=one["action"])
        with pytest.raises(NotPermitted, match="recht"):
            perform(session, act)
    assert show(session, "24005969")["version"] == 1
    register.engine.dispose()


def test_the_secretariaat_alone_is_enough(report: CommandLine) -> None:
    """Every act of a dossier can be done without being a functional manager."""
    register, session = as_role(report, Role.SECRETARIAAT)

    done = perform(
        session,
        Act(kenmerk="24005969", action="leg_conclusie_vast", fields={"conclusie": "akkoord"}),
    )

    assert done.to_state == "pfho"
    register.engine.dispose()


def test_somebody_without_a_role_reads_nothing(report: CommandLine) -> None:
    """Not even that a dossier exists."""
    register, session = as_role(report)

    with pytest.raises(NotPermitted):
        show(session, "24005969")
    register.engine.dispose()
