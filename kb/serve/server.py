"""A socket, and the server on it."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Collection
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from kb.errors import KbError
from kb.serve.site import make_site

if TYPE_CHECKING:
    from sqlalchemy import Engine

_PATIENCE_S = 2  # for answers that are under way when somebody stops the server


def open_socket(host: str, port: int) -> socket.socket:
    """Return a listening socket; port 0 takes a free one. KbError says in one line why there is none."""
    subject = f"{host}:{port}"
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except socket.gaierror as error:
        raise KbError(subject, "there is no such host", "leave --host out for this machine alone") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise KbError(
                subject, "another program listens there", "give another --port, 0 for any"
            ) from error
        raise KbError(subject, error.strerror or str(error), "give another --host or --port") from error


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address_of(listening: socket.socket) -> str:
    """Return the address at which a browser on this machine finds the socket."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def make_server(engine: Engine, *, allow_sql: bool = True, names: Collection[str] = ()) -> uvicorn.Server:
    """Return the server of a base of SQLite; see `make_site`."""
    site = make_site(engine, allow_sql=allow_sql, names=names)
    config = uvicorn.Config(
        site,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_PATIENCE_S,
    )
    return uvicorn.Server(config)


def run(server: uvicorn.Server, listening: socket.socket) -> None:
    """Answer on the socket until somebody interrupts it."""
    with suppress(KeyboardInterrupt):  # the way to end it
        server.run(sockets=[listening])
