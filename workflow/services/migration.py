"""Running cases to another version of their route: previewed, each in its own transaction."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workflow.domain.definitions import CaseOnRoute
from workflow.domain.dossier import changes_between
from workflow.domain.errors import Conflict, MissingField, NotFound, Stale, TransitionRefused
from workflow.domain.permissions import Permission
from workflow.domain.ports import UnitOfWork
from workflow.engine.migration import MIGRATION, Move
from workflow.services.drafts import draft
from workflow.services.kept_routes import keep_used
from workflow.services.migration_plan import (
    Json,
    Migration,
    Outcome,
    earlier_migration,
    move_of,
    outcome_of,
    outcomes,
    plan_for,
)
from workflow.services.once import Answer, Request, once
from workflow.services.session import Session, checked_remark

LABEL = "Migreer voorstellen"
Progress = Callable[[int, int], None]  # done so far, and in all


def no_progress(_done: int, _all: int) -> None:
    """For who does not watch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """All running cases of a version, each with what would happen or has happened to it."""

    asked: Migration
    outcomes: tuple[Outcome, ...]
    done: bool  # False: a preview

    @property
    def possible(self) -> int:
        """How many can, or have."""
        return sum(one.possible for one in self.outcomes)

    @property
    def seen(self) -> str:
        """A mark of what a preview showed: it changes when a case or its verdict does."""
        shown = [(one.case.kenmerk, one.case.version, one.possible) for one in self.outcomes]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]

    def as_json(self) -> Json:
        """The shape of `definitions migrate --json`."""
        asked = self.asked
        return {
            "route": asked.route,
            "from": asked.old,
            "to": asked.new,
            "map": dict(asked.mapping),
            "dry_run": not self.done,
            "voorstellen": [one.as_json(done=self.done) for one in self.outcomes],
            "totals": {
                "gemigreerd" if self.done else "kan": self.possible,
                "niet_gemigreerd" if self.done else "kan_niet": len(self.outcomes) - self.possible,
            },
        }


def preview(session: Session, asked: Migration, progress: Progress = no_progress) -> Migrated:
    """What would happen to each running case of the old version. Writes nothing.

    Raises NotPermitted, NotFound for an unknown version, InvalidField for a mapping that
    cannot be.
    """
    session.require(Permission.DEFINITIES_BEHEREN, LABEL)
    move = move_of(session.rules, asked)
    found = outcomes(session.reader, session.rules, asked, move, cases_of(session, asked), progress)
    return Migrated(asked=asked, outcomes=tuple(found), done=False)


def migrate(
    session: Session, asked: Migration, *, seen: str | None = None, progress: Progress = no_progress
) -> Migrated:
    """Move every running case that can, and say of the others why not.

    Each case is a transaction and an event of its own: after a kill, asking again does the
    rest. `seen` is the mark of the preview that was confirmed; Conflict when it would look
    different now. Raises MissingField without a reason, and as `preview`.
    """
    session.require(Permission.DEFINITIES_BEHEREN, LABEL)
    asked = replace(asked, reason=checked_remark(asked.reason))
    if not asked.reason:
        raise MissingField("reason", "De reden")
    move = move_of(session.rules, asked)
    if seen is not None and preview(session, asked).seen != seen:
        raise Conflict(
            "Er is intussen aan deze voorstellen gewerkt. Er is niets gemigreerd; "
            "bekijk de lijst opnieuw."
        )
    cases = cases_of(session, asked)
    found: list[Outcome] = []
    for done, case in enumerate(cases, start=1):
        found.append(_migrate_one(session, asked, move, case))
        progress(done, len(cases))
    return Migrated(asked=asked, outcomes=tuple(found), done=True)


def cases_of(session: Session, asked: Migration) -> Sequence[CaseOnRoute]:
    """The running cases on the old version; what has ended stays what it was."""
    return session.reader.cases_on(asked.route, asked.old, ended=session.rules.end_states)


def _migrate_one(session: Session, asked: Migration, move: Move, case: CaseOnRoute) -> Outcome:
    """One case in its own transaction; a refusal of this case is an outcome, not an error."""
    made: list[Outcome] = []
    command_id = session.new_id()

    def attempt(uow: UnitOfWork) -> Answer:
        outcome, answer = _attempt(session, asked, move, case, uow, command_id)
        made[:] = [outcome]
        return answer

    try:
        answer = once(
            session,
            command_id,
            case.kenmerk,
            attempt,
            request=Request(kind=MIGRATION),
            fresh=True,
        )
    except TransitionRefused as refused:
        return Outcome(case=case, reasons=(refused.reason,))
    except (Stale, NotFound, Conflict) as refused:
        return Outcome(case=case, reasons=(str(refused),))
    return replace(made[0], event=answer.event)


def _attempt(
    session: Session,
    asked: Migration,
    move: Move,
    case: CaseOnRoute,
    uow: UnitOfWork,
    command_id: str,
) -> tuple[Outcome, Answer]:
    """One try, on what is true now."""
    before = uow.dossier(case.kenmerk)
    if before is None:
        raise NotFound("Voorstel", case.kenmerk)
    if before.voorstel.route_version != asked.old:
        there = f"Het staat intussen op versie {before.voorstel.route_version}."
        raise TransitionRefused(case.kenmerk, LABEL, there)
    if before.voorstel.version != case.version:
        raise Stale(case.kenmerk, case.version, before.voorstel.version)
    words = session.words()
    reason = words.keep(asked.reason or "")
    earlier = earlier_migration(session.reader, before, asked)
    plan = plan_for(before, move, session.rules, reason, earlier)
    if plan.after is None:
        raise TransitionRefused(case.kenmerk, LABEL, " ".join(plan.reasons))
    version = before.voorstel.version + 1
    after = replace(plan.after, voorstel=replace(plan.after.voorstel, version=version))
    keep_used(uow, session.rules, asked.route, asked.new, session.today())
    written = draft(
        session,
        MIGRATION,
        f"voorstel/{before.voorstel.id}",
        changes_between(before, after),
        words=words,
        command_id=command_id,
        state=after.voorstel.state,
        from_state=before.voorstel.state,
        remark=asked.reason,
        inputs={"fields": {"van": asked.old, "naar": asked.new, "map": dict(asked.mapping)}},
    )
    answer = Answer(
        kenmerk=case.kenmerk,
        from_state=before.voorstel.state,
        to_state=after.voorstel.state,
        event=uow.write(written),
        version=version,
    )
    return outcome_of(case, before, plan, move, session.rules), answer
