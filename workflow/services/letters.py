"""Letters that wait for their dossier: offered to a person, who says where they belong."""

import json
from dataclasses import replace

from workflow.domain.dossier import changes_between
from workflow.domain.errors import NotFound
from workflow.domain.permissions import Permission
from workflow.domain.ports import UnitOfWork
from workflow.domain.voorstel import Document
from workflow.services.drafts import draft
from workflow.services.intake_letters import newest_only, versions_of
from workflow.services.once import Answer, Request, once
from workflow.services.session import Session
from workflow.services.views import Json, iso, words


def waiting_letters(session: Session) -> list[Json]:
    """The letters that no dossier could be found for, each with what was read of it."""
    session.require(Permission.LEZEN, "Bekijk de bewaarde brieven")
    waiting = session.reader.loose_documents()
    several = {one.id for one in waiting if len(versions_of(one, waiting)) > 1}

    def when(one: Document) -> int:
        if one.id not in several:
            return 0
        return max(act.seq for act in session.reader.events(f"document/{one.id}"))

    return [_view(one) for one in newest_only(waiting, when)]


def _view(one: Document) -> Json:
    """A waiting letter; its subject is null when its words were erased."""
    content = words(one.content)
    brief = (json.loads(content).get("brief") if content else None) or {}
    return {
        "id": one.id,
        "bestand": words(one.filename),
        "kind": one.kind,
        "kenmerk": one.kenmerk,
        "zaaknummer": brief.get("zaaknummer"),
        "onderwerp": brief.get("onderwerp"),
        "gelezen_op": iso(one.read_on),
    }


def link_letter(
    session: Session, letter_id: str, kenmerk: str, *, command_id: str | None = None
) -> Answer:
    """Put a waiting letter in a dossier; NotFound when either is not there (any more)."""
    session.require(Permission.VOORSTEL_BEHEREN, "Voeg een brief bij een dossier")
    command_id = command_id or session.new_id()

    def attempt(uow: UnitOfWork) -> Answer:
        before = uow.dossier(kenmerk)
        if before is None:
            raise NotFound("Voorstel", kenmerk)
        waiting = uow.loose_documents()
        letter = next((one for one in waiting if one.id == letter_id), None)
        if letter is None:
            raise NotFound("Bewaarde brief", letter_id)
        letters = versions_of(letter, waiting)
        voorstel = replace(before.voorstel, version=before.voorstel.version + 1)
        placed = tuple(replace(one, voorstel_id=voorstel.id) for one in letters)
        changes = changes_between(
            replace(before, documents=letters),
            replace(before, voorstel=voorstel, documents=placed),
        )
        seq = uow.write(
            draft(
                session,
                "koppel_brief",
                f"voorstel/{voorstel.id}",
                changes,
                words=session.words(),
                command_id=command_id,
                state=voorstel.state,
                inputs={"document": letter.id, "sha256": letter.sha256},
            )
        )
        return Answer(
            kenmerk=kenmerk,
            from_state=voorstel.state,
            to_state=voorstel.state,
            event=seq,
            version=voorstel.version,
        )

    request = Request(kind="koppel_brief", inputs={"document": letter_id})
    return once(session, command_id, kenmerk, attempt, request=request)
