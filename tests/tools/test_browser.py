"""Finding a browser: the wished one, a found one, or a clear failure."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.tools import browser


def a_program(path: Path, exit_code: int = 0) -> Path:
    """A little program that ends with this code, whatever it is asked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_wished_browser_comes_first(tmp_path: Path) -> None:
    """Who names a browser gets that one, whatever else is installed."""
    wished = a_program(tmp_path / "mine")
    a_program(tmp_path / "bin" / "chromium")
    environment = {browser.VARIABLE: str(wished), "PATH": str(tmp_path / "bin")}

    assert browser.find(environment, home=tmp_path) == wished


def test_a_wished_browser_that_does_not_start_is_an_error(tmp_path: Path) -> None:
    """A wrong wish is told, not silently replaced by another browser."""
    a_program(tmp_path / "bin" / "chromium")
    environment = {browser.VARIABLE: "/nowhere/chrome", "PATH": str(tmp_path / "bin")}

    with pytest.raises(SystemExit, match="/nowhere/chrome"):
        browser.find(environment, home=tmp_path)


def test_a_stub_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    """A distribution's stub named chromium is no browser; playwright's cache still may hold one."""
    a_program(tmp_path / "bin" / "chromium", exit_code=1)
    cached = a_program(tmp_path / ".cache/ms-playwright/chromium-1/chrome-linux/chrome")

    assert browser.find({"PATH": str(tmp_path / "bin")}, home=tmp_path) == cached


def test_without_any_browser_the_failure_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """When no way leads to a browser the run stops with advice; it never goes on without."""
    tried: list[str] = []
    monkeypatch.setattr(browser, "find", lambda: None)

    with pytest.raises(SystemExit, match="apt-get install chromium"):
        browser.obtain([lambda: tried.append("first"), lambda: tried.append("second")])

    assert tried == ["first", "second"]


@pytest.mark.browser
def test_the_browser_opens_a_page(page: Page) -> None:
    """The fixture that all browser tests rest on works here."""
    page.set_content("<title>Besluitroute</title><h1>Dossier</h1>")

    assert page.title() == "Besluitroute"
