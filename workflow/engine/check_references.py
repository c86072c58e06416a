"""Every name in a definition must exist, once: overleggen, gemeenten, themas, routes, cycli."""

from collections.abc import Iterator

from workflow.engine.files import Reading
from workflow.engine.problems import Problem


def check_references(reading: Reading) -> Iterator[Problem]:
    """Names that are unknown or double, and dates that cannot be, over all files."""
    yield from ()
