"""Reminder rules, the functions that they reach, and who is away."""

from typing import Annotated, Literal

from pydantic import Field

from workflow.engine.definition_parts import Contactadres, Model
from workflow.engine.values import (
    Anker,
    Code,
    Codes,
    Datum,
    Email,
    JaNee,
    Lijst,
    Situatie,
    Tekst,
    Toon,
)


class Functiehouder(Model):
    """Someone in a function, from `van` up to and including `tot`."""

    naam: Tekst
    email: Email | None = None
    van: Datum | None = None
    tot: Datum | None = None


class Functie(Model):
    """A function that tasks hang on; `postvak` reads while nobody fills it.

    `bestuurder`: a wethouder or burgemeester, who gets no mail in person.
    """

    functie: Code
    naam: Tekst
    personen: tuple[Functiehouder, ...] = ()
    postvak: Contactadres | None = None
    bestuurder: JaNee = False


class Afwezigheid(Model):
    """Someone, known by their address, is away; their deputy reads for them."""

    email: Email
    van: Datum
    tot: Datum
    vervanger: Functiehouder | None = None


class Herhaling(Model):
    """Again every so many units after the last of `dagen`, so many times."""

    elke: int = Field(ge=1, le=400)
    keer: int = Field(ge=1, le=20)


class Escalatie(Model):
    """Who else hears of it when it stays open, counted from the same anchor."""

    dagen: Annotated[tuple[int, ...], Lijst] = Field(min_length=1)
    aan: Codes = Field(min_length=1)
    reden: Tekst
    toon: Toon = "dringend"


class HerinneringRegel(Model):
    """herinneringen.yaml: one rule; what is due is derived from it every tick."""

    regel: Code
    versie: int = Field(ge=1)
    titel: Tekst
    onderwerp: Literal["behandeling", "raadsinformatie", "afspraak", "voorstel"]
    als: Situatie
    anker: Anker
    dagen: Annotated[tuple[int, ...], Lijst] = Field(min_length=1)  # negative is before the anchor
    eenheid: Literal["werkdagen", "dagen", "weken", "maandagen", "collegevergaderingen"] = (
        "werkdagen"
    )
    aan: Codes = Field(min_length=1)  # roles, and functions of functies.yaml
    sjabloon: Code
    in_reces: JaNee = False
    bundelen: JaNee = False  # one mail a reader a day, with the others that say so
    reden: Tekst  # why this person gets it; placeholders in braces
    toon: Toon = "vraag"
    zolang: Codes = ()  # states in which it holds; none: any
    herhaal: Herhaling | None = None
    escalatie: tuple[Escalatie, ...] = ()
