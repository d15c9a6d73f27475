"""A base as a picture: all it says, without row numbers, runs and the times of them, so that two can be compared."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Engine, ForeignKey, Table, func, select

from kb.store.columns import UtcDateTime, metadata
from kb.store.database import reading

_KEYS: Mapping[str, tuple[str, ...]] = {
    "alias": ("entity_id", "name"),
    "article": ("ref",),
    "annotation": ("body_id", "pipeline_id"),
    "body": ("sha256",),
    "decision": ("uid",),
    "entity": ("uid",),
    "feed": ("address",),
    "fetch": ("address", "feed_id"),
    "local_entity": ("annotation_id", "ordinal"),
    "mention": ("annotation_id", "ordinal"),
    "outlet": ("name_key",),
    "pipeline": ("digest",),
    "quote": ("annotation_id", "ordinal"),
    "quote_cluster": ("uid",),
    "run": (),
}
"""What tells the rows of a table apart in every base that has them."""

_SAID_TIMES = {("revision", "published_at"), ("decision", "decided_at")}
"""Times that are no times of a run: what a page or a person said."""

_OF_RUNS = {("failure", "attempts")}
"""How often a run came by."""

_LOGS = {"run", "fetch"}
"""Tables of which a base has more rows the more runs it saw."""


def picture(engine: Engine) -> dict[str, list[Any]]:
    """Return the rows of every table, references as what they lead to, times as whether they are set."""
    with reading(engine) as connection:
        keys: dict[str, dict[int, Any]] = {}
        for table in metadata.sorted_tables:
            if "id" in table.c:
                keys[table.name] = _keys_of(connection, table, keys)
        return {
            table.name: _rows_of(connection, table, keys)
            for table in metadata.sorted_tables
            if table.name != "run"
        }


def _keys_of(connection: Connection, table: Table, keys: Mapping[str, Mapping[int, Any]]) -> dict[int, Any]:
    columns = [table.c[name] for name in _KEYS.get(table.name, ("id",))]
    shown = [_shower(column, keys) for column in columns]
    rows = connection.execute(select(table.c.id, *columns))
    return {id_: tuple(show(value) for show, value in zip(shown, row, strict=True)) for id_, *row in rows}


def _rows_of(connection: Connection, table: Table, keys: Mapping[str, Mapping[int, Any]]) -> list[Any]:
    columns = [
        column for column in table.c if column.name != "id" and (table.name, column.name) not in _OF_RUNS
    ]
    shown = [_shower(column, keys) for column in columns]
    rows = [
        {column.name: show(value) for column, show, value in zip(columns, shown, row, strict=True)}
        for row in connection.execute(select(*columns))
    ]
    lines = [repr(row) for row in rows]
    return sorted(set(lines) if table.name in _LOGS else lines)


def _shower(column: Column[Any], keys: Mapping[str, Mapping[int, Any]]) -> Callable[[Any], Any]:
    reference: ForeignKey | None = next(iter(column.foreign_keys), None)
    if reference is not None:
        parents = reference.column.table.name
        return lambda value: None if value is None else keys[parents][value]
    if isinstance(column.type, UtcDateTime) and (column.table.name, column.name) not in _SAID_TIMES:
        return lambda value: value is not None
    if column.name in {"text", "raw_text", "payload"}:
        return _digest
    return lambda value: value


def _digest(value: str | bytes | None) -> str | None:
    if value is None:
        return None
    return hashlib.sha256(value.encode() if isinstance(value, str) else value).hexdigest()


def find_flaws(engine: Engine) -> list[str]:
    """Return what is wrong with a base that no run is at work in: damage, orphans, work that was left."""
    with reading(engine) as connection:
        flaws = [f"{name}: {n} left" for name, n in _left_over(connection).items() if n]
        if engine.dialect.name == "sqlite":
            flaws += map(repr, connection.exec_driver_sql("PRAGMA foreign_key_check"))
            flaws += [
                row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"
            ]
    return flaws


def _left_over(connection: Connection) -> dict[str, int]:
    """Count what must not be there: marks, running runs, and rows that nothing leads to."""
    t = metadata.tables
    revision, annotation, body, link = t["revision"], t["annotation"], t["body"], t["link"]
    local, entity, member = t["local_entity"], t["entity"], t["quote_cluster_member"]
    cluster = t["quote_cluster"]
    counted = {
        "mark": select(func.count()).select_from(t["touched"]),
        "running run": select(func.count()).where(t["run"].c.state == "running"),
        "article without a current revision": select(func.count())
        .select_from(
            t["article"].outerjoin(
                revision, (revision.c.article_id == t["article"].c.id) & revision.c.is_current
            )
        )
        .where(revision.c.id.is_(None)),
        "current text without an annotation": select(func.count())
        .select_from(
            revision.outerjoin(
                annotation, (annotation.c.body_id == revision.c.body_id) & annotation.c.is_current
            )
        )
        .where(revision.c.is_current, annotation.c.id.is_(None)),
        "text without an article": select(func.count())
        .select_from(body.outerjoin(revision, revision.c.body_id == body.c.id))
        .where(revision.c.id.is_(None)),
        "entity of a text without a link": select(func.count())
        .select_from(
            local.join(annotation, (annotation.c.id == local.c.annotation_id) & annotation.c.is_current)
            .join(revision, (revision.c.body_id == annotation.c.body_id) & revision.c.is_current)
            .outerjoin(link, link.c.local_entity_id == local.c.id)
        )
        .where(link.c.entity_id.is_(None)),
        "entity without a link": select(func.count())
        .select_from(entity.outerjoin(link, link.c.entity_id == entity.c.id))
        .where(link.c.entity_id.is_(None), entity.c.origin == "text"),
        "cluster without members": select(func.count())
        .select_from(cluster.outerjoin(member, member.c.quote_cluster_id == cluster.c.id))
        .where(member.c.quote_id.is_(None)),
    }
    return {name: connection.execute(statement).scalar_one() for name, statement in counted.items()}
