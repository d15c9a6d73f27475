"""Which article of the base a text is, that was read just now: a new state of a known one, or a new one.

A fetched page is the article that goes by one of its addresses. A file is the article that was read from it last,
or else of its stem, unless another file that is still there has that. A record is the article of its id, or else of
its address; two feeds, or two outlets in one, may use one id for two articles of different addresses. (That the same
bytes under another path are the same article is seen before anything is read.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from kb.ingest import Form, Raw
from kb.ingest.addresses import registered_domain
from kb.store.readings import (
    article_in,
    article_of,
    articles_at,
    feed_of,
    file_places,
    forget_places,
    has_lines,
    load_urls,
    ref_of,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kb.model import Article

_SUFFIX = 8  # hexadecimal digits that tell an article from another one of the same id


def identify(connection: Connection, article: Article, raw: Raw, *, feed_id: int | None = None) -> str:
    """Return the id under which this article is kept: a known one's, or a new one that nobody has."""
    found = _find(connection, article, raw, feed_id)
    if found is not None:
        return ref_of(connection, found)
    if article_of(connection, article.id) is None:
        return article.id
    apart = raw.place or " ".join(article.urls) or raw.origin
    return f"{article.id}-{hashlib.sha256(apart.encode()).hexdigest()[:_SUFFIX]}"


def _find(connection: Connection, article: Article, raw: Raw, feed_id: int | None) -> int | None:
    if raw.form is Form.RECORD:
        return _find_record(connection, article, raw, feed_id)
    if raw.place and is_file(raw.place):
        return _find_file(connection, article, raw.place)
    at_address = articles_at(connection, _telling(article.urls))
    return at_address[0] if at_address else _find_named(connection, article, raw)


def _find_record(connection: Connection, article: Article, raw: Raw, feed_id: int | None) -> int | None:
    """Find a record's article: two records of one address but with ids of their own are two."""
    named = article_of(connection, article.id)
    if named is not None and not _differ(connection, named, article, feed_id):
        return named
    has_id = not raw.sha256.startswith(article.id)
    at_address = articles_at(connection, _telling(article.urls))
    return next((one for one in at_address if not (has_id and has_lines(connection, one))), None)


def _find_file(connection: Connection, article: Article, place: str) -> int | None:
    known = article_in(connection, place)
    if known is not None:
        return known
    at_address = articles_at(connection, _telling(article.urls))
    named = article_of(connection, article.id)
    if at_address or named is None:
        return at_address[0] if at_address else None
    others = file_places(connection, named)
    return None if any(is_there(other) for other in others) else named


def _find_named(connection: Connection, article: Article, raw: Raw) -> int | None:
    known = article_in(connection, raw.place) if raw.place else None
    return article_of(connection, article.id) if known is None else known


def _differ(connection: Connection, article_id: int, article: Article, feed_id: int | None) -> bool:
    """Whether an id in common is chance: both have addresses and share none, in two feeds or at two outlets."""
    known, urls = load_urls(connection, article_id), _telling(article.urls)
    if not (known and urls) or not known.isdisjoint(urls):
        return False
    return feed_of(connection, article_id) != feed_id or _sites(known).isdisjoint(_sites(urls))


def _sites(urls: Iterable[str]) -> set[str]:
    return {registered_domain(urlsplit(url).netloc) for url in urls}


def _telling(urls: tuple[str, ...]) -> list[str]:
    """Return the addresses that can be of one article: a front page is none."""
    return [url for url in urls if urlsplit(url).path.strip("/") or urlsplit(url).query]


def is_file(place: str | None) -> bool:
    """Whether a place is that of a file."""
    return place is not None and place.startswith("file:")


def is_there(place: str) -> bool:
    """Whether there is a file at ``file:///…``."""
    return Path(url2pathname(urlsplit(place).path)).exists()


def forget_left(connection: Connection, article_id: int) -> None:
    """Forget where an article's files stood that are not there any more: what comes there next is another one."""
    forget_places(connection, [place for place in file_places(connection, article_id) if not is_there(place)])
