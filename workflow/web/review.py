"""What was read from a paper, as a form beside the paper: every doubt at its own field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflow.domain.behandeling import ConclusieCode, Doel
from workflow.web import words
from workflow.web.act_form import Field, Option
from workflow.web.dates import read_date
from workflow.web.port import Json

FieldName = tuple[str, str, str]  # path within its group, label, kind

SHEET: tuple[FieldName, ...] = (
    ("onderwerp", "Onderwerp", "long"),
    ("kenmerk", "Kenmerk", "text"),
    ("datum", "Datum", "date"),
    ("eenheid", "Eenheid", "text"),
    ("verspreiden", "Verspreiden", "choice"),
)
PERSON: tuple[FieldName, ...] = (
    (".naam", "Naam", "text"),
    (".organisatie", "Organisatie", "text"),
    (".email", "E-mail", "wide"),
)
ROW: tuple[FieldName, ...] = (
    (".datum", "Datum", "date"),
    (".overleg", "Overleg", "text"),
    (".doel", "Doel", "choice"),
    (".conclusie_code", "Conclusie", "choice"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One warning, and where on the page it is about."""

    message: str
    href: str
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields under one legend: a row of the table, a contact person."""

    legend: str
    hint: str = ""
    fields: tuple[Field, ...]
    id: str
    about: str = ""  # the list that is in doubt as a whole: 'contactpersonen'


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One paper to check. `understood` False: nothing can be made of it."""

    index: int
    file: str
    kind: str
    understood: bool
    kenmerk: str
    lines: tuple[tuple[int, str, bool], ...]
    doubts: tuple[Doubt, ...]
    groups: tuple[Group, ...]
    packed: str = ""


def review(index: int, document: Json, packed: str, typed: Mapping[str, str]) -> Review:
    """The page part for one document in the shape of `import --dry-run`."""
    warnings: list[Json] = document["warnings"]
    doubtful = {one["field"] for one in warnings if one["field"]}
    marked = {one["line"] for one in warnings if one["line"]}
    groups = _groups(index, document, doubtful, typed)
    known = {field.name: field.id for group in groups for field in group.fields}
    known |= {f"{index}:{group.about}": group.id for group in reversed(groups) if group.about}
    sheet = document["voorblad"] or document["brief"] or {}
    return Review(
        index=index,
        file=document["file"],
        kind=document["kind"],
        understood=document["kind"] != "onbekend",
        kenmerk=str(document["kenmerk"] or sheet.get("kenmerk") or ""),
        lines=tuple(
            (number, text, number in marked)
            for number, text in enumerate(document["text"].splitlines(), start=1)
        ),
        doubts=tuple(_doubt(index, one, known) for one in warnings),
        groups=tuple(groups),
        packed=packed,
    )


def read_values(document: Json) -> dict[str, str]:
    """Every correctable field path with the value that was read."""
    sheet = document["voorblad"]
    if sheet is None:
        return {}
    found = {name: str(sheet[name] or "") for name in ("onderwerp", "kenmerk", "datum", "eenheid")}
    found["verspreiden"] = {True: "ja", False: "nee"}.get(sheet["verspreiden"], "")
    for key, columns in (
        ("contactpersonen", ("naam", "organisatie", "email")),
        ("beslispunten", ("tekst",)),
        ("behandelingen", ("datum", "overleg", "doel", "conclusie_code")),
    ):
        for index, one in enumerate(sheet[key]):
            found |= {f"{key}[{index}].{column}": str(one[column] or "") for column in columns}
    return found


def corrections(document: Json, typed: Mapping[str, str]) -> dict[str, str]:
    """What the reader changed: typed values that differ from what was read.

    Dates go on as ISO; raises InvalidField for what is no date.
    """
    read = read_values(document)
    changed = {}
    for path, value in typed.items():
        if path not in read:
            continue
        plain = value.replace("\r\n", "\n")
        if plain and (path == "datum" or path.endswith(".datum")):
            plain = read_date(plain, path).isoformat()
        if plain != read[path]:
            changed[path] = plain
    return changed


def _doubt(index: int, warning: Json, known: Mapping[str, str]) -> Doubt:
    name = f"{index}:{warning['field']}"
    line = warning["line"]
    href = f"#{known[name]}" if name in known else (f"#regel-{index}-{line}" if line else "")
    return Doubt(message=warning["message"], href=href, line=line)


def _groups(
    index: int, document: Json, doubtful: set[str], typed: Mapping[str, str]
) -> list[Group]:
    """The fields of a voorblad in the order of the paper; a letter has none to correct."""
    sheet = document["voorblad"]
    if sheet is None:
        return []
    read = read_values(document)

    def group(legend: str, base: str, names: Sequence[FieldName], hint: str = "") -> Group:
        whole = base.partition("[")[0]
        return Group(
            legend=legend,
            hint=hint,
            id=f"v{index}-groep-{_slug(base)}",
            about=whole if whole in doubtful else "",
            fields=tuple(
                Field(
                    id=f"v{index}-{_slug(base + name)}",
                    name=f"{index}:{base}{name}",
                    label=label,
                    kind=kind,
                    options=_options(base + name),
                    value=typed.get(base + name, _shown(kind, read[base + name])),
                    error="kijk na" if base + name in doubtful else "",
                )
                for name, label, kind in names
            ),
        )

    people = range(len(sheet["contactpersonen"]))
    points = [
        (f"[{i}].tekst", f"Punt {point['nummer']}", "long")
        for i, point in enumerate(sheet["beslispunten"])
    ]
    return [
        group("Algemeen", "", SHEET),
        *(group(f"Contactpersoon {i + 1}", f"contactpersonen[{i}]", PERSON) for i in people),
        *([group("Beslispunten", "beslispunten", points)] if points else []),
        *(
            group(f"Behandeling, rij {i + 1}", f"behandelingen[{i}]", ROW, _row_on_paper(row))
            for i, row in enumerate(sheet["behandelingen"])
        ),
    ]


def _slug(path: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", path).strip("-")


def _shown(kind: str, value: str) -> str:
    """A date as people write it; the rest as it was read."""
    return words.day(value) if kind == "date" and value else value


def _options(path: str) -> tuple[Option, ...]:
    codes: list[str] = []
    if path.endswith(".doel"):
        codes = [doel.value for doel in Doel]
    elif path.endswith(".conclusie_code"):
        codes = [code.value for code in ConclusieCode]
    elif path == "verspreiden":
        codes = ["ja", "nee"]
    return tuple(Option(value=code, label=words.label(code)) for code in codes)


def _row_on_paper(row: Json) -> str:
    cells = [row["datum_ruw"], row["overleg"], row["doel_ruw"], row["conclusie"]]
    return "Op papier: " + " · ".join(str(cell) for cell in cells if cell)
