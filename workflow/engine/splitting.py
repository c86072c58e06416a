"""Beslispunten that are held or rejected, and how they go on as a voorstel of their own."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace

from workflow.domain.behandeling import Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField
from workflow.domain.route import POSITION_GAP, order_of
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import SPLIT_FROM, SPLIT_INTO, Link, Voorstel
from workflow.engine.attempt import Attempt
from workflow.engine.conclusions import Outcome, outcome_of, rejected_points
from workflow.engine.effects_route import new_row, successor
from workflow.engine.place import rearranged
from workflow.engine.rules import Rules

POINTS = "beslispunten"


def splittable(dossier: Dossier, rules: Rules) -> tuple[str, ...]:
    """The points that were held or rejected by their last conclusion, in the order of the paper."""
    last: dict[str, Outcome] = {}
    for row in _in_time(dossier.behandelingen):
        table = rules.table_of(dossier.voorstel, row)
        last |= {one.number: outcome_of(one.code, table) for one in row.per_punt}
    waiting = {nr for nr, outcome in last.items() if outcome in (Outcome.BLIJFT, Outcome.TERUG)}
    found = (waiting | rejected_points(dossier, rules)) - dossier.voorstel.departed()
    return tuple(one.number for one in dossier.voorstel.beslispunten if one.number in found)


def _in_time(rows: Iterable[Behandeling]) -> list[Behandeling]:
    """Rows in the order in which they were treated."""
    return sorted(rows, key=lambda row: (row.happened_on or dt.date.min, row.position))


def alive_after(dossier: Dossier, rules: Rules, numbers: Collection[str]) -> bool:
    """A point that was not rejected stays behind when these leave."""
    gone = rejected_points(dossier, rules) | set(numbers)
    return any(one.number not in gone for one in dossier.voorstel.beslispunten)


def split_off(attempt: Attempt) -> Dossier:
    """The dossier without the points that leave: their rows lapse, and it knows where they went."""
    dossier, numbers = attempt.dossier, chosen(attempt)
    known = splittable(dossier, attempt.rules)
    strange = [number for number in numbers if number not in known]
    if strange:
        raise InvalidField(
            POINTS,
            f"punt {', '.join(strange)} is niet aangehouden of afgewezen. "
            f"Afsplitsen kan met: {', '.join(known)}.",
        )
    if not alive_after(dossier, attempt.rules, numbers):
        raise InvalidField(POINTS, "er blijft dan geen punt over waarover nog wordt besloten.")
    link = Link(
        kind=SPLIT_INTO, voorstel_id=attempt.new_id, punten=numbers, reason=attempt.reason()
    )
    voorstel = replace(dossier.voorstel, links=(*(dossier.voorstel.links or ()), link))
    rows = tuple(_without(row, numbers, attempt.reason()) for row in dossier.behandelingen)
    return rearranged(replace(dossier, voorstel=voorstel, behandelingen=rows), attempt.rules)


def chosen(attempt: Attempt) -> tuple[str, ...]:
    """The points that were asked for, in the order of the paper."""
    asked = attempt.given.values.get(POINTS)
    numbers = asked if isinstance(asked, tuple) else ()
    points = attempt.dossier.voorstel.beslispunten
    return tuple(one.number for one in points if one.number in numbers)


def _without(
    row: Behandeling, numbers: Collection[str], reason: ErasableText | None
) -> Behandeling:
    """An open row without these points; it lapses when it was about nothing else."""
    if not row.is_open() or row.punten is None:
        return row
    left = tuple(number for number in row.punten if number not in numbers)
    if left:
        return replace(row, punten=left)
    return replace(row, state="vervallen", vergadering=None, reason=reason)


def born(before: Dossier, after: Dossier, rules: Rules, kenmerk: str, today: dt.date) -> Dossier:
    """The new voorstel, at the step where its points were held or rejected.

    `before` is the dossier that they leave, `after` the same with the link. What
    was advised before that step stands in the old dossier; what must still
    happen after it, happens for both. The papers belong to both.
    """
    link = (after.voorstel.links or ())[-1]
    origin = _source(before, rules, link.punten)
    first = order_of(before, origin.step)
    steps = before.voorstel.steps[first:]
    started = replace(steps[0], group=None, join=None)
    voorstel = _new_voorstel(before.voorstel, link, kenmerk, today)
    voorstel = replace(voorstel, state=started.id, steps=(started, *steps[1:]))
    empty = Dossier(voorstel=voorstel)
    start = origin.date if origin.is_open() else None
    rows = [successor(empty, origin, date=start)]
    rows += (
        successor(empty, last, date=_day_after(start, last))
        for step in steps[1:]
        if (last := _last_whole(before, step.id))
    )
    missing = {row.step for row in rows}
    skipped = {step.id for step in steps if before.rows_of(step.id)} - missing
    rows += (
        new_row(empty, step, date=None)
        for step in steps
        if not step.per_gemeente and step.id not in missing | skipped
    )
    papers = tuple(replace(one, voorstel_id=voorstel.id) for one in before.papers)
    return replace(empty, behandelingen=tuple(_numbered(rows, voorstel)), papers=papers)


def _day_after(start: dt.date | None, row: Behandeling) -> dt.date | None:
    """The day on which a later overleg is planned, when that is not before the first one."""
    known = row.is_open() and start and row.date and row.date >= start
    return row.date if known else None


def _new_voorstel(old: Voorstel, link: Link, kenmerk: str, today: dt.date) -> Voorstel:
    """The voorblad of the new one: that of the old one, with these points only."""
    points = tuple(
        replace(one, earlier=()) for one in old.beslispunten if one.number in link.punten
    )
    words = "beslispunt" if len(points) == 1 else "beslispunten"
    return replace(
        old,
        id=link.voorstel_id,
        kenmerk=kenmerk,
        version=1,
        subject=f"{old.subject} ({words} {', '.join(link.punten)})",
        beslispunten=points,
        report_period=None,
        promises=(),
        closing_reason=None,
        deviations=None,
        created_on=today,
        links=(replace(link, kind=SPLIT_FROM, voorstel_id=old.id),),
        streams=(f"voorstel/{old.id}",),
    )


def _source(dossier: Dossier, rules: Rules, numbers: Collection[str]) -> Behandeling:
    """The row where the points wait or were rejected; of more rows the earliest in the route."""
    wanted = set(numbers)
    waiting = [row for row in dossier.open_rows() if wanted & set(row.punten or ())]
    concluded = [
        row
        for row in _in_time(dossier.behandelingen)
        if any(
            one.number in wanted
            and outcome_of(one.code, rules.table_of(dossier.voorstel, row)) is not Outcome.VERDER
            for one in row.per_punt
        )
    ]
    whole = [
        row
        for row in dossier.open_rows()
        if row.punten is None and concluded and row.step == concluded[-1].step
    ]
    found = [*waiting, *whole] or concluded[-1:]
    return min(found, key=lambda row: order_of(dossier, row.step))


def _last_whole(dossier: Dossier, step_id: str) -> Behandeling | None:
    """The last row of a step that was about the whole; None when it was skipped or never was."""
    rows = [row for row in dossier.rows_of(step_id) if row.punten is None]
    return rows[-1] if rows and rows[-1].state != "vervallen" else None


def _numbered(rows: Iterable[Behandeling], voorstel: Voorstel) -> Iterable[Behandeling]:
    """Rows of the new voorstel, in the order of its route."""
    order = [step.id for step in voorstel.steps]
    ordered = sorted(rows, key=lambda row: order.index(row.step))
    return (
        replace(
            row,
            voorstel_id=voorstel.id,
            id=f"b{number}",
            position=number * POSITION_GAP,
            doel_raw=None,
            punten=None,
            objection=None,
            answers=None,
        )
        for number, row in enumerate(ordered, start=1)
    )
