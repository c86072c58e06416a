"""The versions of routes that the register has in use: kept once, never changed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.definitions import CaseOnRoute, KeptRoute, RouteUse, StateUse
from workflow.domain.overleg import Vergadering
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.voorstel import Voorstel
from workflow.storage.mapping import TABLES
from workflow.storage.save import insert_once
from workflow.storage.tables import KeptRouteRow, table_of

_KEPT, _VOORSTEL = table_of(KeptRouteRow), TABLES[Voorstel]
_WITH_STATES = {  # of a voorstel the states are the steps of its own route as well
    "behandeling": TABLES[Behandeling],
    "raadsinformatie": TABLES[Raadsinformatie],
    "afspraak": TABLES[Afspraak],
    "vergadering": TABLES[Vergadering],
}
_VERSION = (_VOORSTEL.c.route_id, _VOORSTEL.c.route_version)


def keep_route(connection: Connection, kept: KeptRoute) -> str:
    """Keep a version unless it is there; the digest of what is kept now."""
    row = {name: getattr(kept, name) for name in _KEPT.columns.keys()}  # noqa: SIM118
    connection.execute(insert_once(connection, _KEPT), {**row, "tables": list(kept.tables)})
    query = sa.select(_KEPT.c.digest).where(
        _KEPT.c.route == kept.route, _KEPT.c.version == kept.version
    )
    return str(connection.execute(query).scalar_one())


def kept_routes(connection: Connection) -> list[KeptRoute]:
    """All that is kept, by route and version."""
    query = sa.select(_KEPT).order_by(_KEPT.c.route, _KEPT.c.version)
    return [_kept(row) for row in connection.execute(query).mappings()]


def _kept(row: Mapping[Any, Any]) -> KeptRoute:
    """The value of a row."""
    return KeptRoute(**{**row, "tables": tuple(row["tables"])})


def route_use(connection: Connection, ended: Collection[str]) -> list[RouteUse]:
    """How many cases stand on each version; `ended` are the states in which one has ended."""
    runs = _VOORSTEL.c.state.not_in(list(ended))
    columns = (*_VERSION, _VOORSTEL.c.route_digest)
    query = (
        sa.select(*columns, sa.func.count().filter(runs), sa.func.count().filter(~runs))
        .group_by(*columns)
        .order_by(*columns)
    )
    return [
        RouteUse(route=route, version=version, digest=digest, running=running, ended=done)
        for route, version, digest, running, done in connection.execute(query)
    ]


def cases_on(
    connection: Connection, route: str, version: int, ended: Collection[str]
) -> Sequence[CaseOnRoute]:
    """The cases that run on a version, by kenmerk."""
    query = (
        sa.select(_VOORSTEL.c.kenmerk, _VOORSTEL.c.subject, _VOORSTEL.c.state, _VOORSTEL.c.version)
        .where(_VOORSTEL.c.route_id == route, _VOORSTEL.c.route_version == version)
        .where(_VOORSTEL.c.state.not_in(list(ended)))
        .order_by(_VOORSTEL.c.kenmerk)
    )
    return [CaseOnRoute(**row) for row in connection.execute(query).mappings()]


def states_in_use(connection: Connection) -> list[StateUse]:
    """The states in which rows stand, with how many; those of voorstellen left out."""
    return [
        StateUse(machine=machine, state=state, rows=rows)
        for machine, table in _WITH_STATES.items()
        for state, rows in connection.execute(
            sa.select(table.c.state, sa.func.count()).group_by(table.c.state).order_by("state")
        )
    ]
