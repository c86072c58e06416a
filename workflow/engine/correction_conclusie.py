"""A conclusion taken again: what followed from the wrong one and not from the right one, lapses."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workflow.domain.behandeling import Behandeling, ConclusieCode
from workflow.domain.dossier import Dossier
from workflow.domain.errors import TransitionRefused
from workflow.domain.fields import decoder_of, fields_of, from_fields
from workflow.domain.rounds import step_of
from workflow.domain.route import order_of
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import SPLIT_INTO, Beslispunt, Link, Voorstel
from workflow.engine.conclusions import outcome_of
from workflow.engine.correction_afspraken import owed_after, owed_before
from workflow.engine.correction_sheet import row_of, with_row
from workflow.engine.decide import Asked, decide
from workflow.engine.rules import Rules

CONCLUSION = "leg_conclusie_vast"
OWN = ("event", "reden")  # fields of the correction itself
CHANGED = ("gewijzigd", "gewijzigd_vastgesteld")
NEW_TEXT = "nieuwe_tekst_"
Events = Sequence[Mapping[str, Any]]
Points = Mapping[str, ConclusieCode]


def conclude_again(
    asked: Asked,
    chain: Events,
    given: Mapping[str, str],
    dossier: Dossier,
    rules: Rules,
    *,
    today: dt.date,
    keep: Callable[[str], ErasableText],
) -> tuple[Dossier, Behandeling, Points]:
    """The conclusion with what was right the first time and what is given now."""
    row = row_of(dossier, chain[0]["inputs"]["target"]["behandeling"])
    _refuse_when_texts_changed(chain, given, row, dossier)
    fields, points = _inherited(asked, chain, given)
    fields = {**_said_before(row, given), **fields}
    renewed = replace(
        asked,
        action=CONCLUSION,
        behandeling=row.id,
        fields={**fields, **given},
        points={**points, **asked.points},
        happened=asked.happened or row.happened_on,
    )
    before = _before(chain, dossier)
    decision = decide(renewed, before, rules, today=today, keep=keep, correcting=True)
    again, fresh = decision.after, row_of(decision.after, row.id)
    if fresh.conclusie is None and row.conclusie is not None and "tekst" not in given:
        fresh = replace(fresh, conclusie=row.conclusie)
        again = with_row(again, fresh)
    owed = owed_after(chain, dossier, again, rules)
    if _same_outcome(dossier.voorstel, row, fresh, rules):
        texts = again.voorstel.beslispunten
        after = replace(dossier, voorstel=replace(dossier.voorstel, beslispunten=texts))
        after = with_row(after, replace(fresh, position=row.position))
    else:
        _refuse_when_built_upon(chain, row, dossier)
        after = _reconciled(dossier, again)
    return replace(after, afspraken=owed), row, decision.inputs.points


def _inherited(
    asked: Asked, chain: Events, given: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Fields and points as they were given before, without what no longer fits."""
    fields: dict[str, str] = {}
    points: dict[str, str] = {}
    for event in chain:
        texts = event["inputs"]["fields"].items()
        fields |= {name: one for name, one in texts if isinstance(one, str) and name not in OWN}
        points |= event["inputs"].get("points", {})
    every = {
        given.get("conclusie") or fields.get("conclusie"),
        *({**points, **asked.points}.values()),
    }
    if "aangehouden" not in every:
        fields.pop("aangehouden_tot", None)
        fields.pop("datum_volgt", None)
    if "onder_voorbehoud" not in every:
        fields.pop("voorbehoud_van", None)
    if "verwezen" not in every:
        fields.pop("verwezen_naar", None)
    for name in [name for name in fields if name.startswith(NEW_TEXT)]:
        number = name.removeprefix(NEW_TEXT)
        code = asked.points.get(number) or points.get(number) or given.get("conclusie")
        if code is not None and code not in CHANGED:
            fields.pop(name)
    return fields, points


def _said_before(row: Behandeling, given: Mapping[str, str]) -> dict[str, str]:
    """The words of persons that went with the conclusion, which an event does not hold."""
    texts = {"zonder_advies": row.without_advice, "toelichting": row.explanation}
    found = {name: text.text or "(gewist)" for name, text in texts.items() if text is not None}
    for one in row.standpunten or ():
        words = one.words.text if one.words else None
        found[f"standpunt_{one.gemeente}"] = f"{one.code}: {words}" if words else one.code.value
    return {name: text for name, text in found.items() if name not in given}


def _before(chain: Events, dossier: Dossier) -> Dossier:
    """The dossier as it was before the first of these events, as far as nothing else changed it."""
    made = {(one["entity"], one["id"]) for event in chain for one in _made(event)}
    rows = tuple(
        _restored(row, chain)
        for row in dossier.behandelingen
        if ("behandeling", f"{row.voorstel_id}/{row.id}") not in made
    )
    voorstel = replace(dossier.voorstel, state=chain[0]["from"], links=_links_then(chain, dossier))
    points = _texts_before(chain)
    if points is not None:
        restore = decoder_of(tuple[Beslispunt, ...])
        voorstel = replace(voorstel, beslispunten=restore(points, {}))  # type: ignore[arg-type]
    return replace(
        dossier,
        voorstel=voorstel,
        behandelingen=rows,
        afspraken=owed_before(chain, dossier),
    )


def _links_then(chain: Events, dossier: Dossier) -> tuple[Link, ...] | None:
    """The links without those of points that were still treated here: they were split off later."""
    row = row_of(dossier, chain[0]["inputs"]["target"]["behandeling"])
    treated = {one.number for one in row.per_punt}
    links = dossier.voorstel.links or ()
    kept = tuple(one for one in links if one.kind != SPLIT_INTO or not treated & set(one.punten))
    return kept if len(kept) < len(links) else dossier.voorstel.links


def _made(event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What an event made."""
    return [one for one in event["changes"] if one["was"] is None]


def _restored(row: Behandeling, chain: Events) -> Behandeling:
    """A row with the values that these events replaced."""
    for event in reversed(chain):
        for change in event["changes"]:
            if change["was"] and change["id"] == f"{row.voorstel_id}/{row.id}":
                old = from_fields(Behandeling, {**fields_of(row), **change["was"]})
                row = replace(row, **{name: getattr(old, name) for name in change["was"]})
    return row


def _texts_before(chain: Events) -> Any:
    """The beslispunten before these events, when one of them changed a text."""
    for event in chain:
        for change in event["changes"]:
            if change["entity"] == "voorstel" and change["was"]:
                found = change["was"].get("beslispunten")
                if found is not None:
                    return found
    return None


def _same_outcome(voorstel: Voorstel, old: Behandeling, new: Behandeling, rules: Rules) -> bool:
    """The correction leads to the same for every point: only words and codes differ."""
    table = rules.table_of(voorstel, old)

    def outcomes(row: Behandeling) -> list[tuple[str, str]]:
        return [(one.number, outcome_of(one.code, table)) for one in row.per_punt]

    if old.conclusie_code is None or new.conclusie_code is None:
        return False
    whole = outcome_of(old.conclusie_code, table) == outcome_of(new.conclusie_code, table)
    same = (old.held_until, old.referred_to) == (new.held_until, new.referred_to)
    return whole and same and outcomes(old) == outcomes(new)


def _refuse(chain: Events, dossier: Dossier, later: str) -> TransitionRefused:
    """The refusal because of what came later."""
    return TransitionRefused(
        dossier.voorstel.kenmerk,
        "Corrigeer een eerdere vastlegging",
        f"Na gebeurtenis {chain[0]['seq']} is al vastgelegd: {later}. Corrigeer dat eerst.",
    )


def _refuse_when_texts_changed(
    chain: Events, given: Mapping[str, str], row: Behandeling, dossier: Dossier
) -> None:
    """A text of a beslispunt is put right only while no later overleg changed one."""
    if _texts_before(chain) is None and not any(name.startswith(NEW_TEXT) for name in given):
        return
    changed_by = {one.changed_by for punt in dossier.voorstel.beslispunten for one in punt.earlier}
    later = [
        other.overleg
        for other in dossier.behandelingen
        if other.id in changed_by and other.position > row.position
    ]
    if later:
        raise _refuse(chain, dossier, f"een nieuwe tekst door {', '.join(later)}")


def _refuse_when_built_upon(chain: Events, row: Behandeling, dossier: Dossier) -> None:
    """Another outcome is possible only while nothing rests on the first one."""
    later = [
        other.overleg
        for other in dossier.behandelingen
        if other.id != row.id
        and other.state == "behandeld"
        and other.position > row.position
        and other.basis != "import"
    ]
    treated = {one.number for one in row.per_punt}
    if treated & dossier.voorstel.departed():
        later.append("de afsplitsing van een van de punten")
    if any(
        order_of(dossier, step_of(dossier, one) or "") > order_of(dossier, row.step)
        for one in dossier.raden
    ):
        later.append("de ronde langs de gemeenteraden")
    if later:
        raise _refuse(chain, dossier, ", ".join(later))
    if dossier.voorstel.state != chain[-1]["to"]:
        raise _refuse(chain, dossier, f"het voorstel is verder gegaan ({dossier.voorstel.state})")


def _reconciled(current: Dossier, again: Dossier) -> Dossier:
    """The dossier after the right conclusion; rows that only the wrong one made, lapse."""
    kept = {row.id for row in again.behandelingen}
    lapsed = tuple(
        replace(row, state="vervallen") if row.is_open() else row
        for row in current.behandelingen
        if row.id not in kept
    )
    rows = tuple(sorted((*again.behandelingen, *lapsed), key=lambda row: row.position))
    return replace(again, behandelingen=rows)
