"""Any case on any route to any other version: never stranded, nothing lost, taken back exactly."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.migrating import case, move, step
from workflow.bootstrap import load_rules
from workflow.domain.behandeling import Doel
from workflow.domain.dossier import Dossier, changes_between
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Stap
from workflow.engine.migration import Move, moved
from workflow.engine.migration_undo import taken_back
from workflow.engine.migration_why_not import reasons_against
from workflow.engine.place import go_on
from workflow.settings import read_settings

RULES = load_rules(read_settings({}, {}))
REASON = ErasableText("r", None)
NAMES = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5, unique=True)
GROUPS = st.sampled_from((None, None, "g"))


@st.composite
def routes(draw: st.DrawFn) -> tuple[Stap, ...]:
    """The steps of a version; some share a group, some have another doel."""
    doelen = st.sampled_from((Doel.ADVISEREN, Doel.BESLUITEN))
    return tuple(step(name, draw(doelen), group=draw(GROUPS)) for name in draw(NAMES))


@st.composite
def migrations(draw: st.DrawFn) -> tuple[Dossier, Move]:
    """A case somewhere on a route, with steps of its own and an order of its own, and a move."""
    old, new = draw(routes()), draw(routes())
    own = tuple(step(name) for name in draw(st.lists(st.sampled_from("xyz"), unique=True)))
    steps = tuple(draw(st.permutations((*old, *own))))
    state = draw(st.sampled_from(("concept", "teruggestuurd", *(one.id for one in steps))))
    rows = draw(
        st.dictionaries(
            st.sampled_from([one.id for one in steps]),
            st.sampled_from(("behandeld", "gepland", "geagendeerd", "vervallen")),
        )
    )
    free = [one.id for one in new if one.id not in {known.id for known in old}]
    gone = [one.id for one in old if one.id not in {known.id for known in new}]
    count = draw(st.integers(0, min(len(free), len(gone))))
    return case(steps, state, rows), move(old, new, **dict(zip(gone, free[:count], strict=False)))


@settings(max_examples=60)
@given(migrations())
def test_case_that_goes_is_never_stranded_and_loses_nothing(made: tuple[Dossier, Move]) -> None:
    """It stands where its machine knows it; each row and own step is there; new work has a row."""
    before, asked = made
    if reasons_against(before, asked):
        return
    after = go_on(moved(before, asked, REASON), RULES)
    steps = {one.id: one for one in after.voorstel.steps}

    assert len(steps) == len(after.voorstel.steps)
    assert {one.id for one in asked.new} <= steps.keys()
    assert RULES.route_machine(after.voorstel).allows(after.voorstel.state, "trek_in")
    assert {row.id for row in before.behandelingen} <= {row.id for row in after.behandelingen}
    assert {one.id for one in before.voorstel.steps if one.id in "xyz"} <= steps.keys()
    for row in after.behandelingen:
        assert not row.is_open() or row.step in steps
    known = {asked.mapping.get(one.id, one.id) for one in before.voorstel.steps}
    for one in after.voorstel.steps:
        if one.id not in known:
            has_work = any(row.is_open() for row in after.rows_of(one.id))
            assert one.skipped is not has_work


@settings(max_examples=60)
@given(migrations())
def test_case_that_goes_comes_back_exactly(made: tuple[Dossier, Move]) -> None:
    """Taken back at once, everything is as it was; rows that were made have lapsed."""
    before, asked = made
    if reasons_against(before, asked):
        return
    after = go_on(moved(before, asked, REASON), RULES)
    changes = [change.as_fields() for change in changes_between(before, after)]
    back = taken_back(after, changes, REASON)

    assert back is not None
    assert back.voorstel == before.voorstel
    ids = {row.id for row in before.behandelingen}
    kept = tuple(row for row in back.behandelingen if row.id in ids)
    assert {row.id: row for row in kept} == {row.id: row for row in before.behandelingen}
    assert all(not row.is_open() for row in back.behandelingen if row.id not in ids)


@settings(max_examples=60)
@given(migrations())
def test_treated_row_is_never_rewritten(made: tuple[Dossier, Move]) -> None:
    """Only the name of its step may change."""
    before, asked = made
    if reasons_against(before, asked):
        return
    after = {row.id: row for row in moved(before, asked, REASON).behandelingen}

    for row in before.behandelingen:
        if row.state == "behandeld":
            assert replace(after[row.id], step=row.step) == row
