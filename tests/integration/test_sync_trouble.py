"""What servers and feeds do wrong: it is kept as a failure, the rest comes in, and nobody is hammered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from newsroom import (
    AT_ONCE,
    HOST,
    add_feed,
    at,
    count,
    go,
    let_pass,
    on_sqlite,
    page,
    paths_of_go,
    put_feed,
    put_page,
    rows,
    rss,
    take_in,
)
from server import Answer, Site, redirect
from sqlalchemy import Engine

pytestmark = [on_sqlite, pytest.mark.slow]

LARGE, HUGE = " " * 200_000, " " * 2_000_000

ENGLISH = (
    "<html><body><article><h1>Rice harvest begins</h1><p>Farmers in the village began to harvest their rice on "
    "Monday after the rain had stopped.</p><p>They hope that the price will be better than it was last year, when "
    "the warehouse was full.</p></article></body></html>"
)

BROKEN = {
    "circle": (redirect("/padi"), "is redirected in a circle"),
    "leads nowhere": (Answer(status=302), "is redirected, but not to where"),
    "too slow": (Answer(page("padi"), drip_s=0.05), "was not all there within 0.3 s"),
    "half an answer": (Answer(page("padi"), sent=300), "broke off"),
    "no HTTP": (Answer(raw=b"\x00\x01halo\r\n\r\n"), "broke off"),
    "error of the server": (Answer(status=500), "was answered with 500"),
    "forbidden": (Answer(status=403), "was answered with 403"),
    "never there": (Answer(status=404), "is not there (status 404)"),
    "large": (Answer(page("padi") + LARGE), "is larger than"),
    "bomb": (Answer(page("padi") + HUGE, gzipped=True), "is larger than"),
    "leads to a file": (redirect("file:///etc/passwd"), "only http and https are"),
    "leads to this machine": (redirect("http://127.0.0.1:9/"), "is not public"),
    "leads to another port": (redirect(f"http://{HOST}:9/"), "is not public"),
    "leads to the cloud's data": (redirect("http://169.254.169.254/latest/"), "is not public"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_page_that_cannot_be_had_is_a_failure(base: Engine, site: Site, case: str) -> None:
    """What goes wrong with one page is kept as its failure; the others come in."""
    answer, what = BROKEN[case]
    put_feed(base, site, "padi", "jagung")
    site.put("/padi", answer)
    outcome, heard = go(base, manners=replace(AT_ONCE, total_s=0.3, most_bytes=100_000))
    assert (outcome.articles.new, outcome.articles.failed) == (1, 1)
    [(stage, subject, why)] = heard.failures
    assert (stage, subject, what in why) == ("fetch", at(site, "/padi"), True), why


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/rahasia",
        "http://localhost:{port}/rahasia",
        "http://lain.example:{port}/rahasia",
        "http://[::1]:{port}/rahasia",
        "http://2130706433:{port}/rahasia",
        "http://169.254.169.254/latest/meta-data/",
        "http://kabar.example:9/rahasia",
        "http://nama:sandi@kabar.example:{port}/rahasia",
    ],
)
def test_feed_leads_to_no_private_host_but_its_own(base: Engine, site: Site, url: str) -> None:
    """That a feed may be of this network opens no other host or port of it to what the feed lists."""
    put_page(site, "/rahasia", "padi")
    put_page(site, "/jagung", "jagung")
    site.put("/feed", rss(url.format(port=site.port), at(site, "/jagung")))
    add_feed(base, at(site, "/feed"))
    _, heard = go(base)
    assert site.paths == ["/feed", "/jagung"]
    assert [(stage, "sandi" in subject) for stage, subject, _ in heard.failures] == [("fetch", False)]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://kabar.example/a", "javascript:alert(1)", "data:,a"]
)
def test_feed_leads_to_the_web_only(base: Engine, site: Site, url: str) -> None:
    """What a feed lists that is no address of the web is passed over."""
    put_page(site, "/jagung", "jagung")
    site.put("/feed", rss(url, at(site, "/jagung")))
    add_feed(base, at(site, "/feed"))
    outcome, heard = go(base)
    assert (site.paths, outcome.articles.new, heard.failures) == (["/feed", "/jagung"], 1, [])


def test_private_feed_is_refused_unless_it_may_be(base: Engine, site: Site) -> None:
    """A feed of this network is read only where a person said so."""
    site.put("/feed", rss())
    add_feed(base, at(site, "/feed"), private=False)
    _, heard = go(base)
    assert (site.requests, [stage for stage, *_ in heard.failures]) == ([], ["fetch"])


def test_page_behind_robots_txt_is_not_hammered(base: Engine, site: Site) -> None:
    """A page that robots.txt forbids is a failure, and robots.txt is asked again ever more rarely."""
    site.put("/robots.txt", Answer("User-agent: *\nDisallow: /padi\n", content_type="text/plain"))
    put_feed(base, site, "padi", "jagung")
    _, heard = go(base)
    assert [(stage, subject) for stage, subject, _ in heard.failures] == [("fetch", at(site, "/padi"))]
    del site.requests[:]
    go(base)
    assert site.requests == []
    assert "/padi" not in site.paths


def failures_of(base: Engine, site: Site, path: str, column: str) -> list[Any]:
    """Return a column of all failures of a path."""
    return [value for subject, value in rows(base, "failure", "subject", column) if subject == at(site, path)]


@pytest.mark.parametrize(
    "answer", [Answer(status=500), Answer(ENGLISH), Answer("<html></html>")], ids=["500", "English", "empty"]
)
def test_page_that_fails_is_tried_again_ever_more_rarely(base: Engine, site: Site, answer: Answer) -> None:
    """A page that failed is tried again after half an hour, then after twice as long each time, though listed."""
    put_feed(base, site)
    asked = []
    for minutes in (0, 20, 15, 45, 20, 60, 65):  # due after 30, 60 and 120 minutes
        let_pass(base, minutes=minutes)
        site.put("/feed", rss(at(site, "/padi"), at(site, f"/{len(asked)}")))  # another feed each time
        site.put("/padi", answer)
        asked.append("/padi" in paths_of_go(base, site))
    assert asked == [True, False, True, False, True, False, True]
    assert failures_of(base, site, "/padi", "attempts") == [4]
    put_page(site, "/padi", "padi")
    let_pass(base, days=7)
    outcome, _ = go(base)
    assert (outcome.articles.new, None in failures_of(base, site, "/padi", "resolved_at")) == (1, False)


def test_known_page_that_fails_is_tried_again_ever_more_rarely(base: Engine, site: Site) -> None:
    """So is a page that is in the base: it keeps its text, and its failure settles when it is there again."""
    put_feed(base, site, "padi")
    go(base)
    site.put("/padi", Answer(status=500))
    asked = []
    for minutes in (65, 20, 15, 20, 45):
        let_pass(base, minutes=minutes)
        asked.append("/padi" in paths_of_go(base, site))
    assert asked == [True, False, True, False, True]
    assert rows(base, "article", "gone_at") == [None]
    put_page(site, "/padi", "padi")
    let_pass(base, days=7)
    assert "/padi" in paths_of_go(base, site)
    assert rows(base, "failure", "resolved_at") != [None]


def test_busy_server_is_asked_again_when_it_said(base: Engine, site: Site) -> None:
    """429 with Retry-After ends what is asked of that host, pages and feed, until then."""
    put_feed(base, site, "padi", "jagung", "kopi")
    busy = Answer(status=429, headers={"Retry-After": "7200"})
    for crop in ("padi", "jagung", "kopi"):
        site.put(f"/{crop}", busy)
    outcome, _ = go(base)
    assert (outcome.articles.failed, len(site.paths)) == (3, 2)  # the feed and one page
    site.put("/feed", busy)
    asked = []
    for minutes in (61, 50, 15, 60):
        let_pass(base, minutes=minutes)
        asked.append(len(paths_of_go(base, site)))
    assert asked == [1, 0, 1, 1]  # the feed; nobody; a page; the feed, which said 2 h at 61 min: no page then


def test_feed_that_fails_is_asked_ever_more_rarely(base: Engine, site: Site) -> None:
    """A feed that fails waits twice as long each time, a day at most, and is back when it can be read."""
    add_feed(base, at(site, "/feed"))
    site.put("/feed", Answer(status=500))
    waits: list[timedelta] = []
    for _ in range(7):
        go(base)
        retry_at: datetime = rows(base, "feed", "retry_at")[0]
        waits.append(retry_at - rows(base, "failure", "failed_at")[0])
        assert paths_of_go(base, site) == []
        let_pass(base, days=1, minutes=1)
    assert [round(wait.total_seconds() / 3600) for wait in waits] == [1, 2, 4, 8, 16, 24, 24]
    put_page(site, "/padi", "padi")
    site.put("/feed", rss(at(site, "/padi")))
    outcome, _ = go(base)
    assert (outcome.articles.new, rows(base, "feed", "n_failed", "retry_at")) == (1, [(0, None)])
    assert rows(base, "failure", "resolved_at") != [None]


TURNED = {
    "gone": (Answer(status=404), "fetch"),
    "a page": (Answer(page("padi")), "ingest"),
    "no XML": (Answer("ini bukan XML", content_type="text/plain"), "ingest"),
    "empty": (Answer("", content_type="application/rss+xml"), "ingest"),
    "half a tag": (Answer("<rss", content_type="application/rss+xml"), "ingest"),
}


@pytest.mark.parametrize("case", TURNED)
def test_feed_that_is_none_any_more_is_a_failure(base: Engine, site: Site, case: str) -> None:
    """What was a feed and is none is kept as a failure: nothing of it becomes an article, and its pages stay."""
    put_feed(base, site, "jagung")
    go(base)
    answer, stage = TURNED[case]
    site.put("/feed", answer)
    let_pass(base, minutes=61)
    _, heard = go(base)
    assert [(stage, subject) for stage, subject, _ in heard.failures] == [(stage, at(site, "/feed"))]
    assert (count(base, "article"), rows(base, "feed", "kind", "n_failed")) == (1, [("feed", 1)])


def test_broken_feed_is_read_as_far_as_it_goes(base: Engine, site: Site) -> None:
    """What stands before the place where a feed's XML breaks is read."""
    put_page(site, "/padi", "padi")
    whole = rss(at(site, "/padi"), at(site, "/jagung"))
    assert isinstance(whole.body, str)
    site.put("/feed", replace(whole, body=whole.body[: whole.body.index("Berita 1")]))
    add_feed(base, at(site, "/feed"))
    outcome, heard = go(base)
    assert (outcome.articles.new, heard.failures) == (1, [])


ENCODED = {
    "as it says": ("windows-1252", "text/html; charset=windows-1252", {}),
    "not as it says": ("windows-1252", "text/html; charset=utf-8", {}),
    "says nothing": ("utf-8", "text/html", {}),
    "says nonsense": ("utf-8", "text/html; charset=ngawur", {}),
    "packed": ("utf-8", "text/html; charset=utf-8", {"gzipped": True}),
    "in chunks": ("utf-8", "text/html; charset=utf-8", {"chunked": True}),
}


@pytest.mark.parametrize("case", ENCODED)
def test_page_is_read_however_it_is_encoded(base: Engine, site: Site, case: str) -> None:
    """Charset and packing of an answer, right or wrong, make no difference to the text."""
    encoding, content_type, how = ENCODED[case]
    content = page("padi", " Kafé René buka “setiap hari”.").replace('<meta charset="utf-8">', "")
    site.put("/padi", Answer(content.encode(encoding), content_type=content_type, **how))
    outcome, heard = take_in(base, at(site, "/padi"))
    assert (outcome.articles.new, heard.failures) == (1, [])
    assert "Kafé René buka “setiap hari”." in rows(base, "body", "text")[0]
