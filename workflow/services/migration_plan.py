"""What a migration would do to each running case of a route, or why it cannot."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workflow.domain.definitions import CaseOnRoute
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField
from workflow.domain.ports import Reader
from workflow.domain.text import ErasableText
from workflow.engine.definition import Route
from workflow.engine.digest import digest_of
from workflow.engine.migration import MIGRATION, Move, moved
from workflow.engine.migration_undo import taken_back
from workflow.engine.migration_why_not import reasons_against
from workflow.engine.migration_words import what_changes
from workflow.engine.place import go_on
from workflow.engine.rules import Rules
from workflow.engine.steps import step_of
from workflow.services.views import place_in_words

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """What a functional manager asks: the running cases of a route to another version."""

    route: str
    old: int
    new: int
    mapping: Mapping[str, str] = field(default_factory=dict)  # old step: new step
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One case: what would happen or has happened, or why not."""

    case: CaseOnRoute
    reasons: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    place: str = ""  # where it stands, for people
    state_after: str | None = None
    place_after: str | None = None
    event: int | None = None  # the seq of its event, once it is done

    @property
    def possible(self) -> bool:
        return not self.reasons

    def as_json(self, *, done: bool) -> Json:
        """One line of `definitions migrate --json`."""
        result = ("gemigreerd", "niet_gemigreerd") if done else ("kan", "kan_niet")
        return {
            "kenmerk": self.case.kenmerk,
            "onderwerp": self.case.subject,
            "version": self.case.version,
            "result": result[0] if self.possible else result[1],
            "reasons": list(self.reasons),
            "changes": list(self.changes),
            "from": self.case.state,
            "from_label": self.place,
            "to": self.state_after,
            "to_label": self.place_after,
            "event": self.event,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A case after its migration; or the reasons against it, and no dossier."""

    after: Dossier | None
    reasons: tuple[str, ...] = ()


def move_of(rules: Rules, asked: Migration) -> Move:
    """From version to version, with every step that has a place in both.

    Raises NotFound for an unknown version, InvalidField when the two are the same or the
    mapping names a step that is not there, or one place twice.
    """
    old, new = (rules.version_of(asked.route, one) for one in (asked.old, asked.new))
    if asked.old == asked.new:
        raise InvalidField("to", "kies een andere versie dan die waarop de voorstellen nu lopen.")
    before, after = _ids(old), _ids(new)
    for source, target in asked.mapping.items():
        _require_step(source, before, asked.old)
        _require_step(target, after, asked.new)
    same = {step: step for step in before if step in after}
    mapping = {**same, **asked.mapping}
    if len(set(mapping.values())) < len(mapping):
        doubles = {one for one in mapping.values() if list(mapping.values()).count(one) > 1}
        raise InvalidField(
            "map", f"twee stappen komen op één plaats: {', '.join(sorted(doubles))}."
        )
    return Move(
        version=new.versie,
        digest=digest_of(new),
        old=tuple(step_of(rules, step) for step in old.stappen),
        new=tuple(step_of(rules, step) for step in new.stappen),
        mapping=mapping,
    )


def _ids(route: Route) -> list[str]:
    """The ids of the steps of a route, in order."""
    return [step.stap for step in route.stappen]


def _require_step(step: str, known: Sequence[str], version: int) -> None:
    """InvalidField for a step that a version does not have."""
    if step not in known:
        names = ", ".join(known) or "geen"
        raise InvalidField(
            "map", f"stap ‘{step[:60]}’ is er niet in versie {version}. Wel: {names}."
        )


def plan_for(
    dossier: Dossier, move: Move, rules: Rules, reason: ErasableText, earlier: Json | None
) -> Plan:
    """The case on the new version, gone on to where work is open; or why it cannot.

    `earlier` is the event of the migration that this one takes back, if there is one: what
    that did is undone exactly, as long as nothing was done to it since.
    """
    if earlier is not None and earlier["to"] == dossier.voorstel.state:
        back = taken_back(dossier, earlier["changes"], reason)
        if back is not None:
            return Plan(after=back)
    reasons = reasons_against(dossier, move)
    if reasons:
        return Plan(after=None, reasons=reasons)
    return Plan(after=go_on(moved(dossier, move, reason), rules))


def earlier_migration(reader: Reader, dossier: Dossier, asked: Migration) -> Json | None:
    """The event that brought this case from the version it would go back to; None: none did."""
    if asked.new > asked.old:
        return None
    for act in reversed(reader.events(f"voorstel/{dossier.voorstel.id}")):
        if act.body["type"] == MIGRATION:
            given = act.body["inputs"]["fields"]
            inverse = {new: old for old, new in given["map"].items()}
            back = (given["van"], given["naar"]) == (asked.new, asked.old)
            return dict(act.body) if back and dict(asked.mapping) in ({}, inverse) else None
    return None


def outcomes(
    reader: Reader,
    rules: Rules,
    asked: Migration,
    move: Move,
    cases: Sequence[CaseOnRoute],
    progress: Callable[[int, int], None],
) -> Iterator[Outcome]:
    """What would happen to each of these cases. Writes nothing."""
    for done, case in enumerate(cases, start=1):
        dossier = reader.dossier(case.kenmerk)
        if dossier is not None:
            earlier = earlier_migration(reader, dossier, asked)
            plan = plan_for(dossier, move, rules, ErasableText("", asked.reason), earlier)
            yield outcome_of(case, dossier, plan, move, rules)
        progress(done, len(cases))


def outcome_of(
    case: CaseOnRoute, dossier: Dossier, plan: Plan, move: Move, rules: Rules
) -> Outcome:
    """A plan in words."""
    place = place_in_words(dossier.voorstel, rules)
    if plan.after is None:
        return Outcome(case=case, reasons=plan.reasons, place=place)
    return Outcome(
        case=case,
        changes=what_changes(dossier, plan.after, move.mapping),
        place=place,
        state_after=plan.after.voorstel.state,
        place_after=place_in_words(plan.after.voorstel, rules),
    )
