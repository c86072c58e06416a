"""How a person fills in what `actions` offers: only from the names, kinds and choices it shows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Json = Mapping[str, Any]
TEXTS = ("Conform voorstel.", "Zie het verslag van de vergadering.", "Op verzoek van de opsteller.")


@dataclass(slots=True)
class Filling:
    """Chooses values for the fields of one offer; `number` decides, so that a run can be repeated.

    `points` are the beslispunten that its row is about, `day` the day of that row; on the
    `closed` days a meeting of its overleg is over or cancelled.
    """

    today: date
    number: int
    points: Sequence[str] = ()
    day: date | None = None
    closed: Collection[date] = ()
    own: dict[str, str] = field(default_factory=dict)  # the conclusie per beslispunt

    def choose(self, options: Sequence[Any]) -> Any:
        """One of them; another one each time."""
        self.number, place = divmod(self.number, len(options))
        return options[place]

    def fields_of(self, offer: Json) -> dict[str, str]:
        """What is asked, now and then what may be given, and what belongs to it."""
        values: dict[str, str] = {}
        for one in offer["fields"]:
            if one["required"] or self.gives(one):
                values[one["name"]] = self.value_of(one)
        if AT_LEAST.get(offer["action"]) not in (None, *values):
            values["datum"] = self.later.isoformat()
        if offer["action"] == "verplaats":
            values |= self.one_side(offer)
        if offer["action"] == "agendeer" and (self.day in self.closed or values.get("datum")):
            values["datum"] = self.later.isoformat()
        if "conclusie" in values:
            values |= self.with_conclusie(values["conclusie"], offer)
        return values

    def one_side(self, offer: Json) -> dict[str, str]:
        """Where a row goes: before another, or after one."""
        sides = [one for one in offer["fields"] if one["name"] in ("voor", "na") and one["choices"]]
        if not sides:
            return {}
        side = self.choose(sides)
        return {"na": "", side["name"]: str(self.choose(side["choices"]))}

    def gives(self, one: Json) -> bool:
        """Now and then a field that need not be given, when there is something to give."""
        known = one["name"] in OPTIONAL and one["choices"] != []
        return known and bool(self.choose((True, False)))

    def value_of(self, one: Json) -> str:
        """A value that fits a field."""
        if one["name"] == "gemeenten" and one["choices"]:
            wanted: list[str] = [self.choose(one["choices"]), self.choose(one["choices"])]
            return ", ".join(dict.fromkeys(wanted))
        if one["choices"]:
            return str(self.choose(one["choices"]))
        match one["type"]:
            case "datum":
                later = one["name"] == "datum" and "Nieuwe" in one["label"]
                return (self.later if later else self.today).isoformat()
            case "nummer":
                return "1"
            case "ja_nee":
                return str(self.choose(("ja", "nee")))
        return str(self.choose(TEXTS))

    @property
    def later(self) -> date:
        """A day after today and after the meeting that the row was planned for, still free."""
        day = max(self.today, self.day or self.today) + timedelta(days=14)
        while day in self.closed:
            day += timedelta(days=7)
        return day

    def with_conclusie(self, general: str, offer: Json) -> dict[str, str]:
        """One point may be concluded apart; a changed, held or referred one asks for more."""
        codes = next(one["choices"] for one in offer["fields"] if one["name"] == "conclusie")
        if self.points and self.choose((True, False, False)):
            self.own = {self.choose(self.points): self.choose(codes)}
        per_point = {number: self.own.get(number, general) for number in self.points}
        used = {*per_point.values()} or {general}
        more: dict[str, str] = {}
        if "verwezen" in used:
            more["verwezen_naar"] = "bo_zv"
        if "aangehouden" in used:
            held = {"aangehouden_tot": self.later.isoformat()}
            more |= self.choose((held, {"datum_volgt": "ja"}))
        if "onder_voorbehoud" in used:
            more["voorbehoud_van"] = "het college"
        more |= {"toelichting": "Zie het verslag.", "actie": "Dit uitzoeken."}
        # A general "gewijzigd" counts for the points that are not named as changed themselves.
        changed = [nr for nr, code in per_point.items() if code == "gewijzigd_vastgesteld"]
        more |= {f"nieuwe_tekst_{number}": "De nieuwe tekst." for number in changed}
        return more


# Fields that are not asked, but may be given whatever the others are.
OPTIONAL = frozenset({"tekst", "reden", "zaaknummer", "eigen_tekst", "na", "datum", "doel"})
# Acts that ask for nothing in particular, and for something all the same.
AT_LEAST = {"plan": "datum", "verschuif": "datum"}
