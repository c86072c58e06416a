"""What is owed by itself: reports of a cycle, and what stands in a plan without a voorstel."""

from typing import Literal

from pydantic import Field

from workflow.engine.definition_parts import Herkenning, Model
from workflow.engine.values import Code, Datum, JaNee, Periodecode, Tekst, Teksten


class Rapportage(Model):
    """One report of a cycle, when something is known of it beyond the rhythm."""

    periode: Periodecode  # '2024-H1', '2022'
    rangnummer: int | None = None
    overlegdatum: Datum | None = None  # the meeting it hangs on
    bron: str | None = None


class ConceptVooraf(Model):
    """A draft voorstel is made by itself, so many weeks before a report may be treated."""

    weken: int = Field(ge=1, le=52)
    tussentijd: int = Field(default=10, ge=1, le=60)  # working days between two overleggen


class Gestopt(Model):
    """A cycle that ended early: what began before `per` is still owed, the rest is not."""

    per: Datum
    reden: Tekst
    opgevolgd_door: Code | None = None


class Cyclus(Model):
    """cycli.yaml: a report twice a year, each hung on a chosen meeting."""

    cyclus: Code
    naam: Tekst
    titel: Tekst  # '{periode}' is filled in
    route: Code
    overleg: Code
    per_jaar: int = Field(default=2, ge=1, le=2)
    van: Periodecode  # first period, '2023-H1'
    tot: Periodecode  # last period
    venster: tuple[int, int]  # days from the end of the period, first and last expected
    eigenaars: Teksten = ()
    rapportages: tuple[Rapportage, ...] = ()
    lokale_bijdrage: JaNee = False
    cumulatief_vanaf: Periodecode | None = None  # each report goes back to here
    concept: ConceptVooraf | None = None
    gestopt: Gestopt | None = None


class VasteAfspraak(Model):
    """afspraken.yaml: owed because a plan or letter says so, not because of one conclusion."""

    afspraak: Code
    soort: Literal["rapportage", "evaluatie", "toezegging", "opdracht", "actie"]
    titel: Tekst
    venster: Periodecode
    eigenaars: Teksten = ()
    schuldeiser: str | None = None
    afgedaan_door: Herkenning | None = None
    behandeld_door: Teksten = ()
    bron: str | None = None
