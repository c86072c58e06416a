"""Who may do an act beside the permission: its roles, and somebody else than before."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, NotPermitted, TransitionRefused
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Afwijking
from workflow.engine.definition import Handeling
from workflow.engine.inputs import clean
from workflow.services.session import Session

FORCE = "zonder_vier_ogen"  # the field whose reason sets the rule aside
RULE = "vier_ogen"


def require_role(session: Session, act: Handeling) -> None:
    """Raise NotPermitted unless the user has one of the roles of the act, if it names any."""
    reason = role_reason(session, act)
    if reason:
        raise NotPermitted(act.naam, reason)


def role_reason(session: Session, act: Handeling) -> str:
    """The roles that the act asks for, when the user has none of them; else empty."""
    if not act.rollen or {role.value for role in session.actor.roles} & set(act.rollen):
        return ""
    return " of ".join(act.rollen)


def four_eyes_reason(
    session: Session, act: Handeling, dossier: Dossier, behandeling: str | None
) -> str:
    """Why this user may not do the act: they did the one before it themselves; else empty."""
    if act.vier_ogen is None:
        return ""
    events = session.reader.events(f"voorstel/{dossier.voorstel.id}")
    earlier = _last(act.vier_ogen, (one.body for one in events), behandeling)
    me = session.actor_text(session.words()).commitment
    if earlier is None or earlier["actor"] != me:
        return ""
    known = session.rules.acts.get(act.vier_ogen)
    label = known.act.naam if known else act.vier_ogen
    return f"U deed zelf ‘{label}’. Deze handeling vraagt een tweede persoon."


def _last(
    action: str, bodies: Iterable[Mapping[str, Any]], behandeling: str | None
) -> Mapping[str, Any] | None:
    """The last event of that act; of two acts on rows, the one on the same row."""
    found = None
    for body in bodies:
        row = body["inputs"].get("target", {}).get("behandeling")
        if body["type"] == action and (behandeling is None or row in (None, behandeling)):
            found = body
    return found


def check_four_eyes(
    session: Session,
    act: Handeling,
    before: Dossier,
    behandeling: str | None,
    fields: Mapping[str, str],
) -> str | None:
    """The reason with which the rule is set aside; None: it holds or there is none.

    Raises TransitionRefused when the same person did the earlier act and gives no
    reason, InvalidField for a reason where no rule stands in the way.
    """
    given = clean(FORCE, fields.get(FORCE, ""))
    reason = four_eyes_reason(session, act, before, behandeling)
    if given and not reason:
        raise InvalidField(FORCE, "hier geldt die regel niet, of u was niet de eerste persoon.")
    if reason and not given:
        ask = f"{reason} Moet het toch, geef dan de reden (veld {FORCE})."
        raise TransitionRefused(before.voorstel.kenmerk, act.naam, ask)
    return given or None


def with_deviation(dossier: Dossier, act: Handeling, on: dt.date, reason: ErasableText) -> Dossier:
    """The dossier that says, wherever it is shown, that the rule was set aside."""
    voorstel = dossier.voorstel
    one = Afwijking(act=act.handeling, rule=RULE, on=on, reason=reason)
    deviations = (*(voorstel.deviations or ()), one)
    return replace(dossier, voorstel=replace(voorstel, deviations=deviations))
