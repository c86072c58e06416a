"""A row of the voorblad's table 'Behandeling', and the words in its cells."""

from enum import StrEnum


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
