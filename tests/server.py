"""A real HTTP server on this machine that answers as a test tells it to, and remembers what it was asked.

    with serving() as site:
        site.put("/feed", Answer("<rss/>", etag='"1"'))         # the same answer each time, 304 where it fits
        site.put("/busy", Answer(status=503), Answer("here"))   # one after the other, the last for ever
        site.put("/old", redirect("/new", 301))
        fetch(site.url("/feed"))
        assert site.paths == ["/feed"] and site.requests[0].headers["User-Agent"] == "..."

A path that was not put answers 404; so does robots.txt, which allows all.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """What the server was asked: `headers` as sent, read without regard to case; `at` is `time.monotonic`."""

    path: str
    headers: Mapping[str, str]
    at: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a path answers.

    `etag` and `last_modified` are sent, and answered with 304 when they come back. `headers` come last and
    stand in for ours of the same name; None leaves ours out. `gzipped` packs the body. `length` is a
    Content-Length other than the true one. `chunked` sends the body in chunks, `sent` only so many of its bytes
    before the connection ends (of the wire, packed and chunked); `drip_s` sends it byte by byte, so many
    seconds apart. `raw` is sent in place of all of this, and then the connection ends.
    """

    body: bytes | str = b""
    status: int = 200
    content_type: str | None = "text/html; charset=utf-8"
    headers: Mapping[str, str | None] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None
    gzipped: bool = False
    length: int | None = None
    chunked: bool = False
    sent: int | None = None
    drip_s: float | None = None
    raw: bytes | None = None

    @property
    def is_odd(self) -> bool:
        """Whether the connection ends after it: nobody could tell where the next answer begins."""
        return any(odd is not None for odd in (self.length, self.sent, self.raw))


Route = Answer | Callable[[Asked], Answer]


def redirect(to: str, status: int = 302) -> Answer:
    """Return an answer that leads to `to`."""
    return Answer(status=status, headers={"Location": to}, content_type=None)


class Site:
    """What a running server answers, and what it was asked so far."""

    def __init__(self, host: str, port: int, scheme: str) -> None:
        self.host, self.port, self.scheme = host, port, scheme
        self.requests: list[Asked] = []
        self._routes: dict[str, list[Route]] = {}
        self._lock = threading.Lock()

    def url(self, path: str = "/", *, host: str | None = None) -> str:
        """Return the address of a path; `host` is another name for this machine (``localhost``)."""
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"

    def put(self, path: str, *answers: Route) -> None:
        """Say what a path (with its query, if any) answers: `answers` in turn, the last one from then on."""
        with self._lock:
            self._routes[path] = list(answers)

    def remove(self, path: str) -> None:
        """Let a path answer 404 from now on."""
        with self._lock:
            self._routes.pop(path, None)

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order, without robots.txt."""
        return [asked.path for asked in self.requests if asked.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Answer:
        """Remember what was asked and return the answer."""
        with self._lock:
            self.requests.append(asked)
            routes = self._routes.get(asked.path) or [Answer(status=404)]
            route = routes.pop(0) if len(routes) > 1 else routes[0]
        answer = route if isinstance(route, Answer) else route(asked)
        return Answer(status=304, etag=answer.etag) if _is_known(asked, answer) else answer


@contextmanager
def serving(*, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve on a free port of `host` until the block ends; with `tls` by HTTPS."""
    server = (_Server6 if ":" in host else _Server)((host, 0), _Asking)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site = server.site = Site(host, server.server_address[1], "https" if tls else "http")
    thread = threading.Thread(target=server.serve_forever, args=(0.002,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # an answer that drips is left alone
    request_queue_size = 64
    site: Site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing where a client hangs up on us: tests make it."""


class _Server6(_Server):
    address_family = socket.AF_INET6


class _Asking(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        answer = self.server.site.answer(Asked(self.path, self.headers, time.monotonic()))
        self.close_connection = self.close_connection or answer.is_odd
        if answer.raw is not None:
            self._send(answer.raw, answer.drip_s)
            return
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        if answer.gzipped:
            body = gzip.compress(body)
        self._send_headers(answer, len(body))
        wire = _chunk(body) if answer.chunked else body
        self._send(wire[: answer.sent], answer.drip_s)

    def _send_headers(self, answer: Answer, n_bytes: int) -> None:
        headers: dict[str, str | None] = {
            "Content-Type": answer.content_type,
            "Content-Length": None if answer.chunked else str(answer.length or n_bytes),
            "Transfer-Encoding": "chunked" if answer.chunked else None,
            "Content-Encoding": "gzip" if answer.gzipped else None,
            "ETag": answer.etag,
            "Last-Modified": answer.last_modified,
            **answer.headers,
        }
        self.send_response(answer.status)
        for name, value in headers.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()

    def _send(self, wire: bytes, drip_s: float | None) -> None:
        if drip_s is None:
            self.wfile.write(wire)
            return
        for byte in wire:
            self.wfile.write(bytes([byte]))
            time.sleep(drip_s)

    def log_message(self, format: str, *args: object) -> None:
        """Write no log into the tests' output."""


def _chunk(body: bytes) -> bytes:
    parts = [body[start : start + 1000] for start in range(0, len(body), 1000)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in [*parts, b""])


def _is_known(asked: Asked, answer: Answer) -> bool:
    if answer.status != 200:
        return False
    etag, since = asked.headers.get("If-None-Match"), asked.headers.get("If-Modified-Since")
    return (etag or since) is not None and (
        etag == answer.etag if etag is not None else since == answer.last_modified
    )
