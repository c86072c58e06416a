"""`import`: papers in."""

import sys
from collections.abc import Iterator
from errno import ENOENT
from os import strerror
from pathlib import Path
from typing import Any

import click

from workflow.cli.options import as_json, command, register, settings
from workflow.cli.output import Ended, print_json, say, tell

MAX_FILE = 20 * 1024 * 1024  # bytes; a larger one is not read whole
_RESULTS = {
    "created": "dossier gemaakt",
    "updated": "dossier bijgewerkt",
    "linked": "bij een dossier gevoegd",
    "kept": "bewaard tot zijn dossier er is",
    "unchanged": "al eerder gelezen",
    "skipped": "niet gelezen",
    "dry-run": "gelezen, niets opgeslagen",
}


@command("import")
@click.argument("paths", metavar="PAD…", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Lees en toon, maar sla niets op. Standaard uit.")
@click.option(
    "--route",
    metavar="ID",
    help="De route voor nieuwe dossiers. Standaard: wat de definities herkennen, anders vrij.",
)
def import_(paths: tuple[str, ...], dry_run: bool, route: str | None) -> None:
    """Lees voorbladen, brieven en mededelingen in. Een PAD is een bestand of een map."""
    files = list(_files(paths))
    session = _rehearsing() if dry_run else register("create").session
    from workflow.services.importing import import_files

    documents: list[dict[str, Any]] = []
    unopened: list[Path] = []
    contents = _contents(files, unopened)
    with _progress(len(files)) as bar:
        for done in import_files(session, contents, route=route, dry_run=dry_run):
            documents.append(done.as_json())
            bar.update(1)
            if not as_json():
                _show(documents[-1], done.linked)
    if as_json():
        print_json({"documents": documents})
    elif not documents:
        tell("In deze map staan geen bestanden.")
    if unopened:
        raise Ended(4)
    if any(one["result"] == "skipped" or one["kind"] == "onbekend" for one in documents):
        raise Ended(1)


def _rehearsing() -> Any:
    """A session that reads and opens no database."""
    from workflow.bootstrap import session_without_register

    return session_without_register(settings())


def _files(paths: tuple[str, ...]) -> Iterator[Path]:
    """The files, those of a folder in order of name; OSError for a path that is not there."""
    for name in paths:
        path = Path(name)
        if not name:
            raise FileNotFoundError(ENOENT, strerror(ENOENT), name)
        if path.is_dir():
            inside = (one for one in path.rglob("*") if one.is_file() or _leads_nowhere(one))
            hidden = (one for one in inside if not _is_hidden(one.relative_to(path)))
            yield from sorted(hidden)
        else:
            path.stat()  # raises OSError with the name of the path
            yield path


def _leads_nowhere(path: Path) -> bool:
    """A link to a file that is gone: named as one that cannot be opened, not passed over."""
    return path.is_symlink() and not path.exists()


def _is_hidden(path: Path) -> bool:
    """The file or a folder above it starts with a dot."""
    return any(part.startswith(".") for part in path.parts)


def _contents(files: list[Path], unopened: list[Path]) -> Iterator[tuple[str, bytes | OSError]]:
    """Name and bytes of each file; of one that is too large only what shows that it is.

    A file that cannot be opened (any more) gives its error, and is added to `unopened`.
    """
    for path in files:
        try:
            with path.open("rb") as file:
                content: bytes | OSError = file.read(MAX_FILE + 1)
        except OSError as error:
            unopened.append(path)
            content = error
        yield path.name, content


def _progress(length: int) -> Any:
    """A progress bar on a terminal, none elsewhere."""
    shown = sys.stderr.isatty() and length > 1
    return click.progressbar(length=length, label="Inlezen", file=sys.stderr, hidden=not shown)


def _show(document: dict[str, Any], linked: tuple[str, ...]) -> None:
    """One file in a few lines."""
    where = f" · {document['route']}, bij {document['state']}" if document["state"] else ""
    kenmerk = document["kenmerk"] or "geen kenmerk"
    say(f"{document['file']}: {document['kind']} {kenmerk} – {_RESULTS[document['result']]}{where}")
    for name in linked:
        say(f"    hoort erbij: {name}")
    for warning in document["warnings"]:
        line = f"regel {warning['line']}: " if warning["line"] else ""
        say(f"    let op · {line}{warning['message']}")


COMMANDS = (import_,)
