"""Whatever the bytes are: an answer, in time, in the shape of the contract."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.papers import HEAD, ROWS, VOORBLAD, read
from workflow.documents import Kind, ReadDocument, WarningCode

FRAGMENTS = (
    *VOORBLAD.split("\n"),
    *(
        "| a | b |",
        "<table>",
        "<tr><td>",
        "</table>",
        "<ul><li>",
        "<html>",
        "<script>",
        "</script>",
    ),
    *("Datum", "Overleg", "Doel", "Conclusie", "27-6", "DO", "Akkoord", "1. een", " - twee", "1)"),
    *(
        "Geachte raadsleden,",
        "Met vriendelijke groet,",
        "Gemeenteraden",
        "Huizen",
        "\u202e",
        "\t\t",
    ),
)


def _assert_shape(document: ReadDocument) -> None:
    """What holds for every answer, whatever was read."""
    shape = document.as_json()
    assert json.loads(json.dumps(shape)) == shape
    assert shape["voorblad"] is None or shape["brief"] is None
    if document.kind is Kind.ONBEKEND:
        assert (document.voorblad, document.brief) == (None, None)
        assert document.warnings
    lines = document.text.count("\n") + 1
    for warning in document.warnings:
        assert isinstance(warning.code, WarningCode)
        assert warning.message.endswith(".")
        assert warning.line is None or 1 <= warning.line <= lines
    for row in document.voorblad.behandelingen if document.voorblad else ():
        assert row.datum is None or row.periode is None
        assert row.conclusie is not None or row.conclusie_code is None


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_the_reader_fall(data: bytes) -> None:
    """Random bytes are a document like any other."""
    _assert_shape(read(data))


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_the_reader_fall(text: str) -> None:
    """Neither do random letters of any script."""
    _assert_shape(read(text.encode("utf-8", "surrogatepass")))


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60))
@settings(max_examples=250, deadline=None)
def test_no_order_of_known_lines_makes_the_reader_fall(lines: list[str]) -> None:
    """Pieces of real papers in any order give an answer of the right shape."""
    _assert_shape(read("\n".join(lines)))


@given(st.integers(0, len(VOORBLAD)), st.characters())
@settings(max_examples=150, deadline=None)
def test_one_wrong_character_anywhere_is_survived(position: int, char: str) -> None:
    """A scanner may spoil any place."""
    text = VOORBLAD[:position] + char + VOORBLAD[position + 1 :]
    _assert_shape(read(text.encode("utf-8", "surrogatepass")))


NONSENSE = {
    "a": "a",
    "tabs": "\t",
    "lines": "\n",
    "pipes": "|",
    "brackets": "<",
    "tags": "<a",
    "quotes": '<a "',
    "comments": "<!--",
    "tables": "<table><tr><td>",
    "lists": "<ul><li>",
    "divs": "<div>",
    "labels": "Onderwerp: x\n",
    "colons": "Kenmerk: ",
    "names": "Jan Jansen en ",
    "addresses": "a@b.example ",
    "at": "@",
    "gaps": "a  ",
    "dashes": "- a; ",
    "stars": "*a ",
    "links": "[a\\]",
    "promises": "in q1 wordt ",
    "numbers": "1) ",
    "years": "2024-",
    "hashes": "# a\n",
}


@pytest.mark.parametrize("name", NONSENSE)
def test_a_page_of_nonsense_is_read_at_once(name: str) -> None:
    """Nothing takes more than a moment, on any of the doors: as text, as cell, as HTML."""
    size = 40_000
    nonsense = NONSENSE[name] * (size // len(NONSENSE[name]))
    doors = (
        nonsense,
        "<html>" + nonsense,
        HEAD + "\nVoorstel\n1. Doen: " + nonsense + ROWS,
        HEAD.replace("Anna de Wit", nonsense.replace("\n", " ")).replace("a.dewit@", nonsense[:9]),
        HEAD + ROWS + "\nToelichting\n" + nonsense,
    )
    started = time.process_time()
    for text in doors:
        _assert_shape(read(text))

    assert time.process_time() - started < 10


def test_the_time_grows_with_the_size_and_no_faster() -> None:
    """Four times the paper takes about four times as long."""

    def seconds(times: int) -> float:
        text = VOORBLAD.replace("De rapportage ligt voor.", "Een zin over 2025.\n" * 500 * times)
        started = time.process_time()
        read(text)
        return time.process_time() - started

    seconds(1)
    assert seconds(8) < 40 * max(seconds(1), 0.01)


def test_a_paper_of_endless_lines_is_read_as_far_as_a_paper_goes() -> None:
    """Two bytes a line would cost the most time a byte; what is not read is said."""
    document = read(VOORBLAD + "\n" * 100_000 + "Kenmerk: 9")

    assert document.voorblad is not None
    assert document.voorblad.kenmerk == "24001234"
    assert [warning.code for warning in document.warnings] == [WarningCode.NIET_BEGREPEN]
    assert document.warnings[0].details["gelezen"] == 100_000


def test_nesting_without_end_does_not_overflow() -> None:
    """Twenty thousand open tags are no deeper than one."""
    for tag in ("div", "table", "ul", "b"):
        _assert_shape(read("<html>" + f"<{tag}>" * 20_000 + "x"))
