"""Fetching many addresses: hosts at the same time, each at its pace, as many as the caller takes."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count, islice, pairwise
from pathlib import Path

import pytest
from fetching import AT_ONCE, Clock, make_outside
from server import Answer, Asked, Site

from kb.errors import FetchError, FetchFailed, FetchRefused
from kb.fetch import Fetched, Outside, Request, open_fetcher
from kb.fetch.many import MOST_HOSTS, MOST_WAITING

ROOT = Path(__file__).parents[2]


def ask(site: Site, host: int | str, path: str = "/") -> Request:
    """Return a request to one of many names of the server."""
    return Request(site.url(path, host=f"{host}.example"), allow_private=True)


def test_every_request_comes_back_with_its_outcome(site: Site) -> None:
    """Pages, gone pages, failures and refusals all come back, each with its own request, and nothing twice."""
    site.put("/", Answer("hai"))
    site.put("/rusak", Answer(status=500))
    requests = [ask(site, n % 5, path) for n in range(20) for path in ("/", "/tiada", "/rusak")]
    requests += [Request(site.url()), Request("file:///etc/passwd"), Request("")]
    with open_fetcher(AT_ONCE, outside=make_outside()) as fetcher:
        outcomes = list(fetcher.fetch_all(requests))
    assert Counter(request for request, _ in outcomes) == Counter(requests)
    expected = {"/": 200, "/tiada": 404, "/rusak": 500}
    for request, outcome in outcomes:
        if request.allow_private:
            assert isinstance(outcome, Fetched | FetchFailed)
            assert outcome.status == expected["/" + request.url.rpartition("/")[2]]
        else:
            assert isinstance(outcome, FetchRefused)
        assert (outcome.subject if isinstance(outcome, FetchError) else outcome.url) == request.url


def test_hosts_are_asked_at_the_same_time_each_by_one_request(site: Site) -> None:
    """Eight hosts are under way together, and no host has two requests at a time."""
    together = threading.Barrier(MOST_HOSTS)
    asked_now, most = Counter[str](), Counter[str]()

    def answer(asked: Asked) -> Answer:
        host = asked.headers["Host"]
        asked_now[host] += 1
        most[host] = max(most[host], asked_now[host])
        together.wait(10)  # breaks the test if fewer than eight hosts are asked at a time
        asked_now[host] -= 1
        return Answer("hai")

    site.put("/", answer)
    requests = [ask(site, host) for host in range(MOST_HOSTS) for _ in range(4)]
    with open_fetcher(AT_ONCE, outside=make_outside()) as fetcher:
        outcomes = list(fetcher.fetch_all(requests))
    assert all(isinstance(outcome, Fetched) for _, outcome in outcomes)
    assert (len(outcomes), set(most.values())) == (32, {1})


def test_fetcher_may_be_used_by_several_threads(site: Site) -> None:
    """Whoever asks, a host has one request at a time."""
    asked_now, most = Counter[str](), Counter[str]()

    def answer(_: Asked) -> Answer:
        asked_now["host"] += 1
        most["host"] = max(most["host"], asked_now["host"])
        time.sleep(0.02)
        asked_now["host"] -= 1
        return Answer("hai")

    site.put("/", answer)
    with open_fetcher(AT_ONCE, outside=make_outside()) as fetcher, ThreadPoolExecutor(4) as threads:
        fetched = list(threads.map(fetcher.fetch, [ask(site, "kabar")] * 4))
    assert ([one.status for one in fetched], most["host"]) == ([200] * 4, 1)


def test_each_host_keeps_its_pause(site: Site) -> None:
    """The pauses of several hosts run at the same time: they add up to those of one host."""
    site.put("/", Answer("hai"))
    clock = Clock()
    with open_fetcher(replace(AT_ONCE, delay_s=2), outside=make_outside(clock)) as fetcher:
        assert len(list(fetcher.fetch_all(ask(site, "kabar") for _ in range(5)))) == 5
    assert sum(clock.waits) == 8
    manners = replace(AT_ONCE, delay_s=0.2, jitter=0)
    begun = time.monotonic()
    with open_fetcher(manners, outside=make_outside()) as fetcher:
        list(fetcher.fetch_all(ask(site, host) for _ in range(3) for host in range(20)))
    assert 0.4 <= time.monotonic() - begun < 2
    at = [asked.at for asked in site.requests if asked.headers["Host"].startswith("7.")]
    assert [later - earlier >= 0.2 for earlier, later in pairwise(at)] == [True, True]


def test_slow_host_holds_up_no_other(site: Site) -> None:
    """A host that drips has its thread; all the others come meanwhile."""
    site.put("/", Answer("hai"))
    site.put("/lama", Answer("xxxx", drip_s=0.2))
    requests = [ask(site, "lama", "/lama"), *(ask(site, n) for n in range(20))]
    with open_fetcher(AT_ONCE, outside=make_outside()) as fetcher:
        outcomes = list(fetcher.fetch_all(requests))
    assert outcomes[-1][0] == requests[0]


def test_no_more_is_fetched_than_the_caller_takes(site: Site) -> None:
    """A caller who takes his time finds at most sixteen answers waiting, and endless requests are no trouble."""
    site.put("/", Answer("hai"))
    with open_fetcher(AT_ONCE, outside=make_outside()) as fetcher:
        outcomes = fetcher.fetch_all(ask(site, n) for n in count())
        for n_taken in (1, 2, 3):
            next(outcomes)
            time.sleep(0.1)  # the threads could fetch hundreds meanwhile
            assert len(site.requests) <= n_taken + MOST_WAITING
        outcomes.close()  # type: ignore[attr-defined]
        time.sleep(0.05)
        n_asked = len(site.requests)
        time.sleep(0.1)
        assert len(site.requests) == n_asked


def test_requests_are_read_in_the_callers_thread(site: Site) -> None:
    """The iterable of requests is only ever read where the outcomes are: it may use a database connection."""
    threads = set()

    def read() -> Iterator[Request]:
        for n in range(1500):
            threads.add(threading.get_ident())
            yield Request(f"file:///{n}")

    with open_fetcher(AT_ONCE, outside=make_outside()) as fetcher:
        assert len(list(fetcher.fetch_all(read()))) == 1500
    assert threads == {threading.get_ident()}
    assert site.requests == []


def test_busy_host_is_not_hammered(site: Site) -> None:
    """After a 429 with a long Retry-After all that is left for the host fails at once, with that time."""
    site.put("/", Answer("hai"), Answer(status=429, headers={"Retry-After": "600"}))
    clock = Clock()
    requests = [ask(site, "kabar") for _ in range(30)]
    with open_fetcher(replace(AT_ONCE, delay_s=2), outside=make_outside(clock)) as fetcher:
        outcomes = [outcome for _, outcome in fetcher.fetch_all(requests)]
    assert isinstance(outcomes[0], Fetched)
    retry_ats = {outcome.retry_at for outcome in outcomes[1:] if isinstance(outcome, FetchFailed)}
    assert (len(outcomes), len(retry_ats), None in retry_ats) == (30, 1, False)
    assert (len(site.requests), sum(clock.waits)) == (2, 2)


def test_bug_is_raised_where_outcomes_are_read() -> None:
    """An error that is none of a fetch is raised, and does not let the caller wait for ever."""

    def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
        raise ZeroDivisionError

    with open_fetcher(AT_ONCE, outside=Outside(resolve=resolve)) as fetcher, pytest.raises(ZeroDivisionError):
        list(fetcher.fetch_all([Request("http://kabar.example/")]))


def test_nothing_to_fetch() -> None:
    """No requests, no outcomes."""
    with open_fetcher() as fetcher:
        assert list(fetcher.fetch_all([])) == []


INTERRUPTED = """
import sys
from kb.fetch import Manners, Request, open_fetcher
manners = Manners(delay_s=60, robots=False)
with open_fetcher(manners) as fetcher:
    for _ in fetcher.fetch_all([Request(url, allow_private=True) for url in sys.argv[1:]]):
        print("one", flush=True)
"""


def test_interrupt_ends_it(site: Site) -> None:
    """Ctrl-C ends fetching at once, whatever is waited for: a pause, a host that drips."""
    site.put("/", Answer("hai"))
    site.put("/lama", Answer("x" * 1000, drip_s=1))
    urls = [site.url(), site.url(), site.url("/lama", host="localhost")]
    command = [sys.executable, "-c", INTERRUPTED, *urls]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"one\n"
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(5)
        assert time.monotonic() - begun < 1
        assert process.returncode == -signal.SIGINT
        assert process.stderr
        assert process.stderr.read().rstrip().endswith(b"KeyboardInterrupt")


def test_closed_fetcher_fetches_no_more(site: Site) -> None:
    """After the block no address is asked for any more."""
    with open_fetcher(AT_ONCE, outside=make_outside()) as fetcher:
        outcomes = fetcher.fetch_all(ask(site, n) for n in range(100))
        list(islice(outcomes, 3))
    time.sleep(0.05)
    n_asked = len(site.requests)
    with pytest.raises(FetchFailed, match="stopped"):
        fetcher.fetch(ask(site, "kabar"))
    assert len(site.requests) == n_asked
