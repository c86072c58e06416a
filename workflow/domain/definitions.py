"""What a register keeps of the definitions that its cases run on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRoute:
    """A version of a route as it was at its first use, in plain JSON; it never changes again.

    `digest` is of `content` alone: what cases are pinned to. `tables` is the table
    with conclusions of that day, which decides for steps that have none of their own.
    """

    route: str
    version: int
    digest: str  # standard base64
    content: Mapping[str, Any]
    tables: tuple[Mapping[str, Any], ...]
    used_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteUse:
    """How many cases stand on a version of a route."""

    route: str
    version: int
    digest: str
    running: int
    ended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOnRoute:
    """A running case on a version of a route; `version` counts its acts."""

    kenmerk: str
    subject: str
    state: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateUse:
    """How many rows stand in a state of one of the machines."""

    machine: str
    state: str
    rows: int
