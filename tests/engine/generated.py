"""Routes that nobody wrote: any order of steps, groups, rounds of gemeenten, tables of their own.

As the plain values that a YAML file would hold, so that they pass the same reading and
checking as a file. Not every one of them is sound: that is for the check to say.
"""

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

BODIES = ("ao_bo", "ao_zv", "bo_zv", "do_sd", "dvc", "pfho_go", "db", "ab")
ADVISING = ("akkoord", "akkoord_mits", "deels_akkoord", "besproken")
DECIDING = ("akkoord", "vastgesteld", "gewijzigd_vastgesteld", "onder_voorbehoud")
INFORMING = ("kennisgenomen", "besproken")
GOES_ON = {
    "adviseren": ADVISING,
    "besluiten": DECIDING,
    "vaststellen": DECIDING,
    "instemmen": DECIDING,
    "informeren": INFORMING,
    "bespreken": INFORMING,
}
JOINS = ("alle", "eerste", 1, 2)


@st.composite
def tables(draw: st.DrawFn, doel: str) -> Json:
    """A table of conclusies of a step's own: something goes on, the rest where it may."""
    goes_on = draw(st.lists(st.sampled_from(GOES_ON[doel]), min_size=1, max_size=2, unique=True))
    table: Json = {"doelen": [doel], "verder": goes_on}
    if draw(st.booleans()):
        table["blijft"] = draw(st.sampled_from((["aangehouden"], ["aangehouden", "verwezen"])))
    if draw(st.booleans()):
        table["terug"] = ["terug_naar_opsteller"]
    if draw(st.booleans()):
        table["einde"] = ["niet_akkoord"]
    return table


@st.composite
def steps(draw: st.DrawFn) -> Json:
    """A step at one overleg, or at a joint meeting of two."""
    doel = draw(st.sampled_from(sorted(GOES_ON)))
    who = draw(st.lists(st.sampled_from(BODIES), min_size=1, max_size=2, unique=True))
    step: Json = {"doel": doel}
    step |= {"overleg": who[0]} if len(who) == 1 else {"overleggen": who}
    if draw(st.integers(0, 3)) == 0:
        step["voorwaarde"] = ["alle_adviezen_binnen"]
    if draw(st.integers(0, 3)) == 0:
        step["conclusies"] = draw(tables(doel))
    return step


@st.composite
def rounds(draw: st.DrawFn) -> Json:
    """A step for each gemeente."""
    who = draw(st.sampled_from(("raden", "colleges")))
    return {
        "overleg": who,
        "per": "gemeente",
        "doel": "informeren",
        "klaar": draw(st.sampled_from(JOINS)),
    }


@st.composite
def groups(draw: st.DrawFn) -> list[Json]:
    """Two or three steps that run side by side, and when they are ready."""
    members = draw(st.lists(steps(), min_size=2, max_size=3))
    join = draw(st.sampled_from(JOINS))
    if draw(st.integers(0, 9)) == 0:
        members.append(draw(rounds()))
        join = members[-1]["klaar"]
    return [{"klaar": join, **member} for member in members]


@st.composite
def routes(draw: st.DrawFn) -> Json:
    """A route of one to three parts: a step, a group, or a round of gemeenten."""
    parts: list[list[Json]] = draw(
        st.lists(
            st.one_of(
                st.builds(lambda step: [step], steps()),
                st.builds(lambda step: [step], steps()),
                groups(),
                st.builds(lambda step: [step], rounds()),
            ),
            min_size=1,
            max_size=3,
        )
    )
    laid: list[Json] = []
    for number, part in enumerate(parts, start=1):
        group = {"groep": f"groep_{number}"} if len(part) > 1 else {}
        for step in part:
            laid.append({"stap": f"stap_{len(laid) + 1}", **step, **group})
    return {"route": "gemaakt", "versie": 1, "titel": "Een gemaakte route", "stappen": laid}


@st.composite
def without_rounds(draw: st.DrawFn) -> Json:
    """A short route that is always in order: a step or two, each at an overleg."""
    laid = draw(st.lists(steps(), min_size=1, max_size=2))
    named = [{"stap": f"stap_{number}", **step} for number, step in enumerate(laid, start=1)]
    return {"route": "gemaakt", "versie": 1, "titel": "Een gemaakte route", "stappen": named}
