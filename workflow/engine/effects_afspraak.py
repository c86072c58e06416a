"""Afspraken: how they arise from agreed points, and how they are settled, moved or dropped."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from workflow.domain.afspraken import Afspraak, Slip
from workflow.domain.behandeling import Behandeling, ConclusieCode
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField
from workflow.domain.periods import days_of
from workflow.domain.voorstel import Voorstel
from workflow.engine.attempt import Attempt
from workflow.engine.conclusions import Outcome, agreed_points
from workflow.engine.definition import (
    AfspraakUitBesluit,
)
from workflow.engine.definition_parts import (
    Herkenning,
)
from workflow.engine.inputs import read_day
from workflow.engine.rules import Rules
from workflow.engine.standing import Standing

CONTACTS = "contactpersonen"


def afspraken_after(
    attempt: Attempt, dossier: Dossier, row: Behandeling, outcome: Outcome
) -> Dossier:
    """The dossier with the afspraken that this conclusion makes, widens or settles."""
    dossier = _with_arising(attempt, dossier, row)
    dossier = _with_reservation(attempt, dossier, row)
    dossier = _with_action(attempt, dossier, row)
    if outcome is Outcome.VERDER:
        dossier = _with_settled(attempt, dossier, row)
        dossier = _with_standing(attempt, dossier, row)
    return dossier


def with_afspraak(dossier: Dossier, afspraak: Afspraak) -> Dossier:
    """The dossier with an afspraak, new or in its new form."""
    known = [one.id for one in dossier.afspraken]
    if afspraak.id not in known:
        return replace(dossier, afspraken=(*dossier.afspraken, afspraak))
    changed = tuple(afspraak if one.id == afspraak.id else one for one in dossier.afspraken)
    return replace(dossier, afspraken=changed)


def _with_arising(attempt: Attempt, dossier: Dossier, row: Behandeling) -> Dossier:
    """What the route says arises here, from agreed points only; a later point is taken in."""
    route = attempt.rules.pinned(dossier.voorstel)
    origin = dossier.voorstel.origin(row.step)
    rows = [one for one in dossier.behandelingen if dossier.voorstel.origin(one.step) == origin]
    agreed = agreed_points(dossier, rows, attempt.rules)
    for rule in route.afspraken if route else ():
        counted = agreed_points(dossier, rows, attempt.rules, rule.bij) if rule.bij else agreed
        punten = tuple(number for number in rule.uit if number in counted)
        if rule.stap != origin or not punten:
            continue
        key = f"{rule.afspraak}-{dossier.voorstel.kenmerk}"
        known = next((one for one in dossier.afspraken if one.id == key), None)
        if known is None:
            dossier = with_afspraak(dossier, _arising(rule, key, dossier, punten, attempt.today))
        elif known.punten != punten and known.state in ("openstaand", "in_voorbereiding"):
            wider = replace(known, punten=punten, version=known.version + 1)
            dossier = with_afspraak(dossier, wider)
    return dossier


def _arising(
    rule: AfspraakUitBesluit,
    key: str,
    dossier: Dossier,
    punten: tuple[str, ...],
    today: dt.date,
) -> Afspraak:
    """A new afspraak from a rule of the route."""
    window = days_of(rule.venster) if rule.venster else None
    return Afspraak(
        id=key,
        soort=rule.soort,
        title=rule.titel,
        rule=rule.afspraak,
        voorstel_id=dossier.voorstel.id,
        kenmerk=dossier.voorstel.kenmerk,
        punten=punten,
        period=rule.venster,
        window_from=window[0] if window else None,
        window_to=window[1] if window else None,
        due=window[1] if window else None,
        owners=rule.eigenaars,
        creditor=rule.schuldeiser,
        since=today,
        asks=rule.vraagt or None,
        proposed_period=None if rule.venster else rule.voorstel_venster,
    )


def _with_reservation(attempt: Attempt, dossier: Dossier, row: Behandeling) -> Dossier:
    """'Onder voorbehoud' leaves something to clear."""
    reserved = [one.number for one in row.per_punt if one.code is ConclusieCode.ONDER_VOORBEHOUD]
    if not reserved and row.conclusie_code is not ConclusieCode.ONDER_VOORBEHOUD:
        return dossier
    return with_afspraak(
        dossier,
        Afspraak(
            id=f"voorbehoud-{dossier.voorstel.kenmerk}-{row.id}",
            soort="voorbehoud",
            title=f"Voorbehoud opheffen: {row.overleg}",
            voorstel_id=dossier.voorstel.id,
            kenmerk=dossier.voorstel.kenmerk,
            punten=tuple(reserved),
            due=attempt.given.day("voorbehoud_tot"),
            owners=(attempt.given.text("voorbehoud_van") or CONTACTS,),
            row=row.id,
            since=attempt.today,
        ),
    )


def _with_action(attempt: Attempt, dossier: Dossier, row: Behandeling) -> Dossier:
    """What the overleg wants to be done."""
    title = attempt.given.text("actie")
    if title is None:
        return dossier
    return with_afspraak(
        dossier,
        Afspraak(
            id=f"actie-{dossier.voorstel.kenmerk}-{row.id}",
            soort="actie",
            title=title,
            voorstel_id=dossier.voorstel.id,
            kenmerk=dossier.voorstel.kenmerk,
            punten=tuple(one.number for one in row.per_punt),
            due=attempt.given.day("actie_tot"),
            owners=(CONTACTS,),
            row=row.id,
            since=attempt.today,
        ),
    )


def _with_settled(attempt: Attempt, dossier: Dossier, row: Behandeling) -> Dossier:
    """Open afspraken of other voorstellen that this treatment settles."""
    day = row.happened_on
    for one in dossier.afspraken:
        rule = attempt.rules.owed.get(one.rule or "")
        if rule is None or one.voorstel_id == dossier.voorstel.id or day is None:
            continue
        matches = recognises(rule.afgedaan_door, dossier.voorstel.subject)
        if _inside(one, day) and matches and _counts(rule.behandeld_door, row, attempt.rules):
            dossier = _settled(attempt, dossier, one, day)
    return dossier


def recognises(known: Herkenning | None, subject: str) -> bool:
    """The subject holds every text that the definition asks for, and none that it excludes."""
    folded = subject.casefold()
    return (
        known is not None
        and bool(known.onderwerp)
        and all(text.casefold() in folded for text in known.onderwerp)
        and not any(text.casefold() in folded for text in known.niet_in_onderwerp)
    )


def _counts(bodies: Collection[str], row: Behandeling, rules: Rules) -> bool:
    """The row is of one of these overleggen or levels."""
    found = [rules.overleggen[code] for code in row.overleg_codes if code in rules.overleggen]
    return any(one.code in bodies or one.niveau in bodies for one in found)


def _settled(attempt: Attempt, dossier: Dossier, one: Afspraak, day: dt.date) -> Dossier:
    """The dossier with one afspraak settled by its voorstel, when its machine allows."""
    state = attempt.rules.fixed("afspraak").next_state(one.state, "behandeld")
    if state is None:
        return dossier
    done = replace(
        one,
        state=state,
        version=one.version + 1,
        settled_by=dossier.voorstel.kenmerk,
        settled_on=day,
    )
    return with_afspraak(dossier, done)


def _with_standing(attempt: Attempt, dossier: Dossier, row: Behandeling) -> Dossier:
    """What the definitions owe by themselves is settled when the right overleg treats it."""
    day = row.happened_on
    if day is None:
        return dossier
    for one in about_standing(attempt.rules, dossier.voorstel):
        if not _settles(one, row, day, attempt.rules):
            continue
        known = next((own for own in dossier.afspraken if own.id == one.owed.id), None)
        if known is not None:
            dossier = _settled(attempt, dossier, known, day)
        else:
            done = replace(one.owed, state="afgedaan", settled_on=day)
            dossier = with_afspraak(dossier, replace(done, settled_by=dossier.voorstel.kenmerk))
    return dossier


def about_standing(rules: Rules, voorstel: Voorstel) -> Iterator[Standing]:
    """The standing afspraken that a voorstel is about.

    A report by its own route and half-year, a fixed afspraak by its words.
    """
    yield from rules.reports.get((voorstel.route_id, voorstel.report_period), ())
    for one in rules.fixed_owed:
        if one.fixed and recognises(one.fixed.afgedaan_door, voorstel.subject):
            yield one


def _settles(one: Standing, row: Behandeling, day: dt.date, rules: Rules) -> bool:
    """A report at the overleg it hangs on; a fixed afspraak at its overleg, in its window."""
    if one.fixed is None:
        return bool(set(one.meets) & set(row.overleg_codes))
    return _counts(one.fixed.behandeld_door, row, rules) and _inside(one.owed, day)


def _inside(one: Afspraak, day: dt.date) -> bool:
    """The day lies in the window, or there is no window."""
    if not (one.window_from and one.window_to):
        return True
    return one.window_from <= day <= one.window_to


def prepare(attempt: Attempt) -> Dossier:
    """Someone works on it."""
    return moved_afspraak(attempt, settled_by=attempt.given.text("door"))


def settle(attempt: Attempt) -> Dossier:
    """Done, by a voorstel that was treated or by a document."""
    rows = [row for row in attempt.settling or () if row.happened_on]
    day = max((row.happened_on for row in rows if row.happened_on), default=attempt.day)
    return moved_afspraak(
        attempt, settled_by=attempt.given.text("door"), settled_on=day, reason=attempt.reason()
    )


def dropped(attempt: Attempt) -> Dossier:
    """No longer owed, with a reason."""
    return moved_afspraak(attempt, reason=attempt.reason())


def defer(attempt: Attempt) -> Dossier:
    """A later date or period; each slip counts and keeps its reason."""
    one = _asked(attempt)
    term = _term(attempt, one)
    slip = Slip(on=attempt.today, was=one.due, until=term["due"], reason=attempt.reason())
    return moved_afspraak(
        attempt,
        **term,
        slips=one.slips + 1,
        slipped=(*(one.slipped or ()), slip),
        reason=attempt.reason(),
    )


def set_term(attempt: Attempt) -> Dossier:
    """The first date or period of what had none on paper: no slip."""
    return moved_afspraak(attempt, **_term(attempt, _asked(attempt)), proposed_period=None)


def _term(attempt: Attempt, one: Afspraak) -> dict[str, Any]:
    """The fields of a date or period as given; MissingField without either."""
    given = attempt.given
    day, period = given.day("datum"), given.text("periode") or _offered(attempt, one)
    if day is None and period is None:
        raise MissingField("datum", "Datum of periode")
    window = days_of(period) if period else None
    if period and window is None:
        raise InvalidField("periode", f"‘{period}’ is geen periode. Schrijf bijvoorbeeld 2025-Q2.")
    return {
        "period": period or one.period,
        "window_from": window[0] if window else one.window_from,
        "window_to": window[1] if window else (day or one.window_to),
        "due": day or (window[1] if window else one.due),
    }


def _offered(attempt: Attempt, one: Afspraak) -> str | None:
    """The period that the definitions offer, when it is confirmed by giving nothing else."""
    if attempt.act.handeling == "bepaal_termijn" and attempt.given.day("datum") is None:
        return one.proposed_period
    return None


def set_pilot(attempt: Attempt) -> Dossier:
    """Begin, end and moments in between of the pilot that an evaluation is about."""
    one, given = _asked(attempt), attempt.given
    begin = given.day("begin") or one.begin_on
    end = given.day("einde") or one.end_on
    interim = _days("tussentijds", given.text("tussentijds")) or one.interim
    if begin and end and end < begin:
        raise InvalidField("einde", "het einde ligt vóór het begin.")
    known = {"begin": begin, "einde": end, "tussentijds": interim}
    return moved_afspraak(
        attempt,
        begin_on=begin,
        end_on=end,
        interim=interim,
        asks=tuple(name for name in one.asks or () if not known[name]) or None,
    )


def _days(name: str, text: str | None) -> tuple[dt.date, ...] | None:
    """Dates with commas between them, in order; None for none."""
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    return tuple(sorted(read_day(name, part) for part in parts)) or None


def make_afspraak(attempt: Attempt) -> Dossier:
    """An afspraak in the words of a person."""
    given = attempt.given
    points = given.values.get("beslispunten")
    return _taken_down(
        attempt,
        soort=given.text("soort") or "toezegging",
        title=given.text("titel") or "",
        punten=points if isinstance(points, tuple) else (),
    )


def take_promise_over(attempt: Attempt) -> Dossier:
    """A promise on paper becomes an afspraak; its period is offered, to be confirmed."""
    promises = attempt.dossier.voorstel.promises
    promise = promises[int(attempt.given.text("toezegging") or "1") - 1]
    return _taken_down(
        attempt, soort="toezegging", title=promise.text, proposed_period=promise.period
    )


def _taken_down(attempt: Attempt, *, soort: str, title: str, **fields: Any) -> Dossier:
    """The dossier with an afspraak more, under the next free number of its kind."""
    given, voorstel = attempt.given, attempt.dossier.voorstel
    number = sum(one.voorstel_id == voorstel.id for one in attempt.dossier.afspraken) + 1
    made = Afspraak(
        id=f"{soort}-{voorstel.kenmerk}-{number}",
        soort=soort,
        title=title,
        voorstel_id=voorstel.id,
        kenmerk=voorstel.kenmerk,
        owners=(given.text("eigenaar") or CONTACTS,),
        creditor=given.text("schuldeiser"),
        since=attempt.today,
        **fields,
    )
    if given.day("datum") or given.text("periode"):
        made = replace(made, **_term(attempt, made), proposed_period=None)
    return with_afspraak(attempt.dossier, made)


def _asked(attempt: Attempt) -> Afspraak:
    """The afspraak that the act is about."""
    if attempt.afspraak is None:
        raise InvalidField("afspraak", "kies een afspraak.")
    return attempt.afspraak


def moved_afspraak(attempt: Attempt, **fields: object) -> Dossier:
    """The dossier with the afspraak in its next state and some fields renewed."""
    one = _asked(attempt)
    state = attempt.rules.fixed("afspraak").next_state(one.state, attempt.act.handeling)
    renewed = replace(one, state=state or one.state, version=one.version + 1, **fields)  # type: ignore[arg-type]
    return with_afspraak(attempt.dossier, renewed)
