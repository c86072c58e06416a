"""What may leave about a besloten subject: that there is something, and where to read it."""

from workflow.domain.feiten import declared
from workflow.domain.voorstel import Voorstel
from workflow.engine.rules import Rules
from workflow.services.session import Session

CLOSED = "Besloten onderwerp"


def is_closed(voorstel: Voorstel, rules: Rules) -> bool:
    """Whether a declared fact says so: the definitions name which, and with which values."""
    facts = declared(voorstel)
    return any(facts.get(feit.feit) in feit.besloten_bij for feit in rules.feiten.values())


def closed_kenmerk(session: Session, kenmerk: str | None) -> bool:
    """The same for the voorstel with this kenmerk, as it stands now; False when there is none."""
    if kenmerk is None or not any(one.besloten_bij for one in session.rules.feiten.values()):
        return False
    dossier = session.reader.dossier(kenmerk)
    return dossier is not None and is_closed(dossier.voorstel, session.rules)


def shown_subject(voorstel: Voorstel, rules: Rules) -> str:
    """The subject as it may be read by others than those who may open the dossier."""
    return CLOSED if is_closed(voorstel, rules) else voorstel.subject
