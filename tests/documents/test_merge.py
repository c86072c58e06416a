"""Two sheets in a file: the first stands, each difference is said with both values."""

import pytest

from tests.documents.papers import HEAD, POINTS, REST, ROWS, VOORBLAD, codes, doubt, read
from workflow.documents import ReadDocument, Voorblad, Warning

SECOND = HEAD + POINTS + "\nKernboodschap\n\nDe volledige tekst.\n"


def _voorblad(document: ReadDocument) -> Voorblad:
    """The one voorblad of both sheets."""
    assert document.voorblad is not None
    return document.voorblad


def _difference(document: ReadDocument, field: str) -> Warning:
    """The difference in one field."""
    found = [
        warning
        for warning in document.warnings
        if warning.code == "verschil_tussen_versies" and warning.field == field
    ]
    assert len(found) == 1, [(warning.code.value, warning.field) for warning in document.warnings]
    return found[0]


def test_two_equal_sheets_are_one_without_a_doubt() -> None:
    """A full text behind its voorblad says nothing new about the fields."""
    document = read(VOORBLAD + "\n" + SECOND)

    assert _voorblad(document) == _voorblad(read(VOORBLAD))
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("label", "other", "field", "first"),
    [
        ("Eenheid", "Beleid Bestuur", "eenheid", "Beleid en Bestuur"),
        ("Datum", "11-6-2024", "datum", "2024-06-10"),
        ("Verspreiden", "Nee", "verspreiden", "Ja"),
        ("Onderwerp", "Anders", "onderwerp", "Voortgang beleidsplan Bescherming en Opvang"),
    ],
)
def test_a_field_that_differs_keeps_the_first_value(
    label: str, other: str, field: str, first: str
) -> None:
    """The second value is in the doubt, with the line on which it stands."""
    lines = [
        f"{label}\t{other}" if line.startswith(label) else line for line in SECOND.splitlines()
    ]
    document = read(VOORBLAD + "\n" + "\n".join(lines))
    difference = _difference(document, field)

    assert difference.details["eerste"] == first
    assert difference.line is not None
    assert document.text.split("\n")[difference.line - 1] == f"{label}\t{other}"
    assert _voorblad(document) == _voorblad(read(VOORBLAD))


def test_a_field_that_the_first_sheet_lacks_is_taken_from_the_second() -> None:
    """What only the second sheet knows is used, and said."""
    first = VOORBLAD.replace("Eenheid\tBeleid en Bestuur\n", "")
    document = read(first + "\n" + SECOND)

    assert _voorblad(document).eenheid == "Beleid en Bestuur"
    assert _difference(document, "eenheid").details == {
        "eerste": None,
        "tweede": "Beleid en Bestuur",
    }


def test_a_person_gets_the_organisation_that_the_second_sheet_names() -> None:
    """Persons are matched by name; the second sheet's own split is not said twice."""
    first = VOORBLAD.replace("Anna de Wit", "Anna de Wit / Bram Zwart")
    second = SECOND.replace("Anna de Wit", "Anna de Wit (Gemeente Huizen) Bram Zwart (Regio)")
    document = read(first + "\n" + second)

    assert [(p.naam, p.organisatie) for p in _voorblad(document).contactpersonen] == [
        ("Anna de Wit", "Gemeente Huizen"),
        ("Bram Zwart", "Regio"),
    ]
    assert _difference(document, "contactpersonen[1].organisatie").details["tweede"] == "Regio"
    assert codes(document).count("namen_gesplitst") == 1


def test_points_are_compared_one_by_one() -> None:
    """A changed point, a list that became a sentence, and a new point are three differences."""
    second = (
        HEAD + "\nVoorstel\n\n1. Vaststellen van de rapportage:\n - deel een\n"
        "2. Kennisnemen van de brief.\n3. Iets nieuws.\n\nKernboodschap\n\nTekst.\n"
    )
    document = read(VOORBLAD + "\n" + second)

    assert _voorblad(document).beslispunten == _voorblad(read(VOORBLAD)).beslispunten
    assert _difference(document, "beslispunten[0].tekst").details == {
        "eerste": "Vaststellen van de rapportage.",
        "tweede": "Vaststellen van de rapportage:",
    }
    assert _difference(document, "beslispunten[0].onderdelen").details["eerste"] == []
    assert "Iets nieuws." in str(_difference(document, "beslispunten").details["tweede"])


def test_a_footnote_or_link_is_a_difference_of_form() -> None:
    """It is said, as a difference in notation only."""
    second = SECOND.replace("van de rapportage.", "van de [rapportage](#)².")
    document = read(VOORBLAD.replace("van de rapportage.", "van de rapportage ¹.") + "\n" + second)

    assert "opmaak" in _difference(document, "beslispunten[0].tekst").message


def test_rows_are_compared_by_overleg() -> None:
    """A conclusion that only the second sheet has is taken; another row is named."""
    rows = ROWS.replace("Adviseren\t", "Adviseren\tAkkoord").replace("PFHO SD G&O", "PFHO FD")
    document = read(VOORBLAD + "\n" + SECOND + rows)
    table = _voorblad(document).behandelingen

    assert [(row.overleg, row.conclusie) for row in table] == [
        ("DO SD", "Akkoord"),
        ("PFHO SD G&O", None),
    ]
    assert table[0].treated
    assert _difference(document, "behandelingen[0].conclusie").details["tweede"] == "Akkoord"
    assert _difference(document, "behandelingen").details["eerste"] is None
    assert _difference(document, "behandelingen[1]").details["tweede"] is None


def test_one_day_in_two_notations_is_no_difference() -> None:
    """'27-6' and '27 juni 2024' are the same day."""
    rows = ROWS.replace("27-06-24", "27 juni 2024")
    document = read(VOORBLAD + "\n" + SECOND + rows)

    assert document.warnings == ()


def test_another_voorstel_in_the_same_file_is_named_and_not_read() -> None:
    """Its sheet must be offered apart; nothing of it reaches the first."""
    other = SECOND.replace("24001234", "24009999").replace("van de rapportage", "van iets anders")
    document = read(VOORBLAD + "\n" + other)

    assert _voorblad(document) == _voorblad(read(VOORBLAD))
    assert codes(document) == ["kenmerk_vreemd"]
    assert doubt(document, "kenmerk_vreemd").details["tweede"] == "24009999"


def test_the_full_text_is_no_other_version_of_the_short_explanation() -> None:
    """A beknopte toelichting and a kernboodschap do not contradict each other."""
    bare = HEAD + POINTS + ROWS
    document = read(bare + "\n" + SECOND)

    assert _voorblad(read(VOORBLAD + SECOND)).toelichting == "De rapportage ligt voor."
    assert _voorblad(document).toelichting == "Kernboodschap\n\nDe volledige tekst."


def test_explanations_that_differ_are_said() -> None:
    """Two sheets with a toelichting of their own are compared."""
    document = read(VOORBLAD + "\n" + SECOND + REST.replace("ligt voor", "is gewijzigd"))

    assert _difference(document, "toelichting").details["tweede"] == "De rapportage is gewijzigd."
