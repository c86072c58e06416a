"""A walk of one voorstel, written as it is told: who concluded what, and who was asked or told."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from workflow.bootstrap import Register, evidence_of
from workflow.domain.errors import WorkflowError
from workflow.services.act import Act, perform
from workflow.services.audit import verify
from workflow.services.dossier import show
from workflow.services.new import new

FIRST_DAY = dt.date(2024, 7, 1)
MEETS = ("leg_conclusie_vast", "maak_bezwaar")  # what happens at a meeting has its day
UNDATED = ("bied_aan", "meld_geen_zienswijze", "meld_niet_ontvangen")
OPEN = ("gepland", "geagendeerd")
SEVEN = ("blaricum", "eemnes", "gooise_meren", "hilversum", "huizen", "laren", "wijdemeren")
SIX_OF_2027 = SEVEN[:-1]


@dataclass(slots=True, kw_only=True)
class Walker:
    """One voorstel on its way, and the day that it is."""

    register: Register
    kenmerk: str
    day: dt.date = FIRST_DAY

    def act(
        self,
        action: str,
        *,
        gemeente: str | None = None,
        row: str | None = None,
        afspraak: str | None = None,
        points: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        """Do one act on the day that it is; a refusal fails the test."""
        happened = self.day if action in MEETS else None
        session = replace(self.register.session, fixed_day=self.day)
        asked = Act(
            kenmerk=self.kenmerk,
            action=action,
            gemeente=gemeente,
            behandeling=row,
            afspraak=afspraak,
            points=points or {},
            fields=fields or {},
            happened=happened,
        )
        perform(session, asked)

    def show(self) -> dict[str, Any]:
        """The dossier as it is now."""
        return show(replace(self.register.session, fixed_day=self.day), self.kenmerk)

    @property
    def state(self) -> str:
        """Where the voorstel is."""
        return str(self.show()["state"])

    def begin(self, route: str) -> None:
        """A typed voorstel with two points on this route; it is a concept until it is submitted."""
        sheet = {
            "onderwerp": "Afspraken over de opvang",
            "kenmerk": self.kenmerk,
            "datum": self.day.isoformat(),
            "contactpersoon": "Pim Hagedoorn <p.hagedoorn@regio.example>",
            "beslispunt_1": "Instemmen met de afspraken",
            "beslispunt_2": "De middelen daarvoor vaststellen",
            "route": route,
        }
        new(replace(self.register.session, fixed_day=self.day), sheet)

    def problems(self) -> list[Any]:
        """What `audit verify` finds wrong in the whole register."""
        found = verify(self.register.session, evidence_of(self.register.engine))
        return list(found.as_json()["problems"])


Step = Callable[[Walker], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One way along a route: its sentence, its steps, and the end where it comes out."""

    tells: str
    steps: Sequence[Step]
    end: str
    in_force: Mapping[str, str] = field(default_factory=dict)  # per gemeente, at the end


def ends(tells: str, *steps: Step, in_force: Mapping[str, str] | None = None) -> Walk:
    """A walk that is closed: afgerond."""
    close = does("rond_af")
    return Walk(tells=tells, steps=(*steps, close), end="afgerond", in_force=in_force or {})


def forced(tells: str, *steps: Step, reason: str) -> Walk:
    """A walk that is closed while something is open, with the reason."""
    return Walk(tells=tells, steps=(*steps, does("rond_af", reden=reason)), end="afgerond")


def rejected(tells: str, *steps: Step) -> Walk:
    """A walk of which the last conclusion rejects the voorstel: afgewezen."""
    return Walk(tells=tells, steps=steps, end="afgewezen")


def withdrawn(tells: str, *steps: Step) -> Walk:
    """A walk that its author ends: ingetrokken."""
    leaves = does("trek_in", reden="De wens is vervallen")
    return Walk(tells=tells, steps=(*steps, leaves), end="ingetrokken")


def says(
    step: str, conclusie: str, /, points: Mapping[str, str] | None = None, **more: str
) -> Step:
    """The overleg of this step, where the voorstel is now, concludes."""

    def done(walker: Walker) -> None:
        rows = walker.show()["behandelingen"]
        row = next((one for one in rows if one["stap"] == step and one["state"] in OPEN), None)
        assert row, f"no open row at {step}: {[(one['stap'], one['state']) for one in rows]}"
        if row["datum"]:
            walker.day = max(walker.day, dt.date.fromisoformat(row["datum"]))
        fields = {"conclusie": conclusie, **more}
        walker.act("leg_conclusie_vast", row=row["id"], points=points, fields=fields)

    return done


def does(action: str, /, **fields: str) -> Step:
    """The secretariaat does this act."""
    return lambda walker: walker.act(action, fields=fields)


def one(gemeente: str, action: str, /, **fields: str) -> Step:
    """This happens with one gemeente."""
    return lambda walker: walker.act(action, gemeente=gemeente, fields=fields)


def each(action: str, /, who: Sequence[str] = SEVEN) -> Step:
    """The same with each of these gemeenten, on the day that it is."""

    def done(walker: Walker) -> None:
        for gemeente in who:
            fields = {} if action in UNDATED else {"datum": walker.day.isoformat()}
            walker.act(action, gemeente=gemeente, fields=fields)

    return done


def on(day: str) -> Step:
    """The day comes."""

    def done(walker: Walker) -> None:
        walker.day = dt.date.fromisoformat(day)

    return done


def at(state: str) -> Step:
    """The voorstel has come here."""

    def done(walker: Walker) -> None:
        assert walker.state == state

    return done


def not_yet(action: str, why: str, /, **fields: str) -> Step:
    """This act is refused, with these words in its reason."""

    def done(walker: Walker) -> None:
        with pytest.raises(WorkflowError, match=re.escape(why)):
            walker.act(action, fields=fields)

    return done
