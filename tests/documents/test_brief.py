"""Letters to the gemeenteraden, and mededelingen of a college to its own raad."""

from datetime import date

import pytest

from tests.documents.papers import codes, doubt, read
from workflow.documents import Brief, Kind, ReadDocument

SEVEN = ("Blaricum", "Eemnes", "Gooise Meren", "Hilversum", "Huizen", "Laren", "Wijdemeren")
BODY = """
Geachte raadsleden,

Wij sturen u de voortgangsrapportage. Zie ook voorstel 24005969 en het [beleidsplan Opvang](#).

De volgende rapportage ontvangt u over een half jaar.

Met vriendelijke groet,

<naam wethouder>

Deze tekst in deze brief is met zorg samengesteld.
"""
LETTER = (
    "Datum\t28 mei 2026\tGemeenteraden\n"
    "Kenmerk\tDOC-26016206\tBlaricum, Eemnes, Gooise Meren, Hilversum,\n"
    "Inlichtingen\tAnna de Wit\tHuizen, Laren en Wijdemeren\n"
    "Telefoon\t(06) 00000000\t\n"
    "Onderwerp\tVoortgangsrapportage beleidsplan Opvang\t\n"
) + BODY
CLASSIC = (
    """Regio Gooi en Vechtstreek

Aan de gemeenteraden van Blaricum, Eemnes, Gooise Meren,
Hilversum, Huizen, Laren en Wijdemeren

Bussum, 28 mei 2026

Ons kenmerk: DOC-26016206
Inlichtingen: Anna de Wit
Telefoonnummer: (06) 00000000
Betreft: Voortgangsrapportage beleidsplan Opvang
"""
    + BODY
)
SPACED = (
    "Datum          28 mei 2026      Gemeenteraden\n"
    "Kenmerk        DOC-26016206     Blaricum, Eemnes, Gooise Meren, Hilversum,\n"
    "Inlichtingen   Anna de Wit      Huizen, Laren en Wijdemeren\n"
    "Telefoon       (06) 00000000\n"
    "Onderwerp      Voortgangsrapportage beleidsplan Opvang\n"
) + BODY
STACKED = "\n".join(part for line in LETTER.split("\n") for part in line.rstrip("\t").split("\t"))
SINGLE = "\n".join(" ".join(line.split()) for line in LETTER.split("\n"))
HTML = (
    "<html><body><table><tr><td>Datum</td><td>28 mei 2026</td><td>Gemeenteraden</td></tr>"
    "<tr><td>Kenmerk</td><td>DOC-26016206</td><td>Blaricum, Eemnes, Gooise Meren, Hilversum,"
    " Huizen, Laren en Wijdemeren</td></tr><tr><td>Inlichtingen</td><td>Anna de Wit</td></tr>"
    "<tr><td>Telefoon</td><td>(06) 00000000</td></tr>"
    "<tr><td>Onderwerp</td><td>Voortgangsrapportage beleidsplan Opvang</td></tr></table>"
    + "".join(
        f"<p>{line.replace('<naam', '&lt;naam')}</p>" for line in BODY.split("\n") if line.strip()
    )
    + "</body></html>"
)
MEDEDELING = """Van\tHet college van burgemeester en wethouders
Aan\tDe gemeenteraad
Datum B&W vergadering\t20 juni 2023
Zaaknummer\t123456
Portefeuillehouder\tmevrouw A. de Wit, wethouder
Onderwerp\tRM Voortgang beleidsplan Opvang 2022-2025

1. Kennisnemen van

de voortgang

8. Vervolg

De volgende voortgangsrapportage volgt begin 2024.

Met vriendelijke groet,
Burgemeester en wethouders van Gooise Meren,

drs. B. Zwart,
Gemeentesecretaris

drs. C.D. ten Groen,
Burgemeester
"""


def _brief(document: ReadDocument) -> Brief:
    """The letter that was read."""
    assert document.brief is not None
    assert document.voorblad is None
    return document.brief


@pytest.mark.parametrize("text", [LETTER, CLASSIC, SPACED, STACKED, SINGLE, HTML])
def test_a_letter_to_seven_raden_is_read_in_every_layout(text: str) -> None:
    """Wherever the addressees stand, the letter says the same."""
    document = read(text)
    brief = _brief(document)

    assert document.kind is Kind.RAADSINFORMATIEBRIEF
    assert (brief.datum, document.kenmerk) == (date(2026, 5, 28), "DOC-26016206")
    assert brief.onderwerp == "Voortgangsrapportage beleidsplan Opvang"
    assert (brief.geadresseerden, brief.geadresseerden_ruw) == (SEVEN, SEVEN)
    assert (brief.inlichtingen, brief.telefoon) == ("Anna de Wit", "(06) 00000000")
    assert [(s.naam, s.functie) for s in brief.ondertekenaars] == [("<naam wethouder>", None)]
    assert [(t.tekst, t.periode) for t in brief.toezeggingen] == [
        ("De volgende rapportage ontvangt u over een half jaar.", "2026-H2")
    ]
    assert "24005969" in brief.verwijst_naar
    assert (brief.gemeente, brief.afzender, brief.datum_college) == (None, None, None)
    assert document.warnings == ()


def test_a_mededeling_of_a_college_goes_to_its_own_raad() -> None:
    """Two signers with their functions, the day of the college, a promise of a year."""
    document = read(MEDEDELING)
    brief = _brief(document)

    assert document.kind is Kind.RAADSMEDEDELING
    assert (brief.kenmerk, brief.zaaknummer) == (None, "123456")
    assert (brief.datum, brief.datum_college) == (None, date(2023, 6, 20))
    assert (brief.gemeente, brief.geadresseerden) == ("Gooise Meren", ("Gooise Meren",))
    assert brief.geadresseerden_ruw == ("De gemeenteraad",)
    assert brief.afzender == "Het college van burgemeester en wethouders"
    assert brief.portefeuillehouder == "mevrouw A. de Wit, wethouder"
    assert [(s.naam, s.functie) for s in brief.ondertekenaars] == [
        ("drs. B. Zwart", "Gemeentesecretaris"),
        ("drs. C.D. ten Groen", "Burgemeester"),
    ]
    assert [(t.tekst, t.periode) for t in brief.toezeggingen] == [
        ("De volgende voortgangsrapportage volgt begin 2024.", "2024")
    ]
    assert brief.verwijst_naar == ("beleidsplan Opvang 2022-2025",)
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("block", "signers"),
    [
        ("A. de Wit, wethouder", [("A. de Wit", "wethouder")]),
        ("A. de Wit (wethouder)", [("A. de Wit", "wethouder")]),
        ("< college van B&W >", [("< college van B&W >", None)]),
        ("[naam], wethouder", [("[naam]", "wethouder")]),
        (
            "de secretaris,\tde burgemeester,\nA. de Wit\tB. Zwart",
            [("A. de Wit", "de secretaris"), ("B. Zwart", "de burgemeester")],
        ),
        (
            "drs. A. de Wit          mr. B. Zwart\nsecretaris              voorzitter",
            [("drs. A. de Wit", "secretaris"), ("mr. B. Zwart", "voorzitter")],
        ),
        ("Anna de Wit\nBram Zwart", [("Anna de Wit", None), ("Bram Zwart", None)]),
    ],
)
def test_signers_are_read_with_their_functions(
    block: str, signers: list[tuple[str, str | None]]
) -> None:
    """Under each other or side by side, the function before or after the name."""
    brief = _brief(read(LETTER.replace("<naam wethouder>", block)))

    assert [(signer.naam, signer.functie) for signer in brief.ondertekenaars] == signers


def test_a_misspelt_gemeente_is_named_and_kept_as_written() -> None:
    """'Wijdemerem' stays readable beside the name that it means."""
    document = read(LETTER.replace("Laren en Wijdemeren", "Laren en Wijdemerem"))
    brief = _brief(document)

    assert brief.geadresseerden == SEVEN
    assert brief.geadresseerden_ruw[-1] == "Wijdemerem"
    assert doubt(document, "naam_genormaliseerd").details == {
        "gelezen": "Wijdemerem",
        "als": "Wijdemeren",
    }
    assert doubt(document, "naam_genormaliseerd").line == 3


def test_an_addressee_that_is_no_gemeente_is_said() -> None:
    """A name outside the definitions is kept as written and not addressed."""
    document = read(LETTER.replace("Huizen, Laren", "Huizen, Utrecht, Laren"))

    assert _brief(document).geadresseerden == SEVEN
    assert "Utrecht" in _brief(document).geadresseerden_ruw
    assert doubt(document, "niet_begrepen").field == "geadresseerden"


def test_a_letter_without_subject_or_date_lacks_them() -> None:
    """What is missing is said; the letter is kept all the same."""
    document = read("Aan: de gemeenteraad van Huizen\n" + BODY)

    assert document.kind is Kind.RAADSINFORMATIEBRIEF
    assert _brief(document).geadresseerden == ("Huizen",)
    assert codes(document) == ["veld_ontbreekt", "veld_ontbreekt"]


def test_attachments_of_a_letter_stand_in_its_head_or_at_its_end() -> None:
    """A number alone ('Bijlagen: 2') describes none."""
    head = read(CLASSIC.replace("Betreft:", "Bijlagen: 1. Rapport; 2. Brief\nBetreft:"))
    end = read(LETTER + "\nBijlagen:\n1. Rapport\n2. Brief\n")
    count = read(CLASSIC.replace("Betreft:", "Bijlagen: 2\nBetreft:"))

    for document in (head, end):
        assert [b.omschrijving for b in _brief(document).bijlagen] == ["Rapport", "Brief"]
    assert _brief(count).bijlagen == ()


def test_the_json_of_a_letter_has_every_key() -> None:
    """No key is left out, whatever the letter lacks."""
    shape = read(LETTER).as_json()["brief"]

    assert isinstance(shape, dict)
    assert set(shape) >= {
        *("datum", "kenmerk", "zaaknummer", "onderwerp", "geadresseerden", "geadresseerden_ruw"),
        *("gemeente", "afzender", "portefeuillehouder", "ondertekenaars", "inlichtingen"),
        *("telefoon", "datum_college", "verwijst_naar", "bijlagen", "toezeggingen"),
    }


def test_a_letter_of_one_gemeente_goes_to_its_own_raad() -> None:
    """The letterhead is no addressee; the signing college tells whose raad it is."""
    text = (
        "Gemeente Hilversum\nRaadsinformatiebrief\n\nAan: de leden van de gemeenteraad\n"
        "Van: college van burgemeester en wethouders\nDatum: 4 juni 2024\nOnderwerp: Voortgang\n\n"
        "Geachte raadsleden,\n\nTekst.\n\nMet vriendelijke groet,\n"
        "namens het college van burgemeester en wethouders van Hilversum,\n\n"
        "A. de Wit, burgemeester\nB. Zwart, gemeentesecretaris\n"
    )
    brief = _brief(read(text))

    assert (brief.gemeente, brief.geadresseerden) == ("Hilversum", ("Hilversum",))
    assert brief.geadresseerden_ruw == ("de leden van de gemeenteraad",)
    assert [(s.naam, s.functie) for s in brief.ondertekenaars] == [
        ("A. de Wit", "burgemeester"),
        ("B. Zwart", "gemeentesecretaris"),
    ]


def test_addressees_may_be_a_list() -> None:
    """Each gemeente on a line of its own, the body that signs above its signers."""
    names = "\n".join(f"- {name}" for name in SEVEN)
    text = (
        f"Aan de gemeenteraden van:\n{names}\n\nOnderwerp: Voortgang\nDatum: 1 feb 2024\n\n"
        "Geachte leden van de gemeenteraad,\n\nTekst.\n\nHoogachtend,\n\n"
        "Het dagelijks bestuur,\n\nA. de Wit\nvoorzitter\n"
    )
    brief = _brief(read(text))

    assert brief.geadresseerden == SEVEN
    assert brief.afzender == "Het dagelijks bestuur"
    assert [(s.naam, s.functie) for s in brief.ondertekenaars] == [("A. de Wit", "voorzitter")]


def test_the_day_of_the_college_is_not_the_date_of_the_letter() -> None:
    """A cell below its label is that label's value and nothing else."""
    brief = _brief(read(MEDEDELING.replace("\t", "\n")))

    assert (brief.datum, brief.datum_college) == (None, date(2023, 6, 20))


def test_a_mededeling_without_salutation_or_heading_keeps_its_signers() -> None:
    """The first sentence ends the head, however short it is."""
    body = MEDEDELING[MEDEDELING.index("1. Kennis") : MEDEDELING.index("Met vriendelijke")]
    brief = _brief(read(MEDEDELING.replace(body, "Wij werken door aan het plan.\n\n")))

    assert brief.gemeente == "Gooise Meren"
    assert [s.functie for s in brief.ondertekenaars] == ["Gemeentesecretaris", "Burgemeester"]


def test_a_college_that_the_definitions_do_not_know_is_a_doubt() -> None:
    """The gemeente stays open, and nobody has to find that out by looking."""
    document = read(MEDEDELING.replace("Gooise Meren", "Verweggistan"))

    assert _brief(document).gemeente is None
    assert doubt(document, "niet_begrepen").field == "gemeente"


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("Blaricum, Eemnes, Gooise Meren, Hilversum,", "Almere, Baarn,", ("Almere", "Baarn")),
        ("Blaricum, Eemnes, Gooise Meren, Hilversum,", "Stichtse Vecht", ("Stichtse Vecht",)),
    ],
)
def test_gemeenten_outside_the_definitions_stay_in_the_address(
    old: str, new: str, written: tuple[str, ...]
) -> None:
    """Their column is known by its heading: no name of theirs ends up in the kenmerk."""
    letter = LETTER.replace(old, new).replace("Huizen, Laren en Wijdemeren", "Bunnik en Soest")
    document = read(letter)
    brief = document.brief

    assert brief is not None
    assert (brief.kenmerk, brief.inlichtingen) == ("DOC-26016206", "Anna de Wit")
    assert brief.geadresseerden == ()
    assert brief.geadresseerden_ruw == (*written, "Bunnik", "Soest")
    assert set(codes(document)) == {"niet_begrepen"}


def test_one_strange_name_beside_the_known_ones_is_named() -> None:
    """The rest of the address is read as before."""
    document = read(LETTER.replace("Huizen, Laren en Wijdemeren", "Almere, Bunnik en Laren"))

    assert document.brief is not None
    assert document.brief.geadresseerden == (*SEVEN[:4], "Laren")
    assert document.brief.inlichtingen == "Anna de Wit"
    assert codes(document, "geadresseerden") == ["niet_begrepen", "niet_begrepen"]


def test_words_beside_a_kenmerk_without_any_address_are_not_taken_into_it() -> None:
    """A cell that nobody can place is said, and the kenmerk stays whole."""
    letter = (
        LETTER.replace("\tGemeenteraden", "\t")
        .replace("\tBlaricum, Eemnes, Gooise Meren, Hilversum,", "\tSpoed")
        .replace("\tHuizen, Laren en Wijdemeren", "\t")
    )
    document = read(letter)

    assert document.brief is not None
    assert document.brief.kenmerk == "DOC-26016206"
    assert doubt(document, "niet_begrepen").field == "kenmerk"


def test_an_unknown_raad_is_kept_as_written() -> None:
    """'Aan de raad van …' is an address, whether we know that gemeente or not."""
    letter = (
        LETTER.replace("\tGemeenteraden", "\tAan de raad van Almere")
        .replace("\tBlaricum, Eemnes, Gooise Meren, Hilversum,", "\t")
        .replace("\tHuizen, Laren en Wijdemeren", "\t")
    )
    document = read(letter)

    assert document.brief is not None
    assert document.brief.geadresseerden_ruw == ("Almere",)
