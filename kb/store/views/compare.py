"""Compare the views that a base has with those of the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from kb.store.views import VIEWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kb.store.views import View


def find_view_differences(connection: Connection) -> list[str]:
    """Return which views a base and the code do not have alike, a line each; nothing is kept of what is tried."""
    of_base = _views_of(connection)
    known = {view.name: view for view in VIEWS}
    missing = [f"view {name} is in the {where} only" for where, name in _parted(of_base, known)]
    same = [view for name, view in known.items() if name in of_base]
    made = _made_of(connection, same)
    return missing + [
        f"view {view.name} is another one" for view in same if of_base[view.name] != made[view.name]
    ]


def _parted(of_base: Mapping[str, Any], known: Mapping[str, View]) -> list[tuple[str, str]]:
    there = [("base", name) for name in sorted(of_base.keys() - known)]
    return there + [("code", name) for name in sorted(known.keys() - of_base)]


def _views_of(connection: Connection, schema: str | None = None) -> dict[str, Any]:
    """Return what the base says of each view: its SQL, and on PostgreSQL its comments."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))
        return dict(row._tuple() for row in rows)
    asked = text(
        "SELECT relname, pg_get_viewdef(pg_class.oid), obj_description(pg_class.oid, 'pg_class'),"
        " array_agg(attname || ': ' || coalesce(col_description(pg_class.oid, attnum), '') ORDER BY attnum)"
        " FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0"
        " WHERE relkind = 'v' AND relnamespace = CAST(:schema AS regnamespace) GROUP BY pg_class.oid, relname"
    )
    schema = schema or connection.scalar(text("SELECT current_schema()"))
    return {name: rest for name, *rest in connection.execute(asked, {"schema": schema})}


def _made_of(connection: Connection, views: list[View]) -> dict[str, Any]:
    """Return the same of the code's views; on PostgreSQL they are made beside the others, and rolled back."""
    if connection.dialect.name == "sqlite":
        return {view.name: next(view.statements("sqlite")) for view in views}
    twins = "kb_twins"
    trial = connection.begin_nested()
    connection.execute(text(f"CREATE SCHEMA {twins}"))
    for view in views:
        for statement in view.statements("postgresql"):
            connection.exec_driver_sql(statement.replace(f" {view.name}", f" {twins}.{view.name}", 1))
    found = _views_of(connection, twins)
    trial.rollback()
    return found
