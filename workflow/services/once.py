"""Doing a thing once: in one transaction, again after a lost race, never twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workflow.domain.errors import Conflict, OutcomeUnknown, Surroundings
from workflow.domain.events import LostRace
from workflow.domain.ports import StoredAct, UnitOfWork
from workflow.services.session import Session

ATTEMPTS = 8  # how often an act that lost a race is tried again


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was done: from and to are states of the voorstel, `event` its seq."""

    kenmerk: str
    from_state: str | None
    to_state: str | None
    event: int
    version: int

    def as_json(self) -> dict[str, Any]:
        """The shape of `act --json`."""
        return {
            "kenmerk": self.kenmerk,
            "from": self.from_state,
            "to": self.to_state,
            "event": self.event,
            "version": self.version,
        }


def once(
    session: Session,
    command_id: str,
    kenmerk: str,
    attempt: Callable[[UnitOfWork], Answer],
    *,
    fresh: bool = False,
) -> Answer:
    """Run an attempt in its own transaction, again when it lost a race.

    `fresh`: the command id was made just now, so nothing can be stored under it yet.
    An error while committing means unknown, not failed: the command id is read
    again before answering. Raises Surroundings when nothing was stored, and
    OutcomeUnknown when even that cannot be read.
    """
    for turn in range(ATTEMPTS):
        try:
            with session.units() as uow:
                done = None if fresh and turn == 0 else uow.act_by_command(command_id)
                if done is not None:
                    _refuse_another(uow, kenmerk, done)
                    return answer_of(kenmerk, done)
                answer = attempt(uow)
                uow.commit()
                return answer
        except LostRace:
            continue
        except OutcomeUnknown as unknown:
            return _read_again(session, command_id, kenmerk, unknown)
    raise Conflict(
        "Anderen waren steeds eerder met hetzelfde. Er is niets opgeslagen; probeer het opnieuw."
    )


def _read_again(session: Session, command_id: str, kenmerk: str, unknown: OutcomeUnknown) -> Answer:
    """The answer of an act whose commit failed, when it was stored after all."""
    try:
        with session.units() as uow:
            done = uow.outcome_of(command_id)
    except Surroundings:
        raise unknown from None
    if done is None:
        raise Surroundings(unknown.why) from unknown
    return answer_of(kenmerk, done)


def _refuse_another(uow: UnitOfWork, kenmerk: str, done: StoredAct) -> None:
    """Conflict when the command id belongs to an act on something else than `kenmerk`."""
    owner = done.stream.partition("/")[2]
    names = {owner, done.body["inputs"].get("target", {}).get("afspraak")}
    for change in done.body["changes"]:
        if change["entity"] == "voorstel":
            names |= {fields.get("kenmerk") for fields in (change["was"] or {}, change["set"])}
    if not kenmerk or kenmerk in names:
        return
    dossier = uow.dossier_by_id(owner)
    if dossier is None or dossier.voorstel.kenmerk != kenmerk:
        raise Conflict(
            "Dit command-id is al gebruikt voor iets anders. Er is niets gedaan; "
            "geef elke opdracht een eigen command-id."
        )


def answer_of(kenmerk: str, done: StoredAct) -> Answer:
    """The answer that was given when this event was stored; it knows a kenmerk that it gave out."""
    changes = done.body["changes"]
    versions = [change["set"]["version"] for change in changes if "version" in change["set"]]
    given = [
        change["set"]["kenmerk"]
        for change in changes
        if change["entity"] == "voorstel" and "kenmerk" in change["set"]
    ]
    return Answer(
        kenmerk=given[0] if given else kenmerk,
        from_state=done.body["from"],
        to_state=done.body["to"],
        event=done.seq,
        version=versions[0] if versions else 0,
    )
