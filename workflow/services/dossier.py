"""Reading a dossier: as it is, as it was known, what can be done with it, how it came to be."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from workflow.domain.dossier import ENTITIES, Dossier
from workflow.domain.errors import InvalidField, NotFound
from workflow.domain.fields import from_fields
from workflow.domain.permissions import Permission
from workflow.domain.ports import StoredAct
from workflow.engine.choices import fields_view
from workflow.engine.decide import possibilities
from workflow.history.event import hash_text
from workflow.history.replay import Replay
from workflow.services.act import meetings_for
from workflow.services.concept import with_meetings_then
from workflow.services.four_eyes import FORCE, four_eyes_reason, role_reason
from workflow.services.past import events_about, stream_of
from workflow.services.sentences import deviations_in, sentences
from workflow.services.session import ZONE, Session
from workflow.services.splitting import linked
from workflow.services.views import Json, dossier_view, list_row
from workflow.services.views_raden import raad_view, with_last

_FORCE_FIELD: Json = {
    "name": FORCE,
    "type": "lange_tekst",
    "required": True,
    "choices": None,
    "label": "Reden om het zonder tweede persoon te doen",
    "hint": "Dit blijft zichtbaar in het dossier en in de geschiedenis.",
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def find(session: Session, kenmerk: str) -> Dossier:
    """The dossier with this kenmerk, with its texts; NotFound when there is none."""
    session.require(Permission.LEZEN, "Bekijk een dossier")
    dossier = session.reader.dossier(kenmerk)
    if dossier is None:
        raise NotFound("Voorstel", kenmerk)
    return dossier


def show(session: Session, kenmerk: str, *, as_of: str | None = None) -> Json:
    """`show --json`: now, or as it was known at a moment or at the end of a day.

    Its `as_of` is that day, or that moment in UTC. Raises NotFound for an unknown kenmerk,
    also when it was not known yet then.
    """
    if as_of is None:
        return _shown(session, find(session, kenmerk), None)
    moment = moment_of(as_of)
    shown = as_of if _DAY.fullmatch(as_of) else moment.isoformat().replace("+00:00", "Z")
    return _shown(session, known_at(session, kenmerk, moment), shown)


def _shown(session: Session, dossier: Dossier, as_of: str | None) -> Json:
    """The dossier, with the voorstellen that it is linked to."""
    view = dossier_view(dossier, session.rules, as_of)
    return {**view, "verbonden": linked(session, dossier)}


def moment_of(text: str) -> dt.datetime:
    """A moment with offset, or a date: the end of that day in Europe/Amsterdam; in UTC.

    Raises InvalidField for anything else.
    """
    try:
        if _DAY.fullmatch(text):
            day = dt.date.fromisoformat(text) + dt.timedelta(days=1)
            start = dt.datetime.combine(day, dt.time(), ZONE).astimezone(dt.UTC)
            return start - dt.timedelta(milliseconds=1)
        moment = dt.datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise InvalidField("as-of", f"‘{text[:40]}’ is geen datum of moment.") from None
    if moment.tzinfo is None:
        raise InvalidField("as-of", "een moment heeft een tijdzone nodig, bijvoorbeeld +02:00.")
    return moment.astimezone(dt.UTC)


def known_at(session: Session, kenmerk: str, moment: dt.datetime) -> Dossier:
    """The dossier as the events up to a moment say it was."""
    current = find(session, kenmerk)
    replay = Replay()
    for act in _events_about(session, current):
        if dt.datetime.fromisoformat(act.body["at"]) <= moment:
            replay.fold(act.seq, act.body["changes"])
    dossier = rebuilt(session, replay.rows, current.voorstel.id)
    if dossier is None:
        raise NotFound("Voorstel op dat moment", kenmerk)
    return with_meetings_then(session, dossier, moment)


def _events_about(session: Session, dossier: Dossier) -> list[StoredAct]:
    """The events that made this dossier: its own, and of others those that touched its parts."""
    own = events_about(session.reader, dossier.voorstel)
    streams = {f"document/{one.id}" for one in dossier.documents}
    for one in dossier.afspraken:
        other = session.reader.dossier(one.settled_by) if one.settled_by else None
        if other is not None:
            streams.add(f"voorstel/{other.voorstel.id}")
    found = {act.seq: act for stream in streams for act in session.reader.events(stream)}
    found |= {act.seq: act for act in own}
    return [found[seq] for seq in sorted(found)]


def rebuilt(
    session: Session, rows: dict[tuple[str, str], dict[str, Any]], voorstel_id: str
) -> Dossier | None:
    """A dossier from replayed rows, with the words that are still kept."""
    own = {key: fields for key, fields in rows.items() if _belongs(key, fields, voorstel_id)}
    texts = session.reader.texts(_commitments(list(own.values())))
    parts: dict[str, list[Any]] = {name: [] for name in ENTITIES}
    for (name, _), fields in own.items():
        parts[name].append(from_fields(ENTITIES[name], fields, texts))
    if not parts["voorstel"]:
        return None
    return Dossier(
        voorstel=parts["voorstel"][0],
        behandelingen=tuple(sorted(parts["behandeling"], key=lambda row: row.position)),
        raden=tuple(sorted(parts["raadsinformatie"], key=lambda one: (one.name, one.number))),
        afspraken=tuple(parts["afspraak"]),
        papers=tuple(sorted(parts["paper"], key=lambda one: (one.id, one.version))),
        documents=tuple(parts["document"]),
    )


def _belongs(key: tuple[str, str], fields: dict[str, Any], voorstel_id: str) -> bool:
    """A row is of this voorstel."""
    return fields.get("voorstel_id") == voorstel_id or key == ("voorstel", voorstel_id)


def _commitments(value: Any) -> set[str]:
    """All commitments in plain fields."""
    if isinstance(value, dict):
        if value.keys() == {"commit"}:
            return {value["commit"]}
        return set().union(*map(_commitments, value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*map(_commitments, value)) if value else set()
    return set()


def overview(
    session: Session,
    *,
    state: str | None = None,
    overleg: str | None = None,
    open_only: bool = False,
    search: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Json]:
    """The lines of `list --json`, newest first. InvalidField for an unknown overleg.

    `overleg` is a code, a name, or a soort: then all of that soort.
    """
    session.require(Permission.LEZEN, "Bekijk de voorstellen")
    rows = session.reader.voorstellen(
        state=state,
        overleg=_codes_of(session, overleg) if overleg else (),
        without=ended_states(session) if open_only else (),
        search=search,
        limit=limit,
        offset=offset,
    )
    return [list_row(session.rules, row) for row in rows]


def _codes_of(session: Session, overleg: str) -> tuple[str, ...]:
    """The overleg with this code or name, or all of this soort; InvalidField for neither."""
    of_soort = [
        one.code for one in session.rules.overleggen.values() if one.soort == overleg.upper()
    ]
    return tuple(of_soort) or tuple(one.code for one in session.rules.resolve_overleg(overleg))


def ended_states(session: Session) -> tuple[str, ...]:
    """The states in which a voorstel has ended."""
    return session.rules.end_states


def with_meetings(session: Session, dossier: Dossier) -> Dossier:
    """The dossier with the meetings that its open rows are about."""
    ids = meetings_for(dossier)
    days = [row.date for row in dossier.open_rows() if row.date]
    known = session.reader.vergaderingen(first=min(days), last=max(days)) if days else ()
    return replace(dossier, vergaderingen=tuple(one for one in known if one.id in ids))


def actions(session: Session, kenmerk: str) -> Json:
    """`actions --json`: every act that the state knows, permitted or why not."""
    dossier = with_meetings(session, find(session, kenmerk))
    found: list[Json] = []
    for possible in possibilities(dossier, session.rules, today=session.today()):
        attempt = possible.attempt
        reasons = list(possible.reasons)
        if not session.actor.may(Permission(attempt.act.recht)):
            reasons.append(f"Daarvoor is het recht ‘{attempt.act.recht}’ nodig.")
        if role := role_reason(session, attempt.act):
            reasons.append(f"Daarvoor is de rol ‘{role}’ nodig.")
        row = attempt.row.id if attempt.row else None
        twice = four_eyes_reason(session, attempt.act, dossier, row)
        if twice:
            reasons.append(twice)
        target = {
            "behandeling": attempt.row.id if attempt.row else None,
            "gemeente": attempt.raad.name if attempt.raad else None,
            "ronde": attempt.raad.number if attempt.raad else None,
            "afspraak": attempt.afspraak.id if attempt.afspraak else None,
        }
        found.append(
            {
                "action": attempt.act.handeling,
                "label": attempt.act.naam,
                "permitted": not reasons,
                "reasons": reasons,
                "target": target,
                "fields": fields_view(attempt) + ([_FORCE_FIELD] if twice else []),
            }
        )
    return {"kenmerk": kenmerk, "state": dossier.voorstel.state, "actions": found}


def history(session: Session, kenmerk: str) -> list[Json]:
    """The events of `history --json`, oldest first, each with its Dutch sentence."""
    session.require(Permission.LEZEN, "Bekijk de geschiedenis")
    past = session.reader.past(kenmerk)
    if past is None:
        raise NotFound("Voorstel", kenmerk)
    dossier, own = past
    acts = events_about(session.reader, dossier.voorstel, own)
    texts = session.reader.texts(_commitments_of(acts))
    told = sentences(session.rules, acts, dossier, texts)
    own_stream = stream_of(dossier.voorstel)
    return [
        event_view(act, texts, sentence, own_stream)
        for act, sentence in zip(acts, told, strict=True)
    ]


def _commitments_of(acts: Any) -> set[str]:
    """The commitments in the heads of events."""
    names = ("actor", "on_behalf_of", "remark")
    return {act.body[name] for act in acts for name in names if act.body[name]}


def event_view(act: StoredAct, texts: Any, sentence: str, own_stream: str) -> Json:
    """One event of `history --json`; one of another stream has no number in this dossier."""
    body = act.body
    return {
        "seq": act.seq,
        "dossier_seq": body["stream_seq"] if act.stream == own_stream else None,
        "stream": act.stream,
        "type": body["type"],
        "at": body["at"],
        "recorded_at": body["recorded_at"],
        "happened_on": body["happened_on"],
        "basis": body["basis"],
        "actor": texts.get(body["actor"]),
        "actor_unverified": body["actor_unverified"],
        "on_behalf_of": texts.get(body["on_behalf_of"]) if body["on_behalf_of"] else None,
        "from": body["from"],
        "to": body["to"],
        "remark": texts.get(body["remark"]) if body["remark"] else None,
        "rehearsal": body["rehearsal"],
        "corrects": body["corrects"],
        "definition_digest": body["definition"],
        "leaf_hash": hash_text(act.leaf_hash),
        "data": {**body["inputs"], "changes": body["changes"]},
        "sentence": sentence,
        "afwijkingen": deviations_in(body),
    }


def council(session: Session, kenmerk: str | None = None) -> list[Json]:
    """The rows of `council --json`, of one dossier or of all; NotFound for an unknown one."""
    session.require(Permission.LEZEN, "Bekijk de gemeenteraden")
    if kenmerk is not None:
        find(session, kenmerk)
    rows = [
        {
            "kenmerk": row["kenmerk"],
            "onderwerp": row["subject"],
            **raad_view(row, session.rules),
        }
        for row in session.reader.raden(kenmerk)
    ]
    return with_last(rows)
