"""Which gemeenten take part in a theme on a day."""

import datetime as dt
from collections.abc import Iterable

from workflow.engine.definition import GemeenteDefinitie


def members_on(
    gemeenten: Iterable[GemeenteDefinitie], theme: str | None, day: dt.date
) -> tuple[GemeenteDefinitie, ...]:
    """Those that take part in a theme on a day; no theme: those in any."""
    return tuple(
        gemeente
        for gemeente in gemeenten
        if exists_on(gemeente, day)
        and any(
            (part.thema in ("*", theme) or theme is None)
            and (part.van is None or part.van <= day)
            and (part.tot is None or day <= part.tot)
            for part in gemeente.lidmaatschap
        )
    )


def exists_on(gemeente: GemeenteDefinitie, day: dt.date) -> bool:
    """The gemeente exists on that day."""
    return (gemeente.begin is None or gemeente.begin <= day) and (
        gemeente.eind is None or day <= gemeente.eind
    )
