"""What was read from a document: typed, with dates as dates, and its public JSON shape."""

from dataclasses import dataclass
from datetime import date

from workflow.documents.warning import Warning
from workflow.domain.behandeling import ConclusieCode, Doel, Soort
from workflow.domain.paper import Kind


def _iso(day: date | None) -> str | None:
    """A day as JSON shows it."""
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contactpersoon:
    """A person as named on paper."""

    naam: str
    organisatie: str | None = None
    email: str | None = None

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {"naam": self.naam, "organisatie": self.organisatie, "email": self.email}


@dataclass(frozen=True, slots=True, kw_only=True)
class Onderdeel:
    """One item of a list inside a beslispunt; `nummer` as written, None for a dash."""

    tekst: str
    nummer: str | None = None

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {"nummer": self.nummer, "tekst": self.tekst}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beslispunt:
    """What is asked: the own sentence, and the list under it."""

    tekst: str
    nummer: str | None = None  # as written: '1', '1a', 'II'
    onderdelen: tuple[Onderdeel, ...] = ()
    line: int | None = None

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        onderdelen = [onderdeel.as_json() for onderdeel in self.onderdelen]
        return {"nummer": self.nummer, "tekst": self.tekst, "onderdelen": onderdelen}


@dataclass(frozen=True, slots=True, kw_only=True)
class GelezenBehandeling:
    """One row of the table 'Behandeling' as it was read; None is what the paper leaves open."""

    datum: date | None = None
    datum_ruw: str | None = None
    jaar_afgeleid: bool = False
    periode: str | None = None
    overleg: str | None = None
    soort: Soort | None = None
    overleg_codes: tuple[str, ...] = ()
    doel: Doel | None = None
    doel_ruw: str | None = None
    conclusie: str | None = None
    conclusie_code: ConclusieCode | None = None
    treated: bool = False  # a conclusion stands on paper: not empty, a dash or 'n.v.t.'
    line: int | None = None

    @property
    def overleg_code(self) -> str | None:
        """The overleg of the definitions; for a joint meeting the first."""
        return self.overleg_codes[0] if self.overleg_codes else None

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {
            "datum": _iso(self.datum),
            "datum_ruw": self.datum_ruw,
            "jaar_afgeleid": self.jaar_afgeleid,
            "periode": self.periode,
            "overleg": self.overleg,
            "soort": self.soort.value if self.soort else None,
            "overleg_code": self.overleg_code,
            "overleg_codes": list(self.overleg_codes),
            "doel": self.doel.value if self.doel else None,
            "doel_ruw": self.doel_ruw,
            "conclusie": self.conclusie,
            "conclusie_code": self.conclusie_code.value if self.conclusie_code else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Bijlage:
    """An attachment named on paper."""

    omschrijving: str
    nummer: str | None = None

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {"nummer": self.nummer, "omschrijving": self.omschrijving}


@dataclass(frozen=True, slots=True, kw_only=True)
class Toezegging:
    """A promise: its sentence on paper, and the period it names (as `2025-Q1`) if any."""

    tekst: str
    periode: str | None = None

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {"tekst": self.tekst, "periode": self.periode}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voorblad:
    """A voorblad or oplegnotitie."""

    onderwerp: str | None = None
    verspreiden: bool | None = None
    verspreiden_ruw: str | None = None
    eenheid: str | None = None
    kenmerk: str | None = None
    datum: date | None = None
    datum_periode: str | None = None
    gericht_aan: Soort | None = None
    contactpersonen: tuple[Contactpersoon, ...] = ()
    emails: tuple[str, ...] = ()
    beslispunten: tuple[Beslispunt, ...] = ()
    behandelingen: tuple[GelezenBehandeling, ...] = ()
    bijlagen: tuple[Bijlage, ...] = ()
    toelichting: str | None = None
    toezeggingen: tuple[Toezegging, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The public shape, every key always there."""
        return {
            "onderwerp": self.onderwerp,
            "verspreiden": self.verspreiden,
            "verspreiden_ruw": self.verspreiden_ruw,
            "eenheid": self.eenheid,
            "kenmerk": self.kenmerk,
            "datum": _iso(self.datum),
            "datum_periode": self.datum_periode,
            "gericht_aan": self.gericht_aan.value if self.gericht_aan else None,
            "contactpersonen": [persoon.as_json() for persoon in self.contactpersonen],
            "emails": list(self.emails),
            "beslispunten": [punt.as_json() for punt in self.beslispunten],
            "behandelingen": [rij.as_json() for rij in self.behandelingen],
            "bijlagen": [bijlage.as_json() for bijlage in self.bijlagen],
            "toelichting": self.toelichting,
            "toezeggingen": [toezegging.as_json() for toezegging in self.toezeggingen],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ondertekenaar:
    """Who signed; a placeholder such as `<naam wethouder>` is kept as written."""

    naam: str
    functie: str | None = None

    def as_json(self) -> dict[str, object]:
        """The public shape."""
        return {"naam": self.naam, "functie": self.functie}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A letter to the gemeenteraden, or a mededeling of a college to its own raad."""

    datum: date | None = None
    datum_periode: str | None = None
    kenmerk: str | None = None
    zaaknummer: str | None = None
    onderwerp: str | None = None
    geadresseerden: tuple[str, ...] = ()  # gemeenten by the name of the definitions
    geadresseerden_ruw: tuple[str, ...] = ()  # the same names as written
    gemeente: str | None = None
    afzender: str | None = None
    portefeuillehouder: str | None = None
    ondertekenaars: tuple[Ondertekenaar, ...] = ()
    inlichtingen: str | None = None
    telefoon: str | None = None
    datum_college: date | None = None
    verwijst_naar: tuple[str, ...] = ()
    bijlagen: tuple[Bijlage, ...] = ()
    toezeggingen: tuple[Toezegging, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The public shape, every key always there."""
        return {
            "datum": _iso(self.datum),
            "datum_periode": self.datum_periode,
            "kenmerk": self.kenmerk,
            "zaaknummer": self.zaaknummer,
            "onderwerp": self.onderwerp,
            "geadresseerden": list(self.geadresseerden),
            "geadresseerden_ruw": list(self.geadresseerden_ruw),
            "gemeente": self.gemeente,
            "afzender": self.afzender,
            "portefeuillehouder": self.portefeuillehouder,
            "ondertekenaars": [persoon.as_json() for persoon in self.ondertekenaars],
            "inlichtingen": self.inlichtingen,
            "telefoon": self.telefoon,
            "datum_college": _iso(self.datum_college),
            "verwijst_naar": list(self.verwijst_naar),
            "bijlagen": [bijlage.as_json() for bijlage in self.bijlagen],
            "toezeggingen": [toezegging.as_json() for toezegging in self.toezeggingen],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """One file: what was read, and every doubt. Nothing here was checked against a register."""

    file: str
    kind: Kind
    sha256: str  # hex, over the bytes of the file
    text: str = ""  # decoded, one line per line of the file, so that `line` finds it
    voorblad: Voorblad | None = None
    brief: Brief | None = None
    warnings: tuple[Warning, ...] = ()

    @property
    def kenmerk(self) -> str | None:
        """The kenmerk of the voorblad or of the letter."""
        if self.voorblad:
            return self.voorblad.kenmerk
        return self.brief.kenmerk if self.brief else None

    def as_json(self) -> dict[str, object]:
        """The contract's dict for one document, without `result`, `route` and `state`."""
        return {
            "file": self.file,
            "kind": self.kind.value,
            "kenmerk": self.kenmerk,
            "voorblad": self.voorblad.as_json() if self.voorblad else None,
            "brief": self.brief.as_json() if self.brief else None,
            "warnings": [warning.as_json() for warning in self.warnings],
        }


REQUIRED_FIELDS = (
    "kenmerk",
    "onderwerp",
    "datum",
    "contactpersonen",
    "beslispunten",
    "behandelingen",
)


def missing_fields(voorblad: Voorblad) -> tuple[str, ...]:
    """The names from REQUIRED_FIELDS that a voorblad lacks before it can be submitted.

    A period will do for `datum`; `behandelingen` needs one row that names its overleg.
    """
    present = {
        "kenmerk": bool(voorblad.kenmerk),
        "onderwerp": bool(voorblad.onderwerp),
        "datum": bool(voorblad.datum or voorblad.datum_periode),
        "contactpersonen": bool(voorblad.contactpersonen),
        "beslispunten": bool(voorblad.beslispunten),
        "behandelingen": any(rij.overleg for rij in voorblad.behandelingen),
    }
    return tuple(name for name in REQUIRED_FIELDS if not present[name])
