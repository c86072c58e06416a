"""Papers for the tests: a small vocabulary, invented people, and a plain voorblad to bend."""

from workflow.documents import ReadDocument, Warning, read_document
from workflow.domain.behandeling import Soort
from workflow.domain.vocabulary import GemeenteTerm, OverlegTerm, ThemeTerm, Vocabulary

BARE_DO = ("DO", "Directie-overleg", "Directieoverleg")
BARE_PFHO = ("PFHO", "Portefeuillehoudersoverleg")

VOCABULARY = Vocabulary(
    organisation="Regio Gooi en Vechtstreek",
    overleggen=(
        OverlegTerm(
            code="ao_bo",
            soort=Soort.AO,
            name="Ambtelijk overleg Bescherming en Opvang",
            aliases=("AO B&O",),
            bare_names=("AO",),
            themes=("bescherming_en_opvang",),
        ),
        OverlegTerm(
            code="ao_zv",
            soort=Soort.AO,
            name="Ambtelijk overleg Zorg en Veiligheid",
            aliases=("AO Z&V",),
            bare_names=("AO",),
            themes=("zorg_en_veiligheid",),
        ),
        OverlegTerm(
            code="bo_zv",
            soort=Soort.BO,
            name="Bestuurlijk Overleg Zorg en Veiligheid",
            aliases=("BO Z&V", "BOZV"),
            bare_names=("BO",),
            themes=("zorg_en_veiligheid",),
            begin="2020-01-01",
        ),
        OverlegTerm(
            code="bo_wvggz",
            soort=Soort.BO,
            name="Bestuurlijk Overleg WvGGZ Midden Nederland",
            aliases=("BO WvGGZ Midden Nederland",),
            themes=("zorg_en_veiligheid",),
        ),
        OverlegTerm(
            code="do_sd",
            soort=Soort.DO,
            name="Directie-overleg Sociaal Domein",
            aliases=("DO SD", "DO Sociaal Domein"),
            bare_names=BARE_DO,
            themes=("bescherming_en_opvang", "zorg_en_veiligheid"),
        ),
        OverlegTerm(
            code="do_fd",
            soort=Soort.DO,
            name="Directie-overleg Fysiek Domein",
            aliases=("DO FD", "DO Fysiek Domein"),
            bare_names=BARE_DO,
            themes=("wonen",),
        ),
        OverlegTerm(
            code="do_oud",
            soort=Soort.DO,
            name="Directie-overleg Zorg",
            bare_names=BARE_DO,
            themes=("bescherming_en_opvang",),
            end="2019-12-31",
        ),
        OverlegTerm(
            code="pfho_go",
            soort=Soort.PFHO,
            name="Portefeuillehoudersoverleg Gezondheid & Ondersteuning",
            aliases=("PFHO SD G&O", "PFHO G&O"),
            bare_names=BARE_PFHO,
            themes=("bescherming_en_opvang", "zorg_en_veiligheid"),
        ),
        OverlegTerm(
            code="pfho_fd",
            soort=Soort.PFHO,
            name="Portefeuillehoudersoverleg Fysiek Domein",
            aliases=("PFHO FD",),
            bare_names=BARE_PFHO,
            themes=("wonen",),
        ),
    ),
    joint=(("AO B&O en Z&V", ("ao_bo", "ao_zv")),),
    themes=(
        ThemeTerm(
            code="bescherming_en_opvang",
            words=("Bescherming en Opvang", "beschermd wonen"),
            units=("Maatschappelijke zorg",),
            mail_domains=("zorg.example",),
        ),
        ThemeTerm(code="zorg_en_veiligheid", words=("Zorg en Veiligheid",)),
        ThemeTerm(code="wonen", words=("woningbouw", "wonen")),
    ),
    gemeenten=tuple(
        GemeenteTerm(code=name.lower().replace(" ", "_"), name=name)
        for name in (
            "Blaricum",
            "Eemnes",
            "Gooise Meren",
            "Hilversum",
            "Huizen",
            "Laren",
            "Wijdemeren",
        )
    ),
)

HEAD = """Algemeen\t
Onderwerp\tVoortgang beleidsplan Bescherming en Opvang
Verspreiden\tJa
Contactpersoon\tAnna de Wit
Eenheid\tBeleid en Bestuur
E-mail\ta.dewit@regio.example
Kenmerk\t24001234
Datum\t10 juni 2024
"""
POINTS = """
Voorstel

Nummer\tOmschrijving
Voorstel 1.\tVaststellen van de rapportage.
Voorstel 2.\tKennisnemen van de brief.
"""
ROWS = """
Behandeling

Datum\tOverleg\tDoel\tConclusie
27-06-24\tDO SD\tAdviseren\t
11-07-24\tPFHO SD G&O\tVaststellen\t
"""
REST = """
Toelichting

Beknopte toelichting

De rapportage ligt voor.

Bijlage(n)

Nummer\tOmschrijving
Bijlage 1.\tRapportage
"""
VOORBLAD = HEAD + POINTS + ROWS + REST


def read(text: str | bytes, name: str = "stuk.txt") -> ReadDocument:
    """A paper as the reader sees it."""
    data = text if isinstance(text, bytes) else text.encode()
    return read_document(name, data, VOCABULARY)


def with_field(label: str, value: str) -> str:
    """The plain voorblad with one field of its head changed."""
    lines = [
        f"{label}\t{value}" if line.startswith(f"{label}\t") else line for line in HEAD.splitlines()
    ]
    return "\n".join(lines) + "\n" + POINTS + ROWS + REST


def with_rows(*rows: str, header: str = "Datum\tOverleg\tDoel\tConclusie") -> str:
    """The plain voorblad with another behandeltabel."""
    return HEAD + POINTS + "\nBehandeling\n\n" + header + "\n" + "\n".join(rows) + "\n" + REST


def with_points(*points: str) -> str:
    """The plain voorblad with other beslispunten."""
    return HEAD + "\nVoorstel\n\n" + "\n".join(points) + "\n" + ROWS + REST


def codes(document: ReadDocument, field: str | None = None) -> list[str]:
    """The codes of the doubts, or of those about one field."""
    return [
        warning.code.value
        for warning in document.warnings
        if field is None or warning.field == field
    ]


def doubt(document: ReadDocument, code: str) -> Warning:
    """The one doubt with this code."""
    found = [warning for warning in document.warnings if warning.code == code]
    assert len(found) == 1, [(warning.code.value, warning.field) for warning in document.warnings]
    return found[0]
