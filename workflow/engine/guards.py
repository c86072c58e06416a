"""The guards that a definition may name. Each answers yes, or no with its Dutch reason."""

from collections.abc import Callable

from workflow.domain.behandeling import Behandeling, Doel
from workflow.domain.dossier import Dossier
from workflow.domain.dutch import day_in_words, join_words
from workflow.domain.overleg import Vergadering
from workflow.domain.route import group_is_ready, order_of, step_is_open
from workflow.domain.verdict import YES, Verdict
from workflow.domain.voorstel import Voorstel
from workflow.engine.attempt import Attempt
from workflow.engine.cancelled import cancelled_days
from workflow.engine.edit_guards import EDIT_GUARDS

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
        waiting = _waiting(dossier, before=there)
        return Verdict(f"Nog geen conclusie van: {join_words(waiting)}.")
    for name in step.conditions if step else ():
        verdict = STEP_CONDITIONS[name](attempt)
        if not verdict:
            return verdict
    return YES


def _group(voorstel: Voorstel) -> str | None:
    """The parallel group the voorstel is in now."""
    step = voorstel.step(voorstel.state)
    return step.group if step else None


def _waiting(dossier: Dossier, *, before: int) -> tuple[str, ...]:
    """The overleggen with an open row earlier in the route, each once."""
    return tuple(
        dict.fromkeys(
            row.overleg for row in dossier.open_rows() if order_of(dossier, row.step) < before
        )
    )


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
        and order_of(dossier, row.step) <= here
    )
    if waiting:
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
    """The gemeenteraden are informed when the route has come to them."""
    voorstel = attempt.dossier.voorstel
    step = voorstel.step(voorstel.state)
    if step and step.per_gemeente:
        return YES
    if not any(one.per_gemeente for one in voorstel.steps):
        return Verdict("De route heeft geen stap voor de gemeenteraden. Voeg die eerst toe.")
    waiting = tuple(dict.fromkeys(row.overleg for row in attempt.dossier.open_rows()))
    if waiting:
        return Verdict(f"Nog geen conclusie van: {join_words(waiting)}.")
    return Verdict("Het voorstel is nog niet bij de gemeenteraden.")


def councils_not_started(attempt: Attempt) -> Verdict:
    """The round starts once."""
    if attempt.dossier.raden:
        return Verdict("De gemeenteraden worden al geïnformeerd.")
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
    settled = attempt.rules.settled
    waiting = [
        row.overleg
        for row in dossier.open_rows()
        if not ((own := dossier.voorstel.step(row.step)) and group_is_ready(dossier, own, settled))
    ]
    for step in dossier.voorstel.steps:
        if step.per_gemeente and step_is_open(dossier, step, attempt.rules.settled):
            open_ones = [one.name for one in dossier.raden if not attempt.rules.settled(one.state)]
            waiting += open_ones or ["het informeren van de gemeenteraden"]
    return tuple(dict.fromkeys(waiting))


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


STEP_CONDITIONS: dict[str, Guard] = {"alle_adviezen_binnen": all_advice_given}

GUARDS: dict[str, Guard] = {  # the only names that a definition may use
    "voorblad_compleet": cover_sheet_complete,
    "rij_is_open": row_is_open,
    "voorstel_loopt": voorstel_runs,
    "aan_de_beurt": its_turn,
    "vergadering_gehouden": meeting_was_held,
    "bij_de_raden": at_the_councils,
    "raden_nog_niet_gestart": councils_not_started,
    "niets_meer_open_of_reden": nothing_open_or_reason,
    "behandeld_binnen_venster": treated_inside_window,
    "dag_is_bereikt": day_has_come,
    "besproken_of_gehouden": discussed_or_held,
    **STEP_CONDITIONS,
    **EDIT_GUARDS,
}
