"""A row of the behandeltabel as JSON: as on paper, what became of it, and on what ground."""

from workflow.domain.behandeling import Behandeling, Doel
from workflow.domain.dossier import Dossier
from workflow.domain.feiten import declared, missing_facts
from workflow.domain.voorstel import Afwijking, Voorstel
from workflow.engine.rules import Rules
from workflow.services.concept import list_of
from workflow.services.shapes import Json, iso, words

DECIDES = frozenset({Doel.BESLUITEN, Doel.VASTSTELLEN})


def behandeling_view(dossier: Dossier, row: Behandeling, rules: Rules) -> Json:
    """A row of the table: as on paper, and what became of it."""
    ground = row.bekrachtiging
    return {
        "id": row.id,
        "stap": row.step,
        "datum": iso(row.date),
        "datum_ruw": row.date_raw,
        "jaar_afgeleid": row.year_derived,
        "periode": row.period,
        "overleg": row.overleg,
        "soort": row.soort.value,
        "overleg_code": row.overleg_codes[0] if row.overleg_codes else None,
        "overleg_codes": list(row.overleg_codes),
        "doel": row.doel.value if row.doel else None,
        "doel_ruw": row.doel_raw,
        "conclusie": words(row.conclusie),
        "conclusie_code": row.conclusie_code.value if row.conclusie_code else None,
        "state": row.state,
        "state_label": rules.state_label("behandeling", row.state),
        "vergadering": row.vergadering,
        "bekrachtiging": {"wanneer": ground.when, "grond": ground.ground} if ground else None,
        "punten": list(row.punten) if row.punten is not None else None,
        "per_punt": {one.number: one.code.value for one in row.per_punt},
        "aangehouden_tot": iso(row.held_until),
        "verwezen_naar": row.referred_to,
        "behandeld_op": iso(row.happened_on),
        "basis": row.basis,
        "reden": words(row.reason),
        "op_papier": row.on_paper,
        "besluitenlijst": list_of(dossier, row),
        "bezwaar": _objection(dossier, row),
        "behandelt_bezwaar_tegen": row.answers,
        "aan_de_beurt": row.is_open() and row.step == dossier.voorstel.state,
        "toelichting": words(row.explanation),
        "zonder_advies": row.without_advice is not None,
        "zonder_advies_reden": words(row.without_advice),
        "standpunten": _positions(row, rules),
        **_ground(row, rules),
    }


def _objection(dossier: Dossier, row: Behandeling) -> Json | None:
    """Who objected to this conclusie, and whether that is settled; None: nobody did."""
    objector = dossier.behandeling(row.objection) if row.objection else None
    if objector is None:
        return None
    running = any(one.answers == row.id for one in dossier.open_rows())
    return {"behandeling": objector.id, "overleg": objector.overleg, "loopt": running}


def _positions(row: Behandeling, rules: Rules) -> list[Json]:
    """Where each gemeente stood, in the order as given."""
    return [
        {
            "gemeente": rules.gemeenten[one.gemeente].naam
            if one.gemeente in rules.gemeenten
            else one.gemeente,
            "code": one.gemeente,
            "standpunt": one.code.value,
            "woorden": words(one.words),
        }
        for one in row.standpunten or ()
    ]


def _ground(row: Behandeling, rules: Rules) -> Json:
    """On what the overleg may decide this, on the day of the row; missing where it decides."""
    day = row.happened_on or row.date
    found = next(
        (known for code in row.overleg_codes if day and (known := rules.grond(code, day))), None
    )
    return {
        "grond": {"soort": found.soort, "naam": found.naam, "datum": iso(found.datum)}
        if found
        else None,
        "grond_ontbreekt": row.doel in DECIDES and found is None,
    }


def facts_view(voorstel: Voorstel, rules: Rules) -> list[Json]:
    """The facts that the route asks for or that were declared; value null: not declared yet."""
    known = declared(voorstel)
    asked = [one.fact for step in voorstel.steps for one in step.only_if]
    codes = dict.fromkeys([*asked, *(one.fact for one in voorstel.facts or ())])
    here = voorstel.step(voorstel.state)
    wanted = missing_facts(here, voorstel) if here else ()
    return [
        {
            "feit": code,
            "naam": rules.fact_name(code),
            "waarde": known.get(code),
            "gevraagd": code in wanted,
        }
        for code in codes
    ]


def deviation_view(one: Afwijking) -> Json:
    """A rule that was set aside, with the reason."""
    return {
        "handeling": one.act,
        "regel": one.rule,
        "datum": iso(one.on),
        "reden": words(one.reason),
    }
