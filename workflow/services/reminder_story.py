"""Of one dossier: who was told what and when, what comes next, and why not."""

import datetime as dt

from workflow.domain.permissions import Permission
from workflow.domain.reminder_facts import Fact
from workflow.domain.reminder_why_not import why_not
from workflow.domain.reminders import PLANNED, SKIPPED, due_between
from workflow.services.dossier import find
from workflow.services.facts import facts_of
from workflow.services.reminder import Post, around_of
from workflow.services.reminder_mail import mail_view
from workflow.services.session import Session
from workflow.services.views import Json

AHEAD = dt.timedelta(days=3 * 366)  # the farthest window of an afspraak that is of use here
_FOLDED = {"sent": "sent", "failed": "questions", "unsure": "questions", "cancelled": "cancelled"}


def told(session: Session, post: Post, kenmerk: str) -> Json:
    """All mail about one dossier: what left, what waits, what will follow, and why not.

    {"kenmerk", "sent", "questions" (unsure or failed), "planned" (queued too), "skipped" (never
    left, with the reason), "cancelled", "not_now": for each rule without a line ahead, the
    reason}. Lines are those of `reminders log`. NotFound when there is no such voorstel.
    """
    session.require(Permission.LEZEN, "Bekijk de herinneringen")
    dossier = find(session, kenmerk)
    around, today = around_of(session, post), session.today()
    facts: list[Fact] = list(facts_of(dossier, around))
    ahead = due_between(
        session.rules.reminders,
        facts,
        around.calendar,
        today,
        today + AHEAD,
        office=around.office,
    )
    lines: dict[str, list[Json]] = {
        name: [] for name in ("sent", "questions", "planned", "skipped", "cancelled")
    }
    logged = [mail_view(one) for one in post.outbox.mails(kenmerk=kenmerk)]
    known = {row["key"] for row in logged}
    for row in (*logged, *(one.as_json() for one in ahead if one.key not in known)):
        lines[_place(row["status"])].append(row)
    speaking = {row["rule"] for row in lines["planned"]}
    silent = (rule for rule in session.rules.reminders if rule.name not in speaking)
    return {
        "kenmerk": kenmerk,
        **lines,
        "not_now": [
            {"rule": rule.name, "title": rule.title, "why": why_not(rule, facts)} for rule in silent
        ],
    }


def _place(status: str) -> str:
    """Under which heading a line stands."""
    if status == SKIPPED:
        return "skipped"
    return _FOLDED.get(status, PLANNED)
