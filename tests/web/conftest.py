"""A register with sample data, an application on it, and a client that sends what browsers send."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.web.fake_register import FakeRegister
from workflow.web.app import create_app
from workflow.web.port import WebSettings

SETTINGS = WebSettings(port=8000)
ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture
def register() -> FakeRegister:
    """A full register that remembers what it was asked to do."""
    return FakeRegister()


@pytest.fixture
def client(register: FakeRegister) -> TestClient:
    """A client on our own address that sends an Origin, as browsers do with a form."""
    return TestClient(
        create_app(register, SETTINGS),
        base_url=ORIGIN,
        headers={"Origin": ORIGIN},
        follow_redirects=False,
        raise_server_exceptions=False,
    )


@dataclass(frozen=True)
class Site:
    """A register and the address where its pages are served."""

    register: FakeRegister
    url: str


@pytest.fixture(scope="session")
def _full() -> Iterator[Site]:
    register = FakeRegister()
    with serving(lambda port: create_app(register, WebSettings(port=port))) as (_, url):
        yield Site(register, url)


@pytest.fixture(scope="session")
def _empty() -> Iterator[Site]:
    register = FakeRegister(empty=True)
    with serving(lambda port: create_app(register, WebSettings(port=port))) as (_, url):
        yield Site(register, url)


@pytest.fixture
def site(_full: Site) -> Site:
    """Served pages of a full register, as if nothing was done on it yet."""
    _full.register.__dict__.update(FakeRegister().__dict__)
    return _full


@pytest.fixture
def empty_site(_empty: Site) -> Site:
    """Served pages of a register that holds nothing yet."""
    return _empty


@contextmanager
def serving(make: Callable[[int], Starlette]) -> Iterator[tuple[Starlette, str]]:
    """An application and its address, served in a thread on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make(port)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield app, f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
