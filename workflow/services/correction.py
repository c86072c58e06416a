"""Correcting an earlier act of a dossier: finds the events, lets the engine decide."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField, NotFound
from workflow.domain.ports import UnitOfWork
from workflow.engine.correction import correct as corrected
from workflow.engine.correction_afspraken import touched_afspraken
from workflow.engine.decide import Asked, Decision
from workflow.services.past import events_about
from workflow.services.session import Session, Words

_NUMBER = re.compile(r"[1-9][0-9]{0,14}")


def correct(
    session: Session, uow: UnitOfWork, asked: Asked, before: Dossier, words: Words
) -> tuple[Dossier, Decision]:
    """The dossier with the event that `event` names put right, and as it was read for that.

    Raises MissingField without a number, InvalidField for what is no number,
    NotFound for one that is not in the history of this dossier.
    """
    number = asked.fields.get("event", "").strip()
    if not number:
        raise MissingField("event", "Nummer in de geschiedenis")
    if not _NUMBER.fullmatch(number):
        raise InvalidField("event", f"‘{number[:20]}’ is geen nummer uit de geschiedenis.")
    chain = _chain(session, before, int(number))
    meetings = {row.vergadering for row in before.behandelingen if row.vergadering}
    before = replace(
        before,
        vergaderingen=uow.vergaderingen(meetings),
        afspraken=uow.afspraken(before.voorstel.id, ids=touched_afspraken(chain)),
    )
    decision = corrected(
        asked, chain, before, session.rules, today=session.today(), keep=words.keep
    )
    return before, decision


def _chain(session: Session, dossier: Dossier, number: int) -> Sequence[Mapping[str, Any]]:
    """The event with this number and its corrections; of a correction, those of its first event.

    The dossier is locked, so that its history does not grow meanwhile.
    """
    events = events_about(session.reader, dossier.voorstel)
    first_of: dict[int, int] = {}
    for act in events:
        corrects = act.body["corrects"]
        first_of[act.seq] = first_of.get(corrects, act.seq) if corrects else act.seq
    if number not in first_of:
        raise NotFound("Gebeurtenis", str(number))
    return [act.body for act in events if first_of[act.seq] == first_of[number]]
