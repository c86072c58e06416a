"""Set-up on a machine that lacks something: told in plain words, before anything is made."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.rules import source

OLD = "#!/bin/sh\nexit 1\n"
WITHOUT_VENV = '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\nexit 0\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the Makefile and what it looks at, and nothing set up."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(source.ROOT / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("python", "advice"),
    [(OLD, "needs Python 3.11 or newer"), (WITHOUT_VENV, "apt-get install python3-venv")],
)
def test_set_up_says_what_is_missing(checkout: Path, python: str, advice: str) -> None:
    """Who has an old Python, or Debian's without venv, reads what to install."""
    program = checkout / "python"
    program.write_text(python, encoding="utf-8")
    program.chmod(0o755)

    said = subprocess.run(
        ["make", "setup", f"PYTHON={program}"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode != 0
    assert advice in said.stdout
    assert not (checkout / ".venv").exists()
