"""Take what was found into the base, a batch at a time.

    known bytes? ─> read ─> known text? ─> annotate ─> loss guard ─> save and link

Each level stops the work. What is saved is saved whole: a revision with its annotation, linked, in one transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from kb.errors import Forgotten, InputError
from kb.ingest import Raw, canonical_url
from kb.model import Annotation, Article
from kb.store import write
from kb.store.database import reading
from kb.store.forget import find_tombstone, tombstone_keys
from kb.store.losses import count_quotes_in
from kb.store.readings import save_page
from kb.way.guard import Guard
from kb.way.identity import forget_left, identify, is_file
from kb.way.known import Fresh, Sieve
from kb.way.readers import Readers, reread_body
from kb.way.run import Run
from kb.way.saving import Saver, Work
from kb.way.sources import Sighting
from kb.way.workers import Broken, Workers

if TYPE_CHECKING:
    from sqlalchemy import Connection

BATCH = 32
"""Articles a process that are read, annotated and weighed at once."""

IS_FORGOTTEN = "was forgotten on purpose and is not taken in again"

LOOK_AHEAD = 5000
"""Inputs whose bytes are looked up at once."""

MOST_BYTES = 32_000_000
"""Bytes that are held at once, but for the input that goes beyond them: a folder may hold large pages."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Way:
    """All that an article passes on its way: who reads and who annotates it, what weighs it and what saves it."""

    run: Run
    readers: Readers
    workers: Workers
    guard: Guard
    saver: Saver
    batch: int = BATCH

    def weigh(self, losses: Iterable[tuple[int | None, int]]) -> None:
        """Stop the feeds for which a batch would cost too many quotes: see `Guard.weigh`."""
        for stop in self.guard.weigh(losses):
            self.run.stop_feed(stop.feed, lost=stop.lost, had=stop.had)


@dataclass(frozen=True, slots=True)
class Item:
    """An article on its way, under the id that the base keeps it by; `current` is what the base has of it."""

    fresh: Fresh
    article: Article
    found: write.Found
    current: write.Current | None
    is_annotated: bool

    @property
    def is_known(self) -> bool:
        """Whether the base has the article as it is."""
        return self.current is not None and self.current.is_as(self.article)

    @property
    def feed_id(self) -> int | None:
        """Whose quotes are at stake: the feed that the article was first found in."""
        return self.current.feed_id if self.current else self.found.feed_id


def take(way: Way, sightings: Iterable[Sighting], *, look_ahead: int = LOOK_AHEAD) -> None:
    """Take all of it into the base. What goes wrong with one of them is kept as a failure."""
    sieve = Sieve(way.run)
    for chunk in _chunks(sightings, look_ahead):
        for batch in batches(sieve.sift(chunk), way.batch):
            _take_batch(way, sieve, batch)
    way.saver.flush()
    for batch in batches(sieve.returned(), way.batch):
        _take_batch(way, sieve, batch)
    way.saver.flush()


def _chunks(sightings: Iterable[Sighting], size: int) -> Iterator[list[Sighting]]:
    """Yield the sightings in lists of this length, or shorter ones of `MOST_BYTES`."""
    chunk: list[Sighting] = []
    n_bytes = 0
    for one in sightings:
        chunk.append(one)
        n_bytes += len(one.raw.content) if isinstance(one.raw, Raw) else 0
        if len(chunk) == size or n_bytes >= MOST_BYTES:
            yield chunk
            chunk, n_bytes = [], 0
    if chunk:
        yield chunk


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of this length, the last one shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _take_batch(way: Way, sieve: Sieve, batch: Sequence[Fresh]) -> None:
    items = list(_read(way, sieve, batch))
    annotated = _annotate(way, items)
    whole: list[tuple[Item, Annotation | None]] = []
    for item in items:
        annotation = annotated.get(item.article.body)
        if isinstance(annotation, Broken):
            _fail(way.run, item.fresh, annotation.stage, annotation.error)
        else:
            whole.append((item, annotation))
    with reading(way.run.engine) as connection:
        losses = [(item.feed_id, _count_lost(connection, item, annotation)) for item, annotation in whole]
    way.weigh(losses)
    going = [(item, annotation) for item, annotation in whole if item.feed_id not in way.guard.stopped]
    way.run.report.advanced(len(batch) - len(going))
    way.saver.add([_work(way.run, sieve, item, annotation) for item, annotation in going])


def _read(way: Way, sieve: Sieve, batch: Sequence[Fresh]) -> Iterator[Item]:
    """Yield what is to be taken further; keep what is no article."""
    going = [fresh for fresh in batch if fresh.sighting.feed_id not in way.guard.stopped]
    articles = list(way.readers.read([fresh.raw for fresh in going]))
    planned: list[Item | InputError] = []
    with reading(way.run.engine) as connection:
        for fresh, article in zip(going, articles, strict=True):
            if isinstance(article, Article):
                planned.append(_plan(connection, way.run, sieve, fresh, article))
            else:
                planned.append(article)
    for fresh, item in zip(going, planned, strict=True):
        if isinstance(item, Item):
            yield item
        else:
            _fail(way.run, fresh, "ingest", item)


def _plan(
    connection: Connection, run: Run, sieve: Sieve, fresh: Fresh, article: Article
) -> Item | InputError:
    """Find out which article it is and what the base has of it."""
    one, raw = fresh.sighting, fresh.raw
    article = replace(article, urls=_addresses(article, one))
    ref = identify(connection, article, raw, feed_id=one.feed_id)
    keys = tombstone_keys(ref=ref, urls=article.urls, body=article.body, raw_sha256s=[raw.sha256])
    if find_tombstone(connection, keys):
        return Forgotten(fresh.sighting.subject, IS_FORGOTTEN)
    current = write.load_current(connection, ref)
    article = _keep_address(replace(article, id=ref), current)
    body_id = write.find_body(connection, article.body)
    found = write.Found(
        one.feed_id, sieve.fetches.get(one.fetched), raw.place, _cause(current, article, fresh)
    )
    is_annotated = body_id is not None and write.is_annotated(connection, body_id, run.pipeline_id)
    return Item(fresh, article, found, current, is_annotated)


def _addresses(article: Article, one: Sighting) -> tuple[str, ...]:
    asked = canonical_url(one.asked) if one.asked else None
    return tuple(dict.fromkeys((*article.urls, *([asked] if asked else []))))


def _keep_address(article: Article, current: write.Current | None) -> Article:
    """Return the article with its address as it was printed before, if that is the same: to change it is no news."""
    if current is None or current.url is None or canonical_url(current.url) not in article.urls:
        return article
    return replace(article, url=current.url)


def _cause(current: write.Current | None, article: Article, fresh: Fresh) -> str:
    """Return who changed an article: its publisher, our reader, or both.

    Where bytes and reader are both new, today's reader is put to the bytes of before: what it makes of them
    differently was not the publisher.
    """
    if current is None or current.reader == article.reader or current.reader is None:
        return "publisher"
    if current.raw_sha256 == article.raw_sha256:
        return "reader"
    before = reread_body(current.raw_text, fresh.raw.form, title=current.title, url=current.url)
    if before == article.body:
        return "reader"
    return "publisher" if before == current.body else "both"


def _annotate(way: Way, items: Iterable[Item]) -> Mapping[str, Annotation | Broken]:
    """Annotate the texts that this pipeline has not annotated, each once; by body."""
    wanted = {item.article.body: item.article for item in items if not (item.is_known or item.is_annotated)}
    return dict(zip(wanted, way.workers.annotate(list(wanted.values())), strict=True)) if wanted else {}


def _count_lost(connection: Connection, item: Item, annotation: Annotation | None) -> int:
    """Return how many quotes an article would lose, below 0 for a gain."""
    if item.current is None or item.is_known:
        return 0
    before = count_quotes_in(connection, item.current.body_id)
    if annotation is not None:
        return before - len(annotation.attributions)
    body_id = write.find_body(connection, item.article.body)
    return before - (count_quotes_in(connection, body_id) if body_id is not None else 0)


def _work(run: Run, sieve: Sieve, item: Item, annotation: Annotation | None) -> Work:
    return Work(partial(_save, run, sieve, item, annotation), partial(_fail, run, item.fresh))


def _save(
    run: Run, sieve: Sieve, item: Item, annotation: Annotation | None, connection: Connection
) -> Counter[str]:
    """Save an article with its annotation; another one of this run may have become the same article meanwhile."""
    one, raw = item.fresh.sighting, item.fresh.raw
    ref = identify(connection, item.article, raw, feed_id=one.feed_id)
    article = _keep_address(replace(item.article, id=ref), write.load_current(connection, ref))
    saved = write.save_article(connection, article, run.id, found=item.found)
    sieve.took(saved.article_id, raw.place)
    if is_file(raw.place):
        forget_left(connection, saved.article_id)
    if one.asked and one.validators and raw.place and raw.url:
        save_page(connection, raw.place, raw.url, one.validators)
    run.subjects.update({raw.subject, raw.origin, article.id, *([one.asked] if one.asked else [])})
    counts = Counter({str(saved.state): 1})
    if annotation is None or write.is_annotated(connection, saved.body_id, run.pipeline_id):
        return counts
    write.save_annotation(
        connection, annotation, body_id=saved.body_id, pipeline_id=run.pipeline_id, run_id=run.id
    )
    return counts + Counter(
        annotated=1, quotes=len(annotation.attributions), mentions=len(annotation.mentions)
    )


def _fail(run: Run, fresh: Fresh, stage: str, error: Exception) -> None:
    """Keep what went wrong; of what was forgotten not even that, since it would name it."""
    if isinstance(error, Forgotten):
        run.report.failed(stage, fresh.sighting.subject, error)
    else:
        run.fail(stage, fresh.sighting.subject, error, raw=fresh.raw, feed_id=fresh.sighting.feed_id)
