"""Which dossier a letter belongs to, and which letter it is a newer version of."""

import json
from collections.abc import Callable, Sequence

from workflow.documents import Brief, ReadDocument
from workflow.domain.dossier import Dossier
from workflow.domain.periods import half_year_of
from workflow.domain.ports import UnitOfWork
from workflow.domain.voorstel import Document
from workflow.services.intake_update import Difference
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


def command_of(sha256: str) -> str:
    """The command id under which a file is read in: the same for the same bytes."""
    return f"import-{sha256}"


def earlier_version(document: ReadDocument, uow: UnitOfWork) -> Document | None:
    """The last letter of the same kind and kenmerk that was read before; None: it is the first."""
    if document.kenmerk is None:
        return None
    same = [one for one in uow.documents_with(document.kenmerk) if one.kind == document.kind.value]

    def when(one: Document) -> int:
        done = uow.act_by_command(command_of(one.sha256))
        return done.seq if done else 0

    return max(same, key=when, default=None)


def letter_differences(earlier: str | None, brief: Brief) -> tuple[Difference, ...]:
    """The fields that a newer letter gives otherwise; `earlier` is what was read then, as JSON.

    None are known when the words of the earlier letter were erased.
    """
    if earlier is None:
        return ()
    old = json.loads(earlier).get("brief") or {}
    return tuple(
        Difference(field=name, old=old.get(name), new=new)
        for name, new in brief.as_json().items()
        if old.get(name) != new
    )


def versions_of(letter: Document, waiting: Sequence[Document]) -> tuple[Document, ...]:
    """The waiting letters that are versions of one letter, itself included."""
    return tuple(
        one
        for one in waiting
        if one.id == letter.id
        or (letter.kenmerk is not None and (one.kind, one.kenmerk) == (letter.kind, letter.kenmerk))
    )


def newest_only(
    waiting: Sequence[Document], when: Callable[[Document], int]
) -> tuple[Document, ...]:
    """Of each waiting letter the version that came last, in the given order."""
    return tuple(
        one
        for one in waiting
        if all(when(other) <= when(one) for other in versions_of(one, waiting))
    )


def letters_for(dossier: Dossier, waiting: Sequence[Document]) -> tuple[Document, ...]:
    """The waiting letters that name this dossier, or are about its half-year."""
    kenmerk, period = dossier.voorstel.kenmerk, dossier.voorstel.report_period
    about = [
        one
        for one in waiting
        if kenmerk in (one.kenmerk, *one.refers_to) or (period and period in one.refers_to)
    ]
    all_of_them = {one.id for letter in about for one in versions_of(letter, waiting)}
    return tuple(one for one in waiting if one.id in all_of_them)
