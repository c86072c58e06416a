"""Voorstellen that walk from voorblad to afgerond, act by act, as many as a test asks for."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from workflow.bootstrap import Access, Register, load_rules, open_register
from workflow.engine.rules import Rules
from workflow.services.act import Act
from workflow.services.importing import import_files
from workflow.settings import Settings, read_settings

ROUTE = "voortgangsrapportage"
FIRST_KENMERK = 24_100_000
DO_DAY, PFHO_DAY = dt.date(2024, 6, 27), dt.date(2024, 7, 11)
START = dt.datetime(2024, 7, 15, 6, 0, tzinfo=dt.UTC)  # a Monday before the recess: mail may leave

_VOORBLAD = """Algemeen
Onderwerp\tVoortgangsrapportage {kenmerk} Bescherming en Opvang
Verspreiden\tJa
Contactpersoon\tLieke Kuiper/ Mats Hoving
Eenheid\tBeleid en Bestuur
E-mail\tl.kuiper@regio.example / m.hoving@gemeente.example
Kenmerk\t{kenmerk}
Datum\t10 juni 2024

Voorstel aan het PFHO
Nummer\tOmschrijving
Voorstel 1.\tKennisnemen van de rapportage over het eerste halfjaar.
Voorstel 2.\tInstemmen met de brief aan de gemeenteraden.

Behandeling
Datum\tOverleg\tDoel\tConclusie
27-06-24\tDirectie-overleg\tAdviseren\t
11-07-24\tPFHO SD G&O\tVaststellen\t
"""


@cache
def rules() -> Rules:
    """The shipped definitions, read once a process."""
    return load_rules(read_settings({}, {}))


def settings(url: str, **given: str) -> Settings:
    """The settings of a register that went live before its voorstellen met."""
    own = {"database": url, "user": "Noor de Wit", "go_live": "2024-06-01", **given}
    return read_settings({}, own)


def opened(settings: Settings, *, clock: Callable[[], dt.datetime] = lambda: START) -> Register:
    """The register, made when it is missing; its clock stands still unless another is given."""
    register = open_register(settings, Access.CREATE, rules())
    return replace(register, session=replace(register.session, clock=clock))


def read_in(register: Register, count: int) -> list[str]:
    """The kenmerken of so many new voorstellen, each at its first step."""
    files = [
        (f"{number}.txt", _VOORBLAD.format(kenmerk=number).encode())
        for number in range(FIRST_KENMERK, FIRST_KENMERK + count)
    ]
    done = list(import_files(register.session, files, route=ROUTE))
    assert {(one.result, one.state) for one in done} == {("created", "do")}
    return [str(one.kenmerk) for one in done]


@cache
def gemeenten() -> tuple[str, ...]:
    """The gemeenten that are informed."""
    return tuple(one.code for one in rules().members("bescherming_en_opvang", PFHO_DAY))


def walk(kenmerk: str) -> Iterator[Act]:
    """Every act of one voorstel, each with a command id that is the same each time."""
    for number, act in enumerate(_acts(kenmerk)):
        yield replace(act, command_id=f"{kenmerk}-{number:03}")


def _acts(kenmerk: str) -> Iterator[Act]:
    """The acts in order: two overleggen, then each gemeente, then the end."""
    for day, conclusie in ((DO_DAY, "akkoord"), (PFHO_DAY, "vastgesteld")):
        yield Act(kenmerk=kenmerk, action="agendeer", fields={"datum": day.isoformat()})
        words = {"conclusie": conclusie, "tekst": "Conform voorstel, met dank aan de opstellers."}
        yield Act(kenmerk=kenmerk, action="leg_conclusie_vast", fields=words, happened=day)
    yield Act(kenmerk=kenmerk, action="start_raadsinformatie")
    college = {"datum": "2024-07-12", "zaaknummer": "641787"}
    for one in gemeenten():
        yield Act(kenmerk=kenmerk, action="bied_aan", gemeente=one)
        yield Act(kenmerk=kenmerk, action="leg_collegebesluit_vast", gemeente=one, fields=college)
        yield Act(
            kenmerk=kenmerk, action="meld_verzonden", gemeente=one, fields={"datum": "2024-07-15"}
        )
        yield Act(kenmerk=kenmerk, action="meld_ter_kennisname", gemeente=one)
    yield Act(kenmerk=kenmerk, action="rond_af")


def plan(kenmerken: Sequence[str], *, together: int = 4) -> list[Act]:
    """All acts of all voorstellen; `together` of them walk side by side."""
    found: list[Act] = []
    for start in range(0, len(kenmerken), together):
        walks = [list(walk(kenmerk)) for kenmerk in kenmerken[start : start + together]]
        found += [act for row in zip(*walks, strict=True) for act in row]
    return found
