"""What a conclusion cannot do without, as its table says (`vraagt`)."""

from collections.abc import Collection

from workflow.domain.behandeling import ConclusieCode
from workflow.domain.errors import InvalidField, MissingField
from workflow.engine.attempt import Attempt, Inputs
from workflow.engine.definition import Doeltabel
from workflow.engine.definition_parts import Vraag

FIELD_OF = {  # what a table demands: the field of the act that answers it
    "toelichting": "toelichting",
    "datum": "aangehouden_tot",
    "overleg": "verwezen_naar",
    "voorbehoud": "voorbehoud_van",
    "actie": "actie",
}
RESERVED = ConclusieCode.ONDER_VOORBEHOUD


def check_demands(attempt: Attempt, used: Collection[ConclusieCode], table: Doeltabel) -> None:
    """Raise MissingField for what these conclusions need and was not given.

    InvalidField for a field that fits none of them.
    """
    given = attempt.given
    for demand in table.vraagt:
        if set(demand.conclusie) & set(used):
            for name, label in _missing(demand, given):
                raise MissingField(name, label)
    if given.text("voorbehoud_van") and RESERVED not in used:
        raise InvalidField("voorbehoud_van", "past alleen bij de conclusie ‘onder voorbehoud’.")
    if given.values.get("datum_volgt") and given.day("aangehouden_tot"):
        raise InvalidField("datum_volgt", "er is al een datum gegeven.")
    if given.day("actie_tot") and not given.text("actie"):
        raise MissingField("actie", "Wat er moet gebeuren")


def _missing(demand: Vraag, given: Inputs) -> list[tuple[str, str]]:
    """The fields that a demand asks and that were not given, with their label."""
    follows = bool(given.values.get("datum_volgt"))
    asked = {
        "toelichting": (demand.toelichting, "Toelichting"),
        "datum": (demand.datum and not follows, "Datum, of ‘datum volgt’"),
        "overleg": (demand.overleg, "Het overleg waarnaar is verwezen"),
        "voorbehoud": (demand.voorbehoud, "Wie het voorbehoud opheft"),
        "actie": (demand.actie, "Wat er moet gebeuren"),
    }
    return [
        (FIELD_OF[what], label)
        for what, (needed, label) in asked.items()
        if needed and FIELD_OF[what] not in given.values
    ]


def demanded_at(field: str, table: Doeltabel) -> tuple[ConclusieCode, ...]:
    """The conclusions at which a field must be filled in."""
    found = (
        code
        for demand in table.vraagt
        for what, name in FIELD_OF.items()
        if name == field and getattr(demand, what)
        for code in demand.conclusie
    )
    return tuple(dict.fromkeys(found))
