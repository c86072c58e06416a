"""The history as sentences: who did what, in the words of the field."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from workflow.domain.dossier import Dossier
from workflow.domain.dutch import conclusie_in_words, date_in_words, join_words
from workflow.domain.ports import StoredAct
from workflow.engine.migration import MIGRATION
from workflow.engine.rules import Rules
from workflow.services.past import last_event_about, stream_of
from workflow.services.session import Session

_PLAIN = {
    "importeer": "las het voorblad in",
    "importeer_brief": "las een brief in die bij dit dossier hoort",
    "werk_brief_bij": "las een gewijzigde brief in",
    "werk_bij": "las een gewijzigd voorblad in",
    "maak_aan": "maakte het voorstel aan",
    "voeg_stuk_toe": "voegde een stuk toe",
    "koppel_brief": "voegde een bewaarde brief bij dit dossier",
    "dien_in": "diende het voorstel in",
    "dien_opnieuw_in": "diende het voorstel opnieuw in",
    "stuur_terug": "stuurde het voorstel terug naar de opsteller",
    "trek_in": "trok het voorstel in",
    "rond_af": "rondde het voorstel af",
    "voeg_gemeente_toe": "voegde een gemeente aan de ronde toe",
    "leg_feiten_vast": "legde feiten van het voorstel vast",
    "plan": "plande een behandeling",
    "voeg_toe": "voegde een behandeling toe",
    "corrigeer": "corrigeerde een eerdere vastlegging",
}
_ROW = {
    "agendeer": "zette het punt op de agenda van het {overleg}",
    "haal_van_agenda": "haalde het punt van de agenda van het {overleg}",
    "schuif_door": "schoof het punt bij het {overleg} door",
    "sla_over": "sloeg de behandeling in het {overleg} over",
    "herhaal": "zette het punt opnieuw op de route van het {overleg}",
}
_OBJECTION = {
    "terug_naar_overleg": "het overleg dat besloot, behandelt het opnieuw",
    "eigen_besluit": "het besluit zelf",
}
_COUNCIL = {
    "bied_aan": "bood de brief aan de gemeente {gemeente} aan",
    "leg_collegebesluit_vast": "legde het collegebesluit van {gemeente} vast",
    "meld_verzonden": "meldde de verzending aan de raad van {gemeente}",
    "meld_ter_kennisname": "meldde dat de brief bij de raad van {gemeente} ter kennisname lag",
    "meld_geagendeerd": "meldde dat de raad van {gemeente} de brief heeft geagendeerd",
    "meld_niet_verzonden": "meldde dat {gemeente} de brief niet verzendt",
    "meld_niet_van_toepassing": "meldde dat het voor {gemeente} niet van toepassing is",
    "meld_bekrachtigd": "meldde dat {gemeente} het besluit bekrachtigt",
    "meld_niet_bekrachtigd": "meldde dat {gemeente} het besluit niet bekrachtigt",
    "leg_zienswijze_vast": "legde de zienswijze van {gemeente} vast",
    "meld_geen_zienswijze": "meldde dat {gemeente} geen zienswijze geeft",
    "meld_niet_ontvangen": "meldde dat van {gemeente} niets is ontvangen",
    "geef_reactie": "legde de reactie aan de raad van {gemeente} vast",
    "meld_vastgesteld": "meldde dat {gemeente} het stuk vaststelde",
    "meld_gewijzigd_vastgesteld": "meldde dat {gemeente} het stuk gewijzigd vaststelde",
    "meld_niet_vastgesteld": "meldde dat {gemeente} het stuk niet vaststelde",
    "bepaal_gevolg": "legde vast hoe het overleg met het antwoord van {gemeente} omgaat",
    "draag_over": "droeg over wat bij {gemeente} openstond, na de opheffing",
}
_OWED = {
    "neem_in_voorbereiding": "nam een afspraak in voorbereiding",
    "doe_af": "deed een afspraak af",
    "laat_vervallen": "liet een afspraak vervallen",
    "hef_voorbehoud_op": "legde vast dat een voorbehoud is opgeheven",
    "weiger_voorbehoud": "meldde dat een voorbehoud blijft: het punt gaat terug naar het overleg",
    "verschuif": "verschoof een afspraak",
}


DEVIATIONS = {  # a field whose reason sets a rule aside: how the history says it
    "zonder_advies": "zonder op het advies te wachten",
    "zonder_vier_ogen": "zonder tweede persoon",
}


def deviations_in(body: Mapping[str, Any]) -> list[str]:
    """The rules that an event set aside, by the field that holds the reason."""
    given = body["inputs"].get("fields", {})
    return [name for name in DEVIATIONS if name in given]


def last_change(session: Session, dossier: Dossier) -> str:
    """The last event of a dossier as a sentence without full stop; '' when there is none."""
    act = last_event_about(session.reader, dossier.voorstel)
    if act is None:
        return ""
    names = session.reader.texts([act.body["actor"]])
    return sentences(session.rules, [act], dossier, names)[0].rstrip(".")


def sentences(
    rules: Rules, acts: Sequence[StoredAct], dossier: Dossier, names: Mapping[str, str | None]
) -> list[str]:
    """Events of a dossier as sentences; `names` are those of who acted, as far as kept."""
    overleg_of = {row.id: row.overleg for row in dossier.behandelingen}
    return [
        sentence_of(
            act,
            actor=names.get(act.body["actor"]),
            rules=rules,
            overleg_of=overleg_of,
            own=act.stream == stream_of(dossier.voorstel),
        )
        for act in acts
    ]


def sentence_of(
    act: StoredAct,
    *,
    actor: str | None,
    rules: Rules,
    overleg_of: Mapping[str, str],
    own: bool = True,
) -> str:
    """One event as a Dutch sentence; `overleg_of` names the overleg of each row id.

    `own`: it is in the stream of the dossier that it is told for.
    An actor whose name was erased is called 'Iemand'.
    """
    body = act.body
    target = body["inputs"].get("target", {})
    who = actor or "Iemand"
    what = _what(body, target, rules, overleg_of, own=own)
    day = body["happened_on"]
    recorded = body["at"][:10]
    when = f" (op {_in_words(day)})" if day and day != recorded else ""
    apart = [DEVIATIONS[name] for name in deviations_in(body)]
    set_aside = f", {join_words(apart)}" if apart else ""
    return f"{who} {what}{set_aside}{when}."


def _what(
    body: Mapping[str, Any],
    target: Mapping[str, str],
    rules: Rules,
    overleg_of: Mapping[str, str],
    *,
    own: bool,
) -> str:
    """What was done, without who."""
    kind = body["type"]
    overleg = overleg_of.get(target.get("behandeling", ""), "overleg")
    if kind == "leg_conclusie_vast":
        return f"legde de conclusie van het {overleg} vast: {_conclusion(body)}"
    if kind == "gelast_af":
        return f"gelastte {_meeting(body['stream'], rules)} af; het punt wacht op een nieuwe datum"
    if kind in ("verplaats", "splits_af", "maak_bezwaar"):
        return _edit(kind, body["inputs"], overleg, overleg_of, own=own)
    if kind == "antwoord":
        return _answered(body["inputs"])
    if kind in _ROW:
        return _ROW[kind].format(overleg=overleg)
    if kind in _COUNCIL:
        code = target.get("gemeente", "").partition("/")[0]
        found = rules.gemeenten.get(code)
        return _COUNCIL[kind].format(gemeente=found.naam if found else code)
    if kind == "start_raadsinformatie":
        return f"startte {rules.round_in_words(_deelroute(body))}"
    if kind == "corrigeer":
        return f"corrigeerde wat onder nummer {body['corrects']} was vastgelegd"
    if kind == MIGRATION:
        given = body["inputs"]["fields"]
        return f"bracht het voorstel van routeversie {given['van']} naar {given['naar']}"
    known = _PLAIN.get(kind) or _OWED.get(kind)
    return known or f"legde vast: {kind.replace('_', ' ')}"


def _edit(
    kind: str,
    inputs: Mapping[str, Any],
    overleg: str,
    overleg_of: Mapping[str, str],
    *,
    own: bool,
) -> str:
    """What was done to the route of this one voorstel; `own`: the act was on this voorstel."""
    given, target = inputs["fields"], inputs["target"]
    if kind == "verplaats":
        side = "voor" if "voor" in given else "na"
        other = overleg_of.get(given.get(side, ""), "een ander overleg")
        return f"verplaatste de behandeling in het {overleg} tot {side} het {other}"
    if kind == "maak_bezwaar":
        return f"legde bezwaar van het {overleg} vast: {_OBJECTION[given['uitkomst']]}"
    numbers = [one.strip() for one in re.split(r"[,;\n]", given["beslispunten"])]
    points = f"beslispunt {join_words(numbers)}"
    if own:
        return f"splitste {points} af: dat gaat verder als voorstel {target['voorstel']}"
    return f"splitste dit voorstel af van voorstel {target['bron']} ({points})"


def _meeting(stream: str, rules: Rules) -> str:
    """The meeting that a stream is about: 'de vergadering van het DO op 27 juni 2024'."""
    code, day = stream.partition("/")[2][:-11], stream[-10:]
    found = rules.overleggen.get(code)
    return f"de vergadering van het {found.naam if found else code} op {_in_words(day)}"


def _answered(inputs: Mapping[str, Any]) -> str:
    """What the reader of a mail answered by its link."""
    day = inputs.get("date")
    return {
        "ingediend": "antwoordde op een herinnering: ingediend",
        "lever_op": f"antwoordde op een herinnering: levert op {_in_words(day) if day else '?'}",
        "niet_ik": "antwoordde op een herinnering: niet voor deze persoon",
    }[str(inputs.get("answer"))]


def _deelroute(body: Mapping[str, Any]) -> str | None:
    """The sub-route of the rows that an event made; None: to be informed."""
    rows = (one["set"] for one in body["changes"] if one["entity"] == "raadsinformatie")
    return next((row.get("deelroute") for row in rows), None)


def _conclusion(body: Mapping[str, Any]) -> str:
    """The conclusion per beslispunt, those with the same words together."""
    for change in body["changes"]:
        if change["entity"] == "behandeling" and "conclusie_code" in change["set"]:
            codes: dict[str, list[str]] = {}
            for one in change["set"].get("per_punt", ()):
                codes.setdefault(one["code"], []).append(one["number"])
            if len(codes) < 2:
                return conclusie_in_words(change["set"]["conclusie_code"])
            parts = [
                f"{conclusie_in_words(code)} op punt {join_words(numbers)}"
                for code, numbers in codes.items()
            ]
            return join_words(parts)
    return "onbekend"


def _in_words(day: str) -> str:
    """An ISO date as people say it."""
    return date_in_words(date.fromisoformat(day))
