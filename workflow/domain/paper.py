"""What the parts of a paper are, and the words by which an organisation names them.

The readers of documents know the usual Dutch words. What an organisation calls
otherwise comes from its definitions and is handed to them as `PaperWords`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from workflow.domain.behandeling import ConclusieCode, Doel

T = TypeVar("T")
LONGEST_LABEL = 45  # characters of a label, heading or column; a longer text is none
Words = tuple[tuple[str, T], ...]  # (a word as the organisation writes it, what it means)


class Kind(StrEnum):
    """What kind of document it is."""

    VOORBLAD = "voorblad"
    OPLEGNOTITIE = "oplegnotitie"
    RAADSINFORMATIEBRIEF = "raadsinformatiebrief"
    RAADSMEDEDELING = "raadsmededeling"
    AGENDA = "agenda"
    BESLUITENLIJST = "besluitenlijst"
    ONBEKEND = "onbekend"


class Veld(StrEnum):
    """What a label on paper names."""

    ONDERWERP = "onderwerp"
    VERSPREIDEN = "verspreiden"
    CONTACTPERSOON = "contactpersonen"
    EENHEID = "eenheid"
    EMAIL = "emails"
    KENMERK = "kenmerk"
    DATUM = "datum"
    GERICHT_AAN = "gericht_aan"
    VAN = "afzender"
    AAN = "geadresseerden"
    DATUM_COLLEGE = "datum_college"
    ZAAKNUMMER = "zaaknummer"
    PORTEFEUILLEHOUDER = "portefeuillehouder"
    INLICHTINGEN = "inlichtingen"
    TELEFOON = "telefoon"
    BIJLAGEN = "bijlagen"
    ANDERS = "anders"  # known on such papers, but no field of the contract


class Sectie(StrEnum):
    """A part of a paper."""

    KOP = "kop"
    VOORSTEL = "voorstel"
    BEHANDELING = "behandeling"
    TOELICHTING = "toelichting"
    BEKNOPT = "beknopt"  # heading just under 'Toelichting'
    BIJLAGEN = "bijlagen"
    TEKST = "tekst"  # argumenten, kanttekeningen, financiën and their like


class Kolom(StrEnum):
    """A column of the table 'Behandeling'."""

    DATUM = "datum"
    OVERLEG = "overleg"
    DOEL = "doel"
    CONCLUSIE = "conclusie"


class Lijstwoord(StrEnum):
    """A word in a list of beslispunten or bijlagen: above its columns, or before a number."""

    NUMMER = "nummer"
    OMSCHRIJVING = "omschrijving"
    BESLISPUNT = "beslispunt"
    BIJLAGE = "bijlage"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """The own words of one organisation, beside the usual ones; they win where both exist."""

    kinds: Words[Kind] = ()
    labels: Words[Veld] = ()
    headings: Words[Sectie] = ()
    columns: Words[Kolom] = ()
    lists: Words[Lijstwoord] = ()
    doelen: Words[Doel] = ()
    conclusies: Words[ConclusieCode] = ()
