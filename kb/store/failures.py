"""Keep what did not go through until it does: dead letters, with what is needed to try them again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from kb.errors import FetchFailed, NotFound
from kb.store.tables import failure
from kb.store.texts import storable

LONGEST_SUBJECT = 2_000
"""Bytes of UTF-8."""

_LINE = re.compile(r":\d+$")


@dataclass(frozen=True, slots=True)
class Payload:
    """The bytes that failed, how they are to be read again, and the row number of the feed they came from."""

    content: bytes
    read_as: Mapping[str, Any]
    feed_id: int | None = None


@dataclass(frozen=True, slots=True)
class StoredFailure:
    """An input that did not go through; `resolved_at` and `ignored_at` are None while it is still to mend."""

    id: int
    stage: str
    subject: str
    error: str
    message: str
    attempts: int
    failed_at: datetime
    resolved_at: datetime | None
    ignored_at: datetime | None


@dataclass(frozen=True, slots=True)
class FailedPage:
    """An address that did not go through: how often, last when, and which feed led there.

    `retry_at` is when its server wants to be asked again, None where it did not say.
    """

    url: str
    attempts: int
    failed_at: datetime
    retry_at: datetime | None
    is_ignored: bool
    feed_id: int | None


def save_failure(
    connection: Connection,
    run_id: int,
    *,
    stage: str,
    subject: str,
    error: Exception,
    payload: Payload | None = None,
    feed_id: int | None = None,
) -> bool:
    """Keep what went wrong with a subject; where it is known already, count one attempt more.

    Return whether it is to be told of: False if a person ignores it.

    `stage` is one of `tables.STAGES`; `subject` is a path, ``path:line``, a URL or the article's id. Bytes that were
    kept stay where this time there are none.
    """
    f = failure.c
    key = {"stage": stage, "subject": _shortened(storable(subject))}
    said: dict[str, Any] = {
        "run_id": run_id,
        "feed_id": feed_id,
        "error": type(error).__name__,
        "message": storable(" ".join(str(error).split())) or type(error).__name__,
        "failed_at": datetime.now(UTC),
        "retry_at": error.retry_at if isinstance(error, FetchFailed) else None,
    }
    if payload:
        said["payload"] = payload.content
        said["payload_as"] = dict(payload.read_as)
    is_open = (f.stage == stage, f.subject == key["subject"], f.resolved_at.is_(None))
    again = update(failure).where(*is_open).values(**said, attempts=f.attempts + 1)
    known = connection.execute(again.returning(f.ignored_at)).first()
    if known is None:
        connection.execute(insert(failure).values(**key, **said))
    return known is None or known.ignored_at is None


def _shortened(subject: str) -> str:
    """Return a subject that an index takes (of PostgreSQL: 2,704 bytes); a longer one as its head and its hash."""
    content = subject.encode()
    if len(content) <= LONGEST_SUBJECT:
        return subject
    return f"{subject[: LONGEST_SUBJECT // 8]}… {hashlib.sha256(content).hexdigest()}"


def resolve_failures(
    connection: Connection,
    *subjects: str,
    before_run: int | None = None,
    but_feeds: Collection[int | None] = (),
) -> int:
    """Note that these went through at last, a file's lines (``path:line``) with the file; return how many.

    With `before_run` only what failed before that run: another line of the file may have failed in it. What came from
    `but_feeds` stays open: of a file that was not read to its end, not every line went through.
    """
    f = failure.c
    names = {_shortened(storable(subject)) for subject in subjects}
    still_open = select(f.id, f.subject, f.run_id, f.feed_id).where(f.resolved_at.is_(None))
    mended = [
        {"b_id": row.id}
        for row in connection.execute(still_open)
        if not names.isdisjoint({row.subject, _LINE.sub("", row.subject)})
        and (before_run is None or row.run_id < before_run)
        and row.feed_id not in but_feeds
    ]
    if mended:
        resolved = update(failure).where(f.id == bindparam("b_id")).values(resolved_at=datetime.now(UTC))
        connection.execute(resolved, mended)
    return len(mended)


def ignore_failures(connection: Connection, ids: Collection[int], *, ignored: bool = True) -> int:
    """Note that these need not be mended, or do after all; return how many. NotFound if one is not open."""
    f = failure.c
    known = set(connection.scalars(select(f.id).where(f.id.in_(ids), f.resolved_at.is_(None))))
    if missing := sorted(set(ids) - known):
        raise NotFound(str(missing[0]), "is no open failure", "kb failures lists them")
    at = datetime.now(UTC) if ignored else None
    connection.execute(update(failure).where(f.id.in_(known)).values(ignored_at=at))
    return len(known)


def load_failures(connection: Connection, *, resolved: bool = False) -> list[StoredFailure]:
    """Return the failures still to mend, oldest first; with `resolved` the mended and the ignored ones too."""
    return _load(connection, failure.c.id > 0 if resolved else _is_open())


def load_failure(connection: Connection, failure_id: int) -> tuple[StoredFailure, Payload | None]:
    """Return one failure with what is kept to try it again. NotFound if there is none of this number."""
    found = _load(connection, failure.c.id == failure_id)
    if not found:
        raise NotFound(str(failure_id), "is no failure", "kb failures --all lists them")
    row = connection.execute(
        select(failure.c.payload, failure.c.payload_as, failure.c.feed_id).where(failure.c.id == failure_id)
    ).one()
    return found[0], None if row.payload is None else Payload(*row)


def load_failed_pages(connection: Connection) -> list[FailedPage]:
    """Return the addresses that could not be fetched or read and were not mended since."""
    f = failure.c
    rows = connection.execute(
        select(f.subject, f.attempts, f.failed_at, f.retry_at, f.ignored_at.is_not(None), f.feed_id)
        .where(f.resolved_at.is_(None), f.subject.startswith("http"), f.stage != "guard")
        .order_by(f.failed_at, f.id)
    )
    return [FailedPage(*row) for row in rows]


def _is_open() -> ColumnElement[bool]:
    return failure.c.resolved_at.is_(None) & failure.c.ignored_at.is_(None)


def _load(connection: Connection, wanted: ColumnElement[bool]) -> list[StoredFailure]:
    columns = [failure.c[name] for name in StoredFailure.__slots__]
    rows = connection.execute(select(*columns).where(wanted).order_by(failure.c.failed_at, failure.c.id))
    return [StoredFailure(*row) for row in rows]
