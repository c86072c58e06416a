"""From a step of a route to the same step of one voorstel."""

from workflow.domain.behandeling import Bekrachtiging, Soort
from workflow.domain.voorstel import AlleenAls, Stap, Termijn
from workflow.engine.definition import StapDefinitie
from workflow.engine.definition_parts import TermijnDefinitie
from workflow.engine.rules import Rules


def step_of(rules: Rules, step: StapDefinitie) -> Stap:
    """A step of a route for one voorstel."""
    codes = step.overleggen or ((step.overleg,) if step.overleg else ())
    found = [rules.overleggen[code] for code in codes]
    ground = step.bekrachtiging
    soort = found[0].soort if found else Soort.ANDERS
    return Stap(
        id=step.stap,
        doel=step.doel,
        soort=soort,
        overleg=" en ".join(one.naam for one in found),
        overleg_codes=tuple(codes),
        per_gemeente=step.per == "gemeente",
        group=step.groep,
        join=str(step.klaar) if step.klaar is not None else None,
        conditions=step.voorwaarde,
        bekrachtiging=Bekrachtiging(when=ground.wanneer, ground=ground.grond) if ground else None,
        deelroute=deelroute(rules, step, soort) if step.per else None,
        term=_term(step.termijn) if step.termijn else None,
        only_if=tuple(AlleenAls(fact=one, values=step.alleen_als[one]) for one in step.alleen_als),
        without_advice=step.zonder_advies,
        positions=step.standpunten,
    )


def deelroute(rules: Rules, step: StapDefinitie, soort: Soort) -> str | None:
    """What a round asks of each gemeente: as it says, else as its doel does."""
    return step.deelroute or rules.deelroute_for(step.doel, soort)


def _term(known: TermijnDefinitie) -> Termijn:
    """How long each gemeente has."""
    return Termijn(weeks=known.weken, days=known.dagen, working_days=known.werkdagen)
