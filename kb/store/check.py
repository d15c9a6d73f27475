"""Compare the migrations with the tables and views: ``python -m kb.store.check`` (part of ``make check``)."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from warnings import catch_warnings, simplefilter

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.exc import SAWarning

import kb.store.indexes  # noqa: F401  (they belong to the tables)
from kb.store.columns import metadata
from kb.store.database import open_database, reading, schema_version, upgrade
from kb.store.tables import SCHEMA, WRITTEN_BY_HAND
from kb.store.views.compare import find_view_differences


def find_differences(engine: Engine) -> list[str]:
    """Return what a migrated database and the tables and views of the code do not have in common, a line each."""
    with reading(engine) as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
        context = MigrationContext.configure(connection, opts=options)
        with catch_warnings():  # of indexes that it cannot compare: they are written by hand
            simplefilter("ignore", SAWarning)
            differences = [repr(difference) for difference in compare_metadata(context, metadata)]
        differences += find_view_differences(connection)
    version = schema_version(engine)
    return differences + ([] if version == SCHEMA else [f"migrations end at {version}, tables at {SCHEMA}"])


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether what a database has under this name is to be compared with the tables: all that they can say.

    Indexes that a migration writes by hand are not, nor SQLite's virtual tables with what lies behind them; views are
    compared by `find_view_differences`.
    """
    hidden = name is not None and (name in WRITTEN_BY_HAND or (kind == "table" and "_search" in name))
    return not hidden


def main() -> int:
    """Migrate a fresh SQLite file and compare; the tests do the same on PostgreSQL."""
    with TemporaryDirectory() as folder:
        engine = open_database(str(Path(folder) / "check.sqlite3"), create=True)
        upgrade(engine)
        differences = find_differences(engine)
        engine.dispose()
    for difference in differences:
        sys.stderr.write(difference + "\n")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
