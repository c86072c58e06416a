"""Correcting an earlier act of a dossier: finds the event, lets the engine decide."""

from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField, NotFound
from workflow.domain.ports import UnitOfWork
from workflow.engine.correction import correct as corrected
from workflow.engine.decide import Asked, Decision
from workflow.services.session import Session, Words


def correct(
    session: Session, uow: UnitOfWork, asked: Asked, before: Dossier, words: Words
) -> Decision:
    """The dossier with the event that `event` names put right.

    Raises MissingField without a number, NotFound for one that is not in the
    history of this dossier.
    """
    number = asked.fields.get("event", "").strip()
    if not number:
        raise MissingField("event", "Nummer in de geschiedenis")
    if not number.isdigit():
        raise InvalidField("event", f"‘{number[:20]}’ is geen nummer uit de geschiedenis.")
    found = uow.act_by_seq(int(number))
    if found is None or found.stream != f"voorstel/{before.voorstel.id}":
        raise NotFound("Gebeurtenis", number)
    return corrected(
        asked, found.body, before, session.rules, today=session.today(), keep=words.keep
    )
