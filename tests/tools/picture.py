"""Draw the picture of a dossier page for the README, from the real page (`make picture`)."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.tools import browser

DOSSIER = "/voorstellen/24005969"
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "dossier.png"
WIDTH, HEIGHT = 1280, 960
START_SECONDS = 30


def _free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    """Return when something answers there; raises TimeoutError after `START_SECONDS`."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the demo did not start")


def draw(picture: Path) -> None:
    """Start the demo in a folder of its own, open the dossier, keep what a reader sees first."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "workflow", "demo", "--port", str(port)]
        root = {"PYTHONPATH": str(PICTURE.parents[2])}
        demo = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **root}, stdout=subprocess.DEVNULL
        )
        try:
            _wait_for(port)
            _photograph(f"http://127.0.0.1:{port}{DOSSIER}", picture)
        finally:
            demo.terminate()
            demo.wait()


def _photograph(address: str, picture: Path) -> None:
    """One page as a desktop browser shows it."""
    arguments = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.path(), args=arguments)
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="nl-NL")
        page.goto(address)
        page.screenshot(path=picture)
        chromium.close()


if __name__ == "__main__":
    draw(PICTURE)
    print(f"Drawn: {PICTURE.relative_to(Path.cwd())}")
