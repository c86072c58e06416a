"""The route of one voorstel as a picture: where it was, where it is, what still comes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workflow.web import words
from workflow.web.port import Json

WIDTH = 1176  # units of the viewBox
WIDEST = 7  # more stops than this are shown as a list only

OPEN_ROWS = ("gepland", "geagendeerd")
OPEN_ROWS = ("gepland", "geagendeerd")
REPLACED_ROWS = ("van_de_agenda", "doorgeschoven", "vervallen")
INFORMED = ("verzonden", "ter_kennisname", "geagendeerd")
NO_PART = ("niet_van_toepassing", "gemeente_opgeheven")
ENDED = {"afgerond": "Afgerond", "afgewezen": "Afgewezen", "ingetrokken": "Ingetrokken"}
BEFORE = ("concept", "ingediend", "teruggestuurd")


class Place(StrEnum):
    """Where a stop lies, seen from the voorstel."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop: what, for what, when or how it went, and where it lies on the picture."""

    title: str
    purpose: str = ""
    detail: str = ""  # the day
    outcome: str = ""
    place: Place
    x: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Stops in order; `drawn` is False when there are too many for one line."""

    stops: tuple[Stop, ...]
    drawn: bool
    width: int = WIDTH

    @property
    def pieces(self) -> list[tuple[int, int, bool]]:
        """From, to, and whether that piece of the line lies behind us."""
        ahead = (Place.AHEAD,)
        return [
            (left.x, right.x, right.place not in ahead)
            for left, right in zip(self.stops, self.stops[1:], strict=False)
        ]


def route_picture(dossier: Json) -> Picture:
    """The picture for a dossier in the shape of `show`: its start, each step, its end."""
    stops = [_start(dossier), *(_step(dossier, one) for one in dossier["stappen"]), _end(dossier)]
    step = WIDTH // len(stops)
    placed = tuple(replace(stop, x=step // 2 + i * step) for i, stop in enumerate(stops))
    return Picture(stops=placed, drawn=len(placed) <= WIDEST)


def current_rows(dossier: Json) -> list[Json]:
    """The rows of the behandeltabel that are up now; more than one on a parallel route."""
    return [row for row in dossier["behandelingen"] if row["aan_de_beurt"]]


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
    state = dossier["state"]
    title = {"concept": "Concept", "teruggestuurd": "Bij de opsteller"}.get(state, "Ingediend")
    when = words.short_date(dossier["datum"]) if dossier["datum"] and state != "concept" else ""
    return Stop(title=title, detail=when, place=Place.HERE if state in BEFORE else Place.DONE)


def _step(dossier: Json, step: Json) -> Stop:
    places = {"gedaan": Place.DONE, "hier": Place.HERE}
    if step["per_gemeente"]:
        done, total = informed(dossier["raden"])
        title, detail = "Raden", f"{done} van {total} geïnformeerd" if total else ""
    else:
        title, detail = short_name(step), row_day(step)
    return Stop(
        title=title,
        purpose=step["doel"] or "",
        detail=detail,
        outcome=words.label(step["conclusie_code"]),
        place=places.get(step["status"], Place.AHEAD),
    )


def _end(dossier: Json) -> Stop:
    ended = dossier["state"] in ENDED
    title = ENDED.get(dossier["state"], "Afgerond")
    return Stop(title=title, place=Place.HERE if ended else Place.AHEAD)
