"""Afspraken: how they arise from agreed points, and how they are settled, moved or dropped."""

import datetime as dt
from dataclasses import replace

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling, ConclusieCode
from workflow.domain.calendar import reporting_periods
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField
from workflow.domain.periods import days_of, period_in_words
from workflow.engine.attempt import Attempt
from workflow.engine.conclusions import Outcome, agreed_points
from workflow.engine.definition import AfspraakUitBesluit, Cyclus, Herkenning
from workflow.engine.rules import Rules


def afspraken_after(
    attempt: Attempt, dossier: Dossier, row: Behandeling, outcome: Outcome
) -> Dossier:
    """The dossier with the afspraken that this conclusion makes, widens or settles."""
    dossier = _with_arising(attempt, dossier, row)
    dossier = _with_reservation(attempt, dossier, row)
    dossier = _with_action(attempt, dossier, row)
    if outcome is Outcome.VERDER:
        dossier = _with_settled(attempt, dossier, row)
        dossier = _with_report(attempt, dossier, row)
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
            dossier = with_afspraak(dossier, _arising(rule, key, dossier, punten))
        elif known.punten != punten and known.state in ("openstaand", "in_voorbereiding"):
            wider = replace(known, punten=punten, version=known.version + 1)
            dossier = with_afspraak(dossier, wider)
    return dossier


def _arising(
    rule: AfspraakUitBesluit, key: str, dossier: Dossier, punten: tuple[str, ...]
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
            owners=(attempt.given.text("voorbehoud_van") or "contactpersonen",),
            row=row.id,
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
            owners=("contactpersonen",),
            row=row.id,
        ),
    )


def _with_settled(attempt: Attempt, dossier: Dossier, row: Behandeling) -> Dossier:
    """Open afspraken of other voorstellen that this treatment settles."""
    day = row.happened_on
    for one in dossier.afspraken:
        rule = attempt.rules.owed.get(one.rule or "")
        if rule is None or one.voorstel_id == dossier.voorstel.id or day is None:
            continue
        inside = not (one.window_from and one.window_to) or (
            one.window_from <= day <= one.window_to
        )
        matches = recognises(rule.afgedaan_door, dossier.voorstel.subject)
        if inside and matches and _counts(rule, row, attempt.rules):
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


def _counts(rule: AfspraakUitBesluit, row: Behandeling, rules: Rules) -> bool:
    """The row is of an overleg whose treatment settles this afspraak."""
    found = [rules.overleggen[code] for code in row.overleg_codes if code in rules.overleggen]
    return any(
        one.code in rule.behandeld_door or one.niveau in rule.behandeld_door for one in found
    )


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


def _with_report(attempt: Attempt, dossier: Dossier, row: Behandeling) -> Dossier:
    """A report of a cycle that is treated by the overleg it hangs on, is settled."""
    voorstel, day = dossier.voorstel, row.happened_on
    for cyclus in attempt.rules.definities.cycli:
        period = voorstel.report_period
        if cyclus.route != voorstel.route_id or cyclus.overleg not in row.overleg_codes:
            continue
        if day is None or period is None or period not in periods_of(cyclus):
            continue
        key = report_id(cyclus, period)
        known = next((one for one in dossier.afspraken if one.id == key), None)
        if known is None:
            fresh = replace(report_owed(cyclus, period), settled_by=voorstel.kenmerk)
            done = replace(fresh, state="afgedaan", settled_on=day)
            dossier = with_afspraak(dossier, done)
        else:
            dossier = _settled(attempt, dossier, known, day)
    return dossier


def periods_of(cyclus: Cyclus) -> tuple[str, ...]:
    """The periods that a cycle owes a report on: half-years or years, and those it names itself."""
    named = tuple(one.periode for one in cyclus.rapportages)
    rhythm = reporting_periods(cyclus.van, cyclus.tot, per_year=cyclus.per_jaar)
    return tuple(dict.fromkeys((*named, *rhythm)))


def report_id(cyclus: Cyclus, period: str) -> str:
    """The id of the report of a cycle on a period."""
    return f"rapportage-{cyclus.cyclus}-{period.lower()}"


def report_owed(cyclus: Cyclus, period: str) -> Afspraak:
    """The report of a cycle on a period, as it is owed before anything happened to it.

    Its window is the one of the cycle, in days from the end of the period; the
    meeting that it hangs on, once chosen, is its due date.
    """
    known = next((one for one in cyclus.rapportages if one.periode == period), None)
    days = days_of(period)
    if days is None:
        raise ValueError(f"{period} is no period")
    first, last = (days[1] + dt.timedelta(days=offset) for offset in cyclus.venster)
    chosen = known.overlegdatum if known else None
    return Afspraak(
        id=report_id(cyclus, period),
        soort="rapportage",
        title=cyclus.titel.format(periode=period_in_words(period)),
        rule=cyclus.cyclus,
        period=period,
        window_from=min(first, chosen) if chosen else first,
        window_to=max(last, chosen) if chosen else last,
        due=chosen or last,
        owners=cyclus.eigenaars,
    )


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
    """A later date or period; each slip counts and has its reason."""
    given = attempt.given
    day, period = given.day("datum"), given.text("periode")
    if day is None and period is None:
        raise MissingField("datum", "Nieuwe uiterste datum of nieuwe periode")
    window = days_of(period) if period else None
    if period and window is None:
        raise InvalidField("periode", f"‘{period}’ is geen periode. Schrijf bijvoorbeeld 2025-Q2.")
    one = _asked(attempt)
    return moved_afspraak(
        attempt,
        period=period or one.period,
        window_from=window[0] if window else one.window_from,
        window_to=window[1] if window else (day or one.window_to),
        due=day or (window[1] if window else one.due),
        slips=one.slips + 1,
        reason=attempt.reason(),
    )


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
