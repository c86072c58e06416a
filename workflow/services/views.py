"""The JSON shapes of the contract: what `show`, `list`, `council` and `obligations` print."""

from collections.abc import Mapping, Sequence
from typing import Any

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Soort
from workflow.domain.dossier import Dossier
from workflow.domain.feiten import takes_part
from workflow.domain.raadsinformatie import INFORM
from workflow.domain.rounds import rows_at
from workflow.domain.route import step_is_open
from workflow.domain.voorstel import Beslispunt, Paper, Stap, Voorstel
from workflow.engine.rules import Rules
from workflow.services.shapes import Json, hash_of, iso, words
from workflow.services.views_raden import in_force_view, raden_view
from workflow.services.views_rows import behandeling_view, deviation_view, facts_view

__all__ = ["Json", "hash_of", "iso", "words"]  # and the shapes below


def state_label(rules: Rules, state: str, steps: Sequence[Mapping[str, Any]]) -> str:
    """Where a voorstel is, for people: 'Bij het …' for a step."""
    for step in steps:
        if step["id"] == state:
            if step["per_gemeente"]:
                colleges = step["soort"] in (Soort.COLLEGE, Soort.COLLEGES)
                return "Bij de colleges" if colleges else "Bij de gemeenteraden"
            known = step["soort"] != Soort.ANDERS
            return f"Bij het {step['soort']}" if known else f"Bij: {step['overleg']}"
    return rules.state_label("voorstel", state)


def list_row(rules: Rules, row: Mapping[str, Any]) -> Json:
    """One line of `list --json`."""
    return {
        "kenmerk": row["kenmerk"],
        "onderwerp": row["subject"],
        "datum": iso(row["date"]),
        "eenheid": row["unit"],
        "verspreiden": row["distribute"],
        "state": row["state"],
        "state_label": state_label(rules, row["state"], row["steps"]),
        "route": {
            "id": row["route_id"],
            "version": row["route_version"],
            "digest": row["route_digest"],
        },
        "version": row["version"],
    }


def dossier_view(dossier: Dossier, rules: Rules, as_of: str | None) -> Json:
    """The shape of `show --json`."""
    voorstel = dossier.voorstel
    rows = [behandeling_view(dossier, row, rules) for row in dossier.behandelingen]
    return {
        **_head(voorstel, rules),
        "datum_periode": voorstel.date_period,
        "verspreiden_ruw": voorstel.distribute_raw,
        "gericht_aan": voorstel.addressed_to.value if voorstel.addressed_to else None,
        "thema": voorstel.theme,
        "toelichting": words(voorstel.explanation),
        "rapportage_periode": voorstel.report_period,
        "reden": words(voorstel.closing_reason),
        "beslispunten": [_point(dossier, point) for point in voorstel.beslispunten],
        "behandelingen": rows,
        "toestanden": {one.toestand: one.naam for one in rules.machines["voorstel"].toestanden},
        "stappen": [_step(dossier, rules, place) for place in range(len(voorstel.steps))],
        "raden": raden_view(dossier, rules),
        "in_werking": in_force_view(dossier, rules),
        "ingangsdatum": iso(voorstel.effective_on),
        "feiten": facts_view(voorstel, rules),
        "afwijkingen": [deviation_view(one) for one in voorstel.deviations or ()],
        "afspraken": [afspraak_view(one, rules) for one in dossier.afspraken],
        "toezeggingen": [{"tekst": p.text, "periode": p.period} for p in voorstel.promises],
        "contactpersonen": [
            {"naam": words(c.name), "organisatie": c.organisation, "email": words(c.email)}
            for c in voorstel.contacts
        ],
        "emails": [words(one) for one in voorstel.emails],
        "bijlagen": [
            {
                "nummer": one.number,
                "omschrijving": one.description,
                "stuk": next((p.id for p in dossier.papers if p.title == one.description), None),
            }
            for one in voorstel.attachments
        ],
        "stukken": [paper_view(paper) for paper in dossier.papers],
        "documenten": [
            {
                "id": one.id,
                "bestand": words(one.filename),
                "kind": one.kind,
                "kenmerk": one.kenmerk,
                "sha256": hash_of(one.sha256),
                "gelezen_op": iso(one.read_on),
            }
            for one in dossier.documents
        ],
        "as_of": as_of,
    }


def place_in_words(voorstel: Voorstel, rules: Rules) -> str:
    """Where a voorstel is, for people."""
    return state_label(rules, voorstel.state, _steps(voorstel))


def _steps(voorstel: Voorstel) -> list[Json]:
    """What the name of a place takes of each step."""
    return [
        {
            "id": step.id,
            "per_gemeente": step.per_gemeente,
            "overleg": step.overleg,
            "soort": step.soort.value,
        }
        for step in voorstel.steps
    ]


def _head(voorstel: Voorstel, rules: Rules) -> Json:
    """The fields that `list` shows as well."""
    return list_row(
        rules,
        {
            "kenmerk": voorstel.kenmerk,
            "subject": voorstel.subject,
            "date": voorstel.date,
            "unit": voorstel.unit,
            "distribute": voorstel.distribute,
            "state": voorstel.state,
            "steps": _steps(voorstel),
            "route_id": voorstel.route_id,
            "route_version": voorstel.route_version,
            "route_digest": voorstel.route_digest,
            "version": voorstel.version,
        },
    )


def _point(dossier: Dossier, point: Beslispunt) -> Json:
    """A beslispunt with what each overleg concluded on it."""
    return {
        "nummer": point.number or None,
        "tekst": point.text,
        "onderdelen": [{"nummer": part.number, "tekst": part.text} for part in point.parts],
        "eerder": [
            {
                "tekst": one.text,
                "onderdelen": [{"nummer": part.number, "tekst": part.text} for part in one.parts],
                "gewijzigd_door": one.changed_by,
            }
            for one in point.earlier
        ],
        "conclusies": [
            {
                "behandeling": row.id,
                "overleg_code": _first(row.overleg_codes),
                "conclusie_code": one.code.value,
            }
            for row in dossier.behandelingen
            for one in row.per_punt
            if one.number == point.number
        ],
    }


def _first(codes: Sequence[str]) -> str | None:
    """The overleg of the row; of a joint meeting the first."""
    return codes[0] if codes else None


def _step(dossier: Dossier, rules: Rules, place: int) -> Json:
    """A step of the route for the picture: done, here, or ahead."""
    step = dossier.voorstel.steps[place]
    rows = dossier.rows_of(step.id)
    treated = [row for row in rows if row.state == "behandeld"]
    here = step.id == dossier.voorstel.state
    waiting = next((row for row in rows if row.is_open()), None)
    last = treated[-1] if treated and not (here and waiting) else waiting
    round_here = rows_at(dossier, step) if step.per_gemeente else ()
    settled = [one for one in round_here if rules.settled(one)]
    if step.per_gemeente:
        done = not step_is_open(dossier, step, rules)
    else:
        done = bool(rows) and not any(row.is_open() and row.punten is None for row in rows)
    return {
        "id": step.id,
        "overleg": step.overleg,
        "soort": step.soort.value,
        "doel": step.doel.value if step.doel else None,
        "per_gemeente": step.per_gemeente,
        "niveau": _level(step, rules),
        "groep": step.group,
        "klaar": step.join,
        "overgeslagen": step.skipped,
        "kan": [] if step.per_gemeente else _outcomes(dossier, step, rules),
        "status": _status(dossier, step, here=here, done=done),
        "datum": iso(last.date) if last else None,
        "conclusie_code": last.conclusie_code.value if last and last.conclusie_code else None,
        "raden_klaar": len(settled) if step.per_gemeente else None,
        "raden_totaal": len(round_here) if step.per_gemeente else None,
        "nodig": takes_part(step, dossier.voorstel),
        "alleen_als": {one.fact: list(one.values) for one in step.only_if},
        "deelroute": (step.deelroute or INFORM) if step.per_gemeente else None,
    }


def _level(step: Stap, rules: Rules) -> str | None:
    """Ambtelijk, bestuurlijk, colleges or raden; null for an overleg that is not known."""
    known = [rules.overleggen[code] for code in step.overleg_codes if code in rules.overleggen]
    return known[0].niveau if known else None


def _outcomes(dossier: Dossier, step: Stap, rules: Rules) -> list[str]:
    """What a conclusion on this step can lead to: verder, blijft, terug, einde."""
    rows = dossier.rows_of(step.id)
    table = rules.table_of(dossier.voorstel, rows[-1]) if rows else rules.table(step.doel)
    return [name for name in ("verder", "blijft", "terug", "einde") if getattr(table, name)]


def _status(dossier: Dossier, step: Stap, *, here: bool, done: bool) -> str:
    """Where a step lies, seen from the voorstel; `niet_nodig`: the facts leave it out."""
    if takes_part(step, dossier.voorstel) is False:
        return "niet_nodig"
    return "hier" if here else "gedaan" if done else "straks"


def afspraak_view(one: Afspraak, rules: Rules) -> Json:
    """One line of `obligations --json`."""
    return {
        "id": one.id,
        "soort": one.soort,
        "titel": one.title,
        "periode": one.period,
        "venster": {"van": iso(one.window_from), "tot": iso(one.window_to)},
        "due": iso(one.due),
        "bron": {"kenmerk": one.kenmerk, "beslispunten": list(one.punten)},
        "eigenaars": list(one.owners),
        "schuldeiser": one.creditor,
        "state": one.state,
        "state_label": rules.state_label("afspraak", one.state),
        "afgedaan_door": one.settled_by,
        "afgedaan_op": iso(one.settled_on),
        "verschoven": one.slips,
        "gemeente": rules.gemeenten[one.gemeente].naam if one.gemeente in rules.gemeenten else None,
        "behandeling": one.row,
        "reden": words(one.reason),
        "ontstaan_op": iso(one.since),
        "verschuivingen": [
            {
                "op": iso(slip.on),
                "was": iso(slip.was),
                "wordt": iso(slip.until),
                "reden": words(slip.reason),
            }
            for slip in one.slipped or ()
        ],
        "gevraagd": list(one.asks or ()),
        "proefperiode": {
            "begin": iso(one.begin_on),
            "einde": iso(one.end_on),
            "tussentijds": [iso(day) for day in one.interim or ()],
        },
        "voorgestelde_periode": one.proposed_period,
    }


def paper_view(paper: Paper) -> Json:
    """One version of a paper."""
    return {
        "id": paper.id,
        "versie": paper.version,
        "titel": paper.title,
        "bestand": words(paper.filename),
        "media_type": paper.media_type,
        "bytes": paper.size,
        "sha256": hash_of(paper.sha256),
        "toegevoegd_op": iso(paper.added_on),
    }
