"""The events about one dossier: its own, and those of others that changed it as well."""

from collections.abc import Sequence

from workflow.domain.ports import Reader, StoredAct
from workflow.domain.voorstel import Voorstel


def stream_of(voorstel: Voorstel) -> str:
    """The name of the voorstel's own stream of events."""
    return f"voorstel/{voorstel.id}"


def events_about(
    reader: Reader, voorstel: Voorstel, own: Sequence[StoredAct] | None = None
) -> Sequence[StoredAct]:
    """All events that changed this voorstel or its rows, in order of seq.

    `own` are those of its own stream, when they were read already.
    """
    found = list(reader.events(stream_of(voorstel)) if own is None else own)
    if not voorstel.streams:
        return found
    for stream in voorstel.streams:
        found += (act for act in reader.events(stream) if changes(act, voorstel))
    return sorted(found, key=lambda act: act.seq)


def changes(act: StoredAct, voorstel: Voorstel) -> bool:
    """The event changed the voorstel itself, as every act on it does."""
    return any(
        (change["entity"], change["id"]) == ("voorstel", voorstel.id)
        for change in act.body["changes"]
    )


def last_event_about(reader: Reader, voorstel: Voorstel) -> StoredAct | None:
    """The latest of these; None when there is none."""
    if not voorstel.streams:
        return reader.last_event(stream_of(voorstel))
    return next(reversed(events_about(reader, voorstel)), None)
