"""The form of one act: its fields as the definitions give them, and what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from workflow.domain.errors import InvalidField, WorkflowError
from workflow.domain.words import excerpt
from workflow.web import words
from workflow.web.paths import dossier_path
from workflow.web.port import Json
from workflow.web.route_picture import BEFORE, ENDED

KINDS = {  # the kinds that definitions know; any other is plain text
    "lange_tekst": "long",
    "datum": "date",
    "keuze": "choice",
    "overleg": "choice",
    "gemeenten": "many",
    "beslispunten": "many",
    "ja_nee": "yesno",
    "nummer": "number",
}
REASON = "reden"
LIFTED_BY_A_REASON = ("rond_af", "doe_af", "leg_conclusie_vast")  # while the voorstel is on its way
POINT_WORDS = 90  # characters of a beslispunt where it can be ticked
NEW_TEXT = "nieuwe_tekst_"  # the field for the changed text of a beslispunt, before its number

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
    "meld_bekrachtigd",
    "meld_vastgesteld",
    "leg_zienswijze_vast",
    "geef_reactie",
    "bepaal_gevolg",
    "meld_geen_zienswijze",
    "meld_gewijzigd_vastgesteld",
    "meld_niet_bekrachtigd",
    "meld_niet_vastgesteld",
    "neem_in_voorbereiding",
    "doe_af",
    "rond_af",
    "schuif_door",
    "haal_van_agenda",
    "stuur_terug",
)
FORWARD = ORDER[: ORDER.index("rond_af") + 1]  # these bring a voorstel further
RARE = (
    "plan", "voeg_toe", "verplaats", "herhaal", "sla_over", "splits_af", "maak_bezwaar",
    "maak_afspraak", "neem_toezegging_over", "trek_in", "corrigeer",
)  # fmt: skip


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
    ronde: int | None = None
    afspraak: str | None = None
    fields: tuple[Json, ...] = ()
    href: str = ""

    anyway: bool = False  # refused now, and a reason given with it can lift that


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came in with a form, or nothing yet."""

    fields: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    points: Mapping[str, str] = field(default_factory=dict)


def acts_of(kenmerk: str, answer: Json) -> list[Act]:
    """The acts in the shape of `actions`, the likeliest first."""
    on_its_way = answer["state"] not in (*BEFORE, *ENDED)
    found = [_act(kenmerk, one, on_its_way) for one in answer["actions"]]
    return sorted(found, key=_rank)


def _rank(act: Act) -> int:
    if act.action in ORDER:
        return ORDER.index(act.action)
    return len(ORDER) + 1 + (act.action in RARE)


def _act(kenmerk: str, one: Json, on_its_way: bool) -> Act:
    target = {key: value for key, value in (one.get("target") or {}).items() if value}
    query = f"?{urlencode(target)}" if target else ""
    return Act(
        action=one["action"],
        label=one["label"],
        permitted=one["permitted"],
        reasons=tuple(one["reasons"]),
        behandeling=target.get("behandeling"),
        gemeente=target.get("gemeente"),
        ronde=target.get("ronde"),
        afspraak=target.get("afspraak"),
        fields=tuple(one["fields"]),
        anyway=not one["permitted"]
        and on_its_way
        and one["action"] in LIFTED_BY_A_REASON
        and any(field["name"] == REASON for field in one["fields"]),
        href=f"{dossier_path(kenmerk)}/doe/{one['action']}{query}",
    )


def options(choices: Sequence[str] | None, names: Mapping[str, str]) -> tuple[Option, ...]:
    """The choices of a field with the names of overleggen, gemeenten and rows."""
    return tuple(
        Option(value=code, label=names.get(code) or words.first_upper(words.label(code)))
        for code in choices or ()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a form of an act is made from, besides the act."""

    points: Sequence[Json]  # the beslispunten of the dossier
    names: Mapping[str, str]  # of the codes that fields offer
    typed: Typed = Typed()
    error: WorkflowError | None = None

    def is_per_point(self, name: str) -> bool:
        """Whether a field belongs to one beslispunt: 'nieuwe_tekst_3'."""
        return any(
            point["nummer"] is not None and name == f"{NEW_TEXT}{point['nummer']}"
            for point in self.points
        )


def plain_fields(act: Act, asked: Asked) -> list[Field]:
    """The fields of an act that are asked once."""
    return [_field(one, asked) for one in act.fields if not asked.is_per_point(one["name"])]


def points(act: Act, asked: Asked) -> list[Point]:
    """The numbered beslispunten, for an act that takes a conclusion on each; else none."""
    conclusion = next((one for one in act.fields if one["name"] == "conclusie"), None)
    if conclusion is None:
        return []
    texts = {one["name"]: one for one in act.fields if asked.is_per_point(one["name"])}
    return [
        _point(index, point, conclusion, texts, asked)
        for index, point in enumerate(asked.points)
        if point["nummer"] is not None
    ]


def _point(
    index: int, point: Json, conclusion: Json, texts: Mapping[str, Json], asked: Asked
) -> Point:
    number = str(point["nummer"])
    own = Field(
        id=f"punt-{index}",
        name=f"punt-{number}",
        label=f"Conclusie op punt {number}",
        kind="choice",
        options=options(conclusion["choices"], asked.names),
        empty="Zoals hierboven",
        value=asked.typed.points.get(number, ""),
        error=_error_for(asked.error, number, f"beslispunt {number}", f"beslispunt_{number}"),
    )
    name = f"{NEW_TEXT}{number}"
    text = Field(
        id=f"nieuw-{index}",
        name=f"veld-{name}",
        label=f"Nieuwe tekst van punt {number}",
        kind="long",
        hint="Leeg: de tekst blijft gelijk. De oude tekst blijft bewaard.",
        value=asked.typed.fields.get(name, ""),
        error=_error_for(asked.error, name),
    )
    return Point(
        number=number,
        text=point["tekst"],
        conclusion=own,
        new_text=text if name in texts else None,
    )


def _field(one: Json, asked: Asked) -> Field:
    """One field; see `Field`."""
    name = str(one["name"])
    kind = KINDS.get(one["type"], "text")
    many = one["type"] == "beslispunten"
    found = options(one["choices"], _points_in_words(asked) if many else asked.names)
    if kind in ("choice", "many") and not found:
        kind = "text"
    return Field(
        id=f"veld-{name}",
        name=f"datum-{name}" if kind == "date" else f"veld-{name}",
        label=one["label"],
        kind=kind,
        required=one["required"],
        options=found,
        hint=one["hint"] or "",
        value=asked.typed.fields.get(name, ""),
        values=asked.typed.many.get(name, ()),
        error=_error_for(asked.error, name),
    )


def _points_in_words(asked: Asked) -> dict[str, str]:
    """What a beslispunt is called where it can be ticked: its number and its first words."""
    return {
        str(point["nummer"]): f"{point['nummer']}. {excerpt(point['tekst'], POINT_WORDS)}"
        for point in asked.points
    }


def _error_for(error: WorkflowError | None, *names: str) -> str:
    """The reason of a refused field, when it is one of `names`."""
    if isinstance(error, InvalidField) and error.field in names:
        return words.first_upper(error.reason)
    return ""
