"""One request from its address to what it means: robots.txt, redirects, retries, and the answer read."""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property

from kb.errors import FetchError, FetchFailed
from kb.fetch.guard import find_addresses
from kb.fetch.many import fetch_all
from kb.fetch.pace import Pace
from kb.fetch.robots import MOST_BYTES, Robots
from kb.fetch.target import Target, parse_target
from kb.fetch.terms import Fetched, Manners, Outside, Request
from kb.fetch.wire import Answer, Bounds, exchange

SHORT_WAIT_S = 10.0
"""A Retry-After that is waited for; for a longer one the host is left alone."""

LONGEST_WAIT = timedelta(days=1)

_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s;"']+)""")
_VALIDATOR_LENGTH = 500

_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_BUSY = (429, 503)
_PASSING = (None, 429, 500, 502, 503, 504)


@contextmanager
def open_fetcher(manners: Manners | None = None, *, outside: Outside | None = None) -> Iterator[Fetcher]:
    """Make a fetcher, which knows hosts' robots.txt and pauses until the block ends, and then fetches no more."""
    stopped = threading.Event()
    try:
        yield Fetcher(manners or Manners(), outside or Outside(), stopped)
    finally:
        stopped.set()


class Fetcher:
    """Fetches addresses with `manners`; may be used by several threads."""

    def __init__(self, manners: Manners, outside: Outside, stopped: threading.Event) -> None:
        self._manners, self._outside, self._stopped = manners, outside, stopped
        self._pace = Pace(manners, outside, stopped)
        self._robots = Robots(manners.user_agent, self._read_robots)

    def fetch(self, request: Request) -> Fetched:
        """Fetch an address; raise FetchRefused, FetchFailed or FetchTooLarge."""
        target = parse_target(request.url)
        errand = _Errand(target.authority if request.allow_private else None, _make_headers(request))

        def ask(target: Target) -> Answer:
            if self._manners.robots:
                self._pace.slow_down(target, self._robots.check(target, allowed=errand.allowed))
            return self._ask(target, errand)

        return self._make_fetched(request, _follow(target, ask, self._manners.most_redirects))

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Fetched | FetchError]]:
        """Fetch from several hosts at the same time; yield each request with what came of it, as it comes."""
        return fetch_all(requests, fetch=self.fetch, ready_at=self._pace.ready_at, outside=self._outside)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context()  # reads the system's certificates: 40 ms, so once

    def _read_robots(self, target: Target, allowed: str | None) -> Answer:
        errand = _Errand(allowed, is_robots=True)
        return _follow(target, lambda target: self._ask(target, errand), self._manners.most_redirects).answer

    def _ask(self, target: Target, errand: _Errand) -> Answer:
        """Ask once, and again where what went wrong may pass."""
        n_left = self._manners.n_retries
        while True:
            try:
                return self._ask_once(target, errand)
            except FetchFailed as error:
                if not n_left or error.status not in _PASSING or self._pace.is_closed(target):
                    raise
                n_left -= 1

    def _ask_once(self, target: Target, errand: _Errand) -> Answer:
        with self._pace.turn(target, pause=not errand.is_robots):
            addresses = find_addresses(target, allowed=errand.allowed, outside=self._outside)
            bounds = Bounds(
                self._manners,
                self._outside.monotonic,
                deadline=self._outside.monotonic() + self._manners.total_s,
                most_bytes=MOST_BYTES if errand.is_robots else self._manners.most_bytes,
                tls=self._tls if target.scheme == "https" else None,
                cut=errand.is_robots,
            )
            headers = {"User-Agent": self._manners.user_agent, "Accept": "*/*", **errand.headers}
            answer = exchange(target, addresses, headers, bounds)
        if answer.status >= 400 and answer.status not in (404, 410):
            raise self._make_failure(target, answer)
        return answer

    def _make_failure(self, target: Target, answer: Answer) -> FetchFailed:
        now = self._outside.now()
        retry_at = _read_retry_after(answer.headers.get("Retry-After"), now)
        error = FetchFailed(
            target.subject, f"was answered with {answer.status}", status=answer.status, retry_at=retry_at
        )
        wait_s = (retry_at - now).total_seconds() if retry_at else None
        if answer.status in _BUSY and wait_s is not None and wait_s <= SHORT_WAIT_S:
            self._pace.hold(target, wait_s)
        elif answer.status == 429 or (answer.status == 503 and wait_s is not None):
            self._pace.close(target, error, wait_s)
        return error

    def _make_fetched(self, request: Request, reached: _Reached) -> Fetched:
        target, answer = reached.target, reached.answer
        status, headers = answer.status, answer.headers
        known = Request(request.url)
        if status == 304 and (request.etag or request.last_modified):
            known = request
        elif status in (200, 201, 202, 203) and (status == 200 or answer.content):
            status = 200
        elif status not in (404, 410):
            raise FetchFailed(target.subject, f"was answered with {status}, which is no page", status=status)
        content_type, encoding = _read_content_type(headers.get("Content-Type"))
        return Fetched(
            url=request.url,
            final_url=target.url if reached.n_redirects else request.url,
            status=status,
            content=answer.content,
            fetched_at=self._outside.now(),
            content_type=content_type,
            encoding=encoding,
            etag=_read_validator(headers.get("ETag")) or known.etag,
            last_modified=_read_validator(headers.get("Last-Modified")) or known.last_modified,
            permanent_url=reached.permanent_url,
        )


@dataclass(frozen=True, slots=True)
class _Errand:
    """What stays the same from redirect to redirect; `allowed` is the host and port that may be private."""

    allowed: str | None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_robots: bool = False


@dataclass(frozen=True, slots=True)
class _Reached:
    """Where redirects led, and what was answered there."""

    target: Target
    answer: Answer
    n_redirects: int
    permanent_url: str | None


def _follow(target: Target, ask: Callable[[Target], Answer], most: int) -> _Reached:
    seen = [target.url]
    permanent_url, lasting = None, True
    while (answer := ask(target)).status in _REDIRECTS:
        target = target.lead(answer.headers.get("Location"))
        if target.url in seen:
            raise FetchFailed(target.subject, "is redirected in a circle")
        if len(seen) > most:
            raise FetchFailed(target.subject, f"is redirected more than {most} times")
        seen.append(target.url)
        lasting = lasting and answer.status in _PERMANENT
        permanent_url = target.url if lasting else permanent_url
    return _Reached(target, answer, len(seen) - 1, permanent_url)


def _make_headers(request: Request) -> dict[str, str]:
    headers = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in headers.items() if value}


def _read_content_type(value: str | None) -> tuple[str | None, str | None]:
    """Return media type and charset, each in lower case."""
    value = (value or "").lower()
    charset = _CHARSET.search(value)
    return value.partition(";")[0].strip() or None, charset[1] if charset else None


def _read_validator(value: str | None) -> str | None:
    """Return an ETag or date that can be sent back; what no host could take would fail for ever."""
    return value if value and value.isprintable() and len(value) <= _VALIDATOR_LENGTH else None


def _read_retry_after(value: str | None, now: datetime) -> datetime | None:
    """Return when to ask again, from seconds or an HTTP date (RFC 9110, 10.2.3); at most a day from `now`."""
    value = (value or "").strip()
    try:
        at = (
            now + timedelta(seconds=min(int(value), LONGEST_WAIT.total_seconds()))
            if value.isascii() and value.isdigit()
            else parsedate_to_datetime(value)
        )
        return min(max(at, now), now + LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError):  # no date, or one without its zone
        return None
