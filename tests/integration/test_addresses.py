"""One article by all its addresses: variants of one address, several feeds, a file saved from the web."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from newsroom import (
    HOST,
    add_feed,
    at,
    count,
    go,
    let_pass,
    make_annotator,
    on_sqlite,
    page,
    put_feed,
    put_page,
    rows,
    rss,
    take_in,
    text,
)
from server import Answer, Site, redirect
from sqlalchemy import Engine

from kb import pipeline

pytestmark = on_sqlite

VARIANTS = [
    "/padi",
    "/padi/",
    "/padi?utm_source=rss&utm_medium=umpan",
    "/padi?page=all",
    "/padi/amp",
    "/padi?fbclid=1#komentar",
    "/padi/print",
]


def place(site: Site, path: str) -> str:
    """Return the canonical address of a path of the outlet."""
    return f"https://{HOST}:{site.port}{path}"


def test_variants_of_an_address_are_one_article(base: Engine, site: Site) -> None:
    """Tracking parameters, AMP, print and all-pages views are one article, asked for once."""
    for path in VARIANTS:
        put_page(site, path.partition("#")[0], "padi")
    site.put("/feed", rss(*(at(site, path) for path in VARIANTS)))
    add_feed(base, at(site, "/feed"))
    for path in VARIANTS:
        add_feed(base, at(site, path))  # as pages, too
    _, heard = go(base)
    assert (count(base, "article"), count(base, "revision"), heard.failures) == (1, 1, [])
    assert rows(base, "article_url", "url", "is_canonical") == [(place(site, "/padi"), True)]


def test_variants_named_one_by_one_are_one_article(base: Engine, site: Site) -> None:
    """Whichever of its addresses an article is read by, it is the article that the others gave."""
    for path in VARIANTS:
        put_page(site, path.partition("#")[0], "padi", head=f"<!-- {path} -->")
        _, heard = take_in(base, at(site, path))
        assert heard.failures == []
    assert (count(base, "article"), count(base, "revision")) == (1, 1)


def test_addresses_that_a_page_declares_are_its_own(base: Engine, site: Site) -> None:
    """A page is known by the canonical address it declares and by its alternates, of its own outlet alone."""
    head = (
        f'<link rel="canonical" href="{at(site, "/2026/padi")}">'
        f'<link rel="amphtml" href="{at(site, "/gawai/padi-99")}">'
        '<link rel="canonical" href="https://warta.example/berita/7">'
    )
    for path in ("/padi?id=7", "/2026/padi", "/gawai/padi-99"):
        put_page(site, path, "padi", head=head)
    site.put("/feed", rss(at(site, "/padi?id=7")))
    site.put("/umpan", rss(at(site, "/2026/padi"), at(site, "/gawai/padi-99")))
    for feed in ("/feed", "/umpan"):
        add_feed(base, at(site, feed))
    go(base)
    assert (count(base, "article"), count(base, "revision")) == (1, 1)
    known = dict(rows(base, "article_url", "url", "is_canonical"))
    assert known == {
        place(site, "/2026/padi"): True,
        place(site, "/padi?id=7"): False,
        place(site, "/gawai/padi-99"): False,
    }


def test_entry_of_two_feeds_is_one_article(base: Engine, site: Site) -> None:
    """What two feeds list is asked for once, and is one article."""
    put_page(site, "/padi", "padi")
    for feed, mark in (("/feed", "?utm_source=a"), ("/umpan", "")):
        put_page(site, f"/padi{mark}", "padi")
        site.put(feed, rss(at(site, f"/padi{mark}")))
        add_feed(base, at(site, feed))
    outcome, _ = go(base)
    assert (outcome.articles.new, count(base, "article"), len(site.paths)) == (1, 1, 3)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_page_behind_a_redirect_is_one_article(base: Engine, site: Site, status: int) -> None:
    """An article goes by the address that was asked for and by the one that this led to."""
    put_page(site, "/2026/padi", "padi")
    site.put("/padi", redirect("/2026/padi", status))
    site.put("/feed", rss(at(site, "/padi")))
    site.put("/umpan", rss(at(site, "/2026/padi")))
    for feed in ("/feed", "/umpan"):
        add_feed(base, at(site, feed))
    go(base)
    outcome, heard = go(base, all_due=True)
    assert (count(base, "article"), outcome.articles.changed, heard.failures) == (1, 0, [])
    assert dict(rows(base, "article_url", "url", "is_canonical")) == {
        place(site, "/2026/padi"): True,
        place(site, "/padi"): False,
    }
    assert (at(site, "/padi"), at(site, "/2026/padi")) in rows(base, "fetch", "address", "final_url")


def test_redirect_that_stops_says_nothing_about_the_article(base: Engine, site: Site) -> None:
    """An article is not gone while the page that it was read from is there."""
    put_page(site, "/2026/padi", "padi")
    site.put("/padi", redirect("/2026/padi"))
    site.put("/feed", rss(at(site, "/padi")))
    add_feed(base, at(site, "/feed"))
    go(base)
    site.remove("/padi")
    let_pass(base, hours=3)
    go(base)
    assert rows(base, "article", "gone_at") == [None]


def test_address_beside_another_that_stops_says_nothing(base: Engine, site: Site) -> None:
    """An article that is read at two addresses is gone only when both are."""
    head = f'<link rel="canonical" href="{at(site, "/padi")}">'
    for path in ("/padi", "/lama/1"):
        put_page(site, path, "padi", head=head)
        site.put(f"/feed{path}", rss(at(site, path)))
        add_feed(base, at(site, f"/feed{path}"))
    go(base)
    site.remove("/lama/1")
    go(base, all_due=True)
    assert (rows(base, "article", "gone_at"), count(base, "article")) == ([None], 1)
    site.remove("/padi")
    outcome, _ = go(base, all_due=True)
    assert outcome.articles.gone == 1


def test_named_page_and_feed_are_read(base: Engine, site: Site) -> None:
    """`kb ingest` takes the address of a page, or of a feed and then all pages that it lists, due or not."""
    put_feed(base, site, "padi", "jagung")
    outcome, _ = take_in(base, at(site, "/padi"))
    assert (outcome.articles.new, site.paths) == (1, ["/padi"])
    outcome, heard = take_in(base, at(site, "/feed"))
    assert (outcome.articles.new, outcome.articles.unchanged, heard.failures) == (1, 1, [])
    outcome, _ = take_in(base, at(site, "/feed"))
    assert (outcome.articles.unchanged, count(base, "article")) == (2, 2)


def test_page_saved_from_the_web_is_its_article(base: Engine, site: Site, tmp_path: Path) -> None:
    """A file of a page that was fetched is the article at that address, if the page names it."""
    head = f'<link rel="canonical" href="{at(site, "/padi")}">'
    put_page(site, "/padi", "padi", head=head)
    take_in(base, at(site, "/padi"))
    saved = tmp_path / "tersimpan.html"
    saved.write_text(page("padi", head=head), "utf-8")
    for _ in range(2):
        outcome, heard = take_in(base, saved)
        assert (outcome.articles.unchanged, heard.failures) == (1, [])
    assert (count(base, "article"), count(base, "revision")) == (1, 1)
    outcome, _ = take_in(base, at(site, "/padi"))
    assert outcome.articles.unchanged == 1


@pytest.mark.parametrize("order", ["record first", "page first"])
def test_record_and_page_of_one_address_are_one_article(
    base: Engine, site: Site, tmp_path: Path, order: str
) -> None:
    """An article that came as a record and is fetched as a page is one, and does not go to and fro."""
    put_page(site, "/padi", "padi")
    lines = tmp_path / "panen.jsonl"
    lines.write_text(json.dumps({"text": text("padi"), "url": at(site, "/padi?utm_source=x")}), "utf-8")
    inputs = [lines, at(site, "/padi")]
    for one in inputs if order == "record first" else inputs[::-1]:
        take_in(base, one)
    assert count(base, "article") == 1
    n_revisions = count(base, "revision")
    for _ in range(3):
        outcome, _ = take_in(base, *inputs)
        assert (outcome.articles.unchanged, count(base, "revision")) == (2, n_revisions)


@pytest.mark.slow
def test_five_hundred_entries_are_five_hundred_articles(
    base: Engine, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed of 500 entries comes to exactly 500 articles, and is not read twice."""
    monkeypatch.setattr(pipeline, "load_annotator", make_annotator)
    paths = [f"/berita/{n}" for n in range(500)]
    for n, path in enumerate(paths):
        put_page(site, path, f"padi ke-{n}")
    site.put("/feed", rss(*(at(site, path) for path in paths)))
    add_feed(base, at(site, "/feed"))
    outcome, heard = go(base)
    assert (outcome.articles.new, count(base, "article"), heard.failures) == (500, 500, [])
    site.put("/feed", Answer(status=200, body=rss().body, content_type="application/rss+xml"))
    outcome, _ = go(base, all_due=True)
    assert (outcome.articles.unchanged, outcome.articles.new, count(base, "revision")) == (500, 0, 500)
