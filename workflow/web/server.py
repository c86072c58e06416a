"""Serves the pages on this machine only, until people and login exist."""

import ipaddress

import uvicorn
from starlette.types import ASGIApp

from workflow.domain.errors import Conflict


def check_loopback(host: str) -> None:
    """Raise Conflict unless `host` can be reached from this machine alone."""
    if host == "localhost":
        return
    try:
        loopback = ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise Conflict(
            f"Besluitroute luistert niet op ‘{host}’: er is nog geen inlog, dus iedereen in het "
            "netwerk zou kunnen meebeslissen. Gebruik --host 127.0.0.1."
        )


def serve(app: ASGIApp, host: str, port: int) -> None:
    """Serve `app` until it is stopped; a `host` that is not loopback is refused."""
    check_loopback(host)
    uvicorn.run(
        app,
        host=host.strip("[]"),
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
    )
