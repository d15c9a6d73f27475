"""What need not be read again: bytes that are known, and pages of which a server says that they are as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kb.errors import FetchFailed, InputError, KbError
from kb.ingest import Raw, canonical_url, reader_of
from kb.store.database import writing
from kb.store.readings import Known, article_at, load_known, note_gone, note_seen, save_page, save_reading
from kb.store.runs import Reading, save_fetch
from kb.way.identity import forget_left, is_file, is_there
from kb.way.run import Run, now
from kb.way.sources import GONE, Sighting

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Fresh:
    """Bytes that are to be read, and where they were found."""

    sighting: Sighting
    raw: Raw


@dataclass(slots=True)
class Sieve:
    """Lets through what is not known by its bytes.

    A file of lines may hold several states of an article: the older ones stay known. Only if neither the newest nor
    a new one is among them has the article gone back to an older one (`returned`).
    """

    run: Run
    fetches: dict[Reading, int] = field(default_factory=dict)  # row numbers of the ledger's lines
    _older: dict[int, Fresh] = field(default_factory=dict)  # by row number of the article
    _newest: set[int] = field(default_factory=set)

    def sift(self, chunk: Sequence[Sighting]) -> list[Fresh]:
        """Note what was read and which articles were seen; return what is to be read."""
        hashes = {one.raw.sha256 for one in chunk if isinstance(one.raw, Raw)}
        fresh: list[Fresh] = []
        seen: list[int] = []
        failed: list[tuple[Sighting, KbError]] = []
        with writing(self.run.engine) as connection:
            self._note_fetches(connection, chunk)
            known = load_known(connection, hashes)
            for one in chunk:
                if not isinstance(one.raw, Raw):
                    if error := one.raw or _note_status(self.run, connection, one, seen):
                        failed.append((one, error))
                elif (article_id := self._recognise(connection, one, one.raw, known)) is not None:
                    seen.append(article_id)
                else:
                    fresh.append(Fresh(one, one.raw))
            note_seen(connection, seen, now())
            self.run.counts["unchanged"] += len(seen)
            self.run.beat(connection)
        for one, error in failed:
            stage = "ingest" if isinstance(error, InputError) else "fetch"
            self.run.fail(stage, one.subject, error, feed_id=one.feed_id)
        self.run.report.advanced(len(chunk) - len(fresh))
        return fresh

    def returned(self) -> list[Fresh]:
        """Return the older lines of articles whose newest was not seen; to be asked when all was."""
        left = [line for article_id, line in self._older.items() if article_id not in self._newest]
        self.run.counts["unchanged"] -= len(left)
        self._older.clear()
        return left

    def took(self, article_id: int, place: str | None) -> None:
        """Hear that the newest state of an article was among what was found at `place`."""
        if place is None:  # bytes that stand alone have no older ones
            self._newest.add(article_id)

    def _note_fetches(self, connection: Connection, chunk: Sequence[Sighting]) -> None:
        """Write the ledger's lines: one for each answer of a server, one in a run for a file or folder."""
        before: Reading | None = None
        for one in chunk:
            if one.fetched is not before and one.fetched not in self.fetches:
                line = save_fetch(connection, self.run.id, one.fetched, feed_id=one.feed_id)
                self.fetches[one.fetched] = line
            before = one.fetched

    def _recognise(
        self, connection: Connection, one: Sighting, raw: Raw, known: Mapping[str, list[Known]]
    ) -> int | None:
        """Return the article that these bytes are known to be, None if they are to be read."""
        rows = known.get(raw.sha256)
        if rows is None:
            return None
        here = next((row for row in rows if row.place == raw.place), None)
        if here is None and is_file(raw.place):
            here = _move(connection, raw, rows)
        if here is None or (here.is_newest and here.reader != reader_of(raw.form)):
            return None  # another reader may read it otherwise; an older state is not read again for that
        self.run.subjects.add(one.asked or raw.origin)
        if one.validators and raw.place and raw.url:
            save_page(connection, raw.place, raw.url, one.validators)
        if here.is_newest:
            self.took(here.article_id, raw.place)
        else:
            self._older[here.article_id] = Fresh(one, raw)
        return here.article_id


def _move(connection: Connection, raw: Raw, known: list[Known]) -> Known | None:
    """Return what these bytes were known as where they no longer are; where they still stand, this is a copy."""
    left = next((row for row in known if row.place and is_file(row.place) and not is_there(row.place)), None)
    if left is None:
        return None
    here = replace(left, place=raw.place)
    known[known.index(left)] = here
    save_reading(
        connection, here.article_id, place=raw.place, raw_sha256=raw.sha256, reader=here.reader, at=now()
    )
    forget_left(connection, here.article_id)
    return here


def _note_status(run: Run, connection: Connection, one: Sighting, seen: list[int]) -> KbError | None:
    """Note what a server said of a page without giving it; return an error if that is all we know of the page."""
    if one.asked is None:
        return None  # a feed
    place = canonical_url(one.asked) or one.asked
    if one.fetched.status not in GONE:
        article_id = article_at(connection, place)
        if article_id is not None:
            seen.append(article_id)
            run.subjects.add(one.asked)
        return None
    is_news = note_gone(connection, place, now())
    if is_news is None:
        said = f"is not there (status {one.fetched.status})"
        return FetchFailed(one.asked, said, status=one.fetched.status)
    run.subjects.add(one.asked)
    run.counts["gone"] += is_news
    return None
