"""Facts of a voorstel that a person declares, and whether an optional step takes part."""

from collections.abc import Mapping

from workflow.domain.voorstel import Feit, Stap, Voorstel

THEME = "thema"  # the one fact that every voorstel has


def declared(voorstel: Voorstel) -> dict[str, str]:
    """The facts that are known, by code; the theme is one of them."""
    known = {one.fact: one.value for one in voorstel.facts or ()}
    return {**known, THEME: voorstel.theme} if voorstel.theme else known


def with_facts(voorstel: Voorstel, values: Mapping[str, str]) -> tuple[Feit, ...]:
    """The declared facts with these values; the others stay as they were."""
    known = {one.fact: one.value for one in voorstel.facts or ()}
    return tuple(Feit(fact=fact, value=value) for fact, value in {**known, **values}.items())


def takes_part(step: Stap, voorstel: Voorstel) -> bool | None:
    """Whether a step belongs to the route of this voorstel; None: not all facts are declared.

    A step without a condition always does. One condition that does not hold is enough
    for no, whatever is not known yet: nothing is asked that makes no difference.
    """
    known = declared(voorstel)
    if any(one.fact in known and known[one.fact] not in one.values for one in step.only_if):
        return False
    return None if missing_facts(step, voorstel) else True


def missing_facts(step: Stap, voorstel: Voorstel) -> tuple[str, ...]:
    """The facts that a step waits for, by code."""
    known = declared(voorstel)
    return tuple(one.fact for one in step.only_if if one.fact not in known)
