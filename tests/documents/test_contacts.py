"""Contact persons and addresses: whose is whose, and when nobody can say."""

import pytest

from tests.documents.papers import VOCABULARY, codes, doubt, read, with_field
from workflow.documents import Voorblad
from workflow.documents.contacts import fit, read_addresses, split_persons

TWO = "Anna de Wit\tBram Zwart"


def _sheet(contact: str, email: str) -> Voorblad:
    """The plain voorblad with another contact cell and address cell."""
    text = with_field("Contactpersoon", contact).replace("a.dewit@regio.example", email)
    voorblad = read(text).voorblad
    assert voorblad is not None
    return voorblad


@pytest.mark.parametrize(
    "cell",
    [
        "Anna de Wit en Bram Zwart",
        "Anna de Wit/ Bram Zwart",
        "Anna de Wit / Bram Zwart",
        "Anna de Wit, Bram Zwart",
        "Anna de Wit; Bram Zwart",
        "Anna de Wit & Bram Zwart",
        "Anna de Wit  Bram Zwart",
        "Anna de Wit\nBram Zwart",
    ],
)
def test_two_names_in_a_cell_are_two_persons(cell: str) -> None:
    """Every way of writing two names in one cell is split, and said to be."""
    document = read(with_field("Contactpersoon", cell))

    assert document.voorblad is not None
    assert [p.naam for p in document.voorblad.contactpersonen] == ["Anna de Wit", "Bram Zwart"]
    assert doubt(document, "namen_gesplitst").line == 4


def test_names_side_by_side_keep_the_organisation_behind_them() -> None:
    """Brackets hold the organisation of the name before them, its own 'en' included."""
    voorblad = _sheet(
        "Anna de Wit (Regio Gooi en Vechtstreek) Bram Zwart (Gemeente Huizen)",
        "a.wit@regio.example b.zwart@huizen.example",
    )

    assert [(p.naam, p.organisatie, p.email) for p in voorblad.contactpersonen] == [
        ("Anna de Wit", "Regio Gooi en Vechtstreek", "a.wit@regio.example"),
        ("Bram Zwart", "Gemeente Huizen", "b.zwart@huizen.example"),
    ]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("mr. drs. J. van der Berg", ["mr. drs. J. van der Berg"]),
        ("mevrouw F. El-Amrani-de Boer", ["mevrouw F. El-Amrani-de Boer"]),
        ("Jansen, A.", ["Jansen, A."]),
        ("Jansen, Anna", ["Jansen, Anna"]),
        ("J. Jansen, MSc en P. Bos", ["J. Jansen, MSc", "P. Bos"]),
        ("Anna de Wit, Gemeente Huizen", ["Anna de Wit"]),
        ("Anna de Wit - Regio Gooi en Vechtstreek", ["Anna de Wit"]),
        ("A. Wit, B. Zwart en C. Groen", ["A. Wit", "B. Zwart", "C. Groen"]),
        ("Anna de Wit (06 12345678)", ["Anna de Wit"]),
        ("Engel Enden", ["Engel Enden"]),
        ("", []),
        ("()", []),
    ],
)
def test_a_name_is_not_cut_where_it_belongs_together(cell: str, names: list[str]) -> None:
    """Titles, initials, infixes, hyphens and organisations do not make a second person."""
    assert [person.naam for person in split_persons(cell, VOCABULARY)] == names


def test_names_without_any_separator_are_told_apart_by_their_addresses() -> None:
    """Two surnames in two addresses show where the second name begins."""
    voorblad = _sheet("Anna de Wit Bram Zwart", "a.dewit@x.example b.zwart@x.example")

    assert [(p.naam, p.email) for p in voorblad.contactpersonen] == [
        ("Anna de Wit", "a.dewit@x.example"),
        ("Bram Zwart", "b.zwart@x.example"),
    ]


@pytest.mark.parametrize(
    ("naam", "email", "fits"),
    [
        ("Anna de Wit", "a.dewit@x.example", True),
        ("Anna de Wit", "a.wit@x.example", True),
        ("Anna de Wit", "awit@x.example", True),
        ("J. van der Berg", "j.vdberg@x.example", True),
        ("mevrouw F. El-Amrani", "f.elamrani@x.example", True),
        ("Anna de Wit", "anna@x.example", True),
        ("Anna de Wit", "info@x.example", False),
        ("Anna de Wit", "b.zwart@x.example", False),
        ("Zoë Müller", "z.muller@x.example", True),
    ],
)
def test_an_address_fits_the_name_it_is_made_of(naam: str, email: str, fits: bool) -> None:
    """Surname, glued infix or first name; a mailbox of a service fits nobody."""
    assert bool(fit(naam, email)) is fits


def test_one_address_goes_to_the_person_whose_name_it_fits() -> None:
    """The second person simply has no address on paper."""
    voorblad = _sheet("Bram Zwart en Anna de Wit", "a.dewit@x.example")

    assert [person.email for person in voorblad.contactpersonen] == [None, "a.dewit@x.example"]


def test_one_address_that_fits_neither_goes_to_nobody() -> None:
    """Nothing is guessed: the address stays in the list, with a doubt."""
    document = read(
        with_field("Contactpersoon", "Bram Zwart en Anna de Wit").replace("a.dewit@", "info@")
    )

    assert document.voorblad is not None
    assert document.voorblad.emails == ("info@regio.example",)
    assert [person.email for person in document.voorblad.contactpersonen] == [None, None]
    assert doubt(document, "email_niet_toegewezen").line == 6


def test_an_address_that_fits_two_persons_goes_to_nobody() -> None:
    """Two of one family: the initial decides, and without it nobody does."""
    by_initial = _sheet("Anna Zwart en Bram Zwart", "b.zwart@x.example")
    open_ended = _sheet("Anna Zwart en Bram Zwart", "zwart@x.example")

    assert [person.email for person in by_initial.contactpersonen] == [None, "b.zwart@x.example"]
    assert [person.email for person in open_ended.contactpersonen] == [None, None]


def test_the_only_person_has_the_only_address() -> None:
    """A mailbox of a team beside one name is that person's address."""
    assert _sheet("Anna de Wit", "info@x.example").contactpersonen[0].email == "info@x.example"


@pytest.mark.parametrize(
    ("cell", "valid"),
    [
        ('<a href="mailto:a@x.example">a@x.example</a>', ("a@x.example",)),
        ('<a href="mailto:a@x.example?subject=b">Anna</a>', ("a@x.example",)),
        ("[a@x.example](mailto:a@x.example)", ("a@x.example",)),
        ("a@x.example / b@x.example", ("a@x.example", "b@x.example")),
        ("a@x.example b@x.example", ("a@x.example", "b@x.example")),
        ("a@x.example,b@x.example", ("a@x.example", "b@x.example")),
        ("a@x.example; b@x.example en c@x.example", ("a@x.example", "b@x.example", "c@x.example")),
        ("Anna <a@x.example>", ("a@x.example",)),
        ("(a@x.example)", ("a@x.example",)),
        ("a@x.example A@X.example", ("a@x.example",)),
        ("mailto:a@x.example", ("a@x.example",)),
        ("a@x.example.", ("a@x.example",)),
    ],
)
def test_valid_addresses_are_kept_in_order(cell: str, valid: tuple[str, ...]) -> None:
    """Links and plain addresses, with any separator, each once."""
    read_cell = read_addresses(cell)

    assert read_cell.valid == valid
    assert read_cell.spoilt == ()


@pytest.mark.parametrize(
    "cell",
    [
        "a.dewit@regio,example",
        "a.dewit@regio",
        "a.dewit(at)regio.example",
        "a.dewit@@regio.example",
        "a.dewit @ regio.example",
        "a.dewit©regio.example",
        "a.dewit.regio.example",
        "@regio.example",
    ],
)
def test_a_spoilt_address_is_said_and_not_mended(cell: str) -> None:
    """An address with a scanning fault is not used, and not changed either."""
    document = read(with_field("E-mail", cell))

    assert document.voorblad is not None
    assert document.voorblad.emails == ()
    assert document.voorblad.contactpersonen[0].email is None
    assert codes(document) == ["email_ongeldig"]
    assert document.warnings[0].details["gelezen"] == cell


def test_an_address_beside_the_name_is_that_persons() -> None:
    """'Anna de Wit (a.dewit@…)' leaves no question."""
    document = read(
        with_field("Contactpersoon", "Anna de Wit (post@x.example)").replace(
            "E-mail\ta.dewit@regio.example\n", ""
        )
    )

    assert document.voorblad is not None
    assert document.voorblad.contactpersonen[0].email == "post@x.example"
    assert document.voorblad.emails == ("post@x.example",)
    assert document.warnings == ()


def test_two_labels_give_two_persons_without_a_split() -> None:
    """A label of its own for each person is no cell that was cut."""
    text = with_field("Contactpersoon", "Anna de Wit\nContactpersoon\tBram Zwart")

    assert codes(read(text)) == []


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Wit, Anna de", ["Wit, Anna de"]),
        ("Anna de Wit, beleidsadviseur", ["Anna de Wit, beleidsadviseur"]),
        ("Anna de Wit (Huizen) en Bram Zwart (Laren)", ["Anna de Wit", "Bram Zwart"]),
        ("Anna de Wit, van der Berg", ["Anna de Wit", "van der Berg"]),
    ],
)
def test_what_follows_a_comma_or_bracket_is_no_person_by_itself(
    cell: str, names: list[str]
) -> None:
    """A first name, a function or a joining word belongs to the person before it."""
    assert [
        person.naam for person in _sheet(cell, "a.dewit@regio.example").contactpersonen
    ] == names
