"""The views as migrations make them: scripts in ``migrations/views/``, written once from the code of their day.

    python -m kb.store.views.frozen 0007    write the scripts of a new migration

SQLite's batch mode makes a table anew, and PostgreSQL changes no column, while views stand upon them. So a migration
that touches a table takes the views away first and makes them again at its end; so does its downgrade, with the
scripts of the migration that had them last::

    drop_views(op.get_bind())
    with op.batch_alter_table("quote") as batch_op: ...
    create_views(op.get_bind(), "0007")
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from sqlalchemy import inspect

from kb.store.database import migrations_folder

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

ENGINES = ("sqlite", "postgresql")

_END = ";\n\n"


def create_views(connection: Connection, revision: str) -> None:
    """Make the views as a migration has them."""
    for statement in _script(revision, connection.dialect.name).read_text(encoding="utf-8").split(_END):
        if statement.strip():
            connection.exec_driver_sql(statement)


def drop_views(connection: Connection) -> None:
    """Take all views of kb away; what they show stays."""
    for name in inspect(connection).get_view_names():
        if name.startswith("v_"):
            connection.exec_driver_sql(f"DROP VIEW {name}")


def write_scripts(revision: str) -> None:
    """Write what makes the views of today, for each engine."""
    for engine in ENGINES:
        _script(revision, engine).write_text(script_of_today(engine), encoding="utf-8")


def script_of_today(engine: str) -> str:
    """Return what makes the views of the code."""
    from kb.store.views import VIEWS  # noqa: PLC0415  (a migration needs no view of today)

    return "".join(f"{statement}{_END}" for view in VIEWS for statement in view.statements(engine))


def frozen_views(revision: str) -> dict[str, tuple[str, ...]]:
    """Return the columns of each view as a migration has them, by its name."""
    script = _script(revision, "sqlite").read_text(encoding="utf-8")
    made = re.findall(r"^CREATE VIEW (\w+) AS\n(.*?);$", script, flags=re.MULTILINE | re.DOTALL)
    return {
        name: tuple(re.findall(r'^    \S.* AS "?(\w+)"?,?$', sql, flags=re.MULTILINE)) for name, sql in made
    }


def frozen_revisions() -> list[str]:
    """Return the migrations that made views, the oldest first."""
    return sorted(
        path.name.partition(".")[0] for path in (migrations_folder() / "views").glob("*.sqlite.sql")
    )


def _script(revision: str, engine: str) -> Path:
    return migrations_folder() / "views" / f"{revision}.{engine}.sql"


if __name__ == "__main__":
    write_scripts(sys.argv[1])
