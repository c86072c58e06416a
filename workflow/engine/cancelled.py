"""A meeting that does not take place: its points leave it and wait for another day."""

import datetime as dt
from dataclasses import replace

from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.overleg import Vergadering
from workflow.domain.voorstel import Voorstel, with_stream

MEETING = "vergadering"


def stream_of(meeting_id: str) -> str:
    """The name of a meeting's own stream of events."""
    return f"{MEETING}/{meeting_id}"


def without_meeting(dossier: Dossier, meeting: Vergadering) -> Dossier:
    """The dossier after the meeting was cancelled; itself when it has no point there.

    Its open rows there return to 'gepland, datum volgt'. The voorstel counts
    one act more, and knows where the event stands.
    """
    rows = tuple(
        replace(
            row, state="gepland", vergadering=None, date=None, date_raw=None, year_derived=False
        )
        if is_point_of(row, meeting)
        else row
        for row in dossier.behandelingen
    )
    if rows == dossier.behandelingen:
        return dossier
    voorstel = with_stream(dossier.voorstel, stream_of(meeting.id))
    voorstel = replace(voorstel, version=voorstel.version + 1)
    return replace(dossier, voorstel=voorstel, behandelingen=rows)


def is_point_of(row: Behandeling, meeting: Vergadering) -> bool:
    """The row still had to be treated there: on its agenda, or planned for that day."""
    planned = row.date == meeting.date and row.overleg_codes[:1] == (meeting.overleg_code,)
    return row.is_open() and (row.vergadering == meeting.id or (planned and not row.vergadering))


def cancelled_days(voorstel: Voorstel, row: Behandeling) -> list[dt.date]:
    """The days of the cancelled meetings of this row's overleg that took a point of the voorstel.

    A cancelled meeting is the only one whose own event changes a voorstel.
    """
    days = [
        stream.removeprefix(f"{MEETING}/{code}-")
        for stream in voorstel.streams or ()
        for code in row.overleg_codes[:1]
        if stream.startswith(f"{MEETING}/{code}-")
    ]
    return sorted(dt.date.fromisoformat(day) for day in days)
