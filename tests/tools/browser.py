"""Find a Chromium for the browser tests, or get one; never skip in silence.

Run as a program (`make browser`) it prints the path and keeps it in a stamp
file beside the virtual environment, where the tests read it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

VARIABLE = "BESLUITROUTE_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STAMP = Path(sys.prefix) / "browser-path"
DOWNLOAD_SECONDS = 240
INSTALL_SECONDS = 420

MISSING = f"""\
No browser was found and none could be fetched, so the browser and accessibility
tests cannot run. Do one of these and try again:
  - install Chromium with the system's package manager (Debian: apt-get install chromium)
  - set {VARIABLE} to the full path of a Chromium or Chrome program
"""


def candidates(environment: Mapping[str, str], home: Path) -> Iterable[Path]:
    """Places where a browser may stand, the wished one first."""
    if wished := environment.get(VARIABLE):
        yield Path(wished)
    for name in NAMES:
        if found := shutil.which(name, path=environment.get("PATH")):
            yield Path(found)
    cache = Path(environment.get("PLAYWRIGHT_BROWSERS_PATH", home / ".cache" / "ms-playwright"))
    for pattern in ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/*/*shell"):
        yield from sorted(cache.glob(pattern), reverse=True)


def works(program: Path) -> bool:
    """Whether it is a program that starts at all; a distribution's stub does not."""
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, timeout=30, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def find(environment: Mapping[str, str] = os.environ, home: Path | None = None) -> Path | None:
    """Path of a browser that starts, or None.

    A wished browser that does not start is an error, not a reason to take another:
    raises SystemExit with the reason.
    """
    for program in candidates(environment, home or Path.home()):
        if works(program):
            return program
        if str(program) == environment.get(VARIABLE):
            raise SystemExit(f"{VARIABLE} is {program}, but that does not start as a browser.")
    return None


def download() -> None:
    """Let playwright fetch its own Chromium, for at most `DOWNLOAD_SECONDS`."""
    _attempt([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_SECONDS)


def install() -> None:
    """As root on Debian: install the distribution's Chromium."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    _attempt(["apt-get", "update", "-q"], INSTALL_SECONDS, environment)
    _attempt(
        ["apt-get", "install", "-qy", "--no-install-recommends", "chromium"],
        INSTALL_SECONDS,
        environment,
    )


def _attempt(
    command: list[str], seconds: int, environment: Mapping[str, str] | None = None
) -> None:
    """Run one command with a bound in time; its failure is told, the next way is tried."""
    print("$", " ".join(command), file=sys.stderr, flush=True)
    try:
        subprocess.run(
            command,
            timeout=seconds,
            check=True,
            stdout=sys.stderr,
            env={**os.environ, **(environment or {})},
        )
    except (OSError, subprocess.SubprocessError) as error:
        print(f"That did not work: {error}", file=sys.stderr)


def obtain(ways: Iterable[Callable[[], None]] = (download, install)) -> Path:
    """A browser: one that is found, else by each way in turn.

    Raises SystemExit with what to do when there is none at the end.
    """
    found = find()
    for way in ways:
        if found:
            break
        way()
        found = find()
    if not found:
        raise SystemExit(MISSING)
    return found


def path() -> Path:
    """The browser for the tests, as `make browser` left it, else one that is found.

    Raises SystemExit with what to do when there is none: a test never skips for it.
    """
    if VARIABLE not in os.environ and STAMP.exists():
        kept = Path(STAMP.read_text(encoding="utf-8").strip())
        if kept.exists():
            return kept
    found = find()
    if not found:
        raise SystemExit(MISSING)
    return found


if __name__ == "__main__":
    browser = obtain()
    STAMP.write_text(f"{browser}\n", encoding="utf-8")
    print(f"Browser: {browser}")
