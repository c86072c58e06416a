"""Draw the routes anew (`make routes`): docs/routes.md and the golden files of the tests."""

from pathlib import Path

from tests.engine.pictures import golden_files
from workflow.engine.diagram_formats import as_mermaid, as_text
from workflow.engine.loader import load_definitions
from workflow.settings import SHIPPED

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "routes.md"
HEAD = """\
# De routes

De nieuwste versie van elke meegeleverde route. `make routes` schrijft dit bestand opnieuw; een
test houdt het gelijk met de definities. Eén route tekent u met `besluitroute definitions diagram`,
en in het programma staan zij onder *Routes*.
"""


def document() -> str:
    """The whole of docs/routes.md."""
    definities = load_definitions(SHIPPED).definities
    newest = {one.route: one for one in sorted(definities.routes, key=lambda one: one.versie)}
    parts = [HEAD]
    for route in newest.values():
        parts.append(
            f"## {route.titel}\n\n"
            f"```mermaid\n{as_mermaid(route, definities)}```\n\n"
            f"```text\n{as_text(route, definities)}```\n"
        )
    return "\n".join(parts)


def write() -> list[Path]:
    """Write what differs; the files that were written."""
    wanted = {DOCUMENT: document(), **golden_files()}
    changed = [
        path
        for path, text in wanted.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in changed:
        path.parent.mkdir(exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    return changed


if __name__ == "__main__":
    for written in write():
        print(f"Written: {written.relative_to(DOCUMENT.parents[1])}")
