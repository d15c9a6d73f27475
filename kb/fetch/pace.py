"""When a host may be asked again: one request at a time, a pause between two, not at all where it said so."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kb.errors import FetchFailed
from kb.fetch.target import Target
from kb.fetch.terms import Manners, Outside


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    ready_at: float = 0.0  # on the monotonic clock
    crawl_delay_s: float = 0.0
    closed_until: float = 0.0
    closed_by: FetchFailed | None = None


class Pace:
    """The hosts that were asked, and when each may be asked again. `stopped` ends all waiting."""

    def __init__(self, manners: Manners, outside: Outside, stopped: threading.Event) -> None:
        self._manners, self._outside, self._stopped = manners, outside, stopped
        self._hosts: dict[str, _Host] = {}

    @contextmanager
    def turn(self, target: Target, *, pause: bool = True) -> Iterator[None]:
        """Wait for the host to be free and its pause to be over; the block is one request to it.

        Without `pause` the request neither waits nor is waited for. Raises FetchFailed where the host asked not to
        be asked for now, and when all is stopped.
        """
        host = self._host(target.host)
        with host.lock:
            self._check(host, target)
            if pause and (seconds := host.ready_at - self._outside.monotonic()) > 0:
                self._outside.wait(self._stopped, seconds)
            self._check(host, target)
            try:
                yield
            finally:
                if pause:
                    host.ready_at = self._outside.monotonic() + self._pause_s(host)

    def ready_at(self, host: str) -> float:
        """Return when a host may be asked, on the monotonic clock."""
        return self._host(host).ready_at

    def slow_down(self, target: Target, crawl_delay_s: float) -> None:
        """Keep at least so long a pause from now on."""
        self._host(target.host).crawl_delay_s = crawl_delay_s

    def hold(self, target: Target, seconds: float) -> None:
        """Do not ask the host for so long; then all is as before."""
        host = self._host(target.host)
        host.ready_at = max(host.ready_at, self._outside.monotonic() + seconds)

    def close(self, target: Target, error: FetchFailed, seconds: float | None) -> None:
        """Let every request to the host fail as this one did, at once, for so long; None: for good."""
        host, now = self._host(target.host), self._outside.monotonic()
        host.closed_by, host.closed_until = error, now + (math.inf if seconds is None else seconds)
        host.ready_at = now

    def is_closed(self, target: Target) -> bool:
        """Whether every request to the host fails for now."""
        host = self._host(target.host)
        return host.closed_by is not None and self._outside.monotonic() < host.closed_until

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())  # one step for all threads

    def _check(self, host: _Host, target: Target) -> None:
        if self._stopped.is_set():
            raise FetchFailed(target.subject, "was not fetched: kb was stopped")
        if (error := host.closed_by) and self.is_closed(target):
            raise FetchFailed(
                target.subject,
                f"its host {target.host} wants to be left alone for now",
                status=error.status,
                retry_at=error.retry_at,
            )

    def _pause_s(self, host: _Host) -> float:
        """Return the pause, never under what was agreed: chance only adds to it."""
        pause = max(self._manners.delay_s, host.crawl_delay_s)
        return pause * (1 + self._manners.jitter * self._outside.chance())
