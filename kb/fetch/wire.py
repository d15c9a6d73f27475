"""One exchange with one host over one connection, within limits of time and size.

A connection serves one request: between two lies a delay that most hosts would close it in anyway. No proxy of the
environment is used, as it would connect to whatever it likes; no cookies are kept.
"""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, cast

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, DecodeError, HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as Urllib3TimeoutError
from urllib3.response import BaseHTTPResponse
from urllib3.util.ssl_match_hostname import CertificateError

from kb.errors import FetchFailed, FetchTooLarge
from kb.fetch.target import Target
from kb.fetch.terms import Manners

CODINGS = ("gzip", "br", "x-gzip", "deflate", "identity", "")
"""Packings that are read, one at a time: of several on top of each other, each could hide the next one's size."""

_ASKED_CODINGS = ", ".join(CODINGS[:2])
_PIECE = 2**16
_HEADER_BYTES = 2**18  # beside the content


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered; `content` is unpacked, and read only where `status` is 2xx."""

    status: int
    headers: Mapping[str, str]
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an exchange may take.

    `tls` says which certificates are trusted, None for plain http; `deadline` is on the monotonic clock; `cut` says
    that content over `most_bytes` is cut off there, not refused.
    """

    manners: Manners
    monotonic: Callable[[], float]
    deadline: float
    most_bytes: int
    tls: ssl.SSLContext | None = None
    cut: bool = False

    def left_s(self, most: float) -> float:
        """Return the seconds left, but not over `most`; raise TimeoutError when there are none."""
        left = min(most, self.deadline - self.monotonic())
        if left <= 0:
            raise TimeoutError
        return left


def exchange(target: Target, addresses: list[str], headers: Mapping[str, str], bounds: Bounds) -> Answer:
    """Ask one of `addresses` for the target; raise FetchFailed or FetchTooLarge."""
    try:
        with closing(_connect(target, addresses, bounds)) as connection:
            connection.sock = cast(socket.socket, _Bounded(connection.sock, target, bounds))
            connection.request(
                "GET",
                target.path,
                headers={"Host": target.authority, "Accept-Encoding": _ASKED_CODINGS, **headers},
                preload_content=False,
            )
            response = connection.getresponse()
            content = _read(response, target, bounds) if 200 <= response.status < 300 else b""
            return Answer(response.status, response.headers, content)
    except (HTTPError, HTTPException, OSError, CertificateError) as error:
        raise FetchFailed(target.subject, _describe(error, bounds)) from error


def _connect(target: Target, addresses: list[str], bounds: Bounds) -> HTTPConnection:
    """Connect to the first address that lets us; the host is asked and checked by its name all the same."""
    failure: Exception = OSError("no address")
    for address in addresses:
        timeout = bounds.left_s(bounds.manners.connect_timeout_s)
        connection = (
            HTTPSConnection(
                address, target.port, timeout=timeout, server_hostname=target.host, ssl_context=bounds.tls
            )
            if target.scheme == "https"
            else HTTPConnection(address, target.port, timeout=timeout)
        )
        try:
            connection.connect()
            return connection
        except ConnectTimeoutError as error:
            failure = error
        except TimeoutError as error:  # silent while agreeing on TLS
            failure = ConnectTimeoutError(error)
    raise failure


def _read(response: BaseHTTPResponse, target: Target, bounds: Bounds) -> bytes:
    """Read and unpack piece by piece: a bomb is stopped at `most_bytes`, with a piece of it in memory."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in CODINGS:
        raise FetchFailed(target.subject, f"is packed as {coding}, which kb did not ask for")
    if (response.length_remaining or 0) > bounds.most_bytes and not bounds.cut:
        raise _too_large(target, bounds)
    content = bytearray()
    while len(content) <= bounds.most_bytes and (piece := response.read1(_PIECE)):
        content += piece
    if len(content) > bounds.most_bytes and not bounds.cut:
        raise _too_large(target, bounds)
    return bytes(content[: bounds.most_bytes])


class _Bounded:
    """A socket whose reading ends at the deadline and after so many bytes, however slowly they drip in."""

    def __init__(self, sock: Any, target: Target, bounds: Bounds) -> None:
        self._sock, self._target, self._bounds = sock, target, bounds

    def makefile(self, mode: str) -> io.BufferedReader:
        raw = self._sock.makefile(mode, buffering=0)
        return io.BufferedReader(_BoundedReader(self._sock, raw, self._target, self._bounds))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class _BoundedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, raw: io.RawIOBase, target: Target, bounds: Bounds) -> None:
        self._sock, self._raw, self._target, self._bounds = sock, raw, target, bounds
        self._n_left = bounds.most_bytes + _HEADER_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._bounds.left_s(self._bounds.manners.read_timeout_s))
        n_bytes = self._raw.readinto(buffer)
        self._n_left -= n_bytes or 0
        if self._n_left < 0:
            raise _too_large(self._target, self._bounds)
        return n_bytes

    def close(self) -> None:
        self._raw.close()
        super().close()


def _too_large(target: Target, bounds: Bounds) -> FetchTooLarge:
    return FetchTooLarge(target.subject, f"is larger than {bounds.most_bytes:,} bytes")


def _describe(error: Exception, bounds: Bounds) -> str:
    """Say what went wrong, for people."""
    manners, cause = bounds.manners, error.__cause__ or error
    if isinstance(error, NewConnectionError):
        return f"cannot be connected to ({getattr(cause, 'strerror', None) or cause})"
    if isinstance(error, ConnectTimeoutError):
        return f"cannot be connected to within {manners.connect_timeout_s:g} s"
    if isinstance(error, TimeoutError | Urllib3TimeoutError):
        late = bounds.monotonic() >= bounds.deadline
        return f"was not all there within {manners.total_s:g} s" if late else "went silent before the end"
    if isinstance(error, ssl.SSLError | SSLError | CertificateError):
        return f"cannot be connected to safely ({getattr(error, 'verify_message', None) or cause})"
    if isinstance(error, DecodeError):
        return "is packed wrongly"
    return f"broke off, or is no HTTP ({cause})"
