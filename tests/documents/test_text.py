"""Bytes to text: encodings, invisible characters, and what is no text."""

import codecs

import pytest

from tests.documents.papers import VOORBLAD, codes, doubt, read
from workflow.documents import Kind
from workflow.documents.text import LARGEST

ACCENTED = VOORBLAD.replace("Vaststellen van", "Initiëren en vaststellen van").replace("\n", "\r\n")


@pytest.mark.parametrize(
    "data",
    [
        ACCENTED.encode(),
        codecs.BOM_UTF8 + ACCENTED.encode(),
        ACCENTED.encode("utf-16"),
        codecs.BOM_UTF16_BE + ACCENTED.encode("utf-16-be"),
        ACCENTED.encode("utf-16-le"),
        ACCENTED.encode("cp1252"),
        ACCENTED.replace("\r\n", "\r").encode(),
        ACCENTED.replace("ë", "e\u0308").encode(),
        ACCENTED.replace("10 juni", "10\u00a0juni").encode(),
        ACCENTED.replace("Initiëren", "Ini\u00adtiëren").encode(),
    ],
    ids=["utf8", "bom", "utf16", "utf16be", "utf16le", "cp1252", "cr", "nfd", "nbsp", "shy"],
)
def test_each_encoding_gives_the_same_reading_without_a_doubt(data: bytes) -> None:
    """How a file was saved makes no difference to what it says."""
    document = read(data)

    assert document.voorblad is not None
    assert document.voorblad.beslispunten[0].tekst == "Initiëren en vaststellen van de rapportage."
    assert document.voorblad.datum is not None
    assert document.warnings == ()


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\ufeff", "\x08", "\U000e0041"])
def test_hidden_characters_are_removed_and_said(hidden: str) -> None:
    """What nobody sees cannot change a name, and does not stay unmentioned."""
    document = read(VOORBLAD.replace("24001234", f"2400{hidden}1234"))

    assert document.kenmerk == "24001234"
    assert doubt(document, "tekst_verdacht").line == 7


def test_text_that_was_decoded_wrongly_before_is_said() -> None:
    """Letters that show a wrong encoding are kept as they are, with a doubt."""
    document = read(VOORBLAD.replace("Vaststellen", "Initi\u00c3\u00abren"))

    assert document.voorblad is not None
    assert document.voorblad.beslispunten[0].tekst.startswith("InitiÃ«ren")
    assert doubt(document, "tekst_verdacht").line == 13


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "leeg"),
        (b" \r\n\t \n", "leeg"),
        (codecs.BOM_UTF8, "leeg"),
        ("\u200b\u00a0".encode(), "leeg"),
        (b"%PDF-1.7 Onderwerp: x", "binair"),
        (b"PK\x03\x04 word/document.xml", "binair"),
        (b"\x89PNG\r\n\x1a\n", "binair"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "binair"),
        (b"{\\rtf1\\ansi Onderwerp}", "binair"),
        (VOORBLAD.encode() + b"\x00", "binair"),
        (bytes(range(256)) * 10, "binair"),
        (b"\x01\x02\x03\x04\x05\x06\x07", "binair"),
        (b"a" * (LARGEST + 1), "te_groot"),
        (b"Hallo, dit is een gewone brief aan een vriend.", "niet_begrepen"),
        (b"Van: a\nAan: b\nOnderwerp: lunch\nDatum: 1 mei 2024\n\nGa je mee?", "niet_begrepen"),
    ],
)
def test_what_cannot_be_read_is_unknown_with_its_reason(data: bytes, code: str) -> None:
    """An unreadable file is a document without content, and one warning says why."""
    document = read(data)

    assert document.kind is Kind.ONBEKEND
    assert (document.voorblad, document.brief, document.kenmerk) == (None, None, None)
    assert codes(document) == [code]


def test_the_text_has_the_lines_of_the_file() -> None:
    """A reader who goes to the line of a doubt finds it there."""
    document = read(ACCENTED.replace("27-06-24", "27-6"))
    line = doubt(document, "jaar_afgeleid").line

    assert line is not None
    assert document.text.split("\n")[line - 1].startswith("27-6\t")


def test_the_digest_is_that_of_the_bytes() -> None:
    """The same text in another encoding is another file."""
    plain, other = read(VOORBLAD), read(VOORBLAD.encode("utf-16"))

    assert len(plain.sha256) == 64
    assert plain.sha256 != other.sha256
