"""Names of a region, its overleggen and gemeenten live in definitions, never in code."""

import re
from collections.abc import Iterator

import yaml

from tests.rules import source
from workflow.domain.behandeling import Soort

REGION = source.ROOT / "definitions" / "regio_gv"


def _read(name: str) -> dict[str, list[dict[str, object]]]:
    """One file of the shipped definitions."""
    data: dict[str, list[dict[str, object]]] = yaml.safe_load((REGION / name).read_text("utf-8"))
    return data


def _names() -> Iterator[str]:
    """Codes, names and aliases of the region, its overleggen and its gemeenten."""
    yield "Gooi en Vechtstreek"
    for item in (*_read("overleggen.yaml")["overleggen"], *_read("gemeenten.yaml")["gemeenten"]):
        yield from (str(item["code"]), str(item["naam"]))
        aliases = item.get("aliassen", [])
        assert isinstance(aliases, list)
        yield from map(str, aliases)
    for joint in _read("overleggen.yaml")["gezamenlijk"]:
        yield str(joint["alias"])


def _forbidden() -> list[str]:
    """The names, without the words that any region has (`Soort`, colleges, raden, bestuur)."""
    common = {soort.value for soort in Soort}
    common |= {str(item["code"]) for item in _per_gemeente()}
    common |= {"Colleges", "Raden", "De colleges", "De raden", "Gemeenteraden"}
    common |= {"De gemeenteraden", "db", "ab", "dvc", "Dagelijks bestuur", "Algemeen bestuur"}
    common |= {"Districtelijk Veiligheidscollege", "Zorg- en Veiligheidshuis"}
    lowered = {name.casefold() for name in common}
    return sorted({name for name in _names() if name.casefold() not in lowered})


def _per_gemeente() -> list[dict[str, object]]:
    """The overleggen of which every gemeente has one: colleges and raden."""
    return [item for item in _read("overleggen.yaml")["overleggen"] if item.get("per_gemeente")]


def test_no_python_file_names_an_overleg_or_gemeente() -> None:
    """Another region uses the same program with a folder of its own."""
    words = "|".join(re.escape(name) for name in _forbidden())
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    found = [
        f"{name}:{number}: {match[0]}"
        for name in source.python("workflow", "notifications")
        for number, line in enumerate(source.text(name).splitlines(), start=1)
        for match in pattern.finditer(line)
    ]

    assert found == []


def test_the_rule_would_see_a_name() -> None:
    """The list of names is not empty and holds what it should."""
    forbidden = _forbidden()

    assert {"pfho_go", "Directie-overleg Sociaal Domein", "Hilversum", "BO Z&V"} <= {*forbidden}
    assert not {"DO", "PFHO", "Raden", "colleges"} & {*forbidden}
