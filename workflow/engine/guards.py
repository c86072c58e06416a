"""The guards that a definition may name. Each answers yes, or no with its Dutch reason."""

from collections.abc import Callable, Iterator

from workflow.domain.behandeling import Behandeling, Doel
from workflow.domain.dossier import Dossier
from workflow.domain.dutch import day_in_words, join_words
from workflow.domain.feiten import missing_facts, takes_part
from workflow.domain.overleg import Vergadering
from workflow.domain.raadsinformatie import INFORM, Raadsinformatie
from workflow.domain.rounds import rows_at
from workflow.domain.route import group_is_ready, order_of, step_is_open
from workflow.domain.verdict import YES, Verdict
from workflow.domain.voorstel import Stap, Voorstel
from workflow.engine.advice import waits_for_advice_alone, waived
from workflow.engine.attempt import Attempt
from workflow.engine.cancelled import cancelled_days
from workflow.engine.edit_guards import EDIT_GUARDS
from workflow.engine.inputs import outside_round

Guard = Callable[[Attempt], Verdict]


def cover_sheet_complete(attempt: Attempt) -> Verdict:
    """A voorblad may be submitted when subject, date, contact, points and rows are there."""
    missing = missing_parts(attempt.dossier)
    if missing:
        return Verdict(f"Nog niet ingevuld: {join_words(missing)}.")
    return YES


def missing_parts(dossier: Dossier) -> tuple[str, ...]:
    """The Dutch names of what a voorblad still lacks, in the order of the sheet."""
    voorstel = dossier.voorstel
    present = {
        "onderwerp": bool(voorstel.subject),
        "datum": bool(voorstel.date or voorstel.date_period),
        "contactpersoon": bool(voorstel.contacts),
        "beslispunten": bool(voorstel.beslispunten),
        "behandeling": bool(dossier.behandelingen),
    }
    return tuple(name for name, there in present.items() if not there)


def row_is_open(attempt: Attempt) -> Verdict:
    """There is a row that can still be changed."""
    if attempt.row is None:
        return Verdict("Er staat geen behandeling meer open.")
    if not attempt.row.is_open():
        return Verdict(f"De behandeling in het {attempt.row.overleg} is al afgesloten.")
    return YES


def voorstel_runs(attempt: Attempt) -> Verdict:
    """Rows move only while the voorstel is on its way."""
    state = attempt.dossier.voorstel.state
    label = attempt.rules.state_label("voorstel", state)
    if attempt.rules.is_end(state):
        return Verdict(f"Het voorstel is al beëindigd ({label.lower()}).")
    if state == "concept":
        return Verdict("Het voorstel is nog een concept. Dien het eerst in.")
    if state == "teruggestuurd":
        return Verdict("Het voorstel ligt bij de opsteller. Dien het eerst opnieuw in.")
    return YES


def its_turn(attempt: Attempt) -> Verdict:
    """A row is treated when the route has come to it; what it waits for is named."""
    running = voorstel_runs(attempt)
    if not running:
        return running
    row, dossier = attempt.row, attempt.dossier
    if row is None:
        return Verdict("Er staat geen behandeling open.")
    here, there = order_of(dossier, dossier.voorstel.state), order_of(dossier, row.step)
    step = dossier.voorstel.step(row.step)
    together = step and step.group and step.group == _group(dossier.voorstel)
    if there > here and not together:
        advice = step is not None and waits_for_advice_alone(attempt, step)
        if not advice or not waived(attempt, step):
            return Verdict(_waits_for(attempt, before=there))
    for verdict in _of_step(attempt, step):
        if not verdict:
            return verdict
    return YES


def _of_step(attempt: Attempt, step: Stap | None) -> Iterator[Verdict]:
    """What the step itself asks for: its facts, its conditions, its ratification before."""
    if step is not None:
        yield facts_known(step, attempt)
        yield from (STEP_CONDITIONS[name](attempt) for name in step.conditions)
    yield ratified_before(attempt)


def ratified_before(attempt: Attempt) -> Verdict:
    """A decision that must be ratified beforehand waits for that round."""
    row, dossier = attempt.row, attempt.dossier
    if row is None or row.bekrachtiging is None or row.bekrachtiging.when != "vooraf":
        return YES
    rounds = [step for step in dossier.voorstel.steps if attempt.rules.is_ratification(step)]
    if any(
        rows_at(dossier, step) and not step_is_open(dossier, step, attempt.rules) for step in rounds
    ):
        return YES
    return Verdict(
        "Dit besluit moet vooraf worden bekrachtigd, en dat is nog niet gebeurd. "
        "Voeg zo nodig een ronde toe met het doel bekrachtigen."
    )


def _group(voorstel: Voorstel) -> str | None:
    """The parallel group the voorstel is in now."""
    step = voorstel.step(voorstel.state)
    return step.group if step else None


def _waits_for(attempt: Attempt, *, before: int) -> str:
    """What must be done before a row further on: the overleggen, a round, or facts."""
    dossier = attempt.dossier
    waiting = tuple(
        dict.fromkeys(
            row.overleg
            for row in dossier.open_rows()
            if order_of(dossier, row.step) < before and not _left_behind(attempt, row)
        )
    )
    if waiting:
        return f"Nog geen conclusie van: {join_words(waiting)}."
    step = dossier.voorstel.step(dossier.voorstel.state)
    if step and step.per_gemeente:
        return f"Nog niet klaar: {attempt.rules.round_in_words(step.deelroute)}."
    return "De route is daar nog niet."


def all_advice_given(attempt: Attempt) -> Verdict:
    """No overleg that was asked for advice on the whole still owes its conclusie.

    Advice that is asked further on in the route, after this row, is not waited for.
    """
    dossier = attempt.dossier
    here = order_of(dossier, attempt.row.step if attempt.row else dossier.voorstel.state)
    waiting = tuple(
        row.overleg
        for row in dossier.open_rows()
        if row.doel is Doel.ADVISEREN
        and row.punten is None
        and row != attempt.row
        and not _left_behind(attempt, row)
        and order_of(dossier, row.step) <= here
    )
    step = dossier.voorstel.step(attempt.row.step) if attempt.row else None
    if waiting and not waived(attempt, step):
        return Verdict(f"Nog geen conclusie van: {join_words(waiting)}.")
    return YES


def meeting_was_held(attempt: Attempt) -> Verdict:
    """Only a meeting that took place can conclude something."""
    row, today = attempt.row, attempt.today
    if row is None:
        return Verdict("Er staat geen behandeling open.")
    if attempt.happened and attempt.happened > today:
        return Verdict(f"{day_in_words(attempt.happened).capitalize()} moet nog komen.")
    meeting = meeting_of_row(attempt, row)
    if meeting and meeting.state == "afgelast":
        return Verdict(f"De vergadering van {day_in_words(meeting.date)} is afgelast.")
    if row.date is None and attempt.happened is None:
        return _date_to_come(row, attempt)
    if row.date and (row.date > today or (attempt.happened and attempt.happened < row.date)):
        return Verdict(
            f"Het {row.overleg} van {day_in_words(row.date)} is "
            f"{'nog niet' if row.date > today else 'dan nog niet'} gehouden."
        )
    return _list_is_open(attempt, row, meeting)


def meeting_of_row(attempt: Attempt, row: Behandeling) -> Vergadering | None:
    """The meeting that a conclusion of this row belongs to, when it is known.

    The one whose agenda it is on; else that of its overleg on its day, or on
    the day that it happened when it has none.
    """
    day = row.date or attempt.happened
    return attempt.vergadering(row.vergadering) or next(
        (
            meeting
            for meeting in attempt.dossier.vergaderingen
            if meeting.date == day and meeting.overleg_code in row.overleg_codes
        ),
        None,
    )


def _list_is_open(attempt: Attempt, row: Behandeling, meeting: Vergadering | None) -> Verdict:
    """An adopted besluitenlijst takes a first conclusion only with the reason why it lacked it."""
    if meeting is None or not is_late(attempt, row):
        return YES
    if attempt.given.text("reden") or attempt.remark:
        return YES
    return Verdict(
        f"De besluitenlijst van {day_in_words(meeting.date)} is al vastgesteld. Schuif het punt "
        "door naar een volgende vergadering. Is het daar toch behandeld, geef dan de reden "
        "waarom de conclusie nu pas wordt vastgelegd."
    )


def is_late(attempt: Attempt, row: Behandeling) -> bool:
    """A conclusion of this row would come after its besluitenlijst was adopted."""
    meeting = meeting_of_row(attempt, row)
    return meeting is not None and meeting.list_is_closed() and not attempt.correcting


def _date_to_come(row: Behandeling, attempt: Attempt) -> Verdict:
    """A row without a day; when its meeting was cancelled, that is why."""
    cancelled = cancelled_days(attempt.dossier.voorstel, row)
    why = f" De vergadering van {day_in_words(cancelled[-1])} is afgelast." if cancelled else ""
    return Verdict(
        f"Voor het {row.overleg} volgt de datum nog.{why} Plan eerst een datum, "
        "of geef de dag waarop het is behandeld."
    )


def at_the_councils(attempt: Attempt) -> Verdict:
    """The gemeenten are asked when the route has come to them."""
    voorstel = attempt.dossier.voorstel
    step = voorstel.step(voorstel.state)
    if step and step.per_gemeente:
        return facts_known(step, attempt)
    if not any(one.per_gemeente for one in voorstel.steps):
        return Verdict("De route heeft geen stap voor de gemeenteraden. Voeg die eerst toe.")
    waiting = tuple(dict.fromkeys(row.overleg for row in attempt.dossier.open_rows()))
    if waiting:
        return Verdict(f"Nog geen conclusie van: {join_words(waiting)}.")
    return Verdict("Het voorstel is nog niet bij de gemeenteraden.")


def facts_known(step: Stap, attempt: Attempt) -> Verdict:
    """Whether an optional step takes part is asked, never guessed."""
    missing = missing_facts(step, attempt.dossier.voorstel)
    if not missing or takes_part(step, attempt.dossier.voorstel) is False:
        return YES
    names = [attempt.rules.fact_name(one) for one in missing]
    return Verdict(
        f"Of deze stap nodig is, hangt af van: {join_words(names)}. Leg dat eerst vast (feiten)."
    )


def _rows_here(attempt: Attempt) -> tuple[Raadsinformatie, ...]:
    """The rows of the round where the voorstel is."""
    voorstel = attempt.dossier.voorstel
    step = voorstel.step(voorstel.state)
    return rows_at(attempt.dossier, step) if step and step.per_gemeente else ()


def councils_not_started(attempt: Attempt) -> Verdict:
    """The round of a step starts once."""
    rows = _rows_here(attempt)
    if rows and rows[0].deelroute in (None, INFORM):
        return Verdict("De gemeenteraden worden al geïnformeerd.")
    if rows:
        return Verdict("De ronde langs de gemeenten is al gestart.")
    return YES


def round_runs(attempt: Attempt) -> Verdict:
    """Who joins, joins a round that has started."""
    if not _rows_here(attempt):
        return Verdict("Er loopt nu geen ronde langs de gemeenten.")
    if not outside_round(attempt):
        return Verdict("Alle gemeenten die wij kennen doen al mee.")
    return YES


def gemeente_ended(attempt: Attempt) -> Verdict:
    """Only a gemeente that exists no more hands over what stood open with it."""
    raad = attempt.raad
    if raad is None or not attempt.rules.has_ended(raad.code, attempt.today):
        return Verdict("Deze gemeente bestaat nog. Draag alleen over van een opgeheven gemeente.")
    return YES


def gemeente_exists(attempt: Attempt) -> Verdict:
    """What an ended gemeente left open is never called 'no answer'."""
    raad = attempt.raad
    if raad and attempt.rules.has_ended(raad.code, attempt.today):
        return Verdict(f"{raad.name} is opgeheven. Draag de rij over aan de opvolger.")
    return YES


def deadline_passed(attempt: Attempt) -> Verdict:
    """Nothing came in is said only when nothing can come in any more."""
    raad = attempt.raad
    if raad and raad.deadline and attempt.today <= raad.deadline:
        return Verdict(f"De termijn loopt nog tot en met {day_in_words(raad.deadline)}.")
    return YES


def nothing_open_or_reason(attempt: Attempt) -> Verdict:
    """A case ends when no point is open, or with a reason."""
    waiting = still_open(attempt)
    if waiting and not (attempt.given.text("reden") or attempt.remark):
        return Verdict(f"Nog open: {join_words(waiting)}. Geef een reden om toch af te ronden.")
    return YES


def still_open(attempt: Attempt) -> tuple[str, ...]:
    """What a voorstel waits for, in words."""
    dossier = attempt.dossier
    waiting = [row.overleg for row in dossier.open_rows() if not _left_behind(attempt, row)]
    for step in dossier.voorstel.steps:
        if not step_is_open(dossier, step, attempt.rules):
            continue
        if group_is_ready(dossier, step, attempt.rules):
            continue
        if takes_part(step, dossier.voorstel) is None:
            waiting.append(f"of stap ‘{step.overleg}’ nodig is")
        elif step.per_gemeente:
            rows = rows_at(dossier, step)
            open_ones = [one.name for one in rows if not attempt.rules.settled(one)]
            waiting += open_ones or [attempt.rules.round_in_words(step.deelroute)]
    waiting += _not_ratified(attempt)
    waiting += [f"een reactie aan de raad van {one.name}" for one in _unanswered(attempt)]
    return tuple(dict.fromkeys(waiting))


def _not_ratified(attempt: Attempt) -> list[str]:
    """The decisions that are to be ratified afterwards, while the route has no round for it."""
    dossier, rules = attempt.dossier, attempt.rules
    if any(rules.is_ratification(step) for step in dossier.voorstel.steps):
        return []  # its own round is waited for
    return [
        f"de bekrachtiging achteraf van de conclusie van het {row.overleg}"
        for row in dossier.behandelingen
        if row.state == "behandeld"
        and row.bekrachtiging is not None
        and row.bekrachtiging.when == "achteraf"
        and not rules.refused(dossier.voorstel, row)
        and row.conclusie_code in rules.table_of(dossier.voorstel, row).verder
    ]


def _left_behind(attempt: Attempt, row: Behandeling) -> bool:
    """Enough of the steps beside it are done: nobody waits for this row any more."""
    step = attempt.dossier.voorstel.step(row.step)
    return step is not None and group_is_ready(attempt.dossier, step, attempt.rules)


def _unanswered(attempt: Attempt) -> tuple[Raadsinformatie, ...]:
    """The raden that gave a zienswijze and heard nothing back."""
    return tuple(
        raad
        for raad in attempt.dossier.raden
        if raad.answer is not None
        and (act := attempt.rules.act_on(raad.deelroute, "geef_reactie"))
        and raad.state in act.van
    )


def treated_inside_window(attempt: Attempt) -> Verdict:
    """Done when an overleg treated it inside its window, not when it was handed in."""
    afspraak, rows = attempt.afspraak, attempt.settling
    if afspraak is None:
        return Verdict("Er is geen afspraak gekozen.")
    if rows is None or attempt.given.text("reden") or attempt.remark:
        return YES
    treated = [row for row in rows if row.state == "behandeld" and row.happened_on]
    if not treated:
        return Verdict("Het voorstel is nog in geen overleg behandeld.")
    if afspraak.window_from and afspraak.window_to:
        inside = [
            row
            for row in treated
            if row.happened_on and afspraak.window_from <= row.happened_on <= afspraak.window_to
        ]
        if not inside:
            return Verdict(
                f"Het voorstel is niet behandeld in {afspraak.period or 'de afgesproken periode'}. "
                "Geef een reden om de afspraak toch af te doen."
            )
    return YES


def promises_on_paper(attempt: Attempt) -> Verdict:
    """There is something on paper to take over."""
    if not attempt.dossier.voorstel.promises:
        return Verdict(
            "Op papier staat geen toezegging. Leg een afspraak vast met uw eigen woorden."
        )
    return YES


def has_no_term(attempt: Attempt) -> Verdict:
    """A first date or period is for what has none; a later one is a slip, with a reason."""
    one = attempt.afspraak
    if one is not None and (one.due or one.window_to):
        return Verdict("Er is al een datum. Verschuif de afspraak, met de reden.")
    return YES


def is_about_a_pilot(attempt: Attempt) -> Verdict:
    """Begin and end are of a pilot; other afspraken have none."""
    one = attempt.afspraak
    if one is None or not (one.asks or one.begin_on or one.end_on or one.interim):
        return Verdict("Deze afspraak gaat niet over een proefperiode.")
    return YES


def day_has_come(attempt: Attempt) -> Verdict:
    """A meeting is held on its day, not before."""
    meeting = next(iter(attempt.dossier.vergaderingen), None)
    if meeting and meeting.date > attempt.today:
        return Verdict(f"De vergadering is pas op {day_in_words(meeting.date)}.")
    return YES


def discussed_or_held(attempt: Attempt) -> Verdict:
    """A row that is still open can be discussed now: its turn has come and its meeting was held."""
    if attempt.row is None or not attempt.row.is_open():
        return YES
    return its_turn(attempt) and meeting_was_held(attempt)


def facts_are_asked(attempt: Attempt) -> Verdict:
    """Facts are declared where the route asks for them."""
    if asked_facts(attempt):
        return YES
    return Verdict("De route van dit voorstel vraagt niet naar feiten.")


def asked_facts(attempt: Attempt) -> tuple[str, ...]:
    """The facts that a person may declare: what its steps ask for, and whether it is besloten."""
    feiten = attempt.rules.feiten
    steps = attempt.dossier.voorstel.steps
    asked = [one.fact for step in steps for one in step.only_if if one.fact in feiten]
    closing = [code for code, feit in feiten.items() if feit.besloten_bij]
    return tuple(dict.fromkeys((*asked, *closing)))


def is_reservation(attempt: Attempt) -> Verdict:
    """Only a reservation is lifted or refused."""
    if attempt.afspraak is None or attempt.afspraak.soort != "voorbehoud":
        return Verdict("Dit kan alleen bij een voorbehoud.")
    return YES


STEP_CONDITIONS: dict[str, Guard] = {"alle_adviezen_binnen": all_advice_given}

GUARDS: dict[str, Guard] = {  # the only names that a definition may use
    "voorblad_compleet": cover_sheet_complete,
    "rij_is_open": row_is_open,
    "voorstel_loopt": voorstel_runs,
    "aan_de_beurt": its_turn,
    "vergadering_gehouden": meeting_was_held,
    "bij_de_raden": at_the_councils,
    "raden_nog_niet_gestart": councils_not_started,
    "ronde_loopt": round_runs,
    "gemeente_is_opgeheven": gemeente_ended,
    "gemeente_bestaat": gemeente_exists,
    "termijn_voorbij": deadline_passed,
    "niets_meer_open_of_reden": nothing_open_or_reason,
    "behandeld_binnen_venster": treated_inside_window,
    "dag_is_bereikt": day_has_come,
    "nog_zonder_termijn": has_no_term,
    "toezegging_op_papier": promises_on_paper,
    "over_proefperiode": is_about_a_pilot,
    "besproken_of_gehouden": discussed_or_held,
    "feiten_gevraagd": facts_are_asked,
    "is_voorbehoud": is_reservation,
    **STEP_CONDITIONS,
    **EDIT_GUARDS,
}
