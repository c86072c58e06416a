"""One act on a dossier: permission, decision, one transaction; done once, also when asked twice."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Change, Dossier, changes_between
from workflow.domain.errors import Conflict, InvalidField, NotFound, Stale
from workflow.domain.events import EventDraft, OutboxMail
from workflow.domain.overleg import vergadering_id
from workflow.domain.permissions import Permission
from workflow.domain.ports import UnitOfWork
from workflow.engine.decide import Asked, Decision, decide, known_act
from workflow.engine.effects import CORRECTION
from workflow.engine.effects_afspraak import about_standing, recognises
from workflow.engine.holder import decide_afspraak
from workflow.engine.inputs import read_day
from workflow.engine.rules import KnownAct, Rules
from workflow.services.correction import correct
from workflow.services.four_eyes import (
    FORCE,
    check_four_eyes,
    require_role,
    with_deviation,
)
from workflow.services.kept_routes import knowing
from workflow.services.notices import notices_after
from workflow.services.once import Answer, Request, once
from workflow.services.sentences import last_change
from workflow.services.session import Session, Words, checked_remark
from workflow.services.splitting import SPLITS, new_voorstel

CONCLUDES, SETTLES, OFFERS = "leg_conclusie_vast", "doe_af", "bied_aan"
OBJECTS = "maak_bezwaar"
TAKES_DOWN = ("maak_afspraak", "neem_toezegging_over")  # under the next number of the voorstel
_PERSONAL = frozenset({"tekst", "toelichting", "contactpersoon", FORCE})  # also in a correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a person asks of a dossier. `seen_version` None: the current one."""

    kenmerk: str
    action: str
    behandeling: str | None = None
    gemeente: str | None = None
    afspraak: str | None = None
    points: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    happened: dt.date | None = None
    remark: str | None = None
    seen_version: int | None = None
    command_id: str | None = None


def perform(session: Session, act: Act) -> Answer:
    """Do an act once and say what came of it.

    Raises NotFound, NotPermitted, InvalidField, TransitionRefused, Stale,
    Conflict or Surroundings, each with its Dutch reason; then nothing was stored.
    A repeated command id is answered as the first time.
    """
    known = known_act(session.rules, act.action)
    session.require(Permission(known.act.recht), known.act.naam)
    require_role(session, known.act)
    command_id = act.command_id or session.new_id()
    fresh = act.command_id is None
    act = replace(
        act,
        remark=checked_remark(act.remark),
        command_id=command_id,
        fields={name: value for name, value in act.fields.items() if name != "afspraak"},
        afspraak=act.afspraak or act.fields.get("afspraak"),
    )
    return once(
        session,
        command_id,
        act.kenmerk,
        lambda uow: _attempt(session, act, known, uow),
        request=_request(session.rules, act),
        fresh=fresh,
    )


def _request(rules: Rules, act: Act) -> Request:
    """The act as a repeated command id is compared with it."""
    named = {"behandeling": act.behandeling, "afspraak": act.afspraak}
    if act.gemeente:
        named["gemeente"] = _code_of(rules, act.gemeente)
    return Request(
        kind=act.action,
        fields=act.fields,
        points=act.points,
        target={name: value for name, value in named.items() if value},
        happened=act.happened,
        remark=act.remark,
    )


def _code_of(rules: Rules, gemeente: str) -> str:
    """The code of a gemeente as events write it; what was typed when nobody knows it."""
    try:
        return rules.resolve_gemeente(gemeente).code
    except InvalidField:
        return gemeente


def _attempt(session: Session, act: Act, known: KnownAct, uow: UnitOfWork) -> Answer:
    """One try, on what is true now."""
    before = uow.dossier(act.kenmerk)
    if before is None:
        return _owed_alone(session, act, known, uow)
    voorstel = before.voorstel
    session = knowing(session, voorstel)
    if act.seen_version is not None and act.seen_version != voorstel.version:
        change = last_change(session, before)
        raise Stale(act.kenmerk, act.seen_version, voorstel.version, change)
    before = replace(
        before,
        vergaderingen=uow.vergaderingen(meetings_for(before, act)),
        afspraken=_afspraken_for(uow, before, known, session.rules),
        papers=uow.papers(voorstel.id) if known.act.handeling in (OFFERS, SPLITS) else (),
    )
    words = session.words()
    if act.action == CORRECTION:
        before, decision = correct(session, uow, asked_of(act), before, words)
        return store(session, uow, act, before, decision, words)
    if known.act.handeling == SETTLES:
        if done := _settled_before(session, act, before):
            return done
        act = replace(act, afspraak=act.afspraak or _meant_by(session.rules, uow, act, before))
    decision = decide(
        asked_of(act, session.new_id() if act.action == SPLITS else ""),
        before,
        session.rules,
        today=session.today(),
        keep=words.keep,
        settling=settling_rows(uow, act),
    )
    session.require(Permission(decision.act.recht), decision.act.naam)
    require_role(session, decision.act)
    target = decision.row.id if decision.row else None
    forced = check_four_eyes(session, decision.act, before, target, act.fields)
    if forced:
        kept = with_deviation(decision.after, decision.act, session.today(), words.keep(forced))
        decision = replace(decision, after=kept)
    made = None
    if act.action == SPLITS:
        made = new_voorstel(session, uow, before, decision.after, decision.inputs.text("kenmerk"))
    return store(session, uow, act, before, decision, words, made)


def _settled_before(session: Session, act: Act, dossier: Dossier) -> Answer | None:
    """An afspraak that this same voorstel settled already is answered, not refused."""
    door = act.fields.get("door")
    for one in dossier.afspraken:
        if door and one.settled_by == door and act.afspraak in (None, one.id):
            done = session.reader.event_that_settled(one.id)
            if done is not None:
                state, version = dossier.voorstel.state, dossier.voorstel.version
                return Answer(
                    kenmerk=act.kenmerk,
                    from_state=state,
                    to_state=state,
                    event=done,
                    version=version,
                )
    return None


def _meant_by(rules: Rules, uow: UnitOfWork, act: Act, dossier: Dossier) -> str | None:
    """The one open afspraak that the voorstel named by `door` is about; None: not known."""
    other = uow.dossier(act.fields.get("door", ""))
    if other is None:
        return None
    machine = rules.fixed("afspraak")
    found = [
        one.id
        for one in dossier.afspraken
        if machine.allows(one.state, act.action)
        and (rule := rules.owed.get(one.rule or ""))
        and recognises(rule.afgedaan_door, other.voorstel.subject)
    ]
    return found[0] if len(found) == 1 else None


def _owed_alone(session: Session, act: Act, known: KnownAct, uow: UnitOfWork) -> Answer:
    """An act on an afspraak by its own id; NotFound when there is neither voorstel nor afspraak."""
    stored = uow.afspraak(act.kenmerk) if known.machine == "afspraak" else None
    if stored and stored.voorstel_id:
        source = uow.dossier_by_id(stored.voorstel_id)
        if source is not None:
            own = replace(act, kenmerk=source.voorstel.kenmerk, afspraak=stored.id)
            return _attempt(session, own, known, uow)
    by_itself = session.rules.standing.get(act.kenmerk)
    one = stored or (by_itself.owed if by_itself else None)
    if one is None or known.machine != "afspraak":
        raise NotFound("Voorstel", act.kenmerk)
    if act.seen_version is not None and act.seen_version != one.version:
        raise Stale(one.id, act.seen_version, one.version, what="Afspraak")
    words = session.words()
    after, decision = decide_afspraak(
        asked_of(act),
        one,
        session.rules,
        today=session.today(),
        keep=words.keep,
        settling=settling_rows(uow, act),
    )
    draft = replace(
        draft_of(session, act, decision.after, decision.after, decision, words),
        stream=f"afspraak/{one.id}",
        from_state=one.state,
        to_state=after.state,
        changes=(Change(before=stored, after=after),),
    )
    return Answer(
        kenmerk=act.kenmerk,
        from_state=one.state,
        to_state=after.state,
        event=uow.write(draft),
        version=after.version,
    )


def asked_of(act: Act, new_id: str = "") -> Asked:
    """The act as the engine knows it."""
    return Asked(
        action=act.action,
        behandeling=act.behandeling,
        gemeente=act.gemeente,
        afspraak=act.afspraak,
        points=act.points,
        fields={name: value for name, value in act.fields.items() if name != FORCE},
        happened=act.happened,
        remark=act.remark,
        new_id=new_id,
    )


def settling_rows(uow: UnitOfWork, act: Act) -> tuple[Behandeling, ...] | None:
    """The rows of the voorstel that `door` names; None when it names a document.

    Raises NotFound for a number that is no kenmerk here.
    """
    door = act.fields.get("door")
    other = uow.dossier(door) if door and door != act.kenmerk else None
    if other is None and door and door.strip().isdigit():
        raise NotFound("Voorstel", door)  # a number is a kenmerk, not the name of a document
    return other.behandelingen if other else None


def meetings_for(dossier: Dossier, act: Act | None = None) -> set[str]:
    """The ids of the meetings that an act on this dossier may be about."""
    ids = {row.vergadering for row in dossier.open_rows() if row.vergadering}
    days = {act.happened} if act and act.happened else set()
    raw = act.fields.get("datum") if act else None
    if raw and act and act.action == "agendeer":
        days.add(read_day("datum", raw.strip()))
    if act and act.fields.get("vergadering"):
        ids.add(act.fields["vergadering"])
    for row in dossier.open_rows():
        for code in row.overleg_codes[:1]:
            ids |= {vergadering_id(code, day) for day in {row.date, *days} if day}
    return ids


def _afspraken_for(
    uow: UnitOfWork, dossier: Dossier, known: KnownAct, rules: Rules
) -> tuple[Any, ...]:
    """Its own afspraken, and for a conclusion those of others that it may settle."""
    voorstel = dossier.voorstel
    if known.machine == "afspraak" or known.act.handeling in TAKES_DOWN:
        return uow.afspraken(voorstel.id)
    if known.act.handeling not in (CONCLUDES, OBJECTS):
        return ()
    owed = [
        code for code, one in rules.owed.items() if recognises(one.afgedaan_door, voorstel.subject)
    ]
    by_themselves = [one.owed.id for one in about_standing(rules, voorstel)]
    return uow.afspraken(voorstel.id, ids=by_themselves, rules=owed)


def store(
    session: Session,
    uow: UnitOfWork,
    act: Act,
    before: Dossier,
    decision: Decision,
    words: Words,
    made: Dossier | None = None,
) -> Answer:
    """Write the decision: state, event, tree and outbox. The caller commits.

    `made` is another voorstel that came of it, in the same event.
    """
    kenmerk = decision.after.voorstel.kenmerk
    if kenmerk != before.voorstel.kenmerk and uow.dossier(kenmerk) is not None:
        raise Conflict(f"Kenmerk {kenmerk} is al van een ander voorstel.")
    voorstel = replace(decision.after.voorstel, version=before.voorstel.version + 1)
    if voorstel.state != before.voorstel.state:
        voorstel = replace(voorstel, state_since=session.today())
    after = replace(decision.after, voorstel=voorstel)
    draft = draft_of(session, act, before, after, decision, words)
    if made is not None:
        draft = _with_made(draft, made, before)
    seq = uow.write(draft, _notices(session, uow, act, after, decision))
    return Answer(
        kenmerk=kenmerk,
        from_state=before.voorstel.state,
        to_state=voorstel.state,
        event=seq,
        version=voorstel.version,
    )


def _with_made(draft: EventDraft, made: Dossier, before: Dossier) -> EventDraft:
    """The event that made another voorstel too, and names both."""
    both = {"voorstel": made.voorstel.kenmerk, "bron": before.voorstel.kenmerk}
    target = {**draft.inputs["target"], **both}
    return replace(
        draft,
        inputs={**draft.inputs, "target": target},
        changes=(*draft.changes, *changes_between(None, made)),
    )


def _notices(
    session: Session, uow: UnitOfWork, act: Act, after: Dossier, decision: Decision
) -> tuple[OutboxMail, ...]:
    """The mails that tell of a conclusie, recorded or corrected here."""
    if decision.row is None or act.action not in (CONCLUDES, CORRECTION):
        return ()
    return notices_after(session, uow, after, decision.row.id)


def draft_of(
    session: Session,
    act: Act,
    before: Dossier,
    after: Dossier,
    decision: Decision,
    words: Words,
) -> EventDraft:
    """The event of an act, with all that follows from it."""
    actor = session.actor_text(words)
    remark = words.keep(act.remark) if act.remark else None
    inputs = _inputs_of(act, decision, words)
    return EventDraft(
        stream=f"voorstel/{before.voorstel.id}",
        type=act.action,
        at=session.now(),
        recorded_at=session.clock(),
        rehearsal=session.rehearsal,
        actor=actor,
        actor_unverified=session.actor.unverified,
        happened_on=act.happened or _day_of(decision, after) or session.today(),
        basis="vergadering" if act.action == CONCLUDES else None,
        from_state=before.voorstel.state,
        to_state=after.voorstel.state,
        remark=remark,
        command_id=act.command_id,
        definition=session.rules.digest,
        corrects=decision.inputs.number("event"),
        inputs=inputs,
        changes=changes_between(before, after),
        texts=tuple(words.new),
    )


def _inputs_of(act: Act, decision: Decision, words: Words) -> dict[str, Any]:
    """The fields as given; long texts are words of persons, but the text of a beslispunt is not."""
    personal = _PERSONAL | {
        field.veld for field in decision.act.velden if field.soort == "lange_tekst"
    }
    given: dict[str, Any] = {
        name: {"commit": words.keep(value.strip()).commitment}
        if name in personal or _holds_words(name, value, decision)
        else value.strip()
        for name, value in act.fields.items()
        if value.strip()
    }
    target = {
        "behandeling": decision.row.id if decision.row else None,
        "gemeente": decision.raad.gemeente if decision.raad else None,
        "afspraak": decision.afspraak.id if decision.afspraak else None,
    }
    points = {number: code.value for number, code in decision.inputs.points.items()}
    return {
        "fields": given,
        "target": {name: value for name, value in target.items() if value},
        "points": points,
    }


def _holds_words(name: str, value: str, decision: Decision) -> bool:
    """A position with the words of a person behind it."""
    stems = [field.veld for field in decision.act.velden if field.per_gemeente]
    return ":" in value and name.partition("_")[0] in stems


def _day_of(decision: Decision, after: Dossier) -> dt.date | None:
    """The day that the act was about, when a field or its row says so."""
    if decision.act.handeling == CONCLUDES and decision.row:
        row = after.behandeling(decision.row.id)
        return row.happened_on if row else None
    if decision.raad or decision.afspraak:
        return decision.inputs.day("datum")
    return None
