"""Doing a thing once: in one transaction, again after a lost race, never twice."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked under a command id, as far as its event can tell.

    `fields` and `points` are as typed, `target` has only what was named;
    `inputs` is what else stands in the event; `made` are fields of what it made.
    """

    kind: str  # the type of its event
    fields: Mapping[str, str] | None = None  # None: the event keeps none
    points: Mapping[str, str] = field(default_factory=dict)
    target: Mapping[str, str] = field(default_factory=dict)
    happened: dt.date | None = None
    remark: str | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)
    made: Mapping[str, Any] = field(default_factory=dict)


def once(
    session: Session,
    command_id: str,
    kenmerk: str,
    attempt: Callable[[UnitOfWork], Answer],
    *,
    request: Request,
    fresh: bool = False,
) -> Answer:
    """Run an attempt in its own transaction, again when it lost a race.

    `fresh`: the command id was made just now, so nothing can be stored under it yet.
    Raises Conflict when something else than `request` is stored under it.
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
                    _refuse_other_request(session, uow, request, done)
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
    return answer_of(kenmerk, stored_after_all(session, command_id, unknown))


def stored_after_all(session: Session, command_id: str, unknown: OutcomeUnknown) -> StoredAct:
    """The act whose commit failed, when it was stored nevertheless.

    Raises Surroundings when nothing was stored, and `unknown` again when even that
    cannot be read.
    """
    try:
        with session.units() as uow:
            done = uow.outcome_of(command_id)
    except Surroundings:
        raise unknown from None
    if done is None:
        raise Surroundings(unknown.why) from unknown
    return done


def _refuse_another(uow: UnitOfWork, kenmerk: str, done: StoredAct) -> None:
    """Conflict when the command id belongs to an act on something else than `kenmerk`."""
    owner = done.stream.partition("/")[2]
    names = {owner, done.body["inputs"].get("target", {}).get("afspraak")}
    for change in done.body["changes"]:
        if (change["entity"], change["id"]) == ("voorstel", owner):
            names |= {fields.get("kenmerk") for fields in (change["was"] or {}, change["set"])}
    if not kenmerk or kenmerk in names:
        return
    dossier = uow.dossier_by_id(owner)
    if dossier is None or dossier.voorstel.kenmerk != kenmerk:
        raise Conflict(
            "Dit command-id is al gebruikt voor iets anders. Er is niets gedaan; "
            "geef elke opdracht een eigen command-id."
        )


def _refuse_other_request(
    session: Session, uow: UnitOfWork, request: Request, done: StoredAct
) -> None:
    """Conflict when the command id belongs to another act, or to the same with other fields."""
    body = done.body
    acts = {**session.rules.meeting_acts, **session.rules.acts}
    known = acts.get(body["type"])
    label = known.act.naam if known else body["type"].replace("_", " ").capitalize()
    differs = "" if body["type"] != request.kind else ", met andere gegevens"
    if differs and _same(request, body, uow):
        return
    raise Conflict(
        f"Deze opdracht (command-id) is al uitgevoerd: ‘{label}’, nummer {done.seq} in de "
        f"geschiedenis{differs}. Er is nu niets gedaan. Kijk of dat klopt, en geef een nieuwe "
        "opdracht een eigen command-id.",
        {"event": done.seq, "action": body["type"]},
    )


def _same(request: Request, body: Mapping[str, Any], uow: UnitOfWork) -> bool:
    """What was asked is what the event says was asked; erased words count as the same."""
    inputs = body["inputs"]
    stored = inputs.get("fields", {})
    commitments = [one["commit"] for one in stored.values() if isinstance(one, dict)]
    texts = uow.texts([*commitments, *([body["remark"]] if body["remark"] else [])])

    def said(value: Any) -> Any:
        return texts.get(value["commit"]) if isinstance(value, dict) else value

    given = {name: text.strip() for name, text in (request.fields or {}).items() if text.strip()}
    if request.fields is not None and given.keys() != stored.keys():
        return False
    made = {name: value for one in body["changes"] for name, value in one["set"].items()}
    return (
        all(said(stored[name]) in (None, text) for name, text in given.items())
        and (request.remark is None) == (body["remark"] is None)
        and texts.get(body["remark"] or "") in (None, request.remark)
        and _codes(request.points) == _codes(inputs.get("points", {}))
        and request.happened in (None, _day(body["happened_on"]))
        and _within(request.target, inputs.get("target", {}))
        and _within(request.inputs, inputs)
        and _within(request.made, made)
    )


def _within(asked: Mapping[str, Any], stored: Mapping[str, Any]) -> bool:
    """Everything that was asked stands there."""
    return all(stored.get(name) == value for name, value in asked.items())


def _codes(points: Mapping[str, str]) -> dict[str, str]:
    """Conclusions per point, however they were typed."""
    short = {"gewijzigd": "gewijzigd_vastgesteld"}
    words = {
        number.strip().casefold(): re.sub(r"[\s-]+", "_", code.strip().casefold())
        for number, code in points.items()
    }
    return {number: short.get(code, code) for number, code in words.items()}


def _day(text: str | None) -> dt.date | None:
    """A day as an event writes it."""
    return dt.date.fromisoformat(text) if text else None


def answer_of(kenmerk: str, done: StoredAct) -> Answer:
    """The answer that was given when this event was stored; it knows a kenmerk that it gave out."""
    changes, owner = done.body["changes"], done.stream.partition("/")[2]
    versions = [change["set"]["version"] for change in changes if "version" in change["set"]]
    given = [
        change["set"]["kenmerk"]
        for change in changes
        if (change["entity"], change["id"]) == ("voorstel", owner) and "kenmerk" in change["set"]
    ]
    return Answer(
        kenmerk=given[0] if given else kenmerk,
        from_state=done.body["from"],
        to_state=done.body["to"],
        event=done.seq,
        version=versions[0] if versions else 0,
    )
