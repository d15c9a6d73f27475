"""Where articles come from, and when it is to be read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from kb.errors import NotFound
from kb.store.tables import article, feed, fetch
from kb.store.texts import storable

LONGEST_WAIT = timedelta(days=1)
"""A feed that fails is asked ever more rarely, but at least so often."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A place that articles come from: `kind` is ``feed``, ``page`` or ``files``.

    On the schedule if `every_minutes` is not None. `last_read_at` is when it was last read with all that it led to,
    `n_failed` how often in a row it could not be read, `retry_at` when it then is to be tried again.
    """

    id: int
    address: str
    kind: str
    title: str | None = None
    added_at: datetime | None = None
    paused_at: datetime | None = None
    every_minutes: int | None = None
    last_read_at: datetime | None = None
    retry_at: datetime | None = None
    allow_private: bool = False
    etag: str | None = None
    last_modified: str | None = None
    n_failed: int = 0

    @property
    def due_at(self) -> datetime | None:
        """When it is to be read next; None: at once."""
        if self.retry_at or self.last_read_at is None:
            return self.retry_at
        return self.last_read_at + timedelta(minutes=self.every_minutes or 0)


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as a list of them shows it: `state` is ``active``, ``paused`` or ``failing``.

    `due_at` None: at once; `failing_since` is when it first could not be read, of `n_failed` times in a row.
    """

    address: str
    kind: str
    title: str | None
    state: str
    every_minutes: int | None
    due_at: datetime | None
    last_read_at: datetime | None
    n_articles: int
    n_failed: int
    failing_since: datetime | None
    allow_private: bool


def find_or_add_feed(connection: Connection, address: str, kind: str) -> int:
    """Return the row number of the feed at `address`, known from now on (but on no schedule)."""
    found: int | None = connection.scalar(select(feed.c.id).where(feed.c.address == storable(address)))
    if found is not None:
        return found
    made = insert(feed).values(address=storable(address), kind=kind).returning(feed.c.id)
    return int(connection.execute(made).scalar_one())


def schedule_feed(
    connection: Connection, address: str, kind: str, *, every_minutes: int, allow_private: bool = False
) -> bool:
    """Put a feed on the schedule, due at once; return whether it is new there.

    Of one that is there already the interval changes, and a pause ends.
    """
    feed_id = find_or_add_feed(connection, address, kind)
    known = _load(connection, feed.c.id == feed_id)[0]
    values = {"kind": kind, "every_minutes": every_minutes, "allow_private": allow_private, "paused_at": None}
    if known.added_at is None:
        values |= {"added_at": datetime.now(UTC), "last_read_at": None, "retry_at": None, "n_failed": 0}
    connection.execute(update(feed).where(feed.c.id == feed_id).values(**values))
    return known.added_at is None


def unschedule_feed(connection: Connection, address: str) -> None:
    """Take a feed off the schedule; what was read from it stays. NotFound if it is not on it."""
    _change(connection, address, added_at=None, every_minutes=None, paused_at=None)


def pause_feed(connection: Connection, address: str, *, paused: bool = True) -> None:
    """Leave a feed out of the schedule for now, or take it in again. NotFound if it is not on it."""
    _change(connection, address, paused_at=datetime.now(UTC) if paused else None)


def load_feeds(connection: Connection) -> list[Feed]:
    """Return the feeds on the schedule, in the order in which they were put there."""
    return _load(connection, feed.c.added_at.is_not(None))


def load_feed(connection: Connection, feed_id: int) -> Feed:
    """Return the feed of this row number."""
    return _load(connection, feed.c.id == feed_id)[0]


def load_feed_rows(connection: Connection) -> list[FeedRow]:
    """Return the feeds on the schedule with how many articles came from each."""
    counted = select(article.c.feed_id, func.count()).group_by(article.c.feed_id)
    n_articles = {feed_id: n for feed_id, n in connection.execute(counted)}
    return [
        FeedRow(
            one.address,
            one.kind,
            one.title,
            _state(one),
            one.every_minutes,
            one.due_at,
            one.last_read_at,
            n_articles.get(one.id, 0),
            one.n_failed,
            _failing_since(connection, one) if one.n_failed else None,
            one.allow_private,
        )
        for one in load_feeds(connection)
    ]


def _state(one: Feed) -> str:
    return "paused" if one.paused_at else "failing" if one.n_failed else "active"


def _failing_since(connection: Connection, one: Feed) -> datetime | None:
    """Return when a feed was first asked in vain: it was noted as read after the last time that it was not."""
    asked = select(func.min(fetch.c.fetched_at)).where(
        fetch.c.feed_id == one.id, fetch.c.address == one.address
    )
    since: datetime | None = connection.scalar(
        asked if one.last_read_at is None else asked.where(fetch.c.fetched_at > one.last_read_at)
    )
    return since


def note_read(
    connection: Connection,
    one: Feed,
    *,
    title: str | None,
    kind: str,
    etag: str | None,
    last_modified: str | None,
    at: datetime,
) -> None:
    """Note that a feed, with all that it led to, was read: only what changes later is news."""
    values = {
        "title": title or one.title,
        "kind": kind,
        "etag": etag,
        "last_modified": last_modified,
        "n_failed": 0,
        "last_read_at": at,
        "retry_at": None,
    }
    connection.execute(update(feed).where(feed.c.id == one.id).values(**values))


def note_unread(connection: Connection, one: Feed, *, retry_at: datetime | None, at: datetime) -> None:
    """Note that a feed could not be read: it waits twice as long each time, or until the server said."""
    wait = min(timedelta(minutes=one.every_minutes or 0) * 2 ** min(one.n_failed, 10), LONGEST_WAIT)
    values = {"n_failed": one.n_failed + 1, "retry_at": max(at + wait, retry_at or at)}
    connection.execute(update(feed).where(feed.c.id == one.id).values(**values))


def _change(connection: Connection, address: str, **values: object) -> None:
    changed = update(feed).where(feed.c.address == address, feed.c.added_at.is_not(None)).values(**values)
    if not connection.execute(changed).rowcount:
        raise NotFound(address, "is not on the schedule", "kb feed list shows what is")


def _load(connection: Connection, wanted: ColumnElement[bool]) -> list[Feed]:
    columns = [feed.c[name] for name in Feed.__slots__]
    rows = connection.execute(select(*columns).where(wanted).order_by(feed.c.added_at, feed.c.id))
    return [Feed(*row) for row in rows]
