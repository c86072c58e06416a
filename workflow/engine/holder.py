"""Acts on what stands outside a dossier: a report of a cycle, a vergadering."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.errors import NotFound, TransitionRefused
from workflow.domain.overleg import Vergadering
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Voorstel
from workflow.engine.attempt import Attempt
from workflow.engine.decide import Asked, Decision, decide, refuse_future
from workflow.engine.effects import MEETING_EFFECTS
from workflow.engine.guards import GUARDS
from workflow.engine.inputs import read_inputs
from workflow.engine.rules import Rules


def _holder(name: str) -> Voorstel:
    """Stands in for the voorstel that such a thing does not have; never stored."""
    return Voorstel(
        id="",
        kenmerk=name,
        state="",
        version=0,
        route_id="",
        route_version=0,
        route_digest="",
        subject="",
    )


def decide_afspraak(
    asked: Asked,
    afspraak: Afspraak,
    rules: Rules,
    *,
    today: dt.date,
    keep: Callable[[str], ErasableText],
    settling: tuple[Behandeling, ...] | None,
) -> tuple[Afspraak, Decision]:
    """An afspraak that has no dossier, after an act on it; errors as `decide`."""
    holder = Dossier(voorstel=_holder(afspraak.id), afspraken=(afspraak,))
    named = replace(asked, afspraak=afspraak.id)
    decision = decide(named, holder, rules, today=today, keep=keep, settling=settling)
    return decision.after.afspraken[0], decision


def decide_meeting(
    asked: Asked,
    meeting: Vergadering,
    rules: Rules,
    *,
    today: dt.date,
    keep: Callable[[str], ErasableText],
) -> tuple[Vergadering, Decision]:
    """A vergadering after an act on it; NotFound for the act, TransitionRefused with a reason."""
    known = rules.meeting_acts.get(asked.action)
    if known is None:
        raise NotFound("Handeling", asked.action, tuple(rules.meeting_acts))
    machine = rules.fixed("vergadering")
    holder = Dossier(voorstel=_holder(meeting.id), vergaderingen=(meeting,))
    attempt = Attempt(
        dossier=holder,
        rules=rules,
        act=known.act,
        machine=known.machine,
        today=today,
        happened=asked.happened,
        remark=asked.remark,
        keep=keep,
    )
    if not machine.allows(meeting.state, asked.action):
        label = rules.state_label("vergadering", meeting.state).lower()
        reason = f"De vergadering is nu: {label}."
        raise TransitionRefused(meeting.id, known.act.naam, reason, what="Vergadering")
    refuse_future(asked.happened, today)
    inputs = read_inputs(attempt, asked.fields, asked.points)
    attempt = replace(attempt, inputs=inputs)
    for name in known.act.eisen:
        verdict = GUARDS[name](attempt)
        if not verdict:
            raise TransitionRefused(meeting.id, known.act.naam, verdict.reason, what="Vergadering")
    after = MEETING_EFFECTS[known.act.handeling](attempt)
    decision = Decision(
        after=after, act=known.act, row=None, raad=None, afspraak=None, inputs=inputs
    )
    return after.vergaderingen[0], decision
