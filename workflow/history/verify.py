"""Does the register still hold what was once written? Streaming, over any number of events."""

from collections.abc import Callable

from workflow.history.dossier_check import DossierCheck
from workflow.history.event import hash_text
from workflow.history.report import CHECKS, LEAVES, TREE, Findings, VerifyReport
from workflow.history.stored import StoredHistory
from workflow.history.tree_check import LeafCheck, TreeCheck
from workflow.history.words_check import WordsCheck

_STRIDE = 1000  # events between two calls of `progress`


def verify(
    history: StoredHistory, *, progress: Callable[[int], None] | None = None
) -> VerifyReport:
    """Check the whole stored history: leaves, tree, dossiers and replay.

    Damaged input gives problems, never an exception; errors of the database pass
    through. `progress` is called with the number of events read so far. Shown is
    that nothing was altered as far as the register itself can tell; one that was
    rewritten as a whole is shown up by checkpoints that left the system.
    """
    findings = Findings()
    leaves, tree = LeafCheck(findings), TreeCheck(history.nodes, findings)
    words = WordsCheck(history.texts, history.blobs, findings)
    dossiers = DossierCheck(findings)
    count = 0
    for count, event in enumerate(history.events, start=1):
        leaf = leaves.leaf(event)
        if leaf is not None:
            tree.add(event.seq, leaf)
            dossiers.add(event, leaf)
            words.add(event)
        if progress is not None and count % _STRIDE == 0:
            progress(count)
    tree.finish(history.head)
    words.finish()
    dossiers.finish(history.head, history.rows)
    return _report(findings, CHECKS, count, tree.root)


def verify_tree(
    history: StoredHistory, *, progress: Callable[[int], None] | None = None
) -> VerifyReport:
    """Check leaves and tree only: every byte, but not what the bytes say; many times as fast."""
    findings = Findings()
    leaves, tree = LeafCheck(findings), TreeCheck(history.nodes, findings)
    count = 0
    for count, event in enumerate(history.events, start=1):
        leaf = leaves.leaf(event)
        if leaf is not None:
            tree.add(event.seq, leaf)
            leaves.number(event)
        if progress is not None and count % _STRIDE == 0:
            progress(count)
    tree.finish(history.head)
    return _report(findings, (LEAVES, TREE), count, tree.root)


def _report(
    findings: Findings, checked: tuple[str, ...], events: int, root: bytes | None
) -> VerifyReport:
    """The findings as the answer of `audit verify`."""
    problems = findings.problems()
    return VerifyReport(
        ok=not problems,
        events=events,
        root=None if root is None else hash_text(root),
        checked=checked,
        problems=problems,
    )
