"""A bar chart as SVG for a page: lengths as numbers, colours by class, no style and no script.

Built as a tree of elements, so that a name can never become markup.
"""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

PARTS = ("op_tijd", "verschoven", "te_laat")
WIDTH, BAR, GAP, LABEL = 640, 18, 10, 18  # in user units


def bars(rows: Sequence[Mapping[str, object]], title: str) -> Markup:
    """One bar for each row {"unit", "op_tijd", "verschoven", "te_laat"}, on one scale.

    The table beside it says the same in numbers, so the picture has only a title.
    """
    counts = [[int(str(row[part])) for part in PARTS] for row in rows]
    most = max((sum(one) for one in counts), default=0) or 1
    step = LABEL + BAR + GAP
    root = Element("svg", {
        "class": "bars",
        "viewBox": f"0 0 {WIDTH} {step * len(rows)}",
        "role": "img",
        "aria-label": title,
        "focusable": "false",
    })  # fmt: skip
    for number, (row, values) in enumerate(zip(rows, counts, strict=True)):
        top = step * number
        name = SubElement(root, "text", {"x": "0", "y": str(top + LABEL - 5)})
        name.text = str(row["unit"])
        _bar(root, values, top + LABEL, most)
    return Markup(tostring(root, encoding="unicode"))  # noqa: S704  (ElementTree escaped it)


def _bar(root: Element, values: Sequence[int], top: int, most: int) -> None:
    """The parts of one bar, end to end."""
    left = 0
    for part, value in zip(PARTS, values, strict=True):
        width = round(value * WIDTH / most)
        if width:
            SubElement(root, "rect", {
                "class": part,
                "x": str(left),
                "y": str(top),
                "width": str(width),
                "height": str(BAR),
            })  # fmt: skip
        left += width
