"""Proving that the history was not altered. We show unaltered, never true."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from workflow.domain.permissions import Permission
from workflow.history.event import hash_text
from workflow.history.report import VerifyReport
from workflow.history.stored import StoredHistory
from workflow.history.tree import leaf_hash
from workflow.history.verify import verify as verify_history
from workflow.services.dossier import find
from workflow.services.past import events_about, stream_of
from workflow.services.session import Session
from workflow.services.views import Json

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


def prove(session: Session, kenmerk: str) -> Json:
    """The events about one dossier, recomputed now: hashes, and of its own numbers and links.

    {"ok", "since" (moment of its last event), "first_seq", "last_seq", "problems"}.
    Whether its rows still follow from all events, is what `verify` tells.
    """
    dossier = find(session, kenmerk)
    acts = events_about(session.reader, dossier.voorstel)
    problems: list[str] = []
    link: str | None = None
    for act in acts:
        if leaf_hash(act.raw) != act.leaf_hash:
            problems.append(f"Gebeurtenis {act.seq} is gewijzigd na het vastleggen.")
    own = [act for act in acts if act.stream == stream_of(dossier.voorstel)]
    for number, act in enumerate(own, start=1):
        if act.body["stream_seq"] != number or act.body["prev"] != link:
            problems.append(f"Voor gebeurtenis {act.seq} ontbreekt er een.")
        link = hash_text(act.leaf_hash)
    if len(acts) != dossier.voorstel.version:
        problems.append("Het dossier heeft een andere versie dan het aantal gebeurtenissen.")
    return {
        "ok": not problems,
        "since": acts[-1].body["at"] if acts else None,
        "first_seq": acts[0].seq if acts else None,
        "last_seq": acts[-1].seq if acts else None,
        "problems": problems,
    }
