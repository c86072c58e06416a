"""Correcting an earlier act by a later one that refers to it; nothing is rewritten.

A conclusion is taken again on the dossier as it was before it; what only
followed from the wrong one lapses. A misread field of the voorblad, a date of
a row or of a gemeente gets its right value.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workflow.domain.afspraken import Afspraak
from workflow.domain.behandeling import Behandeling, Doel
from workflow.domain.dossier import Dossier
from workflow.domain.errors import InvalidField, MissingField, TransitionRefused
from workflow.domain.fields import decoder_of, fields_of, from_fields
from workflow.domain.text import ErasableText
from workflow.domain.voorstel import Beslispunt
from workflow.engine.attempt import Inputs
from workflow.engine.conclusions import outcome_of
from workflow.engine.decide import Asked, Decision, decide, known_act
from workflow.engine.inputs import clean, read_day
from workflow.engine.place import go_on
from workflow.engine.rules import Rules

CONCLUSION = "leg_conclusie_vast"
COUNCIL_DATES = {
    "bied_aan": "offered_on",
    "leg_collegebesluit_vast": "college_date",
    "meld_verzonden": "sent_on",
    "meld_ter_kennisname": "closed_on",
    "meld_geagendeerd": "closed_on",
}
SHEET_FIELDS = ("onderwerp", "datum", "eenheid", "verspreiden", "toelichting", "kenmerk")
_OWN = ("event", "reden")


def correct(
    asked: Asked,
    event: Mapping[str, Any],
    dossier: Dossier,
    rules: Rules,
    *,
    today: dt.date,
    keep: Callable[[str], ErasableText],
) -> Decision:
    """The dossier with an earlier act put right.

    `event` is the body of the corrected event. Raises TransitionRefused when
    something later rests on it, InvalidField for a field that it did not have.
    """
    given = {name: value for name, value in asked.fields.items() if name not in _OWN and value}
    target = event["inputs"].get("target", {})
    if not given and not asked.points:
        raise MissingField("event", "Ten minste één gecorrigeerd veld")
    if event["type"] == CONCLUSION:
        after, row = _conclusion(asked, event, given, dossier, rules, today=today, keep=keep)
    elif event["type"] in COUNCIL_DATES:
        after, row = _council(event["type"], target, given, dossier, today), None
    elif asked.behandeling or target.get("behandeling"):
        row = _row(dossier, asked.behandeling or target["behandeling"])
        after = go_on(_with_row(dossier, _read_row(row, given, rules)), rules)
    else:
        after, row = _sheet(given, dossier, keep), None
    return Decision(
        after=after,
        act=known_act(rules, asked.action).act,
        row=row,
        raad=None,
        afspraak=None,
        inputs=Inputs(values={"event": event["seq"]}),
    )


# --- a conclusion --------------------------------------------------------------------


def _conclusion(
    asked: Asked,
    event: Mapping[str, Any],
    given: Mapping[str, str],
    dossier: Dossier,
    rules: Rules,
    *,
    today: dt.date,
    keep: Callable[[str], ErasableText],
) -> tuple[Dossier, Behandeling]:
    """The conclusion taken again, with the fields that were right the first time."""
    row = _row(dossier, event["inputs"]["target"]["behandeling"])
    reopened = _before(event, dossier)
    fields = {
        name: value
        for name, value in event["inputs"]["fields"].items()
        if isinstance(value, str) and name not in given
    }
    renewed = replace(
        asked,
        action=CONCLUSION,
        behandeling=row.id,
        fields={**fields, **given},
        points={**event["inputs"].get("points", {}), **asked.points},
        happened=asked.happened or row.happened_on,
    )
    again = decide(renewed, reopened, rules, today=today, keep=keep).after
    fresh = _row(again, row.id)
    if fresh.conclusie is None and row.conclusie is not None and "tekst" not in given:
        fresh = replace(fresh, conclusie=row.conclusie)
        again = _with_row(again, fresh)
    if _same_outcome(row, fresh, rules):
        return _with_row(dossier, replace(fresh, position=row.position)), row
    _refuse_when_built_upon(event, row, dossier, asked)
    return _reconciled(dossier, again), row


def _same_outcome(old: Behandeling, new: Behandeling, rules: Rules) -> bool:
    """The correction leads to the same for every point: only words and codes differ."""
    table = rules.table(old.doel)

    def outcomes(row: Behandeling) -> list[tuple[str, str]]:
        return [(one.number, outcome_of(one.code, table)) for one in row.per_punt]

    if old.conclusie_code is None or new.conclusie_code is None:
        return False
    whole = outcome_of(old.conclusie_code, table) == outcome_of(new.conclusie_code, table)
    return whole and outcomes(old) == outcomes(new) and old.held_until == new.held_until


def _before(event: Mapping[str, Any], dossier: Dossier) -> Dossier:
    """The dossier as it was before the event, as far as nothing later changed it."""
    made = {(one["entity"], one["id"]) for one in event["changes"] if one["was"] is None}
    undone = {one["entity"]: one for one in event["changes"] if one["was"]}
    rows = tuple(
        _restored(row, event)
        for row in dossier.behandelingen
        if ("behandeling", f"{row.voorstel_id}/{row.id}") not in made
    )
    voorstel = replace(dossier.voorstel, state=event["from"])
    points = undone.get("voorstel", {}).get("was", {}).get("beslispunten")
    if points is not None:
        restore = decoder_of(tuple[Beslispunt, ...])
        voorstel = replace(voorstel, beslispunten=restore(points, {}))  # type: ignore[arg-type]
    owed = tuple(one for one in dossier.afspraken if ("afspraak", one.id) not in made)
    return replace(
        dossier,
        voorstel=voorstel,
        behandelingen=rows,
        afspraken=tuple(_owed_before(one, event) for one in owed),
    )


def _restored(row: Behandeling, event: Mapping[str, Any]) -> Behandeling:
    """A row with the values that the event replaced."""
    for change in event["changes"]:
        if change["was"] and change["id"] == f"{row.voorstel_id}/{row.id}":
            old = _decoded(Behandeling, row, change["was"])
            return replace(row, **old)
    return row


def _owed_before(one: Afspraak, event: Mapping[str, Any]) -> Afspraak:
    """An afspraak with the values that the event replaced; its version only grows."""
    for change in event["changes"]:
        if change["was"] and (change["entity"], change["id"]) == ("afspraak", one.id):
            return replace(
                one, **{**_decoded(Afspraak, one, change["was"]), "version": one.version}
            )
    return one


def _decoded(cls: Any, value: Any, was: Mapping[str, Any]) -> dict[str, Any]:
    """Old fields as domain values."""
    old = from_fields(cls, {**fields_of(value), **was})
    return {name: getattr(old, name) for name in was}


def _refuse_when_built_upon(
    event: Mapping[str, Any], row: Behandeling, dossier: Dossier, asked: Asked
) -> None:
    """Another outcome is possible only while nothing rests on the first one."""
    later = [
        other.overleg
        for other in dossier.behandelingen
        if other.id != row.id
        and other.state == "behandeld"
        and other.position > row.position
        and other.basis != "import"
    ]
    if dossier.raden:
        later.append("de ronde langs de gemeenteraden")
    if later:
        raise TransitionRefused(
            dossier.voorstel.kenmerk,
            "Corrigeer een eerdere vastlegging",
            f"Na gebeurtenis {event['seq']} is al vastgelegd: {', '.join(later)}. "
            "Corrigeer dat eerst.",
        )


def _reconciled(current: Dossier, again: Dossier) -> Dossier:
    """What followed from the wrong conclusion and not from the right one, lapses."""
    kept = {row.id for row in again.behandelingen}
    lapsed = tuple(
        replace(row, state="vervallen") for row in current.behandelingen if row.id not in kept
    )
    rows = tuple(sorted((*again.behandelingen, *lapsed), key=lambda row: row.position))
    owed = {one.id for one in again.afspraken}
    versions = {one.id: one for one in current.afspraken}
    renewed = tuple(
        replace(one, version=versions[one.id].version + 1)
        if one.id in versions and one != versions[one.id]
        else one
        for one in again.afspraken
    )
    dropped = tuple(
        replace(one, state="vervallen", version=one.version + 1)
        for one in current.afspraken
        if one.id not in owed
    )
    return replace(again, behandelingen=rows, afspraken=(*renewed, *dropped))


# --- a gemeente, a row, the sheet ----------------------------------------------------


def _council(
    action: str,
    target: Mapping[str, str],
    given: Mapping[str, str],
    dossier: Dossier,
    today: dt.date,
) -> Dossier:
    """The date or zaaknummer of one gemeente put right."""
    changed: dict[str, Any] = {}
    for name, value in given.items():
        if name == "datum":
            day = read_day("datum", value.strip())
            if day > today:
                raise InvalidField("datum", "die dag moet nog komen.")
            changed[COUNCIL_DATES[action]] = day
        elif name == "zaaknummer" and action == "leg_collegebesluit_vast":
            changed["zaaknummer"] = clean(name, value)
        else:
            raise InvalidField(name, "dit veld had die handeling niet.")
    raden = tuple(
        replace(one, **changed) if one.gemeente == target.get("gemeente") else one
        for one in dossier.raden
    )
    return replace(dossier, raden=raden)


def _row(dossier: Dossier, row_id: str) -> Behandeling:
    """A row by its id."""
    found = dossier.behandeling(row_id)
    if found is None:
        raise InvalidField("behandeling", f"rij ‘{row_id}’ is niet bekend.")
    return found


def _with_row(dossier: Dossier, row: Behandeling) -> Dossier:
    """The dossier with one row replaced."""
    rows = tuple(row if one.id == row.id else one for one in dossier.behandelingen)
    return replace(dossier, behandelingen=rows)


def _read_row(row: Behandeling, given: Mapping[str, str], rules: Rules) -> Behandeling:
    """A row with its misread cells put right."""
    for name, value in given.items():
        if name == "datum":
            row = replace(row, date=read_day(name, value.strip()), year_derived=False, period=None)
        elif name == "doel":
            if value not in list(Doel):
                raise InvalidField(name, f"kies uit: {', '.join(Doel)}.")
            row = replace(row, doel=Doel(value))
        elif name == "overleg":
            found = rules.resolve_overleg(value)
            codes = tuple(one.code for one in found)
            row = replace(row, overleg_codes=codes, soort=found[0].soort)
        else:
            raise InvalidField(name, "van een rij kunt u datum, doel en overleg corrigeren.")
    return row


_POINT = re.compile(r"beslispunt_(.+)")


def _sheet(
    given: Mapping[str, str], dossier: Dossier, keep: Callable[[str], ErasableText]
) -> Dossier:
    """The voorblad with its misread fields put right."""
    voorstel = dossier.voorstel
    for name, raw in given.items():
        value = clean(name, raw)
        point = _POINT.fullmatch(name)
        if point:
            numbers = [one.number for one in voorstel.beslispunten]
            if point[1] not in numbers:
                raise InvalidField(name, f"dit punt staat niet op het voorblad. Wel: {numbers}.")
            points = tuple(
                replace(one, text=value) if one.number == point[1] else one
                for one in voorstel.beslispunten
            )
            voorstel = replace(voorstel, beslispunten=points)
            continue
        match name:
            case "onderwerp":
                voorstel = replace(voorstel, subject=value)
            case "datum":
                voorstel = replace(voorstel, date=read_day(name, value), date_period=None)
            case "eenheid":
                voorstel = replace(voorstel, unit=value)
            case "toelichting":
                voorstel = replace(voorstel, explanation=keep(value))
            case "kenmerk":
                voorstel = replace(voorstel, kenmerk=value)
            case "verspreiden":
                voorstel = replace(voorstel, distribute=_yes_no(value), distribute_raw=value)
            case _:
                names = ", ".join((*SHEET_FIELDS, "beslispunt_NR"))
                raise InvalidField(name, f"dit veld kan niet worden gecorrigeerd. Wel: {names}.")
    return replace(dossier, voorstel=voorstel)


def _yes_no(value: str) -> bool | None:
    """Ja or nee; anything else is kept as written only."""
    return {"ja": True, "nee": False}.get(value.casefold())
