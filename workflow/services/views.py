"""The JSON shapes of the contract: what `show`, `list`, `council` and `obligations` print."""

import datetime as dt
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling, Soort
from workflow.domain.dossier import Dossier
from workflow.domain.route import step_is_open
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Beslispunt, Paper, Stap, Voorstel
from workflow.engine.rules import Rules
from workflow.services.concept import list_of

Json = dict[str, Any]


def words(text: ErasableText | None) -> str | None:
    """The words of a person; null when erased or not given."""
    return text.text if text else None


def hash_of(sha256: str) -> str:
    """A hash as all JSON here writes it: standard base64; it is kept as hex digits."""
    return b64encode(bytes.fromhex(sha256)).decode()


def iso(day: dt.date | None) -> str | None:
    """A date as ISO 8601."""
    return day.isoformat() if day else None


def state_label(rules: Rules, state: str, steps: Sequence[Mapping[str, Any]]) -> str:
    """Where a voorstel is, for people: 'Bij het …' for a step."""
    for step in steps:
        if step["id"] == state:
            if step["per_gemeente"]:
                return "Bij de gemeenteraden"
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
        "raden": [raad_view(one, rules) for one in _raden(dossier)],
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
        "overleg_code": _first(row.overleg_codes),
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
    }


def _objection(dossier: Dossier, row: Behandeling) -> Json | None:
    """Who objected to this conclusie, and whether that is settled; None: nobody did."""
    objector = dossier.behandeling(row.objection) if row.objection else None
    if objector is None:
        return None
    running = any(one.answers == row.id for one in dossier.open_rows())
    return {"behandeling": objector.id, "overleg": objector.overleg, "loopt": running}


def _step(dossier: Dossier, rules: Rules, place: int) -> Json:
    """A step of the route for the picture: done, here, or ahead."""
    step = dossier.voorstel.steps[place]
    rows = dossier.rows_of(step.id)
    treated = [row for row in rows if row.state == "behandeld"]
    here = step.id == dossier.voorstel.state
    waiting = next((row for row in rows if row.is_open()), None)
    last = treated[-1] if treated and not (here and waiting) else waiting
    settled = [one for one in dossier.raden if rules.settled(one.state)]
    if step.per_gemeente:
        done = not step_is_open(dossier, step, rules.settled)
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
        "status": "hier" if here else "gedaan" if done else "straks",
        "datum": iso(last.date) if last else None,
        "conclusie_code": last.conclusie_code.value if last and last.conclusie_code else None,
        "raden_klaar": len(settled) if step.per_gemeente else None,
        "raden_totaal": len(dossier.raden) if step.per_gemeente else None,
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


def _raden(dossier: Dossier) -> list[Json]:
    """The council rows of a dossier as plain columns."""
    return [
        {
            "gemeente": one.gemeente,
            "name": one.name,
            "state": one.state,
            "offered_on": one.offered_on,
            "college_date": one.college_date,
            "zaaknummer": one.zaaknummer,
            "sent_on": one.sent_on,
            "closed_on": one.closed_on,
            "paper_version": one.paper_version,
            "own_text": one.own_text,
            "reason": words(one.reason),
        }
        for one in dossier.raden
    ]


def raad_view(row: Mapping[str, Any], rules: Rules) -> Json:
    """One row of the council grid."""
    return {
        "gemeente": row["name"],
        "code": row["gemeente"],
        "state": row["state"],
        "state_label": rules.state_label("raadsinformatie", row["state"]),
        "klaar": rules.settled(row["state"]),
        "aangeboden_op": iso(row["offered_on"]),
        "datum_college": iso(row["college_date"]),
        "zaaknummer": row["zaaknummer"],
        "verzonden_op": iso(row["sent_on"]),
        "afgesloten_op": iso(row["closed_on"]),
        "versie": row["paper_version"],
        "eigen_tekst": row["own_text"],
        "brief": _letter(row),
        "reden": row["reason"],
    }


def _letter(row: Mapping[str, Any]) -> str | None:
    """Which text went to a gemeente, and which version of it; None: nothing was offered yet."""
    if row["offered_on"] is None:
        return None
    version = row["paper_version"]
    if row["own_text"]:
        return f"eigen tekst, bij versie {version}" if version else "eigen tekst"
    return f"regionale brief, versie {version}" if version else "regionale brief, versie onbekend"


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
        "reden": words(one.reason),
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
