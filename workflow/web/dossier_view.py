"""A dossier in the shape of `show`, turned into what its page shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from workflow.domain.voorstel import SPLIT_INTO
from workflow.web import words
from workflow.web.act_form import FORWARD, RARE, Act
from workflow.web.paths import dossier_path
from workflow.web.port import Json
from workflow.web.rounds_view import open_round, round_in_words
from workflow.web.route_picture import (
    ENDED,
    OPEN_ROWS,
    REPLACED_ROWS,
    current_rows,
    row_day,
    short_name,
)
from workflow.web.row_notes import row_notes

TO = {  # 'ter vaststelling': never a predicted outcome
    "informeren": "ter informatie",
    "adviseren": "ter advisering",
    "besluiten": "ter besluitvorming",
    "vaststellen": "ter vaststelling",
    "bespreken": "ter bespreking",
    "instemmen": "ter instemming",
    "kennisnemen": "ter kennisname",
    "bekrachtigen": "ter bekrachtiging",
    "zienswijze": "voor een zienswijze",
}

SHORT = 24  # characters that fit a badge

AT_ENDS = {
    "concept": "Dit voorstel is nog een concept. Het is niet ingediend.",
    "teruggestuurd": "Dit voorstel is terug bij de opsteller.",
    "afgerond": "Dit voorstel is afgerond. Er is niets meer te doen.",
    "afgewezen": "Dit voorstel is afgewezen.",
    "ingetrokken": "Dit voorstel is ingetrokken.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A reason, and the acts that wait for it; `anyway` can be done with a reason of one's own."""

    reason: str
    labels: tuple[str, ...]
    anyway: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What to do next: the situation in words, the acts, and why others must wait."""

    situation: tuple[str, ...]
    main: Act | None
    others: tuple[Act, ...]
    rare: tuple[Act, ...]
    refused: tuple[Refusal, ...]
    councils: str = ""  # what is open at the gemeenten, as a button; '' for nothing
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the behandeltabel: each cell as on paper, what was derived beside it."""

    id: str
    date: str
    date_note: str
    overleg: str
    doel: str
    doel_note: str
    conclusie: str
    conclusie_note: str
    concept: bool  # its besluitenlijst is not adopted yet
    short: bool  # the words on paper fit a badge
    tone: str
    state: str
    bekrachtiging: str
    notes: tuple[str, ...]  # ground, waiver, positions, remark
    objection: str  # who objected to this conclusion, or whose objection it settles
    reason: str
    current: bool
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one row concluded on a point; `open`: it still will. Neither: it is not about it."""

    column: str
    code: str | None
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """One beslispunt with what each overleg concluded on it (None: nothing yet)."""

    number: str
    text: str
    parts: tuple[Json, ...]
    earlier: tuple[str, ...]
    went_to: str  # kenmerk of the voorstel that it goes on as
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperVersion:
    """One version of a paper, where to fetch it, and its hash."""

    number: int
    summary: str
    sha256: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper with its versions, newest first."""

    id: str
    title: str
    versions: tuple[PaperVersion, ...]


def now(dossier: Json, acts: Sequence[Act], today: date) -> Now:
    """The situation and the acts on the voorstel and its current row."""
    up = current_rows(dossier)
    row = up[0] if up else None
    own = [act for act in acts if _is_own(act, up)]
    allowed = [act for act in own if act.permitted]
    rare = [act for act in allowed if _is_rare(act, dossier)]
    common = _likely_first([act for act in allowed if act not in rare], row, today)
    main = next((act for act in common if act.action in FORWARD), None)
    return Now(
        situation=tuple(_situation(dossier, row, today)),
        main=main,
        others=tuple(act for act in common if act is not main),
        rare=tuple(rare),
        refused=tuple(_refusals([act for act in own if not act.permitted])),
        councils=open_round(dossier, acts),
        ended=dossier["state"] in ENDED,
    )


def _is_rare(act: Act, dossier: Json) -> bool:
    """Done now and then; facts come next only where the route waits for one."""
    if act.action == "leg_feiten_vast":
        return not any(one["gevraagd"] for one in dossier.get("feiten", ()))
    return act.action in RARE


def _refusals(acts: Sequence[Act]) -> list[Refusal]:
    """The acts that cannot be done, those with the same reason together."""
    waiting: dict[str, dict[str, Act]] = {}
    for act in acts:
        reason = " ".join(act.reasons) or "De stand van het dossier laat dit niet toe."
        waiting.setdefault(reason, {})[act.label] = act
    return [
        Refusal(
            reason=reason,
            labels=tuple(found),
            anyway=tuple(act for act in found.values() if act.anyway),
        )
        for reason, found in waiting.items()
    ]


def _is_own(act: Act, up: list[Json]) -> bool:
    if act.gemeente or act.afspraak:
        return False
    return act.behandeling is None or act.behandeling in [row["id"] for row in up]


def _likely_first(acts: list[Act], row: Json | None, today: date) -> list[Act]:
    """On or after the day of the meeting, recording its conclusion comes first."""
    if row is None or not row["datum"] or row["datum"] > today.isoformat():
        return acts
    return sorted(acts, key=lambda act: act.action != "leg_conclusie_vast")


def _situation(dossier: Json, row: Json | None, today: date) -> list[str]:
    if dossier["state"] in AT_ENDS:
        return [AT_ENDS[dossier["state"]]]
    if row is not None:
        sentences = [_where(row, today)]
        before = [r for r in dossier["behandelingen"] if r["conclusie_code"]]
        if before:
            last = before[-1]
            code = words.label(last["conclusie_code"])
            when = f" op {words.short_date(last['datum'])}" if last["datum"] else ""
            sentences.append(f"{_the(last)} concludeerde{when}: {code}.")
        return sentences
    if dossier["raden"]:
        return [round_in_words(dossier)]
    if any(one["per_gemeente"] and one["status"] == "hier" for one in dossier["stappen"]):
        return ["De overleggen zijn klaar. Nu moeten de gemeenteraden worden geïnformeerd."]
    return [f"Stand: {dossier['state_label']}."]


def _where(row: Json, today: date) -> str:
    if not row["datum"]:
        return f"Er is nog geen datum voor {_the(row, first=False)}."
    if row["datum"] < today.isoformat():
        day = words.weekday(row["datum"])
        return f"{_the(row)} van {day} is geweest. Er is nog geen conclusie vastgelegd."
    purpose = TO.get(row["doel"] or "", "ter behandeling")
    return f"Staat {words.weekday(row['datum'])} {purpose} in {_the(row, first=False)}."


def _the(row: Json, *, first: bool = True) -> str:
    """'Het PFHO' or 'het PFHO'; the name as written when its soort says nothing."""
    if row.get("soort") in (None, "ANDERS"):
        return str(row["overleg"] or "het overleg")
    article = {"COLLEGES": "de", "RAAD": "de", "RADEN": "de"}.get(row["soort"], "het")
    name = row["soort"] if article == "het" else row["soort"].lower()
    return f"{words.first_upper(article) if first else article} {name}"


def rows(dossier: Json, acts: Sequence[Act]) -> list[Row]:
    """The behandeltabel in the paper's order."""
    return [_row(row, acts) for row in dossier["behandelingen"]]


def _row(row: Json, acts: Sequence[Act]) -> Row:
    state = row.get("state") or "gepland"
    code = row["conclusie_code"]
    doel = words.first_upper(row["doel"] or "")
    written = row.get("doel_ruw") or doel
    paper = row["conclusie"] or ""
    note = "" if words.label(code) == paper.casefold() else words.label(code)
    if state in REPLACED_ROWS:
        note = words.label(state)
    return Row(
        id=row["id"],
        date=row.get("datum_ruw") or (words.day(row["datum"]) if row["datum"] else "datum volgt"),
        date_note=_date_note(row),
        overleg=row["overleg"] or "niet ingevuld",
        doel=written or "niet ingevuld",
        doel_note=f"gelezen als {row['doel']}" if written.casefold() != doel.casefold() else "",
        conclusie=paper or words.first_upper(words.label(code)),
        conclusie_note=note if paper or state in REPLACED_ROWS else "",
        concept=row["besluitenlijst"] == "concept",
        short=len(paper) <= SHORT,
        tone=words.tone(code),
        state=state,
        reason=row["reden"] or "",
        bekrachtiging=_bekrachtiging(row),
        notes=tuple(row_notes(row)),
        objection=_objection(row),
        current=row["aan_de_beurt"],
        acts=tuple(
            act
            for act in acts
            if act.behandeling == row["id"] and act.permitted and not row["aan_de_beurt"]
        ),
    )


def _date_note(row: Json) -> str:
    if not row["datum"]:
        return words.period(row["periode"]) if row.get("periode") else ""
    if row.get("jaar_afgeleid"):
        return f"{words.short_day(row['datum'])} {row['datum'][:4]}, jaar afgeleid"
    return words.DAYS[words.as_date(row["datum"]).weekday()]


def _bekrachtiging(row: Json) -> str:
    """'Bekrachtiging: niet nodig, grond niet ingevuld', or nothing where none applies."""
    found = row["bekrachtiging"]
    if not found:
        return ""
    ground = found["grond"]
    known = ground not in (None, "", "onbekend")
    said = f" ({ground})" if known else "; de grond is niet ingevuld"
    return f"Bekrachtiging: {words.label(found['wanneer'])}{said}"


def _objection(row: Json) -> str:
    """'Bezwaar van het PFHO, nog niet behandeld', or nothing."""
    found = row["bezwaar"]
    if found:
        ending = "nog niet behandeld" if found["loopt"] else "behandeld"
        return f"Bezwaar van het {found['overleg']}, {ending}"
    return "Behandelt het bezwaar" if row["behandelt_bezwaar_tegen"] else ""


def columns(dossier: Json) -> list[str]:
    """The overleggen that concluded or will conclude on the beslispunten, by their rows.

    One that comes twice carries its day: 'DO 21 maart'.
    """
    found = [(short_name(row), row) for row in _point_rows(dossier)]
    counts = Counter(name for name, _ in found)
    return [name if counts[name] == 1 else f"{name} {row_day(row)}" for name, row in found]


def _point_rows(dossier: Json) -> list[Json]:
    return [
        row
        for row in dossier["behandelingen"]
        if row.get("soort") != "RADEN" and row.get("state") not in ("vervallen",)
    ]


def points(dossier: Json) -> list[PointRow]:
    """The beslispunten, each with one outcome per column."""
    table = list(zip(columns(dossier), _point_rows(dossier), strict=True))
    gone = {
        number: one["kenmerk"]
        for one in dossier["verbonden"]
        for number in one["beslispunten"]
        if one["soort"] == SPLIT_INTO
    }
    found = []
    for point in dossier["beslispunten"]:
        codes = {one["behandeling"]: one["conclusie_code"] for one in point.get("conclusies") or []}
        found.append(
            PointRow(
                number=str(point["nummer"] or ""),
                text=point["tekst"],
                parts=tuple(point.get("onderdelen") or ()),
                earlier=tuple(one["tekst"] for one in point["eerder"]),
                went_to=gone.get(point["nummer"], ""),
                outcomes=tuple(
                    Outcome(
                        column=name,
                        code=codes.get(row["id"]),
                        open=row["state"] in OPEN_ROWS
                        and _is_about(row, point["nummer"])
                        and point["nummer"] not in gone,
                    )
                    for name, row in table
                ),
            )
        )
    return found


def _is_about(row: Json, number: str | None) -> bool:
    """The row is about this point: its own points, or all when it does not say."""
    return row.get("punten") is None or number in row["punten"]


def afspraken(dossier: Json, acts: Sequence[Act]) -> list[tuple[Json, list[Act]]]:
    """The afspraken of this dossier, each with the acts that can be done on it."""
    return [
        (one, [act for act in acts if act.afspraak == str(one["id"]) and act.permitted])
        for one in dossier["afspraken"]
    ]


def papers(dossier: Json) -> list[Paper]:
    """The papers, each with its versions, the newest first."""
    grouped: dict[str, list[PaperVersion]] = {}
    titles: dict[str, str] = {}
    for one in dossier["stukken"]:
        key = str(one["id"])
        grouped.setdefault(key, []).append(_version(dossier["kenmerk"], one))
        titles[key] = one["titel"]
    return [
        Paper(
            id=key,
            title=titles[key],
            versions=tuple(sorted(versions, key=lambda one: -one.number)),
        )
        for key, versions in grouped.items()
    ]


def _version(kenmerk: str, one: Json) -> PaperVersion:
    number, added = int(one["versie"]), one["toegevoegd_op"]
    return PaperVersion(
        number=number,
        summary=f"versie {number}" + (f", {words.day(added)}" if added else ""),
        sha256=one["sha256"],
        href=f"{dossier_path(kenmerk)}/stukken/{quote(str(one['id']), safe='')}/{number}",
    )


def known_events(events: Sequence[Json], as_of: str | None) -> list[Json]:
    """The events, newest first; with `as_of` (an ISO day) only those of that day or before."""
    if as_of is not None:
        events = [one for one in events if words.local_day(one["at"]) <= as_of]
    return list(reversed(events))
