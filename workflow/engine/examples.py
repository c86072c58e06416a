"""The examples of an organisation: papers, and what happens to them day by day, for a demo."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import Field

from workflow.domain.errors import Surroundings
from workflow.engine.definition_parts import Model
from workflow.engine.folder import EXAMPLES

FILE = "verloop.yaml"


class Gebeurtenis(Model):
    """One thing: a paper is read (`lees`) or added (`stuk`), or an act is done (`doe`)."""

    dag: dt.date
    lees: str | None = None
    kenmerk: str | None = None
    doe: str | None = None
    rij: str | None = None
    gemeenten: tuple[str, ...] | str = ()
    velden: dict[str, str] = Field(default_factory=dict)
    punten: dict[str, str] = Field(default_factory=dict)
    stuk: str | None = None
    titel: str | None = None
    tekst: str = ""


class Verloop(Model):
    """What happens in the register of a demo, and which day it is there afterwards."""

    vandaag: dt.date
    wie: str
    verloop: tuple[Gebeurtenis, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """The examples with their folder."""

    folder: Path
    verloop: Verloop


def load_examples(definitions: Path) -> Examples:
    """The examples that come with a folder of definitions; Surroundings when it has none."""
    folder = definitions / EXAMPLES
    try:
        read = yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        message = f"Bij deze definities horen geen voorbeelden ({folder / FILE}: {error})."
        raise Surroundings(message) from None
    return Examples(folder=folder, verloop=Verloop.model_validate(read))
