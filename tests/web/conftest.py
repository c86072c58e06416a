"""A register with sample data, an application on it, and a client that sends what browsers send."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn
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
    yield from _served(FakeRegister())


@pytest.fixture(scope="session")
def _empty() -> Iterator[Site]:
    yield from _served(FakeRegister(empty=True))


@pytest.fixture
def site(_full: Site) -> Site:
    """Served pages of a full register, as if nothing was done on it yet."""
    fresh = FakeRegister()
    _full.register.__dict__.update(fresh.__dict__)
    return _full


@pytest.fixture
def empty_site(_empty: Site) -> Site:
    """Served pages of a register that holds nothing yet."""
    return _empty


def _served(register: FakeRegister) -> Iterator[Site]:
    """Serve in a thread on a free port until the tests are done."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(register, WebSettings(port=port))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Site(register, f"http://127.0.0.1:{port}")
    server.should_exit = True
    thread.join()
