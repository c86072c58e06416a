"""The project's own files, as the rules read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("definitions", "workflow", "notifications")


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project, relative to its root: tracked, or new and not ignored.

    Without git (an unpacked archive) every file outside hidden folders.
    """
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
        names = [Path(name) for name in listed.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [
            path.relative_to(ROOT)
            for path in ROOT.rglob("*")
            if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
        ]
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


def text(name: Path) -> str:
    """The text of a project file; of a picture and the like an empty string."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def python(*folders: str) -> list[Path]:
    """Python files below these top-level folders; without any: of product and tests."""
    wanted = folders or (*PRODUCT, "tests")
    return [name for name in files() if name.suffix == ".py" and name.parts[0] in wanted]


@cache
def tree(name: Path) -> ast.Module:
    """The parsed form of a Python file."""
    return ast.parse(text(name), filename=str(name))


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(name: Path) -> Iterator[Function]:
    """Every function and method of a file, inner ones too."""
    for node in ast.walk(tree(name)):
        if isinstance(node, Function):
            yield node


def imported(node: ast.AST) -> list[str]:
    """Dotted names that an import statement brings in; of any other node nothing."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []


def at(name: Path, node: ast.stmt | ast.expr, what: str) -> str:
    """One line that points at a place, as an editor understands it."""
    return f"{name}:{node.lineno}: {what}"
