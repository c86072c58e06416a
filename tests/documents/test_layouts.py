"""One voorblad in every layout of paper gives one reading."""

from datetime import date

import pytest

from tests.documents.papers import HEAD, POINTS, REST, ROWS, VOORBLAD, codes, doubt, read
from workflow.documents import Kind, ReadDocument

SPACED = """Algemeen

Onderwerp        Voortgang beleidsplan Bescherming en Opvang
Verspreiden      Ja
Contactpersoon   Anna de Wit
Eenheid          Beleid en Bestuur
E-mail           a.dewit@regio.example
Kenmerk          24001234
Datum            10 juni 2024

Voorstel

Nummer        Omschrijving
Voorstel 1.   Vaststellen van de
              rapportage.
Voorstel 2.   Kennisnemen van de brief.

Behandeling

Datum      Overleg       Doel         Conclusie
27-06-24   DO SD         Adviseren
11-07-24   PFHO SD G&O   Vaststellen

Toelichting

Beknopte toelichting

De rapportage ligt voor.

Bijlage(n)

Nummer       Omschrijving
Bijlage 1.   Rapportage
"""
COLON = """Onderwerp: Voortgang beleidsplan Bescherming en Opvang
Verspreiden: Ja
Contactpersoon: Anna de Wit
Eenheid: Beleid en Bestuur
E-mail: a.dewit@regio.example
Kenmerk: 24001234   Datum: 10 juni 2024

Beslispunten
1. Vaststellen van de rapportage.
2. Kennisnemen van de brief.

Behandeling:
27-06-24 DO SD Adviseren
11-07-24 PFHO SD G&O Vaststellen

Toelichting: De rapportage ligt voor.

Bijlagen:
1. Rapportage
"""
MARKDOWN = """| | |
|---|---|
| **Onderwerp** | Voortgang beleidsplan Bescherming en Opvang |
| **Verspreiden** | Ja |
| **Contactpersoon** | Anna de Wit |
| **Eenheid** | Beleid en Bestuur |
| **E-mail** | [a.dewit@regio.example](mailto:a.dewit@regio.example) |
| **Kenmerk** | **24001234** |
| **Datum** | 10 juni 2024 |

### Voorstel

| Nummer | Omschrijving |
|:-------|:-------------|
| Voorstel 1. | Vaststellen van de rapportage. |
| Voorstel 2. | Kennisnemen van de brief. |

### Behandeling

| Datum | Overleg | Doel | Conclusie |
|-------|---------|------|-----------|
| 27-06-24 | DO SD | Adviseren | |
| 11-07-24 | PFHO SD G&O | Vaststellen | |

### Toelichting

#### Beknopte toelichting

De rapportage ligt voor.

### Bijlage(n)

| Nummer | Omschrijving |
|---|---|
| Bijlage 1. | Rapportage |
"""
HTML = """<!DOCTYPE html>
<html><head><title>Voorblad</title><style>td { color: red }</style></head><body>
<table><tr><th colspan="2">Algemeen</th></tr>
<tr><td>Onderwerp</td><td>Voortgang beleidsplan Bescherming en&nbsp;Opvang</td></tr>
<tr><td>Verspreiden</td><td>Ja</td></tr><tr><td>Contactpersoon</td><td>Anna de Wit</td></tr>
<tr><td>Eenheid</td><td>Beleid en Bestuur</td></tr>
<tr><td>E-mail</td><td><a href="mailto:a.dewit@regio.example">mail Anna</a></td></tr>
<tr><td>Kenmerk</td><td><b>24001234</b></td></tr><tr><td>Datum</td><td>10 juni 2024</td></tr>
</table>
<h3>Voorstel</h3>
<table><tr><td>Nummer</td><td>Omschrijving</td></tr>
<tr><td>Voorstel 1.</td><td><p>Vaststellen van de rapportage.</p></td></tr>
<tr><td>Voorstel 2.</td><td>Kennisnemen
   van de brief.</td></tr></table>
<h3>Behandeling</h3>
<table><tr><th>Datum<th>Overleg<th>Doel<th>Conclusie
<tr><td>27-06-24<td>DO SD<td>Adviseren<td>
<tr><td>11-07-24<td>PFHO SD G&amp;O<td>Vaststellen<td></table>
<h3>Toelichting</h3><h4>Beknopte toelichting</h4><p>De rapportage ligt voor.</p>
<h3>Bijlage(n)</h3><ol><li>Rapportage</li></ol>
</body></html>
"""
STACKED = VOORBLAD.replace("Algemeen\t\n", "Algemeen\n").replace("\t", "\n")
STACKED_WITHOUT_GAPS = "\n".join(line for line in STACKED.splitlines() if line)
STACKED_WIDE = STACKED.replace("\n", "\n\n")
DOUBLE_TABS = VOORBLAD.replace("\t", "\t\t")
SINGLE_SPACED = "\n".join(" ".join(line.split()) for line in VOORBLAD.splitlines() if line.strip())
SHOUTED = VOORBLAD.replace("Onderwerp", "ONDERWERP").replace("Behandeling\n", "BEHANDELING\n")
OTHER_ORDER = POINTS + ROWS + REST + "\n" + HEAD
DEFINITIONS = (
    "<div><dl>"
    + "".join(
        f"<dt>{line.split(chr(9))[0]}</dt><dd>{line.split(chr(9))[1]}</dd>"
        for line in HEAD.splitlines()[1:]
    )
    + "</dl><h2>Beslispunten</h2><ol><li>Vaststellen van de rapportage."
    "<li>Kennisnemen van de brief.</ol><h2>Behandeling</h2>"
    "<table><tr><td>Overleg<td>Datum<td>Doel</tr><tr><td>DO SD<td>27-06-24"
    "<td>Adviseren<tr><td>PFHO SD G&O<td>11-07-24<td>Vaststellen</table><h2>Toelichting</h2>"
    "<p>De rapportage ligt voor.<h2>Bijlagen</h2><ol><li>Rapportage</ol></div>"
)
GRID = (
    """+----------------+-------------------------------+
| Onderwerp      | Voortgang beleidsplan         |
|                | Bescherming en Opvang         |
+----------------+-------------------------------+
| Verspreiden    | Ja                            |
| Contactpersoon | Anna de Wit                   |
| Eenheid        | Beleid en Bestuur             |
| E-mail         | a.dewit@regio.example         |
| Kenmerk        | 24001234                      |
| Datum          | 10 juni 2024                  |
+----------------+-------------------------------+
"""
    + POINTS
    + ROWS
    + REST
)
MIXED = (
    HEAD
    + POINTS
    + (
        "\nBehandeling\n\n<table>\n<tr><td>Datum</td><td>Overleg</td><td>Doel</td></tr>\n"
        "<tr><td>27-06-24</td><td>DO SD</td><td>Adviseren</td></tr>\n"
        "<tr><td>11-07-24</td><td>PFHO SD G&amp;O</td><td>Vaststellen</td></tr>\n</table>\n"
    )
    + REST
)
PAIRS = (
    (
        "| Onderwerp | Voortgang beleidsplan Bescherming en Opvang | Kenmerk | 24001234 |\n"
        "| Datum | 10 juni 2024 | Verspreiden | Ja |\n"
        "| Contactpersoon | Anna de Wit | E-mail | a.dewit@regio.example |\n"
        "| Eenheid | Beleid en Bestuur | | |\n"
    )
    + POINTS
    + ROWS
    + REST
)

LAYOUTS = {
    "tabs": VOORBLAD,
    "stacked": STACKED,
    "stacked_without_gaps": STACKED_WITHOUT_GAPS,
    "stacked_wide": STACKED_WIDE,
    "double_tabs": DOUBLE_TABS,
    "single_spaced": SINGLE_SPACED,
    "shouted": SHOUTED,
    "other_order": OTHER_ORDER,
    "spaced": SPACED,
    "colon": COLON,
    "markdown": MARKDOWN,
    "html": HTML,
    "definition_list": DEFINITIONS,
    "grid": GRID,
    "mixed": MIXED,
    "pairs": PAIRS,
    "underlined": VOORBLAD.replace("\nVoorstel\n", "\nVoorstel\n========\n"),
    "numbered": VOORBLAD.replace("\nBehandeling\n", "\n2. Behandeling\n").replace(
        "\nBijlage(n)\n", "\n4. Bijlagen\n"
    ),
    "quoted_in_a_mail": "\n".join(f"> {line}" for line in VOORBLAD.split("\n")),
    "page_numbers": VOORBLAD.replace("Voorstel 2.", "Pagina 1 van 2\nVoorstel 2."),
}


def _assert_the_one_reading(document: ReadDocument) -> None:
    """Every field of the plain voorblad."""
    voorblad = document.voorblad
    assert document.kind is Kind.VOORBLAD
    assert voorblad is not None
    assert voorblad.onderwerp == "Voortgang beleidsplan Bescherming en Opvang"
    assert (voorblad.verspreiden, voorblad.verspreiden_ruw) == (True, "Ja")
    assert (voorblad.eenheid, voorblad.kenmerk) == ("Beleid en Bestuur", "24001234")
    assert voorblad.datum == date(2024, 6, 10)
    assert [(p.naam, p.email) for p in voorblad.contactpersonen] == [
        ("Anna de Wit", "a.dewit@regio.example")
    ]
    assert [(p.nummer, p.tekst) for p in voorblad.beslispunten] == [
        ("1", "Vaststellen van de rapportage."),
        ("2", "Kennisnemen van de brief."),
    ]
    assert [
        (r.datum, r.overleg, r.overleg_code, r.doel, r.conclusie) for r in voorblad.behandelingen
    ] == [
        (date(2024, 6, 27), "DO SD", "do_sd", "adviseren", None),
        (date(2024, 7, 11), "PFHO SD G&O", "pfho_go", "vaststellen", None),
    ]
    assert voorblad.toelichting == "De rapportage ligt voor."
    assert [(b.nummer, b.omschrijving) for b in voorblad.bijlagen] == [("1", "Rapportage")]
    assert voorblad.toezeggingen == ()


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_gives_the_one_reading(name: str) -> None:
    """The way a table was flattened to text makes no difference, and needs no doubt."""
    document = read(LAYOUTS[name])

    _assert_the_one_reading(document)
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("0nderwerp", "Onderwerp"),
        ("Kenmerl<", "Kenmerk"),
        ("Verspre1den", "Verspreiden"),
        ("Contactpersoom", "Contactpersoon"),
        ("Behande1ing", "Behandeling"),
        ("V00rstel", "Voorstel"),
        ("Eenhe1d", "Eenheid"),
        ("E-mai1", "E-mail"),
    ],
)
def test_a_spoilt_label_is_read_and_said(printed: str, label: str) -> None:
    """A scanning fault in a label costs no value, and is never mended silently."""
    document = read(VOORBLAD.replace(f"\n{label}", f"\n{printed}", 1))

    _assert_the_one_reading(document)
    assert codes(document) == ["label_gecorrigeerd"]
    assert doubt(document, "label_gecorrigeerd").details["gelezen"] == printed


def test_a_spoilt_column_heading_is_read_and_said() -> None:
    """The heading of a column is a label too."""
    document = read(VOORBLAD.replace("Datum\tOverleg\tDoel", "Datum\t0verleg\tDoel"))

    _assert_the_one_reading(document)
    assert doubt(document, "label_gecorrigeerd").line == 18


def test_a_subject_may_go_on_below_its_label() -> None:
    """A wrapped subject is one subject."""
    document = read(VOORBLAD.replace("en Opvang\n", "en Opvang\nProgrammalijn 3: samen\n", 1))

    assert document.voorblad is not None
    assert document.voorblad.onderwerp == (
        "Voortgang beleidsplan Bescherming en Opvang Programmalijn 3: samen"
    )


def test_a_row_of_the_head_with_an_unknown_label_is_said() -> None:
    """What is not understood is not dropped in silence."""
    document = read(VOORBLAD.replace("Kenmerk\t", "Hoedanigheid\tspoed\nKenmerk\t", 1))

    _assert_the_one_reading(document)
    assert doubt(document, "niet_begrepen").details["waarde"] == "Hoedanigheid spoed"


def test_a_column_that_is_not_read_is_said() -> None:
    """A column beyond the four of the voorblad is named."""
    rows = ROWS.replace("Conclusie", "Conclusie\tOpmerking").replace(
        "viseren\t", "viseren\t\tlet op"
    )
    document = read(HEAD + POINTS + rows + REST)

    _assert_the_one_reading(document)
    assert doubt(document, "niet_begrepen").details == {"kolom": "Opmerking"}


def test_a_table_without_its_header_row_is_read_by_what_cells_say() -> None:
    """A date, an overleg and a doel are known for what they are."""
    document = read(VOORBLAD.replace("Datum\tOverleg\tDoel\tConclusie\n", ""))

    _assert_the_one_reading(document)


def test_a_name_that_wraps_in_a_column_is_one_name() -> None:
    """The second line of a cell belongs to the row above it."""
    document = read(
        SPACED.replace(
            "27-06-24   DO SD         Adviseren",
            "27-06-24   DO Sociaal    Adviseren\n           Domein",
        )
    )

    assert document.voorblad is not None
    assert [row.overleg for row in document.voorblad.behandelingen] == [
        "DO Sociaal Domein",
        "PFHO SD G&O",
    ]


def test_scripts_in_html_are_left_out_and_noted() -> None:
    """Nothing of a script is read as text."""
    document = read(HTML.replace("<h3>Voorstel", "<script>Kenmerk: 9</script><h3>Voorstel", 1))

    _assert_the_one_reading(document)
    assert doubt(document, "tekst_verdacht").line == 10


STACKED_ROWS = [  # a row of the table, with cells that could be another column's
    ("27-06-24", "DO SD", "Adviseren", "Vastgesteld op 7 maart"),
    ("27-06-24", "DO SD", "Adviseren", "Akkoord (7 maart 2024)"),
    ("27-06-24", "DO SD", "Adviseren", "n.v.t."),
    ("27-06-24", "DO SD", "Adviseren", "Nog niet akkoord"),
    ("27-06-24", "DO SD", "Adviseren", "Het AO adviseert positief"),
    ("27-06-24", "DO SD", "Besluitvormend", "akkoord"),
    ("27-06-24", "DO SD", "Loten", "akkoord"),
    ("27-06-24", "DO SD", "hamerstuk", ""),
    ("27-06-24", "DO SD", "", "Akkoord"),
    ("27-06-24", "DO SD", "", ""),
    ("27-06-24", "", "Adviseren", ""),
    ("", "DO SD", "Adviseren", "Akkoord"),
    ("27 en 28 juni 2024", "DO SD", "Adviseren", ""),
    ("Q5 2025", "DO SD", "Adviseren", ""),
    ("n.t.b.", "Klankbordgroep", "Informeren", "volgt"),
]


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["tight", "wide"])
@pytest.mark.parametrize("row", STACKED_ROWS, ids=" | ".join)
def test_cells_one_below_another_are_placed_together(row: tuple[str, ...], gap: str) -> None:
    """What one cell may mean is decided by the cells around it, not by itself."""
    header = ("Datum", "Overleg", "Doel", "Conclusie")
    last = ("11-07-24", "PFHO SD G&O", "Vaststellen")
    cells = gap.join(cell for cell in (*header, *row, *last) if cell)
    document = read(HEAD + POINTS + f"\nBehandeling\n\n{cells}\n" + REST)

    assert document.voorblad is not None
    first, second = document.voorblad.behandelingen
    assert (first.datum_ruw, first.overleg, first.doel_ruw, first.conclusie) == tuple(
        cell or None for cell in row
    )
    assert second.overleg_code == "pfho_go"


def test_text_right_under_its_headings_needs_no_meaning() -> None:
    """In a table set in columns an unreadable date is still under 'Datum'."""
    document = read(SPACED.replace("27-06-24   DO SD ", "Q5 2025    DO SD "))

    assert document.voorblad is not None
    assert document.voorblad.behandelingen[0].datum_ruw == "Q5 2025"
    assert document.voorblad.behandelingen[0].overleg_code == "do_sd"


def test_a_label_in_bold_needs_no_colon() -> None:
    """'**Kenmerk** 24001234' is how Markdown has a label and its value on one line."""
    head = HEAD.replace("Algemeen\t\n", "")
    bold = "\n".join("**{}** {}".format(*line.split("\t")) for line in head.splitlines())

    _assert_the_one_reading(read(bold + "\n" + POINTS + ROWS + REST))


def test_a_value_below_its_label_may_begin_with_a_label() -> None:
    """Where values stand below their labels, 'Team Zorg' is a name and no unit."""
    document = read(STACKED.replace("\nAnna de Wit\n", "\nTeam Zorg\n"))

    assert document.voorblad is not None
    assert document.voorblad.contactpersonen[0].naam == "Team Zorg"
    assert document.voorblad.eenheid == "Beleid en Bestuur"
