"""Settings: what a user may set once for all commands. Read at the door only, in `kb.cli.app`."""

from __future__ import annotations

DATABASE_VARIABLE = "KB_DATABASE"
"""The environment variable that names the database, as ``kb --db`` does."""

DEFAULT_DATABASE = "kb.sqlite3"
"""The SQLite file, in the current folder, that is used when nothing names another."""
