"""What is asked for, what comes back, and how we behave meanwhile."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kb import __version__


@dataclass(frozen=True, slots=True)
class Request:
    """An address to fetch, with what an earlier answer said of its state (None: fetch in any case).

    `allow_private` lets the host that `url` names be a private or loopback one; no other host, nor port of it.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a host answered.

    `status` is 200, 304, 404 or 410; `content` is unpacked, and empty unless 200. `content_type` is the media type
    in lower case, `encoding` its charset, `etag` and `last_modified` what to send next time (at 304: still).
    `url` is the address as asked, `final_url` where the redirects led, `permanent_url` the address to use from now
    on (as far as all redirects were 301 or 308), None where it is `url`. `fetched_at` is aware UTC.
    """

    url: str
    final_url: str
    status: int
    content: bytes
    fetched_at: datetime
    content_type: str | None = None
    encoding: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    permanent_url: str | None = None


@dataclass(frozen=True, slots=True)
class Manners:
    """How hosts are treated, and what is taken from them.

    Between two requests to a host lie `delay_s` seconds and up to `jitter` times as much again. `total_s` is for
    one answer, from the connection to its last byte. `most_bytes` counts after unpacking, and what comes over the
    wire may not be more either. `n_retries` is for what may pass: lost connections, silence, 429 and 5xx.
    """

    user_agent: str = f"kb-indonesia/{__version__} (+https://pypi.org/project/kb-indonesia/)"
    delay_s: float = 2.0
    jitter: float = 0.5
    connect_timeout_s: float = 10
    read_timeout_s: float = 30
    total_s: float = 120
    most_bytes: int = 10_000_000
    most_redirects: int = 5
    n_retries: int = 1
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Outside:
    """What fetching takes from outside: two clocks, waiting, chance, and the addresses of names.

    `wait` is given an event or a condition, to be woken by, and the seconds to wait for it at most.
    """

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    wait: Callable[[threading.Event | threading.Condition, float], object] = lambda waker, s: waker.wait(s)
    chance: Callable[[], float] = random.random
    resolve: Callable[..., list[tuple[Any, ...]]] = socket.getaddrinfo
