"""`definitions diagram`: a route drawn on the command line."""

from pathlib import Path
from xml.etree import ElementTree

from tests.walk.command_line import CommandLine

ROUTE = "voortgangsrapportage"
NOWHERE = CommandLine(url="postgresql://localhost:1/x")  # no database is opened


def test_a_route_is_drawn_as_svg_unless_another_form_is_asked() -> None:
    """A complete file on standard output, without a database."""
    said = NOWHERE.run("definitions", "diagram", ROUTE)

    assert said.code == 0
    root = ElementTree.fromstring(said.out)  # noqa: S314
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "PFHO: vaststellen" in "".join(root.itertext())


def test_mermaid_and_words_are_for_documents() -> None:
    """The same route in two other forms."""
    mermaid = NOWHERE.run("definitions", "diagram", ROUTE, "--format", "mermaid").out
    words = NOWHERE.run("definitions", "diagram", ROUTE, "--format", "tekst").out

    assert mermaid.startswith("flowchart LR\n")
    assert " 1. Directie-overleg Sociaal Domein: adviseren (ambtelijk)" in words


def test_a_picture_can_go_to_a_file(tmp_path: Path) -> None:
    """Its JSON names the file and holds the same text."""
    file = tmp_path / "route.svg"
    asked = NOWHERE.ask("definitions", "diagram", ROUTE, "--version", "1", "--output", str(file))

    assert asked.keys() == {"route", "version", "format", "file", "diagram"}
    assert (asked["version"], asked["format"], asked["file"]) == (1, "svg", str(file))
    assert file.read_text(encoding="utf-8") == asked["diagram"]


def test_what_cannot_be_drawn_is_refused_with_its_reason(tmp_path: Path) -> None:
    """Unknown route or version, a form that there is not, a folder that is not there."""
    draw = ("definitions", "diagram")
    assert "niet gevonden" in NOWHERE.refused(*draw, "bestaat_niet")["message"]
    assert NOWHERE.refused(*draw, ROUTE, "--version", "99")["code"] == "niet_gevonden"
    NOWHERE.refused(*draw, ROUTE, "--output", str(tmp_path / "weg" / "x.svg"), code=4)
    assert NOWHERE.run(*draw, ROUTE, "--format", "png").code == 2
