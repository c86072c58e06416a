"""The event of something that is no act of a machine: a paper, a new voorstel, a sent mail."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from workflow.domain.dossier import Change
from workflow.domain.events import EventDraft
from workflow.services.session import Session, Words


def draft(
    session: Session,
    kind: str,
    stream: str,
    changes: tuple[Change, ...],
    *,
    words: Words,
    command_id: str | None = None,
    state: str | None = None,
    from_state: str | None = None,
    basis: str | None = None,
    happened_on: dt.date | None = None,
    remark: str | None = None,
    inputs: Mapping[str, Any] | None = None,
) -> EventDraft:
    """An event by the user of the session, now; `from_state` None: as `state`."""
    actor = session.actor_text(words)
    kept = words.keep(remark) if remark else None
    return EventDraft(
        stream=stream,
        type=kind,
        at=session.now(),
        recorded_at=session.clock(),
        rehearsal=session.rehearsal,
        actor=actor,
        actor_unverified=session.actor.unverified,
        happened_on=happened_on,
        basis=basis,
        from_state=from_state if from_state is not None else state,
        to_state=state,
        remark=kept,
        command_id=command_id,
        definition=session.rules.digest,
        inputs=dict(inputs or {}),
        changes=changes,
        texts=tuple(words.new),
    )
