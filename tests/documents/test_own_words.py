"""The words of another organisation on its papers: from its definitions, not from Python."""

from dataclasses import replace
from datetime import date

import pytest

from tests.documents.papers import VOCABULARY, codes
from workflow.documents import ReadDocument, Voorblad, read_document
from workflow.domain.behandeling import ConclusieCode, Doel, Soort
from workflow.domain.paper import Kind, Kolom, Lijstwoord, PaperWords, Sectie, Veld
from workflow.domain.vocabulary import OverlegTerm

OWN = PaperWords(
    kinds=(("Aanbiedingsformulier", Kind.VOORBLAD),),
    labels=(
        ("Waar gaat het over", Veld.ONDERWERP),
        ("Dossier", Veld.KENMERK),
        ("Aanspreekpunt", Veld.CONTACTPERSOON),
        ("Bereikbaar via", Veld.EMAIL),
        ("Gemaakt op", Veld.DATUM),
    ),
    headings=(("Verzoek", Sectie.VOORSTEL), ("Gang langs de tafels", Sectie.BEHANDELING)),
    columns=(
        ("Dag", Kolom.DATUM),
        ("Gezelschap", Kolom.OVERLEG),
        ("Vraag", Kolom.DOEL),
        ("Afloop", Kolom.CONCLUSIE),
    ),
    lists=(
        ("Volgorde", Lijstwoord.NUMMER),
        ("Wat", Lijstwoord.OMSCHRIJVING),
        ("Verzoek", Lijstwoord.BESLISPUNT),
        ("Stuk", Lijstwoord.BIJLAGE),
    ),
    doelen=(("meedenken", Doel.ADVISEREN), ("knoop doorhakken", Doel.BESLUITEN)),
    conclusies=(("groen licht", ConclusieCode.AKKOORD),),
)
STEERING = OverlegTerm(code="stuur", soort=Soort.ANDERS, name="Stuurgroep", aliases=("Stuurploeg",))
THEIRS = replace(VOCABULARY, words=OWN, overleggen=(*VOCABULARY.overleggen, STEERING))

PAPER = """Aanbiedingsformulier

Waar gaat het over\tEen fietspad langs de plas
Dossier\t24001234
Aanspreekpunt\tAnna de Wit
Bereikbaar via\ta.dewit@regio.example
Gemaakt op\t10 juni 2024

Verzoek aan de Stuurploeg

Volgorde\tWat
Verzoek 1.\tInstemmen met het ontwerp.
Verzoek 2.\tKennisnemen van de kosten.

Gang langs de tafels

Dag\tGezelschap\tVraag\tAfloop
27-06-24\tDO SD\tMeedenken\tGroen licht!
11-07-24\tStuurgroep\tKnoop doorhakken\t

Bijlage(n)

Volgorde\tWat
Stuk 1.\tOntwerp
"""


def _read(text: str) -> ReadDocument:
    """The paper as that organisation's register reads it."""
    return read_document("stuk.txt", text.encode(), THEIRS)


def _sheet(text: str) -> Voorblad:
    """The voorblad on it."""
    sheet = _read(text).voorblad
    assert sheet is not None
    return sheet


def test_a_paper_in_an_organisations_own_words_is_read_whole() -> None:
    """Labels, headings, columns, numbering, purposes and conclusions need no programmer."""
    document, sheet = _read(PAPER), _sheet(PAPER)

    assert document.kind is Kind.VOORBLAD
    assert (sheet.onderwerp, sheet.kenmerk) == ("Een fietspad langs de plas", "24001234")
    assert sheet.contactpersonen[0].email == "a.dewit@regio.example"
    assert sheet.datum == date(2024, 6, 10)
    assert sheet.gericht_aan is Soort.ANDERS
    assert [(punt.nummer, punt.tekst) for punt in sheet.beslispunten] == [
        ("1", "Instemmen met het ontwerp."),
        ("2", "Kennisnemen van de kosten."),
    ]
    assert [(row.doel, row.conclusie_code, row.overleg_code) for row in sheet.behandelingen] == [
        (Doel.ADVISEREN, ConclusieCode.AKKOORD, "do_sd"),
        (Doel.BESLUITEN, None, "stuur"),
    ]
    assert [(b.nummer, b.omschrijving) for b in sheet.bijlagen] == [("1", "Ontwerp")]
    assert codes(document) == []


def test_the_usual_words_are_still_read() -> None:
    """A paper may mix its own words with those that everybody uses."""
    sheet = _sheet(PAPER.replace("Dossier\t", "Kenmerk\t").replace("Meedenken", "Adviseren"))

    assert sheet.kenmerk == "24001234"
    assert sheet.behandelingen[0].doel is Doel.ADVISEREN


def test_a_scanning_fault_in_an_own_word_is_a_doubt() -> None:
    """Own words are mended as the usual ones are, and said to be."""
    document = _read(PAPER.replace("Aanspreekpunt", "Aansprcekpunt").replace("Mee", "Meee"))

    assert document.voorblad is not None
    assert document.voorblad.contactpersonen[0].naam == "Anna de Wit"
    assert codes(document) == ["label_gecorrigeerd", "doel_gecorrigeerd"]


@pytest.mark.parametrize("words", ["Groen licht, mits", "geen groen licht", "groen licht?"])
def test_an_own_conclusion_counts_as_a_whole_cell_only(words: str) -> None:
    """What stands beside it may turn it around: then a person chooses."""
    document = _read(PAPER.replace("Groen licht!", words))

    assert document.voorblad is not None
    assert document.voorblad.behandelingen[0].conclusie_code is None
    assert codes(document, "behandelingen[0].conclusie") == ["conclusie_onbekend"]
