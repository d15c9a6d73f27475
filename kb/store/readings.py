"""What was read where: the bytes that are known, so that reading the same again costs nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select, true, update

from kb.store.columns import among
from kb.store.tables import article, article_url, reading


@dataclass(frozen=True, slots=True)
class Known:
    """Bytes that are known: the article that they are, where they stood (None: a line among others), what read them.

    `is_newest` is False for a line that another line about the same article has followed.
    """

    article_id: int
    place: str | None
    reader: str
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with a page, to ask whether it changed (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page that was read: `read_at` is when its text was new, `seen_at` when its article was last found.

    `missed_at` is when it was last asked for and gone, None if it never was.
    """

    place: str
    url: str
    validators: Validators
    read_at: datetime
    missed_at: datetime | None
    seen_at: datetime
    feed_id: int | None


def load_known(connection: Connection, hashes: Collection[str]) -> Mapping[str, list[Known]]:
    """Return what is known of bytes of these hashes."""
    found: dict[str, list[Known]] = defaultdict(list)
    r = reading.c
    wanted = select(r.raw_sha256, r.article_id, r.place, r.reader, r.is_newest).order_by(r.id)
    for sha256, *known in connection.execute(wanted.where(among(connection, r.raw_sha256, hashes))).all():
        found[sha256].append(Known(*known))
    return found


def save_reading(
    connection: Connection,
    article_id: int,
    *,
    place: str | None,
    raw_sha256: str,
    reader: str,
    at: datetime,
) -> None:
    """Note that these bytes, read at `place` by `reader`, are this article: the newest there from now on.

    `at` is when the article was first read with this text.
    """
    r = reading.c
    row = {"article_id": article_id, "raw_sha256": raw_sha256, "reader": reader, "is_newest": True}
    if place is not None:
        there = update(reading).where(r.place == place)
        if not connection.execute(there.values(**row, read_at=at)).rowcount:
            connection.execute(insert(reading).values(**row, place=place, read_at=at))
        return
    of_lines = (r.article_id == article_id) & r.place.is_(None)
    connection.execute(update(reading).where(of_lines, r.is_newest).values(is_newest=False))
    again = update(reading).where(of_lines, r.raw_sha256 == raw_sha256)
    if not connection.execute(again.values(**row, read_at=at)).rowcount:
        connection.execute(insert(reading).values(**row, place=None, read_at=at))


def save_page(connection: Connection, place: str, url: str, validators: Validators) -> None:
    """Keep by which address the page at `place` is fetched and what the server gave with it, where that is news."""
    r = reading.c
    given = {"url": url, "etag": validators.etag, "last_modified": validators.last_modified}
    news = or_(*(r[name].is_distinct_from(value) for name, value in given.items()))
    connection.execute(update(reading).where(r.place == place, news).values(**given))


def note_seen(connection: Connection, article_ids: Iterable[int], at: datetime) -> None:
    """Note that these articles were found again, changed or not; those that had gone are back."""
    seen = among(connection, article.c.id, set(article_ids))
    connection.execute(update(article).where(seen).values(last_seen_at=at, gone_at=None))


def note_gone(connection: Connection, place: str, at: datetime) -> bool | None:
    """Note that the page at `place` is gone; return whether that is news, None if no article is read there.

    An address that stops working says nothing about an article that is read at another one, too.
    """
    article_id = article_in(connection, place)
    r = reading.c
    if article_id is not None and _is_read_elsewhere(connection, article_id, place):
        connection.execute(delete(reading).where(r.place == place))
        return False
    if article_id is None:
        is_canonical = (article_url.c.url == place) & article_url.c.is_canonical
        article_id = connection.scalar(select(article_url.c.article_id).where(is_canonical))
    if article_id is None:
        return None
    is_page = (r.article_id == article_id) & r.url.is_not(None)
    connection.execute(update(reading).where(is_page).values(missed_at=at))
    a = article.c
    gone = update(article).where(a.id == article_id, a.gone_at.is_(None)).values(gone_at=at)
    return bool(connection.execute(gone).rowcount)


def _is_read_elsewhere(connection: Connection, article_id: int, place: str) -> bool:
    r = reading.c
    other = select(r.id).where(r.article_id == article_id, r.url.is_not(None), r.place != place)
    return connection.execute(other.limit(1)).first() is not None


def article_at(connection: Connection, place: str) -> int | None:
    """Return the row number of the article that is read at `place` or goes by that address."""
    article_id = article_in(connection, place)
    return next(iter(articles_at(connection, [place])), None) if article_id is None else article_id


def load_page(connection: Connection, place: str) -> PageRead | None:
    """Return the page that is read for the article of this address, None if it is of none that was fetched."""
    of_article = select(article_url.c.article_id).where(article_url.c.url == place).scalar_subquery()
    known = _pages().where(or_(reading.c.place == place, reading.c.article_id == of_article))
    row = connection.execute(known.order_by(reading.c.place != place, reading.c.id).limit(1)).first()
    return None if row is None else _page(row)


def load_pages(connection: Connection, *, read_since: datetime | None = None) -> list[PageRead]:
    """Return the pages whose texts were first read since then, those that were not seen for longest first."""
    read = true() if read_since is None else reading.c.read_at >= read_since
    rows = connection.execute(_pages().where(read).order_by(article.c.last_seen_at, reading.c.id))
    return list(map(_page, rows))


def _pages() -> Select[Any]:
    r, a = reading.c, article.c
    columns = (r.place, r.url, r.etag, r.last_modified, r.read_at, r.missed_at, a.last_seen_at, a.feed_id)
    return select(*columns).join(article, a.id == r.article_id).where(r.url.is_not(None))


def _page(row: Row[Any]) -> PageRead:
    place, url, etag, modified, *rest = row
    return PageRead(place, url, Validators(etag, modified), *rest)


def articles_at(connection: Connection, urls: Collection[str]) -> list[int]:
    """Return the row numbers of the articles that go by these canonical addresses, in the order of the addresses."""
    u = article_url.c
    rows = connection.execute(select(u.url, u.article_id).where(u.url.in_(urls)))
    found = {url: article_id for url, article_id in rows}
    return list(dict.fromkeys(found[url] for url in urls if url in found))


def save_urls(connection: Connection, article_id: int, urls: Collection[str]) -> None:
    """Note that an article goes by these addresses, the first of them canonical; other articles keep theirs."""
    u = article_url.c
    rows = connection.execute(
        select(u.url, u.article_id).where(or_(u.url.in_(urls), u.article_id == article_id))
    )
    known = {url: owner for url, owner in rows}
    has_canonical = article_id in known.values()
    new = [url for url in urls if url not in known]
    added = [
        {"article_id": article_id, "url": url, "is_canonical": not has_canonical and n == 0}
        for n, url in enumerate(new)
    ]
    if added:
        connection.execute(insert(article_url), added)


def file_places(connection: Connection, article_id: int) -> list[str]:
    """Return the files that an article was found in (``file:///…``)."""
    r = reading.c
    return list(
        connection.scalars(
            select(r.place).where(r.article_id == article_id, r.place.startswith("file://")).order_by(r.id)
        )
    )


def forget_places(connection: Connection, places: Collection[str]) -> None:
    """Forget what was read at these places."""
    if places:
        connection.execute(delete(reading).where(reading.c.place.in_(places)))


def has_lines(connection: Connection, article_id: int) -> bool:
    """Whether an article was found as a line among others."""
    r = reading.c
    found = select(func.count()).where(r.article_id == article_id, r.place.is_(None))
    return bool(connection.scalar(found))


def article_in(connection: Connection, place: str) -> int | None:
    """Return the row number of the article that was last read at `place`."""
    return connection.scalar(select(reading.c.article_id).where(reading.c.place == place))


def article_of(connection: Connection, ref: str) -> int | None:
    """Return the row number of the article of this id."""
    return connection.scalar(select(article.c.id).where(article.c.ref == ref))


def load_urls(connection: Connection, article_id: int) -> set[str]:
    """Return all addresses that an article goes by."""
    return set(connection.scalars(select(article_url.c.url).where(article_url.c.article_id == article_id)))


def ref_of(connection: Connection, article_id: int) -> str:
    """Return the id of the article of this row number."""
    return str(connection.execute(select(article.c.ref).where(article.c.id == article_id)).scalar_one())


def feed_of(connection: Connection, article_id: int) -> int | None:
    """Return the row number of the feed that an article was first found in."""
    return connection.scalar(select(article.c.feed_id).where(article.c.id == article_id))
