"""The voorstel: the whole case that one voorblad opens."""

import datetime as dt
from dataclasses import dataclass, field, replace

from workflow.domain.behandeling import Bekrachtiging, Doel, Soort
from workflow.domain.fields import LATER
from workflow.domain.text import ErasableText


@dataclass(frozen=True, slots=True, kw_only=True)
class Contactpersoon:
    """Whom to ask about a voorstel; often more than one, at more than one organisation."""

    name: ErasableText
    organisation: str | None = None
    email: ErasableText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Onderdeel:
    """A nested line of a beslispunt; `number` None: a bullet."""

    number: str | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierText:
    """The text of a beslispunt before an overleg changed it."""

    text: str
    parts: tuple[Onderdeel, ...] = ()
    changed_by: str  # id of the behandeling


@dataclass(frozen=True, slots=True, kw_only=True)
class Beslispunt:
    """One numbered point that is decided; the number is kept as written."""

    number: str
    text: str
    parts: tuple[Onderdeel, ...] = ()
    earlier: tuple[EarlierText, ...] = ()  # oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A line of 'Bijlage(n)'; the papers themselves are `Paper`s."""

    number: str | None
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise that stands in a text: proposed as an afspraak, never made one by itself."""

    text: str
    period: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Termijn:
    """How long each gemeente has in a round, counted from its start."""

    weeks: int = 0
    days: int = 0
    working_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AlleenAls:
    """A condition on one declared fact: its value is one of these."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feit:
    """A fact of this voorstel as a person declared it: geld: ja."""

    fact: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Afwijking:
    """A rule that a person set aside, with the reason; shown wherever the dossier is shown."""

    act: str
    rule: str  # vier_ogen
    on: dt.date
    reason: ErasableText


@dataclass(frozen=True, slots=True, kw_only=True)
class Stap:
    """One step of this voorstel's own route; its id is the state while the voorstel is there."""

    id: str
    doel: Doel | None = None
    soort: Soort = Soort.ANDERS
    overleg: str = ""  # name for people
    overleg_codes: tuple[str, ...] = ()
    per_gemeente: bool = False
    group: str | None = None
    join: str | None = None  # alle, eerste or a number: when a fan-out or group is ready
    conditions: tuple[str, ...] = ()
    bekrachtiging: Bekrachtiging | None = None
    skipped: bool = False
    origin: str | None = field(default=None, metadata=LATER)  # the step of the route it repeats
    deelroute: str | None = field(default=None, metadata=LATER)  # None: informeren
    term: Termijn | None = field(default=None, metadata=LATER)
    only_if: tuple[AlleenAls, ...] = field(default=(), metadata=LATER)  # all must hold
    without_advice: bool = field(default=True, metadata=LATER)  # may decide so, with a reason
    positions: bool = field(default=False, metadata=LATER)  # asks a position of each gemeente


SPLIT_INTO, SPLIT_FROM = "afgesplitst_naar", "afgesplitst_van"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another voorstel that this one was split into, or that it was split from."""

    kind: str  # SPLIT_INTO, SPLIT_FROM
    voorstel_id: str
    punten: tuple[str, ...]  # the beslispunten that went along
    reason: ErasableText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voorstel:
    """The case. `version` counts its acts; who acts says which version they saw."""

    id: str
    kenmerk: str
    state: str
    version: int
    route_id: str
    route_version: int
    route_digest: str
    subject: str
    date: dt.date | None = None
    date_period: str | None = None
    unit: str | None = None
    distribute: bool | None = None
    distribute_raw: str | None = None
    addressed_to: Soort | None = None
    theme: str | None = None
    explanation: ErasableText | None = None
    report_period: str | None = None  # the half-year this report is about: 2024-H1
    contacts: tuple[Contactpersoon, ...] = ()
    emails: tuple[ErasableText, ...] = ()
    beslispunten: tuple[Beslispunt, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    promises: tuple[Promise, ...] = ()
    steps: tuple[Stap, ...] = ()
    closing_reason: ErasableText | None = None
    created_on: dt.date | None = None
    links: tuple[Link, ...] | None = None
    streams: tuple[str, ...] | None = None  # not its own, but with events that changed it as well
    state_since: dt.date | None = None  # the day it came in its state; None: not recorded
    facts: tuple[Feit, ...] | None = None  # None: nothing declared yet
    effective_on: dt.date | None = None  # the day the paper takes effect
    deviations: tuple[Afwijking, ...] | None = None

    def step(self, step_id: str) -> Stap | None:
        return next((step for step in self.steps if step.id == step_id), None)

    def origin(self, step_id: str) -> str:
        """The step of the route that a step is, or that it repeats for a row of its own."""
        step = self.step(step_id)
        return (step.origin or step.id) if step else step_id

    def departed(self) -> frozenset[str]:
        """The beslispunten that went on as a voorstel of their own."""
        return frozenset(
            number for link in self.links or () if link.kind == SPLIT_INTO for number in link.punten
        )


def with_stream(voorstel: Voorstel, stream: str) -> Voorstel:
    """The voorstel that also has events in this stream of something else."""
    known = voorstel.streams or ()
    return voorstel if stream in known else replace(voorstel, streams=(*known, stream))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One version of a paper, kept by hash; the bytes stand apart."""

    voorstel_id: str
    id: str  # p1, p2, …: within its voorstel, the same for all versions
    version: int
    title: str
    filename: ErasableText  # people put names in it
    media_type: str
    size: int  # bytes
    sha256: str  # hex
    added_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that was read: the voorblad itself, or a letter that belongs to a dossier."""

    id: str
    sha256: str  # hex, of the bytes as they came
    filename: ErasableText
    kind: str
    kenmerk: str | None = None
    voorstel_id: str | None = None  # None: kept until its dossier comes
    content: ErasableText | None = None  # what was read, as JSON
    read_on: dt.date | None = None
    refers_to: tuple[str, ...] = ()
