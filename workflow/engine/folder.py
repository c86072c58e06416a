"""Reads one organisation's folder: which files belong, within bounds, each to its model."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workflow.engine.files import FOLDERS, REQUIRED, SINGLE, Part, Reading, model_for
from workflow.engine.problems import Problem, hint
from workflow.engine.shape import read_model
from workflow.engine.source import MAX_BYTES, read_source

MAX_FILES = 200
EXAMPLES = "voorbeelden"  # papers and what happens to them in a demo: no definitions


def read_folder(folder: Path) -> Reading:
    """Every file of `folder`, typed, with everything that is wrong with form and shape.

    Files whose name starts with a dot, files that are no YAML and the folder
    with examples are passed over.
    A link that leads out of the folder is refused, not followed.

    Raises FileNotFoundError or NotADirectoryError when there is no such folder,
    and OSError when a file in it cannot be opened.
    """
    if not folder.exists():
        raise FileNotFoundError(f"De map {folder} bestaat niet.")
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is geen map.")
    parts: list[Part[Any]] = []
    problems: list[Problem] = []
    names = sorted(_yaml_files(folder))
    for name in names[:MAX_FILES]:
        part, wrong = _read_file(folder, name)
        problems += wrong
        parts += [part] if part else []
    problems += _about_the_folder(folder, names)
    return Reading(parts=tuple(parts), problems=tuple(problems), files=len(names))


def _yaml_files(folder: Path) -> Iterator[str]:
    """Names of the YAML files here and one folder down, relative to `folder`."""
    for entry in folder.iterdir():
        if entry.name.startswith((".", "_")) or entry.name == EXAMPLES:
            continue
        if entry.is_dir():
            yield from (
                f"{entry.name}/{child.name}"
                for child in entry.iterdir()
                if child.suffix in (".yaml", ".yml") and not child.name.startswith(".")
            )
        elif entry.suffix in (".yaml", ".yml"):
            yield entry.name


def _read_file(folder: Path, name: str) -> tuple[Part[Any] | None, list[Problem]]:
    """One file, when it has a place here and does not lie somewhere else."""
    kind = model_for(name)
    if kind is None or not name.endswith(".yaml"):
        return None, [_out_of_place(name)]
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        message = "Dit is geen bestand in deze map, maar een koppeling. Zet het bestand zelf hier."
        return None, [Problem(file=name, line=1, code="geen_bestand", message=message)]
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    tree, problems = read_source(name, content)
    if tree is None:
        return None, problems
    model, wrong, whole = read_model(name, tree, kind)
    if model is None:
        return None, problems + wrong
    return Part(file=name, model=model, tree=tree, whole=whole and not problems), problems + wrong


def _out_of_place(name: str) -> Problem:
    places = [*SINGLE, *(f"{folder}/{Path(name).name}" for folder in FOLDERS)]
    right = str(Path(name).with_suffix(".yaml").as_posix())
    advice = f" Noem het {right}." if model_for(right) else hint(name, places)
    return Problem(
        file=name,
        line=1,
        code="onbekend_bestand",
        message=f"Dit bestand heeft hier geen plaats en wordt niet gelezen.{advice}",
    )


def _about_the_folder(folder: Path, names: list[str]) -> Iterator[Problem]:
    """Too many files, or a file that cannot be missed."""
    if len(names) > MAX_FILES:
        message = f"De map heeft meer dan {MAX_FILES} bestanden; de rest is niet gelezen."
        yield Problem(file=names[MAX_FILES], line=1, code="te_veel_bestanden", message=message)
    for name in REQUIRED:
        if name not in names:
            message = f"Het bestand {name} ontbreekt in de map {folder.name}."
            yield Problem(file=name, line=1, code="bestand_ontbreekt", message=message)
    if not any(name.startswith("routes/") for name in names):
        message = "Er is geen enkele route. Zet er ten minste één in de map routes."
        yield Problem(file="routes", line=1, code="bestand_ontbreekt", message=message)
