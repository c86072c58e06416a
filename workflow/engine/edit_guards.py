"""When the route of one voorstel may be edited: each answers yes, or no with its Dutch reason."""

from collections.abc import Callable, Sequence

from workflow.domain.behandeling import INFORMING, Behandeling
from workflow.domain.dossier import Dossier
from workflow.domain.rounds import rows_at
from workflow.domain.route import order_of
from workflow.domain.verdict import YES, Verdict
from workflow.engine.attempt import Attempt
from workflow.engine.bezwaar import decision_before, open_objection
from workflow.engine.edit_order import AFTER, BEFORE, places
from workflow.engine.splitting import alive_after, splittable

REPEATABLE = ("behandeld", "vervallen")


def can_move(attempt: Attempt) -> Verdict:
    """An open row that can stand somewhere else."""
    row = attempt.row
    if row is None or not row.is_open():
        return Verdict("Alleen een rij die nog openstaat, kan worden verplaatst.")
    if any(any(places(attempt.dossier, row, side)) for side in (BEFORE, AFTER)):
        return YES
    return Verdict(f"De behandeling in het {row.overleg} kan nergens anders staan.")


def can_repeat(attempt: Attempt) -> Verdict:
    """A closed row whose overleg has no open row there, while no round came after it."""
    row, dossier = attempt.row, attempt.dossier
    if row is None or row.is_open():
        return Verdict("Kies een rij die al is behandeld of overgeslagen.")
    step = dossier.voorstel.step(row.step)
    if row.state not in REPEATABLE or (step and step.per_gemeente):
        return Verdict("Deze rij kan niet worden herhaald: er is al een nieuwe rij, of een ronde.")
    if any(one.is_open() for one in dossier.rows_of(row.step)):
        return Verdict(f"Het {row.overleg} heeft al een rij die openstaat.")
    if row.punten and set(row.punten) <= dossier.voorstel.departed():
        return Verdict("De punten van deze rij gaan verder als een eigen voorstel.")
    if _round_runs_after(dossier, row):
        return Verdict(
            f"Na het {row.overleg} is de ronde langs de gemeenten al gestart. Voeg een nieuwe "
            "behandeling toe, of leg een bezwaar vast."
        )
    return YES


def _round_runs_after(dossier: Dossier, row: Behandeling) -> bool:
    """A round of gemeenten that comes after the row has started."""
    later = dossier.voorstel.steps[order_of(dossier, row.step) + 1 :]
    return any(step.per_gemeente and rows_at(dossier, step) for step in later)


def can_split(attempt: Attempt) -> Verdict:
    """A held or rejected point, and another that goes on."""
    dossier, rules = attempt.dossier, attempt.rules
    found = splittable(dossier, rules)
    if not found:
        return Verdict("Er is geen beslispunt dat is aangehouden of afgewezen.")
    if not any(alive_after(dossier, rules, (number,)) for number in found):
        return Verdict("Er blijft dan geen beslispunt over waarover nog wordt besloten.")
    return YES


def can_object(attempt: Attempt) -> Verdict:
    """An overleg that is only informed, about a decision that was taken and is not disputed yet."""
    row, dossier = attempt.row, attempt.dossier
    if row is None or row.doel not in INFORMING:
        return Verdict("Alleen een overleg dat wordt geïnformeerd, kan bezwaar maken.")
    if row.state not in ("gepland", "geagendeerd", "behandeld"):
        return Verdict(f"De behandeling in het {row.overleg} ging niet door.")
    if decision_before(dossier, attempt.rules, row) is None:
        return Verdict("Er is nog geen besluit waartegen bezwaar kan worden gemaakt.")
    if open_objection(dossier):
        return Verdict("Er loopt al een bezwaar. Wacht tot dat is behandeld.")
    return YES


def no_open_objection(attempt: Attempt) -> Verdict:
    """What was decided is not carried out while it is disputed."""
    settling = open_objection(attempt.dossier)
    if settling is None:
        return YES
    decided = attempt.dossier.behandeling(settling.answers or "")
    objector = attempt.dossier.behandeling(decided.objection or "") if decided else None
    by = f"het {objector.overleg}" if objector else "een overleg"
    return Verdict(
        f"Er loopt een bezwaar van {by}. Wacht tot het {settling.overleg} daarover heeft besloten."
    )


EDIT_GUARDS: dict[str, Callable[[Attempt], Verdict]] = {
    "mag_verplaatst": can_move,
    "mag_herhaald": can_repeat,
    "iets_af_te_splitsen": can_split,
    "bezwaar_mogelijk": can_object,
    "geen_bezwaar_open": no_open_objection,
}


def repeatable_rows(dossier: Dossier) -> Sequence[Behandeling]:
    """The last row of each step that has none open."""
    steps = (dossier.rows_of(step.id) for step in dossier.voorstel.steps if not step.per_gemeente)
    return [
        rows[-1]
        for rows in steps
        if rows and rows[-1].state in REPEATABLE and not any(row.is_open() for row in rows)
    ]


def objecting_rows(dossier: Dossier) -> Sequence[Behandeling]:
    """The last row of each overleg that is only informed."""
    steps = (dossier.rows_of(step.id) for step in dossier.voorstel.steps if not step.per_gemeente)
    return [rows[-1] for rows in steps if rows and rows[-1].doel in INFORMING]


# The rows that an act may be about, where these are not the open ones.
EDIT_TARGETS: dict[str, Callable[[Dossier], Sequence[Behandeling]]] = {
    "verplaats": Dossier.open_rows,
    "herhaal": repeatable_rows,
    "maak_bezwaar": objecting_rows,
}
