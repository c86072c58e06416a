"""The schemas that editors use say what the program reads, and explain it in Dutch."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from tests.engine.json_schema import faults
from workflow.domain.errors import NotFound
from workflow.engine.files import model_for
from workflow.engine.folder import EXAMPLES
from workflow.engine.schema import kinds, schema_of

DEFINITIONS = Path(__file__).resolve().parents[2] / "definitions"
FILES = sorted(
    file.relative_to(DEFINITIONS)
    for file in DEFINITIONS.rglob("*.yaml")
    if EXAMPLES not in file.parts
)
ROUTE = schema_of("route")
STEP = {"stap": "do", "overleg": "do_sd", "doel": "adviseren"}
PLAIN = {"route": "r", "versie": 1, "titel": "T", "stappen": [STEP]}


def kind_of(file: Path) -> str:
    """Which schema a file belongs to."""
    model = model_for(Path(*file.parts[1:]).as_posix())
    return next(kind for kind, one in kinds().items() if one is model)


def as_editors_read(value: Any) -> Any:
    """YAML 1.2, which editors read, has no dates."""
    if isinstance(value, dict):
        return {str(key): as_editors_read(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_editors_read(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_shipped_file_fits_its_schema(file: Path) -> None:
    """An editor puts no red line under what the program accepts."""
    content = as_editors_read(yaml.safe_load((DEFINITIONS / file).read_text(encoding="utf-8")))
    schema = schema_of(kind_of(file))

    assert faults(content, schema, schema) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"stapen": []}, "onbekende sleutel stapen"),
        ({"versie": "een"}, "geen integer"),
        ({"versie": 0}, "/versie: 0"),
        ({"titel": ""}, "lengte 0"),
        ({"uit_behandeltabel": "soms"}, "'soms' niet in"),
        ({"stappen": [{**STEP, "doel": "afwachten"}]}, "'afwachten' niet in"),
        ({"stappen": [{"stap": "do"}]}, "doel ontbreekt"),
        ({"stappen": [{**STEP, "stap": "Het DO"}]}, "past niet"),
        ({"stappen": STEP}, "geen array"),
    ],
)
def test_what_the_program_refuses_an_editor_shows(change: dict[str, Any], fault: str) -> None:
    """Unknown and missing keys, words outside a list, one step that is no list of steps."""
    assert faults(PLAIN, ROUTE, ROUTE) == []
    assert any(fault in one for one in faults({**PLAIN, **change}, ROUTE, ROUTE))


@pytest.mark.parametrize(
    "change",
    [
        {"uit_behandeltabel": "ja"},
        {"titel": 2024},
        {"herkenning": {"onderwerp": "rapportage"}},
        {"stappen": [{**STEP, "klaar": 5}, {**STEP, "klaar": "alle"}]},
        {"stappen": [{**STEP, "voorwaarde": "alle_adviezen_binnen"}]},
    ],
)
def test_what_the_program_reads_an_editor_accepts(change: dict[str, Any]) -> None:
    """Ja and nee, a number as a text, one word where a list may stand."""
    assert faults({**PLAIN, **change}, ROUTE, ROUTE) == []


def test_schema_follows_the_models() -> None:
    """Each kind of file has one, with the keys of its model and no other."""
    for kind, model in kinds().items():
        assert issubclass(model, BaseModel)
        assert list(schema_of(kind)["properties"]) == list(model.model_fields)
    with pytest.raises(NotFound, match="Bekend zijn: organisatie, overleggen"):
        schema_of("routes")
