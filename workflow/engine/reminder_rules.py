"""The reminder rules and meeting rhythms of the definitions, in the plain words of the domain."""

from collections.abc import Collection

from workflow.domain.reminder_days import OverlegRhythm
from workflow.domain.reminder_facts import Rule
from workflow.engine.definition import Definities, HerinneringRegel

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
        offsets=regel.dagen,
        unit=regel.eenheid,
        to=regel.aan,
        template=regel.sjabloon,
        in_recess=regel.in_reces,
        bundled=regel.bundelen,
        reason=regel.reden,
    )
