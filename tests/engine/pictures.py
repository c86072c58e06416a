"""Routes as pictures: short, long, parallel, held, rejected; golden files show how they look.

`make routes` writes the golden files anew. Look at them before you commit them.
"""

from pathlib import Path

from workflow.engine.diagram import Leg, Picture, Pip, Place, Stop
from workflow.engine.diagram_layout import NARROW, WIDE
from workflow.engine.diagram_svg import svg_file

GOLDEN = Path(__file__).with_name("golden")
WIDTHS = {"breed": WIDE, "smal": NARROW}

DONE, HERE, ALSO, AHEAD = Place.DONE, Place.HERE, Place.ALSO, Place.AHEAD
READY, OPEN, NONE = Pip.READY, Pip.OPEN, Pip.NONE


def stop(title: str, purpose: str, place: Place, level: str, *details: str, **more: object) -> Stop:
    """A step of a route."""
    plain = Stop(
        id=title.casefold(), title=title, purpose=purpose, place=place, level=level, details=details
    )
    return Stop(**{name: getattr(plain, name) for name in Stop.__slots__} | more)


def route(*parts: Stop | Leg, end: Stop | None = None, **more: tuple[str, ...]) -> Picture:
    """A picture from its start, these parts, and its end."""
    begun = Stop(title="Ingediend", place=DONE, details=("10 juni",))
    ended = end or Stop(title="Afgerond", place=AHEAD)
    legs = [one if isinstance(one, Leg) else Leg(stops=(one,)) for one in (begun, *parts, ended)]
    return Picture(title="Een route", legs=tuple(legs), **more)


def short() -> Picture:
    """Three steps: advised, before the PFHO, then the raden."""
    return route(
        stop("DO", "adviseren", DONE, "ambtelijk", "27 juni", "akkoord"),
        stop("PFHO", "vaststellen", HERE, "bestuurlijk", "11 juli"),
        stop("Raden", "informeren", AHEAD, "raden", per_gemeente=True),
    )


def held() -> Picture:
    """Rows that were held and moved, one that went back to its author, one that was skipped."""
    pips = (READY, READY, OPEN, READY, NONE, READY, READY)
    return route(
        stop("AO", "adviseren", DONE, "ambtelijk", "7 maart", "akkoord"),
        stop("BO", "adviseren", DONE, "bestuurlijk", "18 maart", "akkoord, mits",
             earlier=("doorgeschoven 4\N{NO-BREAK SPACE}maart",)),
        stop("DO", "besluiten", DONE, "ambtelijk", "21 maart", "deels akkoord", returned=True,
             earlier=("terug naar opsteller 14\N{NO-BREAK SPACE}maart",)),
        stop("PFHO", "informeren", Place.SKIPPED, "bestuurlijk", "overgeslagen"),
        stop("Raden", "informeren", HERE, "raden", "5 van 6 geïnformeerd",
             per_gemeente=True, pips=pips),
    )  # fmt: skip


def long() -> Picture:
    """Twelve steps, three of them side by side, and two rounds of gemeenten."""
    group = Leg(
        stops=(
            stop("PFHO G&O", "vaststellen", DONE, "bestuurlijk", "11 juli", "vastgesteld"),
            stop("DVC", "besluiten", HERE, "bestuurlijk", "15 juli"),
            stop("DB", "instemmen", ALSO, "bestuurlijk", "20 juli"),
        ),
        join="alle drie nodig",
    )
    pips = (READY,) * 3 + (OPEN,) * 4
    return route(
        stop("AO", "adviseren", DONE, "ambtelijk", "7 maart", "akkoord"),
        stop("AO Zorg en Veiligheid", "adviseren", DONE, "ambtelijk", "7 maart", "akkoord"),
        stop("BO", "adviseren", DONE, "bestuurlijk", "18 maart", "akkoord, mits",
             earlier=("aangehouden 4\N{NO-BREAK SPACE}maart",)),
        stop("DO", "adviseren", DONE, "ambtelijk", "21 maart", "deels akkoord"),
        group,
        stop("AB", "vaststellen", AHEAD, "bestuurlijk"),
        stop("Colleges", "bekrachtigen", AHEAD, "colleges", per_gemeente=True, pips=pips),
        stop("Zorg- en Veiligheidshuis", "kennisnemen", AHEAD, "bestuurlijk"),
        stop("PFHO", "vaststellen", AHEAD, "bestuurlijk"),
        stop("Raden", "informeren", AHEAD, "raden", per_gemeente=True),
    )  # fmt: skip


def rejected() -> Picture:
    """The PFHO said no: there the route ends."""
    return route(
        stop("DO", "adviseren", DONE, "ambtelijk", "27 juni", "akkoord"),
        stop("PFHO", "vaststellen", DONE, "bestuurlijk", "11 juli", "niet akkoord"),
        end=Stop(title="Afgewezen", place=Place.STOPPED),
        remarks=("Niet aan bod gekomen: Raden: informeren.",),
    )


PICTURES = {"kort": short(), "aangehouden": held(), "lang": long(), "afgewezen": rejected()}


def golden_files() -> dict[Path, str]:
    """Each golden file and what it must hold now."""
    return {
        GOLDEN / f"{name}_{size}.svg": svg_file(picture, width=width)
        for name, picture in PICTURES.items()
        for size, width in WIDTHS.items()
    }
