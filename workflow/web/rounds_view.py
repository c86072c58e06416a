"""The rounds along the gemeenten on a dossier: one grid a step, each row with its next act."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workflow.domain.raadsinformatie import INFORM
from workflow.web import words
from workflow.web.act_form import Act
from workflow.web.port import Json
from workflow.web.route_picture import NO_PART, informed

WHO = {"colleges": ("Colleges", "colleges"), "raden": ("Gemeenteraden", "gemeenteraden")}
ANYBODY = ("Gemeenten", "gemeenten")
BESIDE = ("meld_niet_van_toepassing", "meld_niet_verzonden", "draag_over")  # never the likely one


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """One row of a grid, with its next act and the other ones."""

    gemeente: str
    again: bool  # asked once more in the same step
    state: str
    state_label: str
    settled: bool
    reason: str
    offered: str
    version: str
    college: str
    zaaknummer: str
    sent: str
    until: str
    answer: str
    main: Act | None
    others: tuple[Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """An act that can be done for more than one gemeente in one go."""

    action: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Councils:
    """The grid of one step: who is asked what, and how far they are."""

    title: str
    summary: str
    informs: bool
    current: bool
    rows: tuple[Council, ...]
    bulk: tuple[Bulk, ...]


def councils(dossier: Json, acts: Sequence[Act]) -> list[Councils]:
    """A grid for each step whose round began, in the order of the route."""
    found = [
        (step, [row for row in dossier["raden"] if row["stap"] == step["id"]])
        for step in dossier["stappen"]
        if step["per_gemeente"]
    ]
    return [_grid(step, rows, acts) for step, rows in found if rows]


def open_round(dossier: Json, acts: Sequence[Act]) -> str:
    """'de gemeenteraden': whose rows wait for an act that can be done now; '' for nobody's."""
    waits = any(not row["klaar"] for row in dossier["raden"])
    if not waits or not any(act.gemeente and act.permitted for act in acts):
        return ""
    step = _here(dossier)
    return f"de {(_who(step) if step else WHO['raden'])[1]}"


def round_in_words(dossier: Json) -> str:
    """How far the round is where the voorstel is, and who is still to come."""
    step = _here(dossier)
    rows = [one for one in dossier["raden"] if step is None or one["stap"] == step["id"]]
    waiting = [row["gemeente"] for row in rows if not row["klaar"]]
    text = _summary(step, rows)
    return f"{text}. Nog open: {words.names(waiting)}." if waiting else f"{text}."


def _here(dossier: Json) -> Json | None:
    """The step per gemeente where the voorstel is; None when it is elsewhere."""
    return next(
        (one for one in dossier["stappen"] if one["per_gemeente"] and one["status"] == "hier"), None
    )


def _who(step: Json) -> tuple[str, str]:
    """Whom a round goes along: with a capital, and without."""
    return WHO.get(step["niveau"] or "raden", ANYBODY)


def _summary(step: Json | None, rows: Sequence[Json]) -> str:
    """'5 van 7 raden geïnformeerd', '3 van 7 gemeenten klaar'."""
    if step is None or step["deelroute"] == INFORM:
        done, total = informed(rows)
        return f"{done} van {total} raden geïnformeerd"
    part = [row for row in rows if row["laatste"] and row["state"] not in NO_PART]
    done = sum(1 for row in part if row["klaar"])
    return f"{done} van {len(part)} {_who(step)[1]} klaar"


def _grid(step: Json, found: Sequence[Json], acts: Sequence[Act]) -> Councils:
    """One step with its rows."""
    rows = tuple(_row(row, acts) for row in found)
    counts = Counter((row.main.action, row.main.label) for row in rows if row.main)
    informs = step["deelroute"] == INFORM
    title = _who(step)[0]
    return Councils(
        title=title if informs else f"{title}: {step['doel']}",
        summary=_summary(step, found),
        informs=informs,
        current=step["status"] == "hier",
        rows=rows,
        bulk=tuple(
            Bulk(action=action, label=label, count=count)
            for (action, label), count in counts.items()
            if count > 1
        ),
    )


def _row(row: Json, acts: Sequence[Act]) -> Council:
    """One gemeente in one round."""
    allowed = [
        act
        for act in acts
        if act.permitted
        and act.gemeente in (row["gemeente"], row["code"])
        and act.ronde in (None, row["ronde"])
    ]
    likely = [act for act in allowed if act.action not in BESIDE]
    main = likely[0] if likely and not row["klaar"] else None
    return Council(
        gemeente=row["gemeente"],
        again=not row["laatste"],
        state=row["state"],
        state_label=row["state_label"],
        settled=row["klaar"],
        reason=row["reden"] or "",
        offered=_day(row["aangeboden_op"]),
        version=row["brief"] or "",
        college=_day(row["datum_college"]),
        zaaknummer=row["zaaknummer"] or "",
        sent=_day(row["verzonden_op"]),
        until=_day(row["uiterlijk"]),
        answer=_answer(row),
        main=main,
        others=tuple(act for act in allowed if act is not main),
    )


def _day(value: str | None) -> str:
    return words.day(value) if value else ""


def _answer(row: Json) -> str:
    """The day of what a gemeente answered, and its words."""
    parts = (_day(row["antwoord_op"]), row["antwoord_tekst"] or "")
    return ": ".join(part for part in parts if part)
