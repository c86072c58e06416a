"""What a new version of a definition changes, in Dutch sentences."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pydantic import BaseModel

from workflow.domain.dutch import join_words
from workflow.engine.definition import Definities, OverlegDefinitie, Route, StapDefinitie

Kind = Literal["toegevoegd", "vervallen", "gewijzigd", "hernoemd", "volgorde"]
NOUNS = {  # what a thing is called; the class of a definition, or the key that holds it
    "OverlegDefinitie": "Overleg", "GezamenlijkOverleg": "Gezamenlijk overleg", "Thema": "Thema",
    "GemeenteDefinitie": "Gemeente", "MachineDefinitie": "Machine", "Toestand": "Toestand",
    "Handeling": "Handeling", "Gevolg": "Gevolg", "Veld": "Veld", "Doeltabel": "Conclusies bij",
    "Route": "Route", "StapDefinitie": "Stap", "AfspraakUitBesluit": "Afspraak",
    "Cyclus": "Cyclus", "Rapportage": "Rapportage", "HerinneringRegel": "Herinnering",
    "VrijeDag": "Feestdag", "Periode": "Reces", "organisatie": "Organisatie",
    "kalender": "Kalender", "woorden": "Woorden",
}  # fmt: skip
LABELS = {  # of keys, in a sentence; others are quoted as they are
    "doel": "het doel", "overleg": "het overleg", "overleggen": "de overleggen",
    "titel": "de titel", "naam": "de naam", "thema": "het thema", "groep": "de groep",
    "termijn": "de termijn", "voorwaarde": "de voorwaarde", "bekrachtiging": "de bekrachtiging",
    "conclusies": "de tabel met conclusies", "herkenning": "de herkenning", "recht": "het recht",
    "deelroute": "wat aan de gemeenten wordt gevraagd", "alleen_als": "wanneer de stap geldt",
    "zonder_advies": "of het zonder advies mag",
    "standpunten": "of standpunten worden gevraagd",
    "eisen": "de eisen", "aliassen": "de namen op papier", "contact": "het contact",
}  # fmt: skip

_ONE_WORD = re.compile(r"[\w.@-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that changes. `subject` names what it is about: Route ‘x’, stap ‘y’."""

    kind: Kind
    subject: str
    text: str

    def as_json(self) -> dict[str, Any]:
        """One line of `definitions diff --json`."""
        return asdict(self)


def short_names(overleggen: Sequence[OverlegDefinitie]) -> dict[str, str]:
    """By code how people call an overleg: the first name on paper that is its own."""
    return {one.code: (*one.aliassen, one.naam)[0] for one in overleggen}


def route_differences(old: Route, new: Route, names: Mapping[str, str]) -> tuple[Difference, ...]:
    """What version `new` changes to version `old`; `names` are those of overleggen, by code."""
    return tuple(_of_route(old, new, names))


def likely_renames(old: Route, new: Route) -> dict[str, str]:
    """Steps that only changed their id: old and new, where there can be no doubt."""
    before = {one.stap: _without_id(one) for one in old.stappen}
    after = {one.stap: _without_id(one) for one in new.stappen}
    gone = [step for step in before if step not in after]
    added = [step for step in after if step not in before]
    pairs = {
        step: [one for one in added if after[one] == before[step]]
        for step in gone
        if sum(before[step] == before[one] for one in gone) == 1
    }
    return {step: found[0] for step, found in pairs.items() if len(found) == 1}


def _without_id(step: StapDefinitie) -> dict[str, Any]:
    """All that a step says but its name."""
    return step.model_dump(exclude={"stap"})


def _of_route(old: Route, new: Route, names: Mapping[str, str]) -> Iterator[Difference]:
    """Steps first, then the rest of the route."""
    renamed = likely_renames(old, new)
    for step_id, name in renamed.items():
        yield _said("hernoemd", f"Stap ‘{step_id}’", f"Stap ‘{step_id}’ heet voortaan ‘{name}’.")
    before = {renamed.get(one.stap, one.stap): one for one in old.stappen}
    after = {one.stap: one for one in new.stappen}
    for place, step in enumerate(new.stappen):
        if step.stap not in before:
            behind = f"na ‘{new.stappen[place - 1].stap}’" if place else "als eerste stap"
            text = f"Stap {step_in_words(step, names)} is toegevoegd {behind}."
            yield _said("toegevoegd", f"Stap ‘{step.stap}’", text)
    for gone in before.values():
        if renamed.get(gone.stap, gone.stap) not in after:
            text = f"Stap {step_in_words(gone, names)} is vervallen."
            yield _said("vervallen", f"Stap ‘{gone.stap}’", text)
    for name, step in after.items():
        if name in before:
            yield from _fields(before[name], step, f"Stap ‘{name}’", names, skip=("stap",))
    kept = [name for name in before if name in after]
    order = [name for name in after if name in before]
    if kept != order:
        text = f"De volgorde is nu: {', '.join(one.stap for one in new.stappen)}."
        yield _said("volgorde", "Stappen", text)
    yield from _fields(old, new, "", names, skip=("route", "versie", "stappen"))


def step_in_words(step: StapDefinitie, names: Mapping[str, str]) -> str:
    """The id of a step, and between brackets its overleg and doel."""
    codes = step.overleggen or ((step.overleg,) if step.overleg else ())
    where = " en ".join(names.get(code, code) for code in codes)
    where = f"{where}, per gemeente" if where and step.per else where
    return f"‘{step.stap}’ ({where + ', ' if where else ''}{step.doel.value})"


def folder_differences(old: Definities, new: Definities) -> tuple[Difference, ...]:
    """What one folder changes to another, but for the routes."""
    names = short_names(old.overleggen) | short_names(new.overleggen)
    return tuple(_fields(old, new, "", names, skip=("routes",)))


def _fields(
    old: BaseModel, new: BaseModel, where: str, names: Mapping[str, str], skip: Sequence[str] = ()
) -> Iterator[Difference]:
    """What differs in each key of two definitions of one thing."""
    for key in type(new).model_fields:
        was, now = getattr(old, key), getattr(new, key)
        if key in skip or was == now:
            continue
        if isinstance(was, BaseModel) and isinstance(now, BaseModel):
            yield from _fields(was, now, under(where, NOUNS.get(key, f"‘{key}’")), names)
        elif _is_list(was) and _is_list(now) and (was or now):
            yield from _listed(was, now, where, names)
        else:
            label = LABELS.get(key, f"‘{key}’")
            text = f"{label} is nu {_value(now, names)} (was {_value(was, names)})."
            text = f"{where}: {text}" if where else text[0].upper() + text[1:]
            yield _said("gewijzigd", where or f"‘{key}’", text)


def _listed(
    old: Sequence[BaseModel], new: Sequence[BaseModel], where: str, names: Mapping[str, str]
) -> Iterator[Difference]:
    """What was added, went away or changed in a list of things with a name of their own."""
    before, after = {_key(one): one for one in old}, {_key(one): one for one in new}
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        noun = NOUNS.get(type(now or was).__name__, "Regel")
        thing = under(where, f"{noun} ‘{name}’")
        if was is None:
            yield _said("toegevoegd", thing, f"{thing} is toegevoegd.")
        elif now is None:
            yield _said("vervallen", thing, f"{thing} is vervallen.")
        elif was != now:
            yield from _fields(was, now, thing, names)


def under(where: str, thing: str) -> str:
    """A thing inside another: ‘Machine ‘voorstel’, handeling ‘dien_in’’."""
    return f"{where}, {thing[0].lower()}{thing[1:]}" if where else thing


def _is_list(value: object) -> bool:
    """A list of definitions, maybe an empty one."""
    return isinstance(value, tuple) and all(isinstance(one, BaseModel) for one in value)


def _key(model: BaseModel) -> str:
    """The name of a thing in its list: its first key, and its day where it has one."""
    name, *_ = type(model).model_fields
    value = getattr(model, name)
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    days = (getattr(model, name, None) for name in ("datum", "van"))
    day = next((one for one in days if isinstance(one, dt.date) and one != value), None)
    return f"{value} {day}" if day else str(value)


def _value(value: object, names: Mapping[str, str]) -> str:
    """A value in a sentence."""
    match value:
        case None | () | "":
            return "niets"
        case bool():
            return "ja" if value else "nee"
        case BaseModel():
            inner = value.model_dump(mode="json", exclude_defaults=True)
            return ", ".join(f"{key}: {_value(one, names)}" for key, one in inner.items())
        case dict():
            return ", ".join(f"{key}: {_value(one, names)}" for key, one in value.items())
        case tuple() | list():
            return join_words([_value(one, names) for one in value])
    text = names.get(str(value), str(value))
    return text if _ONE_WORD.fullmatch(text) or text in names.values() else f"‘{text}’"


def _said(kind: Kind, subject: str, text: str) -> Difference:
    """A difference."""
    return Difference(kind=kind, subject=subject, text=text)
