"""What stands outside the events, words and papers, still is what they vouch for."""

import re
from collections.abc import Iterable
from hashlib import sha256

from workflow.history.commitment import matches
from workflow.history.report import MAX_PER_CHECK, REPLAY, Findings
from workflow.history.stored import StoredBlob, StoredEvent, StoredText

_WORDS = "De bewaarde woorden {key} passen niet bij wat erover is vastgelegd."
_PAPER = "De bewaarde bytes van stuk {key} zijn niet die van het stuk."
_GONE = "De bytes van stuk {key} zijn weg."
_NAMED = re.compile(rb'"sha256":"([0-9a-f]{64})"')  # as a body names a paper


class WordsCheck:
    """First all words and papers are checked, then each faulty one is looked for in the events.

    Words that were erased have nothing left to check, and are no problem. The bytes
    of a paper are never erased: an event that names missing ones is a problem.
    """

    def __init__(
        self, texts: Iterable[StoredText], blobs: Iterable[StoredBlob], findings: Findings
    ) -> None:
        self._findings = findings
        self._wanted: dict[bytes, str] = {}  # as it stands in a body; the message
        for text in texts:
            if not _fits(text):
                self._want(text.commitment, _WORDS)
        self._papers: set[bytes] = set()  # the hashes under which there are bytes
        for blob in blobs:
            self._papers.add(str(blob.sha256).encode(errors="replace"))
            if not _is_hash_of(blob):
                self._want(blob.sha256, _PAPER)

    def add(self, event: StoredEvent) -> None:
        """Note the faulty words and papers that this event brought in, and papers that are gone."""
        if not isinstance(event.body, bytes):
            return
        for named in _NAMED.findall(event.body) if b'"sha256"' in event.body else ():
            if named not in self._papers:
                self._papers.add(named)  # told once
                message = f"Gebeurtenis {event.seq}: {_GONE.format(key=named.decode())}"
                self._findings.add(REPLAY, message, seq=event.seq, subject=event.stream)
        if not self._wanted:
            return
        for needle in [needle for needle in self._wanted if needle in event.body]:
            message = f"Gebeurtenis {event.seq}: {self._wanted.pop(needle)}"
            self._findings.add(REPLAY, message, seq=event.seq, subject=event.stream)

    def finish(self) -> None:
        """Note what no event speaks of."""
        for message in self._wanted.values():
            self._findings.add(REPLAY, message)

    def _want(self, key: object, message: str) -> None:
        """Look for it in the events to come."""
        if len(self._wanted) < MAX_PER_CHECK:
            self._wanted[f'"{key}"'.encode(errors="replace")] = message.format(key=key)
        else:
            self._findings.add(REPLAY, message.format(key=key))


def _fits(stored: StoredText) -> bool:
    """Whether words, salt and commitment belong together; erased words do."""
    if stored.text is None:
        return True
    if not isinstance(stored.text, str) or not isinstance(stored.salt, bytes):
        return False
    return isinstance(stored.commitment, str) and matches(
        stored.commitment, stored.text, stored.salt
    )


def _is_hash_of(blob: StoredBlob) -> bool:
    """Whether the bytes are those of their hash."""
    return isinstance(blob.content, bytes) and sha256(blob.content).hexdigest() == blob.sha256
