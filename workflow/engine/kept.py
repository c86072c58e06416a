"""A version of a route as its register keeps it: to plain JSON at first use, and back."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from workflow.domain.behandeling import Doel
from workflow.domain.definitions import KeptRoute
from workflow.domain.errors import Conflict
from workflow.engine.definition import Doeltabel, Route
from workflow.engine.digest import content_of, digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class InUse:
    """A version that cases run on: its route, and the tables of conclusions it keeps."""

    route: Route
    tables: Mapping[Doel, Doeltabel]


def to_keep(route: Route, tables: Iterable[Doeltabel], today: dt.date) -> KeptRoute:
    """A version of a route as it is kept from its first use on."""
    return KeptRoute(
        route=route.route,
        version=route.versie,
        digest=digest_of(route),
        content=content_of(route),
        tables=tuple(content_of(table) for table in tables),
        used_on=today,
    )


def in_use(kept: KeptRoute) -> InUse:
    """A kept version, ready to be asked.

    Raises Conflict when its content is not what its digest says, or was written by a
    later program.
    """
    name = f"Versie {kept.version} van route ‘{kept.route}’"
    try:
        route = Route.model_validate(kept.content)
        tables = [Doeltabel.model_validate(table) for table in kept.tables]
    except ValidationError:
        raise Conflict(
            f"{name} staat in dit register in een vorm die dit programma niet kent. "
            "Gebruik de nieuwste versie van Besluitroute."
        ) from None
    if digest_of(route) != kept.digest:
        raise Conflict(
            f"{name} is in dit register veranderd nadat zij in gebruik was genomen. "
            "Zet een reservekopie terug en controleer haar met ‘besluitroute audit verify’."
        )
    return InUse(route=route, tables={doel: table for table in tables for doel in table.doelen})
