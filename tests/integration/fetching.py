"""What tests of fetching share: a clock that nobody waits for, names that mean this machine."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from kb.fetch import Fetched, Manners, Outside, Request, open_fetcher

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

PAGE = "<p>Panen raya di Karangsari dimulai, kata Ratna Wiyasa.</p>"

AT_ONCE = Manners(delay_s=0, robots=False)


class Clock:
    """A clock that only waiting moves on; `waits` has the seconds of each wait."""

    def __init__(self) -> None:
        self.seconds, self.waits = 1000.0, list[float]()
        self._lock = threading.Lock()

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds - 1000)

    def wait(self, _waker: object, seconds: float) -> None:
        with self._lock:
            self.waits.append(seconds)
            self.seconds += seconds


class Names:
    """A resolver for which every name under ``.example`` is this machine, or what it is told; it counts."""

    def __init__(self, **addresses: list[str]) -> None:
        self.addresses, self.asked = addresses, list[str]()

    def resolve(self, host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        name = host.removesuffix(".example")
        addresses = self.addresses.get(name, ["127.0.0.1"] if name != host else [host])
        return [found for address in addresses for found in socket.getaddrinfo(address, port, **options)]


def make_outside(clock: Clock | None = None, names: Names | None = None, chance: float = 0.0) -> Outside:
    """Return the outside as a test wants it: without a clock the real one."""
    names = names or Names()
    if clock is None:
        return Outside(resolve=names.resolve, chance=lambda: chance)
    return Outside(clock.monotonic, clock.now, clock.wait, lambda: chance, names.resolve)


def fetch(
    url: str,
    *,
    manners: Manners = AT_ONCE,
    outside: Outside | None = None,
    allow_private: bool = True,
    **state: str,
) -> Fetched:
    """Fetch one address with a fetcher of its own, without pauses and robots.txt if not told otherwise."""
    with open_fetcher(manners, outside=outside or make_outside()) as fetcher:
        return fetcher.fetch(Request(url, allow_private=allow_private, **state))
