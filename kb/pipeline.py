"""The whole way of an article, in one screen; what happens in each room is the room's own business.

    sources ─> known? ─> read ─> annotate, attribute ─> loss guard ─> save and link    a batch at a time (`taking`)
    base    ───────────────────> annotate, attribute ─> loss guard ─> save and link    another pipeline (`redoing`)

An input that cannot be read, and an article that a room breaks on, is kept as a failure and the run goes on. A run
that is cut off leaves nothing half done: the same command again goes on where it stopped.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kb.annotate import load_annotator
from kb.errors import Forgotten, NotFound
from kb.fetch import Manners, hide_password, open_fetcher
from kb.fingerprint import hash_code
from kb.ingest import Form, Raw, count_raws
from kb.ingest.raws import hash_bytes
from kb.model import Pipeline
from kb.store import feeds, readings
from kb.store.database import reading, writing
from kb.store.failures import Payload, load_failed_pages, load_failure
from kb.store.forget import has_tombstone
from kb.store.losses import count_lost, count_lost_since_read, count_quotes
from kb.store.runs import Reading
from kb.way.guard import Guard
from kb.way.readers import open_readers
from kb.way.redoing import bodies_of, redo, stale_bodies
from kb.way.run import Outcome, Report, Run, finish, now, running
from kb.way.saving import Saver
from kb.way.sources import SETTLED, Sighting, Visit, Web, feed_address, from_files, is_url, place_of
from kb.way.taking import BATCH, IS_FORGOTTEN, Way, take
from kb.way.workers import open_workers

if TYPE_CHECKING:
    from sqlalchemy import Engine

LOOK_AHEAD = 8
"""Pages that are taken at once: hosts are asked slowly, and what has come should not wait."""

_ROOMS = ("annotate", "attribute", "store", "link")
"""Stages at which a text that is in the base can fail again."""

_RULES = ("annotate", "attribute", "names/words.py", "lexicon.py", "wordlists")
"""What of the package decides an annotation, models and Stanza apart."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a run works: `workers` processes annotate; `accept_loss` puts the loss guard out of action.

    `any_language` takes articles that are not Indonesian, `allow_private` addresses of this network that a person
    names. What is found does not depend on `workers`.
    """

    workers: int = 1
    any_language: bool = False
    accept_loss: bool = False
    allow_private: bool = False
    manners: Manners = field(default_factory=Manners)


def ingest(engine: Engine, inputs: Sequence[str], *, options: Options = Options(), report: Report) -> Outcome:
    """Read `inputs` (files, folders, addresses, ``-``) into the base.

    An address may be of a page or of a feed, of which all pages are read. Raises ModelMissing and DatabaseProblem;
    all else that goes wrong is kept as a failure.
    """
    with _way(engine, ["ingest", *inputs], options, report) as way:
        files = [name for name in inputs if not is_url(name)]
        _take_files(way, files, _feed_ids(engine))
        way.run.subjects.update(map(os.path.abspath, files))
        _read_named(way, options, [name for name in inputs if is_url(name)])
        return finish(way.run)


def sync(engine: Engine, *, all_due: bool = False, options: Options = Options(), report: Report) -> Outcome:
    """Read all feeds that are due, what they list, and the pages that are to be looked at again.

    With `all_due` everything on the schedule is read, due or not.
    """
    with _way(engine, ["sync", *(["--now"] if all_due else [])], options, report) as way:
        with reading(engine) as connection:
            scheduled = [one for one in feeds.load_feeds(connection) if one.paused_at is None]
        due = [one for one in scheduled if all_due or one.due_at is None or one.due_at <= now()]
        files = {one.address: one for one in due if one.kind == "files"}
        _take_files(way, files, lambda name: files[name].id)
        _note_visits(way, [Visit(one, one.title, "files") for one in files.values()])
        _read_scheduled(way, options, due, scheduled, all_due=all_due)
        return finish(way.run)


def reingest(
    engine: Engine, *, limit: int | None = None, options: Options = Options(), report: Report
) -> Outcome:
    """Annotate again what another pipeline has annotated, the newest articles first, at most `limit`."""
    with _way(engine, ["reingest"], options, report, redoes=True) as way:
        feed_ids = redo(way, stale_bodies(engine, way.run.pipeline_id)[:limit])
        if limit is None:
            way.run.went_through(feed_ids)
        return finish(way.run)


def retry(
    engine: Engine, failure_ids: Sequence[int], *, options: Options = Options(), report: Report
) -> Outcome:
    """Try again what failed, from the bytes that were kept, else from where it was found.

    Raises NotFound for a number that is no failure.
    """
    with reading(engine) as connection:
        failed = [load_failure(connection, failure_id) for failure_id in failure_ids]
    if stopped := next((one for one, _ in failed if one.stage == "guard"), None):
        what = "was stopped by the loss guard"
        raise NotFound(str(stopped.id), what, "run the command again with --accept-loss")
    with _way(engine, ["failures", "retry", *map(str, failure_ids)], options, report) as way:
        take(way, [_sight(payload) for _, payload in failed if payload])
        left = [one for one, payload in failed if not payload]
        redo(way, bodies_of(engine, [one.subject for one in left if one.stage in _ROOMS]))
        names = [one.subject for one in left if one.stage not in _ROOMS]
        _take_files(way, [name for name in names if not is_url(name)], _feed_ids(engine))
        _read_named(way, options, [name for name in names if is_url(name)])
        way.run.subjects.intersection_update(one.subject for one, _ in failed)  # not a file's other lines
        return finish(way.run)


def own_pipeline() -> Pipeline:
    """Return what this program annotates with; ModelMissing if a model file is absent or damaged."""
    annotator = load_annotator()
    return Pipeline(packages=annotator.packages, models=annotator.models, rules=hash_code(*_RULES))


@contextmanager
def _way(
    engine: Engine, command: Sequence[str], options: Options, report: Report, *, redoes: bool = False
) -> Iterator[Way]:
    """Open all that articles pass; with `redoes` the guard counts what this pipeline has lost in earlier runs too,
    else what was lost since the feed was last read with all that it led to."""
    annotator = load_annotator()
    pipeline = Pipeline(packages=annotator.packages, models=annotator.models, rules=hash_code(*_RULES))
    with (
        running(engine, shlex.join(["kb", *map(hide_password, command)]), pipeline, report) as run,
        open_readers(options.workers, any_language=options.any_language) as readers,
        open_workers(annotator, options.workers) as workers,
    ):
        guard = Guard(_counter(run, redoes=redoes), options.accept_loss)
        way = Way(run, readers, workers, guard, Saver(run), BATCH * options.workers)
        try:
            yield way
        except KeyboardInterrupt:
            way.saver.flush()  # what was annotated is kept
            raise


def _counter(run: Run, *, redoes: bool) -> Callable[[int | None], tuple[int, int]]:
    def count(feed_id: int | None) -> tuple[int, int]:
        with reading(run.engine) as connection:
            n_quotes = count_quotes(connection, feed_id)
            if redoes:
                n_lost = count_lost(connection, feed_id, run.pipeline_id)
            else:
                n_lost = count_lost_since_read(connection, feed_id)
        return n_quotes + n_lost, n_lost

    return count


def _feed_ids(engine: Engine) -> Callable[[str], int]:
    """Return what gives an input's feed its row number, each feed looked up once."""
    known: dict[str, int] = {}

    def feed_id_of(name: str) -> int:
        address, kind = feed_address(name)
        if address not in known:
            with writing(engine) as connection:
                known[address] = feeds.find_or_add_feed(connection, address, kind)
        return known[address]

    return feed_id_of


def _take_files(way: Way, names: Collection[str], feed_id_of: Callable[[str], int]) -> None:
    if (n_inputs := count_raws(names)) is not None:
        way.run.report.planned(n_inputs)
    take(way, from_files(names, feed_id_of))


def _read_named(way: Way, options: Options, addresses: Sequence[str]) -> None:
    """Read pages, and all that feeds list, that a person named; of one on the schedule it is noted how that went."""
    with reading(way.run.engine) as connection:
        forgotten = {url for url in addresses if has_tombstone(connection, url=place_of(url))}
        scheduled = {one.address: one for one in feeds.load_feeds(connection)}
    for url in forgotten:
        way.run.report.failed("fetch", url, Forgotten(url, IS_FORGOTTEN))
    feed_id_of = _feed_ids(way.run.engine)
    named = [
        _name_feed(scheduled.get(url) or feeds.Feed(feed_id_of(url), url, "page"), options)
        for url in addresses
        if url not in forgotten
    ]
    if not named:
        return
    with _web(way, options, all_due=True) as web:
        take(way, web.from_feeds(named), look_ahead=LOOK_AHEAD)
    read = (one.feed for one in web.visits if one.error is None)
    way.run.subjects.update(feed.address for feed in read if feed.id not in way.guard.stopped)
    _note_visits(way, [visit for visit in web.visits if visit.feed.address in scheduled])


def _name_feed(one: feeds.Feed, options: Options) -> feeds.Feed:
    """Return a feed as it is asked for by name: in full, and private if its schedule or the person allows it."""
    allow_private = one.allow_private or options.allow_private
    return replace(one, etag=None, last_modified=None, allow_private=allow_private)


def _read_scheduled(
    way: Way, options: Options, due: Sequence[feeds.Feed], scheduled: Sequence[feeds.Feed], *, all_due: bool
) -> None:
    """Read the feeds of the web that are due, and the pages of all feeds on the schedule that are."""
    by_id: dict[int | None, feeds.Feed] = {one.id: one for one in scheduled if one.kind != "files"}
    if not by_id:
        return
    with _web(way, options, all_due=all_due) as web:
        take(way, web.from_feeds([one for one in due if one.id in by_id]), look_ahead=LOOK_AHEAD)
        with reading(way.run.engine) as connection:
            pages = readings.load_pages(connection, read_since=None if all_due else web.at - SETTLED)
        take(way, web.again(pages, by_id), look_ahead=LOOK_AHEAD)
    _note_visits(way, web.visits)


@contextmanager
def _web(way: Way, options: Options, *, all_due: bool) -> Iterator[Web]:
    engine = way.run.engine

    def page_of(place: str) -> readings.PageRead | None:
        with reading(engine) as connection:
            return readings.load_page(connection, place)

    def is_forgotten(place: str) -> bool:
        with reading(engine) as connection:
            return has_tombstone(connection, url=place)

    with reading(engine) as connection:
        failed = load_failed_pages(connection)
    with open_fetcher(options.manners) as fetcher:
        by_place = {place_of(one.url): one for one in failed}
        yield Web(fetcher, page_of, by_place, is_forgotten, now(), all_due, way.run.report.planned)
    through = {place_of(subject) for subject in way.run.subjects if is_url(subject)}
    way.run.subjects.update(one.url for one in failed if place_of(one.url) in through)


def _note_visits(way: Way, visits: Sequence[Visit]) -> None:
    """Note how reading feeds went, now that all they led to was taken; not of those that the guard stopped."""
    with writing(way.run.engine) as connection:
        for visit in visits:
            if visit.error is not None:
                feeds.note_unread(connection, visit.feed, retry_at=visit.retry_at, at=now())
            elif visit.feed.id not in way.guard.stopped:
                way.run.subjects.add(visit.feed.address)
                given = {"etag": visit.validators.etag, "last_modified": visit.validators.last_modified}
                feeds.note_read(connection, visit.feed, title=visit.title, kind=visit.kind, **given, at=now())


def _sight(payload: Payload) -> Sighting:
    """Return the sighting of bytes that were kept with a failure."""
    kept = dict(payload.read_as)
    raw = Raw(
        **{
            **kept,
            "form": Form(kept["form"]),
            "content": payload.content,
            "sha256": hash_bytes(payload.content),
        }
    )
    return Sighting(raw, Reading(raw.origin, n_bytes=len(raw.content), sha256=raw.sha256), payload.feed_id)
