"""Parts of definitions that steps, conclusions and overleggen are made of, and what all share."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from workflow.domain.behandeling import ConclusieCode, Soort
from workflow.engine.values import Code, Datum, Email, JaNee, Lijst, Tekst, Teksten

Conclusiecodes = Annotated[tuple[ConclusieCode, ...], Lijst]


class Model(BaseModel):
    """Base of all definition models: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Grond(Model):
    """On what an overleg may decide, from `van` up to and including `tot`."""

    soort: Literal["regeling", "mandaat", "reglement"]
    naam: Tekst
    datum: Datum | None = None  # of the regeling, mandaat or reglement itself
    van: Datum | None = None
    tot: Datum | None = None


class Vraag(Model):
    """What a conclusion cannot do without."""

    conclusie: Conclusiecodes
    toelichting: JaNee = False
    datum: JaNee = False  # a date, or said to follow
    overleg: JaNee = False
    voorbehoud: JaNee = False  # who clears it
    actie: JaNee = False  # what must be done; it becomes an afspraak


class TermijnDefinitie(Model):
    """How long each gemeente has in a round, counted from its start; one of the three."""

    weken: int = Field(default=0, ge=0, le=104)
    dagen: int = Field(default=0, ge=0, le=730)
    werkdagen: int = Field(default=0, ge=0, le=500)


class FeitDefinitie(Model):
    """feiten.yaml: a fact of a voorstel that a person declares and a step may ask for."""

    feit: Code
    naam: Tekst  # the question as it is asked
    waarden: Teksten = ("ja", "nee")
    besloten_bij: Teksten = ()  # values with which its content leaves in no mail or calendar
    uitleg: str | None = None


class Contactadres(Model):
    """Whom a reader of a mail may call or write."""

    naam: Tekst
    email: Email
    telefoon: str | None = None


class Herkenning(Model):
    """A route is proposed for a paper when all that is given here matches it."""

    onderwerp: Teksten = ()  # each text stands in the subject (case does not count)
    niet_in_onderwerp: Teksten = ()
    tekst: Teksten = ()  # each text stands somewhere in subject, beslispunten, explanation
    overleggen: Annotated[tuple[Soort, ...], Lijst] = ()  # each soort stands in the behandeltabel
