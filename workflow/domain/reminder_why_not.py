"""Why a rule says nothing about a dossier now, in one Dutch sentence. Pure.

For whoever asks "why did nobody hear of this?": each answer names what is missing or done.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from workflow.domain.reminder_facts import (
    Fact,
    OpenAfspraak,
    OpenBehandeling,
    OpenRaad,
    OpenVoorstel,
    Rule,
)
from workflow.domain.reminder_notices import NOT_SENT, OPEN_ROWS, OWED, PROMISED, kind_of

OVER = "De dagen waarop deze regel iets stuurt, zijn voorbij."
NO_MEETING = "Er is geen overleg meer dat dit voorstel nog moet behandelen."
NO_DAY = "Er is nog geen vergaderdatum bekend."


def why_not(rule: Rule, facts: Sequence[Fact]) -> str:
    """Why `rule` gives no reminder on these facts of one dossier.

    `OVER` when the rule does apply, but every day on which it would speak has passed.
    """
    about = [fact for fact in facts if isinstance(fact, kind_of(rule))]
    held = [fact for fact in about if not rule.while_in or fact.state in rule.while_in]
    if about and not held:
        return "Het voorstel is nu niet in een stand waarvoor deze regel geldt."
    if kind_of(rule) is OpenVoorstel:
        return _waiting([fact for fact in held if isinstance(fact, OpenVoorstel)])
    if kind_of(rule) is OpenRaad:
        return _raad(rule, [fact for fact in held if isinstance(fact, OpenRaad)])
    if kind_of(rule) is OpenAfspraak:
        return _owed(rule, [fact for fact in held if isinstance(fact, OpenAfspraak)])
    rows = [fact for fact in held if isinstance(fact, OpenBehandeling)]
    return _ROWS[rule.situation](rows)


def _waiting(facts: Sequence[OpenVoorstel]) -> str:
    """A voorstel that lies still."""
    if not facts:
        return "Het voorstel is klaar, of niet bekend is sinds wanneer het wacht."
    return OVER


# --- rows of the behandeltabel -------------------------------------------------------


def _open(rows: Sequence[OpenBehandeling]) -> list[OpenBehandeling]:
    return [row for row in rows if row.state in OPEN_ROWS]


def _papers(rows: Sequence[OpenBehandeling]) -> str:
    """Papers that would be asked for."""
    waiting = _open(rows)
    if not waiting:
        return NO_MEETING
    if not any(row.missing for row in waiting):
        return "Alle stukken zijn er."
    dated = [row for row in waiting if row.day is not None]
    if not dated:
        return NO_DAY
    if not any(row.papers_due for row in dated):
        return "Dit overleg heeft geen uiterste dag voor stukken in zijn vergaderschema."
    return OVER


def _agenda(rows: Sequence[OpenBehandeling]) -> str:
    """A point on an agenda."""
    if not _open(rows):
        return NO_MEETING
    if not any(row.state == "geagendeerd" for row in rows):
        return "Het voorstel staat nog op geen agenda."
    return OVER


def _recorded(rows: Sequence[OpenBehandeling]) -> str:
    """A conclusie to tell of."""
    if not any(row.recorded_on for row in rows):
        return (
            "Er is hier nog geen conclusie vastgelegd, of er is geen contactpersoon met een "
            "e-mailadres."
        )
    return OVER


def _unrecorded(rows: Sequence[OpenBehandeling]) -> str:
    """A conclusie that is awaited."""
    waiting = _open(rows)
    if not waiting:
        return "Er wacht geen behandeling op een conclusie."
    return OVER if any(row.day for row in waiting) else NO_DAY


_ROWS: Mapping[str, Callable[[Sequence[OpenBehandeling]], str]] = MappingProxyType(
    {
        "stukken_onvolledig": _papers,
        "op_agenda": _agenda,
        "conclusie_vastgelegd": _recorded,
        "conclusie_ontbreekt": _unrecorded,
    }
)


# --- gemeenteraden and afspraken -----------------------------------------------------


def _raad(rule: Rule, facts: Sequence[OpenRaad]) -> str:
    """Raden to offer to, or to ask when they were informed."""
    if not facts:
        return "De gemeenteraden zijn niet aan de beurt."
    if rule.situation == "aan_te_bieden":
        here = [fact for fact in facts if fact.state == "aan_te_bieden"]
        if not here:
            return "Het voorstel is aan alle gemeenten aangeboden."
        return OVER if any(fact.decided_on for fact in here) else "Er is nog niet besloten."
    here = [fact for fact in facts if fact.state in NOT_SENT]
    return OVER if here else "Er is geen gemeente waarvan de verzending nu wordt verwacht."


def _owed(rule: Rule, facts: Sequence[OpenAfspraak]) -> str:
    """An afspraak of the kind that the rule is about."""
    kind = rule.situation.removesuffix("_verwacht")
    kinds = PROMISED if kind == "toezegging" else {kind}
    about = [fact for fact in facts if fact.soort in kinds]
    if not about:
        return f"Uit dit voorstel volgt geen {kind}."
    still = [fact for fact in about if fact.state in OWED]
    if not still:
        return "Wat is afgesproken, is afgedaan of vervallen."
    if not any(fact.window for fact in still):
        return "Er is nog geen datum of periode afgesproken."
    return OVER
