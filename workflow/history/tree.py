"""The Merkle tree over all events, grown one leaf at a time.

Source: RFC 6962 section 2.1 (RFC 9162 has the same tree). A tree of n leaves is
known by its peaks: the roots of the full subtrees that n splits into, largest
first, one for every 1 in the binary form of n. A full subtree never changes
again; it is stored once, when its last leaf arrives.
"""

from dataclasses import dataclass
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(body: bytes) -> bytes:
    """The hash of one event: 32 bytes."""
    return sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a subtree from those of its halves: 32 bytes."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Node:
    """A full subtree: it covers 2^level leaves, from leaf index·2^level, counted from 0."""

    level: int  # 1 or higher; leaves stand with their events
    index: int
    hash: bytes

    @property
    def closed_at(self) -> int:
        """The size of the tree that closed it; also the seq of its last event."""
        return (self.index + 1) << self.level


@dataclass(frozen=True, slots=True)
class Frontier:
    """The growing edge of the tree: all that is needed to go on."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()  # largest subtree first

    def __post_init__(self) -> None:
        """A frontier whose peaks cannot belong to its size is a ValueError."""
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError(f"{self.size} leaves cannot have {len(self.peaks)} peaks")


def append(frontier: Frontier, leaf: bytes) -> tuple[Frontier, tuple[Node, ...]]:
    """The frontier with one leaf more, and the subtrees that it closed, smallest first."""
    size = frontier.size + 1
    peaks = list(frontier.peaks)
    closed: list[Node] = []
    level, top = 1, leaf
    while size & ((1 << level) - 1) == 0:
        top = node_hash(peaks.pop(), top)
        closed.append(Node(level, (size >> level) - 1, top))
        level += 1
    peaks.append(top)
    return Frontier(size, tuple(peaks)), tuple(closed)


def root(frontier: Frontier) -> bytes:
    """The hash of the whole tree: 32 bytes; of no leaves, the hash of nothing."""
    return root_of(frontier.peaks)


def root_of(peaks: tuple[bytes, ...]) -> bytes:
    """The hash over peaks, largest subtree first."""
    if not peaks:
        return EMPTY_ROOT
    top = peaks[-1]
    for peak in reversed(peaks[:-1]):
        top = node_hash(peak, top)
    return top
