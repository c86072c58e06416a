"""What kind of document a text is."""

import pytest

from tests.documents.papers import VOORBLAD, codes, read
from workflow.documents import Kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (VOORBLAD, Kind.VOORBLAD),
        ("Oplegnotitie\n\n" + VOORBLAD, Kind.OPLEGNOTITIE),
        ("# OPLEGNOTITIE\n" + VOORBLAD, Kind.OPLEGNOTITIE),
        ("Agenda DO SD 27 juni 2024\n\n1. Opening\n2. Rapportage", Kind.AGENDA),
        ("Vergaderagenda DO SD\n\n1. Opening", Kind.AGENDA),
        ("Conceptagenda DO SD\n\n1. Opening", Kind.AGENDA),
        ("Besluitenlijst PFHO\n11 juli 2024\n\n1. Akkoord", Kind.BESLUITENLIJST),
        ("Concept-besluitenlijst\n\n1. Akkoord", Kind.BESLUITENLIJST),
        (VOORBLAD.replace("Voortgang beleid", "Besluitenlijst beleid"), Kind.VOORBLAD),
        (VOORBLAD.replace("Rapportage\n", "Raadsinformatiebrief\n"), Kind.VOORBLAD),
        ("Raadsinformatiebrief\n\nOnderwerp: x\n\nTekst.", Kind.RAADSINFORMATIEBRIEF),
        ("Raadsmededeling\n\nOnderwerp: x\nZaaknummer: 1\n\nTekst.", Kind.RAADSMEDEDELING),
        ("Onderwerp: lunch\n\nTekst.", Kind.ONBEKEND),
        ("Onderwerp\tDatum\tKenmerk\nx\ty\tz", Kind.ONBEKEND),
        ("=" * 500, Kind.ONBEKEND),
    ],
)
def test_a_text_is_known_by_its_title_labels_and_tables(text: str, kind: Kind) -> None:
    """A word in the subject or an attachment is no title."""
    assert read(text).kind is kind


@pytest.mark.parametrize("text", ["Agenda DO\n\n1. Opening", "Besluitenlijst\n\n1. Akkoord"])
def test_a_kind_that_is_not_read_yet_says_so(text: str) -> None:
    """An agenda is recognised, and that it is not read is not silent."""
    document = read(text)

    assert (document.voorblad, document.brief) == (None, None)
    assert codes(document) == ["niet_begrepen"]


@pytest.mark.parametrize("text", ["<html></html>", "<html><script>alert(1)</script></html>"])
def test_html_without_a_word_in_it_is_empty(text: str) -> None:
    """Tags are no text: there is nothing to understand."""
    assert "leeg" in codes(read(text))
