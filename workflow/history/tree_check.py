"""Leaves and tree: the bytes, their hashes and every stored subtree, in one pass.

This is the hot path of `audit verify`: nothing is parsed and no object is made
per event.
"""

from collections.abc import Iterable
from typing import Any

from workflow.history.report import LEAVES, TREE, Findings, events_text
from workflow.history.stored import StoredEvent, StoredHead, StoredNode
from workflow.history.tree import leaf_hash, node_hash, root_of

_MOST = 2**62  # no history is longer, and a database holds no larger number


class LeafCheck:
    """Every event stands in its place and has the hash that is stored beside it."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._last = 0

    def leaf(self, event: StoredEvent) -> bytes | None:
        """The hash of the stored bytes; None when the event has no place in the order."""
        seq, body, stored, stream, _, _ = event
        if seq != self._last + 1 and not self._is_later(seq):
            return None
        self._last = seq
        if not isinstance(body, bytes):
            self._add(f"De inhoud van gebeurtenis {seq} bestaat niet uit bytes.", seq, stream)
            body = b""
        leaf = leaf_hash(body)
        if leaf != stored:
            message = f"De bytes van gebeurtenis {seq} passen niet bij de hash die ernaast staat."
            self._add(message, seq, stream)
        return leaf

    def number(self, event: StoredEvent) -> None:
        """The bytes carry their seq: looked for as text, for when they are not read further."""
        seq, body = event.seq, event.body
        if isinstance(body, bytes) and b',"seq":%d,"stream":' % seq not in body:
            message = f"Op plaats {seq} staat een gebeurtenis met een ander nummer, of geen."
            self._add(message, seq, event.stream)

    def _is_later(self, seq: Any) -> bool:
        """Note what is wrong with this seq; whether the count can go on from it."""
        if type(seq) is not int or not self._last < seq < _MOST:
            self._add(f"Na gebeurtenis {self._last} volgt er een met nummer {seq!r:.40}.", None)
            return False
        first, last = self._last + 1, seq - 1
        missing = "ontbreekt" if first == last else "ontbreken"
        self._add(f"{events_text(first, last).capitalize()} {missing}.", first)
        return True

    def _add(self, message: str, seq: int | None, stream: Any = None) -> None:
        """Note a problem with an event."""
        self._findings.add(LEAVES, message, seq=seq, subject=stream)


class TreeCheck:
    """Grows the tree again and compares each subtree that closes with the stored one.

    Where events are missing the hashes above them are not known, and not compared.
    A subtree over one that was reported is not reported again.
    """

    def __init__(self, nodes: Iterable[StoredNode], findings: Findings) -> None:
        self._findings = findings
        self._nodes = iter(nodes)
        self._node = next(self._nodes, None)
        self._peaks: list[tuple[bytes | None, bool]] = []  # hash; whether something was reported
        self._size = 0

    @property
    def root(self) -> bytes | None:
        """The root of the tree over the events seen; None when some are missing."""
        known = tuple(peak for peak, _ in self._peaks if peak is not None)
        return root_of(known) if len(known) == len(self._peaks) else None

    def add(self, seq: int, leaf: bytes) -> None:
        """Take in the leaf of event `seq`, which is later than all before."""
        if seq != self._size + 1:
            self._skip_to(seq - 1)
        self._size = seq
        top: bytes | None = leaf
        level, position, reported = 0, seq, False
        while not position & 1:
            level, position = level + 1, position >> 1
            left, left_reported = self._peaks.pop()
            stored = self._stored(level, position - 1)
            top = None if left is None or top is None else node_hash(left, top)
            reported = reported or left_reported
            if top is not None and stored != top:
                if not reported:
                    self._unlike(level, position - 1, stored)
                reported = True
        self._peaks.append((top, reported))

    def finish(self, head: StoredHead | None) -> None:
        """Compare what is left: nodes that belong to no event, and the stored head."""
        left = 0
        while self._node is not None:
            left += 1
            self._next_node()
        if left:
            message = f"De boom heeft {left} knopen over gebeurtenissen die er niet zijn."
            self._findings.add(TREE, message, seq=self._size + 1)
        if head is None:
            if self._size:
                self._findings.add(TREE, "De stand van de boom (het hoofd) ontbreekt.")
        elif head.size != self._size:
            self._other_size(head.size)
        elif self.root is None:
            message = "De wortel van de boom is niet na te rekenen: er ontbreken gebeurtenissen."
            self._findings.add(TREE, message)
        elif head.peaks != tuple(peak for peak, _ in self._peaks):
            message = "De bytes geven een andere wortel van de boom dan het register bewaart."
            self._findings.add(TREE, message, seq=self._unlike_from(head.peaks))

    def _skip_to(self, size: int) -> None:
        """Pass over missing events in full subtrees that are not known."""
        while self._node is not None and _order(self._node)[0] <= size:
            self._next_node()
        while self._size < size:
            level = (size - self._size).bit_length() - 1
            if self._size:
                level = min(level, (self._size & -self._size).bit_length() - 1)
            self._size += 1 << level
            position = self._size >> level
            while not position & 1:
                position >>= 1
                self._peaks.pop()
            self._peaks.append((None, True))

    def _stored(self, level: int, index: int) -> bytes | None:
        """The stored hash of a subtree, or None; notes the nodes before it that have no place."""
        place = (index + 1) << level, level
        while self._node is not None:
            node = self._node
            if node[0] == level and node[1] == index:
                self._next_node()
                return node[2]
            if _order(node) > place:
                break
            place_text = f"laag {node[0]!r:.20}, plaats {node[1]!r:.20}"
            message = f"De boom heeft een knoop die er niet hoort: {place_text}."
            self._findings.add(TREE, message)
            self._next_node()
        return None

    def _next_node(self) -> None:
        """Go on to the next stored node."""
        self._node = next(self._nodes, None)

    def _unlike(self, level: int, index: int, stored: bytes | None) -> None:
        """Note that a stored subtree is not what its events give."""
        first, last = (index << level) + 1, (index + 1) << level
        what = "ontbreekt" if stored is None else "klopt niet met hun bytes"
        message = f"De boomknoop over {events_text(first, last)} {what}."
        self._findings.add(TREE, message, seq=first)

    def _other_size(self, size: Any) -> None:
        """Note that the head counts another number of events."""
        if isinstance(size, int) and size > self._size:
            missing = events_text(self._size + 1, size)
            message = (
                f"Het register telt {size} gebeurtenissen. Aan het einde ontbreken: {missing}."
            )
            self._findings.add(TREE, message, seq=self._size + 1)
        else:
            message = (
                f"Er staan {self._size} gebeurtenissen, maar het register telt er {size!r:.40}."
            )
            self._findings.add(TREE, message, seq=self._size)

    def _unlike_from(self, peaks: tuple[bytes, ...]) -> int:
        """The first event under the first peak that differs from the stored ones."""
        first = 1
        bits = [bit for bit in range(self._size.bit_length(), -1, -1) if self._size >> bit & 1]
        for bit, (peak, _), stored in zip(bits, self._peaks, peaks, strict=False):
            if peak != stored:
                break
            first += 1 << bit
        return min(first, self._size)


def _order(node: StoredNode) -> tuple[int, int]:
    """When a stored node closed; what cannot be a node comes before all others."""
    level, index, _ = node
    if type(level) is not int or type(index) is not int or not (0 < level < 63 and index >= 0):
        return 0, 0
    closed = (index + 1) << level
    return (closed, level) if closed <= _MOST else (0, 0)
