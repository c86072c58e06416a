"""What is installed is fixed to the byte, and each direct dependency has its reason."""

import re
import tomllib
from pathlib import Path

from tests.rules import source

LOCK = Path("requirements.lock")
WITH_MUTANTS = Path("requirements-mutants.lock")
REASONS = Path("docs/decisions/0001-dependencies.md")
PIN = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==[\w.!+]+( ; [^\\/]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def _direct() -> set[str]:
    """Names of the packages that pyproject.toml asks for itself."""
    project = tomllib.loads(source.text(Path("pyproject.toml")))["project"]
    extras = project["optional-dependencies"].values()
    wishes = project["dependencies"] + [wish for extra in extras for wish in extra]
    return {re.split(r"[\[<>=!~ ;]", wish)[0].lower() for wish in wishes}


def test_the_lock_holds_names_versions_and_hashes_and_nothing_else() -> None:
    """No address: the same lock serves behind any mirror, and the hash decides."""
    strange = [
        line
        for lock in (LOCK, WITH_MUTANTS)
        for line in source.text(lock).splitlines()
        if not PIN.fullmatch(line) and not HASH.fullmatch(line)
    ]
    assert strange == []


def test_every_direct_dependency_is_locked() -> None:
    """Set-up installs from the lock alone, so what is missing there is missing everywhere."""
    locked = set(re.findall(r"^([a-z0-9._-]+)", source.text(WITH_MUTANTS), flags=re.MULTILINE))
    assert _direct() - locked == set()


def test_what_only_mutants_need_changes_nothing_of_the_set_up() -> None:
    """The second lock holds every line of the first, so `make mutants` tests the same versions."""
    light, full = (
        set(re.findall(r"^\S+==\S+", source.text(lock), flags=re.MULTILINE))
        for lock in (LOCK, WITH_MUTANTS)
    )
    assert light < full


def test_every_direct_dependency_has_a_reason() -> None:
    """A dependency is a promise to keep it up to date; the decision record says what for."""
    named = set(re.findall(r"^\| `([a-z0-9._-]+)`", source.text(REASONS), flags=re.MULTILINE))
    assert named == _direct()
