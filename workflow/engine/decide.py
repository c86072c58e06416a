"""An act asked of a dossier: the dossier as it then is, or a refusal that gives its reason."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.dutch import day_in_words, join_words
from workflow.domain.errors import InvalidField, NotFound, TransitionRefused
from workflow.domain.raadsinformatie import Raadsinformatie
from workflow.domain.route import current_row
from workflow.domain.text import ErasableText
from workflow.domain.verdict import YES, Verdict
from workflow.engine.attempt import Attempt, Inputs
from workflow.engine.definition import Handeling
from workflow.engine.edit_guards import EDIT_TARGETS
from workflow.engine.effects import EFFECTS
from workflow.engine.guards import GUARDS
from workflow.engine.inputs import read_inputs
from workflow.engine.rules import KnownAct, Rules, sub_machine

ROW_ACTS = frozenset(
    {"sla_over", "plan", "verplaats", "herhaal"}
)  # acts of the voorstel that are about a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks: the act, its target and its fields, as typed."""

    action: str
    behandeling: str | None = None
    gemeente: str | None = None
    afspraak: str | None = None
    points: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    happened: dt.date | None = None
    remark: str | None = None
    new_id: str = ""  # of the voorstel that it makes


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer: the dossier after the act, and what the event must say of it."""

    after: Dossier
    act: Handeling
    row: Behandeling | None
    raad: Raadsinformatie | None
    afspraak: Afspraak | None
    inputs: Inputs


def known_act(rules: Rules, action: str) -> KnownAct:
    """The act with that name; NotFound lists the names there are."""
    found = rules.acts.get(action)
    if found is None:
        raise NotFound("Handeling", action, tuple(sorted(rules.acts)))
    return found


def decide(
    asked: Asked,
    dossier: Dossier,
    rules: Rules,
    *,
    today: dt.date,
    keep: Callable[[str], ErasableText],
    settling: tuple[Behandeling, ...] | None = None,
    correcting: bool = False,
) -> Decision:
    """The dossier as it is after the act; `correcting`: it was done before, with an error.

    Raises TransitionRefused with its Dutch reason when state or a guard says
    no, InvalidField or MissingField for a field, NotFound for a target. Pure:
    nothing is stored, `today` is a date in the time zone of the organisation.
    """
    known = known_act(rules, asked.action)
    attempt = _with_target(
        Attempt(
            dossier=dossier,
            rules=rules,
            act=known.act,
            machine=known.machine,
            today=today,
            happened=asked.happened,
            remark=asked.remark,
            settling=settling,
            correcting=correcting,
            new_id=asked.new_id,
            keep=keep,
        ),
        asked,
    )
    _refuse_unless(state_allows(attempt), attempt)
    if "vergadering_gehouden" not in attempt.act.eisen:
        refuse_future(asked.happened, today)
    inputs = read_inputs(attempt, asked.fields, asked.points)
    attempt = replace(attempt, inputs=inputs)
    for name in attempt.act.eisen:
        _refuse_unless(GUARDS[name](attempt), attempt)
    return Decision(
        after=EFFECTS[attempt.act.handeling](attempt),
        act=attempt.act,
        row=attempt.row,
        raad=attempt.raad,
        afspraak=attempt.afspraak,
        inputs=inputs,
    )


def refuse_future(happened: dt.date | None, today: dt.date) -> None:
    """InvalidField when an act is said to have happened on a day that has not come."""
    if happened and happened > today:
        raise InvalidField(
            "happened", f"{day_in_words(happened)} moet nog komen. Leg vast wat al is gebeurd."
        )


def _refuse_unless(verdict: Verdict, attempt: Attempt) -> None:
    """Raise the refusal that a verdict carries."""
    if not verdict:
        raise TransitionRefused(attempt.dossier.voorstel.kenmerk, attempt.act.naam, verdict.reason)


def state_allows(attempt: Attempt) -> Verdict:
    """The machine of the act knows it in the state that its subject is in."""
    rules, act, dossier = attempt.rules, attempt.act, attempt.dossier
    if attempt.machine == "voorstel":
        machine, state = rules.route_machine(dossier.voorstel), dossier.voorstel.state
        label = place_in_words(attempt)
    else:
        subject = attempt.row or attempt.raad or attempt.afspraak
        if subject is None:
            return Verdict(_no_target(attempt.machine))
        name = _machine_of(attempt)
        machine, state = rules.fixed(name), subject.state
        label = rules.state_label(name, state).lower()
    if machine.allows(state, act.handeling):
        return YES
    if attempt.machine == "voorstel" and rules.is_end(state):
        return Verdict(f"Het voorstel is al beëindigd ({label}).")
    sources = [
        "onderweg" if one == "@stap" else rules.state_label(_machine_of(attempt), one).lower()
        for one in act.van
    ]
    return Verdict(f"Dat kan alleen als het {join_words(sources, 'of')} is; nu is het: {label}.")


def _machine_of(attempt: Attempt) -> str:
    """The name of the machine of the subject: of a gemeente the one of its sub-route."""
    return sub_machine(attempt.raad.deelroute) if attempt.raad else attempt.machine


def place_in_words(attempt: Attempt) -> str:
    """Where the voorstel is: the name of its state or of its overleg."""
    voorstel = attempt.dossier.voorstel
    step = voorstel.step(voorstel.state)
    if step is None:
        return attempt.rules.state_label("voorstel", voorstel.state).lower()
    return f"bij {step.overleg}"


def _no_target(machine: str) -> str:
    """Why there is nothing to act on."""
    return {
        "behandeling": "Er staat geen behandeling open.",
        "raadsinformatie": "De ronde langs de gemeenten is nog niet gestart.",
        "afspraak": "Er staat geen afspraak open.",
    }[machine]


def _with_target(attempt: Attempt, asked: Asked) -> Attempt:
    """The attempt with the row, gemeente or afspraak that it is about."""
    if attempt.machine == "raadsinformatie":
        return _at_gemeente(attempt, asked.gemeente)
    if attempt.machine == "afspraak":
        wanted = asked.afspraak or asked.fields.get("afspraak")
        return replace(attempt, afspraak=_afspraak(attempt, wanted))
    if attempt.machine == "behandeling" or attempt.act.handeling in {*ROW_ACTS, "voeg_toe"}:
        return replace(attempt, named=bool(asked.behandeling), row=_row(attempt.dossier, asked))
    return _as_called_here(attempt)


def _as_called_here(attempt: Attempt) -> Attempt:
    """The start of a round under the name that its sub-route gives it."""
    voorstel = attempt.dossier.voorstel
    step = voorstel.step(voorstel.state)
    if attempt.act.handeling != "start_raadsinformatie" or step is None or not step.per_gemeente:
        return attempt
    called = attempt.rules.machines[sub_machine(step.deelroute)].start
    act = attempt.act.model_copy(update={"naam": called}) if called else attempt.act
    return replace(attempt, act=act)


def _row(dossier: Dossier, asked: Asked) -> Behandeling | None:
    """The row that was named; else the one on that day, else the current one."""
    if asked.behandeling:
        found = dossier.behandeling(asked.behandeling)
        if found is None:
            known = tuple(row.id for row in dossier.behandelingen)
            raise NotFound("Behandeling", asked.behandeling, known)
        return found
    on_day = [row for row in dossier.open_rows() if asked.happened and row.date == asked.happened]
    return on_day[0] if len(on_day) == 1 else current_row(dossier)


def _at_gemeente(attempt: Attempt, name: str | None) -> Attempt:
    """The attempt at the row of a gemeente; without a row when no round has started.

    Of more rounds the last one in which the act can be done. Raises InvalidField
    when no gemeente is named, NotFound when it takes no part, TransitionRefused
    when no round of it knows the act.
    """
    dossier, rules = attempt.dossier, attempt.rules
    if not dossier.raden:
        return attempt
    if not name:
        raise InvalidField("gemeente", "geef aan om welke gemeente het gaat.")
    code = rules.resolve_gemeente(name).code
    own = sorted((one for one in dossier.raden if one.code == code), key=lambda one: -one.number)
    if not own:
        names = tuple(dict.fromkeys(one.name for one in dossier.raden))
        raise NotFound("Gemeente in deze ronde", name, names)
    known = [
        replace(attempt, raad=one, act=act)
        for one in own
        if (act := rules.act_on(one.deelroute, attempt.act.handeling))
    ]
    if not known:
        reason = f"Dat hoort niet bij wat {own[0].name} in deze ronde is gevraagd."
        raise TransitionRefused(dossier.voorstel.kenmerk, attempt.act.naam, reason)
    return next((one for one in known if state_allows(one)), known[0])


def _afspraak(attempt: Attempt, wanted: str | None) -> Afspraak | None:
    """The afspraak that was named; else the only open one of this dossier."""
    machine = attempt.rules.fixed("afspraak")
    own = attempt.dossier.afspraken
    if wanted:
        found = next((one for one in own if one.id == wanted), None)
        if found is None:
            raise NotFound("Afspraak", wanted, tuple(one.id for one in own))
        return found
    mine = [one for one in own if one.voorstel_id in (attempt.dossier.voorstel.id, None)]
    open_ones = [one for one in mine if machine.allows(one.state, attempt.act.handeling)]
    if len(open_ones) > 1:
        ids = ", ".join(one.id for one in open_ones)
        raise InvalidField("afspraak", f"er staan er meer open. Kies uit: {ids}.")
    return next(iter(open_ones or mine), None)


# --- what could be done now ----------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Possibility:
    """An act on a target: permitted, or the reasons why not."""

    attempt: Attempt
    reasons: tuple[str, ...]

    @property
    def permitted(self) -> bool:
        return not self.reasons


def possibilities(dossier: Dossier, rules: Rules, *, today: dt.date) -> Iterator[Possibility]:
    """Every act of the voorstel, its rows, gemeenten and afspraken: permitted or why not.

    Permitted means: with its fields filled in as asked, it succeeds today.
    """
    for known in rules.acts.values():
        base = Attempt(
            dossier=dossier, rules=rules, act=known.act, machine=known.machine, today=today
        )
        for attempt in _targets(base):
            yield Possibility(attempt=attempt, reasons=_why_not(attempt))


def permitted(dossier: Dossier, rules: Rules, *, today: dt.date) -> Iterator[Attempt]:
    """The attempts of `possibilities` that are permitted, and nothing of those that are not.

    Each state knows its few acts, so that no other is looked at and no reason is written.
    """
    known = _known_here(dossier, rules)
    for one in rules.acts.values():
        if one.act.handeling in known:
            base = Attempt(
                dossier=dossier, rules=rules, act=one.act, machine=one.machine, today=today
            )
            yield from (attempt for attempt in _targets(base) if _may(attempt))


def _known_here(dossier: Dossier, rules: Rules) -> set[str]:
    """The acts that the state of the voorstel knows, or that of one of its parts."""
    known = set(rules.route_machine(dossier.voorstel).triggers(dossier.voorstel.state))
    parts = {("behandeling", row.state) for row in dossier.behandelingen}
    parts |= {(sub_machine(one.deelroute), one.state) for one in dossier.raden}
    parts |= {("afspraak", one.state) for one in dossier.afspraken}
    return known.union(*(rules.fixed(machine).triggers(state) for machine, state in parts))


def _may(attempt: Attempt) -> bool:
    """Neither state nor guard says no."""
    rules, act = attempt.rules, attempt.act
    if attempt.machine == "voorstel":
        voorstel = attempt.dossier.voorstel
        known = rules.route_machine(voorstel).allows(voorstel.state, act.handeling)
    else:
        subject = attempt.row or attempt.raad or attempt.afspraak
        known = subject is not None and rules.fixed(_machine_of(attempt)).allows(
            subject.state, act.handeling
        )
    return known and all(GUARDS[name](attempt) for name in act.eisen)


def _why_not(attempt: Attempt) -> tuple[str, ...]:
    """The Dutch reasons against an act; none when it may."""
    verdict = state_allows(attempt)
    if not verdict:
        return (verdict.reason,)
    verdicts = (GUARDS[name](attempt) for name in attempt.act.eisen)
    return tuple(dict.fromkeys(verdict.reason for verdict in verdicts if not verdict))


def _targets(attempt: Attempt) -> Iterator[Attempt]:
    """The attempt on each target that its state knows; one without a target when there is none."""
    dossier, rules, name = attempt.dossier, attempt.rules, attempt.act.handeling
    found: list[Attempt] = []
    if name in EDIT_TARGETS:
        found = [replace(attempt, row=row) for row in EDIT_TARGETS[name](dossier)]
    elif attempt.machine == "behandeling" or name == "sla_over":
        found = [replace(attempt, row=row) for row in dossier.open_rows()]
    elif attempt.machine == "raadsinformatie":
        found = list(_at_gemeenten(attempt))
        if not found and (dossier.raden or not _has_round_for(attempt)):
            return
    elif attempt.machine == "afspraak":
        machine = rules.fixed("afspraak")
        found = [
            replace(attempt, afspraak=one)
            for one in dossier.afspraken
            if one.voorstel_id == dossier.voorstel.id
            and machine.allows(one.state, name)
            and (one.soort == "voorbehoud" or "is_voorbehoud" not in attempt.act.eisen)
        ]
        if not found:
            return
    elif name == "plan":
        found = [replace(attempt, row=current_row(dossier))]
    yield from found or [_as_called_here(attempt)]


def _at_gemeenten(attempt: Attempt) -> Iterator[Attempt]:
    """The attempt at each gemeente whose row knows the act in its state."""
    for one in attempt.dossier.raden:
        act = attempt.rules.act_on(one.deelroute, attempt.act.handeling)
        there = replace(attempt, raad=one, act=act or attempt.act)
        if act is not None and state_allows(there):
            yield there


def _has_round_for(attempt: Attempt) -> bool:
    """A round of this voorstel could come to know the act; without any round: informing does."""
    rounds = [step.deelroute for step in attempt.dossier.voorstel.steps if step.per_gemeente]
    return any(attempt.rules.act_on(one, attempt.act.handeling) for one in rounds or [None])
