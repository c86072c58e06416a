"""Names of a region, its overleggen and gemeenten live in definitions, never in code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.rules import source
from workflow.domain.behandeling import Soort

ORGANISATIONS = sorted(one.parent for one in source.ROOT.glob("definitions/*/organisatie.yaml"))
DEFAULT_FOLDER = ("workflow/settings.py", "regio_gv")  # the default that the contract names
EVERYWHERE = {  # words that any region has
    *("Colleges", "Raden", "De colleges", "De raden", "Gemeenteraden", "De gemeenteraden"),
    *("db", "ab", "dvc", "Dagelijks bestuur", "Algemeen bestuur", "stuurgroep", "directeuren"),
    *("Districtelijk Veiligheidscollege", "Zorg- en Veiligheidshuis"),
}


def _read(folder: Path, name: str) -> dict[str, Any]:
    """One file of the definitions of an organisation."""
    data: dict[str, Any] = yaml.safe_load((folder / name).read_text("utf-8"))
    return data


def _names(folder: Path) -> Iterator[str]:
    """Codes, names and aliases of an organisation, its overleggen, gemeenten, themes and routes."""
    own = _read(folder, "organisatie.yaml")
    yield from (own["organisatie"], own["naam"])
    overleggen = _read(folder, "overleggen.yaml")
    for item in (*overleggen["overleggen"], *_read(folder, "gemeenten.yaml")["gemeenten"]):
        yield from (item["code"], item["naam"], *item.get("aliassen", ()))
    yield from (joint["alias"] for joint in overleggen.get("gezamenlijk", ()))
    yield from _last_words(own["naam"])


def _last_words(name: str) -> Iterator[str]:
    """'Regio Gooi en Vechtstreek' → 'Gooi en Vechtstreek': what follows the kind of body."""
    _, _, rest = name.partition(" ")
    if rest:
        yield rest


def _forbidden() -> list[str]:
    """The names of all shipped organisations, without the words that any region has."""
    common = {soort.value.casefold() for soort in Soort} | {one.casefold() for one in EVERYWHERE}
    for folder in ORGANISATIONS:
        common |= {
            item["code"].casefold()
            for item in _read(folder, "overleggen.yaml")["overleggen"]
            if item.get("per_gemeente")
        }
    found = {name for folder in ORGANISATIONS for name in _names(folder)}
    return sorted(name for name in found if name.casefold() not in common)


def test_no_python_file_names_an_overleg_or_gemeente() -> None:
    """Another region uses the same program with a folder of its own."""
    words = "|".join(re.escape(name) for name in _forbidden())
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    found = [
        f"{name}:{number}: {match[0]}"
        for name in source.python()
        if name.parts[0] != "tests"
        for number, line in enumerate(source.text(name).splitlines(), start=1)
        for match in pattern.finditer(line)
        if (name.as_posix(), match[0]) != DEFAULT_FOLDER
    ]

    assert found == []


def test_the_rule_would_see_a_name() -> None:
    """The list of names is not empty and holds what it should."""
    forbidden = _forbidden()

    assert {"pfho_go", "Directie-overleg Sociaal Domein", "Hilversum", "BO Z&V"} <= {*forbidden}
    assert {"Gooi en Vechtstreek", "AO B&O en Z&V", "regio_gv"} <= {*forbidden}
    assert {"portefeuilleberaad", "Kring Financiën", "Veenhaven", "Rietdelta"} <= {*forbidden}
    assert len(ORGANISATIONS) >= 2
    assert not {"DO", "PFHO", "Raden", "colleges"} & {*forbidden}
