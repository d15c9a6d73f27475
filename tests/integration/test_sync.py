"""Feeds and pages of a real web server, read again and again: what is asked for, and what is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from newsroom import (
    add_feed,
    at,
    count,
    dump,
    go,
    let_pass,
    make_annotator,
    on_sqlite,
    page,
    paths_of_go,
    put_feed,
    put_page,
    rows,
    rss,
)
from server import Answer, Site
from sqlalchemy import Engine, update

from kb import pipeline
from kb.store import feeds, tables
from kb.store.database import writing

LOOKED = ("run", "fetch", "article.last_seen_at", "feed.last_read_at")
"""What a run notes that finds everything as it was."""


def test_second_sync_writes_that_it_looked_and_nothing_else(base: Engine, site: Site) -> None:
    """Where servers say that nothing changed, only the ledger and the days of looking are written."""
    put_feed(base, site, "padi", "jagung", "kopi")
    first, _ = go(base)
    before, seen = dump(base, *LOOKED), rows(base, "article", "last_seen_at")
    second, heard = go(base, all_due=True)
    assert (first.articles.new, second.articles.unchanged, heard.failures) == (3, 3, [])
    assert rows(base, "fetch", "status") == [200] * 4 + [304] * 4
    assert dump(base, *LOOKED) == before
    assert all(new > old for old, new in zip(seen, rows(base, "article", "last_seen_at"), strict=True))


def test_second_sync_of_servers_without_validators_writes_no_more(base: Engine, site: Site) -> None:
    """Where servers send everything again, the same bytes are known by their hash."""
    put_feed(base, site, "padi", "jagung")
    for crop in ("padi", "jagung"):
        site.put(f"/{crop}", Answer(page(crop)))
    go(base)
    before = dump(base, *LOOKED)
    outcome, _ = go(base, all_due=True)
    assert (outcome.articles.unchanged, dump(base, *LOOKED)) == (2, before)
    assert rows(base, "fetch", "status") == [200, 200, 200, 304, 200, 200]


def test_changed_page_is_a_new_revision(base: Engine, site: Site) -> None:
    """A page that its publisher changed gets a second revision and keeps the first."""
    put_feed(base, site, "padi", "jagung")
    go(base)
    put_page(site, "/padi", "padi", " Panen selesai bulan depan.")
    outcome, _ = go(base, all_due=True)
    assert (outcome.articles.changed, outcome.articles.unchanged) == (1, 1)
    assert sorted(rows(base, "revision", "number", "cause", "is_current")) == [
        (1, "first", False),
        (1, "first", True),
        (2, "publisher", True),
    ]
    assert 0.9 < rows(base, "revision", "similarity")[-1] < 1
    assert (count(base, "body"), count(base, "annotation")) == (3, 3)


def test_new_entry_is_read_alone(base: Engine, site: Site) -> None:
    """What a feed lists anew is fetched; what it listed before is not, until it is due."""
    put_feed(base, site, "padi", "jagung")
    go(base)
    put_page(site, "/kopi", "kopi")
    site.put("/feed", rss(*(at(site, path) for path in ("/kopi", "/padi", "/jagung"))))
    with writing(base) as connection:
        connection.execute(update(tables.feed).values(last_read_at=None))
    assert paths_of_go(base, site) == ["/feed", "/kopi"]
    assert count(base, "article") == 3


@on_sqlite
def test_pages_are_looked_at_again_when_due(base: Engine, site: Site) -> None:
    """A page is asked for again after as long as it stood unchanged, from an hour on, and not before."""
    put_feed(base, site, "padi")
    go(base)
    asked = []
    for hours in (0.5, 0.6, 0.5, 0.7, 1.2, 1.2):  # due 1 h after the first reading, then after 2.2 and 4.6 h
        let_pass(base, hours=hours)
        asked.append("/padi" in paths_of_go(base, site))
    assert asked == [False, True, False, True, False, True]


@on_sqlite
def test_feeds_are_read_when_due(base: Engine, site: Site) -> None:
    """A feed is asked again when its interval is over, and not before."""
    put_feed(base, site)
    asked = []
    for minutes in (0, 30, 31, 31, 31):
        let_pass(base, minutes=minutes)
        asked.append("/feed" in paths_of_go(base, site))
    assert asked == [True, False, True, False, True]


@on_sqlite
def test_page_whose_text_stands_is_asked_for_ever_more_rarely(base: Engine, site: Site) -> None:
    """A page that is other bytes each time (an hour, an advertisement) stands unchanged all the same."""
    put_feed(base, site, "padi")
    asked = []
    for hours in (0, 1.1, 1.2, 1.1, 1.3):
        let_pass(base, hours=hours)
        site.put("/padi", Answer(page("padi", head=f'<meta name="hour" content="{len(asked)}">')))
        asked.append("/padi" in paths_of_go(base, site))
    assert asked == [True, True, True, False, True]
    assert (count(base, "article"), count(base, "revision"), count(base, "reading")) == (1, 1, 1)


@on_sqlite
def test_page_that_stood_for_three_months_is_left_alone(base: Engine, site: Site) -> None:
    """What no feed lists any more is looked at for three months, and no longer."""
    put_feed(base, site, "padi")
    go(base)
    site.put("/feed", rss())
    let_pass(base, days=89)
    assert paths_of_go(base, site) == ["/feed", "/padi"]
    let_pass(base, days=89)
    assert paths_of_go(base, site) == ["/feed"]


@on_sqlite
def test_feed_that_tells_of_a_change_is_believed(base: Engine, site: Site) -> None:
    """An entry that was updated since its page was seen is fetched before it is due."""
    put_feed(base, site, "padi", "jagung")
    go(base)
    let_pass(base, minutes=30)
    updated = f"{datetime.now(UTC) - timedelta(minutes=10):%Y-%m-%dT%H:%M:%SZ}"
    urls = [at(site, "/padi"), at(site, "/jagung")]
    site.put("/feed", rss(*urls, updated={urls[0]: updated}))
    with writing(base) as connection:
        connection.execute(update(tables.feed).values(last_read_at=None))
    assert paths_of_go(base, site) == ["/feed", "/padi"]


@pytest.mark.parametrize("status", [404, 410])
def test_page_that_vanishes_is_kept_and_may_return(base: Engine, site: Site, status: int) -> None:
    """A page that is gone is marked so and keeps its data; when it is there again the mark goes."""
    put_feed(base, site, "padi", "jagung")
    go(base)
    looked = (*LOOKED, "article.gone_at", "reading.missed_at")
    before = dump(base, *looked)
    site.put("/padi", Answer(status=status))
    outcome, heard = go(base, all_due=True)
    gone = dict(rows(base, "article", "ref", "gone_at"))
    assert (outcome.articles.gone, outcome.articles.unchanged, heard.failures) == (1, 1, [])
    assert sorted(since is not None for since in gone.values()) == [False, True]
    assert dump(base, *looked) == before
    outcome, _ = go(base, all_due=True)
    assert (outcome.articles.gone, dict(rows(base, "article", "ref", "gone_at"))) == (0, gone)
    put_page(site, "/padi", "padi")
    go(base, all_due=True)
    assert rows(base, "article", "gone_at") == [None, None]


@on_sqlite
def test_page_that_is_gone_is_asked_for_ever_more_rarely(base: Engine, site: Site) -> None:
    """A page that is gone is not asked for by each run: it may have gone for good."""
    put_feed(base, site, "padi")
    go(base)
    site.put("/feed", rss())
    site.remove("/padi")
    asked = []
    for hours in (1.1, 0.5, 0.7, 0.7, 1.7):
        let_pass(base, hours=hours)
        asked.append("/padi" in paths_of_go(base, site))
    assert asked == [True, False, True, False, True]


def test_feed_that_was_cut_off_is_read_again_in_full(
    base: Engine, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a run did not come to is done by the next one: a feed is as new until all that it lists was taken."""
    monkeypatch.setattr(pipeline, "BATCH", 1)
    monkeypatch.setattr(pipeline, "load_annotator", lambda: make_annotator(poison="kopi"))
    put_feed(base, site, "padi", "kopi", "jagung")
    with pytest.raises(KeyboardInterrupt):
        go(base)
    assert rows(base, "feed", "etag", "last_read_at") == [(None, None)]
    assert count(base, "revision") == count(base, "annotation") < 3
    n_done = count(base, "revision")
    monkeypatch.setattr(pipeline, "load_annotator", make_annotator)
    outcome, heard = go(base)
    assert (outcome.articles.new, count(base, "article"), heard.failures) == (3 - n_done, 3, [])
    assert rows(base, "feed", "etag", "last_read_at") != [(None, None)]


@pytest.mark.parametrize("change", [feeds.pause_feed, feeds.unschedule_feed], ids=["paused", "removed"])
def test_feed_off_the_schedule_is_left_alone(base: Engine, site: Site, change: object) -> None:
    """Nothing is asked of a feed that is paused or removed, nor of its pages, nor of those that failed."""
    put_feed(base, site, "padi")
    site.put("/feed", rss(at(site, "/padi"), at(site, "/hilang")))
    add_feed(base, at(site, "/lain"))
    site.put("/lain", rss())
    go(base)
    with writing(base) as connection:
        change(connection, at(site, "/feed"))  # type: ignore[operator]
    let_pass(base, days=2)
    assert paths_of_go(base, site) == ["/lain"]
    assert paths_of_go(base, site, all_due=True) == ["/lain"]
    assert rows(base, "article", "gone_at") == [None]
