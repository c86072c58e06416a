"""The tree: against RFC 6962 as it is defined, by recursion over all leaves."""

from hashlib import sha256

import pytest

from workflow.history.tree import (
    EMPTY_ROOT,
    Frontier,
    Node,
    append,
    leaf_hash,
    node_hash,
    root,
)

# The eight leaves and roots with which certificate-transparency logs test themselves.
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
KNOWN_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 section 2.1, over leaf hashes."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def some_leaves(count: int) -> list[bytes]:
    """Leaf hashes of different bodies."""
    return [leaf_hash(str(number).encode()) for number in range(count)]


@pytest.mark.parametrize(("size", "expected"), KNOWN_ROOTS.items())
def test_known_trees_have_their_known_roots(size: int, expected: str) -> None:
    """The roots agree with those that other implementations of RFC 6962 publish."""
    frontier = Frontier()
    for body in KNOWN_LEAVES[:size]:
        frontier, _ = append(frontier, leaf_hash(body))

    assert root(frontier).hex() == expected


def test_every_size_has_the_root_of_the_definition() -> None:
    """Grown leaf by leaf, the tree has at each size the root that the definition gives."""
    leaves = some_leaves(70)
    frontier = Frontier()

    for size, leaf in enumerate(leaves, start=1):
        frontier, _ = append(frontier, leaf)

        assert frontier.size == size
        assert root(frontier) == naive_root(leaves[:size])


def test_finished_subtrees_are_stored_once_and_are_all_there() -> None:
    """Each full subtree is handed over exactly when its last leaf comes, with its own root."""
    leaves = some_leaves(64)
    frontier = Frontier()
    closed: list[Node] = []

    for size, leaf in enumerate(leaves, start=1):
        frontier, nodes = append(frontier, leaf)
        assert all(node.closed_at == size for node in nodes)
        closed.extend(nodes)

    places = {(node.level, node.index) for node in closed}
    assert places == {(level, index) for level in range(1, 7) for index in range(64 >> level)}
    assert len(closed) == 63
    for node in closed:
        first = node.index << node.level
        assert node.hash == naive_root(leaves[first : first + (1 << node.level)])


def test_empty_history_has_the_hash_of_nothing() -> None:
    """Before the first event the root is SHA-256 of no bytes."""
    assert root(Frontier()) == EMPTY_ROOT == sha256(b"").digest()


def test_leaf_can_never_pass_for_a_node() -> None:
    """The same bytes hash differently as an event and as a pair of subtrees."""
    left, right = some_leaves(2)

    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize(("size", "peaks"), [(3, 1), (0, 1), (-1, 0), (4, 2)])
def test_frontier_with_the_wrong_number_of_peaks_is_refused(size: int, peaks: int) -> None:
    """A damaged head is noticed before anything is built on it."""
    with pytest.raises(ValueError, match="peaks"):
        Frontier(size, tuple(some_leaves(peaks)))
