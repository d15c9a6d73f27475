"""What we do not do to hosts: hammer them, come back too early, ask for what robots.txt forbids."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from fetching import AT_ONCE, PAGE, START, Clock, fetch, make_outside
from server import Answer, Site, redirect

from kb.errors import FetchFailed, FetchRefused
from kb.fetch import Manners, Request, open_fetcher


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_fault_that_passes_is_tried_again(site: Site, status: int) -> None:
    """A fault of the host is tried once more, no more than that."""
    site.put("/a", Answer(status=status), Answer(PAGE))
    assert fetch(site.url("/a")).status == 200
    site.put("/b", Answer(status=status), Answer(status=status), Answer(PAGE))
    with pytest.raises(FetchFailed) as caught:
        fetch(site.url("/b"))
    assert caught.value.status == status
    assert site.paths == ["/a", "/a", "/b", "/b"]


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("120", 120),
        ("Mon, 02 Mar 2026 08:05:00 GMT", 300),
        ("999999999999999999999", 86_400),
        ("Mon, 02 Mar 2099 08:05:00 GMT", 86_400),
        ("nanti", None),
        ("-5", None),
        ("Mon, 02 Mar 2026 08:05:00", None),
        ("Mon, 02 Mar 2026 08:05:00 +99999999999999", None),
        ("Sun, 01 Mar 2026 08:05:00 GMT", 0),
        ("9" * 5000, None),
        ("²", None),
        ("", None),
        (None, None),
    ],
)
def test_failure_tells_when_to_come_back(site: Site, retry_after: str | None, seconds: int | None) -> None:
    """Retry-After is read as seconds or a date, a day at most; what is neither says nothing."""
    site.put("/", Answer(status=429, headers={"Retry-After": retry_after}))
    with pytest.raises(FetchFailed) as caught:
        fetch(site.url(), manners=replace(AT_ONCE, n_retries=0), outside=make_outside(Clock()))
    retry_at = caught.value.retry_at
    assert (retry_at and (retry_at - START).total_seconds()) == seconds


@pytest.mark.parametrize("retry_after", ["7", "Mon, 02 Mar 2026 08:00:07 GMT"], ids=["seconds", "date"])
def test_short_retry_after_is_waited_for(site: Site, retry_after: str) -> None:
    """A host that is busy for a moment is asked again after it, and not before."""
    site.put("/", Answer(status=503, headers={"Retry-After": retry_after}), Answer(PAGE))
    clock = Clock()
    assert fetch(site.url(), outside=make_outside(clock)).status == 200
    assert clock.waits == [7]


def test_host_that_sends_us_away_is_left_alone(site: Site) -> None:
    """After 429 with a long Retry-After the host is not asked before then, other hosts are."""
    site.put("/a", Answer(status=429, headers={"Retry-After": "3600"}))
    site.put("/b", Answer(PAGE))
    clock = Clock()
    with open_fetcher(AT_ONCE, outside=make_outside(clock)) as fetcher:
        first, second = (
            Request(site.url(path, host="kabar.example"), allow_private=True) for path in ("/a", "/b")
        )
        retry_ats = set()
        for request, what in ((first, "answered with 429"), (second, "left alone"), (second, "left alone")):
            with pytest.raises(FetchFailed, match=what) as caught:
                fetcher.fetch(request)
            assert (caught.value.subject, caught.value.status) == (request.url, 429)
            retry_ats.add(caught.value.retry_at)
        assert (site.paths, len(retry_ats)) == (["/a"], 1)
        assert fetcher.fetch(Request(site.url("/b", host="warta.example"), allow_private=True)).status == 200
        clock.wait(None, 3600)
        assert fetcher.fetch(second).status == 200


def test_pause_between_two_requests(site: Site) -> None:
    """Between two requests to a host lies the delay and a share of chance, between two hosts nothing."""
    site.put("/", Answer(PAGE))
    clock = Clock()
    manners = replace(AT_ONCE, delay_s=2, jitter=0.5)
    with open_fetcher(manners, outside=make_outside(clock, chance=0.8)) as fetcher:
        for host in ("kabar.example", "warta.example", "kabar.example", "kabar.example"):
            fetcher.fetch(Request(site.url(host=host), allow_private=True))
    assert clock.waits == pytest.approx([2.8, 2.8])


POLITE = Manners(delay_s=0)


@pytest.mark.parametrize(
    ("rules", "path", "fetched"),
    [
        ("User-agent: *\nDisallow: /arsip/", "/arsip/a", False),
        ("User-agent: *\nDisallow: /arsip/", "/a", True),
        ("User-agent: KB-Indonesia\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: kb-indonesia\nAllow: /", "/a", True),
        ("User-agent: pypi\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /*?halaman=", "/a?halaman=2", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("<html>tidak ada</html>", "/a", True),
        ("", "/a", True),
    ],
    ids=["under it", "beside it", "us", "others", "not our name", "query", "BOM", "no rules", "empty"],
)
def test_robots_txt_is_kept_to(site: Site, rules: str, path: str, fetched: bool) -> None:
    """What a host asks robots, or us, to leave alone is not asked for."""
    site.put("/robots.txt", Answer(rules, content_type="text/plain"))
    site.put(path, Answer(PAGE))
    if fetched:
        assert fetch(site.url(path), manners=POLITE).status == 200
    else:
        with pytest.raises(FetchRefused, match=r"robots\.txt"):
            fetch(site.url(path), manners=POLITE)
    assert site.paths == [path] * fetched


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418])
def test_no_robots_txt_allows_all(site: Site, status: int) -> None:
    """4xx means that there are no rules (RFC 9309, 2.3.1.3)."""
    site.put("/robots.txt", Answer("User-agent: *\nDisallow: /", status=status))
    site.put("/", Answer(PAGE))
    assert fetch(site.url(), manners=POLITE).status == 200


@pytest.mark.parametrize(
    "answer",
    [Answer(status=500), Answer(status=503), Answer(status=429), Answer(raw=b""), redirect("/robots.txt")],
    ids=["500", "503", "429", "broken", "circle"],
)
def test_robots_txt_that_cannot_be_had_forbids_all(site: Site, answer: Answer) -> None:
    """Without its robots.txt a host is not asked for anything, and not for robots.txt again (RFC 9309, 2.3.1.4)."""
    site.put("/robots.txt", answer)
    with open_fetcher(POLITE) as fetcher:
        for _ in range(2):
            n_asked = len(site.requests)
            with pytest.raises(FetchFailed, match=r"robots\.txt"):
                fetcher.fetch(Request(site.url("/a"), allow_private=True))
    assert (site.paths, len(site.requests)) == ([], n_asked)


def test_robots_txt_is_read_once_an_origin(site: Site) -> None:
    """One robots.txt serves all pages of an origin, and the first page does not wait for it."""
    site.put("/robots.txt", redirect("/rules"))
    site.put("/rules", Answer("User-agent: *\nDisallow: /b"))
    clock = Clock()
    with open_fetcher(Manners(), outside=make_outside(clock)) as fetcher:
        for path in ("/a", "/c"):
            fetcher.fetch(Request(site.url(path), allow_private=True))
    assert [asked.path for asked in site.requests] == ["/robots.txt", "/rules", "/a", "/c"]
    assert clock.waits == [2]


def test_redirects_keep_to_robots_txt(site: Site) -> None:
    """A redirect does not lead around the rules of where it leads."""
    site.put("/robots.txt", Answer("User-agent: *\nDisallow: /b"))
    site.put("/a", redirect("/b"))
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        fetch(site.url("/a"), manners=POLITE)
    assert site.paths == ["/a"]


@pytest.mark.parametrize(("said", "waited"), [("20", 20), ("0.5", 2), ("3600", 60), ("lama", 2)])
def test_crawl_delay(site: Site, said: str, waited: float) -> None:
    """A host may ask for a longer pause, up to a minute, but not get a shorter one than ours."""
    site.put("/robots.txt", Answer(f"User-agent: *\nCrawl-delay: {said}"))
    clock = Clock()
    with open_fetcher(Manners(), outside=make_outside(clock)) as fetcher:
        for path in ("/a", "/b"):
            fetcher.fetch(Request(site.url(path), allow_private=True))
    assert clock.waits == [waited]


def test_large_robots_txt_is_read_as_far_as_agreed(site: Site) -> None:
    """Of a robots.txt the first 500 KiB count."""
    filling = io.StringIO()
    filling.write("User-agent: *\nDisallow: /a\n")
    while filling.tell() < 500 * 1024:
        filling.write(f"# {'x' * 500}\n")
    site.put("/robots.txt", Answer(filling.getvalue() + "Disallow: /b\n" * 100_000))
    with pytest.raises(FetchRefused):
        fetch(site.url("/a"), manners=POLITE)
    assert fetch(site.url("/b"), manners=POLITE).status == 404
