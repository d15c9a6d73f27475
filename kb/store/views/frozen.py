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
    from kb.store.views import VIEWS  # noqa: PLC0415  (a migration needs no view of today)

    for engine in ENGINES:
        statements = (statement for view in VIEWS for statement in view.statements(engine))
        _script(revision, engine).write_text("".join(f"{one}{_END}" for one in statements), encoding="utf-8")


def _script(revision: str, engine: str) -> Path:
    return migrations_folder() / "views" / f"{revision}.{engine}.sql"


if __name__ == "__main__":
    write_scripts(sys.argv[1])
