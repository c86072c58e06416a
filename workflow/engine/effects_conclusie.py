"""What a conclusion does: to its row, its points, the meeting, the afspraken and the route."""

import datetime as dt
from dataclasses import replace

from workflow.domain.behandeling import Behandeling, ConclusieCode, PuntConclusie
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField
from workflow.domain.route import group_may_still_agree, insert_row, order_of, points_for
from workflow.domain.voorstel import Beslispunt, EarlierText
from workflow.engine.advice import WAIVER, without_waiting_for_advice
from workflow.engine.attempt import Attempt
from workflow.engine.bezwaar import without_ground
from workflow.engine.conclusions import (
    Outcome,
    conclude_points,
    outcome_of,
    rejected_points,
    whole_of,
)
from workflow.engine.demands import check_demands
from workflow.engine.effects_afspraak import afspraken_after
from workflow.engine.effects_route import ended, meeting_of, new_row, successor, with_meeting
from workflow.engine.guards import is_late
from workflow.engine.place import go_on, in_state
from workflow.engine.positions import positions_of, with_reservations
from workflow.engine.splitting import alive_after

CHANGED = ConclusieCode.GEWIJZIGD_VASTGESTELD


def conclude(attempt: Attempt) -> Dossier:
    """The row is treated; each point goes on, is held, goes back or ends; the whole follows."""
    row, dossier, rules = attempt.row, attempt.dossier, attempt.rules
    if row is None:
        raise InvalidField("behandeling", "er staat geen behandeling open.")
    table = rules.table_of(dossier.voorstel, row)
    numbers = points_for(dossier, row, rejected_points(dossier, rules))
    general, points = _with_changed(attempt, numbers)
    codes = conclude_points(numbers, general, points)
    whole = whole_of(general, tuple(codes.values()), table)
    check_demands(attempt, {whole, *codes.values()}, table)
    treated = _treated(attempt, row, whole, codes)
    after = attempt.with_rows(attempt.replacing(treated))
    after = _with_new_texts(attempt, after, codes, row.id)
    after = _with_meeting_held(attempt, after, treated)
    outcomes = {number: outcome_of(code, table) for number, code in codes.items()}
    after = _with_successors(attempt, after, row, codes, outcomes, whole)
    after = _with_late_points(after, treated, outcomes)
    after = afspraken_after(attempt, after, treated, outcome_of(whole, table))
    if row.answers:
        after = without_ground(attempt, after)
    after = with_reservations(attempt, after, treated)
    if outcome_of(whole, table) in (Outcome.VERDER, Outcome.EINDE):
        after = without_waiting_for_advice(attempt, after, treated)
    return _moved(attempt, after, outcomes, outcome_of(whole, table))


def _with_changed(
    attempt: Attempt, numbers: tuple[str, ...]
) -> tuple[ConclusieCode | None, dict[str, ConclusieCode]]:
    """The general conclusion and those per point; a point with a new text is a changed one."""
    given = attempt.given
    raw = given.values.get("conclusie")
    general = raw if isinstance(raw, ConclusieCode) else None
    points = dict(given.points)
    allowed = attempt.rules.choices_of(attempt.dossier.voorstel, attempt.row)
    for number in given.new_texts:
        if CHANGED not in allowed:
            raise InvalidField(
                f"nieuwe_tekst_{number}", "alleen een overleg dat besluit kan een punt wijzigen."
            )
        points.setdefault(number, CHANGED)
    if general is CHANGED and CHANGED in points.values():
        plain = ConclusieCode.VASTGESTELD
        points = {number: points.get(number, plain) for number in numbers}
    for number in numbers:
        changed = points.get(number, general) is CHANGED
        if changed and number not in given.new_texts:
            raise MissingField(f"nieuwe_tekst_{number}", f"De nieuwe tekst van beslispunt {number}")
        if not changed and number in given.new_texts:
            raise InvalidField(
                f"nieuwe_tekst_{number}", "dit punt is niet gewijzigd vastgesteld: laat dit leeg."
            )
    return general, points


def _treated(
    attempt: Attempt, row: Behandeling, whole: ConclusieCode, codes: dict[str, ConclusieCode]
) -> Behandeling:
    """The row as treated."""
    given = attempt.given
    day = attempt.happened or row.date or attempt.today
    words, remark, waived = (given.text(name) for name in ("tekst", "toelichting", WAIVER))
    target = given.overleggen("verwezen_naar")
    held_until = given.day("aangehouden_tot")
    if held_until and held_until <= day:
        raise InvalidField("aangehouden_tot", "die dag moet na de vergadering liggen.")
    used = {whole, *codes.values()}
    if held_until and ConclusieCode.AANGEHOUDEN not in used:
        raise InvalidField("aangehouden_tot", "past alleen bij de conclusie ‘aangehouden’.")
    if target and ConclusieCode.VERWEZEN not in used:
        raise InvalidField("verwezen_naar", "past alleen bij de conclusie ‘verwezen’.")
    if ConclusieCode.VERWEZEN in used and not target:
        raise MissingField("verwezen_naar", "Het overleg waarnaar is verwezen")
    return replace(
        row,
        state="behandeld",
        date=row.date or day,
        conclusie_code=whole,
        conclusie=attempt.keep(words) if words else None,
        per_punt=tuple(PuntConclusie(number=nr, code=code) for nr, code in codes.items()),
        held_until=held_until,
        referred_to=target[0].code if target else None,
        basis="vergadering",
        happened_on=day,
        recorded_on=attempt.today,
        reason=attempt.reason() if is_late(attempt, row) else row.reason,
        explanation=attempt.keep(remark) if remark else None,
        without_advice=attempt.keep(waived) if waived else None,
        standpunten=positions_of(attempt),
    )


def _with_new_texts(
    attempt: Attempt, dossier: Dossier, codes: dict[str, ConclusieCode], row_id: str
) -> Dossier:
    """Changed points get their new text; the text before stays beside it."""
    texts = {nr: text for nr, text in attempt.given.new_texts.items() if codes.get(nr) is CHANGED}
    if not texts:
        return dossier

    def renewed(punt: Beslispunt) -> Beslispunt:
        if punt.number not in texts:
            return punt
        before = EarlierText(text=punt.text, parts=punt.parts, changed_by=row_id)
        return replace(punt, text=texts[punt.number], parts=(), earlier=(*punt.earlier, before))

    points = tuple(renewed(punt) for punt in dossier.voorstel.beslispunten)
    return replace(dossier, voorstel=replace(dossier.voorstel, beslispunten=points))


def _with_meeting_held(attempt: Attempt, dossier: Dossier, row: Behandeling) -> Dossier:
    """A conclusion shows that the meeting was held."""
    if row.date is None or not row.overleg_codes:
        return dossier
    meeting = attempt.vergadering(row.vergadering) or meeting_of(attempt, row, row.date)
    if meeting is None:
        return dossier
    known = meeting in attempt.dossier.vergaderingen
    held = attempt.rules.fixed("vergadering").next_state(meeting.state, "behandelt")
    if held:
        version = meeting.version + 1 if known else 1
        meeting = replace(meeting, state=held, version=version)
    linked = replace(row, vergadering=meeting.id)
    rows = tuple(linked if one.id == row.id else one for one in dossier.behandelingen)
    return with_meeting(replace(dossier, behandelingen=rows), meeting)


def _with_successors(
    attempt: Attempt,
    dossier: Dossier,
    row: Behandeling,
    codes: dict[str, ConclusieCode],
    outcomes: dict[str, Outcome],
    whole: ConclusieCode,
) -> Dossier:
    """New rows for what was held, referred or sent back: for those points, or for the whole."""
    waiting = (Outcome.BLIJFT, Outcome.TERUG)
    groups: dict[ConclusieCode, tuple[str, ...] | None]  # None: the points are not told apart
    if not codes:
        groups = (
            {whole: None}
            if outcome_of(whole, attempt.rules.table_of(dossier.voorstel, row)) in waiting
            else {}
        )
    else:
        groups = {
            code: tuple(nr for nr, one in codes.items() if one is code)
            for code in dict.fromkeys(codes.values())
            if outcomes[next(nr for nr, one in codes.items() if one is code)] in waiting
        }
    below = dossier.behandeling(row.id)
    for code, numbers in groups.items():
        all_of_it = numbers is None or len(numbers) == len(codes)
        fresh = replace(
            successor(dossier, row, date=_held_date(attempt, code)),
            punten=row.punten if all_of_it else numbers,
        )
        if code is ConclusieCode.VERWEZEN:
            fresh = _for_other(attempt, fresh)
        dossier = replace(dossier, behandelingen=insert_row(dossier, fresh, below))
        below = dossier.behandeling(fresh.id)
    return dossier


def _held_date(attempt: Attempt, code: ConclusieCode) -> dt.date | None:
    """The day that a held point returns; None: datum volgt."""
    return attempt.given.day("aangehouden_tot") if code is ConclusieCode.AANGEHOUDEN else None


def _for_other(attempt: Attempt, row: Behandeling) -> Behandeling:
    """The row at the overleg that it was referred to."""
    target = attempt.given.overleggen("verwezen_naar")
    return replace(
        row,
        overleg=" en ".join(one.naam for one in target),
        overleg_codes=tuple(one.code for one in target),
        soort=target[0].soort,
    )


def _with_late_points(dossier: Dossier, row: Behandeling, outcomes: dict[str, Outcome]) -> Dossier:
    """Points that were held and now go on reach the overleggen that treated the rest already."""
    if row.punten is None:
        return dossier
    going = [number for number, outcome in outcomes.items() if outcome is Outcome.VERDER]
    for step in dossier.voorstel.steps[order_of(dossier, row.step) + 1 :]:
        rows = dossier.rows_of(step.id)
        treated = [one for one in rows if one.state == "behandeld"]
        if not treated or any(one.is_open() and one.punten is None for one in rows):
            continue
        seen = {one.number for done in treated for one in done.per_punt}
        seen |= {number for one in rows if one.is_open() for number in one.punten or ()}
        late = tuple(number for number in going if number not in seen)
        if late:
            fresh = replace(new_row(dossier, step, date=None), punten=late)
            dossier = replace(dossier, behandelingen=insert_row(dossier, fresh, rows[-1]))
    return dossier


def _moved(
    attempt: Attempt, dossier: Dossier, outcomes: dict[str, Outcome], whole: Outcome
) -> Dossier:
    """The voorstel where it belongs after this conclusion."""
    row = attempt.row
    results = set(outcomes.values()) or {whole}
    if results == {Outcome.TERUG} and row and row.punten is None:
        return in_state(dossier, "teruggestuurd")
    gone = dossier.voorstel.departed()
    alive = alive_after(dossier, attempt.rules, gone) or _beside_may_agree(attempt, dossier)
    if results == {Outcome.EINDE} and not alive:
        return ended(attempt, dossier, "afgewezen")
    return go_on(dossier, attempt.rules)


def _beside_may_agree(attempt: Attempt, dossier: Dossier) -> bool:
    """The steps that run beside this one can still agree without it."""
    step = dossier.voorstel.step(attempt.row.step) if attempt.row else None
    return step is not None and group_may_still_agree(dossier, step, attempt.rules)
