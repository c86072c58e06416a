"""A small route and a running case on it, to try migrations on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from workflow.domain.behandeling import Behandeling, ConclusieCode, Doel, Soort
from workflow.domain.dossier import Dossier
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.voorstel import Stap, Voorstel
from workflow.engine.migration import Move

DAY = dt.date(2024, 6, 13)


def step(name: str, doel: Doel = Doel.ADVISEREN, **more: object) -> Stap:
    """A step of a route, at an overleg of the same name."""
    made = Stap(id=name, doel=doel, soort=Soort.AO, overleg=name.upper(), overleg_codes=(name,))
    return replace(made, **more)  # type: ignore[arg-type]


AO, BO, DO = step("ao"), step("bo"), step("do", Doel.BESLUITEN)
RADEN = step("raden", Doel.INFORMEREN, per_gemeente=True, join="alle")
V1 = (AO, DO, RADEN)


def move(old: tuple[Stap, ...], new: tuple[Stap, ...], **mapping: str) -> Move:
    """From `old` to `new`; keywords say which step becomes which."""
    ids = {one.id for one in new}
    same = {one.id: one.id for one in old if one.id in ids}
    return Move(version=2, digest="2", old=old, new=new, mapping={**same, **mapping})


def case(steps: tuple[Stap, ...], state: str, states: Mapping[str, str] | None = None) -> Dossier:
    """A case on version 1 at a step; the rows before it are treated, unless `states` says so."""
    at = next((place for place, one in enumerate(steps) if one.id == state), 0)
    rows = tuple(_row(place, one, at, states or {}) for place, one in enumerate(steps))
    voorstel = Voorstel(
        id="v", kenmerk="1", state=state, version=3, route_id="r", route_version=1,
        route_digest="1", subject="Iets", steps=steps,
    )  # fmt: skip
    return Dossier(voorstel=voorstel, behandelingen=rows)


def _row(place: int, of: Stap, at: int, states: Mapping[str, str]) -> Behandeling:
    """The row of a step."""
    state = states.get(of.id, "behandeld" if place < at else "gepland")
    done = state == "behandeld"
    return Behandeling(
        voorstel_id="v", id=f"b{place + 1}", position=(place + 1) * 1000, step=of.id,
        overleg=of.overleg, overleg_codes=of.overleg_codes, soort=of.soort, doel=of.doel,
        state=state, date=DAY, conclusie_code=ConclusieCode.AKKOORD if done else None,
    )  # fmt: skip


def with_round(dossier: Dossier) -> Dossier:
    """The same case with the round of the gemeenten begun."""
    one = Raadsinformatie(voorstel_id="v", gemeente="laren", name="Laren")
    return replace(dossier, raden=(one,))
