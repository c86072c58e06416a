"""The names that papers use: handed to the readers of documents by the service."""

from dataclasses import dataclass, field

from workflow.domain.behandeling import Soort
from workflow.domain.paper import PaperWords


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlegTerm:
    """One overleg and its names on paper.

    `aliases` mean this overleg and no other. `bare_names` are shared by several
    overleggen and are resolved by theme, always with the warning `overleg_afgeleid`.
    `begin` and `end` (ISO dates, inclusive) say when the overleg exists.
    """

    code: str
    soort: Soort
    name: str
    aliases: tuple[str, ...] = ()
    bare_names: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    begin: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeTerm:
    """How a paper shows that it belongs to a theme."""

    code: str
    words: tuple[str, ...] = ()  # in subject or explanation
    units: tuple[str, ...] = ()
    mail_domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GemeenteTerm:
    """A gemeente and its names on paper."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All names of one organisation, and the other words of its papers.

    `joint` maps a name on paper to the overleggen it means.
    """

    organisation: str
    overleggen: tuple[OverlegTerm, ...] = ()
    joint: tuple[tuple[str, tuple[str, ...]], ...] = ()
    themes: tuple[ThemeTerm, ...] = ()
    gemeenten: tuple[GemeenteTerm, ...] = ()
    words: PaperWords = field(default_factory=PaperWords)
