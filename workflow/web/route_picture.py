"""The route of one voorstel as a picture: where it was, where it is, what still comes."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from workflow.web import words
from workflow.web.port import Json

WIDTH = 1176  # units of the viewBox
WIDEST = 7  # more stops than this are shown as a list only

OPEN_ROWS = ("gepland", "geagendeerd")
REPLACED_ROWS = ("van_de_agenda", "doorgeschoven", "vervallen")
SETTLED_COUNCIL = ("verzonden", "ter_kennisname", "geagendeerd")
ENDED = {"afgerond": "Afgerond", "afgewezen": "Afgewezen", "ingetrokken": "Ingetrokken"}


class Place(StrEnum):
    """Where a stop lies, seen from the voorstel."""

    DONE = "done"
    HERE = "here"
    AHEAD = "ahead"
    SKIPPED = "skipped"


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
    """The picture for a dossier in the shape of `show`."""
    stops = [_start(dossier), *_rows(dossier), *_councils(dossier), _end(dossier)]
    here = _where(dossier, stops)
    step = WIDTH // len(stops)
    placed = tuple(
        replace(
            stop,
            place=Place.HERE if index == here else stop.place,
            x=step // 2 + index * step,
        )
        for index, stop in enumerate(stops)
    )
    return Picture(stops=placed, drawn=len(placed) <= WIDEST)


def current_row(dossier: Json) -> Json | None:
    """The first row of the behandeltabel that still waits for its overleg."""
    rows: list[Json] = dossier["behandelingen"]
    return next((row for row in rows if row.get("state", "gepland") in OPEN_ROWS), None)


def short_name(row: Json) -> str:
    """'PFHO', or the name as written when its soort says nothing."""
    soort = row.get("soort")
    return str(row["overleg"] or "overleg onbekend") if soort in (None, "ANDERS") else str(soort)


def row_day(row: Json) -> str:
    """'27 juni', or what is known of the day."""
    if row["datum"]:
        return words.short_date(row["datum"])
    return words.period(row["periode"]) if row.get("periode") else "datum volgt"


def row_outcome(row: Json) -> str:
    """'akkoord', 'doorgeschoven', or '' while it is open."""
    if row.get("state") in REPLACED_ROWS:
        return words.label(row["state"])
    return words.label(row["conclusie_code"]) or str(row["conclusie"] or "")


def settled(councils: list[dict[str, Any]]) -> int:
    """How many gemeenteraden were informed."""
    return sum(1 for council in councils if council["state"] in SETTLED_COUNCIL)


def _start(dossier: Json) -> Stop:
    concept = dossier["state"] == "concept"
    when = words.short_date(dossier["datum"]) if dossier["datum"] else ""
    return Stop(
        title="Concept" if concept else "Ingediend",
        detail="" if concept else when,
        place=Place.AHEAD if concept else Place.DONE,
    )


def _rows(dossier: Json) -> list[Stop]:
    places = {
        "behandeld": Place.DONE,
        **dict.fromkeys(REPLACED_ROWS, Place.SKIPPED),
    }
    return [
        Stop(
            title=short_name(row),
            purpose=row["doel"] or "",
            detail=row_day(row),
            outcome=row_outcome(row),
            place=places.get(row.get("state", "gepland"), Place.AHEAD),
        )
        for row in dossier["behandelingen"]
        if row.get("soort") != "RADEN"
    ]


def _councils(dossier: Json) -> list[Stop]:
    councils = dossier["raden"]
    expected = any(row.get("soort") == "RADEN" for row in dossier["behandelingen"])
    if not councils and not expected and not dossier.get("raden_verwacht"):
        return []
    done = settled(councils)
    relevant = [c for c in councils if c["state"] != "niet_van_toepassing"]
    detail = f"{done} van {len(relevant)} geïnformeerd" if councils else "daarna"
    finished = bool(councils) and done == len(relevant)
    return [
        Stop(
            title="Raden",
            purpose="informeren",
            detail=detail,
            place=Place.DONE if finished else Place.AHEAD,
        )
    ]


def _end(dossier: Json) -> Stop:
    state = dossier["state"]
    return Stop(
        title=ENDED.get(state, "Afgerond"), place=Place.DONE if state in ENDED else Place.AHEAD
    )


def _where(dossier: Json, stops: list[Stop]) -> int:
    """The index of the stop where the voorstel is now."""
    if dossier["state"] in ENDED:
        return len(stops) - 1
    if dossier["state"] in ("concept", "teruggestuurd"):
        return 0
    waiting = [i for i, stop in enumerate(stops) if stop.place is Place.AHEAD]
    return waiting[0] if waiting else len(stops) - 1
