"""The files of one organisation's folder, and the typed form of each."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from workflow.engine.definition import (
    Conclusies,
    Definities,
    GemeenteDefinitie,
    GezamenlijkOverleg,
    Kalender,
    MachineDefinitie,
    Organisatie,
    OverlegDefinitie,
    Route,
    Thema,
    Woorden,
)
from workflow.engine.definition_owed import (
    Cyclus,
    VasteAfspraak,
)
from workflow.engine.definition_parts import FeitDefinitie, Model
from workflow.engine.definition_reminders import (
    Afwezigheid,
    Functie,
    HerinneringRegel,
)
from workflow.engine.problems import Problem
from workflow.engine.source import line_of
from workflow.engine.values import Code, Tekst


class OverlegBestand(Model):
    """overleggen.yaml"""

    overleggen: tuple[OverlegDefinitie, ...]
    gezamenlijk: tuple[GezamenlijkOverleg, ...] = ()


class ThemaBestand(Model):
    """themas.yaml"""

    themas: tuple[Thema, ...]


class GemeenteBestand(Model):
    """gemeenten.yaml"""

    gemeenten: tuple[GemeenteDefinitie, ...]


class FeitBestand(Model):
    """feiten.yaml"""

    feiten: tuple[FeitDefinitie, ...]


class CyclusBestand(Model):
    """cycli.yaml"""

    cycli: tuple[Cyclus, ...]


class HerinneringBestand(Model):
    """herinneringen.yaml"""

    herinneringen: tuple[HerinneringRegel, ...]


class FunctieBestand(Model):
    """functies.yaml: functions, who fills them, and who is away."""

    functies: tuple[Functie, ...] = ()
    afwezig: tuple[Afwezigheid, ...] = ()


class AfspraakBestand(Model):
    """afspraken.yaml"""

    afspraken: tuple[VasteAfspraak, ...] = ()


class GepubliceerdeRoute(Model):
    """A version of a route that cases may run on: its content never changes again."""

    route: Code
    versie: int
    digest: Tekst


class PublicatieBestand(Model):
    """gepubliceerd.yaml: written by the program, kept with the definitions.

    It counts for its own organisation only, so that a copied folder starts afresh.
    """

    organisatie: Code
    gepubliceerd: tuple[GepubliceerdeRoute, ...]


SINGLE: dict[str, type[Model]] = {  # file name -> what is in it
    "organisatie.yaml": Organisatie,
    "overleggen.yaml": OverlegBestand,
    "gemeenten.yaml": GemeenteBestand,
    "kalender.yaml": Kalender,
    "themas.yaml": ThemaBestand,
    "woorden.yaml": Woorden,
    "feiten.yaml": FeitBestand,
    "cycli.yaml": CyclusBestand,
    "herinneringen.yaml": HerinneringBestand,
    "functies.yaml": FunctieBestand,
    "afspraken.yaml": AfspraakBestand,
    "gepubliceerd.yaml": PublicatieBestand,
    "machines/conclusies.yaml": Conclusies,
}
MACHINES = ("voorstel", "behandeling", "vergadering", "raadsinformatie", "afspraak")
REQUIRED = (
    "organisatie.yaml",
    "overleggen.yaml",
    "gemeenten.yaml",
    "kalender.yaml",
    "machines/conclusies.yaml",
    *(f"machines/{name}.yaml" for name in MACHINES),
)
FOLDERS: dict[str, type[Model]] = {"machines": MachineDefinitie, "routes": Route}

M = TypeVar("M", bound=BaseModel)


def model_for(file: str) -> type[Model] | None:
    """What `file` (relative, with slashes) must hold, or None when it has no place."""
    if file in SINGLE:
        return SINGLE[file]
    folder, _, name = file.rpartition("/")
    return FOLDERS.get(folder) if name else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[M]):
    """One file as read: its model, and where each key of it stands."""

    file: str
    model: M
    tree: Any
    whole: bool = True  # False: something wrong was left out

    def problem(self, path: tuple[str | int, ...], code: str, message: str) -> Problem:
        """A problem at the line of `path` in this file."""
        line = line_of(self.tree, path)
        return Problem(file=self.file, line=line, code=code, message=message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A folder as read: every file that has a shape, and everything wrong so far."""

    parts: tuple[Part[Any], ...]
    problems: tuple[Problem, ...]
    files: int  # files looked at, readable or not

    def of(self, kind: type[M]) -> list[Part[M]]:
        """The files that hold a `kind`, in order of name."""
        return [part for part in self.parts if isinstance(part.model, kind)]

    def one(self, kind: type[M]) -> Part[M] | None:
        """The one file that holds a `kind`, if it could be read."""
        return next(iter(self.of(kind)), None)

    def is_whole(self, kind: type[M]) -> bool:
        """Whether all of `kind` could be read, so that a missing name is really missing."""
        broken = {problem.file for problem in self.problems}
        parts = self.of(kind)
        expected = [file for file in broken if model_for(file) is kind]
        return not expected and all(part.whole for part in parts)


def definities_of(reading: Reading) -> Definities:
    """All files as one. Only for a folder without a problem: then the required ones are there."""
    (overleg,) = reading.of(OverlegBestand)
    woorden = reading.one(Woorden)
    routes = [part.model for part in reading.of(Route)]
    return Definities.model_construct(
        organisatie=reading.of(Organisatie)[0].model,
        overleggen=overleg.model.overleggen,
        gezamenlijk=overleg.model.gezamenlijk,
        themas=_flat(part.model.themas for part in reading.of(ThemaBestand)),
        gemeenten=_flat(part.model.gemeenten for part in reading.of(GemeenteBestand)),
        kalender=reading.of(Kalender)[0].model,
        machines=tuple(part.model for part in reading.of(MachineDefinitie)),
        conclusies=reading.of(Conclusies)[0].model.conclusies,
        routes=tuple(sorted(routes, key=lambda route: (route.route, route.versie))),
        cycli=_flat(part.model.cycli for part in reading.of(CyclusBestand)),
        feiten=_flat(part.model.feiten for part in reading.of(FeitBestand)),
        herinneringen=_flat(part.model.herinneringen for part in reading.of(HerinneringBestand)),
        functies=_flat(part.model.functies for part in reading.of(FunctieBestand)),
        vaste_afspraken=_flat(part.model.afspraken for part in reading.of(AfspraakBestand)),
        afwezig=_flat(part.model.afwezig for part in reading.of(FunctieBestand)),
        woorden=woorden.model if woorden else Woorden(),
    )


def _flat(groups: Any) -> tuple[Any, ...]:
    """The members of all groups in one row."""
    return tuple(member for group in groups for member in group)
