"""What a new version changes is said in sentences that a functional manager understands."""

from typing import Any

import pytest

from workflow.engine.definition import Route
from workflow.engine.differences import likely_renames, route_differences

NAMES = {"ao_zv": "AO Z&V", "bo_zv": "BO Z&V", "do_sd": "DO"}
AO = {"stap": "ao", "overleg": "ao_zv", "doel": "adviseren"}
BO = {"stap": "bo", "overleg": "bo_zv", "doel": "adviseren"}
DO = {"stap": "do", "overleg": "do_sd", "doel": "besluiten"}
RADEN = {"stap": "raden", "overleg": "raden", "per": "gemeente", "doel": "informeren"}
OWED = {"afspraak": "evaluatie", "soort": "evaluatie", "titel": "E", "stap": "do", "uit": ["1"]}


def route(*steps: dict[str, Any], **keys: Any) -> Route:
    """A version of a route."""
    given = {"route": "r", "versie": 1, "titel": "Titel", "stappen": list(steps), **keys}
    return Route.model_validate(given)


def said(old: Route, new: Route) -> list[str]:
    """The sentences."""
    return [one.text for one in route_differences(old, new, NAMES)]


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (
            route(AO, DO),
            route(AO, BO, DO),
            ["Stap ‘bo’ (BO Z&V, adviseren) is toegevoegd na ‘ao’."],
        ),
        (
            route(DO),
            route(AO, DO),
            ["Stap ‘ao’ (AO Z&V, adviseren) is toegevoegd als eerste stap."],
        ),
        (route(AO, DO), route(DO), ["Stap ‘ao’ (AO Z&V, adviseren) is vervallen."]),
        (
            route(AO),
            route(AO, RADEN),
            ["Stap ‘raden’ (raden, per gemeente, informeren) is toegevoegd na ‘ao’."],
        ),
        (
            route(AO, DO),
            route(AO, {**DO, "doel": "vaststellen", "overleg": "bo_zv"}),
            [
                "Stap ‘do’: het overleg is nu BO Z&V (was DO).",
                "Stap ‘do’: het doel is nu vaststellen (was besluiten).",
            ],
        ),
        (route(AO, DO), route(DO, AO), ["De volgorde is nu: do, ao."]),
        (route(AO), route({**AO, "stap": "advies"}), ["Stap ‘ao’ heet voortaan ‘advies’."]),
        (
            route(AO),
            route({**AO, "voorwaarde": ["alle_adviezen_binnen"]}, titel="Een andere titel"),
            [
                "Stap ‘ao’: de voorwaarde is nu alle_adviezen_binnen (was niets).",
                "De titel is nu ‘Een andere titel’ (was Titel).",
            ],
        ),
        (
            route(AO, afspraken=[OWED]),
            route(AO, afspraken=[{**OWED, "venster": "2025-Q1"}]),
            ["Afspraak ‘evaluatie’: ‘venster’ is nu 2025-Q1 (was niets)."],
        ),
        (route(AO, afspraken=[OWED]), route(AO), ["Afspraak ‘evaluatie’ is vervallen."]),
        (route(AO), route(AO, versie=2), []),
    ],
)
def test_each_change_has_its_sentence(old: Route, new: Route, sentences: list[str]) -> None:
    """Steps, their order and keys, and what arises; the number of the version is no change."""
    assert said(old, new) == sentences


def test_new_name_is_only_seen_where_there_is_no_doubt() -> None:
    """Two steps alike, or one that changed more than its name, are added and removed steps."""
    twice = ({**AO, "stap": "a"}, {**AO, "stap": "b"})
    assert likely_renames(route(AO), route({**AO, "stap": "advies"})) == {"ao": "advies"}
    assert likely_renames(route(AO), route(*twice)) == {}
    assert likely_renames(route(AO), route({**BO, "stap": "advies"})) == {}
