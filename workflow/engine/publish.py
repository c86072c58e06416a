"""Fixes the content of routes, so that a case can rely on the version it started with."""

from pathlib import Path

from workflow.engine.definition import Organisatie, Route
from workflow.engine.digest import digest_of
from workflow.engine.files import PublicatieBestand, Reading
from workflow.engine.folder import read_folder
from workflow.engine.problems import DefinitionError

FILE = "gepubliceerd.yaml"
_HEAD = """\
# Geschreven door het programma: de versies van routes waarop voorstellen lopen.
# De inhoud van een versie die hier staat, verandert niet meer; maak dan een nieuwe versie.
organisatie: {organisation}

gepubliceerd:
"""


def publish_routes(folder: Path) -> tuple[str, ...]:
    """Add each route version that is not published yet to the folder's gepubliceerd.yaml.

    Gives their names ('vrij@1'), in order; empty when there was nothing new. A version
    that was published keeps its digest, also when its content is different now: the
    check refuses that.

    Raises DefinitionError when a file cannot be read, OSError when the list cannot be
    written.
    """
    reading = read_folder(folder)
    if reading.problems:
        raise DefinitionError(sorted(reading.problems))
    organisation = next(part.model.organisatie for part in reading.of(Organisatie))
    published = _published(reading, organisation)
    fresh = {
        (part.model.route, part.model.versie): digest_of(part.model)
        for part in reading.of(Route)
        if (part.model.route, part.model.versie) not in published
    }
    if not fresh:
        return ()
    rows = (
        f"  - {{route: {route}, versie: {version}, digest: '{digest}'}}\n"
        for (route, version), digest in sorted({**published, **fresh}.items())
    )
    text = _HEAD.format(organisation=organisation) + "".join(rows)
    (folder / FILE).write_text(text, encoding="utf-8")
    return tuple(f"{route}@{version}" for route, version in sorted(fresh))


def _published(reading: Reading, organisation: str) -> dict[tuple[str, int], str]:
    """What the folder says already of this organisation."""
    return {
        (one.route, one.versie): one.digest
        for part in reading.of(PublicatieBestand)
        if part.model.organisatie == organisation
        for one in part.model.gepubliceerd
    }
