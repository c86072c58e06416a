"""Which effect belongs to which act: the only acts that a definition may name."""

from collections.abc import Callable
from dataclasses import replace

from workflow.domain.dossier import Dossier
from workflow.engine import (
    effects_afspraak,
    effects_edit,
    effects_feiten,
    effects_raden,
    effects_route,
    positions,
)
from workflow.engine.attempt import Attempt
from workflow.engine.effects_conclusie import conclude
from workflow.engine.effects_raden import at_gemeenten
from workflow.engine.splitting import split_off

Effect = Callable[[Attempt], Dossier]

EFFECTS: dict[str, Effect] = {
    "dien_in": effects_route.submit,
    "dien_opnieuw_in": effects_route.submit,
    "plan": effects_route.plan,
    "voeg_toe": effects_route.add,
    "sla_over": effects_route.skip,
    "verplaats": effects_edit.move,
    "herhaal": effects_edit.repeat,
    "splits_af": split_off,
    "maak_bezwaar": effects_edit.object_to,
    "stuur_terug": effects_route.send_back,
    "rond_af": effects_route.close,
    "trek_in": effects_route.withdraw,
    "agendeer": effects_route.put_on_agenda,
    "haal_van_agenda": effects_route.take_off_agenda,
    "schuif_door": effects_route.postpone,
    "leg_conclusie_vast": conclude,
    "start_raadsinformatie": effects_raden.start_round,
    "neem_in_voorbereiding": effects_afspraak.prepare,
    "doe_af": effects_afspraak.settle,
    "laat_vervallen": effects_afspraak.dropped,
    "verschuif": effects_afspraak.defer,
    "bepaal_termijn": effects_afspraak.set_term,
    "leg_proefperiode_vast": effects_afspraak.set_pilot,
    "maak_afspraak": effects_afspraak.make_afspraak,
    "neem_toezegging_over": effects_afspraak.take_promise_over,
    "hef_voorbehoud_op": positions.lift,
    "weiger_voorbehoud": positions.refuse_reservation,
    "leg_feiten_vast": effects_feiten.declare,
}


def move_meeting(attempt: Attempt) -> Dossier:
    """A vergadering in its next state; the rows of a cancelled one wait for another date."""
    meeting = attempt.dossier.vergaderingen[0]
    machine = attempt.rules.fixed("vergadering")
    state = machine.next_state(meeting.state, attempt.act.handeling)
    moved = replace(meeting, state=state or meeting.state, version=meeting.version + 1)
    return replace(attempt.dossier, vergaderingen=(moved,))


_AT_GEMEENTEN: dict[str, Effect] = {  # the acts on a round
    "bied_aan": effects_raden.move_council,
    "leg_collegebesluit_vast": effects_raden.move_council,
    "meld_verzonden": effects_raden.move_council,
    "meld_ter_kennisname": effects_raden.move_council,
    "meld_geagendeerd": effects_raden.move_council,
    "meld_niet_verzonden": effects_raden.move_council,
    "meld_niet_van_toepassing": effects_raden.move_council,
    "meld_bekrachtigd": effects_raden.answer,
    "meld_niet_bekrachtigd": effects_raden.answer,
    "leg_zienswijze_vast": effects_raden.answer,
    "meld_geen_zienswijze": effects_raden.answer,
    "meld_niet_ontvangen": effects_raden.answer,
    "geef_reactie": effects_raden.react,
    "meld_vastgesteld": effects_raden.answer,
    "meld_gewijzigd_vastgesteld": effects_raden.answer,
    "meld_niet_vastgesteld": effects_raden.answer,
    "bepaal_gevolg": effects_raden.choose_consequence,
    "draag_over": effects_raden.hand_over,
    "voeg_gemeente_toe": effects_raden.add_gemeente,
}
EFFECTS |= {name: at_gemeenten(effect) for name, effect in _AT_GEMEENTEN.items()}
MEETING_EFFECTS: dict[str, Effect] = dict.fromkeys(
    ("stel_agenda_vast", "meld_gehouden", "stel_besluitenlijst_vast", "gelast_af"), move_meeting
)
CORRECTION = "corrigeer"  # its effect needs the event that it corrects: see correction.py
HANDLERS = frozenset({*EFFECTS, *MEETING_EFFECTS, CORRECTION})
