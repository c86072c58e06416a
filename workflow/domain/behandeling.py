"""A row of the voorblad's table 'Behandeling', and the words in its cells."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from workflow.domain.text import ErasableText


class Doel(StrEnum):
    """Why an overleg gets a voorstel on its agenda (column 'Doel')."""

    INFORMEREN = "informeren"
    ADVISEREN = "adviseren"
    BESLUITEN = "besluiten"
    VASTSTELLEN = "vaststellen"
    BESPREKEN = "bespreken"
    INSTEMMEN = "instemmen"
    KENNISNEMEN = "kennisnemen"
    BEKRACHTIGEN = "bekrachtigen"
    ZIENSWIJZE = "zienswijze"


class Soort(StrEnum):
    """What kind of overleg it is; the only names of overleggen that code may know."""

    AO = "AO"
    BO = "BO"
    DO = "DO"
    PFHO = "PFHO"
    DVC = "DVC"
    DB = "DB"
    AB = "AB"
    COLLEGE = "COLLEGE"
    COLLEGES = "COLLEGES"
    RAAD = "RAAD"
    RADEN = "RADEN"
    ANDERS = "ANDERS"


class ConclusieCode(StrEnum):
    """What drives the machine; the words on paper stay verbatim beside it."""

    AKKOORD = "akkoord"
    AKKOORD_MITS = "akkoord_mits"
    DEELS_AKKOORD = "deels_akkoord"
    VASTGESTELD = "vastgesteld"
    GEWIJZIGD_VASTGESTELD = "gewijzigd_vastgesteld"
    ONDER_VOORBEHOUD = "onder_voorbehoud"
    AANGEHOUDEN = "aangehouden"
    VERWEZEN = "verwezen"
    TERUG_NAAR_OPSTELLER = "terug_naar_opsteller"
    NIET_AKKOORD = "niet_akkoord"
    KENNISGENOMEN = "kennisgenomen"
    BESPROKEN = "besproken"
    TERUGGENOMEN = "teruggenomen"


@dataclass(frozen=True, slots=True, kw_only=True)
class PuntConclusie:
    """What an overleg concluded on one beslispunt."""

    number: str
    code: ConclusieCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Bekrachtiging:
    """Whether colleges or raden ratify this decision, and on what ground not."""

    when: str  # vooraf, achteraf, niet_nodig
    ground: str


class Positie(StrEnum):
    """Where one gemeente stands on a conclusion of the whole overleg."""

    VOOR = "voor"
    TEGEN = "tegen"
    ONTHOUDING = "onthouding"
    VOORBEHOUD = "voorbehoud"  # "onder voorbehoud van mijn college"
    AANTEKENING = "aantekening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpunt:
    """The position of one gemeente on a conclusion, with its words when it gave some."""

    gemeente: str  # code
    code: Positie
    words: ErasableText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behandeling:
    """One row of the table: one overleg on one day. Never changed, only replaced.

    A row that is held, moved or taken off the agenda is closed, and a new row
    takes its place in the same step; so each row stays what it was on paper.
    """

    voorstel_id: str
    id: str  # b1, b2, …: within its voorstel
    position: int  # place in the table, from 1
    step: str
    overleg: str  # as written
    overleg_codes: tuple[str, ...] = ()  # a joint meeting has more than one; unknown: none
    soort: Soort = Soort.ANDERS
    doel: Doel | None = None
    doel_raw: str | None = None
    date: dt.date | None = None  # None: "datum volgt", or only a period is known
    date_raw: str | None = None
    year_derived: bool = False
    period: str | None = None
    state: str = "gepland"
    vergadering: str | None = None  # id of the vergadering it is on the agenda of
    conclusie_code: ConclusieCode | None = None
    conclusie: ErasableText | None = None  # verbatim; None: not treated, or no words given
    per_punt: tuple[PuntConclusie, ...] = ()
    punten: tuple[str, ...] | None = None  # the beslispunten this row is about; None: all
    held_until: dt.date | None = None
    referred_to: str | None = None
    basis: str | None = None  # of its conclusie: vergadering, import, …
    happened_on: dt.date | None = None
    recorded_on: dt.date | None = None  # of its conclusie, here; None: read from paper
    reason: ErasableText | None = None  # why skipped, moved, taken off
    on_paper: bool = False
    bekrachtiging: Bekrachtiging | None = None
    objection: str | None = None  # id of the row whose overleg objected to this conclusie
    answers: str | None = None  # id of the row whose conclusie was objected to: this settles it
    explanation: ErasableText | None = None  # the remark that goes with its conclusie
    without_advice: ErasableText | None = None  # why it was concluded before the advice
    standpunten: tuple[Standpunt, ...] | None = None

    def is_open(self) -> bool:
        """Still to be treated: planned or on an agenda."""
        return self.state in OPEN_STATES


DECIDING = frozenset({Doel.BESLUITEN, Doel.VASTSTELLEN, Doel.INSTEMMEN})
INFORMING = frozenset({Doel.INFORMEREN, Doel.KENNISNEMEN, Doel.BESPREKEN})
OPEN_STATES = frozenset({"gepland", "geagendeerd"})
