"""Many requests: several hosts at the same time, and one request at a time to each of them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from queue import SimpleQueue

from kb.errors import FetchError
from kb.fetch.target import parse_target
from kb.fetch.terms import Fetched, Outside, Request

MOST_HOSTS = 8
"""Hosts that are asked at the same time."""

MOST_WAITING = 16
"""Requests that are under way or wait for the caller as answers; no more are begun then."""

WINDOW = 1000
"""Requests that are looked at ahead, to find hosts that are free."""

Outcome = tuple[Request, Fetched | FetchError]


def fetch_all(
    requests: Iterable[Request],
    *,
    fetch: Callable[[Request], Fetched],
    ready_at: Callable[[str], float],
    outside: Outside,
) -> Iterator[Outcome]:
    """Yield each request with what came of it, as it comes; `requests` are read in the caller's thread."""
    agenda = Agenda(ready_at, outside)
    outcomes: SimpleQueue[Outcome | Exception] = SimpleQueue()
    threads: list[threading.Thread] = []
    to_ask, n_open = iter(requests), 0
    try:
        while True:
            for request in islice(to_ask, WINDOW - n_open):
                agenda.add(request)
                n_open += 1
            if not n_open:
                return
            while len(threads) < min(MOST_HOSTS, n_open):
                threads.append(threading.Thread(target=_work, args=(agenda, fetch, outcomes), daemon=True))
                threads[-1].start()
            outcome = outcomes.get()
            agenda.collect()
            if isinstance(outcome, Exception):
                raise outcome
            n_open -= 1
            yield outcome
    finally:
        agenda.stop()


class Agenda:
    """Requests in order, by host; each host's are handed out one at a time, the host first that is free first."""

    def __init__(self, ready_at: Callable[[str], float], outside: Outside) -> None:
        self._ready_at, self._outside = ready_at, outside
        self._changed = threading.Condition()
        self._waiting: dict[str, deque[Request]] = {}
        self._busy: set[str] = set()
        self._n_out = 0  # handed out and not collected
        self._stopped = False

    def add(self, request: Request) -> None:
        """Take a request on."""
        with self._changed:
            self._waiting.setdefault(_host_of(request), deque()).append(request)
            self._changed.notify_all()

    def take(self) -> Request | None:
        """Wait for a host that may be asked and return its next request; None when all is stopped."""
        with self._changed:
            while not self._stopped:
                free = [host for host in self._waiting if host not in self._busy]
                host = min(free, key=self._ready_at, default=None)
                if host is None or self._n_out >= MOST_WAITING:
                    self._changed.wait()
                elif (seconds := self._ready_at(host) - self._outside.monotonic()) > 0:
                    self._outside.wait(self._changed, seconds)
                else:
                    return self._hand_out(host)
            return None

    def done(self, request: Request) -> None:
        """Let the request's host have its next one."""
        with self._changed:
            self._busy.discard(_host_of(request))
            self._changed.notify_all()

    def collect(self) -> None:
        """Hear that the caller took an answer."""
        with self._changed:
            self._n_out -= 1
            self._changed.notify_all()

    def stop(self) -> None:
        """Hand out no more."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _hand_out(self, host: str) -> Request:
        request = self._waiting[host].popleft()
        if not self._waiting[host]:
            del self._waiting[host]
        self._busy.add(host)
        self._n_out += 1
        return request


def _work(
    agenda: Agenda, fetch: Callable[[Request], Fetched], outcomes: SimpleQueue[Outcome | Exception]
) -> None:
    while request := agenda.take():
        try:
            outcome: Outcome | Exception = (request, fetch(request))
        except FetchError as error:
            outcome = (request, error)
        except Exception as error:  # a bug: raised where the outcomes are read
            outcome = error
        agenda.done(request)
        outcomes.put(outcome)


def _host_of(request: Request) -> str:
    try:
        return parse_target(request.url).host
    except FetchError:
        return ""  # its fetching will say why
