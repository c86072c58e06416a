"""The definitions of one organisation, indexed for the questions that acts ask."""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType

from workflow.domain.behandeling import Behandeling, ConclusieCode, Doel, Soort
from workflow.domain.calendar import Calendar
from workflow.domain.errors import InvalidField, NotFound
from workflow.domain.raadsinformatie import INFORM, Raadsinformatie
from workflow.domain.reminder_facts import Rule
from workflow.domain.staff import Staff
from workflow.domain.voorstel import Stap, Voorstel
from workflow.engine.definition import (
    AfspraakUitBesluit,
    Definities,
    Doeltabel,
    GemeenteDefinitie,
    Handeling,
    MachineDefinitie,
    OverlegDefinitie,
    Route,
    Toestand,
    machine_key,
)
from workflow.engine.definition_owed import (
    Cyclus,
)
from workflow.engine.definition_parts import FeitDefinitie, Grond
from workflow.engine.digest import digest_of
from workflow.engine.kept import InUse
from workflow.engine.machine import CompiledMachine, compile_machine
from workflow.engine.members import members_on
from workflow.engine.reminder_rules import reminder_rules, staff
from workflow.engine.standing import Kind, Standing, standing
from workflow.engine.terms import calendar


@dataclass(frozen=True, slots=True)
class KnownAct:
    """An act, and the machine that knows it."""

    machine: str
    act: Handeling


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What may happen, ready to be asked. `digest` names the content it was made from.

    `kept` holds the versions of routes that the register has in use, also those that
    the folder no longer has.
    """

    definities: Definities
    digest: str
    route_digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    kept: Mapping[tuple[str, int], InUse] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def machines(self) -> dict[str, MachineDefinitie]:
        """Each machine by its name; a sub-route of a round by its own."""
        return {machine_key(machine): machine for machine in self.definities.machines}

    @cached_property
    def acts(self) -> dict[str, KnownAct]:
        """Every act of the dossier by name; those of a vergadering stand apart.

        Sub-routes may know the same act, each in its own way: `act_on` says which.
        """
        found: dict[str, KnownAct] = {}
        for machine in sorted(self.definities.machines, key=lambda one: one.deelroute or ""):
            for act in machine.handelingen if machine.machine != "vergadering" else ():
                found.setdefault(act.handeling, KnownAct(machine.machine, act))
        return found

    @cached_property
    def _acts_of(self) -> dict[tuple[str, str], Handeling]:
        """Each act by its machine and name."""
        return {
            (machine_key(machine), act.handeling): act
            for machine in self.definities.machines
            for act in machine.handelingen
        }

    def act_on(self, deelroute: str | None, name: str) -> Handeling | None:
        """The act of that name as a sub-route knows it; None when it does not."""
        return self._acts_of.get((sub_machine(deelroute), name))

    def deelroute_for(self, doel: Doel | None, soort: Soort) -> str | None:
        """What a round for this doel asks of each gemeente; None: to be informed."""
        found = (
            machine.deelroute
            for machine in self.definities.machines
            if machine.deelroute
            and doel in machine.doelen
            and (not machine.soorten or soort in machine.soorten)
        )
        return next(found, None)

    @cached_property
    def meeting_acts(self) -> dict[str, KnownAct]:
        return {
            act.handeling: KnownAct("vergadering", act)
            for act in self.machines["vergadering"].handelingen
        }

    @cached_property
    def states(self) -> dict[tuple[str, str], Toestand]:
        """Each state by machine and code."""
        return {
            (machine_key(machine), state.toestand): state
            for machine in self.definities.machines
            for state in machine.toestanden
        }

    @cached_property
    def end_states(self) -> tuple[str, ...]:
        """The states in which a voorstel has ended."""
        states = self.machines["voorstel"].toestanden
        return tuple(state.toestand for state in states if state.eind)

    @cached_property
    def calendar(self) -> Calendar:
        """Holidays, recess and known meetings."""
        return calendar(self.definities)

    @cached_property
    def calendar_digest(self) -> str:
        """Which version of the confirmed calendar days are counted with, in 12 signs."""
        return digest_of(self.definities.kalender)[:12]

    @cached_property
    def reminders(self) -> tuple[Rule, ...]:
        """The rules by which people are reminded."""
        return reminder_rules(self.definities)

    @cached_property
    def staff(self) -> Staff:
        """Who fills which function, and who is away."""
        return staff(self.definities)

    @cached_property
    def overleggen(self) -> dict[str, OverlegDefinitie]:
        return {overleg.code: overleg for overleg in self.definities.overleggen}

    @cached_property
    def gemeenten(self) -> dict[str, GemeenteDefinitie]:
        return {gemeente.code: gemeente for gemeente in self.definities.gemeenten}

    @cached_property
    def routes(self) -> dict[str, Route]:
        """The newest version of each route."""
        ordered = sorted(self.definities.routes, key=lambda route: route.versie)
        return {route.route: route for route in ordered}

    @cached_property
    def versions(self) -> dict[tuple[str, int], Route]:
        """Every version of a route that is known: in the folder, or kept by the register."""
        ordered = sorted(self.definities.routes, key=lambda route: route.versie)
        of_folder = {(route.route, route.versie): route for route in ordered}
        return {key: one.route for key, one in self.kept.items()} | of_folder

    @cached_property
    def cycli(self) -> dict[str, Cyclus]:
        return {cyclus.cyclus: cyclus for cyclus in self.definities.cycli}

    @cached_property
    def standing(self) -> Mapping[str, Standing]:
        """What is owed by itself, by id: reports, local parts of them, fixed afspraken."""
        return standing(self.definities)

    @cached_property
    def reports(self) -> Mapping[tuple[str, str | None], tuple[Standing, ...]]:
        """The reports that are owed, by the route and period of the voorstel that settles them."""
        found: dict[tuple[str, str | None], tuple[Standing, ...]] = {}
        for one in self.standing.values():
            if one.kind is Kind.REPORT and one.cyclus is not None:
                key = one.cyclus.route, one.owed.period
                found[key] = (*found.get(key, ()), one)
        return found

    @cached_property
    def fixed_owed(self) -> tuple[Standing, ...]:
        """What afspraken.yaml says is owed."""
        return tuple(one for one in self.standing.values() if one.kind is Kind.FIXED)

    @cached_property
    def owed(self) -> dict[str, AfspraakUitBesluit]:
        """The afspraken that arise from conclusions, by code."""
        return {one.afspraak: one for route in self.versions.values() for one in route.afspraken}

    @cached_property
    def _tables(self) -> dict[Doel, Doeltabel]:
        return {doel: table for table in self.definities.conclusies for doel in table.doelen}

    @cached_property
    def _gemeente_names(self) -> dict[str, GemeenteDefinitie]:
        """Each name on paper, normalised, and the gemeente it means."""
        names: dict[str, GemeenteDefinitie] = {}
        for gemeente in self.definities.gemeenten:
            for name in (gemeente.code, gemeente.naam, *gemeente.aliassen):
                names.setdefault(normalise(name), gemeente)
        return names

    @cached_property
    def _overleg_names(self) -> dict[str, tuple[str, ...]]:
        """Each name on paper, normalised, and the overleggen it means."""
        names: dict[str, tuple[str, ...]] = {}
        for overleg in self.definities.overleggen:
            for name in (overleg.code, overleg.naam, *overleg.aliassen):
                names.setdefault(normalise(name), (overleg.code,))
        for joint in self.definities.gezamenlijk:
            names[normalise(joint.alias)] = joint.overleggen
        return names

    @cached_property
    def _compiled(self) -> Callable[[str, tuple[str, ...]], CompiledMachine]:
        """A machine by its name and steps: compiled once, then found by that short key."""
        return lru_cache(maxsize=1024)(
            lambda name, steps: compile_machine(self.machines[name], steps)
        )

    def fixed(self, machine: str) -> CompiledMachine:
        """One of the four machines whose states do not depend on a route."""
        return self._compiled(machine, ())

    def route_machine(self, voorstel: Voorstel) -> CompiledMachine:
        """The machine of a voorstel, compiled from its own steps; shared by all with the same."""
        return self._compiled("voorstel", tuple(step.id for step in voorstel.steps))

    def route(self, route_id: str) -> Route:
        if route_id not in self.routes:
            raise NotFound("Route", route_id, tuple(self.routes))
        return self.routes[route_id]

    def version_of(self, route_id: str, version: int | None = None) -> Route:
        """A version of a route, of the folder or the register; None: the newest of the folder.

        NotFound when there is no such one.
        """
        known = sorted(number for route, number in self.versions if route == route_id)
        if version is None or not known:
            return self.route(route_id)
        if version not in known:
            raise NotFound("Versie", str(version), tuple(map(str, known)))
        return self.versions[route_id, version]

    def pinned(self, voorstel: Voorstel) -> Route | None:
        """The version of its route that a voorstel runs on; None when nobody has kept it."""
        return self.versions.get((voorstel.route_id, voorstel.route_version))

    def settled(self, raad: Raadsinformatie) -> bool:
        """A council row in this state counts as ready."""
        return self.is_settled(raad.state, raad.deelroute)

    def is_settled(self, state: str, deelroute: str | None) -> bool:
        """A state of a sub-route that counts as ready."""
        found = self.states.get((sub_machine(deelroute), state))
        return bool(found and found.klaar)

    def in_force(self, state: str, deelroute: str | None) -> str | None:
        """What a state says of the paper in this gemeente: ja, afwijkend, nee; None: not yet."""
        found = self.states.get((sub_machine(deelroute), state))
        return found.in_werking if found else None

    def is_ratification(self, step: Stap) -> bool:
        """A round that brings the paper into force, gemeente by gemeente."""
        machine = self.machines.get(sub_machine(step.deelroute)) if step.per_gemeente else None
        return bool(machine and any(state.in_werking for state in machine.toestanden))

    def raad_label(self, state: str, deelroute: str | None) -> str:
        """The Dutch name of the state of a council row."""
        return self.state_label(sub_machine(deelroute), state)

    def refused(self, voorstel: Voorstel, row: Behandeling) -> bool:
        """A row that refused all that it was about."""
        ends = self.table_of(voorstel, row).einde
        codes = {one.code for one in row.per_punt}
        return codes <= set(ends) if codes else row.conclusie_code in ends

    @cached_property
    def feiten(self) -> dict[str, FeitDefinitie]:
        """The facts that a person may declare, by code."""
        return {feit.feit: feit for feit in self.definities.feiten}

    def fact_name(self, code: str) -> str:
        """How a fact is called in a sentence."""
        found = self.feiten.get(code)
        return found.naam if found else code

    def round_in_words(self, deelroute: str | None) -> str:
        """A round as people speak of it: 'het informeren van de gemeenteraden'."""
        if deelroute in (None, INFORM):
            return "het informeren van de gemeenteraden"
        return f"de ronde langs de gemeenten ({str(deelroute).replace('_', ' ')})"

    def has_ended(self, code: str, day: dt.date) -> bool:
        """A gemeente that existed, and does not on that day."""
        found = self.gemeenten.get(code)
        return bool(found and found.eind and found.eind < day)

    def grond(self, code: str, day: dt.date) -> Grond | None:
        """On what an overleg may decide on a day; None: the definitions do not say."""
        overleg = self.overleggen.get(code)
        return next(
            (
                grond
                for grond in (overleg.gronden if overleg else ())
                if (grond.van is None or grond.van <= day)
                and (grond.tot is None or day <= grond.tot)
            ),
            None,
        )

    def is_end(self, state: str) -> bool:
        """A voorstel in this state has ended."""
        found = self.states.get(("voorstel", state))
        return bool(found and found.eind)

    def state_label(self, machine: str, state: str) -> str:
        """The Dutch name of a state; the code itself for a state that is a step."""
        found = self.states.get((machine, state))
        return found.naam if found else state

    def table(self, doel: Doel | None, own: Doeltabel | None = None) -> Doeltabel:
        """What the conclusions lead to; a row without doel is treated as informing."""
        return own or self._tables[doel or Doel.INFORMEREN]

    def table_of(self, voorstel: Voorstel, row: Behandeling) -> Doeltabel:
        """What the conclusions of a row lead to: as its step says, else by its doel."""
        version = (voorstel.route_id, voorstel.route_version)
        own = self._own_tables.get((*version, voorstel.origin(row.step)))
        if own and row.doel in own.doelen:
            return own
        kept = self.kept.get(version)
        return self.table(row.doel, kept.tables.get(row.doel or Doel.INFORMEREN) if kept else None)

    @cached_property
    def _own_tables(self) -> dict[tuple[str, int, str], Doeltabel]:
        """The tables of steps that differ from the one of their doel."""
        return {
            (route.route, route.versie, step.stap): step.conclusies
            for route in self.versions.values()
            for step in route.stappen
            if step.conclusies is not None
        }

    def choices_of(self, voorstel: Voorstel, row: Behandeling | None) -> tuple[ConclusieCode, ...]:
        """The conclusions that a row may get; no row: those of informing."""
        table = self.table_of(voorstel, row) if row else self.table(None)
        return (*table.verder, *table.blijft, *table.terug, *table.einde)

    def resolve_overleg(
        self, name: str, field_name: str = "overleg"
    ) -> tuple[OverlegDefinitie, ...]:
        """The overleg(gen) that a code, name or alias means; InvalidField when none is known."""
        codes = self._overleg_names.get(normalise(name))
        if codes is None:
            near = difflib.get_close_matches(normalise(name), self._overleg_names, n=1, cutoff=0.6)
            hint = f" Bedoelt u ‘{self._overleg_names[near[0]][0]}’?" if near else ""
            raise InvalidField(field_name, f"overleg ‘{name}’ is niet bekend.{hint}")
        return tuple(self.overleggen[code] for code in codes)

    def resolve_gemeente(self, name: str, field_name: str = "gemeente") -> GemeenteDefinitie:
        """The gemeente that a code or name means; InvalidField when none is known."""
        found = self._gemeente_names.get(normalise(name))
        if found is not None:
            return found
        known = ", ".join(gemeente.naam for gemeente in self.definities.gemeenten)
        raise InvalidField(field_name, f"gemeente ‘{name}’ is niet bekend. Bekend zijn: {known}.")

    def members(self, theme: str | None, day: dt.date) -> tuple[GemeenteDefinitie, ...]:
        """The gemeenten that take part in a theme on a day; no theme: those in any."""
        return members_on(self.definities.gemeenten, theme, day)


def sub_machine(deelroute: str | None) -> str:
    """The machine of a sub-route; the one that informs bears the name of the row itself."""
    return "raadsinformatie" if deelroute in (None, INFORM) else str(deelroute)


def normalise(name: str) -> str:
    """A name without case, accents, punctuation or double spaces; '&' reads as 'en'."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " en "))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()
