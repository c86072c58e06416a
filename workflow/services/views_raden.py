"""The rounds along the gemeenten as JSON: each row, and where the paper is in force."""

from collections.abc import Mapping, Sequence
from typing import Any

from workflow.domain.dossier import Dossier
from workflow.domain.feiten import takes_part
from workflow.domain.fields import names_of
from workflow.domain.raadsinformatie import INFORM, Raadsinformatie
from workflow.domain.rounds import is_last, rows_at, step_of
from workflow.domain.text import ErasableText
from workflow.engine.rules import Rules
from workflow.services.shapes import Json, iso, words


def raden_view(dossier: Dossier, rules: Rules) -> list[Json]:
    """The council rows of a dossier, by round and then by name."""
    ordered = sorted(dossier.raden, key=lambda one: (one.number, one.name))
    return [
        {**raad_view(_columns(dossier, one), rules), "laatste": is_last(dossier, one)}
        for one in ordered
    ]


def _columns(dossier: Dossier, one: Raadsinformatie) -> Json:
    """A row as plain columns, its texts as words."""
    found = {name: getattr(one, name) for name in names_of(Raadsinformatie)}
    texts = {name: words(value) for name, value in found.items() if type(value) is ErasableText}
    return {**found, **texts, "step": step_of(dossier, one)}


def raad_view(row: Mapping[str, Any], rules: Rules) -> Json:
    """One row of the council grid."""
    state, deelroute = row["state"], row["deelroute"]
    return {
        "gemeente": row["name"],
        "code": row["gemeente"].partition("/")[0],
        "state": state,
        "state_label": rules.raad_label(state, deelroute),
        "klaar": rules.is_settled(state, deelroute),
        "aangeboden_op": iso(row["offered_on"]),
        "datum_college": iso(row["college_date"]),
        "zaaknummer": row["zaaknummer"],
        "verzonden_op": iso(row["sent_on"]),
        "afgesloten_op": iso(row["closed_on"]),
        "versie": row["paper_version"],
        "eigen_tekst": row["own_text"],
        "brief": _letter(row),
        "reden": row["reason"],
        "stap": row["step"],
        "deelroute": deelroute or INFORM,
        "ronde": row["round"] or 1,
        "uiterlijk": iso(row["deadline"]),
        "antwoord": row["answer"],
        "antwoord_op": iso(row["answered_on"]),
        "antwoord_tekst": row["answer_text"],
        "reactie_op": iso(row["reaction_on"]),
        "reactie": row["reaction"],
        "gevolg": row["consequence"],
        "neemt_over": list(row["taken_over"] or ()),
        "in_werking": rules.in_force(state, deelroute),
    }


def _letter(row: Mapping[str, Any]) -> str | None:
    """Which text went to a gemeente, and which version of it; None: no letter was offered."""
    if row["offered_on"] is None or row["deelroute"] not in (None, INFORM):
        return None
    version = row["paper_version"]
    if row["own_text"]:
        return f"eigen tekst, bij versie {version}" if version else "eigen tekst"
    return f"regionale brief, versie {version}" if version else "regionale brief, versie onbekend"


def in_force_view(dossier: Dossier, rules: Rules) -> list[Json]:
    """Where the paper is in force: by the last step in which each gemeente decides.

    `in_werking` is ja, afwijkend or nee; null while its college or raad has not decided.
    `sinds` is the day the paper takes effect, at the earliest that of the decision.
    """
    steps = [one for one in dossier.voorstel.steps if rules.is_ratification(one)]
    needed = [one for one in steps if takes_part(one, dossier.voorstel) is not False]
    last = rows_at(dossier, needed[-1]) if needed else ()
    return [_force_of(dossier, one, rules) for one in sorted(last, key=lambda raad: raad.name)]


def _force_of(dossier: Dossier, one: Raadsinformatie, rules: Rules) -> Json:
    """Whether the paper is in force in one gemeente."""
    force = rules.in_force(one.state, one.deelroute)
    days = [day for day in (one.answered_on, dossier.voorstel.effective_on) if day]
    since = max(days) if force in ("ja", "afwijkend") and days else None
    return {"gemeente": one.name, "code": one.code, "in_werking": force, "sinds": iso(since)}


def with_last(rows: Sequence[Json]) -> list[Json]:
    """Rows of `council`, each marked when no later round of its step has this gemeente again."""
    newest: dict[tuple[str, str, str], int] = {}
    for row in rows:
        key = (row["kenmerk"], row["stap"] or "", row["code"])
        newest[key] = max(newest.get(key, 0), row["ronde"])
    return [
        {**row, "laatste": newest[row["kenmerk"], row["stap"] or "", row["code"]] == row["ronde"]}
        for row in rows
    ]
