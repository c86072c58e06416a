"""The behandeltabel: dates, overleggen, purposes and conclusions of its rows."""

from dataclasses import replace
from datetime import date

import pytest

from tests.documents.papers import VOCABULARY, codes, doubt, read, with_field, with_rows
from workflow.documents import GelezenBehandeling, ReadDocument
from workflow.documents.conclusie import read_conclusie
from workflow.documents.doel import read_doel
from workflow.documents.lexicon import lexicon_of
from workflow.documents.overleg import OverlegNames, soort_of, weigh_themes
from workflow.domain.behandeling import ConclusieCode, Doel, Soort
from workflow.domain.paper import PaperWords
from workflow.domain.vocabulary import OverlegTerm

USUAL = lexicon_of(PaperWords())


def _row(document: ReadDocument, index: int = 0) -> GelezenBehandeling:
    """One row of the table."""
    assert document.voorblad is not None
    return document.voorblad.behandelingen[index]


def _names(subject: str = "") -> OverlegNames:
    """The vocabulary with a paper on this subject."""
    evidence = weigh_themes(VOCABULARY, subject=subject, texts=(), unit=None, emails=())
    return OverlegNames(VOCABULARY, evidence)


# --- dates in rows


def test_a_yearless_row_is_dated_after_the_paper_and_said_to_be() -> None:
    """The year of '7-7' comes from the date of the paper."""
    document = read(with_rows("7-7\tDO SD\tAdviseren\tAkkoord"))

    assert _row(document).datum == date(2024, 7, 7)
    assert _row(document).datum_ruw == "7-7"
    assert _row(document).jaar_afgeleid
    assert doubt(document, "jaar_afgeleid").field == "behandelingen[0].datum"
    assert doubt(document, "jaar_afgeleid").line == 19


def test_a_row_before_the_paper_is_a_doubt_without_another_year() -> None:
    """A printed date is never changed, however odd."""
    document = read(with_rows("27-05-24\tDO SD\tAdviseren\t"))

    assert _row(document).datum == date(2024, 5, 27)
    assert codes(document) == ["datum_voor_document"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Q3 2024", "datum_is_periode"),
        ("31-06-2024", "datum_bestaat_niet"),
        ("n.t.b.", "datum_ontbreekt"),
        ("", "datum_ontbreekt"),
        ("vrijdag 27-06-24", "weekdag_klopt_niet"),
        ("27-06-24 of 28-06-24", "niet_begrepen"),
        ("in overleg", "niet_begrepen"),
        ("27 jun1 2024", "tekst_verdacht"),
        ("27-06-24 (onder voorbehoud)", "tekst_verdacht"),
    ],
)
def test_each_doubt_about_a_date_has_its_code(cell: str, code: str) -> None:
    """What is on paper stays readable beside what was made of it."""
    document = read(with_rows(f"{cell}\tDO SD\tAdviseren\t"))

    assert codes(document, "behandelingen[0].datum") == [code]
    assert _row(document).datum_ruw == (cell or None)


def test_a_paper_without_a_date_derives_nothing() -> None:
    """A yearless row of an undated paper stays open."""
    document = read(with_rows("7-7\tDO SD\tAdviseren\t").replace("10 juni 2024", "volgt"))

    assert _row(document).datum is None
    assert codes(document, "behandelingen[0].datum") == ["datum_ontbreekt"]
    assert codes(document, "datum") == ["veld_ontbreekt", "datum_ontbreekt"]


# --- which overleg


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("DO SD", ("do_sd",)),
        ("do sd", ("do_sd",)),
        ("het DO SD", ("do_sd",)),
        ("DO  Sociaal  Domein", ("do_sd",)),
        ("Directie-overleg Sociaal Domein", ("do_sd",)),
        ("Directieoverleg sociaal domein", ("do_sd",)),
        ("BO Z&V", ("bo_zv",)),
        ("BO Z & V", ("bo_zv",)),
        ("BO Z en V", ("bo_zv",)),
        ("BOZV", ("bo_zv",)),
        ("BO WvGGZ Midden Nederland", ("bo_wvggz",)),
        ("AO B&O en Z&V", ("ao_bo", "ao_zv")),
        ("PFHO SD G&amp;O", ("pfho_go",)),
    ],
)
def test_a_name_from_the_definitions_is_certain(name: str, expected: tuple[str, ...]) -> None:
    """Case, spaces, hyphens and the ampersand make no other name, and no doubt."""
    found = _names().resolve(name, date(2024, 6, 27))

    assert found.codes == expected
    assert found.warning is None


def test_a_bare_name_is_resolved_by_theme_and_said_to_be() -> None:
    """Of three overleggen with one name, the theme of the subject picks one."""
    zorg = _names("Voortgang Bescherming en Opvang").resolve("Directie-overleg", date(2024, 6, 27))
    wonen = _names("Versnelling woningbouw").resolve("het directieoverleg", date(2024, 6, 27))

    assert (zorg.codes, zorg.warning) == (("do_sd",), "overleg_afgeleid")
    assert (wonen.codes, wonen.warning) == (("do_fd",), "overleg_afgeleid")


def test_a_bare_name_means_an_overleg_that_existed_that_day() -> None:
    """In 2018 another overleg of the same theme had the name as well: then it is open."""
    found = _names("Bescherming en Opvang").resolve("Directie-overleg", date(2018, 6, 27))

    assert (found.soort, found.codes, found.warning) == (Soort.DO, (), "overleg_onbekend")
    assert found.details["kandidaten"] == ["do_oud", "do_sd", "do_fd"]


def test_a_bare_name_without_a_theme_stays_open() -> None:
    """Nothing on the paper tells which; its kind is known, its code is not."""
    found = _names("Jaarverslag").resolve("Portefeuillehoudersoverleg", date(2024, 6, 27))

    assert (found.soort, found.codes, found.warning) == (Soort.PFHO, (), "overleg_onbekend")


@pytest.mark.parametrize(
    ("label", "value"), [("Eenheid", "Maatschappelijke zorg"), ("E-mail", "a.dewit@zorg.example")]
)
def test_unit_and_mail_domain_show_the_theme_too(label: str, value: str) -> None:
    """Who writes it tells which overleg is meant."""
    text = with_field(label, value).replace("beleidsplan Bescherming en Opvang", "plan")
    document = read(text.replace("DO SD", "Directie-overleg").replace("PFHO SD G&O", "AB"))

    assert _row(document).overleg_code == "do_sd"
    assert codes(document, "behandelingen[0].overleg") == ["overleg_afgeleid"]


def test_other_rows_of_the_table_are_a_hint() -> None:
    """Beside 'PFHO G&O', a bare 'DO' is the one of the same theme."""
    text = with_rows("27-6-24\tDO\tAdviseren\t", "11-7-24\tPFHO G&O\tVaststellen\t")
    document = read(text.replace("beleidsplan Bescherming en Opvang", "plan"))

    assert _row(document).overleg_code == "do_sd"
    assert codes(document) == ["overleg_afgeleid"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("D0 SD", ("do_sd",)),
        ("Directie-overleg Sociaa1 Dornein", ("do_sd",)),
        ("Bestuurlijk Overleg Zorg en Veilighied", ("bo_zv",)),
        ("AO B&O / AO Z&V", ("ao_bo", "ao_zv")),
        ("AO B&O + Z&V", ("ao_bo", "ao_zv")),
        ("DO SD en PFHO G&O", ("do_sd", "pfho_go")),
        ("DO SD (schriftelijk)", ("do_sd",)),
    ],
)
def test_a_name_that_is_not_written_so_is_derived(name: str, expected: tuple[str, ...]) -> None:
    """A scanning fault, an aside or two names together are read with a doubt."""
    found = _names().resolve(name, date(2024, 6, 27))

    assert (found.codes, found.warning) == (expected, "overleg_afgeleid")


@pytest.mark.parametrize(
    ("name", "soort"),
    [
        ("DO XX", Soort.DO),
        ("AO Z&W", Soort.AO),
        ("BO WvGGZ Gooi", Soort.BO),
        ("DVC", Soort.DVC),
        ("Dagelijks Bestuur", Soort.DB),
        ("algemeen bestuur", Soort.AB),
        ("Colleges van B&W", Soort.COLLEGES),
        ("College van B&W Huizen", Soort.COLLEGE),
        ("Raad van Huizen", Soort.RAAD),
        ("gemeenteraden", Soort.RADEN),
        ("Klankbordgroep", Soort.ANDERS),
        ("' OR 1=1", Soort.ANDERS),
        ("x" * 5000, Soort.ANDERS),
    ],
)
def test_an_unknown_name_has_a_kind_at_most(name: str, soort: Soort) -> None:
    """The kind comes from a word on paper; the code is never guessed."""
    found = _names("Bescherming en Opvang").resolve(name, date(2024, 6, 27))

    assert (found.soort, found.codes, found.warning) == (soort, (), "overleg_onbekend")


def test_a_known_name_on_a_day_without_that_overleg_is_a_doubt() -> None:
    """The BO Z&V began in 2020."""
    found = _names().resolve("BO Z&V", date(2019, 3, 1))

    assert (found.codes, found.warning) == (("bo_zv",), "overleg_afgeleid")


def test_the_kind_is_the_first_word_that_names_one() -> None:
    """A name may hold two kinds; no other word is taken for one."""
    assert soort_of("DO en PFHO") is Soort.DO
    assert soort_of("PFHO, na het DO") is Soort.PFHO
    assert soort_of("doen wij niet") is None


# --- doel and conclusie


@pytest.mark.parametrize(
    ("cell", "doel", "warning"),
    [
        ("Adviseren", Doel.ADVISEREN, None),
        ("VASTSTELLEN", Doel.VASTSTELLEN, None),
        ("Informereren", Doel.INFORMEREN, "doel_gecorrigeerd"),
        ("Advlseren", Doel.ADVISEREN, "doel_gecorrigeerd"),
        ("Advis eren", Doel.ADVISEREN, "doel_gecorrigeerd"),
        ("Advi-seren", Doel.ADVISEREN, "doel_gecorrigeerd"),
        ("Ter informatie", Doel.INFORMEREN, "doel_gecorrigeerd"),
        ("ter kennisname", Doel.KENNISNEMEN, "doel_gecorrigeerd"),
        ("Ter besluitvorming", Doel.BESLUITEN, "doel_gecorrigeerd"),
        ("advies", Doel.ADVISEREN, "doel_gecorrigeerd"),
        ("Zienswijze indienen", Doel.ZIENSWIJZE, "doel_gecorrigeerd"),
        ("Adviseren aan het PFHO", Doel.ADVISEREN, "doel_gecorrigeerd"),
        ("Adviseren en besluiten", Doel.ADVISEREN, "doel_dubbel"),
        ("Besluiten/vaststellen", Doel.BESLUITEN, "doel_dubbel"),
        ("Niet adviseren", None, "doel_onbekend"),
        ("Opiniërend", None, "doel_onbekend"),
        ("A", None, "doel_onbekend"),
        ("", None, "doel_ontbreekt"),
        ("-", None, "doel_ontbreekt"),
    ],
)
def test_a_purpose_is_read_or_left_open(cell: str, doel: Doel | None, warning: str | None) -> None:
    """Misspelt and other words for a purpose are read with a doubt; the rest stays open."""
    assert (read_doel(cell, USUAL).doel, read_doel(cell, USUAL).warning) == (doel, warning)


CONCLUSIONS = {
    ConclusieCode.AKKOORD: (
        "Akkoord|akkoord.|AKKOORD (unaniem)|Het DO is akkoord|Akkoord zonder opmerkingen|"
        "Geen opmerkingen, akkoord|Akkoord per mail d.d. 7-3-2024|Ingestemd|"
        "Conform voorstel besloten|Positief advies|Besproken en akkoord|Zonder voorbehoud akkoord"
    ),
    ConclusieCode.AKKOORD_MITS: (
        "Akkoord, mits de begroting klopt|Akkoord mits niet duurder|"
        "Akkoord met dien verstande dat|Akkoord onder de voorwaarde dat|Voorwaardelijk akkoord"
    ),
    ConclusieCode.DEELS_AKKOORD: (
        "Deels akkoord|Gedeeltelijk akkoord|Akkoord met 1 en 2, niet akkoord met 3|"
        "Akkoord met punt 1 en 2, punt 3 aangehouden|Deels akkoord, deels niet akkoord"
    ),
    ConclusieCode.VASTGESTELD: "Vastgesteld|Zonder wijzigingen vastgesteld|Ongewijzigd vastgesteld",
    ConclusieCode.GEWIJZIGD_VASTGESTELD: (
        "Gewijzigd vastgesteld|Vastgesteld met wijzigingen|Vastgesteld, met een kleine aanpassing"
    ),
    ConclusieCode.ONDER_VOORBEHOUD: "Onder voorbehoud|Akkoord onder voorbehoud van budget",
    ConclusieCode.AANGEHOUDEN: (
        "Aangehouden|Aangehouden tot 4 april|Aangehouden, niet besproken|"
        "Aangehouden omdat het stuk niet compleet was"
    ),
    ConclusieCode.VERWEZEN: "Verwezen naar BO Z&V|Doorgestuurd naar PFHO|Terug naar DO",
    ConclusieCode.TERUG_NAAR_OPSTELLER: "Terug naar opsteller|Retour opsteller|Teruggestuurd",
    ConclusieCode.NIET_AKKOORD: (
        "Niet akkoord|NIET AKKOORD|Niet-akkoord|Geen akkoord|Het DO gaat niet akkoord|Afgewezen|"
        "Negatief advies|Niet ingestemd|Besproken; niet akkoord"
    ),
    ConclusieCode.KENNISGENOMEN: "Kennisgenomen|Kennis genomen|Voor kennisgeving aangenomen",
    ConclusieCode.BESPROKEN: "Besproken",
    ConclusieCode.TERUGGENOMEN: "Teruggenomen|Ingetrokken door indiener",
}


@pytest.mark.parametrize(
    ("cell", "code"),
    [(cell, code) for code, cells in CONCLUSIONS.items() for cell in cells.split("|")],
)
def test_the_words_of_a_conclusion_have_one_code(cell: str, code: ConclusieCode) -> None:
    """The code drives the machine; the words stay as they are."""
    assert read_conclusie(cell, USUAL).code is code
    assert read_conclusie(cell, USUAL).treated
    assert read_conclusie(cell, USUAL).reason == ""


@pytest.mark.parametrize(
    "cell",
    [
        "Akkoord?",
        "Akk0ord",
        "Niet vastgesteld",
        "Kan niet worden vastgesteld",
        "niet onverdeeld akkoord",
        "Niet geheel akkoord",
        "vooralsnog akkoord",
        "Akkoord, behalve punt 3",
        "Akkoord met opmerkingen",
        "Men kan zich hier niet in vinden; akkoord volgt",
        "Geen beslissing: akkoord uitgesteld",
        "Geen bezwaar",
        "Ja",
        "Besloten",
        "niet aangehouden",
        "Aangehouden; geen akkoord",
        "Niet akkoord, terug naar opsteller",
        "Niet akkoord, verwezen naar het BO",
        "nooit akkoord",
        "akkoord " * 200,
    ],
)
def test_what_is_not_plain_has_no_code(cell: str) -> None:
    """A negation or a reservation never becomes 'akkoord'; a person decides."""
    assert read_conclusie(cell, USUAL).code is None
    assert read_conclusie(cell, USUAL).reason != ""


@pytest.mark.parametrize(
    "cell", ["-", "n.v.t.", "nog niet", "volgt", "Nog niet akkoord", "Geagendeerd"]
)
def test_a_placeholder_leaves_the_row_untreated(cell: str) -> None:
    """The words are kept, with a doubt; the row waits for its conclusion."""
    document = read(with_rows(f"27-06-24\tDO SD\tAdviseren\t{cell}"))
    row = _row(document)

    assert (row.conclusie, row.conclusie_code, row.treated) == (cell, None, False)
    assert codes(document) == ["conclusie_onbekend"]


def test_an_empty_conclusion_is_no_doubt() -> None:
    """A row that is still to come has no conclusion, and that is as it should be."""
    row = _row(read(with_rows("27-06-24\tDO SD\tAdviseren\t")))

    assert (row.conclusie, row.treated) == (None, False)


# --- the shape of rows


def test_columns_may_stand_in_another_order() -> None:
    """The header row says which column is which."""
    document = read(
        with_rows("DO SD\tAkkoord\tAdviseren\t27-06-24", header="Overleg\tConclusie\tDoel\tDatum")
    )

    assert _row(document).datum == date(2024, 6, 27)
    assert _row(document).conclusie_code is ConclusieCode.AKKOORD
    assert document.warnings == ()


def test_a_row_may_lack_anything_and_still_be_a_row() -> None:
    """What is missing is said for each cell."""
    document = read(with_rows("\tDO SD\tAdviseren\t", "27-06-24\t\tAdviseren\t", "27-06-24\tDO SD"))

    assert document.voorblad is not None
    assert len(document.voorblad.behandelingen) == 3
    assert codes(document) == ["datum_ontbreekt", "overleg_ontbreekt", "doel_ontbreekt"]


def test_a_row_wider_than_its_table_keeps_all_its_words() -> None:
    """Cells beyond the last column belong to it."""
    document = read(with_rows("27-06-24\tDO SD\tAdviseren\tAkkoord\tper mail"))

    assert _row(document).conclusie == "Akkoord per mail"


def test_a_row_of_a_hundred_thousand_columns_is_one_row() -> None:
    """A hostile row costs no more than its length."""
    document = read(with_rows("27-06-24\tDO SD\tAdviseren\t" + "x\t" * 100_000))

    assert document.voorblad is not None
    assert len(document.voorblad.behandelingen) == 1


def test_loose_lines_under_the_heading_are_rows_or_said() -> None:
    """'DO SD, 27 juni 2024 (adviseren)' is a row; another sentence is named."""
    text = with_rows("- DO SD, 27 juni 2024 (adviseren)", "Zie ook de planning.", header="")
    document = read(text)

    assert _row(document).overleg_code == "do_sd"
    assert _row(document).datum == date(2024, 6, 27)
    assert doubt(document, "niet_begrepen").details["tekst"] == "Zie ook de planning."


def test_rows_may_name_each_cell() -> None:
    """'Overleg: DO SD' on a line of its own is a cell with its heading."""
    document = read(
        with_rows(
            *("Overleg: DO SD", "Datum: 27 juni 2024", "Doel: Adviseren", "Conclusie: Akkoord", ""),
            *("Overleg: PFHO SD G&O", "Datum: 11 juli 2024", "Doel: Vaststellen", "Conclusie:"),
            header="",
        )
    )

    assert document.voorblad is not None
    assert [(row.overleg_code, row.conclusie) for row in document.voorblad.behandelingen] == [
        ("do_sd", "Akkoord"),
        ("pfho_go", None),
    ]
    assert document.warnings == ()


def test_bars_between_cells_are_enough() -> None:
    """A table without bars at its sides is a table."""
    document = read(
        with_rows(
            "27-06-24 | DO SD | Adviseren | Akkoord", header="Datum | Overleg | Doel | Conclusie"
        )
    )

    assert _row(document).conclusie == "Akkoord"
    assert document.warnings == ()


def test_a_cell_that_spans_rows_counts_in_each() -> None:
    """One date for two overleggen is the date of both."""
    document = read(
        with_rows(
            "<table><tr><td>Datum<td>Overleg<td>Doel",
            "<tr><td rowspan=2>27-06-24<td>DO SD<td>Adviseren",
            "<tr><td>PFHO G&amp;O<td>Informeren</table>",
            header="",
        )
    )

    assert document.voorblad is not None
    assert [(row.datum_ruw, row.overleg) for row in document.voorblad.behandelingen] == [
        ("27-06-24", "DO SD"),
        ("27-06-24", "PFHO G&O"),
    ]


@pytest.mark.parametrize("name", ["College", "Het college", "College van B&W"])
def test_one_college_is_not_all_of_them(name: str) -> None:
    """A whole name for one kind of overleg is no misspelt name of another kind."""
    colleges = OverlegTerm(
        code="colleges", soort=Soort.COLLEGES, name="Colleges van B&W", aliases=("Colleges",)
    )
    vocabulary = replace(VOCABULARY, overleggen=(*VOCABULARY.overleggen, colleges))
    names = OverlegNames(
        vocabulary, weigh_themes(vocabulary, subject="", texts=(), unit=None, emails=())
    )

    assert names.resolve(name, None).soort is Soort.COLLEGE
    assert names.resolve(name, None).codes == ()
    assert names.resolve("Colleges", None).codes == ("colleges",)
