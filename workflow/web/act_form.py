"""The form of one act: its fields as the definitions give them, and what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from workflow.domain.errors import InvalidField, WorkflowError
from workflow.web import words
from workflow.web.paths import dossier_path
from workflow.web.port import Json

KINDS = {
    "lange_tekst": "long",
    "datum": "date",
    "date": "date",
    "keuze": "choice",
    "choice": "choice",
    "overleg": "choice",
    "gemeenten": "many",
    "ja_nee": "yesno",
    "boolean": "yesno",
    "nummer": "number",
    "integer": "number",
}

# What a secretary most often does next comes first; what is rare comes last.
ORDER = (
    "dien_in",
    "dien_opnieuw_in",
    "agendeer",
    "leg_conclusie_vast",
    "start_raadsinformatie",
    "bied_aan",
    "leg_collegebesluit_vast",
    "meld_verzonden",
    "meld_ter_kennisname",
    "meld_geagendeerd",
    "neem_in_voorbereiding",
    "doe_af",
    "rond_af",
    "schuif_door",
    "haal_van_agenda",
    "stuur_terug",
)
FORWARD = ORDER[: ORDER.index("rond_af") + 1]  # these bring a voorstel further
RARE = ("plan", "voeg_toe", "sla_over", "trek_in", "corrigeer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a field."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form; `id` is also its name in the form."""

    id: str
    name: str
    label: str
    kind: str  # text, long, date, choice, many, yesno, number
    required: bool = False
    options: tuple[Option, ...] = ()
    hint: str = ""
    value: str = ""
    values: tuple[str, ...] = ()  # of kind many
    empty: str = ""  # what an empty choice means
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One beslispunt in the form: a conclusion of its own, and its changed text."""

    number: str
    text: str
    conclusion: Field
    new_text: Field | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act as the page shows it: its verb, whether it can be done now, and why not."""

    action: str
    label: str
    permitted: bool
    reasons: tuple[str, ...]
    behandeling: str | None = None
    gemeente: str | None = None
    afspraak: str | None = None
    fields: tuple[Json, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came in with a form, or nothing yet."""

    fields: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    points: Mapping[str, str] = field(default_factory=dict)


def acts_of(kenmerk: str, answer: Json) -> list[Act]:
    """The acts in the shape of `actions`, the likeliest first."""
    found = [_act(kenmerk, one) for one in answer["actions"]]
    return sorted(found, key=_rank)


def _rank(act: Act) -> int:
    if act.action in ORDER:
        return ORDER.index(act.action)
    return len(ORDER) + 1 + (act.action in RARE)


def _act(kenmerk: str, one: Json) -> Act:
    target = {key: value for key, value in (one.get("target") or {}).items() if value}
    query = f"?{urlencode(target)}" if target else ""
    return Act(
        action=one["action"],
        label=one["label"],
        permitted=one["permitted"],
        reasons=tuple(one["reasons"]),
        behandeling=target.get("behandeling"),
        gemeente=target.get("gemeente"),
        afspraak=target.get("afspraak"),
        fields=tuple(one["fields"]),
        href=f"{dossier_path(kenmerk)}/doe/{one['action']}{query}",
    )


def options(choices: object) -> tuple[Option, ...]:
    """The choices of a field: codes, or codes with their own label."""
    found = []
    for one in choices if isinstance(choices, list | tuple) else ():
        if isinstance(one, dict):
            value, shown = str(one["value"]), str(one.get("label") or one["value"])
        else:
            value, shown = str(one), words.first_upper(words.label(str(one)))
        found.append(Option(value=value, label=shown))
    return tuple(found)


def is_per_point(one: Json, numbers: list[str]) -> bool:
    """Whether a field is asked for each beslispunt ('nieuwe_tekst', or 'nieuwe_tekst_3')."""
    name = str(one["name"])
    endings = tuple(f"_{number}" for number in numbers)
    return bool(one.get("per_beslispunt")) or (
        name.startswith("nieuwe_tekst") and (name == "nieuwe_tekst" or name.endswith(endings))
    )


def plain_fields(
    act: Act, numbers: list[str], typed: Typed, error: WorkflowError | None
) -> list[Field]:
    """The fields of an act that are asked once."""
    return [_field(one, typed, error) for one in act.fields if not is_per_point(one, numbers)]


def points(
    act: Act, beslispunten: list[Json], typed: Typed, error: WorkflowError | None
) -> list[Point]:
    """The beslispunten, for an act that takes a conclusion on each; else none."""
    conclusion = next((one for one in act.fields if one["name"] == "conclusie"), None)
    if conclusion is None:
        return []
    numbers = [str(point["nummer"]) for point in beslispunten]
    changes = any(is_per_point(one, numbers) for one in act.fields)
    return [
        _point(index, point, conclusion, changes, typed, error)
        for index, point in enumerate(beslispunten)
    ]


def _point(
    index: int,
    point: Json,
    conclusion: Json,
    changes: bool,
    typed: Typed,
    error: WorkflowError | None,
) -> Point:
    number = str(point["nummer"])
    own = Field(
        id=f"punt-{index}",
        name=f"punt-{number}",
        label=f"Conclusie op punt {number}",
        kind="choice",
        options=options(conclusion["choices"]),
        empty="Zoals hierboven",
        value=typed.points.get(number, ""),
        error=_error_for(error, number, f"beslispunt {number}", f"punten.{number}"),
    )
    name = f"nieuwe_tekst_{number}"
    text = Field(
        id=f"nieuw-{index}",
        name=f"veld-{name}",
        label=f"Nieuwe tekst van punt {number}",
        kind="long",
        hint="Laat leeg als de tekst gelijk blijft. De oude tekst blijft bewaard.",
        value=typed.fields.get(name, ""),
        error=_error_for(error, name),
    )
    return Point(
        number=number, text=point["tekst"], conclusion=own, new_text=text if changes else None
    )


def _field(one: Json, typed: Typed, error: WorkflowError | None) -> Field:
    name = str(one["name"])
    kind = KINDS.get(str(one.get("type") or ""), "text")
    found = options(one.get("choices"))
    if found and kind == "text":
        kind = "choice"
    if kind in ("choice", "many") and not found:
        kind = "text"
    return Field(
        id=f"veld-{name}",
        name=f"datum-{name}" if kind == "date" else f"veld-{name}",
        label=str(one.get("label") or words.first_upper(words.label(name))),
        kind=kind,
        required=bool(one["required"]),
        options=found,
        hint=str(one.get("hint") or one.get("uitleg") or ""),
        value=typed.fields.get(name, ""),
        values=typed.many.get(name, ()),
        error=_error_for(error, name),
    )


def _error_for(error: WorkflowError | None, *names: str) -> str:
    """The reason of a refused field, when it is one of `names`."""
    if isinstance(error, InvalidField) and error.field in names:
        return error.reason
    return ""
