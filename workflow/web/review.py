"""What was read from a paper, as a form beside the paper: every doubt at its own field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workflow.domain.behandeling import ConclusieCode, Doel
from workflow.web import words
from workflow.web.act_form import Field, Option
from workflow.web.port import Json

CASES = ("voorblad", "oplegnotitie")


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
    """What the reader changed: typed values that differ from what was read."""
    read = read_values(document)
    return {
        path: value
        for path, value in typed.items()
        if path in read and value.replace("\r\n", "\n") != read[path]
    }


def _doubt(index: int, warning: Json, known: Mapping[str, str]) -> Doubt:
    name = f"{index}:{warning['field']}"
    line = warning["line"]
    href = f"#{known[name]}" if name in known else (f"#regel-{index}-{line}" if line else "")
    return Doubt(message=warning["message"], href=href, line=line)


def _groups(
    index: int, document: Json, doubtful: set[str], typed: Mapping[str, str]
) -> list[Group]:
    sheet = document["voorblad"]
    if sheet is None:
        return []
    read = read_values(document)

    def field(path: str, label: str, kind: str = "text", *, hint: str = "") -> Field:
        return Field(
            id=f"v{index}-{re.sub(r'[^a-z0-9]+', '-', path)}".strip("-"),
            name=f"{index}:{path}",
            label=label,
            kind=kind,
            hint=hint,
            options=_options(path),
            value=typed.get(path, read[path]),
            error="kijk na" if path in doubtful or path.partition("[")[0] in doubtful else "",
        )

    top = Group(
        legend="Algemeen",
        fields=(
            field("onderwerp", "Onderwerp", "long"),
            field("kenmerk", "Kenmerk"),
            field("datum", "Datum", "date"),
            field("eenheid", "Eenheid"),
            field("verspreiden", "Verspreiden", "choice", hint=_paper(sheet["verspreiden_ruw"])),
        ),
    )
    people = [
        Group(
            legend=f"Contactpersoon {number}",
            fields=(
                field(f"contactpersonen[{number - 1}].naam", "Naam"),
                field(f"contactpersonen[{number - 1}].organisatie", "Organisatie"),
                field(f"contactpersonen[{number - 1}].email", "E-mail"),
            ),
        )
        for number in range(1, len(sheet["contactpersonen"]) + 1)
    ]
    rows = [
        Group(
            legend=f"Behandeling, rij {i + 1}",
            hint=_row_on_paper(row),
            fields=(
                field(f"behandelingen[{i}].datum", "Datum", "date"),
                field(f"behandelingen[{i}].overleg", "Overleg"),
                field(f"behandelingen[{i}].doel", "Doel", "choice"),
                field(f"behandelingen[{i}].conclusie_code", "Conclusie", "choice"),
            ),
        )
        for i, row in enumerate(sheet["behandelingen"])
    ]
    points = Group(
        legend="Beslispunten",
        fields=tuple(
            field(f"beslispunten[{i}].tekst", f"Punt {point['nummer']}", "long")
            for i, point in enumerate(sheet["beslispunten"])
        ),
    )
    return [top, *people, *rows, *([points] if points.fields else [])]


def _options(path: str) -> tuple[Option, ...]:
    codes: list[str] = []
    if path.endswith(".doel"):
        codes = [doel.value for doel in Doel]
    elif path.endswith(".conclusie_code"):
        codes = [code.value for code in ConclusieCode]
    elif path == "verspreiden":
        codes = ["ja", "nee"]
    return tuple(Option(value=code, label=words.label(code)) for code in codes)


def _paper(raw: str | None) -> str:
    return f"Op papier: {raw}" if raw else ""


def _row_on_paper(row: Json) -> str:
    cells = [row["datum_ruw"], row["overleg"], row["doel_ruw"], row["conclusie"]]
    return "Op papier: " + " · ".join(str(cell) for cell in cells if cell)
