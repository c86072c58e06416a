"""Dossiers and replay: what the bytes say fits together, and gives the stored state."""

from collections.abc import Iterable
from typing import Any

from workflow.history.event import UnreadableEvent, document_of, hash_text
from workflow.history.replay import Key, Replay, Row, differences, name_of
from workflow.history.report import DOSSIERS, LEAVES, REPLAY, Findings
from workflow.history.stored import StoredEvent, StoredHead, StoredRow


class DossierCheck:
    """Reads every body once: its columns, its place in its stream, its changes."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._streams: dict[str, tuple[int, bytes]] = {}  # the last stream_seq and leaf hash
        self._replay = Replay()
        self._unrehearsed = False

    def add(self, event: StoredEvent, leaf: bytes) -> None:
        """Take in the next event and the hash of its bytes."""
        seq, raw, _, stream, stream_seq, command_id = event
        try:
            body = document_of(raw)
        except UnreadableEvent as error:
            message = f"Gebeurtenis {seq} is niet te lezen. {error}"
            self._findings.add(LEAVES, message, seq=seq, subject=stream)
            if isinstance(stream, str) and isinstance(stream_seq, int):
                self._streams[stream] = stream_seq, leaf
            return
        if body["seq"] != seq:
            message = f"Op plaats {seq} staat een gebeurtenis die zichzelf {body['seq']} noemt."
            self._findings.add(LEAVES, message, seq=seq, subject=body["stream"])
        if (stream, stream_seq, command_id) != _columns(body):
            message = f"De kolommen naast gebeurtenis {seq} zeggen iets anders dan haar bytes."
            self._findings.add(LEAVES, message, seq=seq, subject=body["stream"])
        self._unrehearsed = self._unrehearsed or not body["rehearsal"]
        self._place(seq, body, leaf)
        for problem in self._replay.fold(seq, body["changes"]):
            message = f"Gebeurtenis {seq}: {problem}"
            self._findings.add(REPLAY, message, seq=seq, subject=body["stream"])

    def finish(self, head: StoredHead | None, rows: Iterable[StoredRow]) -> None:
        """Compare the folded state with the stored rows, in both directions."""
        folded = self._replay.rows
        names = _Kenmerken(folded)
        if head is not None and bool(head.unrehearsed) != self._unrehearsed:
            message = "Het register weet niet goed of er gebeurtenissen zonder vaste dag zijn."
            self._findings.add(REPLAY, message)
        for entity, row_id, fields in rows:
            key = (entity, row_id)
            row = folded.pop(key, None)
            message = _unlike(key, row, fields)
            if message:
                kenmerk = names.of_row(key, fields if row is None else row)
                self._note(key, message, kenmerk)
            names.learn(key, fields)
        self._findings.resolve(names.of_stream)
        for key, row in folded.items():
            message = f"{name_of(key)} ontbreekt, maar volgt uit de geschiedenis."
            self._note(key, message, names.of_row(key, row))

    def _place(self, seq: int, body: Row, leaf: bytes) -> None:
        """Check number and link within the stream."""
        stream, stream_seq = body["stream"], body["stream_seq"]
        before, link = self._streams.get(stream, (0, None))
        if stream_seq != before + 1:
            message = f"In {stream} volgt bij gebeurtenis {seq} nummer {stream_seq} op {before}."
            self._findings.add(DOSSIERS, message, seq=seq, subject=stream)
        elif body["prev"] != (None if link is None else hash_text(link)):
            message = f"Gebeurtenis {seq} verwijst niet naar de vorige in {stream}."
            self._findings.add(DOSSIERS, message, seq=seq, subject=stream)
        self._streams[stream] = stream_seq, leaf

    def _note(self, key: Key, message: str, kenmerk: str | None) -> None:
        """Note a row of the state that is not what the events give."""
        seq = self._replay.touched.get(key)
        self._findings.add(REPLAY, message, seq=seq, kenmerk=kenmerk)


class _Kenmerken:
    """To which voorstel a stream or row belongs, for people."""

    def __init__(self, rows: dict[Key, Row]) -> None:
        self._rows = rows
        self._of = {key[1]: row.get("kenmerk") for key, row in rows.items() if key[0] == "voorstel"}

    def learn(self, key: Key, row: Any) -> None:
        """Take the kenmerk from a stored row: the event that gave it may be what was damaged."""
        if key[0] == "voorstel" and isinstance(row.get("kenmerk"), str):
            self._of[key[1]] = row["kenmerk"]

    def of_stream(self, stream: object) -> str | None:
        """The kenmerk of "voorstel/<id>", or of what belongs to a voorstel."""
        entity, _, row_id = str(stream).partition("/")
        return self.of_row((entity, row_id), self._rows.get((entity, row_id), {}))

    def of_row(self, key: Key, row: Any) -> str | None:
        """The kenmerk of a row of the state."""
        entity, row_id = key
        if entity == "voorstel":
            kenmerk = self._of.get(row_id, row.get("kenmerk"))
        else:
            kenmerk = self._of.get(str(row.get("voorstel_id")))
        return kenmerk if isinstance(kenmerk, str) else None


def _columns(body: Row) -> tuple[Any, Any, Any]:
    """What the columns beside a body must repeat."""
    return body["stream"], body["stream_seq"], body["command_id"]


def _unlike(key: Key, row: Row | None, fields: Any) -> str:
    """What is wrong with a stored row; an empty text when it is what the events give."""
    if row is None:
        return f"{name_of(key)} staat in het register, maar volgt niet uit de geschiedenis."
    names = differences(row, fields)
    if not names:
        return ""
    if len(names) > 1:
        return f"In {name_of(key)} zijn {', '.join(names)} buiten de geschiedenis om gewijzigd."
    name = names[0]
    return (
        f"In {name_of(key)} is ‘{name}’ buiten de geschiedenis om gewijzigd: "
        f"er staat {_short(fields.get(name))}, het moet {_short(row.get(name))} zijn."
    )


def _short(value: Any) -> str:
    """A value in a sentence, cut to what fits in one."""
    text = "niets" if value is None else str(value)
    return f"‘{text}’" if len(text) <= 60 else f"‘{text[:59]}…’"
