"""Routes that nobody wrote: what the check accepts never strands, what is spoiled is refused."""

from copy import deepcopy
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.engine.faults import FAULTS
from tests.engine.folders import judged, rules_with
from tests.engine.generated import Json, routes, without_rounds
from tests.engine.walking import Walker
from workflow.engine.definition import Route

SEEDS = st.integers(0, 2**32)


def walk(route: Json, seed: int, *, walks: int, steps: int) -> None:
    """An accepted route is walked at random; from wherever that leads, it can be finished."""
    assume(judged(route).ok)
    model = Route.model_validate(route)
    rules = rules_with(model)
    for number in range(walks):
        walker = Walker(rules, model, Random(seed + number))  # noqa: S311
        walker.wander(steps)
        assert walker.agrees()
        assert walker.finish(), "\n".join(walker.done)


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(route=routes(), seed=SEEDS)
def test_an_accepted_route_never_strands(route: Json, seed: int) -> None:
    """Fifty acts at random, two hundred times: from where that leads, the case can be finished."""
    walk(route, seed, walks=8, steps=50)


@pytest.mark.soak
@settings(max_examples=2_000, deadline=None, database=None)
@given(route=routes(), seed=SEEDS)
def test_an_accepted_route_never_strands_at_length(route: Json, seed: int) -> None:
    """A hundred acts at random, ten thousand times, on other routes each time."""
    walk(route, seed, walks=5, steps=100)


@pytest.mark.parametrize(
    ("code", "number"), [(code, i) for code, ways in FAULTS.items() for i in range(len(ways))]
)
@settings(max_examples=3, deadline=None, derandomize=True, database=None)
@given(route=without_rounds())
def test_a_spoiled_route_is_refused(code: str, number: int, route: Json) -> None:
    """Whatever the rest of the route is like, each fault is found and has its own code."""
    spoiled = deepcopy(route)
    FAULTS[code][number](spoiled)

    found = judged(spoiled)

    assert not found.ok
    assert code in {one.code for one in found.problems}, [str(one) for one in found.problems]
    assert all(one.message.endswith((".", "?")) and one.line for one in found.problems)
