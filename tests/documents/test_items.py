"""Beslispunten and bijlagen: numbers as written, lists inside them apart, nothing lost."""

import pytest

from tests.documents.papers import HEAD, POINTS, ROWS, VOORBLAD, codes, doubt, read, with_points
from workflow.documents import Beslispunt, ReadDocument
from workflow.documents.items import ordinal, split_inline

THREE = [
    (None, "het overleg te leiden;"),
    (None, "de agenda te maken;"),
    (None, "voor te bereiden."),
]


def _points(document: ReadDocument) -> tuple[Beslispunt, ...]:
    """The beslispunten of a paper."""
    assert document.voorblad is not None
    return document.voorblad.beslispunten


def _subs(point: Beslispunt) -> list[tuple[str | None, str]]:
    """The list under a beslispunt."""
    return [(sub.nummer, sub.tekst) for sub in point.onderdelen]


@pytest.mark.parametrize(
    "text",
    [
        "1. Opdracht geven door:\n- het overleg te leiden; - de agenda te maken; - voor te "
        "bereiden.\n2. Slot.",
        "1. Opdracht geven door:\n - het overleg te leiden;\n - de agenda te maken;\n"
        " - voor te bereiden.\n2. Slot.",
        "1. Opdracht geven door:\n• het overleg te leiden;\n• de agenda te maken;\n"
        "• voor te bereiden.\n2. Slot.",
        'Nummer\tOmschrijving\nVoorstel 1.\tOpdracht geven door: <ul style="x"> - het overleg te '
        "leiden; - de agenda te maken; - voor te bereiden.\nVoorstel 2.\tSlot.",
        "Voorstel 1.\tOpdracht geven door: <ul><li>het overleg te leiden;</li><li>de "
        "agenda te maken;"
        "</li><li>voor te bereiden.</li></ul>\nVoorstel 2.\tSlot.",
        "Voorstel 1: Opdracht geven door: - het overleg te leiden; - de agenda te maken; - voor te "
        "bereiden.\nVoorstel 2: Slot.",
        "| Nr | Beslispunt |\n|---|---|\n| 1 | Opdracht geven door:<br>- het overleg te leiden;"
        "<br>- de agenda te maken;<br>- voor te bereiden. |\n| 2 | Slot. |",
        "Voorstel 1.\nOpdracht geven door:\n- het overleg te leiden;\n- de agenda te\n  maken;\n"
        "- voor te bereiden.\nVoorstel 2.\nSlot.",
    ],
    ids=["run_together", "dashes", "dots", "stripped", "tags", "inline", "markdown", "stacked"],
)
def test_a_nested_list_is_kept_apart_from_its_sentence(text: str) -> None:
    """However the list is written, the point is its own sentence and three items."""
    points = _points(read(with_points(text)))

    assert [(p.nummer, p.tekst) for p in points] == [("1", "Opdracht geven door:"), ("2", "Slot.")]
    assert _subs(points[0]) == THREE


@pytest.mark.parametrize(
    "text",
    [
        'Voorstel 1.\tUitwerken: <ol style="x"> 1) Wat nodig is - naast steun - om te '
        "doen. 2) De rest.",
        "Voorstel 1.\tUitwerken: 1) Wat nodig is - naast steun - om te doen. 2) De rest.",
        "1. Uitwerken:\n   1) Wat nodig is - naast steun - om te doen.\n   2) De rest.",
        "1. Uitwerken:\n1) Wat nodig is - naast steun - om te doen.\n2) De rest.",
    ],
    ids=["stripped", "inline", "indented", "flat"],
)
def test_a_numbered_list_keeps_its_numbers_and_its_dashes(text: str) -> None:
    """A dash inside a sentence is no new item."""
    points = _points(read(with_points(text)))

    assert [point.tekst for point in points] == ["Uitwerken:"]
    assert _subs(points[0]) == [
        ("1", "Wat nodig is - naast steun - om te doen."),
        ("2", "De rest."),
    ]


def test_what_stands_behind_a_list_is_part_of_the_sentence() -> None:
    """The end of a sentence after its list is not lost."""
    html = (
        "<html><h1>Voorblad</h1><h3>Voorstel</h3><table><tr><td>Voorstel "
        "1.</td><td>Opdracht geven om:"
        "<ul><li>een;</li><li>twee;<ul><li>met derden</li></ul></li></ul>en terug te "
        "komen.</td></tr>"
        "</table></html>"
    )
    inline = (
        "Voorstel 1.\tOpdracht geven om: <ul><li>een;</li><li>twee</li></ul> en terug te komen."
    )
    nested = _points(read(html))

    assert [(p.tekst, len(p.onderdelen)) for p in nested] == [
        ("Opdracht geven om: en terug te komen.", 3)
    ]
    assert _points(read(with_points(inline)))[0].tekst == "Opdracht geven om: en terug te komen."


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (("1. een", "2. twee"), ["1", "2"]),
        (("1) een", "2) twee"), ["1", "2"]),
        (("I. een", "II. twee"), ["I", "II"]),
        (("a. een", "b. twee"), ["a", "b"]),
        (("Voorstel 1: een", "Voorstel 2: twee"), ["1", "2"]),
        (("Beslispunt 1. een", "Beslispunt 1a. twee"), ["1", "1a"]),
        (("1\teen", "2\ttwee"), ["1", "2"]),
        (("**1.** een", "**2.** twee"), ["1", "2"]),
    ],
)
def test_numbers_are_kept_as_written(lines: tuple[str, ...], numbers: list[str]) -> None:
    """A number in sequence needs no doubt, whatever its form."""
    document = read(with_points(*lines))

    assert [(p.nummer, p.tekst) for p in _points(document)] == list(
        zip(numbers, ("een", "twee"), strict=True)
    )
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (("1. een", "3. drie"), ["1", "3"]),
        (("1. een", "1. nog een"), ["1", "1"]),
        (("2. een", "3. twee"), ["2", "3"]),
        (("Voorstel l.\teen",), ["l"]),
        (("- een", "- twee"), [None, None]),
        (("In te stemmen met het plan.",), [None]),
    ],
)
def test_gaps_doubles_and_missing_numbers_are_said(
    lines: tuple[str, ...], numbers: list[str | None]
) -> None:
    """Nothing is renumbered."""
    document = read(with_points(*lines))

    assert [point.nummer for point in _points(document)] == numbers
    assert set(codes(document)) == {"nummering"}


@pytest.mark.parametrize(
    ("heading", "gericht"),
    [
        ("Voorstel", None),
        ("### Voorstel", None),
        ("Voorstel aan het DO", "DO"),
        ("Voorstel aan het PFHO:", "PFHO"),
        ("Beslispunten", None),
        ("**Gevraagd besluit**", None),
        ("Gevraagde beslissing:", None),
        ("Voorstel aan de colleges", "COLLEGES"),
    ],
)
def test_the_heading_tells_whom_the_sheet_addresses(heading: str, gericht: str | None) -> None:
    """The heading above the beslispunten has many forms."""
    document = read(VOORBLAD.replace("\nVoorstel\n", f"\n{heading}\n"))

    assert document.voorblad is not None
    assert document.voorblad.gericht_aan == gericht
    assert len(_points(document)) == 2
    assert document.warnings == ()


def test_two_addressed_overleggen_keep_the_first_with_a_doubt() -> None:
    """'Voorstel aan DO en PFHO' is first of all for the DO."""
    document = read(VOORBLAD.replace("\nVoorstel\n", "\nVoorstel aan DO en PFHO\n"))

    assert document.voorblad is not None
    assert document.voorblad.gericht_aan == "DO"
    assert doubt(document, "overleg_afgeleid").field == "gericht_aan"


def test_a_sentence_that_introduces_the_points_is_none_of_them() -> None:
    """'Het DO wordt gevraagd om:' asks nothing by itself; another sentence is named."""
    asked = read(with_points("Het DO wordt gevraagd om:", "1. een"))
    other = read(with_points("Dit voorstel is spoed.", "1. een"))

    assert [point.tekst for point in _points(asked)] == ["een"]
    assert asked.warnings == ()
    assert [point.tekst for point in _points(other)] == ["een"]
    assert doubt(other, "niet_begrepen").details["tekst"] == "Dit voorstel is spoed."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Plan\n2. Planning", [("1", "Plan"), ("2", "Planning")]),
        ("Bijlage 1: Toelichting\nBijlage 3: Brief", [("1", "Toelichting"), ("3", "Brief")]),
        (
            "Bijlage 1.\nSamenvatting\nBijlage 2.\nVoorstel",
            [("1", "Samenvatting"), ("2", "Voorstel")],
        ),
        ("- Plan\n- Brief", [(None, "Plan"), (None, "Brief")]),
        ("geen", []),
    ],
)
def test_attachments_are_read_in_every_form(
    text: str, expected: list[tuple[str | None, str]]
) -> None:
    """A description that looks like a heading is still a description."""
    document = read(HEAD + POINTS + ROWS + "\nBijlage(n)\n\n" + text + "\n")

    assert document.voorblad is not None
    assert [(b.nummer, b.omschrijving) for b in document.voorblad.bijlagen] == expected


def test_a_list_in_a_line_is_cut_only_behind_a_colon() -> None:
    """A time, a dash and a bracket in a plain sentence stay in it."""
    plain = "Gewone zin - met streepjes - en een tijd: 12:00, zie punt 1) hierboven."

    assert split_inline(plain) == (plain, [], "")
    assert split_inline("Drie: a) een; b) twee")[1] == [("a", "een;"), ("b", "twee")]


@pytest.mark.parametrize(
    ("nummer", "place"),
    [("3", 3), ("1a", 1), ("IV", 4), ("c", 3), ("ix", 9), ("", None), (None, None)],
)
def test_a_number_claims_a_place(nummer: str | None, place: int | None) -> None:
    """Digits, letters and roman numbers count alike."""
    assert ordinal(nummer) == place


@pytest.mark.parametrize("numbers", [("1", "2"), ("I", "II"), ("a", "b")], ids=str)
def test_a_number_below_a_stacked_header_begins_an_item(numbers: tuple[str, str]) -> None:
    """Cells one below another have their numbers on lines of their own."""
    first, second = numbers
    document = read(
        with_points("Nummer", "Omschrijving", first, "Instemmen.", second, "Vaststellen.")
    )

    assert document.voorblad is not None
    assert [(punt.nummer, punt.tekst) for punt in document.voorblad.beslispunten] == [
        (first, "Instemmen."),
        (second, "Vaststellen."),
    ]
