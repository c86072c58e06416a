"""The typed form of an organisation's definitions: what may happen.

Keys are Dutch, because the files are written and read by functional managers;
the attributes carry the same words, so that a key and its meaning are found
with one search. Every model refuses an unknown key.
"""

from typing import Annotated, Literal

from pydantic import Field

from workflow.domain import paper
from workflow.domain.behandeling import ConclusieCode, Doel, Soort
from workflow.engine.definition_owed import Cyclus, VasteAfspraak
from workflow.engine.definition_parts import (
    Conclusiecodes,
    Contactadres,
    FeitDefinitie,
    Grond,
    Herkenning,
    Model,
    TermijnDefinitie,
    Vraag,
)
from workflow.engine.definition_reminders import Afwezigheid, Functie, HerinneringRegel
from workflow.engine.values import (
    Code,
    Codes,
    Datum,
    Email,
    JaNee,
    Lijst,
    Periodecode,
    Tekst,
    Teksten,
    Tijdzone,
    Uur,
    Weekdag,
)

Doelen = Annotated[tuple[Doel, ...], Lijst]


# --- organisation, overleggen, gemeenten ---------------------------------------------


class Mailtijden(Model):
    """When automatic mail may leave on a working day, in Europe/Amsterdam."""

    vanaf: Uur = "07:30"
    vrijdag_tot: Uur = "12:00"


class Organisatie(Model):
    """organisatie.yaml: who works with these definitions."""

    organisatie: Code
    naam: Tekst
    secretariaat: Contactadres
    afzender: Email
    tijdzone: Tijdzone = "Europe/Amsterdam"
    # What the title of the paper holds that is the letter to the raden, the surest first.
    brief_in_titel: Teksten = Field(default=("raadsinformatiebrief", "brief"), min_length=1)
    mailtijden: Mailtijden = Mailtijden()


class Aanleveren(Model):
    """Until when papers for a meeting may arrive, from the overleg's meeting scheme."""

    werkdagen: int = Field(ge=0, le=60)
    uur: Uur = "12:00"


class OverlegDefinitie(Model):
    """One overleg (body), with the names that papers use for it."""

    code: Code
    naam: Tekst
    soort: Soort
    niveau: Literal["ambtelijk", "bestuurlijk", "colleges", "raden"]
    domein: Code | None = None
    aliassen: Teksten = ()  # names that mean this overleg and no other
    kale_namen: Teksten = ()  # names that several overleggen share: resolved by theme
    themas: Codes = ()
    begin: Datum | None = None
    eind: Datum | None = None
    weekdag: Weekdag | None = None
    aanleveren: Aanleveren | None = None
    agendavaststelling: Aanleveren | None = None  # when its agenda is fixed, counted back
    per_gemeente: JaNee = False  # colleges, raden: one child per gemeente
    contact: Contactadres | None = None
    gronden: tuple[Grond, ...] = ()


class GezamenlijkOverleg(Model):
    """A name on paper for a joint meeting of two or more overleggen."""

    alias: Tekst
    overleggen: Codes = Field(min_length=2)


class Thema(Model):
    """A subject area, and how a paper shows that it belongs to it."""

    code: Code
    naam: Tekst
    herkenning: Teksten = ()  # words in subject or explanation
    eenheden: Teksten = ()
    maildomeinen: Teksten = ()


class Woorden(Model):
    """woorden.yaml: by our name for a part of a paper, what the organisation's papers call it.

    They come on top of the usual words, and win where a word has both meanings.
    """

    soorten: dict[paper.Kind, Teksten] = Field(default_factory=dict)  # titles
    labels: dict[paper.Veld, Teksten] = Field(default_factory=dict)  # beside the values in the head
    koppen: dict[paper.Sectie, Teksten] = Field(default_factory=dict)
    kolommen: dict[paper.Kolom, Teksten] = Field(default_factory=dict)  # of the behandeltabel
    lijsten: dict[paper.Lijstwoord, Teksten] = Field(
        default_factory=dict
    )  # above and before numbered points and attachments
    doelen: dict[Doel, Teksten] = Field(default_factory=dict)
    conclusies: dict[ConclusieCode, Teksten] = Field(
        default_factory=dict
    )  # the words of a whole cell


class Lidmaatschap(Model):
    """A gemeente takes part in a theme ('*': all) from `van` up to and including `tot`."""

    thema: str = "*"
    van: Datum | None = None
    tot: Datum | None = None


class GemeenteDefinitie(Model):
    """One gemeente, its names on paper, its membership by theme and date."""

    code: Code
    naam: Tekst
    aliassen: Teksten = ()
    lidmaatschap: tuple[Lidmaatschap, ...] = ()
    begin: Datum | None = None
    eind: Datum | None = None
    opvolger: Code | None = None
    collegedag: Weekdag | None = None
    contact: Contactadres | None = None  # a functional mailbox, never a wethouder in person


# --- calendar ------------------------------------------------------------------------


class Periode(Model):
    """Days from `van` up to and including `tot`."""

    naam: Tekst
    van: Datum
    tot: Datum


class VrijeDag(Model):
    """A holiday or bridge day."""

    dag: Datum
    naam: Tekst


class VergaderDatum(Model):
    """A meeting date that is known, with its source."""

    overleg: Code
    datum: Datum
    bron: str | None = None


class Kalender(Model):
    """kalender.yaml: confirmed by the organisation; no deadline moves because of an upgrade."""

    bevestigd_tot: Datum
    feestdagen: tuple[VrijeDag, ...] = ()
    reces: tuple[Periode, ...] = ()
    vergaderingen: tuple[VergaderDatum, ...] = ()


# --- machines ------------------------------------------------------------------------


class Toestand(Model):
    """A state with its Dutch label; `klaar` counts as settled in a join, `eind` has no exit."""

    toestand: Code
    naam: Tekst
    klaar: JaNee = False
    eind: JaNee = False
    in_werking: Literal["ja", "afwijkend", "nee"] | None = None  # of a gemeente; none: not yet


class Veld(Model):
    """One field of an act, as shown in `actions` and in the form."""

    veld: str
    naam: Tekst
    soort: Literal[
        "tekst",
        "lange_tekst",
        "datum",
        "keuze",
        "code",
        "overleg",
        "gemeenten",
        "beslispunten",
        "ja_nee",
        "nummer",
    ]
    verplicht: JaNee = False
    keuzes: str | None = None  # name of a list: conclusies, doelen, overleggen, gemeenten, rijen
    per_beslispunt: JaNee = False  # asked once per beslispunt: NAME_1, NAME_2, …
    per_gemeente: JaNee = False  # asked once per gemeente: NAME_CODE
    per_feit: JaNee = False  # asked once per declared fact; the field bears the name of the fact
    uitleg: str | None = None


class Handeling(Model):
    """An act: from where, to where, who may, what must hold, what is asked."""

    handeling: Code
    naam: Tekst
    van: Teksten  # states; in the voorstel machine '@stap' means: any step of the route
    naar: str  # a state; '@zelfde' stays, '@stap' is the first open step, '@volgende' the next
    recht: str
    eisen: Teksten = ()  # names of guards
    velden: tuple[Veld, ...] = ()
    rollen: Teksten = ()  # beside `recht`: who acts has one of these roles; none: any
    vier_ogen: Code | None = None  # the earlier act that somebody else must have done


class Gevolg(Model):
    """A move that follows from a conclusion: nobody chooses it, so it has no label or field."""

    gevolg: Code
    van: Teksten
    naar: str


class MachineDefinitie(Model):
    """machines/*.yaml: one of the five machines."""

    machine: Literal["voorstel", "behandeling", "vergadering", "raadsinformatie", "afspraak"]
    deelroute: Code | None = None  # of raadsinformatie: which sub-route it is; none: informeren
    doelen: Doelen = ()  # a round for one of these doelen is this sub-route, unless it says else
    soorten: Annotated[tuple[Soort, ...], Lijst] = ()  # and only along these; none: any
    start: Tekst | None = None  # what the button says that starts a round of this sub-route
    begin: Code
    toestanden: tuple[Toestand, ...]
    handelingen: tuple[Handeling, ...]
    gevolgen: tuple[Gevolg, ...] = ()


def machine_key(machine: MachineDefinitie) -> str:
    """How a machine is named: a sub-route of a round by its own name, the others by theirs."""
    return machine.deelroute or machine.machine


class Doeltabel(Model):
    """What the conclusions of one or more doelen lead to (machines/conclusies.yaml)."""

    doelen: Doelen
    verder: Conclusiecodes
    blijft: Conclusiecodes = ()
    terug: Conclusiecodes = ()
    einde: Conclusiecodes = ()
    vraagt: tuple[Vraag, ...] = ()


class Conclusies(Model):
    """The default table per doel; a step may say where it differs."""

    conclusies: tuple[Doeltabel, ...]


# --- routes --------------------------------------------------------------------------


class Bekrachtiging(Model):
    """Whether colleges or raden ratify, and on what ground not."""

    wanneer: Literal["vooraf", "achteraf", "niet_nodig"]
    grond: Tekst


class StapDefinitie(Model):
    """One step of a route."""

    stap: Code
    overleg: Code | None = None
    overleggen: Codes = ()  # a joint meeting
    per: Literal["gemeente"] | None = None
    doel: Doel
    groep: Code | None = None  # steps of one group run in parallel
    klaar: Literal["alle", "eerste"] | Annotated[int, Field(ge=1)] | None = None
    voorwaarde: Teksten = ()  # names of guards
    bekrachtiging: Bekrachtiging | None = None
    conclusies: Doeltabel | None = None
    deelroute: Code | None = None  # what is asked of each gemeente; none: as its doel says
    termijn: TermijnDefinitie | None = None
    alleen_als: dict[str, Teksten] = Field(default_factory=dict)  # fact -> the values that count
    zonder_advies: JaNee = True  # may be concluded before the advice is there, with a reason
    standpunten: JaNee = False  # asks where each gemeente stands


class AfspraakUitBesluit(Model):
    """An afspraak that arises at a step from agreed beslispunten."""

    afspraak: Code
    soort: Literal["rapportage", "evaluatie", "toezegging", "opdracht", "voorbehoud", "actie"]
    titel: Tekst
    stap: Code
    uit: Teksten = Field(min_length=1)  # numbers of beslispunten; agreed ones count
    bij: Conclusiecodes = ()  # only at these conclusions; none: at each that goes on
    venster: Periodecode | None = None  # '2025-Q1'; none: no date on paper
    eigenaars: Teksten = ()  # functions
    schuldeiser: str | None = None
    afgedaan_door: Herkenning | None = None  # a voorstel like this, treated inside the window
    behandeld_door: Teksten = ()  # overleg codes or niveau whose treatment settles it
    bron: str | None = None
    # What is not on paper and must be asked: begin and end of a pilot, moments in between.
    vraagt: Annotated[tuple[Literal["begin", "einde", "tussentijds"], ...], Lijst] = ()
    voorstel_venster: Periodecode | None = None  # no date on paper: offered, to be confirmed


class Route(Model):
    """routes/*.yaml: the ordered steps of one kind of voorstel."""

    route: Code
    versie: int = Field(ge=1)
    titel: Tekst
    bron: str | None = None
    thema: Code | None = None
    herkenning: Herkenning | None = None
    uit_behandeltabel: JaNee = False  # the route is the behandeltabel itself ('vrij')
    cyclus: Code | None = None  # a treated voorstel of this route settles a report of this cycle
    stappen: tuple[StapDefinitie, ...] = ()
    afspraken: tuple[AfspraakUitBesluit, ...] = ()


class Definities(Model):
    """Everything of one organisation, checked and ready for use."""

    organisatie: Organisatie
    overleggen: tuple[OverlegDefinitie, ...]
    gezamenlijk: tuple[GezamenlijkOverleg, ...] = ()
    themas: tuple[Thema, ...] = ()
    gemeenten: tuple[GemeenteDefinitie, ...]
    kalender: Kalender
    machines: tuple[MachineDefinitie, ...]
    conclusies: tuple[Doeltabel, ...]
    routes: tuple[Route, ...]
    cycli: tuple[Cyclus, ...] = ()
    herinneringen: tuple[HerinneringRegel, ...] = ()
    functies: tuple[Functie, ...] = ()
    afwezig: tuple[Afwezigheid, ...] = ()
    vaste_afspraken: tuple[VasteAfspraak, ...] = ()
    woorden: Woorden = Woorden()
    feiten: tuple[FeitDefinitie, ...] = ()
