"""Which dossier a letter belongs to: only where that can be known."""

from collections.abc import Sequence

from workflow.documents import ReadDocument
from workflow.domain.dossier import Dossier
from workflow.domain.periods import half_year_of
from workflow.domain.ports import UnitOfWork
from workflow.domain.voorstel import Document
from workflow.services.session import Session


def belongs_to(document: ReadDocument, uow: UnitOfWork, session: Session) -> Dossier | None:
    """The dossier that a letter names; else the one report on the same half-year; else None."""
    brief = document.brief
    if brief is None:
        return None
    for kenmerk in (*brief.verwijst_naar, brief.kenmerk):
        dossier = uow.dossier(kenmerk) if kenmerk else None
        if dossier is not None:
            return dossier
    period = report_period_of(brief.onderwerp, document.text)
    same = [kenmerk for kenmerk, one in session.reader.report_dossiers() if one == period]
    return uow.dossier(same[0]) if period and len(same) == 1 else None


def report_period_of(subject: str | None, text: str) -> str | None:
    """The half-year that a letter about a report is about; None when it is no such letter."""
    if "voortgang" not in (subject or "").casefold():
        return None
    return half_year_of((text,))


def refers_to(document: ReadDocument) -> tuple[str, ...]:
    """What a letter is about: the kenmerken that it names, and the half-year of its report."""
    if document.brief is None:
        return ()
    period = report_period_of(document.brief.onderwerp, document.text)
    return (*document.brief.verwijst_naar, *([period] if period else []))


def letters_for(dossier: Dossier, waiting: Sequence[Document]) -> tuple[Document, ...]:
    """The waiting letters that name this dossier, or are about its half-year."""
    kenmerk, period = dossier.voorstel.kenmerk, dossier.voorstel.report_period
    return tuple(
        one
        for one in waiting
        if kenmerk in (one.kenmerk, *one.refers_to) or (period and period in one.refers_to)
    )
