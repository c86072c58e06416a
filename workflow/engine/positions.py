"""Where each gemeente stands on a conclusion, and the reservations that must be cleared."""

from dataclasses import replace

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling, Positie, Standpunt
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField
from workflow.domain.route import insert_row
from workflow.engine.attempt import Attempt
from workflow.engine.effects_afspraak import dropped, moved_afspraak, with_afspraak
from workflow.engine.effects_route import successor
from workflow.engine.place import in_state

RESERVATION = "voorbehoud"


def positions_of(attempt: Attempt) -> tuple[Standpunt, ...] | None:
    """The positions as given: 'voor', or with words: 'voorbehoud: van mijn college'.

    None when none was given. Raises InvalidField for a gemeente that takes no part
    or a position that does not exist.
    """
    found: list[Standpunt] = []
    members = attempt.rules.members(attempt.dossier.voorstel.theme, attempt.day)
    known = {one.code for one in members}
    for code, said in attempt.given.positions.items():
        name, _, words = (part.strip() for part in said.partition(":"))
        if code not in known:
            naam = attempt.rules.gemeenten[code].naam
            raise InvalidField(f"standpunt_{code}", f"{naam} doet niet mee bij dit onderwerp.")
        if name.casefold() not in list(Positie):
            options = ", ".join(Positie)
            raise InvalidField(f"standpunt_{code}", f"‘{name[:60]}’ kan niet. Kies uit: {options}.")
        kept = attempt.keep(words) if words else None
        found.append(Standpunt(gemeente=code, code=Positie(name.casefold()), words=kept))
    return tuple(found) or None


def with_reservations(attempt: Attempt, dossier: Dossier, row: Behandeling) -> Dossier:
    """What each gemeente that made a reservation must clear, and by when."""
    for one in row.standpunten or ():
        if one.code is not Positie.VOORBEHOUD:
            continue
        naam = attempt.rules.gemeenten[one.gemeente].naam
        dossier = with_afspraak(
            dossier,
            Afspraak(
                id=f"{RESERVATION}-{dossier.voorstel.kenmerk}-{row.id}-{one.gemeente}",
                soort=RESERVATION,
                title=f"Voorbehoud van {naam} opheffen: {row.overleg}",
                voorstel_id=dossier.voorstel.id,
                kenmerk=dossier.voorstel.kenmerk,
                due=attempt.given.day("voorbehoud_tot"),
                owners=(f"gemeente {naam}",),
                gemeente=one.gemeente,
                row=row.id,
            ),
        )
    return dossier


def lift(attempt: Attempt) -> Dossier:
    """The reservation is lifted."""
    day = attempt.given.day("datum") or attempt.day
    if day > attempt.today:
        raise InvalidField("datum", "die dag moet nog komen.")
    return moved_afspraak(attempt, settled_on=day, reason=attempt.reason())


def refuse_reservation(attempt: Attempt) -> Dossier:
    """The reservation is not lifted: the matter is back at the overleg, in a new row."""
    dossier, one = dropped(attempt), attempt.afspraak
    row = dossier.behandeling(one.row or "") if one else None
    if one is None or row is None:
        return dossier
    whole = not one.punten or set(one.punten) >= {
        punt.number for punt in dossier.voorstel.beslispunten
    }
    fresh = successor(dossier, row, date=None)
    fresh = replace(fresh, punten=row.punten if whole else one.punten)
    back = replace(dossier, behandelingen=insert_row(dossier, fresh, _last_of(dossier, row)))
    return in_state(back, row.step) if fresh.punten is None else back


def _last_of(dossier: Dossier, row: Behandeling) -> Behandeling:
    """The lowest row of the same step."""
    return max(dossier.rows_of(row.step), key=lambda one: one.position)
