"""How large a base is, and of what: rows and bytes of tables and indexes, articles, quotes, texts by pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import OperationalError

from kb.store.columns import metadata
from kb.store.condition import disk_of
from kb.store.database import reading
from kb.store.tables import annotation, outlet, pipeline, quote, revision


@dataclass(frozen=True, slots=True)
class Size:
    """One number of a base, or two; None where there is none: an index has no rows of its own, SQLite may not tell."""

    what: str
    name: str
    n: int | None
    n_bytes: int | None = None


def sizes(engine: Engine) -> Iterator[Size]:
    """Yield what a base consists of: file, tables, indexes, outlets, days, kinds of quotes, pipelines."""
    with reading(engine) as connection:
        is_file = engine.dialect.name == "sqlite"
        yield from _file(engine, connection) if is_file else _server(connection)
        n_bytes = _pages(connection) if is_file else {}
        yield from _tables(connection, n_bytes) if is_file else _relations(connection)
        yield from _contents(connection)


def _contents(connection: Connection) -> Iterator[Size]:
    """Yield current articles by outlet and by their days, quotes by kind, current texts by pipeline."""
    now = (
        select(func.coalesce(outlet.c.name, "(no outlet)"), func.count())
        .select_from(revision.outerjoin(outlet, outlet.c.id == revision.c.outlet_id))
        .where(revision.c.is_current)
        .group_by(outlet.c.id, outlet.c.name)
    )
    yield from (Size("articles", name, n) for name, n in _by_count(connection, now))
    days = select(
        func.min(revision.c.published_on),
        func.max(revision.c.published_on),
        func.count(revision.c.published_on),
    )
    first, last, n = connection.execute(days.where(revision.c.is_current)).one()
    yield Size("days", f"{first} to {last}" if n else "none", n)
    kinds = (
        select(quote.c.kind, func.count())
        .join(annotation, annotation.c.id == quote.c.annotation_id)
        .where(annotation.c.is_current)
        .group_by(quote.c.kind)
    )
    yield from (Size("quotes", kind, n) for kind, n in _by_count(connection, kinds))
    made = (
        select(pipeline.c.digest, func.count())
        .join(annotation, annotation.c.pipeline_id == pipeline.c.id)
        .where(annotation.c.is_current)
        .group_by(pipeline.c.digest)
    )
    yield from (Size("texts", f"pipeline {digest[:12]}", n) for digest, n in _by_count(connection, made))


def _by_count(connection: Connection, rows: Any) -> list[tuple[str, int]]:
    found = [(str(name), int(n)) for name, n in connection.execute(rows)]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _file(engine: Engine, connection: Connection) -> Iterator[Size]:
    disk = disk_of(engine)
    page_size, n_pages, n_free = (
        int(connection.scalar(text(f"PRAGMA {name}")) or 0)
        for name in ("page_size", "page_count", "freelist_count")
    )
    yield Size("file", str(engine.url.database), n_pages, n_pages * page_size)
    yield Size("file", "free pages in it", n_free, n_free * page_size)
    if disk is not None:
        yield Size("disk", "free", None, disk[0])


def _pages(connection: Connection) -> dict[str, int]:
    """Return the bytes of tables and indexes; empty where SQLite was built without dbstat."""
    asked = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name"
    try:
        return {str(name): int(n) for name, n in connection.execute(text(asked))}
    except OperationalError:  # https://www.sqlite.org/dbstat.html: only where it is compiled in
        return {}


def _tables(connection: Connection, n_bytes: dict[str, int]) -> Iterator[Size]:
    ours = "SELECT type, name, tbl_name FROM sqlite_master WHERE type IN ('table', 'index') ORDER BY type DESC, name"
    listed = [tuple(row) for row in connection.execute(text(ours))]
    for table in sorted(metadata.tables):
        yield Size("table", table, _count(connection, table), n_bytes.get(table))
    for searched in ("body", "quote"):
        behind = [n for name, n in n_bytes.items() if name.startswith(f"{searched}_search")]
        yield Size("full text", f"{searched}_search", None, sum(behind) if n_bytes else None)
    for kind, name, table in listed:
        if kind == "index" and table in metadata.tables:
            yield Size("index", name, None, n_bytes.get(name))


def _count(connection: Connection, table: str) -> int:
    return connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one()


def _server(connection: Connection) -> Iterator[Size]:
    asked = "SELECT current_database(), pg_database_size(current_database())"
    name, n_bytes = connection.execute(text(asked)).one()
    yield Size("database", name, None, n_bytes)


def _relations(connection: Connection) -> Iterator[Size]:
    """Yield tables, with what PostgreSQL keeps beside them of long values, and indexes."""
    own = {name: int(n) for name, n in connection.execute(text(_OWN))}
    for table in sorted(metadata.tables):
        yield Size("table", table, _count(connection, table), own.get(table))
    for name, n_bytes in connection.execute(text(_INDEXES)):
        yield Size("full text" if name.endswith("_search") else "index", name, None, n_bytes)


_OWN = """
SELECT relname, pg_table_size(oid) FROM pg_class
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
"""
_INDEXES = """
SELECT relname, pg_relation_size(oid) FROM pg_class
WHERE relkind = 'i' AND relnamespace = current_schema()::regnamespace ORDER BY relname
"""
