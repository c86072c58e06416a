"""Where a row may stand: whatever the route, every place that is offered is sound."""

from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.domain.behandeling import DECIDING, Behandeling, Doel
from workflow.domain.dossier import Dossier
from workflow.domain.route import order_of
from workflow.domain.voorstel import Stap, Voorstel
from workflow.engine.edit_order import AFTER, BEFORE, moved, places, why_not

ADVISE, DECIDE, INFORM = Doel.ADVISEREN, Doel.BESLUITEN, Doel.INFORMEREN


def route(*steps: tuple[Doel, str, str | None]) -> Dossier:
    """A dossier with one row a step: its doel, the state of the row, and its parallel group."""
    stappen = tuple(
        Stap(id=f"s{number}", doel=doel, overleg=f"overleg {number}", group=group)
        for number, (doel, _, group) in enumerate(steps, start=1)
    )
    rows = tuple(
        Behandeling(
            voorstel_id="v",
            id=f"b{number}",
            position=number * 1000,
            step=step.id,
            overleg=step.overleg,
            doel=step.doel,
            state=state,
        )
        for number, (step, (_, state, _)) in enumerate(zip(stappen, steps, strict=True), start=1)
    )
    voorstel = Voorstel(
        id="v",
        kenmerk="1",
        state="s1",
        version=1,
        route_id="r",
        route_version=1,
        route_digest="",
        subject="x",
        steps=stappen,
    )
    return Dossier(voorstel=voorstel, behandelingen=rows)


def open_(doel: Doel, group: str | None = None) -> tuple[Doel, str, str | None]:
    """A step whose row must still be treated."""
    return doel, "gepland", group


def reason(dossier: Dossier, row: int, side: str, target: int) -> str:
    """Why a row may not be put there; nothing when it may."""
    rows = dossier.behandelingen
    return why_not(dossier, rows[row - 1], rows[target - 1], side).reason


def test_nothing_comes_between_overleggen_that_run_side_by_side() -> None:
    """Before or after the group is fine, and so is another order within it."""
    dossier = route(open_(ADVISE), open_(ADVISE, "g"), open_(ADVISE, "g"), open_(INFORM))

    assert "naast elkaar" in reason(dossier, 1, AFTER, 2)
    assert reason(dossier, 1, AFTER, 3) == ""
    assert reason(dossier, 2, AFTER, 3) == ""
    assert "naast elkaar" in reason(dossier, 2, AFTER, 4)
    assert list(places(dossier, dossier.behandelingen[3], BEFORE)) == ["b1", "b2"]


def test_a_row_may_be_put_after_what_was_treated_later_in_the_route() -> None:
    """That is what will happen; the other way round would say that it happened before."""
    dossier = route(open_(ADVISE), (INFORM, "behandeld", None), open_(INFORM))

    assert reason(dossier, 1, AFTER, 2) == ""
    assert "heeft al geconcludeerd" in reason(dossier, 3, BEFORE, 2)


def test_a_row_beside_others_of_its_step_gets_a_step_of_its_own() -> None:
    """What was treated stays where it was; the new step knows which one it repeats."""
    dossier = route((DECIDE, "behandeld", None), (INFORM, "behandeld", None))
    held = Behandeling(
        voorstel_id="v", id="b3", position=1500, step="s1", overleg="overleg 1", doel=DECIDE
    )
    dossier = Dossier(
        voorstel=dossier.voorstel,
        behandelingen=(dossier.behandelingen[0], held, dossier.behandelingen[1]),
    )

    after = moved(dossier, held, dossier.behandelingen[2], AFTER)

    assert [step.id for step in after.voorstel.steps] == ["s1", "s2", "s1_2"]
    assert after.voorstel.origin("s1_2") == "s1"
    assert [(row.id, row.step) for row in after.behandelingen] == [
        ("b1", "s1"),
        ("b2", "s2"),
        ("b3", "s1_2"),
    ]


STEPS = st.lists(
    st.tuples(
        st.sampled_from((ADVISE, DECIDE, INFORM)),
        st.sampled_from(("gepland", "gepland", "behandeld", "vervallen")),
        st.just(None),
    ),
    min_size=2,
    max_size=7,
)


def treated_before(dossier: Dossier) -> set[tuple[str, str]]:
    """Each open row with each row that was treated before it in the route."""
    return {
        (row.id, done.id)
        for row in dossier.open_rows()
        for done in dossier.behandelingen
        if done.state == "behandeld" and order_of(dossier, done.step) < order_of(dossier, row.step)
    }


def advice_before(dossier: Dossier) -> set[tuple[str, str]]:
    """Each open decision with each open advice before it."""
    return {
        (row.id, advice.id)
        for row in dossier.open_rows()
        for advice in dossier.open_rows()
        if row.doel in DECIDING
        and advice.doel is ADVISE
        and order_of(dossier, advice.step) < order_of(dossier, row.step)
    }


@settings(max_examples=60, deadline=None)
@given(STEPS, st.data())
def test_every_place_that_is_offered_is_sound(
    steps: list[tuple[Doel, str, str | None]], data: st.DataObject
) -> None:
    """No advice is lost to a decision, nothing is put before what happened, no row disappears."""
    dossier = route(*steps)
    for _ in range(4):
        row = data.draw(st.sampled_from(dossier.behandelingen))
        side = data.draw(st.sampled_from((BEFORE, AFTER)))
        found = list(places(dossier, row, side)) if row.is_open() else []
        if not found:
            continue
        target = dossier.behandeling(data.draw(st.sampled_from(found)))
        assert target is not None
        after = moved(dossier, row, target, side)

        assert advice_before(dossier) <= advice_before(after)
        assert treated_before(dossier) <= treated_before(after)
        assert {one.id for one in after.behandelingen} == {one.id for one in dossier.behandelingen}
        order = [order_of(after, one.step) for one in after.behandelingen]
        assert order == sorted(order)
        positions = [one.position for one in after.behandelingen]
        assert positions == sorted(set(positions))
        dossier = after
