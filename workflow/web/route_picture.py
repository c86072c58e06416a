"""The route of one voorstel as a picture: what was walked, where it is, what can still come."""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from workflow.domain.behandeling import Soort
from workflow.domain.raadsinformatie import INFORM
from workflow.engine.diagram import (
    PER_GEMEENTE,
    Leg,
    Picture,
    Pip,
    Place,
    Stop,
    legs_of,
    level_of,
    with_clear_titles,
)
from workflow.engine.diagram_layout import NARROW, WIDE
from workflow.engine.diagram_svg import inline_svg
from workflow.web import words
from workflow.web.port import Json

OPEN_ROWS = ("gepland", "geagendeerd")
REPLACED_ROWS = ("van_de_agenda", "doorgeschoven", "vervallen")
SENT_BACK = ("terug_naar_opsteller", "teruggenomen")
INFORMED = ("verzonden", "ter_kennisname", "geagendeerd")
NO_PART = ("niet_van_toepassing", "gemeente_opgeheven")
ENDED = ("afgerond", "afgewezen", "ingetrokken")
BEFORE = ("concept", "ingediend", "teruggestuurd")
PLACES = {
    "gedaan": Place.DONE,
    "hier": Place.HERE,
    "straks": Place.AHEAD,
    "niet_nodig": Place.SKIPPED,
}
EXITS = {  # what else a conclusion can lead to, as the table of its doel names it
    "blijft": "aanhouden",
    "terug": "terug naar de opsteller",
    "einde": "afwijzen",
}


def route_picture(dossier: Json) -> Picture:
    """The picture for a dossier in the shape of `show`: its start, each step, its end."""
    ended = dossier["state"] in ENDED
    steps = dossier["stappen"]
    stops = with_clear_titles([_stop(dossier, step) for step in steps])
    grouped = [
        (stop, step["groep"], step["klaar"])
        for stop, step in zip(stops, steps, strict=True)
        if not (ended and stop.place is Place.AHEAD)
    ]
    start, end = Leg(stops=(_start(dossier),)), Leg(stops=(_end(dossier),))
    return Picture(
        title=f"De route van {dossier['kenmerk']}",
        legs=(start, *legs_of(grouped), end),
        remarks=tuple(_remarks(dossier, stops)),
    )


def drawn(picture: Picture, size: str, name: str = "route") -> Markup:
    """The picture as SVG in a page; `size` is wide or narrow, `name` keeps its ids apart."""
    width = {"wide": WIDE, "narrow": NARROW}[size]
    # Built as a tree of elements, which escapes every word: nothing in it is taken as markup.
    return Markup(inline_svg(picture, width=width, name=f"{name}-{size}"))  # noqa: S704


def current_rows(dossier: Json) -> list[Json]:
    """The rows of the behandeltabel that are up now; more than one on a parallel route.

    Not the row of a step per gemeente: there each gemeente has a row of its own.
    """
    rounds = {step["id"] for step in dossier["stappen"] if step["per_gemeente"]}
    return [
        row for row in dossier["behandelingen"] if row["aan_de_beurt"] and row["stap"] not in rounds
    ]


def short_name(row: Json) -> str:
    """'PFHO', or the name as written when its soort says nothing."""
    if row["soort"] in (None, "ANDERS"):
        return str(row["overleg"] or "overleg onbekend")
    return str(row["soort"])


def row_day(row: Json) -> str:
    """'27 juni', or what is known of the day."""
    if row["datum"]:
        return words.short_date(row["datum"])
    return words.period(row["periode"]) if row.get("periode") else "datum volgt"


def informed(councils: Sequence[Json]) -> tuple[int, int]:
    """How many gemeenteraden were informed, and of how many that take part.

    One that was not sent, with a reason, takes part and is not informed.
    """
    part = [one for one in councils if one["state"] not in NO_PART]
    return sum(1 for one in part if one["state"] in INFORMED), len(part)


def _start(dossier: Json) -> Stop:
    """Where the voorstel began, or where it waits for its author."""
    state = dossier["state"]
    title = dossier["toestanden"][state if state in BEFORE else "ingediend"]
    known = dossier["datum"] and state not in ("concept", "teruggestuurd")
    return Stop(
        title=title,
        place=Place.HERE if state in BEFORE else Place.DONE,
        details=(_day(dossier["datum"]),) if known else (),
    )


def _end(dossier: Json) -> Stop:
    """Afgerond, or the end that it came to."""
    state = dossier["state"]
    stopped = state in ("afgewezen", "ingetrokken")
    place = Place.STOPPED if stopped else Place.DONE if state in ENDED else Place.AHEAD
    return Stop(title=dossier["toestanden"][state if state in ENDED else "afgerond"], place=place)


def _stop(dossier: Json, step: Json) -> Stop:
    """One step, with how it went and goes."""
    rows = [row for row in dossier["behandelingen"] if row["stap"] == step["id"]]
    place = _place(dossier, step)
    soort = Soort(step["soort"] or "ANDERS")
    level = step["niveau"] or level_of(soort)
    title = PER_GEMEENTE.get(level) if step["per_gemeente"] else None
    return Stop(
        id=step["id"],
        title=title or short_name(step),
        name=step["overleg"],
        purpose=step["doel"] or "",
        place=place,
        level=level,
        details=tuple(_details(dossier, step, place)),
        earlier=tuple(_earlier(rows, step)),
        pips=tuple(_pip(one) for one in _round(dossier, step)) if step["per_gemeente"] else (),
        per_gemeente=step["per_gemeente"],
        optional=step["nodig"] is None,
        returned=any(row["conclusie_code"] in SENT_BACK for row in rows),
    )


def _place(dossier: Json, step: Json) -> Place:
    """Where a step lies; one beside the current step that is still open runs as well."""
    place = PLACES.get(step["status"], Place.AHEAD)
    if step["overgeslagen"]:
        return Place.SKIPPED
    if dossier["state"] in ENDED and place is Place.HERE:
        return Place.DONE
    here = next((one for one in dossier["stappen"] if one["status"] == "hier"), None)
    beside = here and step["groep"] and here["groep"] == step["groep"]
    return Place.ALSO if beside and place is Place.AHEAD else place


def _details(dossier: Json, step: Json, place: Place) -> Iterator[str]:
    """What is known of a step, short: a day and a conclusion, or how far a round is."""
    if place is Place.SKIPPED:
        yield "niet nodig" if step["status"] == "niet_nodig" else "overgeslagen"
        return
    if step["nodig"] is None and place is Place.AHEAD:
        yield "misschien nodig"
    if step["per_gemeente"]:
        yield from _round_details(dossier, step)
        return
    if step["datum"]:
        yield _day(step["datum"])
    elif place in (Place.HERE, Place.ALSO):
        yield "datum volgt"
    if step["conclusie_code"]:
        yield words.label(step["conclusie_code"])


def _round(dossier: Json, step: Json) -> list[Json]:
    """The gemeenten of this step, each in its last round."""
    return [one for one in dossier["raden"] if one["stap"] == step["id"] and one["laatste"]]


def _round_details(dossier: Json, step: Json) -> Iterator[str]:
    """How many gemeenten are ready; nothing before the round began."""
    found = _round(dossier, step)
    if not found:
        return
    if step["deelroute"] == INFORM:
        done, total = informed(found)
        yield f"{done} van {total} geïnformeerd"
    else:
        yield f"{step['raden_klaar']} van {step['raden_totaal']} klaar"


def _pip(one: Json) -> Pip:
    if one["state"] in NO_PART:
        return Pip.NONE
    return Pip.READY if one["klaar"] else Pip.OPEN


def _earlier(rows: Sequence[Json], step: Json) -> Iterator[str]:
    """How a step went before what is shown of it: 'aangehouden 27 juni'.

    A row that lapsed or waits behind the shown conclusion does not make that one earlier.
    """
    treated = [place for place, row in enumerate(rows) if row["state"] == "behandeld"]
    shown = treated[-1] if treated and step["conclusie_code"] else len(rows) - 1
    for row in rows[: max(shown, 0)]:
        code = row["conclusie_code"]
        if code is None and row["state"] in REPLACED_ROWS:
            code = row["state"]
        if code:
            when = f" {_day(row['datum'])}" if row["datum"] else ""
            yield f"{words.label(code)}{when}"


def _day(value: str) -> str:
    """'27 juni' that stays on one line."""
    return words.short_date(value).replace(" ", "\N{NO-BREAK SPACE}")


def _remarks(dossier: Json, stops: Iterable[Stop]) -> Iterator[str]:
    """What else can happen from here, or what a voorstel that ended did not come to."""
    if dossier["state"] in ENDED:
        missed = [stop.heading for stop in stops if stop.place is Place.AHEAD]
        if missed:
            yield f"Niet aan bod gekomen: {words.names(missed)}."
        return
    here = next((step for step in dossier["stappen"] if step["status"] == "hier"), None)
    exits = [EXITS[one] for one in here["kan"] if one in EXITS] if here else []
    if exits:
        yield f"Hier kan ook: {words.names(exits, 'of')}."
