"""The reminder rules and meeting rhythms of the definitions, in the plain words of the domain."""

from collections.abc import Collection

from workflow.domain.reminder_days import OverlegRhythm
from workflow.domain.reminder_facts import Escalation, Rule
from workflow.domain.staff import Absence, Function, Holder, Staff
from workflow.engine.definition import (
    Definities,
)
from workflow.engine.definition_parts import (
    Contactadres,
)
from workflow.engine.definition_reminders import (
    Escalatie,
    Functie,
    Functiehouder,
    HerinneringRegel,
)

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")


def reminder_rules(definities: Definities) -> tuple[Rule, ...]:
    """All rules of `herinneringen.yaml`, in their order."""
    return tuple(_rule(regel) for regel in definities.herinneringen)


def rhythms(definities: Definities, codes: Collection[str]) -> tuple[OverlegRhythm, ...]:
    """The overleggen with these codes and their usual weekday, for `last_meetings_in`."""
    return tuple(
        OverlegRhythm(
            code=overleg.code,
            name=overleg.naam,
            weekday=weekday_number(overleg.weekdag),
        )
        for overleg in definities.overleggen
        if overleg.code in codes
    )


def weekday_number(weekday: str | None) -> int | None:
    """Monday is 0; None when the definitions name no day."""
    return None if weekday is None else WEEKDAYS.index(weekday)


def _rule(regel: HerinneringRegel) -> Rule:
    return Rule(
        name=regel.regel,
        version=regel.versie,
        title=regel.titel,
        situation=regel.als,
        anchor=regel.anker,
        offsets=offsets_of(regel),
        unit=regel.eenheid,
        to=regel.aan,
        template=regel.sjabloon,
        in_recess=regel.in_reces,
        bundled=regel.bundelen,
        reason=regel.reden,
        while_in=frozenset(regel.zolang),
        tone=regel.toon,
        escalations=tuple(_escalation(one) for one in regel.escalatie),
    )


def offsets_of(regel: HerinneringRegel) -> tuple[int, ...]:
    """The offsets of a rule, those of its repetition after the last of them."""
    again = regel.herhaal
    if again is None:
        return regel.dagen
    last = max(regel.dagen)
    return (*regel.dagen, *(last + again.elke * time for time in range(1, again.keer + 1)))


def _escalation(one: Escalatie) -> Escalation:
    return Escalation(offsets=one.dagen, to=one.aan, reason=one.reden, tone=one.toon)


# --- who is who ----------------------------------------------------------------------


def staff(definities: Definities) -> Staff:
    """The functions of functies.yaml, who fills them, and who is away."""
    return Staff(
        functions={one.functie: _function(one) for one in definities.functies},
        absences=tuple(
            Absence(
                email=one.email,
                first=one.van,
                last=one.tot,
                deputy=_holder(one.vervanger) if one.vervanger else None,
            )
            for one in definities.afwezig
        ),
    )


def _function(one: Functie) -> Function:
    return Function(
        code=one.functie,
        name=one.naam,
        holders=tuple(_holder(person) for person in one.personen),
        mailbox=_mailbox(one.postvak) if one.postvak else None,
        governs=one.bestuurder,
    )


def _holder(one: Functiehouder) -> Holder:
    return Holder(name=one.naam, email=one.email, first=one.van, last=one.tot)


def _mailbox(one: Contactadres) -> Holder:
    return Holder(name=one.naam, email=one.email)
