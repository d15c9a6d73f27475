"""Feeds on the schedule: when they are due, and what is asked of their servers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from server import Answer, Site
from sqlalchemy import Engine

from kb.fetch import Manners, open_fetcher
from kb.store import feeds
from kb.store.database import reading, writing
from kb.store.failures import FailedPage
from kb.way.sources import Sighting, Web, place_of

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

FEED = """<rss version="2.0"><channel><title>Lembar Desa</title>
<item><title>Panen</title><link>{page}</link></item></channel></rss>"""


def scheduled(engine: Engine, address: str, kind: str = "feed") -> feeds.Feed:
    """Put a feed on the schedule and return it."""
    with writing(engine) as connection:
        feeds.schedule_feed(connection, address, kind, every_minutes=30, allow_private=True)
    with reading(engine) as connection:
        return next(one for one in feeds.load_feeds(connection) if one.address == address)


def test_failing_feed_waits_longer_each_time(database: Engine) -> None:
    """A feed that cannot be read is tried again after its interval, then after twice as long, or when it says."""
    one = scheduled(database, "https://desa.example/rss")
    for retry_at, waits in ((None, 30), (None, 60), (NOW + timedelta(hours=9), 540)):
        with writing(database) as connection:
            feeds.note_unread(connection, one, retry_at=retry_at, at=NOW)
        with reading(database) as connection:
            [one] = feeds.load_feeds(connection)
        assert one.due_at == NOW + timedelta(minutes=waits)
    assert one.n_failed == 3


def web(fetcher: object, *failed: str) -> Web:
    """Return what is to be fetched, where these addresses failed a day ago."""
    known = {place_of(url): FailedPage(url, 1, NOW - timedelta(days=1), None, False, 1) for url in failed}
    return Web(fetcher, lambda _place: None, known, lambda _place: False, NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["feed", "page"])
def test_feed_is_asked_once_in_a_run(site: Site, kind: str) -> None:
    """A feed that failed before is not asked as if it were a page besides; all that is asked was announced."""
    site.put("/rss", Answer(FEED.format(page=site.url("/panen")), content_type="application/rss+xml"))
    site.put("/panen", Answer("<p>Panen raya</p>"))
    one = feeds.Feed(1, site.url("/rss"), kind, allow_private=True)
    planned: list[int] = []
    with open_fetcher(Manners(delay_s=0, robots=False)) as fetcher:
        found = web(fetcher, one.address)
        found.planned = planned.append
        seen: list[Sighting] = [*found.from_feeds([one]), *found.again([], {1: one})]
    assert site.paths == ["/rss", "/panen"]
    assert len(seen) == sum(planned) == 2


def test_failing_feed_is_asked_only_when_it_is_due(site: Site) -> None:
    """A feed that waits to be tried again is left alone, whatever is tried again meanwhile."""
    one = feeds.Feed(1, site.url("/rss"), "feed", allow_private=True)
    with open_fetcher(Manners(delay_s=0, robots=False)) as fetcher:
        found = web(fetcher, one.address, site.url("/panen"))
        list(found.again([], {1: one}))
    assert site.paths == ["/panen"]
