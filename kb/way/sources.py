"""What there is to read, found: files and folders, pages of the web and the feeds that lead to them.

Everything comes out as a `Sighting`, whatever it was found in; nothing of it is read yet.

    files   a folder, an archive, a file of many articles; a file of one article belongs to its folder
    web     addresses ─> feeds ─> their entries ─> pages; and pages that are to be looked at again

A page is looked at again when as much time has passed since it was last seen as it had then stood unchanged: after an
hour at the earliest, and after a month at the latest; once it has stood for three months, only while a feed lists it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from kb.errors import BadFeed, FetchError, FetchFailed, InputError, UnreadableInput
from kb.fetch import Fetched, Fetcher, Request, hide_password, parse_target
from kb.ingest import Entry, Raw, canonical_url, find_raws, is_feed, make_page, read_feed
from kb.ingest.inputs import STDIN
from kb.ingest.raws import hash_bytes
from kb.store.failures import FailedPage
from kb.store.feeds import Feed
from kb.store.readings import PageRead, Validators
from kb.store.runs import Reading

SOONEST, LATEST = timedelta(hours=1), timedelta(days=30)
"""Between these lies the time after which a page is looked at again."""

SETTLED = timedelta(days=90)
"""A page that stood unchanged for so long is looked at no more, unless a feed lists it."""

RETRY, LONGEST_RETRY = timedelta(minutes=30), timedelta(days=7)
"""An address that failed is tried again after so long, twice as long each time."""

GONE = (404, 410)
"""Statuses of HTTP that say that there is nothing (any more)."""

SINGLE = (".txt", ".html", ".htm")
"""Files of one article."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was found at one place: bytes, or why there are none, or None where a server only gave a status.

    `fetched` is its line in the ledger, one for all articles of a file or folder. `asked` is the address that was
    asked for and `validators` what its server gave; both None for files.
    """

    raw: Raw | InputError | FetchError | None
    fetched: Reading
    feed_id: int | None = None
    asked: str | None = None
    validators: Validators | None = None

    @property
    def subject(self) -> str:
        """What a failure of it is filed under."""
        return self.asked or (self.raw.subject if self.raw is not None else self.fetched.address)


@dataclass(frozen=True, slots=True)
class Visit:
    """How reading a feed went: what it said of itself, or the error; to be noted when all it led to was taken."""

    feed: Feed
    title: str | None = None
    kind: str = "feed"
    validators: Validators = field(default_factory=Validators)
    error: FetchError | InputError | None = None

    @property
    def retry_at(self) -> datetime | None:
        """When its server wants to be asked again."""
        return self.error.retry_at if isinstance(self.error, FetchFailed) else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to fetch, and the row number of the feed that led there."""

    request: Request
    feed_id: int | None = None


def is_url(name: str) -> bool:
    """Whether an input is an address of the web."""
    return name.startswith(("http://", "https://"))


def feed_address(name: str) -> tuple[str, str]:
    """Return the address and the kind of the feed that an input belongs to.

    The host of a page, the folder of a file of one article, the file or folder itself, ``-``.
    """
    if is_url(name):
        parts = urlsplit(name)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/", "page"
    if name == STDIN:
        return STDIN, "files"
    path = os.path.abspath(name)
    return (os.path.dirname(path) if name.lower().endswith(SINGLE) else path), "files"


def scheduled_address(name: str, *, is_new: bool = True) -> tuple[str, str]:
    """Return the address under which something is on the schedule, and its kind: a URL, or an absolute path.

    Raises FetchRefused for an address that is not fetched, UnreadableInput for a new path where nothing is.
    """
    if name == STDIN:
        raise UnreadableInput(name, "standard input cannot be read again and again", "name a file or folder")
    if "://" in name or name.startswith("file:"):
        return parse_target(name).url, "feed"
    path = os.path.abspath(os.path.expanduser(name))
    if is_new and not os.path.exists(path):
        raise UnreadableInput(name, "is not there", "give an http(s) address, a file or a folder")
    return path, "files"


def from_files(inputs: Iterable[str], feed_id_of: Callable[[str], int]) -> Iterator[Sighting]:
    """Yield what files and folders hold; `feed_id_of` gives the row number of an input's feed."""
    for name in inputs:
        fetched = Reading(name if name == STDIN else os.path.abspath(name), n_bytes=_size(name))
        feed_id = feed_id_of(name)
        for raw in find_raws([name]):
            yield Sighting(raw, fetched, feed_id)


def _size(name: str) -> int | None:
    path = Path(name)
    return path.stat().st_size if path.is_file() else None


@dataclass(slots=True)
class Web:
    """What is to be fetched, and how it went.

    `page_of` gives what is known of the page at a canonical address, `failed` the addresses that failed before, by
    canonical address; `is_forgotten` says of a canonical address that it must not be asked for. With `all_due`
    everything is looked at, due or not. `planned` hears of so many addresses more to be asked, before they are.
    `visits` fills as feeds are read.
    """

    fetcher: Fetcher
    page_of: Callable[[str], PageRead | None]
    failed: Mapping[str, FailedPage]
    is_forgotten: Callable[[str], bool]
    at: datetime
    all_due: bool = False
    planned: Callable[[int], None] = lambda _n_addresses: None
    visits: list[Visit] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)

    def from_feeds(self, feeds: Sequence[Feed]) -> Iterator[Sighting]:
        """Yield what feeds, and the pages that they list, have come to. A feed may turn out to be a page."""
        by_url = {feed.address: feed for feed in feeds}
        requests = [Request(one.address, one.etag, one.last_modified, one.allow_private) for one in feeds]
        wanted: list[Wanted] = []
        self._asked.update(map(place_of, by_url))
        self.planned(len(by_url))
        for request, got in self.fetcher.fetch_all(requests):
            feed = by_url[request.url]
            sighting, listed = self._visit(feed, got)
            wanted += [
                Wanted(self._request(entry.url, feed), feed.id)
                for entry in listed
                if self._is_due(entry.url, self.page_of(place_of(entry.url)), entry.updated)
            ]
            yield sighting
        yield from self.from_pages(wanted)

    def from_pages(self, wanted: Iterable[Wanted]) -> Iterator[Sighting]:
        """Yield what these pages have come to; an article whose address came up before is not asked for again."""
        new: dict[str, Wanted] = {}
        for one in wanted:
            place = place_of(one.request.url)
            if place not in self._asked and not self.is_forgotten(place):
                self._asked.add(place)
                new[one.request.url] = one
        self.planned(len(new))
        for request, got in self.fetcher.fetch_all(one.request for one in new.values()):
            yield _sight_page(request.url, got, new[request.url].feed_id)

    def again(self, pages: Iterable[PageRead], feeds: Mapping[int | None, Feed]) -> Iterator[Sighting]:
        """Yield what pages of these feeds have come to that are to be looked at again, or tried again."""
        own = {place_of(feed.address) for feed in feeds.values()}  # these have times of their own
        known: list[tuple[PageRead | FailedPage, PageRead | None]] = [(page, page) for page in pages]
        known += [(one, None) for one in self.failed.values()]
        yield from self.from_pages(
            Wanted(self._request(one.url, feeds[one.feed_id]), one.feed_id)
            for one, page in known
            if one.feed_id in feeds and place_of(one.url) not in own and self._is_due(one.url, page)
        )

    def _visit(self, feed: Feed, got: Fetched | FetchError) -> tuple[Sighting, Sequence[Entry]]:
        """Note how reading a feed went; return its sighting and what it lists."""
        if isinstance(got, FetchError):
            return self._failed(feed, got, got)
        if got.status in GONE and feed.kind != "page":
            return self._failed(feed, got, FetchFailed(feed.address, f"is gone (status {got.status})"))
        may_be_page = feed.kind == "page" or feed.last_read_at is None
        if may_be_page and got.status == 200 and not is_feed(got.content, got.content_type):
            self.visits.append(Visit(feed, kind="page", validators=_validators(got)))
            return _sight_page(feed.address, got, feed.id), ()
        if feed.kind == "page" and got.status != 200:
            self.visits.append(Visit(feed, feed.title, feed.kind, _validators(got)))
            return _sight_page(feed.address, got, feed.id), ()
        return self._read(feed, got)

    def _failed(
        self, feed: Feed, got: Fetched | FetchError, error: FetchError | InputError
    ) -> tuple[Sighting, Sequence[Entry]]:
        self.visits.append(Visit(feed, error=error))
        return Sighting(error, _line(feed.address, got), feed.id, asked=hide_password(feed.address)), ()

    def _read(self, feed: Feed, got: Fetched) -> tuple[Sighting, Sequence[Entry]]:
        if got.status == 304:
            self.visits.append(Visit(feed, feed.title, feed.kind, _validators(got)))
            return Sighting(None, _line(feed.address, got), feed.id), ()
        try:
            read = read_feed(got.content, url=got.final_url, content_type=got.content_type)
        except InputError as error:
            return self._failed(feed, got, error)
        except Exception as error:  # a broad catch: a feed that breaks its reader must not end the run
            what = f"breaks its reader ({type(error).__name__}: {error})"
            return self._failed(feed, got, BadFeed(feed.address, what))
        self.visits.append(Visit(feed, read.title, "feed", _validators(got)))
        return Sighting(None, _line(feed.address, got), feed.id), read.entries

    def _is_due(self, url: str, page: PageRead | None, updated: datetime | None = None) -> bool:
        """Whether a page is to be fetched: new, changed since by its feed's word, due again, or due after a failure."""
        if (failed := self.failed.get(place_of(url))) is not None:
            return not failed.is_ignored and (self.all_due or is_to_retry(failed, self.at))
        if page is None or self.all_due or is_due(page, self.at):
            return True
        return updated is not None and page.seen_at < updated <= self.at

    def _request(self, url: str, feed: Feed) -> Request:
        """Ask for a page as it was asked before; only the host and port of a private feed may be private."""
        page = self.page_of(place_of(url))
        asked = Request(url)
        if page is not None and place_of(page.url) == place_of(url):
            asked = Request(page.url, page.validators.etag, page.validators.last_modified)
        is_private = feed.allow_private and _authority(asked.url) == _authority(feed.address)
        return replace(asked, allow_private=is_private)


def is_due(page: PageRead, at: datetime) -> bool:
    """Whether a page is to be looked at again."""
    asked_at = max(page.seen_at, page.missed_at or page.seen_at)
    return asked_at + min(max(asked_at - page.read_at, SOONEST), LATEST) <= at


def is_to_retry(failed: FailedPage, at: datetime) -> bool:
    """Whether an address that failed is to be tried again."""
    wait: timedelta = min(RETRY * 2 ** min(failed.attempts - 1, 20), LONGEST_RETRY)
    return max(failed.failed_at + wait, failed.retry_at or failed.failed_at) <= at


def place_of(url: str) -> str:
    """Return what an address is known by."""
    return canonical_url(url) or url


def _sight_page(asked: str, got: Fetched | FetchError, feed_id: int | None) -> Sighting:
    line = _line(asked, got)
    if isinstance(got, FetchError):
        return Sighting(got, line, feed_id, hide_password(asked))
    if got.status != 200:
        return Sighting(None, line, feed_id, asked)
    raw = make_page(got.content, url=got.final_url, subject=asked, encoding=got.encoding)
    return Sighting(raw, line, feed_id, asked, _validators(got))


def _line(address: str, got: Fetched | FetchError) -> Reading:
    if isinstance(got, FetchError):
        return Reading(
            hide_password(address),
            status=got.status if isinstance(got, FetchFailed) else None,
            error=got.what,
        )
    final = got.final_url if got.final_url != address else None
    if got.status != 200:
        return Reading(address, got.status, final)
    return Reading(address, got.status, final, len(got.content), hash_bytes(got.content))


def _validators(got: Fetched) -> Validators:
    return Validators(got.etag, got.last_modified)


def _authority(url: str) -> tuple[str | None, int | None]:
    parts = urlsplit(url)
    return parts.hostname, parts.port
