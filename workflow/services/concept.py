"""Whether a conclusie is 'volgens concept' still, or stands on an adopted besluitenlijst."""

import datetime as dt
from dataclasses import replace

from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.fields import from_fields
from workflow.domain.overleg import Vergadering
from workflow.engine.cancelled import stream_of
from workflow.services.session import Session

CONCEPT, ADOPTED = "concept", "vastgesteld"


def list_of(dossier: Dossier, row: Behandeling) -> str | None:
    """`concept` until the besluitenlijst of its meeting is adopted, then `vastgesteld`.

    None: nothing was concluded in a meeting here; a conclusie on paper is what the paper says.
    """
    if row.conclusie_code is None or row.basis != "vergadering":
        return None
    meeting = next((one for one in dossier.vergaderingen if one.id == row.vergadering), None)
    return ADOPTED if meeting and meeting.list_is_closed() else CONCEPT


def with_meetings_then(session: Session, dossier: Dossier, moment: dt.datetime) -> Dossier:
    """The dossier with its meetings as their own acts up to a moment left them."""
    ids = {row.vergadering for row in dossier.behandelingen if row.vergadering}
    found = tuple(_then(session, one, moment) for one in sorted(ids))
    return replace(dossier, vergaderingen=found)


def _then(session: Session, meeting_id: str, moment: dt.datetime) -> Vergadering:
    """A meeting after its own events up to a moment; planned when it has none."""
    code, day = meeting_id[:-11], meeting_id[-10:]
    fields: dict[str, object] = {"id": meeting_id, "overleg_code": code, "date": day}
    for act in session.reader.events(stream_of(meeting_id)):
        if dt.datetime.fromisoformat(act.body["at"]) <= moment:
            for change in act.body["changes"]:
                if change["entity"] == "vergadering":
                    fields |= change["set"]
    return from_fields(Vergadering, fields)
