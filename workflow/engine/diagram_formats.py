"""The picture of a route in the forms in which it can be kept: SVG, Mermaid, plain text."""

from collections.abc import Callable, Iterator

from workflow.engine.definition import Definities, Route
from workflow.engine.diagram import Leg, Picture, Stop, picture_of_route
from workflow.engine.diagram_svg import svg_file
from workflow.engine.route_words import route_in_words

MERMAID_FORM = {  # the forms of our own picture, as near as Mermaid has them
    "ambtelijk": ("([", "])"),
    "bestuurlijk": ("[", "]"),
    "colleges": ("{{", "}}"),
    "raden": ("[[", "]]"),
}


def as_svg(route: Route, definities: Definities) -> str:
    """A complete SVG file."""
    return svg_file(picture_of_route(route, definities))


def as_mermaid(route: Route, definities: Definities) -> str:
    """Mermaid's flowchart, from left to right; ends with a line break."""
    picture = picture_of_route(route, definities)
    return "\n".join(("flowchart LR", *_mermaid(picture), ""))


def as_text(route: Route, definities: Definities) -> str:
    """The steps numbered and in words; ends with a line break."""
    return "\n".join((*_text(route, definities), ""))


FORMATS: dict[str, Callable[[Route, Definities], str]] = {
    "svg": as_svg,
    "mermaid": as_mermaid,
    "tekst": as_text,
}


def _mermaid(picture: Picture) -> Iterator[str]:
    """The nodes, a group as a subgraph, then the arrows between the legs."""
    names = []
    for number, leg in enumerate(picture.legs):
        names.append(f"groep{number}" if leg.parallel else _id(leg.stops[0], number))
        yield from _mermaid_leg(leg, number)
    yield f"  {' --> '.join(names)}"


def _mermaid_leg(leg: Leg, number: int) -> Iterator[str]:
    if not leg.parallel:
        yield f"  {_id(leg.stops[0], number)}{_node(leg.stops[0])}"
        return
    yield f"  subgraph groep{number} [{_quoted(f'naast elkaar: {leg.join}')}]"
    for stop in leg.stops:
        yield f"    {_id(stop, number)}{_node(stop)}"
    yield "  end"


def _id(stop: Stop, number: int) -> str:
    """A name that is no word of Mermaid's own."""
    return f"stap_{stop.id}" if stop.id else f"stap{number}"


def _node(stop: Stop) -> str:
    """The form of its level around its words."""
    begin, end = MERMAID_FORM.get(stop.level, ("((", "))"))
    level = (stop.level,) if stop.level else ()
    return f"{begin}{_quoted('<br>'.join((stop.heading, *level, *stop.details)))}{end}"


def _quoted(text: str) -> str:
    """Words that Mermaid reads as words."""
    return '"' + text.replace("&", "#amp;").replace('"', "#quot;") + '"'


def _text(route: Route, definities: Definities) -> Iterator[str]:
    picture = picture_of_route(route, definities)
    yield f"{route.titel} ({route.route}, versie {route.versie})"
    if route.bron:
        yield f"Bron: {route.bron}."
    yield ""
    yield f"   {picture.legs[0].stops[0].heading}"
    if route.uit_behandeltabel:
        yield "   De route is de behandeltabel: elke rij is een stap."
    for number, step in enumerate(route_in_words(route, definities), start=1):
        level = f" ({step.level})" if step.level else ""
        yield f"{number:>2}. {step.heading}{level}"
        yield from (f"     {line}" for line in (step.beside, *step.lines) if line)
    yield f"   {picture.legs[-1].stops[0].heading}"
