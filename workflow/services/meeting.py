"""Vergaderingen: their points, and whether they were held."""

import datetime as dt
from collections.abc import Mapping

from workflow.domain.deadlines import papers_due
from workflow.domain.dossier import Change, changes_between
from workflow.domain.errors import NotFound, Stale
from workflow.domain.overleg import Vergadering
from workflow.domain.permissions import Permission
from workflow.domain.ports import UnitOfWork
from workflow.engine.cancelled import stream_of, without_meeting
from workflow.engine.decide import Asked
from workflow.engine.holder import decide_meeting
from workflow.engine.rules import Rules
from workflow.engine.terms import calendar
from workflow.services.drafts import draft
from workflow.services.once import Answer, Request, once
from workflow.services.session import Session, checked_remark
from workflow.services.views import Json, iso

CANCELS, CANCELLED = "gelast_af", "afgelast"


def meetings(
    session: Session, *, first: dt.date | None = None, last: dt.date | None = None
) -> list[Json]:
    """The meetings that are known here and those of the calendar, by date, with their points."""
    session.require(Permission.LEZEN, "Bekijk de vergaderingen")
    stored = {one.id: one for one in session.reader.vergaderingen(first=first, last=last)}
    found = {**_of_calendar(session.rules, first, last), **stored}
    ordered = sorted(found.values(), key=lambda one: (one.date, one.overleg_code))
    points = session.reader.points(set(stored))
    return [meeting_view(session, one, points.get(one.id, ())) for one in ordered]


def _of_calendar(
    rules: Rules, first: dt.date | None, last: dt.date | None
) -> dict[str, Vergadering]:
    """The meetings that the calendar of the definitions knows."""
    known = (
        Vergadering(
            id=f"{one.overleg}-{one.datum.isoformat()}", overleg_code=one.overleg, date=one.datum
        )
        for one in rules.definities.kalender.vergaderingen
        if (first is None or one.datum >= first) and (last is None or one.datum <= last)
    )
    return {one.id: one for one in known}


def find_meeting(session: Session, meeting_id: str) -> Vergadering:
    """A meeting by its id; NotFound when neither register nor calendar knows it."""
    stored = {one.id: one for one in session.reader.vergaderingen()}
    found = stored.get(meeting_id) or _of_calendar(session.rules, None, None).get(meeting_id)
    if found is None:
        raise NotFound("Vergadering", meeting_id)
    return found


def show_meeting(session: Session, meeting_id: str) -> Json:
    """One meeting with its points."""
    session.require(Permission.LEZEN, "Bekijk een vergadering")
    found = find_meeting(session, meeting_id)
    points = session.reader.points({meeting_id})
    return meeting_view(session, found, points.get(meeting_id, ()))


def _left_without(uow: UnitOfWork, meeting: Vergadering) -> tuple[Change, ...]:
    """What the cancelling of a meeting changes in the dossiers that had a point there."""
    return tuple(
        change
        for before in uow.dossiers_at(meeting)
        for change in changes_between(before, without_meeting(before, meeting))
    )


def meeting_view(session: Session, one: Vergadering, points: object) -> Json:
    """A meeting as JSON: agenda, state, and until when papers may arrive."""
    rules = session.rules
    overleg = rules.overleggen.get(one.overleg_code)
    rows = points if isinstance(points, list | tuple) else ()
    return {
        "id": one.id,
        "overleg": overleg.naam if overleg else one.overleg_code,
        "overleg_code": one.overleg_code,
        "datum": iso(one.date),
        "state": one.state,
        "state_label": rules.state_label("vergadering", one.state),
        "version": one.version,
        "papers_due": iso(deadline_of(rules, one)),
        "papers_hour": overleg.aanleveren.uur if overleg and overleg.aanleveren else None,
        "punten": [
            {
                "nummer": number,
                "kenmerk": row["kenmerk"],
                "onderwerp": row["subject"],
                "doel": row["doel"],
                "behandeling": row["id"],
                "state": row["state"],
                "conclusie": row["conclusie_code"],
            }
            for number, row in enumerate(rows, start=1)
        ],
        "afgevoerd": _taken_off(session, one) if one.state == CANCELLED else [],
    }


def _taken_off(session: Session, one: Vergadering) -> list[Json]:
    """The points that a cancelled meeting had: they wait for another day."""
    act = session.reader.last_event(stream_of(one.id))
    rows = [
        change["id"].split("/")
        for change in (act.body["changes"] if act else ())
        if change["entity"] == "behandeling"
    ]
    names = session.reader.named({voorstel_id for voorstel_id, _ in rows})
    return [
        {"kenmerk": kenmerk, "onderwerp": subject, "behandeling": row_id}
        for voorstel_id, row_id in rows
        for kenmerk, subject in (names[voorstel_id],)
    ]


def deadline_of(rules: Rules, one: Vergadering) -> dt.date | None:
    """The last day on which papers for a meeting may arrive; None: its scheme does not say."""
    overleg = rules.overleggen.get(one.overleg_code)
    if overleg is None or overleg.aanleveren is None:
        return None
    closed = calendar(rules.definities).closed
    return papers_due(one.date, working_days=overleg.aanleveren.werkdagen, closed=closed)


def act_on_meeting(
    session: Session,
    meeting_id: str,
    action: str,
    *,
    fields: Mapping[str, str],
    happened: dt.date | None = None,
    remark: str | None = None,
    seen_version: int | None = None,
    command_id: str | None = None,
) -> Json:
    """Do an act on a meeting: {"id", "from", "to", "event", "version"}.

    A meeting that only the calendar knows is stored by its first act. Raises
    NotFound, TransitionRefused, InvalidField or Stale.
    """
    known = find_meeting(session, meeting_id)
    act = session.rules.meeting_acts.get(action)
    if act is None:
        raise NotFound("Handeling", action, tuple(session.rules.meeting_acts))
    session.require(Permission(act.act.recht), act.act.naam)
    told = checked_remark(remark or fields.get("reden"))
    asked = Asked(action=action, fields=fields, happened=happened, remark=told)

    request = Request(kind=action, remark=told)
    answer = once(
        session,
        command_id or session.new_id(),
        meeting_id,
        lambda uow: _attempt(session, uow, known, asked, seen_version, command_id),
        request=request,
    ).as_json()
    return {"id": answer.pop("kenmerk"), **answer}


def _attempt(
    session: Session,
    uow: UnitOfWork,
    known: Vergadering,
    asked: Asked,
    seen_version: int | None,
    command_id: str | None,
) -> Answer:
    """One try, on what is true now; a cancelled meeting takes its points off with it."""
    if asked.action == CANCELS:
        uow.dossiers_at(known)  # before the meeting itself: in that order every act locks them
    stored = next(iter(uow.vergaderingen([known.id])), None)
    before = stored or known
    if seen_version is not None and seen_version != before.version:
        raise Stale(known.id, seen_version, before.version, what="Vergadering")
    words = session.words()
    after, _ = decide_meeting(asked, before, session.rules, today=session.today(), keep=words.keep)
    moved = _left_without(uow, after) if after.state == CANCELLED else ()
    seq = uow.write(
        draft(
            session,
            asked.action,
            stream_of(known.id),
            (Change(before=stored, after=after), *moved),
            words=words,
            command_id=command_id,
            state=after.state,
            from_state=before.state,
            happened_on=asked.happened,
            remark=asked.remark,
        )
    )
    return Answer(
        kenmerk=known.id,
        from_state=before.state,
        to_state=after.state,
        event=seq,
        version=after.version,
    )
