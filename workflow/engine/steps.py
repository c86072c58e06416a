"""From a step of a route to the same step of one voorstel."""

from workflow.domain.behandeling import Bekrachtiging, Soort
from workflow.domain.voorstel import Stap
from workflow.engine.definition import StapDefinitie
from workflow.engine.rules import Rules


def step_of(rules: Rules, step: StapDefinitie) -> Stap:
    """A step of a route for one voorstel."""
    codes = step.overleggen or ((step.overleg,) if step.overleg else ())
    found = [rules.overleggen[code] for code in codes]
    ground = step.bekrachtiging
    return Stap(
        id=step.stap,
        doel=step.doel,
        soort=found[0].soort if found else Soort.ANDERS,
        overleg=" en ".join(one.naam for one in found),
        overleg_codes=tuple(codes),
        per_gemeente=step.per == "gemeente",
        group=step.groep,
        join=str(step.klaar) if step.klaar is not None else None,
        conditions=step.voorwaarde,
        bekrachtiging=Bekrachtiging(when=ground.wanneer, ground=ground.grond) if ground else None,
    )
