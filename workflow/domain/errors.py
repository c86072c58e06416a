"""The whole error tree: every refusal a user can meet, with its Dutch sentence."""

from collections.abc import Mapping, Sequence


class WorkflowError(Exception):
    """Something a user can act on. `str(error)` is Dutch and shown as is.

    WorkflowError
    ├── NotFound            no such voorstel, row, event or definition
    ├── NotPermitted        this person may not do this
    ├── InvalidField        a field is missing or cannot be what was typed
    ├── Stale               someone else changed it first
    ├── TransitionRefused   the route or a guard says no
    ├── Conflict            it exists already, or the register is not fit for this
    └── Surroundings        database, mail server or path fails
        └── OutcomeUnknown  it failed while storing: done or not

    `code` is stable and stands in the JSON of the command line; `details`
    holds plain values that a program may want.
    """

    code = "geweigerd"

    def __init__(self, message: str, details: Mapping[str, object] | None = None) -> None:
        self.details: dict[str, object] = dict(details or {})
        super().__init__(message)


class NotFound(WorkflowError):
    """`what` is the Dutch noun, `key` what was asked for, `known` what could be meant."""

    code = "niet_gevonden"

    def __init__(self, what: str, key: str, known: Sequence[str] = ()) -> None:
        self.what, self.key = what, key
        hint = f" Bekend zijn: {', '.join(known)}." if known else ""
        super().__init__(f"{what} ‘{key}’ is niet gevonden.{hint}", {"what": what, "key": key})


class NotPermitted(WorkflowError):
    """`act` is the label that the user saw; `needed` the permission in Dutch."""

    code = "geen_recht"

    def __init__(self, act: str, needed: str) -> None:
        self.act, self.needed = act, needed
        super().__init__(
            f"U mag ‘{act}’ niet doen. Daarvoor is het recht ‘{needed}’ nodig; "
            "vraag het de functioneel beheerder.",
            {"recht": needed},
        )


class InvalidField(WorkflowError):
    """`field` is the name as in `actions`; `reason` a Dutch sentence."""

    code = "veld_ongeldig"

    def __init__(self, field: str, reason: str) -> None:
        self.field, self.reason = field, reason
        super().__init__(f"Veld ‘{field}’: {reason}", {"field": field})


class MissingField(InvalidField):
    """A required field was not given."""

    code = "veld_ontbreekt"

    def __init__(self, field: str, label: str) -> None:
        super().__init__(field, f"{label} is verplicht. Vul dit in.")


class Stale(WorkflowError):
    """The dossier moved on after the user looked at it."""

    code = "verouderd"

    def __init__(
        self, kenmerk: str, seen: int, current: int, change: str = "", *, what: str = "Voorstel"
    ) -> None:
        self.kenmerk, self.seen, self.current, self.change = kenmerk, seen, current, change
        last = f" Laatste wijziging: {change}." if change else ""
        again = "het dossier" if what == "Voorstel" else f"de {what.lower()}"
        super().__init__(
            f"{what} {kenmerk} is intussen gewijzigd: u zag versie {seen}, "
            f"nu is het versie {current}.{last} Bekijk {again} opnieuw "
            "en probeer het dan nog eens.",
            {"seen": seen, "current": current, "change": change},
        )


class TransitionRefused(WorkflowError):
    """`step` is the label that the user saw on the button; `what` names what it is about."""

    code = "kan_niet"

    def __init__(self, kenmerk: str, step: str, reason: str, what: str = "Voorstel") -> None:
        self.kenmerk, self.step, self.reason = kenmerk, step, reason
        super().__init__(f"{what} {kenmerk}: ‘{step}’ kan nu niet. {reason}", {"reasons": [reason]})


class Conflict(WorkflowError):
    """It exists already, or the register holds something that forbids this."""

    code = "strijdig"


class Surroundings(WorkflowError):
    """The database, the mail server or a path does not do what it must."""

    code = "omgeving"


class OutcomeUnknown(Surroundings):
    """The database failed while committing: stored or not, only reading again can tell.

    `why` is what to say when it turns out that nothing was stored.
    """

    code = "onzeker"

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(
            "De database viel weg tijdens het opslaan. Het is niet zeker of dit is vastgelegd. "
            "Bekijk het dossier voordat u het opnieuw doet."
        )
