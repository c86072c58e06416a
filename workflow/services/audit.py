"""Proving that the history was not altered. We show unaltered, never true."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from workflow.domain.permissions import Permission
from workflow.history.report import VerifyReport
from workflow.history.stored import StoredHistory
from workflow.history.verify import verify as verify_history
from workflow.services.session import Session

Evidence = Callable[[], AbstractContextManager[StoredHistory]]


def verify(
    session: Session, evidence: Evidence, *, progress: Callable[[int], None] | None = None
) -> VerifyReport:
    """Recompute the whole history now: leaves, tree, dossiers and replay.

    `evidence` opens the stored history in one snapshot; `progress` is told how
    many events were read.
    """
    session.require(Permission.GESCHIEDENIS_CONTROLEREN, "Reken de geschiedenis na")
    with evidence() as history:
        return verify_history(history, progress=progress)
