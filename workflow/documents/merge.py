"""Two sheets of one voorstel become one: the first stands, each difference is said."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from workflow.documents.model import (
    Beslispunt,
    Contactpersoon,
    GelezenBehandeling,
    Toezegging,
    Voorblad,
)
from workflow.documents.voorblad import SheetResult
from workflow.documents.warning import Warning, WarningCode
from workflow.domain.words import close, excerpt, key

T = TypeVar("T")

_SCALARS = ("onderwerp", "verspreiden_ruw", "eenheid", "kenmerk", "gericht_aan")
_MARKUP = re.compile(r"\[([^\[\]]*)\]\([^()]*\)|[\u00b9\u00b2\u00b3\u2070-\u2079*_]")


def merge_sheets(results: Sequence[SheetResult]) -> tuple[Voorblad, list[Warning]]:
    """One voorblad of all sheets that belong to the first; the others are named, not read."""
    first = results[0]
    voorblad, warnings = first.voorblad, list(first.warnings)
    for other in results[1:]:
        if not _same_case(voorblad, other.voorblad):
            warnings.append(_foreign(voorblad, other))
            continue
        merger = _Merger(voorblad, other, own_toelichting=first.own_toelichting)
        voorblad = merger.merge()
        warnings.extend(merger.warnings)
        warnings.extend(w for w in other.warnings if _top(w) in merger.taken)
    return voorblad, warnings


def _top(warning: Warning) -> str:
    """The field of a voorblad that a warning is about."""
    return re.split(r"[.\[]", warning.field or "", maxsplit=1)[0]


def _same_case(first: Voorblad, other: Voorblad) -> bool:
    """One kenmerk; or one of them has none and the subjects do not contradict each other."""
    if first.kenmerk and other.kenmerk:
        return key(first.kenmerk) == key(other.kenmerk)
    if first.onderwerp and other.onderwerp:
        a, b = key(first.onderwerp), key(other.onderwerp)
        return a == b or a in b or b in a or close(a[:200], b[:200])
    return True


def _foreign(first: Voorblad, other: SheetResult) -> Warning:
    """A sheet of another voorstel in the same file."""
    kenmerk = other.voorblad.kenmerk
    shown = kenmerk or excerpt(other.voorblad.onderwerp or "zonder kenmerk", 60)
    return Warning(
        code=WarningCode.KENMERK_VREEMD,
        field="kenmerk",
        message=f"In dit bestand staat ook een ander voorstel ({shown}); dat is niet ingelezen, "
        "bied het apart aan.",
        line=other.line,
        details={"eerste": first.kenmerk, "tweede": kenmerk, "onderwerp": other.voorblad.onderwerp},
    )


class _Merger:
    """Compares a second sheet with the first, field by field."""

    def __init__(self, first: Voorblad, other: SheetResult, *, own_toelichting: bool) -> None:
        self.first = first
        self.second = other.voorblad
        self.line = other.line
        self.lines = other.lines
        self.comparable_texts = own_toelichting and other.own_toelichting
        self.warnings: list[Warning] = []
        self.taken: set[str] = set()

    def merge(self) -> Voorblad:
        """The first sheet with its gaps filled."""
        values = {name: self._scalar(name) for name in _SCALARS}
        dates = self._dates()
        first, second = self.first, self.second
        verspreiden = first.verspreiden if first.verspreiden_ruw else second.verspreiden
        return replace(
            first,
            **values,  # type: ignore[arg-type]
            **dates,  # type: ignore[arg-type]
            verspreiden=verspreiden,
            contactpersonen=self._contacts(),
            emails=self._whole("emails", first.emails, second.emails),
            beslispunten=self._beslispunten(),
            behandelingen=self._behandelingen(),
            bijlagen=self._whole("bijlagen", first.bijlagen, second.bijlagen),
            toelichting=self._toelichting(),
            toezeggingen=_promises(first, second),
        )

    def _say(self, path: str, one: object, two: object, line: int | None = None) -> None:
        """A difference, with both values."""
        a, b = _shown(one), _shown(two)
        if one is None or one == [] or one == "":
            message = f"Alleen het tweede blad noemt ‘{excerpt(b, 60)}’; dat is overgenomen."
        elif _bare(a) == _bare(b):
            message = (
                "De twee bladen verschillen hier alleen in opmaak of voetnoot; het eerste geldt."
            )
        else:
            message = (
                f"Het eerste blad zegt ‘{excerpt(a, 60)}’, het tweede ‘{excerpt(b, 60)}’; "
                "het eerste geldt."
            )
        self.warnings.append(
            Warning(
                code=WarningCode.VERSCHIL_TUSSEN_VERSIES,
                field=path,
                message=message,
                line=line or self._line(path),
                details={"eerste": one, "tweede": two},
            )
        )

    def _line(self, path: str) -> int:
        """Where the second sheet has the field."""
        return self.lines.get(re.split(r"[.\[]", path, maxsplit=1)[0], self.line)

    def _scalar(self, name: str) -> object:
        """A single value: the first unless it is missing."""
        one, two = getattr(self.first, name), getattr(self.second, name)
        path = "verspreiden" if name == "verspreiden_ruw" else name
        if two is None or one == two:
            return one
        if one is None:
            self.taken.add(path)
        if name == "gericht_aan":
            one_shown, two_shown = (value.value if value else None for value in (one, two))
            self._say(path, one_shown, two_shown)
        else:
            self._say(path, one, two)
        return two if one is None else one

    def _dates(self) -> dict[str, object]:
        """The day or period of the paper, which belong together."""
        one = self.first.datum or self.first.datum_periode
        two = self.second.datum or self.second.datum_periode
        if two is not None and one != two:
            self._say("datum", str(one) if one else None, str(two))
        if one is None and two is not None:
            self.taken.add("datum")
            return {"datum": self.second.datum, "datum_periode": self.second.datum_periode}
        return {"datum": self.first.datum, "datum_periode": self.first.datum_periode}

    def _whole(self, name: str, one: tuple[T, ...], two: tuple[T, ...]) -> tuple[T, ...]:
        """A list that stands or falls as one."""
        if not two or one == two:
            return one
        shown_one, shown_two = [_json(item) for item in one], [_json(item) for item in two]
        self._say(name, shown_one, shown_two)
        if not one:
            self.taken.add(name)
        return one or two

    def _contacts(self) -> tuple[Contactpersoon, ...]:
        """Persons matched by name; what the first sheet leaves open is filled in."""
        if not self.first.contactpersonen:
            return self._whole("contactpersonen", (), self.second.contactpersonen)
        others = {key(person.naam): person for person in self.second.contactpersonen}
        merged: list[Contactpersoon] = []
        for index, person in enumerate(self.first.contactpersonen):
            other = others.pop(key(person.naam), None)
            merged.append(self._contact(index, person, other) if other else person)
        for person in others.values():
            self._say_extra("contactpersonen", person.as_json())
        return tuple(merged)

    def _contact(self, index: int, one: Contactpersoon, two: Contactpersoon) -> Contactpersoon:
        """One person on both sheets."""
        path = f"contactpersonen[{index}]"
        if two.organisatie and one.organisatie != two.organisatie:
            self._say(f"{path}.organisatie", one.organisatie, two.organisatie)
        if two.email and one.email != two.email:
            self._say(f"{path}.email", one.email, two.email)
        return replace(
            one, organisatie=one.organisatie or two.organisatie, email=one.email or two.email
        )

    def _say_extra(self, path: str, item: object, line: int | None = None) -> None:
        """Something that only the second sheet has, and that is not added to a list."""
        self.warnings.append(
            Warning(
                code=WarningCode.VERSCHIL_TUSSEN_VERSIES,
                field=path,
                message=f"Alleen het tweede blad heeft ‘{excerpt(_shown(item), 80)}’; "
                "dat is niet overgenomen.",
                line=line or self._line(path),
                details={"eerste": None, "tweede": item},
            )
        )

    def _beslispunten(self) -> tuple[Beslispunt, ...]:
        """Points matched by their number."""
        one, two = self.first.beslispunten, self.second.beslispunten
        if not one or not two:
            return self._whole("beslispunten", one, two)
        others = {punt.nummer: punt for punt in reversed(two)}
        for index, punt in enumerate(one):
            other = others.pop(punt.nummer, None)
            if other is None:
                path = f"beslispunten[{index}]"
                self._say_missing(path, punt.as_json())
            elif (punt.tekst, punt.onderdelen) != (other.tekst, other.onderdelen):
                self._point(index, punt, other)
        for punt in two:
            if punt.nummer in others:
                self._say_extra("beslispunten", punt.as_json(), punt.line)
        return one

    def _point(self, index: int, one: Beslispunt, two: Beslispunt) -> None:
        """A point whose text differs."""
        path = f"beslispunten[{index}]"
        if one.tekst != two.tekst:
            self._say(f"{path}.tekst", one.tekst, two.tekst, two.line)
        if one.onderdelen != two.onderdelen:
            a = [onderdeel.as_json() for onderdeel in one.onderdelen]
            b = [onderdeel.as_json() for onderdeel in two.onderdelen]
            self._say(f"{path}.onderdelen", a, b, two.line)

    def _say_missing(self, path: str, item: object) -> None:
        """Something that only the first sheet has."""
        self.warnings.append(
            Warning(
                code=WarningCode.VERSCHIL_TUSSEN_VERSIES,
                field=path,
                message=f"Alleen het eerste blad heeft ‘{excerpt(_shown(item), 80)}’.",
                line=self._line(path),
                details={"eerste": item, "tweede": None},
            )
        )

    def _behandelingen(self) -> tuple[GelezenBehandeling, ...]:
        """Rows matched by their overleg, cells that the first leaves open filled in."""
        one, two = self.first.behandelingen, list(self.second.behandelingen)
        if not one or not two:
            return self._whole("behandelingen", one, tuple(two))
        merged: list[GelezenBehandeling] = []
        for index, row in enumerate(one):
            other = next((each for each in two if _row_key(each) == _row_key(row)), None)
            if other is None:
                self._say_missing(f"behandelingen[{index}]", row.as_json())
                merged.append(row)
                continue
            two.remove(other)
            merged.append(self._row(index, row, other))
        for row in two:
            self._say_extra("behandelingen", row.as_json(), row.line)
        return tuple(merged)

    def _row(
        self, index: int, one: GelezenBehandeling, two: GelezenBehandeling
    ) -> GelezenBehandeling:
        """One row on both sheets."""
        groups = {
            "datum": ("datum", "datum_ruw", "jaar_afgeleid", "periode"),
            "doel": ("doel", "doel_ruw"),
            "conclusie": ("conclusie", "conclusie_code", "treated"),
        }
        changes: dict[str, object] = {}
        for name, fields in groups.items():
            raw = name if name == "conclusie" else f"{name}_ruw"
            a, b = getattr(one, raw), getattr(two, raw)
            if b is None or (a is not None and key(a) == key(b)):
                continue
            if a is not None and getattr(one, fields[0]) == getattr(two, fields[0]) is not None:
                continue  # '7-3' and '7 maart 2024' are one day
            self._say(f"behandelingen[{index}].{name}", a, b, two.line)
            if a is None:
                changes.update({field: getattr(two, field) for field in fields})
        return replace(one, **changes)  # type: ignore[arg-type]

    def _toelichting(self) -> str | None:
        """The explanation of the first sheet; a full text is no other version of it."""
        one, two = self.first.toelichting, self.second.toelichting
        if one and two and self.comparable_texts and key(one) != key(two):
            self._say("toelichting", one, two)
        if one is None and two is not None:
            self.taken.add("toelichting")
        return one or two


def _promises(first: Voorblad, second: Voorblad) -> tuple[Toezegging, ...]:
    """The promises of both sheets, each once."""
    found: dict[str, Toezegging] = {}
    for promise in (*first.toezeggingen, *second.toezeggingen):
        found.setdefault(key(promise.tekst), promise)
    return tuple(found.values())


def _row_key(row: GelezenBehandeling) -> str:
    """What makes two rows the same: the overleg."""
    return "+".join(row.overleg_codes) or key(row.overleg or "")


def _json(item: object) -> object:
    """A value as JSON shows it."""
    as_json = getattr(item, "as_json", None)
    return as_json() if as_json else item


def _shown(value: object) -> str:
    """A value as a reader sees it in a sentence."""
    if isinstance(value, dict):
        return str(value.get("tekst") or value.get("naam") or value.get("overleg") or value)
    if isinstance(value, list):
        return "; ".join(_shown(item) for item in value)
    return "" if value is None else str(value)


def _bare(text: str) -> str:
    """A text without links, emphasis and footnote marks."""
    return key(_MARKUP.sub(r"\1", text))
