"""The picture of a route: what it holds, where it stands, and how it looks."""

import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.organisation import SHIPPED, Organisation
from tests.engine.pictures import AHEAD, DONE, HERE, PICTURES, golden_files, held, long, route, stop
from tests.tools.routes import DOCUMENT, document
from workflow.engine.diagram import (
    LEVELS,
    Leg,
    Picture,
    Place,
    Stop,
    join_in_words,
    picture_of_route,
    summary,
    with_clear_titles,
)
from workflow.engine.diagram_formats import FORMATS
from workflow.engine.diagram_layout import NARROW, WIDE, Dot, Line, Marker, Words, labels, layout
from workflow.engine.diagram_svg import inline_svg, stylesheet, svg_file
from workflow.engine.diagram_text import width_of, wrap
from workflow.engine.loader import load_definitions

DEFINITIES = load_definitions(SHIPPED).definities
SMALLEST = 14  # pixels of type at a screen of 1280
INNER = 1150  # pixels that a picture has there, or a little more

words = st.text("abcdefghij klmnoPQ&-", min_size=1, max_size=28).map(
    lambda text: text.strip() or "DO"
)
stops = st.builds(
    Stop,
    title=words,
    purpose=st.sampled_from(["", "adviseren", "vaststellen", "bekrachtigen"]),
    place=st.sampled_from(Place),
    level=st.sampled_from(["", *LEVELS]),
    details=st.lists(words, max_size=3).map(tuple),
    earlier=st.lists(words, max_size=3).map(tuple),
    per_gemeente=st.booleans(),
    returned=st.booleans(),
)
legs = st.lists(stops, min_size=1, max_size=3).map(
    lambda found: Leg(stops=tuple(found), join="alle drie nodig" if len(found) > 1 else "")
)
pictures = st.lists(legs, min_size=2, max_size=12).map(
    lambda found: Picture(title="Route", legs=tuple(found))
)


def _box(shape: Words) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a line of words, as wide as they may be."""
    width = width_of(shape.text, 15)
    left = shape.x if shape.start else shape.x - width / 2
    return left, shape.y - 12, left + width, shape.y + 3


@pytest.mark.parametrize("path", golden_files(), ids=lambda path: path.stem)
def test_a_picture_looks_as_it_was_approved(path: Path) -> None:
    """A change of the layout is seen and looked at; `make routes` renews the files."""
    assert path.read_text(encoding="utf-8") == golden_files()[path]


def test_the_document_shows_the_routes_that_are_shipped() -> None:
    """Who reads docs/routes.md reads what the program does; `make routes` renews it."""
    assert DOCUMENT.read_text(encoding="utf-8") == document()


@settings(max_examples=40, deadline=None)
@given(picture=pictures, width=st.sampled_from([WIDE, NARROW]))
def test_every_stop_stands_once_and_words_never_meet(picture: Picture, width: int) -> None:
    """Whatever the route: nothing is lost, nothing beside the sheet, nothing over each other."""
    drawing = layout(picture, width)
    markers = [one.stop for one in drawing.shapes if isinstance(one, Marker)]
    boxes = [_box(one) for one in drawing.shapes if isinstance(one, Words)]

    assert sorted(map(id, markers)) == sorted(map(id, picture.stops))
    assert all(left >= 0 and right <= width for left, _, right, _ in boxes)
    assert all(bottom <= drawing.height for *_, bottom in boxes)
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, f"{one} meets {other}"


def test_stops_are_read_from_left_to_right_and_row_by_row() -> None:
    """The order of the route is the order of a text."""
    found = [one for one in layout(long()).shapes if isinstance(one, Marker)]
    single = [one for one in found if one.stop.title not in ("PFHO G&O", "DVC", "DB")]

    assert all(
        one.x < other.x or (one.y < other.y and other.x < 200) for one, other in pairwise(single)
    )
    assert len({one.y for one in single}) == 2


def test_up_to_five_steps_stand_on_one_line() -> None:
    """As on the sketch; a desktop has room for seven stops."""
    assert len({one.y for one in layout(held()).shapes if isinstance(one, Marker)}) == 1


def test_parallel_steps_stand_above_each_other_with_their_rule() -> None:
    """Side by side in time; what makes the group ready is written in its box."""
    shapes = layout(long()).shapes
    names = ("PFHO G&O", "DVC", "DB")
    group = [one for one in shapes if isinstance(one, Marker) and one.stop.title in names]

    assert len({one.x for one in group}) == 1
    assert [one.text for one in shapes if isinstance(one, Words) and one.kind == "join"] == [
        "naast elkaar · alle drie nodig"
    ]


def test_what_was_walked_is_drawn_otherwise_than_what_comes() -> None:
    """Behind up to where it is, ahead after that; a skipped step does not break the line."""
    kinds = [
        one.kind for one in layout(held()).shapes if isinstance(one, Line) and one.kind != "level"
    ]

    assert [kind for kind in kinds if kind in ("behind", "ahead")] == ["behind"] * 5 + ["ahead"]
    assert kinds.count("loop") == 2


def test_a_round_shows_one_dot_a_gemeente() -> None:
    """Six that take part of which five are ready, and one that takes no part."""
    pips = [one.pip.value for one in layout(held()).shapes if isinstance(one, Dot)]

    assert [pips.count(kind) for kind in ("ready", "open", "none")] == [5, 1, 1]


def test_levels_differ_in_form_and_are_named() -> None:
    """Ambtelijk, bestuurlijk, colleges and raden: never by colour alone."""
    forms = set()
    for level in LEVELS:
        svg = inline_svg(route(stop("X", "adviseren", AHEAD, level)))
        form = ElementTree.fromstring(svg).findall(".//*[@class='form']")[1]  # noqa: S314
        forms.add((form.tag, len(re.findall("[a-z]", form.get("d", "")))))
        assert f">{level}</text>" in svg

    assert len(forms) == len(LEVELS)


def test_words_of_a_paper_never_become_markup() -> None:
    """A name from paper or definition is shown as it is."""
    evil = '<script>alert("1")</script>&amp;'
    picture = route(stop(evil, "adviseren", HERE, "ambtelijk", evil))
    for svg in (inline_svg(picture), svg_file(picture)):
        assert "<script" not in svg
        found = ElementTree.fromstring(svg)  # noqa: S314
        assert evil in "".join(found.itertext())


def test_the_picture_says_itself_to_who_cannot_see_it() -> None:
    """A title and a description; a file of its own has the whole route in words."""
    page, file = inline_svg(long(), name="x"), svg_file(long())

    assert 'role="img"' in page
    assert 'aria-labelledby="x-titel x-tekst"' in page
    assert "U bent hier: DVC: besluiten. 5 van 12 stappen gedaan." in page
    assert "Naast elkaar (alle drie nodig): PFHO G&amp;O: vaststellen, 11 juli, vastgesteld" in file
    assert summary(PICTURES["afgewezen"]) == "Einde: Afgewezen. 2 van 2 stappen gedaan."


def test_a_page_needs_no_style_of_its_own() -> None:
    """The content policy forbids style in a page: classes only."""
    assert not re.search(r"style", inline_svg(long()))


def test_every_class_has_a_rule_and_type_is_large_enough() -> None:
    """No part of the picture is unstyled; at 1280 pixels no letter is below 14."""
    css = stylesheet()
    used = {
        word
        for picture in PICTURES.values()
        for group in re.findall(r'class="([^"]+)"', inline_svg(picture))
        for word in group.split()
    }
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", css)]

    plain = {
        "stop",
        "detail",
        "open",
        "ahead",
        "route-picture",
    }  # as they are without a rule of their own
    assert {word for word in used if f".{word}" not in css} <= plain
    assert min(sizes) * INNER / WIDE >= SMALLEST


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    full = colour if len(colour) == 7 else "#" + "".join(one * 2 for one in colour[1:])
    parts = [int(full[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_words_can_be_read_on_their_ground() -> None:
    """Contrast of 4.5 or more on the sheet and inside a group."""
    texts = re.findall(
        r"(?:text|\.title|\.you|\.join|\.title\.skipped) \{[^}]*fill: var\([^,]+, (#\w+)\)",
        stylesheet(),
    )
    assert len(texts) == 5
    for text in texts:
        for ground in ("#ffffff", "#f4f5f3"):
            dark, light = sorted((_luminance(text), _luminance(ground)))
            assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("join", "count", "said"),
    [
        ("", 1, ""),
        ("", 2, "beide nodig"),
        ("alle", 3, "alle drie nodig"),
        ("eerste", 3, "één is genoeg"),
        ("1", 2, "één is genoeg"),
        ("2", 3, "twee van de drie nodig"),
        ("9", 3, "alle drie nodig"),
    ],
)
def test_a_join_rule_is_said_in_words(join: str, count: int, said: str) -> None:
    """What makes a parallel group ready, as people say it."""
    assert join_in_words(join, count) == said


def test_two_overleggen_of_one_soort_get_their_own_names() -> None:
    """Nobody takes the one PFHO for the other; one that comes twice keeps its short name."""
    one = Stop(title="PFHO", name="Overleg Jeugd", place=DONE)
    other = Stop(title="PFHO", name="Overleg Wonen", place=AHEAD)

    assert [found.title for found in with_clear_titles((one, other))] == [
        "Overleg Jeugd",
        "Overleg Wonen",
    ]
    assert [found.title for found in with_clear_titles((one, one))] == ["PFHO", "PFHO"]


def test_long_words_are_broken_and_long_texts_end_in_dots() -> None:
    """A line never runs out of its column."""
    lines = wrap("Portefeuillehoudersoverleg Volksgezondheid en meer", 120, 16, most=3)

    assert len(lines) == 3
    assert all(width_of(line, 16) <= 120 for line in lines)
    assert lines[0].endswith("-")
    assert lines[-1].endswith("…")


def test_a_definition_with_a_group_is_drawn_as_one(tmp_path: Path) -> None:
    """Steps of one group stand side by side in each form, with their rule."""
    organisation = Organisation(tmp_path)
    organisation.write(
        "routes/samen.yaml",
        """route: samen
versie: 1
titel: Samen
stappen:
  - {stap: do, overleg: do_sd, doel: adviseren}
  - {stap: pfho, overleg: pfho_go, doel: vaststellen, groep: g, klaar: eerste}
  - {stap: dvc, overleg: dvc, doel: besluiten, groep: g}
  - {stap: raden, overleg: raden, per: gemeente, doel: informeren, klaar: 3}
""",
    )
    definities = load_definitions(organisation.folder).definities
    route = next(one for one in definities.routes if one.route == "samen")

    assert [len(leg.stops) for leg in picture_of_route(route, definities).legs] == [1, 1, 2, 1, 1]
    mermaid = FORMATS["mermaid"](route, definities)
    assert 'subgraph groep2 ["naast elkaar: één is genoeg"]' in mermaid
    assert "stap0 --> stap_do --> groep2 --> stap_raden --> stap4" in mermaid
    text = FORMATS["tekst"](route, definities)
    assert "Loopt naast dvc: één is genoeg." in text
    assert "Klaar zodra drie gemeenten klaar zijn." in text


@pytest.mark.parametrize("form", FORMATS)
def test_every_shipped_route_can_be_drawn(form: str) -> None:
    """Each version, in each form."""
    for one in DEFINITIES.routes:
        assert one.titel in FORMATS[form](one, DEFINITIES) or form == "mermaid"


def test_a_long_name_gives_way_to_what_is_asked() -> None:
    """Who has too long a name for its column is still seen to advise."""
    name = "Afstemming met het Zorg- en Veiligheidshuis van de hele regio"
    shown = [text for _, text in labels(stop(name, "adviseren", AHEAD, ""), 150)]

    assert shown[-1] == "adviseren"
    assert len(shown) == 3
    assert shown[1].endswith("…")
