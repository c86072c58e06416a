"""The picture of a route as SVG: for a page that has our stylesheet, or as a file of its own.

Built as a tree of elements, so that a name from a definition or a paper can never become markup.
"""

from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from workflow.engine.diagram import Picture, Place, Stop, picture_in_words, summary
from workflow.engine.diagram_layout import (
    WIDE,
    Dot,
    Drawing,
    Frame,
    Line,
    Marker,
    Shape,
    Words,
    layout,
)

STYLESHEET = Path(__file__).with_name("diagram.css")
MARGIN = 24  # around the picture in a file of its own
RADIUS = {Place.DONE: 13, Place.HERE: 16, Place.ALSO: 14, Place.STOPPED: 14}
RADIUS_ELSE = 11


@lru_cache(maxsize=256)  # the same picture is shown until something happens
def inline_svg(picture: Picture, *, width: int = WIDE, name: str = "route") -> str:
    """For a page: styled by its stylesheet only; `name` makes its ids unique on the page."""
    drawing = layout(picture, width)
    root = _root(picture, drawing, name=name, text=summary(picture))
    for shape in drawing.shapes:
        _draw(root, shape)
    indent(root)
    return tostring(root, encoding="unicode")


def svg_file(picture: Picture, *, width: int = WIDE) -> str:
    """A complete file: the same picture with its own styles, on white."""
    drawing = layout(picture, width)
    root = _root(picture, drawing, name="route", text=picture_in_words(picture))
    wide, high = drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("viewBox", f"{-MARGIN} {-MARGIN} {wide} {high}")
    root.set("width", str(wide))
    root.set("height", str(high))
    SubElement(root, "style").text = stylesheet()
    _element(root, "rect", "sheet", x=-MARGIN, y=-MARGIN, width=wide, height=high)
    for shape in drawing.shapes:
        _draw(root, shape)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


@lru_cache(maxsize=1)
def stylesheet() -> str:
    """The styles of the picture; each colour has a value for where no theme is loaded."""
    return STYLESHEET.read_text(encoding="utf-8")


def _root(picture: Picture, drawing: Drawing, *, name: str, text: str) -> Element:
    """The svg element with a title and a description for who cannot see it."""
    root = Element("svg", {
        "class": "route-picture",
        "viewBox": f"0 0 {drawing.width} {drawing.height}",
        "role": "img",
        "aria-labelledby": f"{name}-titel {name}-tekst",
        "focusable": "false",
    })  # fmt: skip
    SubElement(root, "title", {"id": f"{name}-titel"}).text = picture.title
    SubElement(root, "desc", {"id": f"{name}-tekst"}).text = text
    return root


def _element(parent: Element, tag: str, kind: str, **numbers: int) -> Element:
    return SubElement(
        parent, tag, {"class": kind, **{key: str(value) for key, value in numbers.items()}}
    )


def _draw(parent: Element, shape: Shape) -> None:
    """One shape, styled by its class."""
    match shape:
        case Words():
            kind = f"{shape.kind} at-start" if shape.start else shape.kind
            _element(parent, "text", kind, x=shape.x, y=shape.y).text = shape.text
        case Line():
            SubElement(parent, "path", {"class": f"piece {shape.kind}", "d": shape.path})
        case Frame():
            _element(
                parent, "rect", "group",
                x=shape.x, y=shape.y, width=shape.width, height=shape.height, rx=10,
            )  # fmt: skip
        case Dot():
            _element(parent, "circle", f"pip {shape.pip}", cx=shape.x, cy=shape.y, r=5)
        case Marker():
            _marker(parent, shape.x, shape.y, shape.stop)


def _marker(parent: Element, x: int, y: int, stop: Stop) -> None:
    """A stop in the form of its level; a round of gemeenten has more of them behind it."""
    group = _element(parent, "g", f"stop {stop.place}{' optional' if stop.optional else ''}")
    radius = RADIUS.get(stop.place, RADIUS_ELSE)
    if stop.per_gemeente:
        _form(group, "shade", x + 8, y - 6, radius - 1, stop.level)
        _form(group, "shade", x + 4, y - 3, radius, stop.level)
    _form(group, "form", x, y, radius, stop.level)
    match stop.place:
        case Place.DONE:
            _path(group, "tick", f"M{x - 5} {y}l4 4 7-8")
        case Place.HERE:
            _element(group, "circle", "dot", cx=x, cy=y, r=6)
        case Place.ALSO:
            _element(group, "circle", "dot", cx=x, cy=y, r=4)
        case Place.SKIPPED:
            _path(group, "dash", f"M{x - 4} {y}h8")
        case Place.STOPPED:
            _path(group, "cross", f"M{x - 5} {y - 5}l10 10m0 -10l-10 10")


def _form(parent: Element, kind: str, x: int, y: int, radius: int, level: str) -> None:
    """The outline: round for ambtelijk, square for bestuurlijk, and so on."""
    match level:
        case "bestuurlijk":
            side = 2 * radius - 2
            _element(
                parent, "rect", kind, x=x - side // 2, y=y - side // 2,
                width=side, height=side, rx=4,
            )  # fmt: skip
        case "colleges":
            far = radius + 3
            _path(parent, kind, f"M{x} {y - far}l{far} {far} {-far} {far} {-far} {-far}z")
        case "raden":
            far, half = radius + 2, (radius + 2) // 2
            _path(
                parent, kind,
                f"M{x - far} {y}l{half} {-radius}h{2 * (far - half)}l{half} {radius}"
                f"l{-half} {radius}h{-2 * (far - half)}z",
            )  # fmt: skip
        case _:
            _element(parent, "circle", kind, cx=x, cy=y, r=radius)


def _path(parent: Element, kind: str, path: str) -> None:
    SubElement(parent, "path", {"class": kind, "d": path})
