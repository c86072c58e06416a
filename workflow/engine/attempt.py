"""One try at an act: what is asked, of which dossier, about which row, on what day."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling, ConclusieCode
from workflow.domain.dossier import Dossier
from workflow.domain.overleg import Vergadering
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.text import ErasableText
from workflow.engine.definition import Handeling, OverlegDefinitie
from workflow.engine.rules import Rules

BACK, OWN = "terug_naar_overleg", "eigen_besluit"  # where an objection leads
OUTCOMES = (BACK, OWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The fields of an act, read and checked."""

    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    points: Mapping[str, ConclusieCode] = field(default_factory=lambda: MappingProxyType({}))
    new_texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    positions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # by code

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def day(self, name: str) -> dt.date | None:
        value = self.values.get(name)
        return value if isinstance(value, dt.date) else None

    def number(self, name: str) -> int | None:
        value = self.values.get(name)
        return value if isinstance(value, int) else None

    def overleggen(self, name: str) -> tuple[OverlegDefinitie, ...]:
        value = self.values.get(name)
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Everything a guard or an effect may look at. Plain values: no database, no clock.

    `inputs` is None when it is only asked whether the act could be done now.
    `settling` holds the rows of the voorstel that would settle an afspraak;
    None: it names a document instead. `correcting`: a conclusion that stands
    is taken again.
    """

    dossier: Dossier
    rules: Rules
    act: Handeling
    machine: str
    today: dt.date
    row: Behandeling | None = None
    named: bool = False  # the row was asked for by its id
    raad: Raadsinformatie | None = None
    afspraak: Afspraak | None = None
    inputs: Inputs | None = None
    happened: dt.date | None = None
    remark: str | None = None
    settling: tuple[Behandeling, ...] | None = None
    correcting: bool = False
    new_id: str = ""  # of the voorstel that an act makes
    keep: Callable[[str], ErasableText] = lambda text: ErasableText("", text)

    @property
    def given(self) -> Inputs:
        return self.inputs or Inputs()

    @property
    def day(self) -> dt.date:
        """When it happened: as told, else today."""
        return self.happened or self.today

    def reason(self) -> ErasableText | None:
        """The reason that was given, kept apart as text of a person."""
        text = self.given.text("reden") or self.remark
        return self.keep(text) if text else None

    def vergadering(self, vergadering_id: str | None) -> Vergadering | None:
        return next((one for one in self.dossier.vergaderingen if one.id == vergadering_id), None)

    def with_rows(self, rows: tuple[Behandeling, ...]) -> Dossier:
        """The dossier with another behandeltabel."""
        return replace(self.dossier, behandelingen=rows)

    def replacing(self, row: Behandeling) -> tuple[Behandeling, ...]:
        """The behandeltabel with one row replaced by its new value."""
        return tuple(row if one.id == row.id else one for one in self.dossier.behandelingen)
