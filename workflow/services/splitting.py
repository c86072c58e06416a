"""The voorstel that points of another one go on as, and the links as people see them."""

from workflow.domain.dossier import Dossier
from workflow.domain.errors import Conflict
from workflow.domain.ports import UnitOfWork
from workflow.engine.sheet_fields import read_kenmerk
from workflow.engine.splitting import born
from workflow.services.session import Session
from workflow.services.views import Json, words

SPLITS = "splits_af"


def new_voorstel(
    session: Session, uow: UnitOfWork, before: Dossier, after: Dossier, wanted: str | None
) -> Dossier:
    """What the split makes; Conflict when its kenmerk is taken, InvalidField when it is none."""
    kenmerk = read_kenmerk(wanted) if wanted else _next_kenmerk(uow, before.voorstel.kenmerk)
    if uow.dossier(kenmerk) is not None:
        raise Conflict(f"Kenmerk {kenmerk} bestaat al. Kies een ander.")
    return born(before, after, session.rules, kenmerk, session.today())


def _next_kenmerk(uow: UnitOfWork, kenmerk: str) -> str:
    """The first free number behind the kenmerk of the voorstel that was split: 24004592-2."""
    number = 2
    while uow.dossier(f"{kenmerk}-{number}") is not None:
        number += 1
    return f"{kenmerk}-{number}"


def linked(session: Session, dossier: Dossier) -> list[Json]:
    """The voorstellen that this one was split into, or from, with the points that went along."""
    links = dossier.voorstel.links or ()
    names = session.reader.named({one.voorstel_id for one in links})
    return [
        {
            "soort": one.kind,
            "kenmerk": names[one.voorstel_id][0],
            "onderwerp": names[one.voorstel_id][1],
            "beslispunten": list(one.punten),
            "reden": words(one.reason),
        }
        for one in links
    ]
