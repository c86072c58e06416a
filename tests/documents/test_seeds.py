"""The five papers that the product was conceived from, read in full.

They name real officials: they lie outside the repository, and names, addresses and
texts are compared by their digests.
"""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tests.documents.papers import VOCABULARY
from workflow.documents import Kind, ReadDocument, Voorblad, read_document

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the papers are not at hand")
SEVEN = ("Blaricum", "Eemnes", "Gooise Meren", "Hilversum", "Huizen", "Laren", "Wijdemeren")


def _read(number: str) -> ReadDocument:
    """One of the papers, by the number its name begins with."""
    path = next(SEEDS.glob(f"{number}_*.txt"))
    return read_document(path.name, path.read_bytes(), VOCABULARY)


def _digest(text: str | None) -> str | None:
    """What a name or text is compared by."""
    return sha256(text.encode()).hexdigest()[:16] if text else None


def _people(voorblad: Voorblad) -> list[tuple[str | None, str | None, str | None]]:
    """The contact persons, their names and addresses as digests."""
    return [
        (_digest(person.naam), person.organisatie, _digest(person.email))
        for person in voorblad.contactpersonen
    ]


def _doubts(document: ReadDocument) -> list[tuple[str, str | None, int | None]]:
    """Code, field and line of each doubt."""
    return [(warning.code.value, warning.field, warning.line) for warning in document.warnings]


def test_the_voorblad_of_the_progress_report() -> None:
    """Paper 24005969: two names and one address, bare names resolved by theme."""
    document = _read("000")
    voorblad = document.voorblad

    assert document.kind is Kind.VOORBLAD
    assert document.brief is None
    assert voorblad is not None
    assert voorblad.onderwerp == "Voortgangsrapportage beleidsplan Bescherming en Opvang"
    assert (voorblad.verspreiden, voorblad.verspreiden_ruw) == (True, "Ja")
    assert (voorblad.eenheid, voorblad.kenmerk) == ("Beleid en Bestuur", "24005969")
    assert (voorblad.datum, voorblad.datum_periode) == (date(2024, 6, 10), None)
    assert voorblad.gericht_aan is None
    assert _people(voorblad) == [
        ("f4f1363c082d26cc", None, "90bcb50b8d949f43"),
        ("a2b85171b0dbaf48", None, None),
    ]
    assert [_digest(email) for email in voorblad.emails] == ["90bcb50b8d949f43"]
    assert [(p.nummer, p.tekst, p.onderdelen) for p in voorblad.beslispunten] == [
        ("1", "Kennismemen en vaststellen van de voortgangsrapportage", ()),
        ("2", "Kennismemen en vaststellen van de raadsinformatiebrief", ()),
    ]
    assert [(b.nummer, b.omschrijving[:22]) for b in voorblad.bijlagen] == [
        ("1", "Voortgangsrapportage b"),
        ("2", "Raadsinformatiebrief"),
    ]
    assert _digest(voorblad.toelichting) == "abf0a5a142f11632"
    assert voorblad.toezeggingen == ()
    assert _doubts(document) == [
        ("namen_gesplitst", "contactpersonen", 6),
        ("overleg_afgeleid", "behandelingen[0].overleg", 21),
        ("overleg_afgeleid", "behandelingen[1].overleg", 22),
    ]


def test_the_rows_of_the_progress_report() -> None:
    """Each cell as printed, and beside it what was made of it."""
    voorblad = _read("000").voorblad

    assert voorblad is not None
    assert [row.as_json() for row in voorblad.behandelingen] == [
        {
            "datum": "2024-06-27",
            "datum_ruw": "27-06-24",
            "jaar_afgeleid": False,
            "periode": None,
            "overleg": "Directie-overleg",
            "soort": "DO",
            "overleg_code": "do_sd",
            "overleg_codes": ["do_sd"],
            "doel": "adviseren",
            "doel_ruw": "Adviseren",
            "conclusie": None,
            "conclusie_code": None,
        },
        {
            "datum": "2024-07-11",
            "datum_ruw": "11-07-24",
            "jaar_afgeleid": False,
            "periode": None,
            "overleg": "Portefeuillehoudersoverleg",
            "soort": "PFHO",
            "overleg_code": "pfho_go",
            "overleg_codes": ["pfho_go"],
            "doel": "vaststellen",
            "doel_ruw": "Vaststellen",
            "conclusie": None,
            "conclusie_code": None,
        },
    ]


def test_the_mededeling_of_a_college() -> None:
    """Zaaknummer 641787: the day of the college, two signers, a promise for 2024."""
    document = _read("001")
    brief = document.brief

    assert document.kind is Kind.RAADSMEDEDELING
    assert document.voorblad is None
    assert brief is not None
    assert (brief.datum, brief.kenmerk, brief.zaaknummer) == (None, None, "641787")
    assert brief.onderwerp == "RM Voortgang uitvoering beleidsplan Bescherming en Opvang 2022-2025"
    assert (brief.geadresseerden, brief.geadresseerden_ruw) == (
        ("Gooise Meren",),
        ("De gemeenteraad",),
    )
    assert brief.gemeente == "Gooise Meren"
    assert brief.afzender == "Het college van burgemeester en wethouders"
    assert _digest(brief.portefeuillehouder) == "8e026b1df1b7e4fc"
    assert [(_digest(s.naam), s.functie) for s in brief.ondertekenaars] == [
        ("f2af596332a10d65", "Gemeentesecretaris"),
        ("6538e2cb30c8b99a", "Burgemeester"),
    ]
    assert (brief.inlichtingen, brief.telefoon) == (None, None)
    assert brief.datum_college == date(2023, 6, 20)
    assert brief.verwijst_naar == ("beleidsplan Bescherming en Opvang 2022-2025",)
    assert brief.bijlagen == ()
    assert [(t.tekst, t.periode) for t in brief.toezeggingen] == [
        ("De volgende voortgangsrapportage volgt begin 2024.", "2024")
    ]
    assert document.warnings == ()


def test_the_letter_of_2021() -> None:
    """Letter 21.0008702: seven addressees, one of them misspelt, a placeholder as signer."""
    document = _read("002")
    brief = document.brief

    assert document.kind is Kind.RAADSINFORMATIEBRIEF
    assert brief is not None
    assert (brief.datum, brief.kenmerk) == (date(2021, 12, 23), "21.0008702")
    assert brief.onderwerp == "Vastgesteld beleidsplan Bescherming en Opvang 2022 - 2025"
    assert brief.geadresseerden == SEVEN
    assert brief.geadresseerden_ruw == (*SEVEN[:6], "Wijdemerem")
    assert [(s.naam, s.functie) for s in brief.ondertekenaars] == [("<naam wethouder>", None)]
    assert _digest(brief.inlichtingen) == "f4f1363c082d26cc"
    assert _digest(brief.telefoon) == "98cbac1326fe579c"
    assert (brief.zaaknummer, brief.gemeente, brief.afzender) == (None, None, None)
    assert (brief.portefeuillehouder, brief.datum_college) == (None, None)
    assert "beleidsplan Bescherming en Opvang 2022 - 2025" in brief.verwijst_naar
    assert (brief.bijlagen, brief.toezeggingen) == ((), ())
    assert _doubts(document) == [("naam_genormaliseerd", "geadresseerden", 5)]


def test_the_letter_of_2026() -> None:
    """Letter DOC-26016206: seven addressees in one cell, and what it promises."""
    document = _read("003")
    brief = document.brief

    assert document.kind is Kind.RAADSINFORMATIEBRIEF
    assert brief is not None
    assert (brief.datum, brief.kenmerk) == (date(2026, 5, 28), "DOC-26016206")
    assert brief.onderwerp == "Voortgangsrapportage beleidsplan Bescherming & Opvang 2026-2033"
    assert (brief.geadresseerden, brief.geadresseerden_ruw) == (SEVEN, SEVEN)
    assert [(s.naam, s.functie) for s in brief.ondertekenaars] == [("< college van B&W >", None)]
    assert _digest(brief.inlichtingen) == "f4f1363c082d26cc"
    assert _digest(brief.telefoon) == "98cbac1326fe579c"
    assert brief.verwijst_naar == (
        "Voortgangsrapportage beleidsplan Bescherming & Opvang 2026-2033",
        "Bescherming & Opvang, Herstel de Verbinding 2026-2033",
        "uitvoeringsprogramma Bescherming & Opvang 2026-2029",
    )
    assert [(t.tekst[:44], t.periode) for t in brief.toezeggingen] == [
        ("De volgende voortgangsrapportage ontvangt u ", "2026-H2"),
        ("Het tweede programma wordt in 2029 opgesteld", "2029"),
        ("Omdat dit beleidsplan voor acht jaar is aang", None),
    ]
    assert document.warnings == ()


def test_the_voorblad_of_the_pilot_and_its_full_text() -> None:
    """Paper 24004592: two sheets of one voorstel, merged, each difference said."""
    document = _read("004")
    voorblad = document.voorblad

    assert document.kind is Kind.VOORBLAD
    assert voorblad is not None
    assert (voorblad.onderwerp or "").startswith(
        "Beleidsplan Bescherming en Opvang Programmalijn 3"
    )
    assert (voorblad.verspreiden, voorblad.eenheid) == (True, "Beleid Bestuur")
    assert (voorblad.kenmerk, voorblad.datum) == ("24004592", date(2024, 2, 19))
    assert voorblad.gericht_aan == "DO"
    assert _people(voorblad) == [
        ("a2b85171b0dbaf48", "Regio Gooi en Vechtstreek", "41b838354abe5ded"),
        ("79fb2384be7daa59", "Gemeente Hilversum", "00c45c99558d587a"),
    ]
    assert [_digest(email) for email in voorblad.emails] == ["41b838354abe5ded", "00c45c99558d587a"]
    assert [(_digest(p.tekst), p.nummer) for p in voorblad.beslispunten] == [
        ("fb2faa4673638e7d", "1"),
        ("f2264eccb322e46b", "2"),
        ("ea45cead342d1b0f", "3"),
        ("fa613a192edfeb12", "4"),
    ]
    assert [[sub.nummer for sub in p.onderdelen] for p in voorblad.beslispunten] == [
        [],
        [None, None, None],
        ["1", "2"],
        [],
    ]
    assert voorblad.beslispunten[1].onderdelen[0].tekst == "Het overleg structureel te initiëren;"
    assert [
        (row.datum, row.datum_ruw, row.jaar_afgeleid, row.overleg_codes, row.soort)
        for row in voorblad.behandelingen
    ] == [
        (date(2024, 3, 7), "7-3", True, ("ao_bo", "ao_zv"), "AO"),
        (date(2024, 3, 18), "18-3", True, ("bo_zv",), "BO"),
        (date(2024, 3, 21), "21-3", True, ("do_sd",), "DO"),
        (date(2024, 4, 4), "4-4", True, ("pfho_go",), "PFHO"),
    ]
    assert [(row.doel, row.conclusie, row.conclusie_code) for row in voorblad.behandelingen] == [
        ("adviseren", "Akkoord", "akkoord"),
        ("adviseren", None, None),
        ("besluiten", None, None),
        ("informeren", None, None),
    ]
    assert [(b.nummer, b.omschrijving) for b in voorblad.bijlagen] == [
        ("1", "Voorstel Een integrale benadering vanuit Zorg en Veiligheid")
    ]
    assert _digest(voorblad.toelichting) == "d8bbabad2d742c93"
    assert [promise.periode for promise in voorblad.toezeggingen] == ["2025-Q1", "2025-Q1"]


def test_the_doubts_about_the_pilot() -> None:
    """Every derived year, the misspelt purpose, and six differences between the sheets."""
    document = _read("004")

    assert _doubts(document) == [
        ("namen_gesplitst", "contactpersonen", 6),
        *(("jaar_afgeleid", f"behandelingen[{row}].datum", 23 + row) for row in range(4)),
        ("doel_gecorrigeerd", "behandelingen[3].doel", 26),
        ("verschil_tussen_versies", "contactpersonen[0].organisatie", 46),
        ("verschil_tussen_versies", "contactpersonen[1].organisatie", 46),
        ("verschil_tussen_versies", "eenheid", 47),
        ("verschil_tussen_versies", "beslispunten[2].tekst", 59),
        ("verschil_tussen_versies", "beslispunten[2].onderdelen", 59),
        ("verschil_tussen_versies", "beslispunten[3].tekst", 60),
    ]
    assert {"eerste": "Beleid Bestuur", "tweede": "Beleid en Bestuur"} in [
        warning.details for warning in document.warnings
    ]
