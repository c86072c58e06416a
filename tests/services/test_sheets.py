"""Tables for a spreadsheet."""

import csv
import io

import pytest

from workflow.services.sheets import sheet


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    """A subject from a paper can begin with anything."""
    lines = list(csv.reader(io.StringIO(sheet(("Wat",), [(text,)])[1:]), delimiter=";"))

    assert lines[1][0].startswith("'")
    assert lines[1][0][1:].strip() == text.strip()


def test_a_table_opens_as_dutch_spreadsheets_read_it() -> None:
    """Semicolons, a byte order mark, quotes where needed, nothing for nothing."""
    assert sheet(("A", "B"), [('een; "twee"', None)]) == '\ufeffA;B\r\n"een; ""twee""";\r\n'
