"""Erase an article wherever it stands, and know it again if it comes back.

What is kept of it are tombstones: SHA-256 hashes of its id, addresses, texts and bytes, of which nothing can be read
back. (Who has the text can tell that it was here.)
"""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, exists, insert, select, update

from kb.errors import DatabaseProblem
from kb.model import Decision
from kb.store.database import outside_transactions, shown
from kb.store.decisions import add_decisions
from kb.store.tables import (
    annotation,
    article,
    body,
    decision,
    failure,
    feed,
    fetch,
    mention_judgement,
    metadata,
    outlet,
    quote_judgement,
    revision,
    run,
    tombstone,
)
from kb.store.touched import chunks, touch_body
from kb.store.traces import Traces, column_of

FORGOTTEN = "[forgotten]"
"""What stands where a run's command or error named an article that was forgotten."""

_PATIENCE = "30s"  # how long a table may be in use by others, as on SQLite
_WORD_INDEXES = ("quote_search", "body_search")
"""Of SQLite. Words of a deleted row stay in FTS5's segments, marked as deleted, until those are merged."""
_BATCH = 100  # rows in memory at a time: a failure's payload may have megabytes


def tombstone_keys(
    *, ref: str, urls: Iterable[str], body: str | None, raw_sha256s: Iterable[str]
) -> list[str]:
    """Return the hashes that an article is known by once it is forgotten; `urls` in canonical form.

    `body` None: its text may come in again, since another article prints it.
    """
    named = [f"ref:{ref}", *(f"url:{url}" for url in urls), *(f"raw:{sha256}" for sha256 in raw_sha256s)]
    if body is not None:
        named.append(f"body:{body}")
    return [hashlib.sha256(name.encode()).hexdigest() for name in named]


def has_tombstone(connection: Connection, *, url: str) -> bool:
    """Whether the article of this canonical address was forgotten."""
    return find_tombstone(connection, [hashlib.sha256(f"url:{url}".encode()).hexdigest()])


def find_tombstone(connection: Connection, keys: Collection[str]) -> bool:
    """Whether any of these keys is of something that was forgotten."""
    found = (select(tombstone.c.id).where(tombstone.c.sha256.in_(part)).limit(1) for part in chunks(keys))
    return any(connection.execute(statement).first() for statement in found)


def overwrite_deleted(connection: Connection) -> None:
    """Let what this connection deletes be overwritten with zeros; PostgreSQL needs `sweep` for that."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def retire(connection: Connection, traces: Traces) -> None:
    """Let no text of an article be current, and mark all that its texts name and say, to be linked again."""
    for row in sorted(traces.bodies):
        touch_body(connection, row)
    of_article = update(revision).where(revision.c.article_id == traces.article_id)
    connection.execute(of_article.values(is_current=False))


def replace_decisions(connection: Connection, uids: Collection[str], instead: Iterable[Decision]) -> None:
    """Take these decisions (uids) out of the log, with what they say of texts, and put others in."""
    for part in chunks(sorted(uids)):
        of_log = select(decision.c.id).where(decision.c.uid.in_(part))
        for column in _JUDGING:
            connection.execute(delete(column.table).where(column.in_(of_log)))
        connection.execute(delete(decision).where(decision.c.uid.in_(part)))
    add_decisions(connection, instead)


_JUDGING = (
    quote_judgement.c.rejected_by_id,
    quote_judgement.c.speaker_by_id,
    mention_judgement.c.rejected_by_id,
)


def erase(connection: Connection, traces: Traces) -> None:
    """Delete all that is left of an article once it is retired and nothing is linked to it."""
    is_its = revision.c.article_id == traces.article_id
    outlets = column_of(connection, revision.c.outlet_id, is_its)
    connection.execute(delete(revision).where(is_its))
    for part in chunks(sorted(traces.own)):
        connection.execute(delete(annotation).where(annotation.c.body_id.in_(part)))
        connection.execute(delete(body).where(body.c.id.in_(part)))
    connection.execute(delete(article).where(article.c.id == traces.article_id))
    unused = ~exists().where(revision.c.outlet_id == outlet.c.id)
    connection.execute(delete(outlet).where(outlet.c.id.in_(outlets), unused))
    _erase_failures(connection, traces)
    _erase_fetches(connection, traces)
    _erase_feeds(connection, traces)
    _erase_commands(connection, traces)


def bury(connection: Connection, traces: Traces, *, by: str, why: str | None) -> None:
    """Leave the tombstones by which an article is known if it comes back."""
    keys: set[str] = set()
    for text in [None, *(traces.bodies[row] for row in traces.own)]:
        known = tombstone_keys(ref=traces.ref, urls=traces.urls, body=text, raw_sha256s=traces.raw_sha256s)
        keys.update(known)
    for part in chunks(sorted(keys)):
        keys -= column_of(connection, tombstone.c.sha256, tombstone.c.sha256.in_(part))
    said = {"forgotten_at": datetime.now(UTC), "forgotten_by": by, "why": why}
    connection.execute(insert(tombstone), [{"sha256": key, **said} for key in sorted(keys)])


def sweep(engine: Engine) -> None:
    """Let the engine give back what was deleted: its files are written anew without it.

    Raises DatabaseProblem if others use the base for so long that it cannot. PostgreSQL's write-ahead log and
    backups keep what they have until the server recycles them.
    """
    try:
        with outside_transactions(engine) as execute:
            is_swept = _sweep_file(execute) if engine.dialect.name == "sqlite" else _sweep_tables(execute)
    except DatabaseProblem as error:
        raise _not_swept(engine, error.what) from error
    if not is_swept:
        raise _not_swept(engine, "others are reading it")


def _sweep_file(execute: Callable[[str], list[Any]]) -> bool:
    for index in _WORD_INDEXES:
        execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
    execute("VACUUM")
    (is_busy, *_), *_ = execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return not is_busy


def _sweep_tables(execute: Callable[[str], list[Any]]) -> bool:
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    execute(f"SET lock_timeout = '{_PATIENCE}'")
    execute(f"VACUUM (FULL, ANALYZE) {names}")  # statistics hold values of the columns
    execute("RESET lock_timeout")
    return True


def _not_swept(engine: Engine, why: str) -> DatabaseProblem:
    what = f"what was erased may still stand in its files ({why})"
    return DatabaseProblem(shown(engine), what, "end what uses it and run this again")


def _erase_failures(connection: Connection, traces: Traces) -> None:
    """Delete the failures of an article; from those of others that tell of it, take away what was kept to retry."""
    f, about, telling = failure.c, [], []
    for row in _stream(connection, select(f.id, f.subject, f.message, f.payload, f.payload_as)):
        kept_as = (row.payload_as or {}).values()
        if any(isinstance(name, str) and traces.is_named(name) for name in (row.subject, *kept_as)):
            about.append(row.id)
        elif traces.is_told_of(row.message.encode() + b"\n" + (row.payload or b"")):
            telling.append(row.id)
    for part in chunks(about):
        connection.execute(delete(failure).where(f.id.in_(part)))
    for part in chunks(telling):
        blank = {"payload": None, "payload_as": None, "message": f.error}
        connection.execute(update(failure).where(f.id.in_(part)).values(**blank))


def _erase_fetches(connection: Connection, traces: Traces) -> None:
    rows = _stream(connection, select(fetch.c.id, fetch.c.address, fetch.c.final_url, fetch.c.sha256))
    its = [
        row.id
        for row in rows
        if row.sha256 in traces.raw_sha256s or traces.is_named(row.address) or traces.is_named(row.final_url)
    ]
    for part in chunks(its):
        of_others = update(revision).where(revision.c.fetch_id.in_(part))
        connection.execute(of_others.values(fetch_id=None))
        connection.execute(delete(fetch).where(fetch.c.id.in_(part)))


def _erase_feeds(connection: Connection, traces: Traces) -> None:
    """Delete the feeds that are nothing but this one page."""
    rows = _stream(connection, select(feed.c.id, feed.c.address))
    its = [row.id for row in rows if traces.is_address(row.address)]
    for table in (article, fetch, failure):
        connection.execute(update(table).where(table.c.feed_id.in_(its)).values(feed_id=None))
    connection.execute(delete(feed).where(feed.c.id.in_(its)))


def _erase_commands(connection: Connection, traces: Traces) -> None:
    """Take an article's names out of what was typed, and errors that tell of it out of the ledger."""
    for row in list(_stream(connection, select(run.c.id, run.c.command, run.c.error))):
        command = _hide(row.command, traces)
        error = FORGOTTEN if row.error and traces.is_told_of(row.error.encode()) else row.error
        if (command, error) != (row.command, row.error):
            its = update(run).where(run.c.id == row.id)
            connection.execute(its.values(command=command, error=error))


def _hide(command: str, traces: Traces) -> str:
    """Return a command without the words that name the article, else as it was typed."""
    try:
        words = shlex.split(command)
    except ValueError:  # no command of a shell
        words = command.split()
    named = {word for word in words if traces.is_named(word)}
    return shlex.join(FORGOTTEN if word in named else word for word in words) if named else command


def _stream(connection: Connection, statement: Select[Any]) -> Iterator[Row[Any]]:
    yield from connection.execute(statement.execution_options(yield_per=_BATCH))
