"""Keep what did not go through until it does."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from kb.store.tables import failure
from kb.store.texts import storable

_LINE = re.compile(r":\d+$")


def save_failure(connection: Connection, run_id: int, *, stage: str, subject: str, error: Exception) -> None:
    """Keep what went wrong with a subject; where it is known already, count one attempt more.

    `stage` is one of `tables.STAGES`; `subject` is a path, ``path:line`` or the article's id.
    """
    f = failure.c
    key = {"stage": stage, "subject": storable(subject)}
    said = {
        "run_id": run_id,
        "error": type(error).__name__,
        "message": storable(" ".join(str(error).split())) or type(error).__name__,
        "failed_at": datetime.now(UTC),
    }
    is_open = (f.stage == stage, f.subject == key["subject"], f.resolved_at.is_(None))
    again = update(failure).where(*is_open).values(**said, attempts=f.attempts + 1)
    if not connection.execute(again).rowcount:
        connection.execute(insert(failure).values(**key, **said))


def resolve_failures(connection: Connection, *subjects: str, before_run: int | None = None) -> int:
    """Note that these went through at last, a file's lines (``path:line``) with the file; return how many.

    With `before_run` only what failed before that run: another line of the file may have failed in it.
    """
    f = failure.c
    names = {storable(subject) for subject in subjects}
    still_open = select(f.id, f.subject, f.run_id).where(f.resolved_at.is_(None))
    mended = [
        {"b_id": row.id}
        for row in connection.execute(still_open)
        if not names.isdisjoint({row.subject, _LINE.sub("", row.subject)})
        and (before_run is None or row.run_id < before_run)
    ]
    if mended:
        resolved = update(failure).where(f.id == bindparam("b_id")).values(resolved_at=datetime.now(UTC))
        connection.execute(resolved, mended)
    return len(mended)
